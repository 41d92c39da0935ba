#include "check/check.h"

#include "index/postings.h"

/* A fault: what is wrong first, the remedy last. */
#define FAULT(error, format, ...)                                                                  \
    error_set(error, OSSEO_ECORRUPT, format "; compile the file again with 'osseo index'",         \
              __VA_ARGS__)

/* The reader gives a text that leads outside of the file an empty one elsewhere. */
static bool is_inside(const struct index *index, struct slice text)
{
    uintptr_t start = (uintptr_t)index->bytes.bytes, at = (uintptr_t)text.bytes;
    return at >= start && at - start <= index->bytes.n_bytes;
}

static int verify_list(const struct index *index, const struct index_term *term, struct slice name,
                       struct osseo_error *error)
{
    struct postings p;
    uint32_t n = 0;
    passage_id before = NO_PASSAGE;
    for (postings_open(&p, index, term); p.passage != NO_PASSAGE; postings_next(&p)) {
        uint8_t impact = postings_impact(&p);
        if (p.passage >= index->n_passages || (before != NO_PASSAGE && p.passage <= before))
            return FAULT(error, "posting %u of the term '%.*s' is of passage %u, after %u, of %u",
                         (unsigned)n + 1, TEXT(name), (unsigned)p.passage,
                         (unsigned)(before == NO_PASSAGE ? 0 : before),
                         (unsigned)index->n_passages);
        if (impact > postings_block_largest(&p, p.block))
            return FAULT(error, "posting %u of the term '%.*s' has the impact %u, over its largest",
                         (unsigned)n + 1, TEXT(name), (unsigned)impact);
        if (p.passage > postings_block_last(&p, p.block))
            return FAULT(error, "posting %u of the term '%.*s' lies behind its block's last",
                         (unsigned)n + 1, TEXT(name));
        before = p.passage;
        n++;
    }
    if (n != term->document_frequency || n == 0)
        return FAULT(error, "the term '%.*s' has %u postings that can be read, of %u", TEXT(name),
                     (unsigned)n, (unsigned)term->document_frequency);
    return OSSEO_OK;
}

static int verify_terms(const struct index *index, struct osseo_error *error)
{
    struct terms_walk walk;
    struct index_term term, found;
    char before[MAX_TERM_BYTES] = "";
    size_t n_before = 0;
    uint64_t n_postings = 0;
    terms_start(&walk, index);
    while (terms_next(&term, &walk)) {
        struct slice name = { walk.name, walk.n_name };
        if (slice_compare((struct slice){ before, n_before }, name) >= 0)
            return FAULT(error, "the term '%.*s' is out of order", TEXT(name));
        memcpy(before, name.bytes, n_before = name.n_bytes);
        if (!terms_find(&found, index, name) || found.postings != term.postings)
            return FAULT(error, "the term '%.*s' is not found by its name", TEXT(name));
        /* A byte cannot hold more than a block: lists that share theirs end here. */
        n_postings += term.document_frequency;
        if (n_postings / POSTINGS_BLOCK > index->section[SECTION_POSTINGS].n_bytes)
            return FAULT(error, "the terms up to '%.*s' have more postings than there are",
                         TEXT(name));
        int status = verify_list(index, &term, name, error);
        if (status != OSSEO_OK)
            return status;
    }
    if (walk.n_read < index->n_terms || walk.at != index->section[SECTION_TERMS].n_bytes)
        return FAULT(error, "%u of %u terms can be read", (unsigned)walk.n_read,
                     (unsigned)index->n_terms);
    return OSSEO_OK;
}

/* Rows of a section that are spoken for.  None is anybody's twice, so a file whose
 * every topic claimed all of them does not take the square of its size to verify. */
struct claim {
    enum section_kind kind;
    size_t row_bytes;
    uint64_t n;
};

static int claim_rows(struct claim *claim, const struct index *index, uint32_t n,
                      struct osseo_error *error)
{
    claim->n += n;
    if (claim->n * claim->row_bytes <= index->section[claim->kind].n_bytes)
        return OSSEO_OK;
    return FAULT(error, "rows of section %u belong to more than one", (unsigned)claim->kind);
}

