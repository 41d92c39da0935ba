/* rank/neighbours.h -- which passages are about the same, whatever their words.
 *
 *   neighbours = (n_passages) { i8 } N_DIMENSIONS         each row in a scale of its own
 *
 * Latent semantic indexing (Deerwester, Dumais, Furnas, Landauer and Harshman
 * 1990): passages as rows of TF-IDF weights, brought down to the few directions in
 * which they differ most, so that words which occur in the same passages count as
 * alike.  Only the passages' vectors are kept: a question is placed by the best
 * passage that its words find, which ranked as well as placing it by its words
 * and needs no vector for each term.
 *
 * The directions are found by orthogonal iteration from a fixed start (Golub and
 * Van Loan 2013, section 8.2.4), since any basis of the same space gives the same
 * cosines: no decomposition is needed, and with sums in a fixed order the bytes
 * are the same on every machine.
 *
 * What was tried beside it and ranked worse: the cosine of the TF-IDF rows
 * themselves, random projections of 64 to 512 dimensions, more than one passage
 * to place the question by. */
#ifndef RANK_NEIGHBOURS_H
#define RANK_NEIGHBOURS_H

#include "base/buffer.h"
#include "index/reader.h"

/* 32 ranked a little worse, 128 no better. */
#define N_DIMENSIONS 64

/* Appends the section.  Takes about 2 microseconds a posting, and 1 KiB a passage.
 * OSSEO_OK or OSSEO_ENOMEM. */
int neighbours_write(struct buffer *out, const struct index *index, const struct memory *memory);

/* A passage's row, in numbers that the processor multiplies eight at a time, and its
 * inner product with itself; of zeros where it has none. */
struct neighbour {
    int16_t row[N_DIMENSIONS];
    int32_t square;
};
void neighbours_get(struct neighbour *out, const struct index *index, passage_id passage);

/* The cosine of two passages, 0 where it is negative or not known. */
double neighbours_cosine(const struct neighbour *a, const struct neighbour *b);

#endif
