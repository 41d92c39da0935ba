#include "index/impact.h"

/* Numbers below `exact`, a power of two, are their own codes; from there on an octave
 * has `exact` / 2 steps. */
static uint32_t encode(uint32_t number, uint32_t exact, uint32_t n_codes)
{
    if (number < exact)
        return number;
    unsigned shift = 1;
    while (number >> shift >= exact)
        shift++;
    uint32_t code = exact + (shift - 1) * (exact / 2) + ((number >> shift) - exact / 2);
    return code < n_codes ? code : n_codes - 1;
}

static double decode(uint32_t code, uint32_t exact)
{
    if (code < exact)
        return code;
    unsigned shift = (code - exact) / (exact / 2) + 1;
    uint32_t low = ((code - exact) % (exact / 2) + exact / 2) << shift;
    return low + ((1u << shift) - 1) / 2.0;
}

uint8_t impact_tf_code(uint32_t tf)
{
    return (uint8_t)encode(tf - 1, 8, N_TF_CODES);
}

double impact_tf(uint8_t code)
{
    return decode(code, 8) + 1;
}

uint8_t impact_length_code(uint32_t length)
{
    return (uint8_t)encode(length, 32, N_LENGTH_CODES);
}

double impact_length(uint8_t code)
{
    return decode(code, 32);
}

void impact_table(uint8_t *table, double mean_length, const struct weight_parameters *parameters)
{
    for (uint32_t t = 0; t < N_TF_CODES; t++)
        for (uint32_t l = 0; l < N_LENGTH_CODES; l++) {
            double tf = weight_tf(impact_tf((uint8_t)t), impact_length((uint8_t)l), mean_length,
                                  parameters->b);
            double impact = 255 * weight_saturate(tf, parameters->k1) + 0.5;
            table[t * N_LENGTH_CODES + l] = impact < 1 ? 1 : impact > 255 ? 255 : (uint8_t)impact;
        }
}
