/* index/weight.h -- term weights: BM25F, the form of TF-IDF that osseo uses.
 *
 * Pure functions of counts: they allocate nothing, cannot fail, and hold no
 * state.  They stand in index/ because tf and lengths are weighed once, when a
 * passage is indexed; a question then only adds products of whole numbers, the
 * same on every machine.
 *
 *   tf          occurrences of a term in one field of one passage
 *   dl, avgdl   terms in the field; their mean over the collection
 *   df          passages that contain the term              1 .. n_passages
 *   n_passages  passages in the collection                  >= 1
 *
 * Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework:
 * BM25 and Beyond", section 3.6 (BM25F).  It departs from the paper in the idf
 * (see weight_idf). */
#ifndef INDEX_WEIGHT_H
#define INDEX_WEIGHT_H

#include <stdint.h>

struct weight_parameters {
    double k1;
    double field_weight[3]; /* by enum field */
    double b[3];            /* how far a field's length counts, 0 .. 1 */
};

extern const struct weight_parameters weight_defaults;

/* One field's part of BM25F's weighted tf:  w tf / ((1 - b) + b dl / avgdl). */
double weight_field_tf(double tf, double dl, double avgdl, double w, double b);

/* Saturation, tf / (k1 + tf), in 0 .. 1: ten mentions are worth more than one,
 * but not ten times more. */
double weight_saturate(double tf, double k1);

/* ln(1 + (n - df + 1/2) / (df + 1/2)).  The 1 inside keeps it above 0 for a
 * term that most passages contain (Lucene's form); the paper's turns negative. */
double weight_idf(uint32_t df, uint32_t n_passages);

#endif
