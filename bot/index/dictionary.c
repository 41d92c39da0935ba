#include "index/dictionary.h"

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

static uint64_t load(const char *bytes, size_t n)
{
    uint64_t value = 0;
    memcpy(&value, bytes, n);
    return value;
}

/* Eight bytes a step, which are most words; the last step reads some of them again (the
 * multiplier is Knuth's: 2^64 over the golden ratio). */
uint32_t dictionary_hash(struct slice name)
{
    const char *bytes = name.bytes;
    size_t n = name.n_bytes, at = 0;
    uint64_t hash = n;
    for (; n - at > 8; at += 8) {
        hash = (hash ^ load(bytes + at, 8)) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    if (n >= 8)
        hash ^= load(bytes + n - 8, 8);
    else if (n >= 4)
        hash ^= load(bytes, 4) << 32 | load(bytes + n - 4, 4);
    else if (n > 0)
        hash ^= (uint64_t)(unsigned char)bytes[0] << 16 | (uint64_t)(unsigned char)bytes[n / 2] << 8 |
                (unsigned char)bytes[n - 1];
    hash *= 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash >> 32);
}

/* The slot that holds `name`, or the empty one where it belongs. */
static struct dictionary_slot *find_slot(const struct dictionary *d, struct slice name,
                                         uint32_t hash)
{
    size_t slot = hash & (d->n_slots - 1);
    while (d->slots[slot].number != 0 &&
           (d->slots[slot].hash != hash ||
            !slice_equal(dictionary_name(d, d->slots[slot].number - 1), name)))
        slot = (slot + 1) & (d->n_slots - 1);
    return &d->slots[slot];
}

/* Twice the slots; at most half are used. */
static bool grow(struct dictionary *d)
{
    size_t n_slots = d->n_slots == 0 ? 1024 : d->n_slots * 2;
    struct dictionary_slot *slots = memory_allocate(d->memory, n_slots * sizeof *slots);
    if (slots == NULL)
        return false;
    memset(slots, 0, n_slots * sizeof *slots);
    for (size_t i = 0; i < d->n_slots; i++) {
        size_t slot = d->slots[i].hash & (n_slots - 1);
        if (d->slots[i].number == 0)
            continue;
        while (slots[slot].number != 0)
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = d->slots[i];
    }
    memory_free(d->memory, d->slots, d->n_slots * sizeof *d->slots);
    d->slots = slots;
    d->n_slots = n_slots;
    return true;
}

uint32_t dictionary_add(struct dictionary *d, struct slice name)
{
    if (d->entries.n * 2 >= d->n_slots && !grow(d))
        return DICTIONARY_NONE;
    uint32_t hash = dictionary_hash(name);
    struct dictionary_slot *slot = find_slot(d, name, hash);
    if (slot->number != 0)
        return slot->number - 1;
    struct slice copy = arena_copy(&d->names, name);
    struct slice *entry = copy.bytes == NULL ? NULL : array_add(&d->entries);
    if (entry == NULL)
        return DICTIONARY_NONE;
    *entry = copy;
    *slot = (struct dictionary_slot){ hash, (uint32_t)d->entries.n };
    return (uint32_t)d->entries.n - 1;
}

uint32_t dictionary_find(const struct dictionary *d, struct slice name)
{
    if (d->n_slots == 0)
        return DICTIONARY_NONE;
    uint32_t number = find_slot(d, name, dictionary_hash(name))->number;
    return number == 0 ? DICTIONARY_NONE : number - 1;
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
