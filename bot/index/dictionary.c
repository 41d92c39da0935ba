#include "index/dictionary.h"

#include "index/reader.h"

#include <stdlib.h>

void dictionary_init(struct dictionary *dictionary, const struct memory *memory)
{
    *dictionary = (struct dictionary){ .memory = memory };
    arena_init(&dictionary->names, memory);
    array_init(&dictionary->entries, memory, sizeof(struct slice));
}

void dictionary_release(struct dictionary *dictionary)
{
    memory_free(dictionary->memory, dictionary->slots,
                dictionary->n_slots * sizeof *dictionary->slots);
    array_release(&dictionary->entries);
    arena_release(&dictionary->names);
    dictionary->slots = NULL;
    dictionary->n_slots = 0;
}

/* The slot that holds `name`, or the empty one where it belongs. */
static size_t find_slot(const struct dictionary *d, struct slice name)
{
    size_t slot = index_hash(name) & (d->n_slots - 1);
    while (d->slots[slot] != 0 && !slice_equal(dictionary_name(d, d->slots[slot] - 1), name))
        slot = (slot + 1) & (d->n_slots - 1);
    return slot;
}

/* Twice the slots; at most two thirds are used. */
static bool grow(struct dictionary *d)
{
    struct dictionary larger = *d;
    larger.n_slots = d->n_slots == 0 ? 1024 : d->n_slots * 2;
    larger.slots = memory_allocate(d->memory, larger.n_slots * sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    memset(larger.slots, 0, larger.n_slots * sizeof *larger.slots);
    for (uint32_t i = 0; i < d->entries.n; i++)
        larger.slots[find_slot(&larger, dictionary_name(d, i))] = i + 1;
    memory_free(d->memory, d->slots, d->n_slots * sizeof *d->slots);
    d->slots = larger.slots;
    d->n_slots = larger.n_slots;
    return true;
}

uint32_t dictionary_add(struct dictionary *d, struct slice name)
{
    if (d->entries.n * 3 >= d->n_slots * 2 && !grow(d))
        return DICTIONARY_NONE;
    size_t slot = find_slot(d, name);
    if (d->slots[slot] != 0)
        return d->slots[slot] - 1;
    struct slice copy = arena_copy(&d->names, name);
    struct slice *entry = copy.bytes == NULL ? NULL : array_add(&d->entries);
    if (entry == NULL)
        return DICTIONARY_NONE;
    *entry = copy;
    d->slots[slot] = (uint32_t)d->entries.n;
    return (uint32_t)d->entries.n - 1;
}

uint32_t dictionary_find(const struct dictionary *d, struct slice name)
{
    if (d->n_slots == 0)
        return DICTIONARY_NONE;
    uint32_t entry = d->slots[find_slot(d, name)];
    return entry == 0 ? DICTIONARY_NONE : entry - 1;
}

struct named {
    struct slice name;
    uint32_t number;
};

static int by_name(const void *a, const void *b)
{
    return slice_compare(((const struct named *)a)->name, ((const struct named *)b)->name);
}

uint32_t *dictionary_order(const struct dictionary *d, struct arena *arena)
{
    uint32_t n = dictionary_size(d);
    uint32_t *order = arena_array(arena, n, sizeof *order);
    struct named *named = arena_array(arena, n, sizeof *named);
    if (order == NULL || named == NULL)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        named[i] = (struct named){ dictionary_name(d, i), i };
    if (n > 0)
        qsort(named, n, sizeof *named, by_name);
    for (uint32_t i = 0; i < n; i++)
        order[i] = named[i].number;
    return order;
}
