/* index/reader.h -- a compiled file as a read-only index.
 *
 * Nothing is unpacked or copied at opening: an index is a handful of slices
 * into the file's bytes, which must outlive it.  No byte of the file is
 * trusted: an offset or count that leads outside gives empty text or 0, so a
 * damaged file gives poor answers but never a read outside of it. */
#ifndef INDEX_READER_H
#define INDEX_READER_H

#include "base/bytes.h"
#include "base/error.h"
#include "index/format.h"
#include "index/impact.h"

typedef uint32_t passage_id;
typedef uint32_t topic_id;

#define NO_TOPIC UINT32_MAX

struct index {
    struct slice bytes; /* the whole file; borrowed */
    struct slice section[N_SECTIONS];
    uint32_t n_passages, n_terms, n_topics, n_articles, n_sources;
};

/* Checks the header and the table.  OSSEO_OK or OSSEO_ECORRUPT. */
int index_open(struct index *index, struct slice bytes, struct osseo_error *error);

/* Holds every section against its checksum, and what lies between against zero: a
 * byte that was changed anywhere is found.  OSSEO_OK, or OSSEO_ECORRUPT. */
int index_verify(const struct index *index, struct osseo_error *error);

/* The impacts of a collection that has passages. */
static inline struct impacts index_impacts(const struct index *index)
{
    return (struct impacts){ (const uint8_t *)index->section[SECTION_IMPACTS].bytes,
                             (const uint8_t *)index->section[SECTION_LENGTHS].bytes };
}

struct index_passage {
    struct slice text;
    topic_id topic;
    uint32_t first_cited, n_cited;
};
struct index_passage index_passage(const struct index *index, passage_id passage);
topic_id index_passage_topic(const struct index *index, passage_id passage);
/* The n-th source that is cited; n counts through the whole file. */
uint32_t index_cited(const struct index *index, uint32_t n);

struct index_topic {
    struct slice id, heading;
    uint32_t article;
    passage_id first_passage;
    uint32_t n_passages;
    uint32_t first_asked, n_asked, first_related, n_related;
};
struct index_topic index_topic(const struct index *index, topic_id topic);
/* The topic named `id`, or NO_TOPIC. */
topic_id index_find_topic(const struct index *index, struct slice id);
struct slice index_asked(const struct index *index, uint32_t n);
topic_id index_related(const struct index *index, uint32_t n);

struct index_article {
    struct slice name, title, caveat;
    unsigned reviewed, review_due; /* YYYYMMDD */
};
struct index_article index_article(const struct index *index, uint32_t article);

struct index_source {
    struct slice title, publisher, url;
    unsigned year; /* 0 for not dated */
};
struct index_source index_source(const struct index *index, uint32_t source);

/* The n-th class without an answer. */
struct slice index_class(const struct index *index, uint32_t n, bool *is_smalltalk);

/* A topic of a group whose topics are taken for one another. */
struct index_meaning {
    uint32_t group;
    topic_id topic;
    struct slice phrase; /* completes "Do you mean ...?" */
};
size_t index_n_meanings(const struct index *index);
struct index_meaning index_meaning(const struct index *index, size_t n);

/* The flag of the n-th class of SECTION_FLAG_MODEL. */
struct slice index_flag_name(const struct index *index, uint32_t n);

/* FNV-1a, for tables that are hashed by a word. */
uint32_t index_hash(struct slice name);

#endif
