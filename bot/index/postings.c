#include "index/postings.h"

/* What numbers that are kept apart must save in a block, in bytes: reading them takes
 * longer. */
#define LEAST_SAVED 2
#define MOST_LARGE 31
#define MORE_SHIFT 5 /* behind what counts up to that */
#define HAS_LARGE_TF 0x80
/* Of N_TF_CODES. */
#define MOST_TF_BITS 5

static unsigned bits_of(uint32_t value)
{
    return value == 0 ? 0 : 32 - (unsigned)__builtin_clz(value);
}

/* Bits on their way to whole bytes. */
struct packing {
    uint64_t bits;
    unsigned n;
    size_t n_bytes;
    char bytes[POSTINGS_BLOCK * 4 + 8];
};

static void pack_bytes(struct packing *p, unsigned n_bytes)
{
    for (unsigned i = 0; i < n_bytes; i++)
        p->bytes[p->n_bytes++] = (char)(p->bits >> 8 * i & 0xFF);
}

static void pack(struct packing *p, uint32_t value, unsigned width)
{
    p->bits |= (uint64_t)value << p->n;
    p->n += width;
    if (p->n >= 32) {
        pack_bytes(p, 4);
        p->bits >>= 32;
        p->n -= 32;
    }
}

static void pack_end(struct packing *p, struct buffer *out)
{
    pack_bytes(p, (p->n + 7) / 8);
    buffer_append(out, p->bytes, p->n_bytes);
}

struct block {
    const struct posting *postings; /* (n) */
    size_t n;
    uint32_t gaps[POSTINGS_BLOCK];
    unsigned gap_bits, tf_bits, more_bytes;
    uint8_t largest;
};

static size_t packed_bytes(size_t n, unsigned width)
{
    return (n * width + 7) / 8;
}

/* Of `more` where the largest gap has so many bits beyond its width. */
static unsigned bytes_of_more(unsigned bits)
{
    return bits == 0 ? 1 : (bits + 7) / 8;
}

/* The width that is shortest, or that of the largest gap where little is saved. */
static void choose_gap_width(struct block *b)
{
    unsigned n_of[33] = { 0 }, plain = 32, best; /* gaps by their bits */
    for (size_t i = 0; i < b->n; i++)
        n_of[bits_of(b->gaps[i])]++;
    while (plain > 0 && n_of[plain] == 0)
        plain--;
    size_t least = packed_bytes(b->n, best = plain);
    least = least > LEAST_SAVED ? least - LEAST_SAVED : 0;
    for (unsigned width = plain, n_large = 0; width-- > 0;) {
        n_large += n_of[width + 1];
        size_t n = packed_bytes(b->n, width) + n_large * (1 + bytes_of_more(plain - width));
        if (n_large > MOST_LARGE)
            break;
        if (n < least) {
            least = n;
            best = width;
        }
    }
    b->gap_bits = best;
    b->more_bytes = bytes_of_more(plain - best);
}

static unsigned tf_width(const struct block *b)
{
    unsigned n_of[9] = { 0 }, best = 0, n_large = 0; /* codes by their bits */
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < b->n; i++)
        n_of[bits_of(b->postings[i].tf)]++;
    for (unsigned width = MOST_TF_BITS + 1; width-- > 0;) {
        n_large += n_of[width + 1];
        size_t n = packed_bytes(b->n, width) + (n_large > 0 ? LEAST_SAVED + 1 + 2 * n_large : 0);
        if (n < least) {
            least = n;
            best = width;
        }
    }
    return best;
}

static void block_of(struct block *b, const struct posting *postings, size_t n, size_t start,
                     struct impacts impacts)
{
    uint32_t before = start == 0 ? NO_PASSAGE : postings[start - 1].passage;
    b->postings = postings + start;
    b->n = n - start < POSTINGS_BLOCK ? n - start : POSTINGS_BLOCK;
    b->largest = 0;
    for (size_t i = 0; i < b->n; i++) {
        uint8_t impact = impact_of(impacts, b->postings[i].tf, b->postings[i].passage);
        b->gaps[i] = b->postings[i].passage - before - 1;
        before = b->postings[i].passage;
        b->largest = impact > b->largest ? impact : b->largest;
    }
    choose_gap_width(b);
    b->tf_bits = tf_width(b);
}

