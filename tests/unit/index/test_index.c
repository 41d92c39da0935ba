#include "tests/lib/test.h"

#include "index/builder.h"
#include "index/documents.h"
#include "index/pool.h"
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

/* An index of one list, for reading it back.  Lengths are 0 to 255 in turn. */
static void open_list(struct index *index, struct buffer *file, const struct posting *postings,
                      size_t n)
{
    static uint8_t table[IMPACT_TABLE_BYTES];
    struct osseo_error error;
    struct writer writer;
    uint32_t n_passages = n == 0 ? 0 : postings[n - 1].passage + 1;
    writer_init(&writer, &memory_default);
    struct buffer *lists = &writer.section[SECTION_POSTINGS];
    for (uint32_t i = 0; i < n_passages; i++)
        buffer_append_byte(&writer.section[SECTION_LENGTHS], (char)(i % 256));
    impact_table(table, 50, &weight_defaults);
    postings_write(lists, postings, n,
                   (struct impacts){ table, (const uint8_t *)writer.section[SECTION_LENGTHS].bytes });
    struct terms_writer terms = { &writer.section[SECTION_TERMS],
                                  &writer.section[SECTION_TERM_BLOCKS], 0, "", 0 };
    terms_write(&terms, SLICE("term"), (struct index_term){ (uint32_t)n, 0, lists->n_bytes });
    buffer_append(lists, (const char[POSTINGS_MARGIN]){ 0 }, POSTINGS_MARGIN);
    if (n_passages > 0)
        buffer_append(&writer.section[SECTION_IMPACTS], table, sizeof table);
    for (uint32_t i = 0; i < n_passages * PASSAGE_ROW_BYTES; i += 8)
        buffer_append_u64(&writer.section[SECTION_PASSAGES], 0);
    const uint32_t counts[] = { n_passages, 1, 0, 0, 0 };
    for (size_t i = 0; i < 5; i++)
        buffer_append_u32(&writer.section[SECTION_COUNTS], counts[i]);
    buffer_init(file, &memory_default, SIZE_MAX);
    CHECK_EQ(writer_seal(&writer, file, &error), OSSEO_OK);
    CHECK_EQ(index_open(index, buffer_slice(file), &error), OSSEO_OK);
    writer_release(&writer);
}

/* Mostly gaps below `most` and a tf of 1, with what is far larger in between. */
static size_t make_spread(struct posting *out, size_t n, uint32_t most, uint64_t *state)
{
    passage_id next = 0;
    for (size_t i = 0; i < n; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        uint32_t random = (uint32_t)(*state >> 33);
        next += 1 + random % (random % 17 == 0 ? 5000 : most);
        out[i] = (struct posting){ next - 1, (uint8_t)(random % 11 == 0 ? random / 11 % 32 : 0) };
    }
    return n;
}

static size_t make_postings(struct posting *out, size_t n, uint64_t *state)
{
    return make_spread(out, n, 3, state);
}

TEST(gaps_of_all_sizes_come_back_as_they_were_written)
{
    uint64_t state = 3;
    for (uint32_t most = 1; most < 40000; most = most * 2 + most / 3) {
        struct posting postings[140];
        size_t n = most < 1000 ? 140 : 20;
        struct index index;
        struct index_term term;
        struct buffer file;
        struct postings it;
        open_list(&index, &file, postings, make_spread(postings, n, most, &state));
        CHECK(terms_find(&term, &index, SLICE("term")));
        postings_open(&it, &index, &term);
        for (size_t i = 0; i < n; i++, postings_next(&it)) {
            CHECK_EQ(it.passage, postings[i].passage);
            CHECK_EQ(it.tf[it.at], postings[i].tf);
        }
        CHECK_EQ(it.passage, NO_PASSAGE);
        buffer_release(&file);
    }
}

