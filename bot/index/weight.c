#include "index/weight.h"

#include <math.h>

const struct weight_parameters weight_defaults = {
    .k1 = 1.2,
    .field_weight = { 3.0, 1.0, 1.0 },
    .b = 0.5,
};

double weight_tf(double tf, double dl, double avgdl, double b)
{
    return avgdl <= 0 ? 0 : tf / ((1 - b) + b * dl / avgdl);
}

double weight_saturate(double tf, double k1)
{
    return tf / (k1 + tf);
}

double weight_idf(uint32_t df, uint32_t n_passages)
{
    return log(1 + ((double)n_passages - df + 0.5) / (df + 0.5));
}
