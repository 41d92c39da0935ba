/* index/weight.h -- term weights: BM25F, the form of TF-IDF that osseo uses.
 *
 * Pure functions of counts: they allocate nothing, cannot fail, and hold no
 * state.  They stand in index/ because tf and lengths are weighed once, when a
 * passage is indexed; a question then only adds products of whole numbers, the
 * same on every machine.
 *
 *   tf          occurrences of a term in a passage, those of each field times its weight
 *   dl, avgdl   length of the passage, counted likewise; its mean over the collection
 *   df          passages that contain the term              1 .. n_passages
 *   n_passages  passages in the collection                  >= 1
 *
 * Source: Robertson, Zaragoza and Taylor 2004, "Simple BM25 Extension to Multiple
 * Weighted Fields": a word in a heading counts as if it stood there several times,
 * for the length too.  It departs from the paper in the idf (see weight_idf).
 * A length of its own for each field (Robertson and Zaragoza 2009, section 3.6)
 * prefers passages that are little more than their heading. */
#ifndef INDEX_WEIGHT_H
#define INDEX_WEIGHT_H

#include <stdint.h>

struct weight_parameters {
    double k1;
    double field_weight[3]; /* by enum field */
    double b;               /* how far the length counts, 0 .. 1 */
};

extern const struct weight_parameters weight_defaults;

/* tf of a passage of mean length:  tf / ((1 - b) + b dl / avgdl). */
double weight_tf(double tf, double dl, double avgdl, double b);

/* Saturation, tf / (k1 + tf), in 0 .. 1: ten mentions are worth more than one,
 * but not ten times more. */
double weight_saturate(double tf, double k1);

/* ln(1 + (n - df + 1/2) / (df + 1/2)).  The 1 inside keeps it above 0 for a
 * term that most passages contain (Lucene's form); the paper's turns negative. */
double weight_idf(uint32_t df, uint32_t n_passages);

#endif
