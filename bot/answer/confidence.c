#include "answer/confidence.h"

#include <math.h>

#define ROW_BYTES 16
#define N_WEIGHTS (N_SIGNALS + 1) /* and the constant */

/* What the weights pay for their size, for each line: without it they follow every one.
 * Over the questions of three authors one part in a thousand cost the least. */
#define RIDGE        0.001
#define LEAST_RIDGE  0.001 /* of the constant, in all: it is free, and finite */
#define NEWTON_STEPS 25

struct signals signals_of(const struct ranking *ranking, const struct query *query)
{
    const struct candidate *best = NULL, *next = NULL, *without = NULL;
    for (size_t i = 0; i < ranking->n; i++) {
        const struct candidate *c = &ranking->items[i];
        if (c->class >= ranking->n_topics) {
            if (without == NULL || c->margin > without->margin)
                without = c;
        } else if (best == NULL) {
            best = c;
        } else if (next == NULL) {
            next = c;
        }
    }
    struct signals s = { { 0 } };
    uint64_t possible = query_best_possible(query);
    if (best != NULL) {
        s.value[SIGNAL_MARGIN] = best->margin;
        s.value[SIGNAL_MATCH] = best->match;
        s.value[SIGNAL_GAP] = best->score - (next == NULL ? 0 : next->score);
        s.value[SIGNAL_OUT_OF_SCOPE] = without == NULL ? 0 : best->margin - without->margin;
    }
    s.value[SIGNAL_SCOPE] = ranking->scope_margin;
    s.value[SIGNAL_UNKNOWN] =
        possible == 0 ? 1 : (double)query->unknown_weight * 255 / (double)possible;
    s.value[SIGNAL_LENGTH] = log(1.0 + (double)query->words.n);
    return s;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

struct confidence confidence_of(const struct index *index, const struct signals *signals)
{
    struct slice rows = index->section[SECTION_CONFIDENCE];
    if (rows.n_bytes != N_WEIGHTS * ROW_BYTES) {
        double match = signals->value[SIGNAL_MATCH];
        return (struct confidence){ match, match };
    }
    double right = 0, in_scope = 0;
    for (size_t i = 0; i < N_WEIGHTS; i++) {
        double x = i == N_SIGNALS ? 1
                                  : (signals->value[i] - (double)bytes_f32(rows, i * ROW_BYTES)) *
                                        (double)bytes_f32(rows, i * ROW_BYTES + 4);
        right += x * (double)bytes_f32(rows, i * ROW_BYTES + 8);
        in_scope += x * (double)bytes_f32(rows, i * ROW_BYTES + 12);
    }
    struct confidence c = { logistic(right), logistic(in_scope) };
    /* Fitted apart, the two may cross; a topic that answers is in scope. */
    if (c.in_scope < c.right)
        c.in_scope = c.right;
    return c;
}

/* Solves a x = b in place by Gauss with pivots; b becomes x. */
static void solve(double a[N_WEIGHTS][N_WEIGHTS], double b[N_WEIGHTS])
{
    for (size_t i = 0; i < N_WEIGHTS; i++) {
        size_t pivot = i;
        for (size_t r = i + 1; r < N_WEIGHTS; r++)
            if (fabs(a[r][i]) > fabs(a[pivot][i]))
                pivot = r;
        for (size_t c = 0; c < N_WEIGHTS; c++) {
            double kept = a[i][c];
            a[i][c] = a[pivot][c];
            a[pivot][c] = kept;
        }
        double kept = b[i];
        b[i] = b[pivot];
        b[pivot] = kept;
        for (size_t r = i + 1; r < N_WEIGHTS; r++) {
            double factor = a[r][i] / a[i][i];
            for (size_t c = i; c < N_WEIGHTS; c++)
                a[r][c] -= factor * a[i][c];
            b[r] -= factor * b[i];
        }
    }
    for (size_t i = N_WEIGHTS; i-- > 0;) {
        for (size_t c = i + 1; c < N_WEIGHTS; c++)
            b[i] -= a[i][c] * b[c];
        b[i] /= a[i][i];
    }
}

struct scaling {
    double mean[N_SIGNALS], scale[N_SIGNALS];
};

static void scaled(const struct signals *s, const struct scaling *by, double x[N_WEIGHTS])
{
    for (size_t j = 0; j < N_SIGNALS; j++)
        x[j] = (s->value[j] - by->mean[j]) * by->scale[j];
    x[N_SIGNALS] = 1;
}

/* Logistic regression by Newton's method (Hastie, Tibshirani and Friedman 2009,
 * section 4.4.1), with a little ridge. */
static void fit(const struct confidence_sample *samples, size_t n, const struct scaling *by,
                bool of_scope, double weight[N_WEIGHTS])
{
    memset(weight, 0, N_WEIGHTS * sizeof *weight);
    for (int step = 0; step < NEWTON_STEPS; step++) {
        double hessian[N_WEIGHTS][N_WEIGHTS] = { { 0 } }, gradient[N_WEIGHTS] = { 0 };
        double x[N_WEIGHTS];
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            scaled(&samples[i].signals, by, x);
            /* Between two topics the scope is none the less sure. */
            x[SIGNAL_GAP] = of_scope ? 0 : x[SIGNAL_GAP];
            for (size_t j = 0; j < N_WEIGHTS; j++)
                sum += weight[j] * x[j];
            double p = logistic(sum);
            double y = (of_scope ? samples[i].is_in_scope : samples[i].is_right) ? 1 : 0;
            for (size_t j = 0; j < N_WEIGHTS; j++) {
                gradient[j] += (y - p) * x[j];
                for (size_t k = 0; k < N_WEIGHTS; k++)
                    hessian[j][k] += p * (1 - p) * x[j] * x[k];
            }
        }
        for (size_t j = 0; j < N_WEIGHTS; j++) {
            double ridge = j < N_SIGNALS ? RIDGE * (double)n : LEAST_RIDGE;
            gradient[j] -= ridge * weight[j];
            hessian[j][j] += ridge;
        }
        solve(hessian, gradient);
        for (size_t j = 0; j < N_WEIGHTS; j++)
            weight[j] += gradient[j];
    }
}

int confidence_fit(struct buffer *out, const struct confidence_sample *samples, size_t n)
{
    struct scaling by;
    double right[N_WEIGHTS], in_scope[N_WEIGHTS];
    for (size_t j = 0; j < N_SIGNALS; j++) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < n; i++)
            sum += samples[i].signals.value[j];
        by.mean[j] = sum / (double)n;
        for (size_t i = 0; i < n; i++) {
            double d = samples[i].signals.value[j] - by.mean[j];
            squares += d * d;
        }
        by.scale[j] = squares > 0 ? 1 / sqrt(squares / (double)n) : 0;
    }
    fit(samples, n, &by, false, right);
    fit(samples, n, &by, true, in_scope);
    for (size_t j = 0; j < N_WEIGHTS; j++) {
        buffer_append_f32(out, j < N_SIGNALS ? (float)by.mean[j] : 0);
        buffer_append_f32(out, j < N_SIGNALS ? (float)by.scale[j] : 0);
        buffer_append_f32(out, (float)right[j]);
        buffer_append_f32(out, (float)in_scope[j]);
    }
    return out->failed ? OSSEO_ENOMEM : OSSEO_OK;
}
