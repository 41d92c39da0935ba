#include "answer/danger.h"

#include "rank/linear.h"

static uint32_t more_pressing(struct slice block, uint32_t a, uint32_t b)
{
    if (a == NO_FLAG || b == NO_FLAG)
        return a == NO_FLAG ? b : a;
    enum osseo_urgency x = red_flags_get(block, a).level, y = red_flags_get(block, b).level;
    return x != y ? (x > y ? a : b) : (a < b ? a : b);
}

/* What the phrases say of the words as typed, then as corrected. */
static uint32_t by_phrases(struct slice block, const struct query *query, struct arena *arena,
                           bool *failed)
{
    uint32_t typed = red_flags_find(block, &query->typed, arena, failed);
    uint32_t read = query->corrections.n == 0
                        ? NO_FLAG
                        : red_flags_find(block, &query->words, arena, failed);
    return more_pressing(block, typed, read);
}

/* The model's classes are the flags of SECTION_FLAG_NAMES, then "harmless", then
 * "any flag". */
static int by_model(uint32_t *out, const struct index *index, const struct query *query,
                    struct arena *arena)
{
    struct linear model;
    struct features features;
    struct linear_values values;
    *out = NO_FLAG;
    linear_open(&model, index->section[SECTION_FLAG_MODEL]);
    if (model.n_classes < 3)
        return OSSEO_OK;
    float *margins = arena_array(arena, model.n_classes, sizeof *margins);
    if (margins == NULL || features_of(&features, &query->words, NULL, arena) != OSSEO_OK ||
        linear_values_of(&values, &model, &features, arena) != OSSEO_OK)
        return OSSEO_ENOMEM;
    linear_score(&model, &values, margins);
    float least = query->words.n <= FEW_DANGER_WORDS ? 0 : DANGER_MARGIN;
    if (margins[model.n_classes - 1] < least)
        return OSSEO_OK;
    uint32_t best = 0;
    for (uint32_t c = 1; c + 2 < model.n_classes; c++)
        if (margins[c] > margins[best])
            best = c;
    *out = red_flags_named(index->section[SECTION_FLAGS], index_flag_name(index, best));
    return OSSEO_OK;
}

int danger_find(struct danger *out, const struct index *index, const struct query *query,
                struct arena *arena)
{
    bool failed = false;
    uint32_t flag = by_phrases(index->section[SECTION_FLAGS], query, arena, &failed);
    *out = (struct danger){ flag, flag != NO_FLAG };
    /* The phrases name the flag where both have found one. */
    if (flag == NO_FLAG && by_model(&out->flag, index, query, arena) != OSSEO_OK)
        failed = true;
    return failed && out->flag == NO_FLAG ? OSSEO_ENOMEM : OSSEO_OK;
}
