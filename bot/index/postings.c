#include "index/postings.h"

static void append_varint(struct buffer *out, uint32_t value)
{
    while (value >= 0x80) {
        buffer_append_byte(out, (char)(value | 0x80));
        value >>= 7;
    }
    buffer_append_byte(out, (char)value);
}

static unsigned bits_of(uint32_t value)
{
    unsigned n = 0;
    for (; value != 0; value >>= 1)
        n++;
    return n;
}

/* Bits on their way to whole bytes. */
struct packing {
    uint64_t bits;
    unsigned n;
    size_t n_bytes;
    char bytes[POSTINGS_BLOCK * 4];
};

static void pack(struct packing *p, uint32_t value, unsigned width)
{
    p->bits |= (uint64_t)value << p->n;
    for (p->n += width; p->n >= 8; p->n -= 8) {
        p->bytes[p->n_bytes++] = (char)(p->bits & 0xFF);
        p->bits >>= 8;
    }
}

static void pack_end(struct packing *p, struct buffer *out)
{
    if (p->n > 0)
        p->bytes[p->n_bytes++] = (char)(p->bits & 0xFF);
    buffer_append(out, p->bytes, p->n_bytes);
}

struct block {
    const struct posting *postings; /* (n) */
    size_t n;
    passage_id before; /* the passage before, or NO_PASSAGE */
    unsigned gap_bits, impact_bits;
    uint8_t largest, least;
};

static struct block block_of(const struct posting *postings, size_t n, size_t start)
{
    struct block b = { .postings = postings + start,
                       .n = n - start < POSTINGS_BLOCK ? n - start : POSTINGS_BLOCK,
                       .before = start == 0 ? NO_PASSAGE : postings[start - 1].passage,
                       .least = UINT8_MAX };
    uint32_t before = b.before, gaps = 0;
    for (size_t i = 0; i < b.n; i++) {
        gaps |= b.postings[i].passage - before - 1;
        before = b.postings[i].passage;
        if (b.postings[i].impact > b.largest)
            b.largest = b.postings[i].impact;
        if (b.postings[i].impact < b.least)
            b.least = b.postings[i].impact;
    }
    b.gap_bits = bits_of(gaps);
    b.impact_bits = bits_of((uint32_t)(b.largest - b.least));
    return b;
}

static size_t packed_bytes(size_t n, unsigned width)
{
    return (n * width + 7) / 8;
}

static void write_block(struct buffer *out, const struct block *b)
{
    struct packing gaps = { .n = 0 }, impacts = { .n = 0 };
    uint32_t before = b->before;
    for (size_t i = 0; i < b->n; i++) {
        pack(&gaps, b->postings[i].passage - before - 1, b->gap_bits);
        pack(&impacts, (uint32_t)(b->postings[i].impact - b->least), b->impact_bits);
        before = b->postings[i].passage;
    }
    pack_end(&gaps, out);
    pack_end(&impacts, out);
}

void postings_write(struct buffer *out, const struct posting *postings, size_t n)
{
    uint32_t before = NO_PASSAGE, offset = 0;
    for (size_t i = 0; n <= SHORT_LIST && i < n; i++) {
        append_varint(out, postings[i].passage - before - 1);
        buffer_append_byte(out, (char)postings[i].impact);
        before = postings[i].passage;
    }
    if (n <= SHORT_LIST)
        return;
    for (size_t start = 0; start < n; start += POSTINGS_BLOCK) {
        struct block b = block_of(postings, n, start);
        buffer_append_u32(out, b.postings[b.n - 1].passage);
        buffer_append_u32(out, offset);
        buffer_append_byte(out, (char)b.largest);
        buffer_append_byte(out, (char)b.least);
        buffer_append_byte(out, (char)b.gap_bits);
        buffer_append_byte(out, (char)b.impact_bits);
        offset += (uint32_t)(packed_bytes(b.n, b.gap_bits) + packed_bytes(b.n, b.impact_bits));
    }
    for (size_t start = 0; start < n; start += POSTINGS_BLOCK) {
        struct block b = block_of(postings, n, start);
        write_block(out, &b);
    }
}

static void finish(struct postings *p)
{
    p->block = p->n_blocks;
    p->at = p->n = 0;
    p->passage = NO_PASSAGE;
}

static const unsigned char *header(const struct postings *p, uint32_t b)
{
    return (const unsigned char *)p->bytes.bytes + (size_t)b * POSTINGS_HEADER_BYTES;
}

passage_id postings_block_last(const struct postings *p, uint32_t b)
{
    if (b >= p->n_blocks)
        return NO_PASSAGE;
    if (p->df <= SHORT_LIST)
        return p->passages[p->df - 1];
    return bytes_u32(p->bytes, (size_t)b * POSTINGS_HEADER_BYTES);
}

uint8_t postings_block_largest(const struct postings *p, uint32_t b)
{
    if (b >= p->n_blocks)
        return 0;
    if (p->df > SHORT_LIST)
        return header(p, b)[8];
    uint8_t largest = 0;
    for (uint32_t i = 0; i < p->df; i++)
        if (postings_impact_at(p, i) > largest)
            largest = postings_impact_at(p, i);
    return largest;
}

