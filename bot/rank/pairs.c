#include "rank/pairs.h"

#include "text/analyzer.h"
#include "text/stopwords.h"

#include <stdlib.h>

#define ROW_BYTES 4
#define RANGE_KEYS ((UINT16_MAX + 1) / PAIR_RANGES)

bool pair_next(struct pair_state *state, uint32_t hash, bool is_stopword, struct word_pair *out)
{
    bool makes_one = state->has_word && !(state->is_stopword && is_stopword);
    if (makes_one) {
        uint32_t both = (state->hash * 31 ^ hash) * 2654435761u; /* Knuth's multiplicative hash */
        *out = (struct word_pair){ (uint16_t)(both >> 16), state->is_stopword || is_stopword };
    }
    *state = (struct pair_state){ hash, true, is_stopword };
    return makes_one;
}

/* A row as one number. */
static uint32_t row_of(uint16_t key, passage_id passage)
{
    return (uint32_t)key << 16 | (passage & UINT16_MAX);
}

static void append_rows(struct buffer *out, struct analyzer *analyzer, struct slice text,
                        passage_id passage)
{
    struct pair_state state = { 0 };
    struct token token;
    struct word_pair pair;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token))
        if (!token.is_joined &&
            pair_next(&state, index_hash(token.term), stopword_is(token.surface), &pair))
            buffer_append_u32(out, row_of(pair.key, passage));
}

static uint32_t row_at(struct slice rows, size_t i)
{
    return bytes_u32(rows, i * ROW_BYTES);
}

static int by_row(const void *a, const void *b)
{
    uint32_t one = row_at((struct slice){ a, ROW_BYTES }, 0);
    uint32_t other = row_at((struct slice){ b, ROW_BYTES }, 0);
    return (one > other) - (one < other);
}

int pairs_write(struct buffer *out, const struct index *index, const struct memory *memory)
{
    struct analyzer analyzer;
    struct buffer rows;
    int status = analyzer_init(&analyzer);
    if (status != OSSEO_OK)
        return status;
    buffer_init(&rows, memory, UINT32_MAX);
    for (passage_id p = 0; p < index->n_passages; p++) {
        struct index_passage passage = index_passage(index, p);
        append_rows(&rows, &analyzer, index_topic(index, passage.topic).heading, p);
        append_rows(&rows, &analyzer, passage.text, p);
    }
    uint32_t n = (uint32_t)(rows.n_bytes / ROW_BYTES);
    if (n > 0)
        qsort(rows.bytes, n, ROW_BYTES, by_row);
    for (uint32_t range = 0, i = 0; range <= PAIR_RANGES; range++) {
        while (i < n && row_at(buffer_slice(&rows), i) >> 16 < range * RANGE_KEYS)
            i++;
        buffer_append_u32(out, i);
    }
    buffer_append_slice(out, buffer_slice(&rows));
    status = rows.failed || out->failed ? OSSEO_ENOMEM : OSSEO_OK;
    buffer_release(&rows);
    analyzer_release(&analyzer);
    return status;
}

/* The rows from the first on that is not before `row`.  Whether one is before it is as
 * likely as not, so there is no branch. */
static struct slice rows_from(struct slice rows, uint32_t row)
{
    size_t low = 0, half;
    for (size_t n = rows.n_bytes / ROW_BYTES; n > 0; n -= half) {
        half = (n + 1) / 2;
        low += (row_at(rows, low + half - 1) < row) * half;
    }
    return slice_from(rows, low * ROW_BYTES);
}

/* The rows of a key's range; empty where the section is, or is damaged. */
static struct slice range_of(struct slice section, uint16_t key)
{
    size_t range = key / RANGE_KEYS, rows = (PAIR_RANGES + 1) * 4;
    uint32_t first = bytes_u32(section, range * 4), end = bytes_u32(section, (range + 1) * 4);
    return end < first ? (struct slice){ "", 0 }
                       : bytes_part(section, rows + (uint64_t)first * ROW_BYTES,
                                    (uint64_t)(end - first) * ROW_BYTES);
}

struct slice pairs_find(const struct index *index, uint16_t key)
{
    struct slice from = rows_from(range_of(index->section[SECTION_PAIRS], key), row_of(key, 0));
    if (row_at(from, 0) >> 16 != key)
        return (struct slice){ "", 0 };
    return slice_cut(from, 0, from.n_bytes - rows_from(from, row_of(key, UINT16_MAX)).n_bytes);
}

bool pairs_hold(struct slice rows, passage_id passage)
{
    uint32_t row = row_of((uint16_t)(row_at(rows, 0) >> 16), passage);
    return rows.n_bytes > 0 && row_at(rows_from(rows, row), 0) == row;
}
