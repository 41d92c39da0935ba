#include "index/reader.h"

#include "index/documents.h"

static int damaged(struct osseo_error *error, const char *what)
{
    return error_set(error, OSSEO_ECORRUPT, "not a usable compiled knowledge: %s", what);
}

uint32_t index_hash(struct slice name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.n_bytes; i++)
        hash = (hash ^ (unsigned char)name.bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Rows of fixed size, as many as the counts promise. */
static bool has_rows(const struct index *index, enum section_kind kind, uint64_t n_rows,
                     size_t row_bytes)
{
    return index->section[kind].n_bytes == n_rows * row_bytes;
}

static bool has_all_rows(const struct index *index)
{
    bool is_corpus = index_is_corpus(index);
    uint32_t n = index->n_passages;
    return has_rows(index, SECTION_PASSAGES, is_corpus ? 0 : n, PASSAGE_ROW_BYTES) &&
           has_rows(index, SECTION_TOPICS, is_corpus ? 0 : index->n_topics, TOPIC_ROW_BYTES) &&
           (!is_corpus || index->n_topics == n) &&
           has_rows(index, SECTION_DOCUMENTS, is_corpus ? documents_groups(n) : 0, 8) &&
           has_rows(index, SECTION_LENGTHS, n, 1) &&
           (n == 0 || has_rows(index, SECTION_IMPACTS, IMPACT_TABLE_BYTES, 1)) &&
           has_rows(index, SECTION_ARTICLES, index->n_articles, ARTICLE_ROW_BYTES) &&
           has_rows(index, SECTION_SOURCES, index->n_sources, SOURCE_ROW_BYTES) &&
           n < MOST_PASSAGES;
}

int index_open(struct index *index, struct slice bytes, struct osseo_error *error)
{
    struct index opened = { .bytes = bytes };
    if (bytes.n_bytes < FORMAT_HEADER_BYTES ||
        memcmp(bytes.bytes, FORMAT_MAGIC, FORMAT_MAGIC_BYTES) != 0)
        return damaged(error, "it does not begin as one");
    if (bytes_u32(bytes, 8) != FORMAT_VERSION)
        return error_set(error, OSSEO_ECORRUPT,
                         "a compiled knowledge of format %u, and this program reads %d; compile it "
                         "again with 'osseo index'",
                         (unsigned)bytes_u32(bytes, 8), FORMAT_VERSION);
    if (bytes_u32(bytes, 12) != N_SECTIONS || bytes_u64(bytes, 16) != bytes.n_bytes)
        return damaged(error, "it is cut short or has grown");
    struct slice table = bytes_part(bytes, FORMAT_HEADER_BYTES,
                                    (uint64_t)N_SECTIONS * FORMAT_TABLE_ROW_BYTES);
    if (table.n_bytes == 0 || bytes_checksum(table) != bytes_u32(bytes, 24))
        return damaged(error, "its table of sections is damaged");
    for (uint32_t i = 0; i < N_SECTIONS; i++) {
        size_t row = (size_t)i * FORMAT_TABLE_ROW_BYTES;
        uint64_t offset = bytes_u64(table, row + 8), n = bytes_u64(table, row + 16);
        if (bytes_u32(table, row) != i || offset > bytes.n_bytes || n > bytes.n_bytes - offset)
            return damaged(error, "a section lies outside of it");
        opened.section[i] = bytes_part(bytes, offset, n);
    }
    struct slice counts = opened.section[SECTION_COUNTS];
    opened.n_passages = bytes_u32(counts, 0);
    opened.n_terms = bytes_u32(counts, 4);
    opened.n_topics = bytes_u32(counts, 8);
    opened.n_articles = bytes_u32(counts, 12);
    opened.n_sources = bytes_u32(counts, 16);
    if (!has_all_rows(&opened))
        return damaged(error, "a table has another length than it says");
    *index = opened;
    return OSSEO_OK;
}

static struct slice text_at(const struct index *index, enum section_kind kind, size_t at)
{
    struct slice section = index->section[kind];
    return bytes_part(index->section[SECTION_STRINGS], bytes_u32(section, at),
                      bytes_u32(section, at + 4));
}

/* True where rows `first` to `first` + `n` are in the section. */
static bool is_within(struct slice section, size_t row_bytes, uint32_t first, uint32_t n)
{
    return ((uint64_t)first + n) * row_bytes <= section.n_bytes;
}

topic_id index_passage_topic(const struct index *index, passage_id passage)
{
    if (index_is_corpus(index))
        return passage;
    topic_id topic = bytes_u32(index->section[SECTION_PASSAGES],
                               (size_t)passage * PASSAGE_ROW_BYTES + 12);
    return topic < index->n_topics ? topic : 0;
}

struct index_passage index_passage(const struct index *index, passage_id passage)
{
    if (index_is_corpus(index))
        return (struct index_passage){ .text = documents_get(index, passage).text,
                                       .topic = passage };
    struct slice s = index->section[SECTION_PASSAGES];
    size_t row = (size_t)passage * PASSAGE_ROW_BYTES;
    uint32_t first_cited = bytes_u32(s, row + 16), n_cited = bytes_u32(s, row + 20);
    bool is_cited = is_within(index->section[SECTION_CITED], 4, first_cited, n_cited);
    return (struct index_passage){
        .text = bytes_part(index->section[SECTION_TEXT], bytes_u64(s, row), bytes_u32(s, row + 8)),
        .topic = index_passage_topic(index, passage),
        .first_cited = first_cited,
        .n_cited = is_cited ? n_cited : 0,
    };
}

uint32_t index_cited(const struct index *index, uint32_t n)
{
    return bytes_u32(index->section[SECTION_CITED], (size_t)n * 4);
}

struct index_topic index_topic(const struct index *index, topic_id topic)
{
    if (index_is_corpus(index)) {
        struct index_document document = documents_get(index, topic);
        return (struct index_topic){ .id = document.id,
                                     .heading = document.title,
                                     .first_passage = topic < index->n_passages ? topic : 0,
                                     .n_passages = topic < index->n_passages };
    }
    struct slice s = index->section[SECTION_TOPICS];
    size_t row = (size_t)topic * TOPIC_ROW_BYTES;
    struct index_topic t = {
        .id = text_at(index, SECTION_TOPICS, row),
        .heading = text_at(index, SECTION_TOPICS, row + 8),
        .article = bytes_u32(s, row + 16),
        .first_passage = bytes_u32(s, row + 20),
        .n_passages = bytes_u32(s, row + 24),
        .first_asked = bytes_u32(s, row + 28),
        .n_asked = bytes_u32(s, row + 32),
        .first_related = bytes_u32(s, row + 36),
        .n_related = bytes_u32(s, row + 40),
    };
    if (t.first_passage > index->n_passages ||
        t.n_passages > index->n_passages - t.first_passage)
        t.first_passage = t.n_passages = 0;
    /* A count out of bounds is none: nobody above walks billions of rows. */
    if (!is_within(index->section[SECTION_ASKED], ASKED_ROW_BYTES, t.first_asked, t.n_asked))
        t.n_asked = 0;
    if (!is_within(index->section[SECTION_RELATED], 4, t.first_related, t.n_related))
        t.n_related = 0;
    return t;
}

topic_id index_find_topic(const struct index *index, struct slice id)
{
    for (topic_id i = 0; i < index->n_topics; i++)
        if (slice_equal(index_topic(index, i).id, id))
            return i;
    return NO_TOPIC;
}

struct slice index_asked(const struct index *index, uint32_t n)
{
    return text_at(index, SECTION_ASKED, (size_t)n * ASKED_ROW_BYTES);
}

topic_id index_related(const struct index *index, uint32_t n)
{
    topic_id topic = bytes_u32(index->section[SECTION_RELATED], (size_t)n * 4);
    return topic < index->n_topics ? topic : NO_TOPIC;
}

struct index_article index_article(const struct index *index, uint32_t article)
{
    struct slice s = index->section[SECTION_ARTICLES];
    size_t row = (size_t)article * ARTICLE_ROW_BYTES;
    return (struct index_article){ text_at(index, SECTION_ARTICLES, row),
                                   text_at(index, SECTION_ARTICLES, row + 8),
                                   text_at(index, SECTION_ARTICLES, row + 16),
                                   bytes_u32(s, row + 24), bytes_u32(s, row + 28) };
}

struct slice index_class(const struct index *index, uint32_t n, bool *is_smalltalk)
{
    size_t row = (size_t)n * CLASS_ROW_BYTES;
    *is_smalltalk = bytes_u32(index->section[SECTION_CLASSES], row + 8) != 0;
    return text_at(index, SECTION_CLASSES, row);
}

size_t index_n_meanings(const struct index *index)
{
    return index->section[SECTION_MEANINGS].n_bytes / MEANING_ROW_BYTES;
}

struct index_meaning index_meaning(const struct index *index, size_t n)
{
    struct slice s = index->section[SECTION_MEANINGS];
    size_t row = n * MEANING_ROW_BYTES;
    return (struct index_meaning){ bytes_u32(s, row), bytes_u32(s, row + 4),
                                   text_at(index, SECTION_MEANINGS, row + 8) };
}

struct slice index_flag_name(const struct index *index, uint32_t n)
{
    return text_at(index, SECTION_FLAG_NAMES, (size_t)n * 8);
}

struct index_source index_source(const struct index *index, uint32_t source)
{
    struct slice s = index->section[SECTION_SOURCES];
    size_t row = (size_t)source * SOURCE_ROW_BYTES;
    return (struct index_source){ text_at(index, SECTION_SOURCES, row),
                                  text_at(index, SECTION_SOURCES, row + 8),
                                  text_at(index, SECTION_SOURCES, row + 16),
                                  bytes_u32(s, row + 24) };
}

static bool is_zero(struct slice bytes)
{
    for (size_t i = 0; i < bytes.n_bytes; i++)
        if (bytes.bytes[i] != 0)
            return false;
    return true;
}

/* The zeros from `at` to where a section may start. */
static struct slice padding(const struct index *index, uint64_t at)
{
    uint64_t n = (FORMAT_ALIGNMENT - at % FORMAT_ALIGNMENT) % FORMAT_ALIGNMENT;
    uint64_t left = index->bytes.n_bytes - at;
    return bytes_part(index->bytes, at, n < left ? n : left);
}

int index_verify(const struct index *index, struct osseo_error *error)
{
    uint64_t at = FORMAT_HEADER_BYTES + (uint64_t)N_SECTIONS * FORMAT_TABLE_ROW_BYTES;
    struct slice table = bytes_part(index->bytes, FORMAT_HEADER_BYTES, at - FORMAT_HEADER_BYTES);
    struct slice between = padding(index, at);
    uint64_t n_accounted = at + between.n_bytes;
    bool is_sound = is_zero(between) && bytes_u32(index->bytes, 28) == 0;
    struct checksum checksum;
    checksum_init(&checksum);
    for (uint32_t i = 0; i < N_SECTIONS; i++) {
        size_t row = (size_t)i * FORMAT_TABLE_ROW_BYTES;
        uint64_t offset = bytes_u64(table, row + 8), n = index->section[i].n_bytes;
        checksum_add(&checksum, index->section[i]);
        if (checksum_end(&checksum) != bytes_u32(table, row + 4))
            return error_set(error, OSSEO_ECORRUPT,
                             "not a usable compiled knowledge: section %u has another checksum "
                             "than it was written with",
                             (unsigned)i);
        between = padding(index, offset + n);
        is_sound = is_sound && offset % FORMAT_ALIGNMENT == 0 && is_zero(between);
        n_accounted += n + between.n_bytes;
    }
    return is_sound && n_accounted == index->bytes.n_bytes
               ? OSSEO_OK
               : damaged(error, "there is something between its sections");
}
