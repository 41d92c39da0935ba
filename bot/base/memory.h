/* base/memory.h -- the allocator that was passed in, and arenas on top of it.
 *
 * An arena hands out blocks that all live until it is released or cleared; it
 * removes most calls to free and most ways to get them wrong. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/slice.h"

#include <stdint.h>

struct memory {
    /* Resizes `block` from `old_size` to `new_size` bytes; frees it for 0. */
    void *(*reallocate)(void *context, void *block, size_t old_size, size_t new_size);
    void *context;
};

/* The C library's realloc. */
extern const struct memory memory_default;

/* A new block, or NULL. */
void *memory_allocate(const struct memory *memory, size_t n_bytes);
/* NULL when it failed; the old block is then still there. */
void *memory_resize(const struct memory *memory, void *block, size_t old_size, size_t new_size);
/* Tells the system that a large block, not yet written to, will be used all over: in
 * pages of 2 MiB, where it has them, fewer uses wait for the page table. */
void memory_expect_scattered(void *block, size_t n_bytes);
void memory_free(const struct memory *memory, void *block, size_t n_bytes);

struct arena_chunk;

struct arena {
    const struct memory *memory; /* borrowed */
    struct arena_chunk *last;
    bool failed; /* memory ran out, once: to be looked at where much was asked for */
};

void arena_init(struct arena *arena, const struct memory *memory);
void arena_release(struct arena *arena);
/* Forgets all blocks and keeps one chunk for reuse. */
void arena_clear(struct arena *arena);

/* `n_bytes` of zeroed memory fit for any type, or NULL. */
void *arena_allocate(struct arena *arena, size_t n_bytes);
/* `n` items of `size` bytes, or NULL, also where n * size overflows. */
void *arena_array(struct arena *arena, size_t n, size_t size);
/* A copy that ends in a zero byte, or {NULL, 0}. */
struct slice arena_copy(struct arena *arena, struct slice text);

/* A growing array of one type of item, in memory of its own. */
struct array {
    const struct memory *memory; /* borrowed */
    void *items;
    size_t n, capacity, item_size;
};

/* One whose items need no cast: x.array is what the functions below take. */
#define ARRAY_OF(type)                                                                             \
    union {                                                                                        \
        struct array array;                                                                        \
        struct {                                                                                   \
            const struct memory *memory;                                                           \
            type *items;                                                                           \
            size_t n;                                                                              \
        };                                                                                         \
    }

void array_init(struct array *array, const struct memory *memory, size_t item_size);
void array_release(struct array *array);
/* A new zeroed item at the end, or NULL.  Earlier items may move. */
void *array_add(struct array *array);
/* Room for `n` items in all.  False when memory ran out. */
bool array_reserve(struct array *array, size_t n);
static inline void array_clear(struct array *array)
{
    array->n = 0;
}

#endif
