/* text/tokenizer.h -- text to words, by these rules:
 *
 *   letters and digits   make a word; marks and zero-width characters belong to it
 *   apostrophe           inside a word is dropped: don't = dont, and a final 's
 *                        goes: dentist's = dentist
 *   hyphen               between words gives the parts and the joined form:
 *                        peri-implantitis = peri, implantitis, periimplantitis;
 *                        o-ring = o, ring, oring
 *   letters to digits    part likewise: 3.5mm = 3.5, mm, 3.5mm; All-on-4 = all,
 *                        on, 4, allon4
 *   & and + between      single letters or short forms, likewise: A&E = a, e, ae
 *   full stop            between single letters is dropped: u.k. = uk; between
 *                        digits it is a decimal point
 *   comma                between digits with three behind it is dropped: 1,500 = 1500
 *   all else             separates words
 *
 * So joined and split spellings find each other: "periimplantitis" meets the
 * joined form of the hyphenated one, "peri implantitis" its parts. */
#ifndef TEXT_TOKENIZER_H
#define TEXT_TOKENIZER_H

#include "text/token.h"

/* Parts of one hyphenated word; further ones make a word of their own. */
#define MAX_PARTS 6

/* One word, or a part of one. */
struct word_part {
    size_t start, end; /* in the text */
    size_t n_bytes;
    bool is_number;
    char bytes[MAX_TERM_BYTES]; /* folded */
};

struct tokenizer {
    struct slice text; /* borrowed */
    size_t at;
    uint32_t position;
    bool clause, sentence; /* such a boundary was passed */

    /* The parts of the word being handed out, and what is next of them. */
    struct word_part part[MAX_PARTS + 1];
    size_t n_parts, next_part;
    bool has_joined; /* the last one is the others joined */
    bool parts_clause, parts_sentence;
};

void tokenizer_init(struct tokenizer *tokenizer, struct slice text);

/* The next token as no more than its bytes, borrowed until the call after; NULL at the
 * end. */
const struct word_part *tokenizer_next_part(struct tokenizer *tokenizer, bool *is_joined);

/* Fills in all but `term`.  False at the end. */
bool tokenizer_next(struct tokenizer *tokenizer, struct token *token);

#endif
