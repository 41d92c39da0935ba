/* answer/confidence.h -- how sure the ranking may be of itself.
 *
 *   confidence = { mean:f32 scale:f32 right:f32 in_scope:f32 }     one row a signal, the
 *                                                                 last the constant
 *
 * Two probabilities, each a logistic regression over the same signals: that the
 * best topic answers the question, and that any topic does.  They are fitted
 * when a knowledge is compiled, to lines that the ranking had not seen
 * (compile/crossvalidate.h), and travel in the compiled file, so an edit cannot
 * silently outdate them. */
#ifndef ANSWER_CONFIDENCE_H
#define ANSWER_CONFIDENCE_H

#include "base/buffer.h"
#include "rank/ranking.h"

enum signal {
    SIGNAL_MARGIN,       /* the model's margin of the best topic */
    SIGNAL_MATCH,        /* its TF-IDF over the question's best possible */
    SIGNAL_GAP,          /* its score over the next topic's */
    SIGNAL_OUT_OF_SCOPE, /* its margin over that of the best class without an answer */
    SIGNAL_SCOPE,        /* the model's margin of "any topic" */
    SIGNAL_UNKNOWN,      /* share of the question's weight in words that no passage has */
    SIGNAL_LENGTH,       /* ln(1 + words) */
    N_SIGNALS
};

struct signals {
    double value[N_SIGNALS];
};

struct signals signals_of(const struct ranking *ranking, const struct query *query);

struct confidence {
    double right;    /* that the best topic answers */
    double in_scope; /* that some topic does */
};

/* A knowledge without fitted rows (a JSONL corpus) is judged by the match. */
struct confidence confidence_of(const struct index *index, const struct signals *signals);

/* One line that was asked without having been seen. */
struct confidence_sample {
    struct signals signals;
    bool is_right, is_in_scope;
};

/* Fits both and appends the rows.  OSSEO_OK or OSSEO_ENOMEM. */
int confidence_fit(struct buffer *out, const struct confidence_sample *samples, size_t n);

#endif
