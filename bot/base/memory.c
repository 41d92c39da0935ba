#define _DEFAULT_SOURCE

#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void *default_reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

const struct memory memory_default = { default_reallocate, NULL };

void *memory_allocate(const struct memory *memory, size_t n_bytes)
{
    return memory->reallocate(memory->context, NULL, 0, n_bytes == 0 ? 1 : n_bytes);
}

void *memory_resize(const struct memory *memory, void *block, size_t old_size, size_t new_size)
{
    return memory->reallocate(memory->context, block, old_size, new_size == 0 ? 1 : new_size);
}

void memory_expect_scattered(void *block, size_t n_bytes)
{
#ifdef MADV_HUGEPAGE
    size_t page = (size_t)sysconf(_SC_PAGESIZE), before = -(uintptr_t)block % page;
    if (n_bytes > before + page)
        madvise((char *)block + before, (n_bytes - before) / page * page, MADV_HUGEPAGE);
#else
    (void)block;
    (void)n_bytes;
#endif
}

void memory_free(const struct memory *memory, void *block, size_t n_bytes)
{
    if (block != NULL)
        memory->reallocate(memory->context, block, n_bytes == 0 ? 1 : n_bytes, 0);
}

struct arena_chunk {
    struct arena_chunk *previous;
    size_t used, capacity;
    alignas(max_align_t) char bytes[];
};

/* Small enough for a reply, large enough that an index needs few chunks: each
 * further chunk is twice as large up to the maximum. */
#define FIRST_CHUNK 16384
#define LARGEST_CHUNK (1 << 22)

void arena_init(struct arena *arena, const struct memory *memory)
{
    *arena = (struct arena){ .memory = memory };
}

static void free_last(struct arena *arena)
{
    struct arena_chunk *chunk = arena->last;
    arena->last = chunk->previous;
    memory_free(arena->memory, chunk, sizeof *chunk + chunk->capacity);
}

void arena_release(struct arena *arena)
{
    while (arena->last != NULL)
        free_last(arena);
}

void arena_clear(struct arena *arena)
{
    while (arena->last != NULL && arena->last->previous != NULL)
        free_last(arena);
    if (arena->last != NULL)
        arena->last->used = 0;
}

static void *fail(struct arena *arena)
{
    arena->failed = true;
    return NULL;
}

void *arena_allocate(struct arena *arena, size_t n_bytes)
{
    const size_t unit = alignof(max_align_t);
    if (n_bytes > SIZE_MAX / 2)
        return fail(arena);
    size_t needed = (n_bytes + unit - 1) / unit * unit;
    struct arena_chunk *chunk = arena->last;

    if (chunk == NULL || chunk->capacity - chunk->used < needed) {
        size_t capacity = chunk == NULL ? FIRST_CHUNK : chunk->capacity * 2;
        if (capacity > LARGEST_CHUNK)
            capacity = LARGEST_CHUNK;
        if (capacity < needed)
            capacity = needed;
        chunk = memory_allocate(arena->memory, sizeof *chunk + capacity);
        if (chunk == NULL)
            return fail(arena);
        *chunk = (struct arena_chunk){ .previous = arena->last, .capacity = capacity };
        arena->last = chunk;
    }
    void *block = chunk->bytes + chunk->used;
    chunk->used += needed;
    memset(block, 0, needed);
    return block;
}

void *arena_array(struct arena *arena, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / 2 / size)
        return fail(arena);
    return arena_allocate(arena, n * size);
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
    char *copy = arena_allocate(arena, text.n_bytes + 1);
    if (copy == NULL)
        return (struct slice){ NULL, 0 };
    if (text.n_bytes > 0)
        memcpy(copy, text.bytes, text.n_bytes);
    return (struct slice){ copy, text.n_bytes };
}

void array_init(struct array *array, const struct memory *memory, size_t item_size)
{
    *array = (struct array){ .memory = memory, .item_size = item_size };
}

void array_release(struct array *array)
{
    memory_free(array->memory, array->items, array->capacity * array->item_size);
    array_init(array, array->memory, array->item_size);
}

bool array_reserve(struct array *array, size_t n)
{
    if (n <= array->capacity)
        return true;
    size_t capacity = array->capacity < 8 ? 8 : array->capacity;
    while (capacity < n) {
        if (capacity > SIZE_MAX / 4 / array->item_size)
            return false;
        capacity *= 2;
    }
    void *items = memory_resize(array->memory, array->items, array->capacity * array->item_size,
                                capacity * array->item_size);
    if (items == NULL)
        return false;
    array->items = items;
    array->capacity = capacity;
    return true;
}

void *array_add(struct array *array)
{
    if (!array_reserve(array, array->n + 1))
        return NULL;
    void *item = (char *)array->items + array->n++ * array->item_size;
    memset(item, 0, array->item_size);
    return item;
}
