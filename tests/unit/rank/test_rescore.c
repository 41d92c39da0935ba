#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "compile/documents.h"
#include "rank/neighbours.h"
#include "rank/rescore.h"

#include "osseo.h"

#include <stdlib.h>
#include <unistd.h>

/* Passages on three subjects in turn, each six of the subject's twelve words, and
 * two of the same words in another order. */
#define N_PASSAGES 300

static const char *const subjects[3][12] = {
    { "tea", "leaf", "kettle", "infusion", "cup", "saucer", "steep", "brew", "mug", "spoon", "milk",
      "teapot" },
    { "rail", "train", "station", "platform", "signal", "ticket", "guard", "track", "sleeper",
      "wagon", "engine", "tunnel" },
    { "sail", "mast", "harbour", "anchor", "keel", "rudder", "tide", "deck", "rope", "captain",
      "crew", "voyage" },
};

struct corpus_file {
    char path[64];
    struct buffer compiled;
    struct index index;
};

static void open_corpus(struct corpus_file *c)
{
    uint32_t state = 1;
    snprintf(c->path, sizeof c->path, "build/tests/rescore.XXXXXX");
    int descriptor = mkstemp(c->path);
    CHECK(descriptor >= 0);
    FILE *out = fdopen(descriptor, "w");
    for (int i = 0; i < N_PASSAGES; i++) {
        fprintf(out, "{\"_id\": \"%d\", \"text\": \"", i);
        for (int j = 0; j < 6; j++) {
            state = state * 1664525u + 1013904223u;
            fprintf(out, "%s ", subjects[i % 3][(state >> 16) % 12]);
        }
        fprintf(out, "\"}\n");
    }
    fprintf(out, "{\"_id\": \"apart\", \"text\": \"violet paint with a tin and amber\"}\n");
    fprintf(out, "{\"_id\": \"beside\", \"text\": \"with amber paint and a violet tin\"}\n");
    fclose(out);
    struct complaints complaints = { .error = NULL };
    buffer_init(&c->compiled, &memory_default, SIZE_MAX);
    CHECK_EQ(compile_documents(&c->compiled, c->path, &(struct documents_options){ .is_strict = true }, &complaints),
             OSSEO_OK);
    CHECK_EQ(index_open(&c->index, buffer_slice(&c->compiled), NULL), OSSEO_OK);
}

static void close_corpus(struct corpus_file *c)
{
    buffer_release(&c->compiled);
    unlink(c->path);
}

static double cosine(const struct index *index, passage_id a, passage_id b)
{
    struct neighbour one, other;
    neighbours_get(&one, index, a);
    neighbours_get(&other, index, b);
    return neighbours_cosine(&one, &other);
}

TEST(passages_on_one_subject_are_nearer_than_those_on_two)
{
    struct corpus_file c;
    open_corpus(&c);
    double same = 0, other = 0;
    for (passage_id p = 0; p + 3 < N_PASSAGES; p++) {
        same += cosine(&c.index, p, p + 3);
        other += cosine(&c.index, p, p + 1);
        CHECK_NEAR(cosine(&c.index, p, p), 1);
        CHECK(cosine(&c.index, p, p + 1) < 0.1);
    }
    /* What shares no word with any other passage points nowhere. */
    const struct neighbour nowhere = { .square = 0 };
    CHECK(neighbours_cosine(&nowhere, &nowhere) == 0);
    CHECK(same > 10 * other);
    close_corpus(&c);
}

TEST(words_side_by_side_as_asked_put_a_passage_first)
{
    static const struct {
        const char *query;
        const char *first;
    } cases[] = {
        { "violet paint", "apart" }, { "amber paint", "beside" }, { "violet tin", "beside" }
    };
    struct corpus_file c;
    open_corpus(&c);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct query query;
        struct hit hits[RESCORED];
        size_t n = rescore_depth(&c.index, 1);
        CHECK_EQ(n, RESCORED);
        arena_init(&arena, &memory_default);
        CHECK_EQ(query_read(&query, &c.index, slice_of(cases[i].query), &query_for_ranking, &arena),
                 OSSEO_OK);
        CHECK_EQ(search_best(hits, &n, n, &c.index, &query, &arena), OSSEO_OK);
        rescore(hits, n, &c.index, &query);
        struct hit first = search_first(hits, n);
        CHECK_SLICE(index_topic(&c.index, index_passage(&c.index, first.passage).topic).id,
                    cases[i].first);
        arena_release(&arena);
    }
    close_corpus(&c);
}