static int verify_passages(const struct index *index, topic_id number,
                           const struct index_topic *topic, struct claim *cited,
                           struct osseo_error *error)
{
    for (uint32_t i = 0; i < topic->n_passages; i++) {
        passage_id id = topic->first_passage + i;
        struct index_passage passage = index_passage(index, id);
        if (!is_inside(index, passage.text))
            return FAULT(error, "the text of passage %u lies outside of the file", (unsigned)id);
        if (passage.topic != number)
            return FAULT(error, "passage %u is of topic %u, and lies among those of %u",
                         (unsigned)id, (unsigned)passage.topic, (unsigned)number);
        int status = claim_rows(cited, index, passage.n_cited, error);
        if (status != OSSEO_OK)
            return status;
        for (uint32_t c = 0; c < passage.n_cited; c++)
            if (index_cited(index, passage.first_cited + c) >= index->n_sources)
                return FAULT(error, "passage %u cites a source that there is not", (unsigned)id);
    }
    return OSSEO_OK;
}

static int verify_ways(const struct index *index, topic_id number, const struct index_topic *topic,
                       struct osseo_error *error)
{
    for (uint32_t i = 0; i < topic->n_asked; i++)
        if (!is_inside(index, index_asked(index, topic->first_asked + i)))
            return FAULT(error, "a way to ask of topic %u lies outside of the file",
                         (unsigned)number);
    for (uint32_t i = 0; i < topic->n_related; i++)
        if (index_related(index, topic->first_related + i) == NO_TOPIC)
            return FAULT(error, "topic %u is related to one that there is not", (unsigned)number);
    return OSSEO_OK;
}

static int verify_topics(const struct index *index, struct osseo_error *error)
{
    struct claim asked = { SECTION_ASKED, ASKED_ROW_BYTES, 0 }, related = { SECTION_RELATED, 4, 0 };
    struct claim cited = { SECTION_CITED, 4, 0 };
    passage_id next = 0;
    for (topic_id number = 0; number < index->n_topics; number++) {
        struct index_topic topic = index_topic(index, number);
        if (!is_inside(index, topic.id) || !is_inside(index, topic.heading))
            return FAULT(error, "a text of topic %u lies outside of the file", (unsigned)number);
        if (topic.article >= index->n_articles || topic.first_passage != next)
            return FAULT(error, "topic %u is of an article or begins at a passage that it cannot",
                         (unsigned)number);
        int status = claim_rows(&asked, index, topic.n_asked, error);
        if (status == OSSEO_OK)
            status = claim_rows(&related, index, topic.n_related, error);
        if (status == OSSEO_OK)
            status = verify_ways(index, number, &topic, error);
        if (status == OSSEO_OK)
            status = verify_passages(index, number, &topic, &cited, error);
        if (status != OSSEO_OK)
            return status;
        next += topic.n_passages;
    }
    if (next != index->n_passages)
        return FAULT(error, "the topics have %u passages, and the file %u", (unsigned)next,
                     (unsigned)index->n_passages);
    return OSSEO_OK;
}

static int verify_origins(const struct index *index, struct osseo_error *error)
{
    for (uint32_t i = 0; i < index->n_articles; i++) {
        struct index_article article = index_article(index, i);
        if (!is_inside(index, article.name) || !is_inside(index, article.title) ||
            !is_inside(index, article.caveat))
            return FAULT(error, "a text of article %u lies outside of the file", (unsigned)i);
    }
    for (uint32_t i = 0; i < index->n_sources; i++) {
        struct index_source source = index_source(index, i);
        if (!is_inside(index, source.title) || !is_inside(index, source.publisher) ||
            !is_inside(index, source.url))
            return FAULT(error, "a text of source %u lies outside of the file", (unsigned)i);
    }
    for (size_t i = 0; i < index_n_meanings(index); i++) {
        struct index_meaning meaning = index_meaning(index, i);
        if (meaning.topic >= index->n_topics || !is_inside(index, meaning.phrase))
            return FAULT(error, "meaning %zu is of a topic or has a text that there is not", i);
    }
    return OSSEO_OK;
}

int verify_index(const struct index *index, struct osseo_error *error)
{
    int status = index_verify(index, error);
    if (status == OSSEO_OK)
        status = verify_topics(index, error);
    if (status == OSSEO_OK)
        status = verify_origins(index, error);
    return status == OSSEO_OK ? verify_terms(index, error) : status;
}