static void write_block(struct buffer *out, const struct block *b)
{
    struct packing gaps = { .n = 0 }, tfs = { .n = 0 };
    unsigned n_large = 0, n_large_tf = 0, tf_bits = b->tf_bits;
    for (size_t i = 0; i < b->n; i++) {
        n_large += b->gaps[i] >> b->gap_bits != 0;
        n_large_tf += b->postings[i].tf >> tf_bits != 0;
        pack(&gaps, b->gaps[i] & ((1u << b->gap_bits) - 1), b->gap_bits);
        pack(&tfs, b->postings[i].tf & ((1u << tf_bits) - 1), tf_bits);
    }
    buffer_append_byte(out, (char)(n_large | (b->more_bytes - 1) << MORE_SHIFT |
                                   (n_large_tf > 0 ? HAS_LARGE_TF : 0)));
    if (n_large_tf > 0)
        buffer_append_byte(out, (char)n_large_tf);
    for (size_t i = 0; i < b->n; i++)
        if (b->gaps[i] >> b->gap_bits != 0)
            buffer_append_byte(out, (char)i);
    for (size_t i = 0; i < b->n; i++)
        for (unsigned j = 0; b->gaps[i] >> b->gap_bits != 0 && j < b->more_bytes; j++)
            buffer_append_byte(out, (char)(b->gaps[i] >> b->gap_bits >> 8 * j & 0xFF));
    for (size_t i = 0; i < b->n; i++)
        if (b->postings[i].tf >> tf_bits != 0) {
            buffer_append_byte(out, (char)i);
            buffer_append_byte(out, (char)b->postings[i].tf);
        }
    pack_end(&gaps, out);
    pack_end(&tfs, out);
}

static void write_short(struct buffer *out, const struct posting *postings, size_t n)
{
    uint32_t before = NO_PASSAGE;
    for (size_t i = 0; i < n; i++) {
        uint64_t gap = postings[i].passage - before - 1;
        buffer_append_varint(out, gap << 1 | (postings[i].tf != 0));
        if (postings[i].tf != 0)
            buffer_append_byte(out, (char)postings[i].tf);
        before = postings[i].passage;
    }
}

static unsigned widths_of(const struct block *b)
{
    return b->gap_bits | b->tf_bits << 5;
}

void postings_write(struct buffer *out, const struct posting *postings, size_t n,
                    struct impacts impacts)
{
    size_t headers = out->n_bytes, at = 0;
    struct block b;
    if (n <= SHORT_LIST) {
        write_short(out, postings, n);
        return;
    }
    if (n <= POSTINGS_BLOCK) {
        block_of(&b, postings, n, 0, impacts);
        buffer_append_byte(out, (char)b.largest);
        buffer_append_byte(out, (char)widths_of(&b));
        write_block(out, &b);
        return;
    }
    for (size_t start = 0; start < n; start += POSTINGS_BLOCK)
        buffer_append(out, (const char[POSTINGS_HEADER_BYTES]){ 0 }, POSTINGS_HEADER_BYTES);
    size_t blocks = out->n_bytes;
    for (size_t start = 0; start < n && !out->failed; start += POSTINGS_BLOCK) {
        block_of(&b, postings, n, start, impacts);
        uint32_t last = b.postings[b.n - 1].passage, offset = (uint32_t)(out->n_bytes - blocks);
        char *header = out->bytes + headers + at++ * POSTINGS_HEADER_BYTES;
        for (int i = 0; i < 4; i++) {
            header[i] = (char)(last >> 8 * i & 0xFF);
            header[4 + i] = (char)(offset >> 8 * i & 0xFF);
        }
        header[8] = (char)b.largest;
        header[9] = (char)widths_of(&b);
        write_block(out, &b);
    }
}

static void stand_at_first(struct postings *p, uint32_t n)
{
    p->at = 0;
    p->n = n;
    p->passage = p->passages[0];
    for (uint32_t i = 0; i < SOUGHT_AT_ONCE; i++)
        p->passages[n + i] = NO_PASSAGE;
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
    if (p->df <= POSTINGS_BLOCK)
        return p->passages[p->df - 1];
    return bytes_u32(p->bytes, (size_t)b * POSTINGS_HEADER_BYTES);
}

uint8_t postings_block_largest(const struct postings *p, uint32_t b)
{
    if (b >= p->n_blocks)
        return 0;
    if (p->df > POSTINGS_BLOCK)
        return header(p, b)[8];
    if (p->df > SHORT_LIST)
        return (uint8_t)p->bytes.bytes[0];
    uint8_t largest = 0;
    for (uint32_t i = 0; i < p->df; i++)
        if (postings_impact_at(p, i) > largest)
            largest = postings_impact_at(p, i);
    return largest;
}