TEST(compiling_what_rescoring_reads_twice_gives_the_same_bytes)
{
    struct corpus_file a, b;
    open_corpus(&a);
    open_corpus(&b);
    CHECK(slice_equal(buffer_slice(&a.compiled), buffer_slice(&b.compiled)));
    CHECK_EQ(a.index.section[SECTION_NEIGHBOURS].n_bytes, (N_PASSAGES + 2) * N_DIMENSIONS);
    close_corpus(&a);
    close_corpus(&b);
}

TEST(each_pair_of_a_passage_is_found_and_held_by_it)
{
    struct corpus_file c;
    open_corpus(&c);
    size_t n_rows = (c.index.section[SECTION_PAIRS].n_bytes - (PAIR_RANGES + 1) * 4) / 4, n_found = 0;
    for (uint32_t key = 0; key <= UINT16_MAX; key++) {
        struct slice rows = pairs_find(&c.index, (uint16_t)key);
        for (size_t at = 0; at < rows.n_bytes; at += 4, n_found++) {
            CHECK_EQ(bytes_u16(rows, at + 2), key);
            CHECK(pairs_hold(rows, bytes_u16(rows, at)));
        }
        CHECK(!pairs_hold(rows, N_PASSAGES + 2));
    }
    CHECK_EQ(n_found, n_rows);
    CHECK(n_rows > 5 * N_PASSAGES);
    close_corpus(&c);
}

TEST(damaged_pairs_and_neighbours_are_read_as_none)
{
    struct corpus_file c;
    open_corpus(&c);
    struct slice pairs = c.index.section[SECTION_PAIRS];
    struct slice neighbours = c.index.section[SECTION_NEIGHBOURS];
    for (size_t cut = 0; cut < 8192; cut += 13) {
        /* A copy of just so many bytes, so that a sanitizer sees a read behind it. */
        char *short_pairs = malloc(cut + 1), *short_neighbours = malloc(cut + 1);
        size_t n_pairs = cut < pairs.n_bytes ? cut : pairs.n_bytes;
        memcpy(short_pairs, pairs.bytes, n_pairs);
        memcpy(short_neighbours, neighbours.bytes, cut);
        if (n_pairs > 8)
            short_pairs[cut % n_pairs] = (char)0xFF;
        c.index.section[SECTION_PAIRS] = (struct slice){ short_pairs, n_pairs };
        c.index.section[SECTION_NEIGHBOURS] = (struct slice){ short_neighbours, cut };
        for (passage_id p = 0; p < N_PASSAGES; p += 50) {
            struct slice rows = pairs_find(&c.index, (uint16_t)(p * 211));
            CHECK(rows.n_bytes <= n_pairs);
            pairs_hold(rows, p);
            CHECK(cosine(&c.index, p, 0) <= 1.0001);
        }
        free(short_pairs);
        free(short_neighbours);
    }
    close_corpus(&c);
}

TEST(passages_that_are_all_the_same_have_neighbours_too)
{
    char path[] = "build/tests/rescore.XXXXXX";
    FILE *out = fdopen(mkstemp(path), "w");
    for (int i = 0; i < LEAST_RESCORED; i++)
        fprintf(out, "{\"_id\": \"%d\", \"text\": \"one and the same\"}\n", i);
    fclose(out);
    struct complaints complaints = { .error = NULL };
    struct buffer compiled;
    struct index index;
    buffer_init(&compiled, &memory_default, SIZE_MAX);
    CHECK_EQ(compile_documents(&compiled, path, &(struct documents_options){ .is_strict = true }, &complaints), OSSEO_OK);
    CHECK_EQ(index_open(&index, buffer_slice(&compiled), NULL), OSSEO_OK);
    CHECK_NEAR(cosine(&index, 0, 1), 1);
    buffer_release(&compiled);
    unlink(path);
}

TEST(without_memory_for_pairs_or_neighbours_nothing_is_left_behind)
{
    struct corpus_file c;
    open_corpus(&c);
    for (int part = 0; part < 2; part++) {
        int status = OSSEO_ENOMEM;
        for (long fail_at = 0; status != OSSEO_OK; fail_at++) {
            struct failing_heap heap = { .fail_at = fail_at };
            struct memory memory = { failing_heap_reallocate, &heap };
            struct buffer section;
            buffer_init(&section, &memory, SIZE_MAX);
            status = part == 0 ? pairs_write(&section, &c.index, &memory)
                               : neighbours_write(&section, &c.index, &memory);
            CHECK(status == OSSEO_OK || status == OSSEO_ENOMEM);
            buffer_release(&section);
            CHECK_EQ(heap.live_blocks, 0);
        }
    }
    close_corpus(&c);
}
