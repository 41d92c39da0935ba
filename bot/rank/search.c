#include "rank/search.h"

#include "index/postings.h"

int search_all(const struct index *index, const struct query *query, score_units *scores)
{
    memset(scores, 0, index->n_passages * sizeof *scores);
    for (size_t i = 0; i < query->n_terms; i++) {
        struct postings postings;
        postings_open(&postings, index, query->terms[i].term);
        for (; postings.passage < index->n_passages; postings_next(&postings))
            scores[postings.passage] += (score_units)query->terms[i].weight * postings.impact;
    }
    return OSSEO_OK;
}

/* True where `a` is to stand before `b`. */
static bool is_better(struct hit a, struct hit b)
{
    return a.score != b.score ? a.score > b.score : a.passage < b.passage;
}

size_t search_top(const score_units *scores, uint32_t n_passages, struct hit *hits, size_t k)
{
    size_t n = 0;
    for (passage_id p = 0; p < n_passages && k > 0; p++) {
        struct hit hit = { p, scores[p] };
        if (hit.score == 0 || (n == k && !is_better(hit, hits[n - 1])))
            continue;
        size_t at = n < k ? n++ : k - 1;
        for (; at > 0 && is_better(hit, hits[at - 1]); at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
    return n;
}

score_units search_share(const struct index *index, const struct query_term *term,
                         passage_id passage)
{
    struct postings postings;
    postings_open(&postings, index, term->term);
    while (postings.passage < passage)
        postings_next(&postings);
    return postings.passage == passage ? (score_units)term->weight * postings.impact : 0;
}
