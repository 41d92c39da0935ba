#include "tests/lib/test.h"

#include "index/builder.h"
#include "index/postings.h"
#include "index/reader.h"
#include "index/weight.h"

#include <math.h>
#include <stdlib.h>

TEST(bm25_weights_match_numbers_worked_by_hand)
{
    /* tf / ((1 - b) + b dl / avgdl) = 6 / (0.5 + 0.5 * 20 / 10) = 6 / 1.5 */
    CHECK_NEAR(weight_tf(6, 20, 10, 0.5), 4.0);
    /* tf / (k1 + tf) = 4 / (1 + 4) */
    CHECK_NEAR(weight_saturate(4, 1), 0.8);
    /* ln(1 + (10 - 2 + 1/2) / (2 + 1/2)) = ln(4.4) */
    CHECK_NEAR(weight_idf(2, 10), log(4.4));
    CHECK_NEAR(weight_tf(6, 20, 0, 0.5), 0.0);
}

TEST(a_term_in_every_passage_still_has_an_idf_above_zero)
{
    CHECK(weight_idf(10, 10) > 0);
    CHECK(weight_idf(1, 10) > weight_idf(2, 10));
}

/* An index of one list, for reading it back. */
static void open_list(struct index *index, struct writer *writer, struct buffer *file,
                      const struct posting *postings, size_t n)
{
    struct osseo_error error;
    writer_init(writer, &memory_default);
    writer_append_text(writer, &writer->section[SECTION_TERMS], SLICE("term"));
    buffer_append_u32(&writer->section[SECTION_TERMS], (uint32_t)n);
    buffer_append_u32(&writer->section[SECTION_TERMS], 255);
    buffer_append_u64(&writer->section[SECTION_TERMS], 0);
    postings_write(&writer->section[SECTION_POSTINGS], postings, n);
    buffer_append(&writer->section[SECTION_POSTINGS], (const char[POSTINGS_MARGIN]){ 0 },
                  POSTINGS_MARGIN);
    static const uint32_t counts[] = { 0, 1, 0, 0, 0 };
    for (size_t i = 0; i < 5; i++)
        buffer_append_u32(&writer->section[SECTION_COUNTS], counts[i]);
    buffer_init(file, &memory_default, SIZE_MAX);
    CHECK_EQ(writer_seal(writer, file, &error), OSSEO_OK);
    CHECK_EQ(index_open(index, buffer_slice(file), &error), OSSEO_OK);
}

TEST(a_postings_list_comes_back_as_it_was_written)
{
    static const size_t sizes[] = { 0, 1, 2, 127, 128, 129, 1000 };
    uint64_t state = 1;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct posting postings[1000];
        struct index index;
        struct writer writer;
        struct buffer file;
        struct postings it;
        passage_id next = 0;
        for (size_t i = 0; i < sizes[s]; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            next += 1 + (passage_id)(state >> 33) % (i % 5 == 0 ? 100000 : 3);
            postings[i] = (struct posting){ next - 1, (uint8_t)(1 + (state >> 20) % 255) };
        }
        open_list(&index, &writer, &file, postings, sizes[s]);
        postings_open(&it, &index, 0);
        for (size_t i = 0; i < sizes[s]; i++) {
            CHECK_EQ(it.passage, postings[i].passage);
            CHECK_EQ(postings_impact(&it), postings[i].impact);
            postings_next(&it);
        }
        CHECK_EQ(it.passage, NO_PASSAGE);
        postings_next(&it);
        CHECK_EQ(it.passage, NO_PASSAGE);
        writer_release(&writer);
        buffer_release(&file);
    }
}

TEST(a_file_of_another_version_or_length_is_refused_with_a_reason)
{
    struct index index;
    struct writer writer;
    struct buffer file;
    struct osseo_error error;
    open_list(&index, &writer, &file, NULL, 0);
    struct slice whole = buffer_slice(&file);
    for (size_t n = 0; n < whole.n_bytes; n++)
        CHECK_EQ(index_open(&index, slice_cut(whole, 0, n), &error), OSSEO_ECORRUPT);
    file.bytes[8] = 99;
    CHECK_EQ(index_open(&index, whole, &error), OSSEO_ECORRUPT);
    CHECK(strstr(error.text, "format 99") != NULL);
    writer_release(&writer);
    buffer_release(&file);
}

TEST(a_dictionary_numbers_names_in_the_order_of_first_sight)
{
    struct dictionary d;
    struct arena arena;
    char name[16];
    dictionary_init(&d, &memory_default);
    arena_init(&arena, &memory_default);
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "n%u", (i * 7919u) % 5000);
        CHECK_EQ(dictionary_add(&d, slice_of(name)), i);
    }
    CHECK_EQ(dictionary_add(&d, SLICE("n0")), 0);
    CHECK_EQ(dictionary_find(&d, SLICE("nothing")), DICTIONARY_NONE);
    uint32_t *order = dictionary_order(&d, &arena);
    for (uint32_t i = 1; i < dictionary_size(&d); i++)
        CHECK(slice_compare(dictionary_name(&d, order[i - 1]), dictionary_name(&d, order[i])) < 0);
    arena_release(&arena);
    dictionary_release(&d);
}
