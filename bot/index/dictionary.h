/* index/dictionary.h -- names to dense numbers, while an index is built. */
#ifndef INDEX_DICTIONARY_H
#define INDEX_DICTIONARY_H

#include "base/memory.h"

#include <stdint.h>

#define DICTIONARY_NONE UINT32_MAX

struct dictionary_slot {
    uint32_t hash, number; /* number + 1, or 0 */
};

struct dictionary {
    const struct memory *memory; /* borrowed */
    struct arena names;
    struct array entries; /* struct slice: number -> name */
    struct dictionary_slot *slots; /* (n_slots), a power of two */
    size_t n_slots;
};

void dictionary_init(struct dictionary *dictionary, const struct memory *memory);
void dictionary_release(struct dictionary *dictionary);

/* The number of `name`, given out in the order of first sight; DICTIONARY_NONE
 * when memory ran out. */
uint32_t dictionary_add(struct dictionary *dictionary, struct slice name);
uint32_t dictionary_hash(struct slice name);

/* The number of `name`, or DICTIONARY_NONE. */
uint32_t dictionary_find(const struct dictionary *dictionary, struct slice name);

static inline uint32_t dictionary_size(const struct dictionary *dictionary)
{
    return (uint32_t)dictionary->entries.n;
}

static inline struct slice dictionary_name(const struct dictionary *dictionary, uint32_t number)
{
    return ((const struct slice *)dictionary->entries.items)[number];
}

/* Numbers in the byte order of their names; owned by the caller, an array of
 * uint32_t of dictionary_size() items in `arena`.  NULL when memory ran out. */
uint32_t *dictionary_order(const struct dictionary *dictionary, struct arena *arena);

#endif
