/* rank/fit.h -- fitting a linear model to lines whose class is known.
 *
 * One-against-rest linear support vector machines with squared hinge loss, by
 * dual coordinate descent: Hsieh, Chang, Lin, Keerthi and Sundararajan 2008,
 * "A Dual Coordinate Descent Method for Large-scale Linear SVM", algorithm 1.
 * It is liblinear's solver with one change: the machines of all classes visit
 * the lines in the same order, so that one pass over a line's features serves
 * them all, which is about ten times as fast.  liblinear itself is not used
 * because it aborts when memory runs out, draws from rand(), and would bring
 * C++ and BLAS into every program that embeds osseo.
 *
 * What was tried beside it and left out, over voices left out: naive Bayes weights
 * added (no gain once TF-IDF over the passages is), nearest lines (0.2 points),
 * latent semantic indexing (a loss), runs of 5 letters (none).
 *
 * Deterministic: the order of visits comes from a fixed generator, and each
 * class adds up its own numbers in a fixed order. */
#ifndef RANK_FIT_H
#define RANK_FIT_H

#include "base/buffer.h"
#include "rank/linear.h"

struct fit_line {
    struct slice text;
    uint32_t class; /* of none where it is no class's number */
    uint32_t group; /* a second class that the line belongs to, or the same again */
};

struct fit_options {
    float cost;             /* the C of the paper: how much a misplaced line counts */
    unsigned n_passes;      /* over all lines */
    unsigned least_lines;   /* features in fewer are left out; of many lines one more */
    float prune;            /* weights below this part of the largest are dropped */
    bool is_stemmed;        /* words by their stems */
};

extern const struct fit_options fit_defaults;

/* Appends the model to `out`.  OSSEO_OK or OSSEO_ENOMEM. */
int fit_model(struct buffer *out, const struct fit_line *lines, size_t n_lines, uint32_t n_classes,
              const struct fit_options *options, const struct memory *memory);

#endif