/* Up to 31 gaps of a block are kept apart, as many as its head can count. */
TEST(a_block_with_more_large_gaps_than_it_can_count_comes_back)
{
    for (size_t n_large = 30; n_large <= 34; n_large++) {
        struct posting postings[POSTINGS_BLOCK];
        struct index index;
        struct index_term term;
        struct buffer file;
        struct postings it;
        passage_id next = 0;
        for (size_t i = 0; i < POSTINGS_BLOCK; i++, next++)
            postings[i] = (struct posting){ next += i < n_large ? 200 : 0, 0 };
        open_list(&index, &file, postings, POSTINGS_BLOCK);
        CHECK(terms_find(&term, &index, SLICE("term")));
        postings_open(&it, &index, &term);
        for (size_t i = 0; i < POSTINGS_BLOCK; i++, postings_next(&it))
            CHECK_EQ(it.passage, postings[i].passage);
        buffer_release(&file);
    }
}

TEST(a_postings_list_comes_back_as_it_was_written)
{
    static const size_t sizes[] = { 0, 1, 2, 8, 9, 127, 128, 129, 1000 };
    uint64_t state = 1;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct posting postings[1000];
        struct index index;
        struct index_term term;
        struct buffer file;
        struct postings it;
        open_list(&index, &file, postings, make_postings(postings, sizes[s], &state));
        CHECK(terms_find(&term, &index, SLICE("term")));
        CHECK_EQ(term.document_frequency, sizes[s]);
        postings_open(&it, &index, &term);
        for (size_t i = 0; i < sizes[s]; i++) {
            CHECK_EQ(it.passage, postings[i].passage);
            CHECK_EQ(it.tf[it.at], postings[i].tf);
            CHECK_EQ(postings_impact(&it),
                     impact_of(index_impacts(&index), postings[i].tf, postings[i].passage));
            CHECK(postings_impact(&it) <= postings_block_largest(&it, it.block));
            postings_next(&it);
        }
        CHECK_EQ(it.passage, NO_PASSAGE);
        postings_next(&it);
        CHECK_EQ(it.passage, NO_PASSAGE);
        buffer_release(&file);
    }
}

TEST(seeking_finds_what_walking_finds)
{
    struct posting postings[3000];
    struct index index;
    struct index_term term;
    struct buffer file;
    uint64_t state = 7;
    open_list(&index, &file, postings, make_postings(postings, 3000, &state));
    CHECK(terms_find(&term, &index, SLICE("term")));
    for (size_t step = 1; step < 3000; step = step * 3 + 1) {
        struct postings it;
        postings_open(&it, &index, &term);
        for (size_t i = 0; i < 3000; i += step) {
            postings_seek(&it, i == 0 ? 0 : postings[i - 1].passage + 1);
            CHECK_EQ(it.passage, postings[i].passage);
        }
        postings_seek(&it, postings[2999].passage + 1);
        CHECK_EQ(it.passage, NO_PASSAGE);
    }
    buffer_release(&file);
}

TEST(codes_of_tf_and_length_are_near_what_they_stand_for)
{
    uint8_t before = 0;
    for (uint32_t tf = 1; tf < 400; tf++) {
        uint8_t code = impact_tf_code(tf);
        CHECK(code < N_TF_CODES && code >= before);
        CHECK(fabs(impact_tf(code) - tf) <= (tf <= 8 ? 0 : 0.13 * tf));
        before = code;
    }
    before = 0;
    for (uint32_t length = 0; length < 300000; length += 1 + length / 100) {
        uint8_t code = impact_length_code(length);
        CHECK(code >= before);
        CHECK(fabs(impact_length(code) - length) <= (length < 32 ? 0 : 0.04 * length));
        before = code;
    }
    CHECK_EQ(impact_tf_code(UINT32_MAX), N_TF_CODES - 1);
    CHECK_EQ(impact_length_code(UINT32_MAX), N_LENGTH_CODES - 1);
}

