/* index/documents.h -- the documents of a corpus, each a topic of one passage.
 *
 *   SECTION_TEXT   = { document }
 *   document       = n_id:varint n_title:varint n_text:varint id title text
 *
 * SECTION_DOCUMENTS tells where each DOCUMENT_GROUP of them begins; within a group
 * a reader steps from one to the next. */
#ifndef INDEX_DOCUMENTS_H
#define INDEX_DOCUMENTS_H

#include "index/reader.h"

#define DOCUMENT_GROUP 16

struct index_document {
    struct slice id, title, text;
};

static inline bool index_is_corpus(const struct index *index)
{
    return index->section[SECTION_DOCUMENTS].n_bytes > 0;
}

static inline uint64_t documents_groups(uint32_t n_documents)
{
    return ((uint64_t)n_documents + DOCUMENT_GROUP - 1) / DOCUMENT_GROUP;
}

/* The document of passage `number`; empty where the file is damaged. */
struct index_document documents_get(const struct index *index, passage_id number);

#endif
