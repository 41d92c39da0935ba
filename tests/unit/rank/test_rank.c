#include "tests/lib/test.h"

#include "base/distance.h"
#include "rank/fit.h"
#include "rank/search.h"
#include "rank/spelling.h"

#include "osseo.h"

TEST(the_distance_counts_insertions_deletions_replacements_and_swaps)
{
    static const struct {
        const char *a, *b;
        unsigned distance;
    } cases[] = {
        { "implant", "implant", 0 }, { "implant", "inplant", 1 },  { "implant", "implnat", 1 },
        { "implant", "implat", 1 },  { "implant", "iimplant", 1 }, { "implant", "plant", 2 },
        { "dencher", "denture", 3 }, { "", "abc", 3 },             { "abc", "xyz", 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_EQ(distance_damerau(slice_of(cases[i].a), slice_of(cases[i].b), 5),
                 cases[i].distance);
        CHECK_EQ(distance_damerau(slice_of(cases[i].b), slice_of(cases[i].a), 5),
                 cases[i].distance);
    }
    CHECK_EQ(distance_damerau(SLICE("abcdef"), SLICE("uvwxyz"), 2), 3);
}

TEST(words_that_sound_alike_have_one_sound)
{
    char a[MAX_TERM_BYTES], b[MAX_TERM_BYTES];
    static const char *const pairs[][2] = {
        { "denture", "dencher" }, { "titanium", "tytanium" }, { "phone", "fone" }, { "knee", "nee" }
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK(slice_equal(spelling_sound(slice_of(pairs[i][0]), a),
                          spelling_sound(slice_of(pairs[i][1]), b)));
}

TEST(the_best_hits_come_first_and_ties_go_to_the_lower_passage)
{
    static const score_units scores[] = { 5, 9, 0, 9, 5, 7 };
    struct hit hits[4];
    CHECK_EQ(search_top(scores, 6, hits, 4), 4);
    CHECK_EQ(hits[0].passage, 1);
    CHECK_EQ(hits[1].passage, 3);
    CHECK_EQ(hits[2].passage, 5);
    CHECK_EQ(hits[3].passage, 0);
    CHECK_EQ(search_top(scores, 6, hits, 0), 0);
}

static const struct fit_line lines[] = {
    { { "how much does it cost", 21 }, 0, 2 },  { { "what is the price", 17 }, 0, 2 },
    { { "price of one please", 19 }, 0, 2 },    { { "cost and price list", 19 }, 0, 2 },
    { { "does it hurt a lot", 18 }, 1, 2 },     { { "will it hurt me", 15 }, 1, 2 },
    { { "is the pain bad", 15 }, 1, 2 },        { { "pain and hurt after", 19 }, 1, 2 },
    { { "who won the cup", 15 }, 3, 3 },        { { "weather in the morning", 22 }, 3, 3 },
};

#define N_LINES (sizeof lines / sizeof *lines)

static void score(const struct buffer *model_file, const char *text, float *scores)
{
    struct linear model;
    struct words words;
    struct features features;
    struct linear_values values;
    struct stemmer stemmer;
    struct arena arena;
    arena_init(&arena, &memory_default);
    CHECK(stemmer_init(&stemmer));
    linear_open(&model, buffer_slice(model_file));
    CHECK_EQ(words_read(&words, slice_of(text), &arena), OSSEO_OK);
    CHECK_EQ(features_of(&features, &words, &stemmer, &arena), OSSEO_OK);
    CHECK_EQ(linear_values_of(&values, &model, &features, &arena), OSSEO_OK);
    linear_score(&model, &values, scores);
    /* The shares and the constant are the score. */
    for (uint32_t c = 0; c < model.n_classes; c++) {
        double sum = (double)bytes_f32(model.bias, (size_t)c * 4);
        for (size_t i = 0; i < values.n; i++)
            sum += (double)linear_share(&model, &values.items[i], c);
        CHECK(sum - (double)scores[c] < 1e-4 && (double)scores[c] - sum < 1e-4);
    }
    stemmer_release(&stemmer);
    arena_release(&arena);
}

TEST(a_fitted_model_parts_lines_that_can_be_parted)
{
    struct buffer model;
    float scores[4];
    buffer_init(&model, &memory_default, SIZE_MAX);
    CHECK_EQ(fit_model(&model, lines, N_LINES, 4, &fit_defaults, &memory_default), OSSEO_OK);
    score(&model, "the price", scores);
    CHECK(scores[0] > scores[1] && scores[0] > scores[3]);
    score(&model, "hurts", scores);
    CHECK(scores[1] > scores[0] && scores[1] > scores[3]);
    /* The group of both is above the class that is of neither. */
    CHECK(scores[2] > scores[3]);
    buffer_release(&model);
}

TEST(fitting_twice_gives_the_same_bytes)
{
    struct buffer a, b;
    buffer_init(&a, &memory_default, SIZE_MAX);
    buffer_init(&b, &memory_default, SIZE_MAX);
    CHECK_EQ(fit_model(&a, lines, N_LINES, 4, &fit_defaults, &memory_default), OSSEO_OK);
    CHECK_EQ(fit_model(&b, lines, N_LINES, 4, &fit_defaults, &memory_default), OSSEO_OK);
    CHECK(slice_equal(buffer_slice(&a), buffer_slice(&b)));
    buffer_release(&a);
    buffer_release(&b);
}

TEST(fitting_without_memory_leaves_nothing_behind)
{
    int status = OSSEO_ENOMEM;
    for (long fail_at = 0; status != OSSEO_OK && fail_at < 400; fail_at++) {
        struct failing_heap heap = { .fail_at = fail_at };
        struct memory memory = { failing_heap_reallocate, &heap };
        struct buffer model;
        buffer_init(&model, &memory, SIZE_MAX);
        status = fit_model(&model, lines, N_LINES, 4, &fit_defaults, &memory);
        CHECK(status == OSSEO_OK || status == OSSEO_ENOMEM);
        buffer_release(&model);
        CHECK_EQ(heap.live_blocks, 0);
    }
    CHECK_EQ(status, OSSEO_OK);
}
