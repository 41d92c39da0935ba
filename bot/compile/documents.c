#include "compile/documents.h"

#include "corpus/jsonl.h"
#include "index/builder.h"
#include "index/documents.h"
#include "rank/rescore.h"

#define DEFAULT_BYTES ((size_t)512 << 20)
/* Up to here texts are kept in memory, since what is learned from a collection as a
 * whole reads them again; one that has more is not learned from. */
#define MOST_KEPT_BYTES (64u << 20)
/* Documents between two calls of progress(). */
#define PROGRESS_EVERY 4096

struct compiling {
    const struct documents_options *options;
    struct writer writer;
    struct builder builder;
    struct output output;
    struct documents_writer documents;
    uint32_t n_documents;
};

static int add_document(struct compiling *c, const struct document *document)
{
    struct output *o = &c->output;
    o->is_kept = ++c->n_documents <= MOST_RESCORED && o->n_bytes <= MOST_KEPT_BYTES;
    documents_add(&c->documents,
                  (struct index_document){ document->id, document->title, document->text });
    if (o->status != OSSEO_OK)
        return o->status;
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
    buffer_append_u32(counts, dictionary_size(&c->builder.terms));
    buffer_append_u32(counts, c->n_documents);
    buffer_append_u32(counts, 1);
    buffer_append_u32(counts, 0);
}

static int add_all(struct compiling *c, struct jsonl *jsonl, struct complaints *complaints)
{
    const struct documents_options *options = c->options;
    for (;;) {
        struct document document;
        bool has_one = true;
        int status = jsonl_next(jsonl, &document, &has_one, complaints);
        if (status != OSSEO_OK || !has_one)
            return status;
        status = add_document(c, &document);
        if (status != OSSEO_OK)
            return status;
        if (options->progress != NULL && c->n_documents % PROGRESS_EVERY == 0)
            options->progress(options->context, jsonl->n_bytes, jsonl->file.n_bytes);
    }
}

/* What is learned from the whole of a small collection. */
static int add_rescoring(struct compiling *c)
{
    static const enum section_kind kinds[] = { SECTION_PAIRS, SECTION_NEIGHBOURS };
    const struct memory *memory = c->output.buffer->memory;
    struct index index;
    int status = index_open(&index, buffer_slice(c->output.buffer), c->output.error);
    if (status == OSSEO_OK)
        status = rescore_compile(&c->writer, &index, memory);
    if (status == OSSEO_ENOMEM)
        return error_no_memory(c->output.error);
    for (size_t i = 0; status == OSSEO_OK && i < sizeof kinds / sizeof *kinds; i++)
        if (c->writer.section[kinds[i]].n_bytes > 0)
            output_add(&c->output, kinds[i], buffer_slice(&c->writer.section[kinds[i]]));
    return status;
}

static int seal(struct compiling *c)
{
    documents_end(&c->documents);
    buffer_append_slice(&c->writer.section[SECTION_DOCUMENTS], buffer_slice(&c->documents.starts));
    int status = builder_seal(&c->builder, &c->writer, &c->output);
    write_counts(c);
    if (status == OSSEO_OK)
        status = writer_finish(&c->writer, &c->output);
    if (status != OSSEO_OK || !c->output.is_kept)
        return status;
    status = add_rescoring(c);
    c->output.is_kept = false;
    return status == OSSEO_OK ? output_end(&c->output) : status;
}

static int compile(struct compiling *c, struct buffer *out, struct file_output *file,
                   struct jsonl *jsonl, struct complaints *complaints)
{
    const struct documents_options *options = c->options;
    writer_init(&c->writer, out->memory);
    output_init(&c->output, out, file, complaints->error);
    documents_init(&c->documents, &c->output);
    int status = builder_init(&c->builder, &weight_defaults, out->memory, complaints->error);
    builder_bound(&c->builder, options->most_bytes == 0 ? DEFAULT_BYTES : options->most_bytes,
                  options->to);
    if (status == OSSEO_OK)
        status = add_all(c, jsonl, complaints);
    if (status == OSSEO_OK && c->n_documents == 0)
        status = error_set(complaints->error, OSSEO_EPARSE,
                           "'%s' holds no passage; a line is {\"_id\": \"1\", \"title\": \"...\", "
                           "\"text\": \"...\"}",
                           jsonl->path);
    if (status == OSSEO_OK)
        status = seal(c);
    builder_release(&c->builder);
    documents_release(&c->documents);
    writer_release(&c->writer);
    return status;
}

int compile_documents(struct buffer *out, const char *path, const struct documents_options *options,
                      struct complaints *complaints)
{
    struct compiling c = { .options = options };
    struct file_output file;
    struct jsonl jsonl;
    int status = jsonl_open(&jsonl, path, options->is_strict, out->memory, complaints->error);
    if (status != OSSEO_OK)
        return status;
    if (options->to != NULL)
        status = file_output_open(&file, options->to, complaints->error);
    if (status == OSSEO_OK) {
        status = compile(&c, out, options->to == NULL ? NULL : &file, &jsonl, complaints);
        if (options->to != NULL && status == OSSEO_OK)
            status = file_output_commit(&file, complaints->error);
        else if (options->to != NULL)
            file_output_abandon(&file);
    }
    jsonl_close(&jsonl);
    return status;
}
