#include "rank/ranking.h"

#include "index/documents.h"
#include "index/postings.h"

#include <stdlib.h>

/* Passages whose topics are looked at where there is no model: ten choices, the most
 * that are shown, each a document or of three passages.  Each more lets the search skip
 * less. */
#define MOST_DOCUMENTS 10
#define MOST_HITS 32

/* The best first, for qsort(). */
static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->class > y->class) - (x->class < y->class);
}

static double match_of(const struct query *query, score_units score)
{
    uint64_t best = query_best_possible(query);
    double match = best == 0 ? 0 : (double)score / (double)best;
    return match > 1 ? 1 : match; /* synonyms may add to a full match */
}

/* The topics of the best passages, each once. */
static void rank_by_match(struct ranking *r, const struct index *index, const struct query *query,
                          const struct hit *hits, size_t n_hits)
{
    for (size_t i = 0; i < n_hits; i++) {
        uint32_t topic = index_passage_topic(index, hits[i].passage);
        size_t j = 0;
        while (j < r->n && r->items[j].class != topic)
            j++;
        if (j < r->n)
            continue;
        double match = match_of(query, hits[i].score);
        r->items[r->n++] = (struct candidate){ topic, match, 0, match, hits[i].passage };
    }
}

/* What the model sees of the question. */
static int read_features(struct ranking *r, const struct query *query, struct arena *arena)
{
    struct features features;
    struct stemmer stemmer;
    if (!stemmer_init(&stemmer))
        return OSSEO_ENOMEM;
    int status = features_of(&features, &query->words, &stemmer, arena);
    stemmer_release(&stemmer);
    return status == OSSEO_OK ? linear_values_of(&r->values, &r->model, &features, arena) : status;
}

static int rank_by_both(struct ranking *r, const struct index *index, const struct query *query,
                        const score_units *scores, struct arena *arena)
{
    float *margins = arena_array(arena, r->model.n_classes, sizeof *margins);
    r->items = arena_array(arena, r->model.n_classes, sizeof *r->items);
    if (margins == NULL || r->items == NULL ||
        read_features(r, query, arena) != OSSEO_OK)
        return OSSEO_ENOMEM;
    linear_score(&r->model, &r->values, margins);

    /* The last class is "any topic". */
    r->scope_margin = margins[r->model.n_classes - 1];
    for (uint32_t c = 0; c + 1 < r->model.n_classes; c++) {
        struct candidate *candidate = &r->items[r->n++];
        *candidate = (struct candidate){ .class = c, .margin = margins[c], .passage = NO_PASSAGE };
        if (c < index->n_topics) {
            struct index_topic topic = index_topic(index, c);
            candidate->passage = topic.first_passage;
            for (uint32_t p = topic.first_passage; p < topic.first_passage + topic.n_passages; p++)
                if (scores[p] > scores[candidate->passage])
                    candidate->passage = p;
            if (topic.n_passages > 0)
                candidate->match = match_of(query, scores[candidate->passage]);
        }
        candidate->score = candidate->margin + r->match_weight * candidate->match;
    }
    return OSSEO_OK;
}

void ranking_sort(struct ranking *ranking)
{
    if (ranking->n > 1)
        qsort(ranking->items, ranking->n, sizeof *ranking->items, by_score);
}

/* By all passages, whose scores the model's opinions are added to. */
static int rank_all(struct ranking *out, const struct index *index, const struct query *query,
                    struct arena *arena)
{
    score_units *scores = arena_array(arena, index->n_passages, sizeof *scores);
    if (scores == NULL || search_all(index, query, scores) != OSSEO_OK)
        return OSSEO_ENOMEM;
    return rank_by_both(out, index, query, scores, arena);
}

/* By the best passages alone, which a search that skips finds in a collection of any
 * size. */
static int rank_best(struct ranking *out, const struct index *index, const struct query *query,
                     struct arena *arena)
{
    struct hit hits[MOST_HITS];
    size_t n_hits = 0, most = index_is_corpus(index) ? MOST_DOCUMENTS : MOST_HITS;
    out->items = arena_array(arena, MOST_HITS, sizeof *out->items);
    if (out->items == NULL ||
        search_best(hits, &n_hits, most, index, query, arena) != OSSEO_OK)
        return OSSEO_ENOMEM;
    search_order(hits, n_hits, n_hits);
    rank_by_match(out, index, query, hits, n_hits);
    return OSSEO_OK;
}

int ranking_make(struct ranking *out, const struct index *index, const struct query *query,
                 struct arena *arena)
{
    *out = (struct ranking){ .n_topics = index->n_topics, .match_weight = MATCH_WEIGHT };
    linear_open(&out->model, index->section[SECTION_MODEL]);
    int status = out->model.n_classes > index->n_topics ? rank_all(out, index, query, arena)
                                                        : rank_best(out, index, query, arena);
    if (status == OSSEO_OK)
        ranking_sort(out);
    return status;
}
