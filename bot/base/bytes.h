/* base/bytes.h -- little-endian numbers in bytes that nobody vouches for.
 *
 * A read outside the bytes gives 0: a damaged file then holds wrong numbers,
 * which their users check as they must anyway, and nothing is read outside. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "base/slice.h"

#include <stdint.h>

/* Eight bytes at once, the first one lowest, whatever the machine's order. */
static inline uint64_t bytes_load(const char *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

static inline void bytes_store(char *bytes, uint64_t value)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    memcpy(bytes, &value, sizeof value);
}

static inline uint16_t bytes_u16(struct slice bytes, size_t at)
{
    if (bytes.n_bytes < 2 || at > bytes.n_bytes - 2)
        return 0;
    const unsigned char *p = (const unsigned char *)bytes.bytes + at;
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t bytes_u32(struct slice bytes, size_t at)
{
    if (bytes.n_bytes < 4 || at > bytes.n_bytes - 4)
        return 0;
    const unsigned char *p = (const unsigned char *)bytes.bytes + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t bytes_u64(struct slice bytes, size_t at)
{
    return bytes_u32(bytes, at) | (uint64_t)bytes_u32(bytes, at + 4) << 32;
}

/* An IEEE 754 single. */
static inline float bytes_f32(struct slice bytes, size_t at)
{
    uint32_t bits = bytes_u32(bytes, at);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Seven bits a byte, low ones first, the high bit set on all but the last; moves
 * `*at` behind it. */
static inline uint64_t bytes_varint(struct slice bytes, size_t *at)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && *at < bytes.n_bytes; shift += 7) {
        unsigned char byte = (unsigned char)bytes.bytes[(*at)++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    return value;
}

/* The part from `offset` of `n` bytes, or an empty one where it is not inside. */
static inline struct slice bytes_part(struct slice bytes, uint64_t offset, uint64_t n)
{
    if (offset > bytes.n_bytes || n > bytes.n_bytes - offset)
        return (struct slice){ "", 0 };
    return slice_cut(bytes, (size_t)offset, (size_t)(offset + n));
}

/* CRC-32 (IEEE 802.3, reflected 0xEDB88320), of bytes that come piece by piece. */
struct checksum {
    uint32_t sum;
    uint32_t table[8][256];
};
void checksum_init(struct checksum *checksum);
void checksum_add(struct checksum *checksum, struct slice bytes);
/* Of all that was added; begins anew. */
uint32_t checksum_end(struct checksum *checksum);

uint32_t bytes_checksum(struct slice bytes);

/* A byte of eight is zero where the high bit of its own in the result is set; those
 * above one that is may be wrong (Mycroft's test). */
static inline uint64_t bytes_zero(uint64_t eight)
{
    return (eight - 0x0101010101010101u) & ~eight & 0x8080808080808080u;
}

#endif
