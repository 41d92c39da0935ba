/* rank/ranking.h -- topics in the order in which they answer a question.
 *
 * Two opinions are added: how well the topic's best passage matches by TF-IDF,
 * and how the linear model, fitted to what people say, places the message.
 * Beside the topics the model knows classes without an answer (other dentistry,
 * small talk, ...), which take part in the order. */
#ifndef RANK_RANKING_H
#define RANK_RANKING_H

#include "rank/linear.h"
#include "rank/query.h"
#include "rank/search.h"

struct candidate {
    uint32_t class;     /* a topic_id, or n_topics and above: a class without an answer */
    double score;       /* margin + match_weight * match */
    double margin;      /* of the linear model; 0 without one */
    double match;       /* TF-IDF of the best passage over the best possible, 0 .. 1 */
    passage_id passage; /* the best match; NO_PASSAGE for a class without an answer */
};

struct ranking {
    struct candidate *items; /* (n), best first; ties by the lower class */
    size_t n;
    struct linear model;
    struct linear_values values;
    uint32_t n_topics;
    double match_weight;
    double scope_margin; /* the model's margin of "any topic"; 0 without a model */
};

/* What a match of 1 is worth beside the model's margin, which is about 1 for a
 * line it is sure of.  Chosen by cross-validation over voices (tests/eval). */
#define MATCH_WEIGHT 0.5

/* OSSEO_OK or OSSEO_ENOMEM; all is owned by `arena`. */
int ranking_make(struct ranking *out, const struct index *index, const struct query *query,
                 struct arena *arena);

/* Puts the best candidates in front again, in order, after scores were changed. */
void ranking_sort(struct ranking *ranking);

#endif
