#include "tests/lib/test.h"

#include "base/distance.h"
#include "index/postings.h"
#include "index/writer.h"
#include "rank/fit.h"
#include "rank/search.h"
#include "rank/spelling.h"

#include "osseo.h"

#include <math.h>

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

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 11;
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

struct collection {
    uint32_t n_passages;
    size_t n_terms, k;
    uint32_t most_weight;
    uint32_t frequent, rare; /* a term stands in one of at most so many passages */
    bool becomes_shorter;             /* from first to last, so that later ones score more */
};

/* Random lists, and what a whole and a pruned search find in them. */
static void compare_searches(uint64_t *state, const struct collection *c)
{
    uint32_t n_passages = c->n_passages;
    size_t n_terms = c->n_terms, k = c->k;
    static uint8_t table[IMPACT_TABLE_BYTES];
    struct writer writer;
    struct buffer file;
    struct arena arena;
    struct index index;
    struct query_term terms[24];
    struct query query = { .terms = terms, .n_terms = n_terms };
    buffer_init(&file, &memory_default, SIZE_MAX);
    writer_init(&writer, &memory_default);
    arena_init(&arena, &memory_default);
    struct posting *list = arena_array(&arena, n_passages, sizeof *list);
    struct buffer *lists = &writer.section[SECTION_POSTINGS];
    struct buffer *lengths = &writer.section[SECTION_LENGTHS];
    for (uint32_t p = 0; p < n_passages; p++)
        buffer_append_byte(lengths, (char)(c->becomes_shorter ? 90 - (uint64_t)p * 90 / n_passages
                                                              : next_random(state) % 90));
    impact_table(table, 40, &weight_defaults);
    for (uint32_t t = 0; t < n_terms; t++) {
        size_t n = 0, start = lists->n_bytes;
        uint32_t every = 1 + (uint32_t)(next_random(state) % (t % 3 == 0 ? c->frequent : c->rare));
        for (passage_id p = 0; p < n_passages; p++)
            if (next_random(state) % every == 0)
                list[n++] = (struct posting){ p, (uint8_t)(next_random(state) % (t % 2 ? 32 : 2)) };
        postings_write(lists, list, n, (struct impacts){ table, (const uint8_t *)lengths->bytes });
        terms[t] = (struct query_term){ .term = { (uint32_t)n, start, lists->n_bytes - start },
                                        .weight =
                                            1 + (uint32_t)(next_random(state) % c->most_weight) };
    }
    buffer_append(lists, (const char[POSTINGS_MARGIN]){ 0 }, POSTINGS_MARGIN);
    buffer_append(&writer.section[SECTION_IMPACTS], table, sizeof table);
    buffer_append_u32(&writer.section[SECTION_COUNTS], n_passages);
    buffer_append(&writer.section[SECTION_PASSAGES], arena_allocate(&arena, n_passages * 24),
                  n_passages * 24);
    CHECK_EQ(writer_seal(&writer, &file, NULL), 0);
    CHECK_EQ(index_open(&index, buffer_slice(&file), NULL), 0);

    score_units *scores = arena_array(&arena, n_passages, sizeof *scores);
    struct hit *all = arena_array(&arena, k, sizeof *all), *best = arena_array(&arena, k, sizeof *best);
    size_t n_best;
    CHECK_EQ(search_all(&index, &query, scores), 0);
    size_t n_all = search_top(scores, n_passages, all, k);
    CHECK_EQ(search_best(best, &n_best, k, &index, &query, &arena), 0);
    CHECK_EQ(n_best, n_all);
    search_order(best, n_best, k);
    for (size_t i = 0; i < n_all; i++) {
        CHECK_EQ(best[i].passage, all[i].passage);
        CHECK_EQ(best[i].score, all[i].score);
    }
    arena_release(&arena);
    writer_release(&writer);
    buffer_release(&file);
}

TEST(a_pruned_search_finds_what_a_whole_one_does_to_the_bit)
{
    static const size_t ks[] = { 1, 3, 10, 1000 };
    uint64_t state = 88172645463325252u;
    for (uint32_t i = 0; i < 48; i++) {
        uint32_t most = i % 4 == 0 ? 300 : 30000;
        compare_searches(&state, &(struct collection){
                                     .n_passages = 1 + (uint32_t)(next_random(&state) % most),
                                     .n_terms = 1 + i % 24,
                                     .k = ks[i % 4],
                                     .most_weight = 9000,
                                     .frequent = 4,
                                     .rare = 400,
                                 });
    }
}

TEST(a_pruned_search_finds_what_is_better_late_in_a_window_or_by_the_least)
{
    uint64_t state = 88172645463325252u;
    for (uint32_t i = 0; i < 100; i++)
        compare_searches(&state, &(struct collection){
                                     .n_passages = 9000,
                                     .n_terms = 1 + i % 3,
                                     .k = 1 + i % 2,
                                     .most_weight = 1,
                                     .frequent = i % 4 == 0 ? 4 : 4000,
                                     .rare = 4000,
                                     .becomes_shorter = i % 4 == 0,
                                 });
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

/* A message of which only parts of words are known weighs no less than one of words. */
TEST(the_values_of_a_message_have_the_length_one_whatever_is_known_of_it)
{
    static const char *const texts[] = { "what does it cost", "pricexq", "the painxq xqxqxq" };
    struct buffer file;
    struct linear model;
    struct arena arena;
    struct stemmer stemmer;
    buffer_init(&file, &memory_default, SIZE_MAX);
    arena_init(&arena, &memory_default);
    CHECK(stemmer_init(&stemmer));
    CHECK_EQ(fit_model(&file, lines, N_LINES, 4, &fit_defaults, &memory_default), OSSEO_OK);
    linear_open(&model, buffer_slice(&file));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct words words;
        struct features features;
        struct linear_values values;
        double square = 0;
        CHECK_EQ(words_read(&words, slice_of(texts[i]), &arena), OSSEO_OK);
        CHECK_EQ(features_of(&features, &words, &stemmer, &arena), OSSEO_OK);
        CHECK_EQ(linear_values_of(&values, &model, &features, &arena), OSSEO_OK);
        for (size_t v = 0; v < values.n; v++)
            square += (double)values.items[v].value * (double)values.items[v].value;
        CHECK(values.n > 0 && fabs(square - 1) < 1e-5);
    }
    stemmer_release(&stemmer);
    arena_release(&arena);
    buffer_release(&file);
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
