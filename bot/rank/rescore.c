#include "rank/rescore.h"

#include "index/weight.h"
#include "rank/neighbours.h"

#include <math.h>

/* What a pair is worth beside a word of the same idf, and what of that where one
 * of its words is a stop word. */
#define PAIR_WEIGHT 0.3
#define STOPWORD_PAIR_WEIGHT 0.3

/* What a passage gains that is quite like the best one, of that one's score. */
#define NEIGHBOUR_WEIGHT 0.4

/* A pair's idf is taken among the hits: whether it tells them apart is what counts,
 * and no list of pairs is needed. */
static void add_pair(struct hit *hits, size_t n, const struct index *index, struct word_pair pair)
{
    struct slice rows = pairs_find(index, pair.key);
    bool holds[RESCORED];
    uint32_t df = 0;
    for (size_t i = 0; i < n && rows.n_bytes > 0; i++) {
        holds[i] = pairs_hold(rows, hits[i].passage);
        df += holds[i];
    }
    if (df == 0)
        return;
    double weight = (pair.has_stopword ? STOPWORD_PAIR_WEIGHT : 1) * PAIR_WEIGHT *
                    weight_idf(df, (uint32_t)n);
    score_units added = (score_units)lrint(weight * QUERY_WEIGHT_UNIT * 255);
    for (size_t i = 0; i < n; i++)
        if (holds[i])
            hits[i].score += added;
}

static void add_neighbours(struct hit *hits, size_t n, const struct index *index)
{
    struct hit first = search_first(hits, n);
    struct neighbour best, one;
    neighbours_get(&best, index, first.passage);
    double unit = NEIGHBOUR_WEIGHT * (double)first.score;
    for (size_t i = 0; i < n; i++) {
        neighbours_get(&one, index, hits[i].passage);
        hits[i].score += (score_units)lrint(unit * neighbours_cosine(&one, &best));
    }
}

static bool has_more_than_words(const struct index *index)
{
    return index->section[SECTION_PAIRS].n_bytes > 0 ||
           index->section[SECTION_NEIGHBOURS].n_bytes > 0;
}

size_t rescore_depth(const struct index *index, size_t k)
{
    return k < RESCORED && has_more_than_words(index) ? RESCORED : k;
}

void rescore(struct hit *hits, size_t n, const struct index *index, const struct query *query)
{
    if (n == 0 || !has_more_than_words(index))
        return;
    if (n > RESCORED) {
        search_order(hits, n, n);
        n = RESCORED;
    }
    for (size_t i = 0; i < query->n_pairs; i++)
        add_pair(hits, n, index, query->pairs[i]);
    add_neighbours(hits, n, index);
}

int rescore_compile(struct writer *writer, const struct index *index, const struct memory *memory)
{
    if (index->n_passages < LEAST_RESCORED || index->n_passages > MOST_RESCORED)
        return OSSEO_OK;
    int status = pairs_write(&writer->section[SECTION_PAIRS], index, memory);
    return status == OSSEO_OK
               ? neighbours_write(&writer->section[SECTION_NEIGHBOURS], index, memory)
               : status;
}
