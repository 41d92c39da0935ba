/* rank/query.h -- a question as weighted query terms. */
#ifndef RANK_QUERY_H
#define RANK_QUERY_H

#include "index/terms.h"
#include "rank/pairs.h"
#include "rank/spelling.h"
#include "text/words.h"

/* Weights are whole numbers, in units of 1/1000, so that scores add up to the
 * same on every machine and in every order. */
#define QUERY_WEIGHT_UNIT 1000

struct query_term {
    struct slice name;
    struct index_term term;
    uint32_t weight;
    struct slice stands_for; /* what was typed, where the term is its synonym; else empty */
    bool is_stopword;
};

struct query {
    struct words typed;             /* as typed */
    struct words words;             /* as read: corrected */
    struct corrections corrections;
    struct query_term *terms;       /* (n_terms): those that the index has */
    size_t n_terms;
    struct word_pair *pairs;             /* (n_pairs): words side by side, each two once */
    size_t n_pairs;
    uint64_t unknown_weight;        /* what its content words without a term would have weighed */
};

struct query_options {
    double stopword_weight; /* of a stop word, where a word's own weight is 1 */
    double repeat_weight;   /* added each time that a word is said again */
    double synonym_weight;  /* of an added term */
    bool correct_spelling;
};

extern const struct query_options query_defaults;
/* For osseo_rank(): the words as they stand. */
extern const struct query_options query_for_ranking;

/* OSSEO_OK or OSSEO_ENOMEM; all is owned by `arena`.  `text` must outlive it. */
int query_read(struct query *out, const struct index *index, struct slice text,
               const struct query_options *options, struct arena *arena);

/* The highest score a passage could have: every term with its full impact. */
uint64_t query_best_possible(const struct query *query);

#endif
