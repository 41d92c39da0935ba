#include "rank/pairs.h"

#include "text/analyzer.h"
#include "text/stopwords.h"

#include <string.h>

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

static void append_keys(struct buffer *out, struct analyzer *analyzer, struct slice text)
{
    struct pair_state state = { 0 };
    struct token token;
    struct word_pair pair;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token))
        if (!token.is_joined &&
            pair_next(&state, index_hash(token.term), stopword_is(token.surface), &pair))
            buffer_append_u16(out, pair.key);
}

int pairs_write(struct buffer *out, const struct index *index, const struct memory *memory)
{
    struct analyzer analyzer;
    struct buffer keys;
    int status = analyzer_init(&analyzer);
    if (status != OSSEO_OK)
        return status;
    buffer_init(&keys, memory, UINT32_MAX);
    buffer_append_u32(out, 0);
    for (passage_id p = 0; p < index->n_passages; p++) {
        struct index_passage passage = index_passage(index, p);
        append_keys(&keys, &analyzer, index_topic(index, passage.topic).heading);
        append_keys(&keys, &analyzer, passage.text);
        buffer_append_u32(out, (uint32_t)(keys.n_bytes / 2));
    }
    buffer_append_slice(out, buffer_slice(&keys));
    status = keys.failed || out->failed ? OSSEO_ENOMEM : OSSEO_OK;
    buffer_release(&keys);
    analyzer_release(&analyzer);
    return status;
}

struct slice pairs_of(const struct index *index, passage_id passage)
{
    struct slice section = index->section[SECTION_PAIRS];
    uint64_t keys = ((uint64_t)index->n_passages + 1) * 4;
    uint64_t first = bytes_u32(section, (size_t)passage * 4);
    uint64_t end = bytes_u32(section, ((size_t)passage + 1) * 4);
    return end < first ? (struct slice){ "", 0 }
                       : bytes_part(section, keys + first * 2, (end - first) * 2);
}

/* Eight keys that are compared at once, by whatever the processor has for that. */
typedef uint16_t eight __attribute__((vector_size(16)));

static eight load_eight(const char *keys)
{
    eight loaded;
    memcpy(&loaded, keys, sizeof loaded);
    return loaded;
}

bool pairs_hold(struct slice keys, uint16_t key)
{
    const char bytes[2] = { (char)(key & 0xFF), (char)(key >> 8) };
    uint16_t sought;
    memcpy(&sought, bytes, sizeof sought);
    if (keys.n_bytes < sizeof(eight)) {
        for (size_t at = 0; at + 2 <= keys.n_bytes; at += 2)
            if (memcmp(keys.bytes + at, bytes, 2) == 0)
                return true;
        return false;
    }
    const char *last = keys.bytes + keys.n_bytes / 2 * 2 - sizeof(eight);
    eight each = (eight){ 0 } + sought, holds = (eight)(load_eight(last) == each);
    for (const char *at = keys.bytes; at < last; at += sizeof(eight))
        holds |= (eight)(load_eight(at) == each);
    uint64_t halves[2];
    memcpy(halves, &holds, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}
