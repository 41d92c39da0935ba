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

/* A term's share in a passage's score. */
score_units search_share(const struct index *index, const struct query_term *term,
                         passage_id passage);

#endif
