#include "index/terms.h"

#define BLOCK_ROW_BYTES 12
#define MOST_SHARED 15
#define SHORT_REST 15

static uint64_t prefix_of(struct slice name)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < name.n_bytes ? (unsigned char)name.bytes[i] : 0);
    return prefix;
}

static size_t common_bytes(struct slice a, struct slice b)
{
    size_t n = 0;
    while (n < a.n_bytes && n < b.n_bytes && a.bytes[n] == b.bytes[n])
        n++;
    return n;
}

void terms_write(struct terms_writer *w, struct slice name, struct index_term term)
{
    bool is_first = w->n_terms++ % TERMS_BLOCK == 0;
    size_t n_shared = is_first ? 0 : common_bytes(name, (struct slice){ w->before, w->n_before });
    n_shared = n_shared > MOST_SHARED ? MOST_SHARED : n_shared;
    size_t n_rest = name.n_bytes - n_shared;
    if (is_first) {
        buffer_append_u64(w->blocks, prefix_of(name));
        buffer_append_u32(w->blocks, (uint32_t)w->terms->n_bytes);
        buffer_append_varint(w->terms, term.postings);
    }
    buffer_append_byte(w->terms, (char)(n_shared << 4 | (n_rest < SHORT_REST ? n_rest : SHORT_REST)));
    if (n_rest >= SHORT_REST)
        buffer_append_byte(w->terms, (char)(n_rest - SHORT_REST));
    buffer_append_slice(w->terms, slice_from(name, n_shared));
    buffer_append_varint(w->terms, term.document_frequency);
    buffer_append_varint(w->terms, term.n_bytes);
    memcpy(w->before, name.bytes, name.n_bytes);
    w->n_before = name.n_bytes;
}

struct entry {
    size_t n_shared;
    struct slice rest;
    struct index_term term;
};

/* Reads the entry at `*at`, whose list begins at `*postings`.  False where it leads
 * outside. */
static bool read_entry(struct entry *out, struct slice terms, size_t *at, uint64_t *postings)
{
    if (*at >= terms.n_bytes)
        return false;
    unsigned char shares = (unsigned char)terms.bytes[(*at)++];
    size_t n_rest = shares & 15;
    if (n_rest == SHORT_REST && *at < terms.n_bytes)
        n_rest += (unsigned char)terms.bytes[(*at)++];
    if (n_rest > terms.n_bytes - *at)
        return false;
    out->n_shared = shares >> 4;
    out->rest = (struct slice){ terms.bytes + *at, n_rest };
    *at += n_rest;
    out->term.document_frequency = (uint32_t)bytes_varint(terms, at);
    out->term.n_bytes = bytes_varint(terms, at);
    out->term.postings = *postings;
    *postings += out->term.n_bytes;
    return true;
}

static struct slice first_name(struct slice terms, size_t at)
{
    struct entry entry;
    uint64_t postings = bytes_varint(terms, &at);
    return read_entry(&entry, terms, &at, &postings) ? entry.rest : (struct slice){ "", 0 };
}

/* The last block whose first name is not behind `name`; false where there is none. */
static bool find_block(size_t *at, const struct index *index, struct slice name)
{
    struct slice blocks = index->section[SECTION_TERM_BLOCKS], terms = index->section[SECTION_TERMS];
    size_t low = 0, high = blocks.n_bytes / BLOCK_ROW_BYTES;
    uint64_t prefix = prefix_of(name);
    while (low < high) {
        size_t middle = low + (high - low) / 2, row = middle * BLOCK_ROW_BYTES;
        uint64_t here = bytes_u64(blocks, row);
        bool is_behind = here > prefix ||
                         (here == prefix &&
                          slice_compare(first_name(terms, bytes_u32(blocks, row + 8)), name) > 0);
        if (is_behind)
            high = middle;
        else
            low = middle + 1;
    }
    *at = low == 0 ? 0 : bytes_u32(blocks, (low - 1) * BLOCK_ROW_BYTES + 8);
    return low > 0;
}

bool terms_find(struct index_term *out, const struct index *index, struct slice name)
{
    struct slice terms = index->section[SECTION_TERMS];
    size_t at, n_same = 0; /* bytes that `name` has in common with the entry before */
    if (!find_block(&at, index, name))
        return false;
    uint64_t postings = bytes_varint(terms, &at);
    for (int i = 0; i < TERMS_BLOCK; i++) {
        struct entry entry;
        if (!read_entry(&entry, terms, &at, &postings))
            return false;
        if (entry.n_shared > n_same)
            continue; /* as far before `name` as the one before it */
        if (entry.n_shared < n_same && entry.n_shared < MOST_SHARED)
            return false; /* behind it */
        struct slice left = slice_from(name, entry.n_shared);
        size_t n = common_bytes(left, entry.rest);
        n_same = entry.n_shared + n;
        if (n == left.n_bytes && n == entry.rest.n_bytes) {
            *out = entry.term;
            return true;
        }
    }
    return false;
}

void terms_start(struct terms_walk *walk, const struct index *index)
{
    *walk = (struct terms_walk){ .index = index };
}

bool terms_next(struct index_term *out, struct terms_walk *walk)
{
    struct slice terms = walk->index->section[SECTION_TERMS];
    struct entry entry;
    if (walk->n_read == walk->index->n_terms)
        return false;
    if (walk->n_read % TERMS_BLOCK == 0)
        walk->postings = bytes_varint(terms, &walk->at);
    if (!read_entry(&entry, terms, &walk->at, &walk->postings) || entry.n_shared > walk->n_name ||
        entry.rest.n_bytes > sizeof walk->name - entry.n_shared)
        return false;
    memcpy(walk->name + entry.n_shared, entry.rest.bytes, entry.rest.n_bytes);
    walk->n_name = entry.n_shared + entry.rest.n_bytes;
    walk->n_read++;
    *out = entry.term;
    return true;
}
