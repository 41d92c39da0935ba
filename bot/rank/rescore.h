/* rank/rescore.h -- a second look at the best passages.
 *
 * What the first search adds up word by word, for every passage, is corrected for
 * the few that it puts first: by words that stand side by side as in the query
 * (rank/pairs.h), then by what else is about the same as the best passage
 * (rank/neighbours.h).  Both only add, so that no passage behind those looked at
 * belongs before them. */
#ifndef RANK_RESCORE_H
#define RANK_RESCORE_H

#include "index/writer.h"
#include "rank/search.h"

/* Passages looked at; 20 rank a little worse, 200 no better. */
#define RESCORED 30

/* How many hits the first search is to find, so that the best `k` of all come out. */
size_t rescore_depth(const struct index *index, size_t k);

/* Rescores the first RESCORED of `hits` (n), which are in order, and puts them
 * into their new order.  Does nothing where the index holds no more than words. */
void rescore(struct hit *hits, size_t n, const struct index *index, const struct query *query);

/* Adds to the writer what rescore() reads; `index` holds all else of the collection.
 * Left out of a collection below LEAST_RESCORED passages, in which there is too
 * little to learn from, and above MOST_RESCORED, where it would cost more than it
 * is known to be worth: it doubles the time to compile and adds half of the index.
 * OSSEO_OK or OSSEO_ENOMEM. */
#define LEAST_RESCORED 256
#define MOST_RESCORED 32768
int rescore_compile(struct writer *writer, const struct index *index, const struct memory *memory);

#endif
