#include "index/pool.h"

#include <stddef.h>

/* A chunk is one or more of these, the first with the number of the unit where the next
 * chunk begins. */
#define UNIT_BYTES 32
#define UNITS_IN_SLAB (POOL_SLAB_BYTES / UNIT_BYTES)
#define MOST_UNITS 64
/* A string's next chunk is about so many times shorter than the string. */
#define GROWTH 8

struct unit {
    uint32_t next;
    char bytes[UNIT_BYTES - sizeof(uint32_t)];
};

void pool_init(struct pool *pool, const struct memory *memory)
{
    *pool = (struct pool){ .memory = memory };
    array_init(&pool->slabs, memory, sizeof(struct unit *));
}

void pool_clear(struct pool *pool)
{
    for (size_t i = 0; i < pool->slabs.n; i++)
        memory_free(pool->memory, ((struct unit **)pool->slabs.items)[i], POOL_SLAB_BYTES);
    array_clear(&pool->slabs);
    pool->n_units = 0;
}

void pool_release(struct pool *pool)
{
    pool_clear(pool);
    array_release(&pool->slabs);
}

static struct unit *chunk_at(const struct pool *pool, uint32_t number)
{
    return ((struct unit **)pool->slabs.items)[number / UNITS_IN_SLAB] + number % UNITS_IN_SLAB;
}

/* What the chunk holds, over all its units. */
static char *chunk_bytes(const struct pool *pool, uint32_t number)
{
    return (char *)chunk_at(pool, number) + offsetof(struct unit, bytes);
}

/* Of the chunk that is added to a string of `n_bytes`. */
static uint32_t units_of_next(uint32_t n_bytes)
{
    uint32_t n = 1 + n_bytes / (GROWTH * UNIT_BYTES);
    return n < MOST_UNITS ? n : MOST_UNITS;
}

static uint32_t capacity_of(uint32_t n_units)
{
    return n_units * UNIT_BYTES - (uint32_t)offsetof(struct unit, bytes);
}

static bool add_slab(struct pool *pool)
{
    struct unit **slab = array_add(&pool->slabs);
    if (slab == NULL)
        return false;
    *slab = memory_allocate(pool->memory, POOL_SLAB_BYTES);
    pool->slabs.n -= *slab == NULL;
    return pool->slabs.n > 0 && *slab != NULL;
}

static bool add_chunk(struct pool *pool, struct pool_string *string)
{
    uint32_t n = units_of_next(string->n_bytes), number = pool->n_units;
    if (number % UNITS_IN_SLAB + n > UNITS_IN_SLAB) /* it must lie in one slab */
        number += (uint32_t)(UNITS_IN_SLAB - number % UNITS_IN_SLAB);
    if (number / UNITS_IN_SLAB == pool->slabs.n && !add_slab(pool))
        return false;
    pool->n_units = number + n;
    if (string->n_bytes == 0)
        string->first = number;
    else
        chunk_at(pool, string->last)->next = number;
    string->last = number;
    string->n_last = 0;
    string->capacity = (uint16_t)capacity_of(n);
    return true;
}

bool pool_append(struct pool *pool, struct pool_string *string, uint64_t bytes, uint32_t n)
{
    for (; n > 0; n--, bytes >>= 8) {
        if (string->n_last == string->capacity && !add_chunk(pool, string))
            return false;
        chunk_bytes(pool, string->last)[string->n_last++] = (char)(bytes & 0xFF);
        string->n_bytes++;
    }
    return true;
}

void pool_prefetch(const struct pool *pool, const struct pool_string *string)
{
    if (string->n_bytes > 0)
        __builtin_prefetch(chunk_bytes(pool, string->last) + string->n_last);
}

void pool_copy(const struct pool *pool, const struct pool_string *string, struct buffer *out)
{
    uint32_t number = string->first;
    for (uint32_t at = 0; at < string->n_bytes; number = chunk_at(pool, number)->next) {
        uint32_t n = capacity_of(units_of_next(at)), left = string->n_bytes - at;
        n = n < left ? n : left;
        buffer_append(out, chunk_bytes(pool, number), n);
        at += n;
    }
}
