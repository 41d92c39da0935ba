#include "answer/danger.h"

#include "rank/linear.h"
#include "rank/spelling.h"

static uint32_t more_pressing(struct slice block, uint32_t a, uint32_t b)
{
    if (a == NO_FLAG || b == NO_FLAG)
        return a == NO_FLAG ? b : a;
    enum osseo_urgency x = red_flags_get(block, a).level, y = red_flags_get(block, b).level;
    return x != y ? (x > y ? a : b) : (a < b ? a : b);
}

/* What the phrases say of the words as typed, where one that nobody knows may be a
 * mistyped one of theirs ("gaspung"), then as corrected: the speller serves the
 * articles, and corrects to words of many lines only. */
static uint32_t by_phrases(const struct index *index, const struct query *query,
                           struct arena *arena, bool *failed)
{
    struct slice block = index->section[SECTION_FLAGS];
    bool *is_unknown = arena_array(arena, query->typed.n, sizeof *is_unknown);
    for (size_t i = 0; is_unknown != NULL && i < query->typed.n; i++)
        is_unknown[i] = !spelling_knows(index, query->typed.items[i].surface);
    *failed = *failed || is_unknown == NULL;
    uint32_t typed = red_flags_find(block, &query->typed, is_unknown, arena, failed);
    uint32_t read = query->corrections.n == 0
                        ? NO_FLAG
                        : red_flags_find(block, &query->words, NULL, arena, failed);
    return more_pressing(block, typed, read);
}

/* The best of the flags' margins at one level, NO_FLAG where there is none. */
struct guess {
    uint32_t flag;
    float margin;
};

static void keep_better(struct guess *best, uint32_t flag, float margin)
{
    if (best->flag == NO_FLAG || margin > best->margin)
        *best = (struct guess){ flag, margin };
}

static float least_danger(size_t n_words)
{
    return n_words <= FEW_DANGER_WORDS    ? FEW_WORDS_MARGIN
           : n_words <= SOME_DANGER_WORDS ? SOME_WORDS_MARGIN
                                          : DANGER_MARGIN;
}

/* What the model says, where an emergency may be `lean` less likely than an urgent
 * flag.  Its classes are the flags of SECTION_FLAG_NAMES, then "look-alike", then
 * "any flag". */
static int by_model(uint32_t *out, const struct index *index, const struct query *query,
                    float lean, struct arena *arena)
{
    struct linear model;
    struct features features;
    struct linear_values values;
    struct slice block = index->section[SECTION_FLAGS];
    *out = NO_FLAG;
    linear_open(&model, index->section[SECTION_FLAG_MODEL]);
    if (model.n_classes < 3)
        return OSSEO_OK;
    float *margins = arena_array(arena, model.n_classes, sizeof *margins);
    if (margins == NULL || features_of(&features, &query->words, NULL, arena) != OSSEO_OK ||
        linear_values_of(&values, &model, &features, arena) != OSSEO_OK)
        return OSSEO_ENOMEM;
    linear_score(&model, &values, margins);
    float alike = margins[model.n_classes - 2];
    float danger = margins[model.n_classes - 1] -
                   ALIKE_WEIGHT * (alike > LEAST_ALIKE ? alike : LEAST_ALIKE);
    struct guess emergency = { NO_FLAG, 0 }, urgent = { NO_FLAG, 0 };
    for (uint32_t c = 0; c + 2 < model.n_classes; c++) {
        if (emergency.flag != NO_FLAG && urgent.flag != NO_FLAG &&
            margins[c] <= emergency.margin && margins[c] <= urgent.margin)
            continue; /* before its name is looked for */
        uint32_t flag = red_flags_named(block, index_flag_name(index, c));
        if (flag != NO_FLAG)
            keep_better(red_flags_get(block, flag).level == OSSEO_EMERGENCY ? &emergency : &urgent,
                        flag, margins[c]);
    }
    float best = emergency.flag == NO_FLAG ? urgent.margin
                 : urgent.flag == NO_FLAG || emergency.margin > urgent.margin ? emergency.margin
                                                                              : urgent.margin;
    danger += FLAG_WEIGHT * best;
    if (danger < least_danger(query->words.n))
        return OSSEO_OK;
    bool is_emergency = emergency.flag != NO_FLAG &&
                        (urgent.flag == NO_FLAG ||
                         emergency.margin >= urgent.margin - lean);
    *out = is_emergency ? emergency.flag : urgent.flag;
    return OSSEO_OK;
}

int danger_find(struct danger *out, const struct index *index, const struct query *query,
                struct arena *arena)
{
    bool failed = false;
    struct slice block = index->section[SECTION_FLAGS];
    uint32_t said = by_phrases(index, query, arena, &failed), guessed = NO_FLAG;
    /* A phrase that names an urgent sign yields only to the likelier emergency. */
    float lean = said == NO_FLAG ? EMERGENCY_LEAN : 0;
    if (by_model(&guessed, index, query, lean, arena) != OSSEO_OK)
        failed = true;
    /* Of two at one level the phrases name the card. */
    bool is_guess = guessed != NO_FLAG &&
                    (said == NO_FLAG || red_flags_get(block, guessed).level >
                                            red_flags_get(block, said).level);
    *out = (struct danger){ is_guess ? guessed : said, said != NO_FLAG && !is_guess };
    return failed && out->flag == NO_FLAG ? OSSEO_ENOMEM : OSSEO_OK;
}
