#include "index/builder.h"

#include "index/postings.h"

#include <stdlib.h>

int builder_init(struct builder *b, const struct memory *memory)
{
    *b = (struct builder){ .memory = memory };
    dictionary_init(&b->terms, memory);
    array_init(&b->shared, memory, sizeof(struct counted));
    array_init(&b->counted, memory, sizeof(struct counted));
    array_init(&b->counted_start, memory, sizeof(uint32_t));
    array_init(&b->lengths, memory, sizeof(uint32_t) * N_FIELDS);
    array_init(&b->slot_of_term, memory, sizeof(uint32_t));
    return analyzer_init(&b->analyzer);
}

void builder_release(struct builder *b)
{
    analyzer_release(&b->analyzer);
    dictionary_release(&b->terms);
    array_release(&b->shared);
    array_release(&b->counted);
    array_release(&b->counted_start);
    array_release(&b->lengths);
    array_release(&b->slot_of_term);
}

/* Where `term` is counted in the items from `first` on; they are of one passage
 * or shared, and slot_of_term points at them. */
static struct counted *counted_for(struct builder *b, struct array *items, size_t first,
                                   uint32_t term)
{
    while (b->slot_of_term.n <= term)
        if (array_add(&b->slot_of_term) == NULL)
            return NULL;
    uint32_t *slot = (uint32_t *)b->slot_of_term.items + term;
    if (*slot > first && *slot <= items->n) {
        struct counted *found = (struct counted *)items->items + *slot - 1;
        if (found->term == term)
            return found;
    }
    struct counted *added = array_add(items);
    if (added == NULL)
        return NULL;
    added->term = term;
    *slot = (uint32_t)items->n;
    return added;
}

static int count_text(struct builder *b, struct array *items, size_t first, enum field field,
                      struct slice text, uint32_t length[N_FIELDS])
{
    struct token token;
    analyzer_start(&b->analyzer, text);
    while (analyzer_next(&b->analyzer, &token)) {
        uint32_t term = dictionary_add(&b->terms, token.term);
        struct counted *counted =
            term == DICTIONARY_NONE ? NULL : counted_for(b, items, first, term);
        if (counted == NULL)
            return OSSEO_ENOMEM;
        if (counted->tf[field] < UINT16_MAX)
            counted->tf[field]++;
        /* A joined form is a second reading of words that are counted already. */
        length[field] += !token.is_joined;
    }
    return OSSEO_OK;
}

void builder_start_topic(struct builder *b)
{
    array_clear(&b->shared);
    memset(b->shared_length, 0, sizeof b->shared_length);
}

int builder_add_shared(struct builder *b, enum field field, struct slice text)
{
    return count_text(b, &b->shared, 0, field, text, b->shared_length);
}

int builder_add_passage(struct builder *b, struct slice text)
{
    uint32_t *start = array_add(&b->counted_start);
    uint32_t *length = array_add(&b->lengths);
    if (start == NULL || length == NULL || b->counted.n > UINT32_MAX / 2)
        return OSSEO_ENOMEM;
    size_t first = b->counted.n;
    *start = (uint32_t)first;
    memcpy(length, b->shared_length, sizeof b->shared_length);
    for (size_t i = 0; i < b->shared.n; i++) {
        const struct counted *shared = (const struct counted *)b->shared.items + i;
        struct counted *counted = counted_for(b, &b->counted, first, shared->term);
        if (counted == NULL)
            return OSSEO_ENOMEM;
        memcpy(counted->tf, shared->tf, sizeof counted->tf);
    }
    return count_text(b, &b->counted, first, FIELD_TEXT, text, length);
}

static double weighed_length(const uint32_t length[N_FIELDS],
                             const struct weight_parameters *parameters)
{
    double sum = 0;
    for (int f = 0; f < N_FIELDS; f++)
        sum += parameters->field_weight[f] * length[f];
    return sum;
}

static double mean_length(const struct builder *b, const struct weight_parameters *parameters)
{
    double sum = 0;
    for (size_t p = 0; p < b->lengths.n; p++)
        sum += weighed_length((const uint32_t *)b->lengths.items + p * N_FIELDS, parameters);
    return b->lengths.n == 0 ? 0 : sum / (double)b->lengths.n;
}

/* BM25F's weight of a counted term in steps of 1/255; never 0, since the term
 * is there. */