/* Unpacks `n` gaps.  Narrow ones, which most are, come eight or four from one load. */
static void unpack_gaps(uint32_t *out, const char *bits, uint32_t n, unsigned width)
{
    uint64_t mask = (1ull << width) - 1;
    uint32_t i = 0;
    if (width <= 8)
        for (; i + 8 <= n; i += 8, bits += width) {
            uint64_t eight = bytes_load(bits);
            for (uint32_t j = 0; j < 8; j++, eight >>= width)
                out[i + j] = (uint32_t)(eight & mask);
        }
    else if (width <= 14)
        for (; i + 8 <= n; i += 8, bits += width)
            for (uint32_t half = 0; half < 8; half += 4) {
                uint32_t bit = half * width;
                uint64_t four = bytes_load(bits + bit / 8) >> bit % 8;
                for (uint32_t j = half; j < half + 4; j++, four >>= width)
                    out[i + j] = (uint32_t)(four & mask);
            }
    for (uint32_t bit = 0; i < n; i++, bit += width)
        out[i] = (uint32_t)(bytes_load(bits + bit / 8) >> bit % 8 & mask);
}

/* Gaps to passages behind `last`; returns the last of them. */
static uint64_t add_up_gaps(uint32_t *gaps, uint32_t n, uint64_t last)
{
    uint32_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (uint32_t j = i; j < i + 8; j++)
            gaps[j] = (passage_id)(last += (uint64_t)gaps[j] + 1);
    for (; i < n; i++)
        gaps[i] = (passage_id)(last += (uint64_t)gaps[i] + 1);
    return last;
}

/* A block's bytes, apart. */
struct parts {
    uint32_t n_large, more_bytes, n_large_tf;
    const unsigned char *large, *more, *large_tf;
    const char *gaps, *tf;
    unsigned gap_bits, tf_bits;
};

/* False where they do not fit into the block. */
static bool read_parts(struct parts *out, struct slice block, uint32_t n, unsigned widths)
{
    struct parts p = { .gap_bits = widths & 31, .tf_bits = widths >> 5 };
    const unsigned char *bytes = (const unsigned char *)block.bytes;
    if (block.n_bytes < 2)
        return false;
    p.n_large = bytes[0] & MOST_LARGE;
    p.more_bytes = (bytes[0] >> MORE_SHIFT & 3) + 1u;
    size_t at = 1;
    if ((bytes[0] & HAS_LARGE_TF) != 0)
        p.n_large_tf = bytes[at++];
    size_t more = at + p.n_large, large_tf = more + (size_t)p.n_large * p.more_bytes;
    size_t gaps = large_tf + 2 * (size_t)p.n_large_tf, tf = gaps + packed_bytes(n, p.gap_bits);
    if (tf + packed_bytes(n, p.tf_bits) + POSTINGS_MARGIN > block.n_bytes)
        return false;
    p.large = bytes + at;
    p.more = bytes + more;
    p.large_tf = bytes + large_tf;
    p.gaps = block.bytes + gaps;
    p.tf = block.bytes + tf;
    *out = p;
    return true;
}

/* Adds what large gaps have beyond their bits.  False where one leads outside. */
static bool patch_gaps(uint32_t *gaps, uint32_t n, const struct parts *p)
{
    uint64_t mask = (1ull << 8 * p->more_bytes) - 1;
    for (uint32_t i = 0; i < p->n_large; i++) {
        uint64_t more = bytes_load((const char *)p->more + i * p->more_bytes) & mask;
        if (p->large[i] >= n || more >= MOST_PASSAGES >> p->gap_bits)
            return false;
        gaps[p->large[i]] += (uint32_t)(more << p->gap_bits);
    }
    return true;
}

/* Eight numbers of up to 8 bits to a byte each, all at once: of the eight the upper four
 * move up, of each four the upper two, of each two the upper one. */
static inline uint64_t to_bytes(uint64_t bits, unsigned width)
{
    uint64_t four = (1ull << 4 * width) - 1, two = ((1ull << 2 * width) - 1) * 0x0000000100000001u;
    uint64_t one = ((1ull << width) - 1) * 0x0001000100010001u;
    bits = (bits & four) | (bits << (32 - 4 * width) & four << 32);
    bits = (bits & two) | (bits << (16 - 2 * width) & two << 16);
    return (bits & one) | (bits << (8 - width) & one << 8);
}

/* False where a large one leads outside. */
static bool unpack_tf(uint8_t *out, uint32_t n, const struct parts *parts)
{
    const char *bits = parts->tf;
    const unsigned char *large = parts->large_tf;
    for (uint32_t i = 0; i < n; i += 8, bits += parts->tf_bits)
        bytes_store((char *)out + i, to_bytes(bytes_load(bits), parts->tf_bits));
    for (uint32_t i = 0; i < parts->n_large_tf; i++, large += 2) {
        if (large[0] >= n)
            return false;
        out[large[0]] = large[1];
    }
    return true;
}

