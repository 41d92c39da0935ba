#include "index/documents.h"

/* Reads the document at `*at` and moves behind it.  Empty where it leads outside. */
static struct index_document read_document(struct slice texts, size_t *at)
{
    struct index_document d = { { "", 0 }, { "", 0 }, { "", 0 } };
    uint64_t n_id = bytes_varint(texts, at), n_title = bytes_varint(texts, at);
    uint64_t n_text = bytes_varint(texts, at), left = texts.n_bytes - *at;
    if (n_id > left || n_title > left - n_id || n_text > left - n_id - n_title) {
        *at = texts.n_bytes;
        return d;
    }
    d.id = (struct slice){ texts.bytes + *at, (size_t)n_id };
    d.title = (struct slice){ d.id.bytes + n_id, (size_t)n_title };
    d.text = (struct slice){ d.title.bytes + n_title, (size_t)n_text };
    *at += (size_t)(n_id + n_title + n_text);
    return d;
}

struct index_document documents_get(const struct index *index, passage_id number)
{
    struct slice texts = index->section[SECTION_TEXT];
    uint64_t start = bytes_u64(index->section[SECTION_DOCUMENTS], (size_t)(number / DOCUMENT_GROUP) * 8);
    size_t at = start < texts.n_bytes && number < index->n_passages ? (size_t)start : texts.n_bytes;
    for (passage_id i = 0; i < number % DOCUMENT_GROUP; i++)
        read_document(texts, &at);
    return read_document(texts, &at);
}
