/* answer/flag_block.h -- red-flags.md compiled: one block that is read in place.
 *
 *   block    = n_words:u32 n_groups:u32 n_flags:u32 n_patterns:u32 n_strings:u32
 *              words groups flags starts patterns codes strings
 *   words    = (n_words) offset:u32 n_bytes:u32          sorted; offsets into strings
 *   groups   = (n_groups) first:u32 n:u32                into codes: alternatives
 *   flags    = (n_flags) id:text title:text card:text level:u32
 *   starts   = (n_words + 1) first:u32                   into patterns, by first word
 *   patterns = (n_patterns) owner:u32 kind:u32 first:u32 n:u32     codes of its parts
 *   codes    = u32 each; a part: kind in the two high bits, a number in the others;
 *              an alternative of a group: the number of words, then the words
 *
 * Written by compile/flags.c, read by answer/red_flags.c. */
#ifndef ANSWER_FLAG_BLOCK_H
#define ANSWER_FLAG_BLOCK_H

#include <stdint.h>

/* Parts of one phrase, words of one alternative: more is an editor's mistake. */
#define MOST_PARTS 16
#define MOST_ALTERNATIVE 8

#define HEADER_BYTES 20
#define GROUP_BYTES 8
#define FLAG_BYTES 28
#define PATTERN_BYTES 16

/* Words that ".." and "..." may stand for. */
#define FEW_BETWEEN 3
#define MANY_BETWEEN 10

enum part_kind { PART_WORD, PART_GROUP, PART_BETWEEN };
#define PART(kind, number) ((uint32_t)(kind) << 30 | (uint32_t)(number))
#define PART_KIND(code) ((enum part_kind)((code) >> 30))
#define PART_NUMBER(code) ((code)&0x3FFFFFFFu)

enum pattern_kind { SAYS, IS_HARMLESS };

/* The rules' lists are groups with the first numbers, in this order. */
enum rule {
    DENIED, POSSIBLE, ASKING, SOMEONE, PAST, NOW, AGAIN, PRESENT, OVER, TURNING, JOINING, NOBODY,
    N_RULES
};

#endif
