#include "rank/linear.h"

#include "osseo.h"

#include <math.h>

void linear_open(struct linear *model, struct slice section)
{
    *model = (struct linear){ .n_classes = 0 };
    uint32_t n_classes = bytes_u32(section, 0), n_slots = bytes_u32(section, 4);
    uint64_t bias = (uint64_t)n_classes * 4, slots = (uint64_t)n_slots * LINEAR_SLOT_BYTES;
    if (section.n_bytes < LINEAR_HEADER_BYTES || n_slots == 0 || (n_slots & (n_slots - 1)) != 0 ||
        bias + slots > section.n_bytes - LINEAR_HEADER_BYTES)
        return;
    model->n_classes = n_classes;
    model->n_slots = n_slots;
    model->step = bytes_f32(section, 8);
    model->bias = bytes_part(section, LINEAR_HEADER_BYTES, bias);
    model->slots = bytes_part(section, LINEAR_HEADER_BYTES + bias, slots);
    model->weights = slice_from(section, (size_t)(LINEAR_HEADER_BYTES + bias + slots));
}

float linear_raw_value(unsigned count, float idf)
{
    return (count > 1 ? 1.0f + logf((float)count) : 1.0f) * idf;
}

/* Features ahead whose slots are fetched: the table is larger than what a processor
 * keeps near. */
#define LOOK_AHEAD 8

static size_t first_slot(const struct linear *model, uint32_t key)
{
    return key & (model->n_slots - 1);
}

/* The slot of `key`, or n_slots. */
static size_t find_slot(const struct linear *model, uint32_t key)
{
    size_t slot = first_slot(model, key);
    for (size_t probes = 0; probes < model->n_slots; probes++) {
        size_t at = slot * LINEAR_SLOT_BYTES;
        if (bytes_u32(model->slots, at + 8) == 0)
            break;
        if (bytes_u32(model->slots, at) == key)
            return slot;
        slot = (slot + 1) & (model->n_slots - 1);
    }
    return model->n_slots;
}

int linear_values_of(struct linear_values *out, const struct linear *model,
                     const struct features *features, struct arena *arena)
{
    struct linear_values values = { arena_array(arena, features->n, sizeof *values.items), 0 };
    float words = 0, letters = 0;
    if (values.items == NULL)
        return OSSEO_ENOMEM;

    for (size_t i = 0; i < features->n && model->n_classes > 0; i++) {
        const struct feature *feature = &features->items[i];
        if (i + LOOK_AHEAD < features->n)
            __builtin_prefetch(model->slots.bytes +
                               first_slot(model, features->items[i + LOOK_AHEAD].key) *
                                   LINEAR_SLOT_BYTES);
        size_t slot = find_slot(model, feature->key);
        if (slot == model->n_slots)
            continue;
        size_t at = slot * LINEAR_SLOT_BYTES;
        uint32_t first = bytes_u32(model->slots, at + 4), n = bytes_u32(model->slots, at + 8);
        float value = linear_raw_value(feature->count, bytes_f32(model->slots, at + 12));
        if (n > model->weights.n_bytes / LINEAR_WEIGHT_BYTES ||
            first > model->weights.n_bytes / LINEAR_WEIGHT_BYTES - n)
            continue;
        __builtin_prefetch(model->weights.bytes + (size_t)first * LINEAR_WEIGHT_BYTES);
        values.items[values.n++] = (struct linear_value){ feature, first, n, value };
        *(feature->kind == FEATURE_LETTERS ? &letters : &words) += value * value;
    }
    float groups = (float)((words > 0) + (letters > 0));
    for (size_t i = 0; i < values.n; i++) {
        float length = values.items[i].feature->kind == FEATURE_LETTERS ? letters : words;
        values.items[i].value /= sqrtf(length * groups);
    }
    *out = values;
    return OSSEO_OK;
}

/* A weight of a feature: its class in the low half, what it weighs in the high one. */
static uint32_t weight_at(struct slice row, uint32_t j)
{
    return bytes_u32(row, (size_t)j * LINEAR_WEIGHT_BYTES);
}

static uint32_t class_of(uint32_t weight)
{
    return weight & 0xFFFF;
}

static float steps_of(uint32_t weight)
{
    return (float)(int16_t)(weight >> 16);
}

static struct slice row_of(const struct linear *model, const struct linear_value *value)
{
    size_t start = (size_t)value->first * LINEAR_WEIGHT_BYTES;
    return slice_cut(model->weights, start, start + (size_t)value->n * LINEAR_WEIGHT_BYTES);
}

void linear_score(const struct linear *model, const struct linear_values *values, float *scores)
{
    for (uint32_t c = 0; c < model->n_classes; c++)
        scores[c] = bytes_f32(model->bias, (size_t)c * 4);
    for (size_t i = 0; i < values->n; i++) {
        const struct linear_value *v = &values->items[i];
        struct slice row = row_of(model, v);
        float unit = v->value * model->step;
        for (uint32_t j = 0; j < v->n; j++) {
            uint32_t weight = weight_at(row, j);
            if (class_of(weight) < model->n_classes)
                scores[class_of(weight)] += unit * steps_of(weight);
        }
    }
}

float linear_share(const struct linear *model, const struct linear_value *value, uint32_t class)
{
    struct slice row = row_of(model, value);
    for (uint32_t j = 0; j < value->n; j++)
        if (class_of(weight_at(row, j)) == class)
            return value->value * model->step * steps_of(weight_at(row, j));
    return 0;
}