static uint8_t impact_of(const struct counted *counted, double length, double mean,
                         const struct weight_parameters *parameters)
{
    double tf = 0;
    for (int f = 0; f < N_FIELDS; f++)
        tf += parameters->field_weight[f] * counted->tf[f];
    tf = weight_tf(tf, length, mean, parameters->b);
    double impact = 255 * weight_saturate(tf, parameters->k1) + 0.5;
    return impact < 1 ? 1 : impact > 255 ? 255 : (uint8_t)impact;
}

/* Postings by term: a counting sort, which keeps passages in order. */
static struct posting *sort_postings(struct builder *b, const struct weight_parameters *parameters,
                                     struct arena *arena, uint32_t *term_start)
{
    const struct counted *all = b->counted.items;
    const uint32_t *start = b->counted_start.items, *lengths = b->lengths.items;
    uint32_t n_terms = dictionary_size(&b->terms);
    struct posting *sorted = arena_array(arena, b->counted.n, sizeof *sorted);
    uint32_t *next = arena_array(arena, n_terms, sizeof *next);
    if (sorted == NULL || next == NULL)
        return NULL;

    double mean = mean_length(b, parameters);
    for (size_t i = 0; i < b->counted.n; i++)
        term_start[all[i].term + 1]++;
    for (uint32_t t = 0; t < n_terms; t++) {
        next[t] = term_start[t];
        term_start[t + 1] += term_start[t];
    }
    for (size_t p = 0; p < b->lengths.n; p++) {
        size_t end = p + 1 < b->lengths.n ? start[p + 1] : b->counted.n;
        double length = weighed_length(lengths + p * N_FIELDS, parameters);
        for (size_t i = start[p]; i < end; i++)
            sorted[next[all[i].term]++] =
                (struct posting){ (passage_id)p, impact_of(&all[i], length, mean, parameters) };
    }
    return sorted;
}

static int write_hash(const struct builder *b, const uint32_t *order, struct arena *arena,
                      struct buffer *out)
{
    uint32_t n_terms = dictionary_size(&b->terms), n_slots = 4;
    while (n_slots < n_terms / 2 * 3 + 2)
        n_slots *= 2;
    uint32_t *slots = arena_array(arena, n_slots, sizeof *slots);
    if (slots == NULL)
        return OSSEO_ENOMEM;
    for (uint32_t i = 0; i < n_terms; i++) {
        uint32_t slot = index_hash(dictionary_name(&b->terms, order[i])) & (n_slots - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = i + 1;
    }
    for (uint32_t i = 0; i < n_slots; i++)
        buffer_append_u32(out, slots[i]);
    return OSSEO_OK;
}

int builder_seal(struct builder *b, const struct weight_parameters *parameters,
                 struct writer *writer)
{
    struct arena arena;
    arena_init(&arena, b->memory);
    uint32_t n_terms = dictionary_size(&b->terms);
    uint32_t *order = dictionary_order(&b->terms, &arena);
    uint32_t *start = arena_array(&arena, (size_t)n_terms + 1, sizeof *start);
    struct posting *postings =
        order == NULL || start == NULL ? NULL : sort_postings(b, parameters, &arena, start);
    int status = OSSEO_ENOMEM;
    if (postings == NULL)
        goto done;

    struct buffer *rows = &writer->section[SECTION_TERMS];
    for (uint32_t i = 0; i < n_terms; i++) {
        uint32_t t = order[i], df = start[t + 1] - start[t], largest = 0;
        for (uint32_t j = start[t]; j < start[t + 1]; j++)
            if (postings[j].impact > largest)
                largest = postings[j].impact;
        writer_append_text(writer, rows, dictionary_name(&b->terms, t));
        buffer_append_u32(rows, df);
        buffer_append_u32(rows, largest);
        buffer_append_u64(rows, writer->section[SECTION_POSTINGS].n_bytes);
        postings_write(&writer->section[SECTION_POSTINGS], postings + start[t], df);
    }
    buffer_append(&writer->section[SECTION_POSTINGS], (const char[POSTINGS_MARGIN]){ 0 },
                  POSTINGS_MARGIN);
    status = write_hash(b, order, &arena, &writer->section[SECTION_TERM_HASH]);
done:
    arena_release(&arena);
    return status;
}
