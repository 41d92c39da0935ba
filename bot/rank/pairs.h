/* rank/pairs.h -- which words stand side by side in a passage.
 *
 *   pairs  = first:u32 (PAIR_RANGES + 1) { passage:u16 key:u16 }
 *
 * Rows ascend by key, then passage; those of the i-th range of keys, of which there are
 * PAIR_RANGES of the same size, stand from first[i] to first[i + 1].  A key is a 16-bit hash of two stems that follow one another in a passage's heading or
 * its text, but for two stop words.  A passage of 100 pairs seems to hold 1 in 650 that
 * it does not; a longer hash would enlarge the section for no better ranking.  Written
 * for small collections alone (rank/rescore.h), beside which the rest of the file is
 * small too, and whose passages have numbers of 16 bits. */
#ifndef RANK_PAIRS_H
#define RANK_PAIRS_H

#include "base/buffer.h"
#include "index/reader.h"

#define PAIR_RANGES 1024

struct word_pair {
    uint16_t key;
    bool has_stopword; /* one of the two is */
};

/* What a sequence of tokens leaves behind for the next; starts as { 0 }. */
struct pair_state {
    uint32_t hash;
    bool has_word, is_stopword;
};

/* True where a word, by the index_hash() of its stem, makes a pair with the one before.
 * Joined forms take no part: they are a second reading of words that do. */
bool pair_next(struct pair_state *state, uint32_t hash, bool is_stopword, struct word_pair *out);

/* Appends the section.  OSSEO_OK or OSSEO_ENOMEM. */
int pairs_write(struct buffer *out, const struct index *index, const struct memory *memory);

/* The rows of a key. */
struct slice pairs_find(const struct index *index, uint16_t key);
/* True where they have the passage. */
bool pairs_hold(struct slice rows, passage_id passage);

#endif
