#include "index/writer.h"

#include "base/bytes.h"

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

static size_t aligned(size_t n)
{
    return (n + FORMAT_ALIGNMENT - 1) / FORMAT_ALIGNMENT * FORMAT_ALIGNMENT;
}

int writer_seal(const struct writer *writer, struct buffer *out, struct osseo_error *error)
{
    struct buffer table;
    buffer_init(&table, out->memory, SIZE_MAX);
    size_t at = aligned(FORMAT_HEADER_BYTES + (size_t)N_SECTIONS * FORMAT_TABLE_ROW_BYTES);
    bool failed = false;

    for (uint32_t i = 0; i < N_SECTIONS; i++) {
        const struct buffer *section = &writer->section[i];
        failed = failed || section->failed;
        buffer_append_u32(&table, i);
        buffer_append_u32(&table, bytes_checksum(buffer_slice(section)));
        buffer_append_u64(&table, at);
        buffer_append_u64(&table, section->n_bytes);
        at = aligned(at + section->n_bytes);
    }
    buffer_append(out, FORMAT_MAGIC, FORMAT_MAGIC_BYTES);
    buffer_append_u32(out, FORMAT_VERSION);
    buffer_append_u32(out, N_SECTIONS);
    buffer_append_u64(out, at);
    buffer_append_u32(out, bytes_checksum(buffer_slice(&table)));
    buffer_append_u32(out, 0);
    buffer_append_slice(out, buffer_slice(&table));
    buffer_align(out, FORMAT_ALIGNMENT);
    for (uint32_t i = 0; i < N_SECTIONS; i++) {
        buffer_append_slice(out, buffer_slice(&writer->section[i]));
        buffer_align(out, FORMAT_ALIGNMENT);
    }
    failed = failed || table.failed || out->failed;
    buffer_release(&table);
    return failed ? error_no_memory(error) : OSSEO_OK;
}
