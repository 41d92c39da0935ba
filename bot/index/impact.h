/* index/impact.h -- tf and length as small codes, and the impact of the two.
 *
 * An impact is a term's BM25F weight in a passage without its idf, in steps of
 * 1/255: weight_saturate(weight_tf(tf, length)).  A posting stores the code of its
 * tf, nearly always 0, and a passage the code of its length, once; a table in the
 * compiled file holds the impact of each pair, so that a search looks it up and
 * computes nothing.
 *
 *   code of a tf       0 .. 31    1 to 8 as they are, then four to an octave
 *   code of a length   0 .. 255   0 to 31 as they are, then sixteen to an octave */
#ifndef INDEX_IMPACT_H
#define INDEX_IMPACT_H

#include "index/weight.h"

#include <stddef.h>

#define N_TF_CODES 32
#define N_LENGTH_CODES 256
#define IMPACT_TABLE_BYTES ((size_t)N_TF_CODES * N_LENGTH_CODES)

/* Of a weighted tf of at least 1, and of a weighted length; large ones are cut. */
uint8_t impact_tf_code(uint32_t tf);
uint8_t impact_length_code(uint32_t length);

/* What a code stands for: the middle of its range. */
double impact_tf(uint8_t code);
double impact_length(uint8_t code);

/* Fills table (N_TF_CODES, N_LENGTH_CODES); no impact is 0, since the term is there. */
void impact_table(uint8_t *table, double mean_length, const struct weight_parameters *parameters);

/* Table and lengths of a collection; borrowed. */
struct impacts {
    const uint8_t *table;   /* (N_TF_CODES, N_LENGTH_CODES) */
    const uint8_t *lengths; /* (n_passages) codes */
};

static inline uint8_t impact_of(struct impacts impacts, uint8_t tf_code, uint32_t passage)
{
    return impacts.table[(size_t)tf_code * N_LENGTH_CODES + impacts.lengths[passage]];
}

#endif