TEST(terms_are_found_and_walked_in_order)
{
    enum { N = 2000 };
    struct buffer file;
    struct writer writer;
    struct index index;
    struct terms_walk walk;
    struct index_term term;
    char name[MAX_TERM_BYTES + 1];
    writer_init(&writer, &memory_default);
    struct terms_writer terms = { &writer.section[SECTION_TERMS],
                                  &writer.section[SECTION_TERM_BLOCKS], 0, "", 0 };
    /* Long common beginnings, and some that share more than 15 bytes. */
    for (uint32_t i = 0; i < N; i++) {
        snprintf(name, sizeof name, "osteo%04u%.*s%s", i / 3,
                 (int)(i % 3 == 0 ? 0 : 10 + i / 3 % 39),
                 "andwhatnotofmanyletterswithoutanendandmoreofthem", i % 3 == 2 ? "zzz" : "");
        terms_write(&terms, slice_of(name), (struct index_term){ i + 1, i * 3ull, 3 });
    }
    const uint32_t counts[] = { 0, N, 0, 0, 0 };
    for (size_t i = 0; i < 5; i++)
        buffer_append_u32(&writer.section[SECTION_COUNTS], counts[i]);
    buffer_init(&file, &memory_default, SIZE_MAX);
    CHECK_EQ(writer_seal(&writer, &file, NULL), OSSEO_OK);
    CHECK_EQ(index_open(&index, buffer_slice(&file), NULL), OSSEO_OK);
    terms_start(&walk, &index);
    for (uint32_t i = 0; i < N; i++) {
        struct index_term found;
        CHECK(terms_next(&term, &walk));
        CHECK_EQ(term.document_frequency, i + 1);
        CHECK_EQ(term.postings, i * 3ull);
        CHECK(terms_find(&found, &index, (struct slice){ walk.name, walk.n_name }));
        CHECK_EQ(found.postings, term.postings);
        memcpy(name, walk.name, walk.n_name);
        name[walk.n_name] = '!';
        CHECK(walk.n_name == MAX_TERM_BYTES ||
              !terms_find(&found, &index, (struct slice){ name, walk.n_name + 1 }));
    }
    CHECK(!terms_next(&term, &walk));
    CHECK(!terms_find(&term, &index, SLICE("")));
    CHECK(!terms_find(&term, &index, SLICE("a")));
    CHECK(!terms_find(&term, &index, SLICE("zygoma")));
    writer_release(&writer);
    buffer_release(&file);
}

/* Ids, titles and texts of such lengths that a group has narrow ones, one that is far
 * longer, or none at all. */
static struct index_document make_document(char *room, uint32_t i)
{
    size_t n_id = 1 + i % 7, n_title = i % 5 == 0 ? 0 : i % 61, n_text = i % 33 == 32 ? 70000 : i % 97;
    if (i >= 64 && i < 96)
        n_id = n_title = n_text = 0;
    memset(room, (int)('a' + i % 26), n_id + n_title + n_text);
    return (struct index_document){ { room, n_id }, { room + n_id, n_title },
                                    { room + n_id + n_title, n_text } };
}

TEST(documents_come_back_as_they_were_written)
{
    enum { N = 150 };
    static char room[80000];
    struct buffer bytes;
    struct output output;
    struct documents_writer writer;
    buffer_init(&bytes, &memory_default, SIZE_MAX);
    output_init(&output, &bytes, NULL, NULL);
    documents_init(&writer, &output);
    for (uint32_t i = 0; i < N; i++)
        documents_add(&writer, make_document(room, i));
    documents_end(&writer);
    CHECK_EQ(output.status, OSSEO_OK);
    struct index index = { .n_passages = N };
    struct slice texts = { bytes.bytes + output.section[SECTION_TEXT].offset, 0 };
    texts.n_bytes = (size_t)(bytes.bytes + bytes.n_bytes - texts.bytes);
    index.section[SECTION_TEXT] = texts;
    index.section[SECTION_DOCUMENTS] = buffer_slice(&writer.starts);
    CHECK_EQ(writer.starts.n_bytes, 8 * documents_groups(N));
    for (uint32_t i = 0; i < N; i++) {
        struct index_document made = make_document(room, i), read = documents_get(&index, i);
        CHECK(slice_equal(made.id, read.id));
        CHECK(slice_equal(made.title, read.title));
        CHECK(slice_equal(made.text, read.text));
    }
    CHECK_EQ(documents_get(&index, N).text.n_bytes, 0);
    /* A copy of just so many bytes, so that a sanitizer sees a read behind it. */
    for (size_t n = 0; n < 2000; n += 3) {
        char *copy = malloc(n + 1);
        memcpy(copy, texts.bytes, n);
        if (n > 0)
            copy[n % 90 % n] ^= (char)(1 << n % 8);
        index.section[SECTION_TEXT] = (struct slice){ copy, n };
        for (uint32_t i = 0; i < N; i++) {
            struct slice text = documents_get(&index, i).text;
            CHECK(text.n_bytes == 0 || (text.bytes >= copy && text.bytes + text.n_bytes <= copy + n));
        }
        free(copy);
    }
    documents_release(&writer);
    buffer_release(&bytes);
}

