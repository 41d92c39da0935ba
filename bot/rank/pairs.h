/* rank/pairs.h -- which words stand side by side in a passage.
 *
 *   pairs  = first:u32 (n_passages + 1) { key:u16 }
 *
 * A passage's keys stand from first[passage] to first[passage + 1]: a 16-bit hash
 * for each two stems that follow one another in its heading or its text, but for
 * two stop words.  A passage of 100 pairs seems to hold 1 in 650 that it does not;
 * a longer hash would double the section for no better ranking.  Written for small collections alone (rank/rescore.h), beside which
 * the rest of the file is small too. */
#ifndef RANK_PAIRS_H
#define RANK_PAIRS_H

#include "base/buffer.h"
#include "index/reader.h"

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

/* A passage's keys; empty where the section is, or is damaged. */
struct slice pairs_of(const struct index *index, passage_id passage);
bool pairs_hold(struct slice keys, uint16_t key);

#endif
