/* index/documents.h -- the documents of a corpus, each a topic of one passage: writer
 * and reader.
 *
 *   SECTION_TEXT   = { group }          of DOCUMENT_GROUP documents, the last may have fewer
 *   group          = all_bits:u8 id_bits:u8 title_bits:u8 { all } { n_id } { n_title }
 *                    { id title text }
 *
 * `all` is how many bytes id, title and text of a document have together, `n_id` and
 * `n_title` how many the first two.  There are always DOCUMENT_GROUP of each, in so many
 * bits, low bits first.  Behind all groups stand DOCUMENT_MARGIN zero bytes, so that
 * bits can be read eight bytes at a time.  SECTION_DOCUMENTS tells where each group
 * begins. */
#ifndef INDEX_DOCUMENTS_H
#define INDEX_DOCUMENTS_H

#include "index/reader.h"
#include "index/writer.h"

#define DOCUMENT_GROUP 32
#define DOCUMENT_MARGIN 8

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

/* Documents on their way into a file. */
struct documents_writer {
    struct output *output; /* borrowed */
    struct buffer starts;  /* SECTION_DOCUMENTS */
    struct buffer head, texts;
    uint64_t lengths[3][DOCUMENT_GROUP]; /* of the group that is begun */
    uint32_t n;                          /* in it */
};

void documents_init(struct documents_writer *writer, struct output *output);
void documents_release(struct documents_writer *writer);

/* Failures are those of the output. */
void documents_add(struct documents_writer *writer, struct index_document document);
/* Behind the last document. */
void documents_end(struct documents_writer *writer);

#endif