/* Unpacks a block of `n` postings from `start` on, the first behind passage `next` - 1.
 * False where it leads outside. */
static bool unpack(struct postings *p, uint64_t start, uint32_t n, unsigned widths, uint64_t next)
{
    struct parts parts;
    if (start > p->bytes.n_bytes ||
        !read_parts(&parts, slice_from(p->bytes, (size_t)start), n, widths))
        return false;
    unpack_gaps(p->passages, parts.gaps, n, parts.gap_bits);
    if (!patch_gaps(p->passages, n, &parts) || !unpack_tf(p->tf, n, &parts))
        return false;
    uint64_t last = add_up_gaps(p->passages, n, next - 1);
    /* No gap is below 0: where the last passage is one, all are. */
    if (last >= p->n_passages)
        return false;
    stand_at_first(p, n);
    return true;
}

/* Unpacks block `b`.  One that is not sound ends the list. */
static void load_block(struct postings *p, uint32_t b)
{
    uint64_t start = (uint64_t)p->n_blocks * POSTINGS_HEADER_BYTES +
                     bytes_u32(p->bytes, (size_t)b * POSTINGS_HEADER_BYTES + 4);
    uint32_t n = b + 1 < p->n_blocks ? POSTINGS_BLOCK : p->df - b * POSTINGS_BLOCK;
    uint64_t next = b == 0 ? 0 : (uint64_t)postings_block_last(p, b - 1) + 1;
    p->block = b;
    if (!unpack(p, start, n, header(p, b)[9], next) ||
        p->passages[n - 1] != postings_block_last(p, b))
        finish(p);
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

/* How many passages from `passages` on come before `passage`, which is not behind all. */
static uint32_t count_before(const passage_id *passages, passage_id passage)
{
    const passage_id *at = passages;
    uint32_t n = 0;
    while (at[SOUGHT_AT_ONCE - 1] < passage)
        at += SOUGHT_AT_ONCE;
    for (uint32_t i = 0; i < SOUGHT_AT_ONCE - 1; i++)
        n += at[i] < passage;
    return (uint32_t)(at - passages) + n;
}

void postings_seek_on(struct postings *p, passage_id passage)
{
    if (p->passages[p->n - 1] < passage) {
        uint32_t b = find_block(p, p->block + 1, passage);
        if (b >= p->n_blocks) {
            finish(p);
            return;
        }
        load_block(p, b);
        if (p->passage >= passage) /* or NO_PASSAGE, where the block is not sound */
            return;
    }
    p->at += count_before(p->passages + p->at, passage);
    p->passage = p->passages[p->at];
}

/* A list of a few postings is unpacked at once, as a block of its own. */
static bool load_short(struct postings *p)
{
    size_t at = 0;
    uint64_t next = 0;
    for (uint32_t i = 0; i < p->df; i++) {
        uint64_t gap = bytes_varint(p->bytes, &at);
        bool has_tf = gap & 1;
        next += gap >> 1;
        if (gap >> 1 >= MOST_PASSAGES || at + has_tf > p->bytes.n_bytes || next >= p->n_passages)
            return false;
        p->passages[i] = (passage_id)next++;
        p->tf[i] = has_tf ? (uint8_t)p->bytes.bytes[at++] : 0;
    }
    stand_at_first(p, p->df);
    return true;
}

void postings_open(struct postings *p, const struct index *index, const struct index_term *term)
{
    p->bytes = term->n_bytes > SIZE_MAX - POSTINGS_MARGIN
                   ? (struct slice){ "", 0 }
                   : bytes_part(index->section[SECTION_POSTINGS], term->postings,
                                term->n_bytes + POSTINGS_MARGIN);
    p->impacts = index_impacts(index);
    p->df = term->document_frequency;
    p->n_passages = index->n_passages;
    p->block = p->at = p->n = p->n_blocks = 0;
    if (p->df > POSTINGS_BLOCK && p->df <= p->n_passages) {
        p->n_blocks = (p->df - 1) / POSTINGS_BLOCK + 1;
        if ((uint64_t)p->n_blocks * POSTINGS_HEADER_BYTES <= p->bytes.n_bytes) {
            load_block(p, 0);
            return;
        }
    } else if (p->df > 0 && p->df <= POSTINGS_BLOCK) {
        p->n_blocks = 1;
        if (p->df <= SHORT_LIST ? load_short(p)
                                : p->bytes.n_bytes >= ONE_HEADER_BYTES &&
                                      unpack(p, ONE_HEADER_BYTES, p->df,
                                             (unsigned char)p->bytes.bytes[1], 0))
            return;
    }
    p->n_blocks = 0;
    finish(p);
}
