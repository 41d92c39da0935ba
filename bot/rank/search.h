/* rank/search.h -- walks postings, adds up scores. */
#ifndef RANK_SEARCH_H
#define RANK_SEARCH_H

#include "rank/query.h"

typedef uint64_t score_units; /* query weight times impact, whole numbers */

/* Fills scores (n_passages) with each passage's sum over the query's terms of
 * weight times impact.  OSSEO_OK or OSSEO_ENOMEM. */
int search_all(const struct index *index, const struct query *query, score_units *scores);

struct hit {
    passage_id passage;
    score_units score;
};

/* The `k` best passages with a score above 0, best first, ties by the lower
 * passage id.  `hits` has room for k; returns how many there are. */
size_t search_top(const score_units *scores, uint32_t n_passages, struct hit *hits, size_t k);

/* The same hits as search_all() and search_top() give, to the bit, but in any order, without looking
 * at most postings: MaxScore (Turtle and Flood 1995, "Query evaluation: strategies
 * and optimizations", section 4.2) with a bound for each block (Ding and Suel 2011,
 * "Faster top-k document retrieval using block-max indexes"), in windows of
 * passages.  In a window the terms that together cannot lift a passage into the
 * top-k are only looked up for passages that others bring up; windows whose terms
 * cannot do so at all are passed over.  `*n_hits` is at most k; scratch memory
 * comes from `arena`.  OSSEO_OK or OSSEO_ENOMEM. */
int search_best(struct hit *hits, size_t *n_hits, size_t k, const struct index *index,
                const struct query *query, struct arena *arena);

/* Puts the best `k` of the hits first, in order: best first, ties by the lower
 * passage id.  Those behind them may be lost. */
void search_order(struct hit *hits, size_t n, size_t k);
/* The best of at least one. */
struct hit search_first(const struct hit *hits, size_t n);

/* A term's share in a passage's score. */
score_units search_share(const struct index *index, const struct query_term *term,
                         passage_id passage);

#endif
