#include "compile/documents.h"

#include "corpus/jsonl.h"
#include "index/builder.h"
#include "rank/rescore.h"

struct compiling {
    struct writer writer;
    struct builder builder;
    uint32_t n_documents;
};

static int add_document(struct compiling *c, const struct document *document)
{
    struct writer *w = &c->writer;
    struct buffer *topics = &w->section[SECTION_TOPICS], *rows = &w->section[SECTION_PASSAGES];
    uint32_t number = c->n_documents++;

    writer_append_text(w, topics, document->id);
    writer_append_text(w, topics, document->title);
    buffer_append_u32(topics, 0);      /* article */
    buffer_append_u32(topics, number); /* first_passage */
    buffer_append_u32(topics, 1);
    for (int i = 0; i < 4; i++) /* asked, related */
        buffer_append_u32(topics, 0);
    buffer_append_u64(rows, w->section[SECTION_TEXT].n_bytes);
    buffer_append_u32(rows, (uint32_t)document->text.n_bytes);
    buffer_append_u32(rows, number);
    buffer_append_u32(rows, 0); /* cited */
    buffer_append_u32(rows, 0);
    buffer_append_slice(&w->section[SECTION_TEXT], document->text);

    builder_start_topic(&c->builder);
    int status = builder_add_shared(&c->builder, FIELD_HEADING, document->title);
    return status == OSSEO_OK ? builder_add_passage(&c->builder, document->text) : status;
}

static void write_counts(struct compiling *c)
{
    struct writer *w = &c->writer;
    struct buffer *counts = &w->section[SECTION_COUNTS];
    struct buffer *articles = &w->section[SECTION_ARTICLES];
    for (int i = 0; i < 3; i++) /* name, title, caveat */
        writer_append_text(w, articles, SLICE(""));
    buffer_append_u32(articles, 0);
    buffer_append_u32(articles, 0);
    buffer_append_u32(counts, c->n_documents);
    buffer_append_u32(counts, (uint32_t)(w->section[SECTION_TERMS].n_bytes / TERM_ROW_BYTES));
    buffer_append_u32(counts, c->n_documents);
    buffer_append_u32(counts, 1);
    buffer_append_u32(counts, 0);
}

static int add_all(struct compiling *c, struct jsonl *jsonl, struct complaints *complaints)
{
    struct document document;
    bool has_one = true;
    int status = OSSEO_OK;
    for (;;) {
        status = jsonl_next(jsonl, &document, &has_one, complaints);
        if (status != OSSEO_OK || !has_one)
            return status;
        status = add_document(c, &document);
        if (status != OSSEO_OK)
            return error_no_memory(complaints->error);
    }
}

int compile_documents(struct buffer *out, const char *path, bool is_strict,
                      const struct memory *memory, struct complaints *complaints)
{
    struct compiling c = { .n_documents = 0 };
    struct jsonl jsonl;
    int status = jsonl_open(&jsonl, path, is_strict, memory, complaints->error);
    if (status != OSSEO_OK)
        return status;
    writer_init(&c.writer, memory);
    status = builder_init(&c.builder, memory);
    if (status != OSSEO_OK)
        error_no_memory(complaints->error);
    else
        status = add_all(&c, &jsonl, complaints);
    if (status == OSSEO_OK && c.n_documents == 0)
        status = error_set(complaints->error, OSSEO_EPARSE,
                           "'%s' holds no passage; a line is {\"_id\": \"1\", \"title\": \"...\", "
                           "\"text\": \"...\"}",
                           path);
    if (status == OSSEO_OK) {
        status = builder_seal(&c.builder, &weight_defaults, &c.writer);
        write_counts(&c);
        if (status == OSSEO_OK)
            status = rescore_compile(&c.writer, memory);
        status = status == OSSEO_OK ? writer_seal(&c.writer, out, complaints->error)
                                    : error_no_memory(complaints->error);
    }
    builder_release(&c.builder);
    writer_release(&c.writer);
    jsonl_close(&jsonl);
    return status;
}