TEST(a_checksum_by_pieces_is_that_of_the_whole)
{
    struct checksum checksum;
    char bytes[300];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    checksum_init(&checksum);
    for (size_t n = 0; n < sizeof bytes; n++) {
        struct slice whole = { bytes, n };
        checksum_add(&checksum, slice_cut(whole, 0, n / 3));
        checksum_add(&checksum, slice_from(whole, n / 3));
        CHECK_EQ(checksum_end(&checksum), bytes_checksum(whole));
    }
    CHECK_EQ(bytes_checksum(SLICE("123456789")), 0xCBF43926); /* the check value of CRC-32 */
}

TEST(a_file_of_another_version_or_length_is_refused_with_a_reason)
{
    struct index index;
    struct buffer file;
    struct osseo_error error;
    open_list(&index, &file, NULL, 0);
    struct slice whole = buffer_slice(&file);
    for (size_t n = 0; n < whole.n_bytes; n++)
        CHECK_EQ(index_open(&index, slice_cut(whole, 0, n), &error), OSSEO_ECORRUPT);
    file.bytes[8] = 99;
    CHECK_EQ(index_open(&index, whole, &error), OSSEO_ECORRUPT);
    CHECK(strstr(error.text, "format 99") != NULL);
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

/* "mini-implant" is indexed joined, too: a second reading of words that are counted. */
TEST(a_hyphen_makes_a_passage_no_longer)
{
    struct builder builder;
    struct osseo_error error;
    CHECK_EQ(builder_init(&builder, &weight_defaults, &memory_default, &error), OSSEO_OK);
    builder_start_topic(&builder);
    CHECK_EQ(builder_add_passage(&builder, SLICE("a mini implant heals")), OSSEO_OK);
    CHECK_EQ(builder_add_passage(&builder, SLICE("a mini-implant heals")), OSSEO_OK);
    CHECK_EQ(builder.lengths.n_bytes, 2);
    CHECK_EQ(builder.lengths.bytes[0], builder.lengths.bytes[1]);
    CHECK(dictionary_find(&builder.terms, SLICE("miniimpl")) != DICTIONARY_NONE ||
          dictionary_find(&builder.terms, SLICE("miniimplant")) != DICTIONARY_NONE);
    builder_release(&builder);
}

#define UNITS_IN_SLAB (POOL_SLAB_BYTES / 32)

/* A word without a stem of its own, which sorts as `number` does. */
static void append_word(struct buffer *text, uint32_t number)
{
    for (int shift = 20; shift >= 0; shift -= 4)
        buffer_append_byte(text, "bcdfghjklmnpqrtv"[number >> shift & 15]);
    buffer_append_byte(text, ' ');
}

/* Seals an index of words that each stand once, in the order of their names. */
static void seal_ascending_words(struct writer *writer, size_t *n_runs, bool is_bounded)
{
    enum { N_PASSAGES = 70, N_WORDS = 1000 };
    struct builder builder;
    struct osseo_error error;
    struct buffer text;
    buffer_init(&text, &memory_default, SIZE_MAX);
    writer_init(writer, &memory_default);
    CHECK_EQ(builder_init(&builder, &weight_defaults, &memory_default, &error), OSSEO_OK);
    if (is_bounded)
        builder_bound(&builder, 0, "/tmp/osseo-runs");
    builder_start_topic(&builder);
    for (uint32_t p = 0; p < N_PASSAGES; p++) {
        buffer_clear(&text);
        for (uint32_t w = 0; w < N_WORDS; w++)
            append_word(&text, p * N_WORDS + w);
        CHECK_EQ(builder_add_passage(&builder, buffer_slice(&text)), OSSEO_OK);
    }
    *n_runs = builder.run_starts.n;
    CHECK_EQ(builder_seal(&builder, writer, NULL), OSSEO_OK);
    builder_release(&builder);
    buffer_release(&text);
}

/* What ends a run is where the next begins, and not that its terms come to an end. */
TEST(runs_whose_terms_all_follow_those_of_the_run_before_are_read_once)
{
    struct writer whole, pieces;
    size_t n_whole, n_pieces;
    seal_ascending_words(&whole, &n_whole, false);
    seal_ascending_words(&pieces, &n_pieces, true);
    CHECK_EQ(n_whole, 0);
    CHECK(n_pieces >= 2);
    for (int i = 0; i < N_SECTIONS; i++)
        CHECK(slice_equal(buffer_slice(&whole.section[i]), buffer_slice(&pieces.section[i])));
    writer_release(&whole);
    writer_release(&pieces);
}

static void append_numbers(struct pool *pool, struct pool_string *string, uint32_t n)
{
    for (; n > 0; n--)
        CHECK(pool_append(pool, string, string->n_bytes * 7 & 0xFF, 1));
}

/* The second chunk of two units would begin at a slab's last one. */
TEST(a_string_of_a_pool_comes_back_though_a_slab_ends_where_it_grows)
{
    struct pool pool;
    struct buffer out;
    struct pool_string string = { 0 };
    pool_init(&pool, &memory_default);
    buffer_init(&out, &memory_default, SIZE_MAX);
    while (string.n_bytes < 256 || string.n_last < string.capacity)
        append_numbers(&pool, &string, 1);
    while (pool.n_units % UNITS_IN_SLAB != UNITS_IN_SLAB - 1) {
        struct pool_string other = { 0 };
        append_numbers(&pool, &other, 1);
    }
    append_numbers(&pool, &string, 100000);
    pool_copy(&pool, &string, &out);
    CHECK_EQ(out.n_bytes, string.n_bytes);
    for (uint32_t n = 0; n < out.n_bytes; n++)
        CHECK_EQ((unsigned char)out.bytes[n], n * 7 & 0xFF);
    CHECK(pool.slabs.n > 1);
    pool_clear(&pool);
    CHECK_EQ(pool.slabs.n, 0);
    buffer_release(&out);
    pool_release(&pool);
}

/* A group of one document whose lengths are made up. */
static struct index_document document_of(uint8_t width, uint8_t whole, uint8_t id, uint8_t title)
{
    static const char start[8] = { 0 };
    static char text[3 + 3 * 64 * DOCUMENT_GROUP / 8 + 5 + DOCUMENT_MARGIN];
    const uint8_t lengths[] = { whole, id, title };
    size_t at = 3;
    memset(text, 'x', sizeof text);
    for (int k = 0; k < 3; k++, at += (size_t)width * DOCUMENT_GROUP / 8) {
        text[k] = (char)width;
        memset(text + at, 0, (size_t)width * DOCUMENT_GROUP / 8);
        text[at] = (char)lengths[k];
    }
    struct index index = { .n_passages = 1 };
    index.section[SECTION_DOCUMENTS] = (struct slice){ start, sizeof start };
    index.section[SECTION_TEXT] = (struct slice){ text, at + 5 + DOCUMENT_MARGIN };
    return documents_get(&index, 0);
}

TEST(a_document_whose_lengths_contradict_each_other_is_empty)
{
    CHECK_EQ(document_of(8, 5, 1, 2).text.n_bytes, 2);
    CHECK_EQ(document_of(8, 5, 1, 4).text.n_bytes, 0);
    CHECK_EQ(document_of(8, 5, 1, 4).title.n_bytes, 4);
    CHECK_EQ(document_of(8, 5, 1, 5).title.n_bytes, 0); /* a byte more than there is */
    CHECK_EQ(document_of(8, 5, 6, 0).id.n_bytes, 0);
    CHECK_EQ(document_of(8, 200, 1, 2).text.n_bytes, 0);
    CHECK_EQ(document_of(56, 5, 1, 2).text.n_bytes, 2);
    CHECK_EQ(document_of(64, 5, 1, 2).id.n_bytes, 0); /* more bits than are read at once */
}
