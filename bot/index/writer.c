#include "index/writer.h"

void writer_init(struct writer *writer, const struct memory *memory)
{
    for (int i = 0; i < N_SECTIONS; i++)
        buffer_init(&writer->section[i], memory, SIZE_MAX);
}

void writer_release(struct writer *writer)
{
    for (int i = 0; i < N_SECTIONS; i++)
        buffer_release(&writer->section[i]);
}

void writer_append_text(struct writer *writer, struct buffer *to, struct slice text)
{
    struct buffer *strings = &writer->section[SECTION_STRINGS];
    if (strings->n_bytes > UINT32_MAX - text.n_bytes || text.n_bytes > UINT32_MAX) {
        strings->failed = true;
        return;
    }
    buffer_append_u32(to, (uint32_t)strings->n_bytes);
    buffer_append_u32(to, (uint32_t)text.n_bytes);
    buffer_append_slice(strings, text);
}

#define HEAD_BYTES (FORMAT_HEADER_BYTES + N_SECTIONS * FORMAT_TABLE_ROW_BYTES)
/* Written at once. */
#define PIECE_BYTES (1u << 20)

static void append(struct output *o, struct slice bytes)
{
    buffer_append_slice(o->buffer, bytes);
    o->n_bytes += bytes.n_bytes;
    if (o->status == OSSEO_OK && o->buffer->failed)
        o->status = error_no_memory(o->error);
    if (o->file == NULL || o->is_kept || o->status != OSSEO_OK || o->buffer->n_bytes < PIECE_BYTES)
        return;
    o->status = file_output_append(o->file, buffer_slice(o->buffer), o->error);
    buffer_clear(o->buffer);
}

static void align(struct output *o)
{
    static const char zeros[FORMAT_ALIGNMENT];
    append(o, (struct slice){ zeros, (size_t)(-o->n_bytes % FORMAT_ALIGNMENT) });
}

void output_init(struct output *out, struct buffer *buffer, struct file_output *file,
                 struct osseo_error *error)
{
    static const char head[HEAD_BYTES];
    memset(out, 0, sizeof *out);
    out->buffer = buffer;
    out->file = file;
    out->error = error;
    out->kind = -1;
    checksum_init(&out->checksum);
    append(out, (struct slice){ head, sizeof head });
}

static void end_section(struct output *o)
{
    if (o->kind >= 0) {
        o->section[o->kind].n_bytes = o->n_bytes - o->section[o->kind].offset;
        o->section[o->kind].checksum = checksum_end(&o->checksum);
    }
    o->kind = -1;
    align(o);
}

void output_add(struct output *o, enum section_kind kind, struct slice bytes)
{
    if (o->kind != (int)kind) {
        end_section(o);
        o->kind = (int)kind;
        o->section[kind].offset = o->n_bytes;
        o->section[kind].is_there = true;
    }
    checksum_add(&o->checksum, bytes);
    append(o, bytes);
}

int output_end(struct output *o)
{
    struct buffer head, table;
    end_section(o);
    buffer_init(&head, o->buffer->memory, SIZE_MAX);
    buffer_init(&table, o->buffer->memory, SIZE_MAX);
    for (uint32_t i = 0; i < N_SECTIONS; i++) {
        buffer_append_u32(&table, i);
        buffer_append_u32(&table, o->section[i].checksum);
        buffer_append_u64(&table, o->section[i].is_there ? o->section[i].offset : o->n_bytes);
        buffer_append_u64(&table, o->section[i].n_bytes);
    }
    buffer_append(&head, FORMAT_MAGIC, FORMAT_MAGIC_BYTES);
    buffer_append_u32(&head, FORMAT_VERSION);
    buffer_append_u32(&head, N_SECTIONS);
    buffer_append_u64(&head, o->n_bytes);
    buffer_append_u32(&head, bytes_checksum(buffer_slice(&table)));
    buffer_append_u32(&head, 0);
    buffer_append_slice(&head, buffer_slice(&table));
    if (o->status == OSSEO_OK && (head.failed || table.failed))
        o->status = error_no_memory(o->error);
    if (o->status == OSSEO_OK && o->buffer->n_bytes == o->n_bytes)
        memcpy(o->buffer->bytes, head.bytes, head.n_bytes);
    if (o->status == OSSEO_OK && o->file != NULL && !o->is_kept) {
        bool is_begun = o->buffer->n_bytes < o->n_bytes;
        o->status = file_output_append(o->file, buffer_slice(o->buffer), o->error);
        if (o->status == OSSEO_OK && is_begun)
            o->status = file_output_patch(o->file, buffer_slice(&head), o->error);
        buffer_clear(o->buffer);
    }
    buffer_release(&head);
    buffer_release(&table);
    return o->status;
}

int writer_finish(const struct writer *writer, struct output *output)
{
    for (int i = 0; i < N_SECTIONS; i++) {
        if (writer->section[i].failed && output->status == OSSEO_OK)
            output->status = error_no_memory(output->error);
        if (!output->section[i].is_there && writer->section[i].n_bytes > 0)
            output_add(output, (enum section_kind)i, buffer_slice(&writer->section[i]));
    }
    return output_end(output);
}

int writer_seal(const struct writer *writer, struct buffer *out, struct osseo_error *error)
{
    struct output output;
    output_init(&output, out, NULL, error);
    return writer_finish(writer, &output);
}
