/* index/pool.h -- many byte strings that grow, in chunks of one pool.
 *
 * A string's next chunk is the larger the longer it is, so that it stands in few places
 * and little of the pool is left empty. */
#ifndef INDEX_POOL_H
#define INDEX_POOL_H

#include "base/buffer.h"

#include <stdint.h>

/* Chunks are taken from slabs of this size. */
#define POOL_SLAB_BYTES ((size_t)1 << 20)

struct pool {
    const struct memory *memory; /* borrowed */
    struct array slabs;          /* struct unit * */
    uint32_t n_units;            /* that chunks were given */
};

/* A string; starts as { 0 }. */
struct pool_string {
    uint32_t n_bytes;
    uint32_t first, last;      /* its chunks, by their first units; of no meaning while empty */
    uint16_t n_last, capacity; /* bytes in the last one, and how many it has room for */
};

void pool_init(struct pool *pool, const struct memory *memory);
/* All strings are gone; theirs must become { 0 }. */
void pool_clear(struct pool *pool);
void pool_release(struct pool *pool);

/* Appends `n` bytes, at most eight, the lowest first.  False when memory ran out. */
bool pool_append(struct pool *pool, struct pool_string *string, uint64_t bytes, uint32_t n);

/* Has the memory on its way that appending needs. */
void pool_prefetch(const struct pool *pool, const struct pool_string *string);

/* Appends the string to `out`. */
void pool_copy(const struct pool *pool, const struct pool_string *string, struct buffer *out);

#endif