static inline uint64_t load(const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* Unpacks `n` passages, or up to seven more, from gaps of `width` bits; the first
 * gap counts from `first`.  Gaps of a byte at most, which most are, come eight from
 * one load. */
static void unpack_gaps(passage_id *out, const char *gaps, uint32_t n, unsigned width,
                        passage_id first)
{
    uint64_t mask = (1ull << width) - 1;
    if (width <= 8) {
        for (uint32_t i = 0; i < n; i += 8, gaps += width) {
            uint64_t bits = load(gaps);
            for (uint32_t j = 0; j < 8; j++, bits >>= width) {
                first += (passage_id)(bits & mask);
                out[i + j] = first++;
            }
        }
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        size_t bit = (size_t)i * width;
        first += (passage_id)(load(gaps + bit / 8) >> bit % 8 & mask);
        out[i] = first++;
    }
}

/* Unpacks block `b`.  A block that leads outside, or backwards, ends the list. */
static void load_block(struct postings *p, uint32_t b)
{
    const unsigned char *h = header(p, b);
    size_t start = (size_t)p->n_blocks * POSTINGS_HEADER_BYTES +
                   bytes_u32(p->bytes, (size_t)b * POSTINGS_HEADER_BYTES + 4);
    uint32_t n = b + 1 < p->n_blocks ? POSTINGS_BLOCK : p->df - b * POSTINGS_BLOCK;
    unsigned gap_bits = h[10], impact_bits = h[11];
    size_t gap_bytes = packed_bytes(n, gap_bits), n_bytes = gap_bytes + packed_bytes(n, impact_bits);
    if (gap_bits > 32 || impact_bits > 8 || n_bytes + POSTINGS_MARGIN > p->bytes.n_bytes ||
        start > p->bytes.n_bytes - n_bytes - POSTINGS_MARGIN) {
        finish(p);
        return;
    }
    uint64_t first = b == 0 ? 0 : (uint64_t)postings_block_last(p, b - 1) + 1;
    unpack_gaps(p->passages, p->bytes.bytes + start, n, gap_bits, (passage_id)first);
    p->impacts = p->bytes.bytes + start + gap_bytes;
    p->impact_bits = (uint8_t)impact_bits;
    p->least = h[9];
    if (first > NO_PASSAGE || p->passages[n - 1] != postings_block_last(p, b)) {
        finish(p); /* damaged: the block does not end where its header says */
        return;
    }
    p->block = b;
    p->at = 0;
    p->n = n;
    p->passage = p->passages[0];
}

void postings_next_block(struct postings *p)
{
    if (p->block + 1 < p->n_blocks)
        load_block(p, p->block + 1);
    else
        finish(p);
}

/* The first block from `b` on whose last passage is not before `passage`. */
static uint32_t find_block(const struct postings *p, uint32_t b, passage_id passage)
{
    uint32_t step = 1, low = b, high = b;
    while (high < p->n_blocks && postings_block_last(p, high) < passage) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    if (high > p->n_blocks)
        high = p->n_blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (postings_block_last(p, middle) < passage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void postings_seek(struct postings *p, passage_id passage)
{
    if (p->passage >= passage)
        return;
    if (p->passages[p->n - 1] < passage) {
        uint32_t b = find_block(p, p->block + 1, passage);
        if (b >= p->n_blocks) {
            finish(p);
            return;
        }
        load_block(p, b);
    }
    while (p->at < p->n && p->passages[p->at] < passage)
        p->at++;
    if (p->at == p->n) {
        finish(p);
        return;
    }
    p->passage = p->passages[p->at];
}

/* A list of a few postings is unpacked at once, as a block of its own. */
static bool load_short(struct postings *p)
{
    size_t at = 0;
    uint64_t passage = 0;
    for (uint32_t i = 0; i < p->df; i++) {
        uint32_t gap = 0;
        unsigned char byte = 0x80;
        for (unsigned shift = 0; shift < 35 && byte >= 0x80; shift += 7) {
            if (at + POSTINGS_MARGIN >= p->bytes.n_bytes)
                return false;
            byte = (unsigned char)p->bytes.bytes[at++];
            gap |= (uint32_t)(byte & 0x7F) << shift;
        }
        passage += gap;
        p->passages[i] = (passage_id)passage++;
        p->short_impacts[i] = p->bytes.bytes[at++];
        if (passage > NO_PASSAGE)
            return false;
    }
    p->n = p->df;
    p->passage = p->passages[0];
    p->impacts = p->short_impacts;
    p->impact_bits = 8;
    p->least = 0;
    return true;
}

void postings_open(struct postings *p, const struct index *index, term_id term)
{
    struct index_term info = index_term(index, term);
    struct slice all = index->section[SECTION_POSTINGS];
    uint32_t df = info.document_frequency;
    p->bytes = info.postings < all.n_bytes ? slice_from(all, (size_t)info.postings)
                                           : (struct slice){ "", 0 };
    p->df = df;
    p->block = p->at = p->n = p->n_blocks = 0;
    if (df > SHORT_LIST && df / POSTINGS_BLOCK < p->bytes.n_bytes / POSTINGS_HEADER_BYTES) {
        p->n_blocks = (df + POSTINGS_BLOCK - 1) / POSTINGS_BLOCK;
        if ((uint64_t)p->n_blocks * POSTINGS_HEADER_BYTES <= p->bytes.n_bytes) {
            load_block(p, 0);
            return;
        }
        p->n_blocks = 0;
    } else if (df > 0 && df <= SHORT_LIST) {
        p->n_blocks = 1;
        if (load_short(p))
            return;
        p->n_blocks = 0;
    }
    finish(p);
}
