#include "index/postings.h"

static void append_varint(struct buffer *out, uint32_t value)
{
    while (value >= 0x80) {
        buffer_append_byte(out, (char)(value | 0x80));
        value >>= 7;
    }
    buffer_append_byte(out, (char)value);
}

static size_t varint_bytes(uint32_t value)
{
    size_t n = 1;
    while (value >= 0x80) {
        value >>= 7;
        n++;
    }
    return n;
}

void postings_write(struct buffer *out, const struct posting *postings, size_t n)
{
    uint32_t before = UINT32_MAX; /* so that the first gap is passage + 1 */
    for (size_t start = 0; start < n; start += POSTINGS_BLOCK) {
        size_t end = start + POSTINGS_BLOCK < n ? start + POSTINGS_BLOCK : n, n_bytes = 0;
        uint8_t largest = 0;
        uint32_t last = before;
        for (size_t i = start; i < end; i++) {
            n_bytes += varint_bytes(postings[i].passage - last) + 1;
            last = postings[i].passage;
            if (postings[i].impact > largest)
                largest = postings[i].impact;
        }
        buffer_append_u32(out, last);
        buffer_append_u16(out, (uint16_t)n_bytes);
        buffer_append_byte(out, (char)largest);
        for (size_t i = start; i < end; i++) {
            append_varint(out, postings[i].passage - before);
            buffer_append_byte(out, (char)postings[i].impact);
            before = postings[i].passage;
        }
    }
}

static void finish(struct postings *p)
{
    p->left = 0;
    p->passage = NO_PASSAGE;
    p->impact = 0;
}

static bool read_byte(struct postings *p, uint8_t *byte)
{
    if (p->at >= p->bytes.n_bytes)
        return false;
    *byte = (uint8_t)p->bytes.bytes[p->at++];
    return true;
}

void postings_next(struct postings *p)
{
    if (p->left == 0) {
        finish(p);
        return;
    }
    if (p->left_in_block == 0) {
        p->block_last = bytes_u32(p->bytes, p->at);
        p->at += 7;
        p->left_in_block = p->left < POSTINGS_BLOCK ? p->left : POSTINGS_BLOCK;
    }
    uint32_t gap = 0;
    uint8_t byte = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (!read_byte(p, &byte)) {
            finish(p);
            return;
        }
        gap |= (uint32_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    passage_id next = p->passage + gap; /* NO_PASSAGE + 1 is 0 */
    if (!read_byte(p, &p->impact) || gap == 0 || (p->passage != NO_PASSAGE && next < p->passage) ||
        next == NO_PASSAGE) {
        finish(p); /* damaged: a list never runs backwards */
        return;
    }
    p->passage = next;
    p->left--;
    p->left_in_block--;
}

void postings_open(struct postings *postings, const struct index *index, term_id term)
{
    struct index_term info = index_term(index, term);
    struct slice all = index->section[SECTION_POSTINGS];
    *postings = (struct postings){ .passage = NO_PASSAGE };
    if (info.postings < all.n_bytes) {
        postings->bytes = slice_from(all, (size_t)info.postings);
        postings->left = info.document_frequency;
    }
    postings_next(postings);
}
