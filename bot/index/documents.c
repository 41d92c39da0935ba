#include "index/documents.h"

#define N_LENGTHS 3
/* Of a length; so many come from one load, whatever bit they begin at. */
#define MOST_BITS 56

static size_t lengths_bytes(unsigned width)
{
    return (size_t)width * DOCUMENT_GROUP / 8;
}

static uint64_t length_at(const char *lengths, unsigned width, uint32_t i)
{
    uint32_t bit = i * width;
    return bytes_load(lengths + bit / 8) >> bit % 8 & ((1ull << width) - 1);
}

struct index_document documents_get(const struct index *index, passage_id number)
{
    static const struct index_document none = { { "", 0 }, { "", 0 }, { "", 0 } };
    struct slice texts = index->section[SECTION_TEXT];
    uint64_t start = bytes_u64(index->section[SECTION_DOCUMENTS],
                               (size_t)(number / DOCUMENT_GROUP) * 8);
    uint64_t at = N_LENGTHS, length[N_LENGTHS];
    uint32_t i = number % DOCUMENT_GROUP;
    if (number >= index->n_passages || start > texts.n_bytes || texts.n_bytes - start < N_LENGTHS)
        return none;
    struct slice group = slice_from(texts, (size_t)start);
    for (int k = 0; k < N_LENGTHS; k++) {
        unsigned width = (unsigned char)group.bytes[k];
        const char *lengths = group.bytes + at;
        if (width > MOST_BITS || at + lengths_bytes(width) + DOCUMENT_MARGIN > group.n_bytes)
            return none;
        at += lengths_bytes(width);
        length[k] = length_at(lengths, width, i);
    }
    unsigned width = (unsigned char)group.bytes[0];
    for (uint32_t before = 0; before < i; before++)
        at += length_at(group.bytes + N_LENGTHS, width, before);
    uint64_t n = length[0], n_id = length[1], n_title = length[2];
    if (at > group.n_bytes || n > group.n_bytes - at || n_id > n || n_title > n - n_id)
        return none;
    const char *id = group.bytes + at;
    return (struct index_document){ { id, (size_t)n_id },
                                    { id + n_id, (size_t)n_title },
                                    { id + n_id + n_title, (size_t)(n - n_id - n_title) } };
}

void documents_init(struct documents_writer *w, struct output *output)
{
    *w = (struct documents_writer){ .output = output };
    buffer_init(&w->starts, output->buffer->memory, SIZE_MAX);
    buffer_init(&w->head, output->buffer->memory, SIZE_MAX);
    buffer_init(&w->texts, output->buffer->memory, SIZE_MAX);
}

void documents_release(struct documents_writer *w)
{
    buffer_release(&w->starts);
    buffer_release(&w->head);
    buffer_release(&w->texts);
}

static void pack_lengths(struct buffer *out, const uint64_t *lengths, unsigned width)
{
    uint64_t bits = 0;
    unsigned n = 0;
    for (int i = 0; i < DOCUMENT_GROUP; i++) {
        bits |= lengths[i] << n;
        for (n += width; n >= 8; n -= 8, bits >>= 8)
            buffer_append_byte(out, (char)(bits & 0xFF));
    }
}

static void end_group(struct documents_writer *w)
{
    struct output *o = w->output;
    unsigned width[N_LENGTHS];
    buffer_clear(&w->head);
    for (int k = 0; k < N_LENGTHS; k++) {
        uint64_t all = 0;
        for (int i = 0; i < DOCUMENT_GROUP; i++)
            all |= w->lengths[k][i];
        width[k] = all == 0 ? 0 : 64 - (unsigned)__builtin_clzll(all);
        buffer_append_byte(&w->head, (char)width[k]);
    }
    for (int k = 0; k < N_LENGTHS; k++)
        pack_lengths(&w->head, w->lengths[k], width[k]);
    buffer_append_u64(&w->starts, o->kind < 0 ? 0 : o->n_bytes - o->section[SECTION_TEXT].offset);
    if (w->starts.failed || w->head.failed || w->texts.failed)
        o->status = error_no_memory(o->error);
    output_add(o, SECTION_TEXT, buffer_slice(&w->head));
    output_add(o, SECTION_TEXT, buffer_slice(&w->texts));
    buffer_clear(&w->texts);
    memset(w->lengths, 0, sizeof w->lengths);
    w->n = 0;
}

void documents_add(struct documents_writer *w, struct index_document document)
{
    w->lengths[0][w->n] = document.id.n_bytes + document.title.n_bytes + document.text.n_bytes;
    w->lengths[1][w->n] = document.id.n_bytes;
    w->lengths[2][w->n++] = document.title.n_bytes;
    buffer_append_slice(&w->texts, document.id);
    buffer_append_slice(&w->texts, document.title);
    buffer_append_slice(&w->texts, document.text);
    if (w->n == DOCUMENT_GROUP)
        end_group(w);
}

void documents_end(struct documents_writer *w)
{
    static const char margin[DOCUMENT_MARGIN];
    if (w->n > 0)
        end_group(w);
    output_add(w->output, SECTION_TEXT, (struct slice){ margin, sizeof margin });
}
