/* index/postings.h -- postings lists: writer, then iterator.
 *
 *   list     = short | long                df postings in all, by passage id
 *   short    = { gap:varint impact:u8 }    where df is at most SHORT_LIST
 *   long     = { header } { block }        a header for each block of 128, the last may have fewer
 *   header   = last:u32 offset:u32 largest:u8 least:u8 gap_bits:u8 impact_bits:u8
 *   block    = { gap } { impact }          bits, the low ones first; each part ends at a byte
 *
 * `gap` is the distance to the passage before, less 1, or the passage itself at
 * the list's start; in a short list it is a varint, seven bits a byte, low ones
 * first, the high bit set on all but the last.  `impact` is stored less `least`.
 * `last` is the block's last passage, `offset` where its bits begin, behind the
 * headers.  Headers lie together, so that a reader finds the block of a passage,
 * and the largest impact it could meet there, without touching the bits.
 *
 * An impact is a term's weight in a passage, tf and lengths of all fields taken
 * together, in steps of 1/255: see index/weight.h.  Behind all lists stand
 * POSTINGS_MARGIN zero bytes, so that bits can be read eight bytes at a time. */
#ifndef INDEX_POSTINGS_H
#define INDEX_POSTINGS_H

#include "base/buffer.h"
#include "index/reader.h"

#define POSTINGS_BLOCK 128
#define POSTINGS_HEADER_BYTES 12
#define POSTINGS_MARGIN 8
#define SHORT_LIST 8
#define NO_PASSAGE UINT32_MAX

struct posting {
    passage_id passage;
    uint8_t impact;
};

/* Appends one list; `postings` (n) ascend by passage. */
void postings_write(struct buffer *out, const struct posting *postings, size_t n);

/* Walks one list, a block at a time.  Behind the end `passage` is NO_PASSAGE,
 * which sorts last. */
struct postings {
    passage_id passage; /* of the posting that it stands at */
    uint32_t at, n;     /* in the block; postings in it */
    uint32_t block, n_blocks;
    uint32_t df;
    struct slice bytes;  /* from the list on */
    const char *impacts; /* of the block, packed: most are never looked at */
    uint8_t impact_bits, least;
    char short_impacts[SHORT_LIST + POSTINGS_MARGIN];
    passage_id passages[POSTINGS_BLOCK + 8]; /* eight are unpacked at a time */
};

/* Stands at the first posting. */
void postings_open(struct postings *postings, const struct index *index, term_id term);

/* Moves to the next block, or to the end. */
void postings_next_block(struct postings *postings);

static inline void postings_next(struct postings *p)
{
    if (++p->at < p->n)
        p->passage = p->passages[p->at];
    else
        postings_next_block(p);
}

/* The impact of the i-th posting of the block. */
static inline uint8_t postings_impact_at(const struct postings *p, uint32_t i)
{
    uint32_t bit = i * p->impact_bits;
    const unsigned char *bytes = (const unsigned char *)p->impacts + bit / 8;
    uint32_t two = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
    return (uint8_t)(p->least + (two >> bit % 8 & ((1u << p->impact_bits) - 1)));
}

/* The impact of the posting that it stands at. */
static inline uint8_t postings_impact(const struct postings *p)
{
    return postings_impact_at(p, p->at);
}

/* Moves to the first posting of `passage` or behind it; never back. */
void postings_seek(struct postings *postings, passage_id passage);

/* The last passage of the b-th block and the largest impact in it; NO_PASSAGE
 * behind the end. */
passage_id postings_block_last(const struct postings *postings, uint32_t b);
uint8_t postings_block_largest(const struct postings *postings, uint32_t b);

#endif
