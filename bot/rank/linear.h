/* rank/linear.h -- a linear model over TF-IDF features: read and scored.
 *
 *   model    = n_classes:u32 n_slots:u32 step:f32 reserved:u32 bias slots weights
 *   bias     = (n_classes) f32
 *   slots    = (n_slots, a power of two) key:u32 first:u32 n:u32 idf:f32     linear probing;
 *              a slot with n = 0 is empty
 *   weights  = class:u16 weight:i16            in units of `step`
 *
 * A message's score for a class is the bias plus the sum over its features of
 * value times weight.  A value is (1 + ln count) idf, scaled so that the words
 * together and the letters together have the same length, and all have length
 * 1 (Salton and Buckley 1988, "ltc").  Only features seen when it was fitted
 * count, for the lengths too. */
#ifndef RANK_LINEAR_H
#define RANK_LINEAR_H

#include "base/bytes.h"
#include "rank/features.h"

#define LINEAR_HEADER_BYTES 16
#define LINEAR_SLOT_BYTES 16
#define LINEAR_WEIGHT_BYTES 4

struct linear {
    struct slice bias, slots, weights;
    uint32_t n_classes, n_slots;
    float step;
};

/* A model that lies in `section`; n_classes is 0 where there is none. */
void linear_open(struct linear *model, struct slice section);

/* A feature that the model knows, with its value in this message. */
struct linear_value {
    const struct feature *feature;
    uint32_t first, n; /* its weights */
    float value;
};

struct linear_values {
    struct linear_value *items; /* (n) */
    size_t n;
};

/* OSSEO_OK or OSSEO_ENOMEM; owned by `arena`. */
int linear_values_of(struct linear_values *out, const struct linear *model,
                     const struct features *features, struct arena *arena);

/* Fills scores (n_classes). */
void linear_score(const struct linear *model, const struct linear_values *values, float *scores);

/* What one value adds to the score of `class`. */
float linear_share(const struct linear *model, const struct linear_value *value, uint32_t class);

/* (1 + ln count) idf, not yet scaled. */
float linear_raw_value(unsigned count, float idf);

#endif
