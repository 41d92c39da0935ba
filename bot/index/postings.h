/* index/postings.h -- postings lists: writer, then iterator.
 *
 *   list     = short | one | long          df postings in all, by passage id
 *   short    = { gap:varint [ tf:u8 ] }    where df is at most SHORT_LIST, and while
 *                                          an index is built
 *   one      = largest:u8 widths:u8 block  where df is at most POSTINGS_BLOCK
 *   long     = { header } { block }        a header for each block of 128, the last may have fewer
 *   header   = last:u32 offset:u32 largest:u8 widths:u8
 *   block    = large:u8 [ n_large_tf:u8 ] { position:u8 } { more } { position:u8 tf:u8 }
 *              { gap } { tf }
 *
 * A gap is the distance to the passage before, less 1, or the passage itself at the
 * list's start.  A short list has it doubled, plus 1 where a tf code (index/impact.h)
 * follows; without one it is 0.  In a block each gap has as many bits as the low five
 * of `widths` say, each tf code as many as the high three; low bits come first, each
 * part ends at a byte.  A gap that is larger than its bits has what is missing in
 * `more`, a tf code its whole in a list of its own ("patched", Zukowski et al. 2006).
 * The low five bits of `large` count the one, the next two and 1 more are how many
 * bytes each `more` has; `n_large_tf` is there where the high one is set and counts the
 * other.  `last` is the block's last passage, `offset` where it begins behind the
 * headers, `largest` the largest impact in it.  Headers lie together, so that a reader
 * finds the block of a passage, and the largest impact it could meet there, without
 * touching the bits.
 *
 * Behind all lists stand POSTINGS_MARGIN zero bytes, so that bits can be read eight
 * bytes at a time. */
#ifndef INDEX_POSTINGS_H
#define INDEX_POSTINGS_H

#include "base/buffer.h"
#include "index/impact.h"
#include "index/terms.h"

#define POSTINGS_BLOCK 128
#define POSTINGS_HEADER_BYTES 10
#define ONE_HEADER_BYTES 2
#define POSTINGS_MARGIN 8
#define SHORT_LIST 8
#define NO_PASSAGE UINT32_MAX
#define SOUGHT_AT_ONCE 8

struct posting {
    passage_id passage;
    uint8_t tf; /* its code */
};

/* Appends one list; `postings` (n) ascend by passage. */
void postings_write(struct buffer *out, const struct posting *postings, size_t n,
                    struct impacts impacts);

/* Walks one list, a block at a time.  Behind the end `passage` is NO_PASSAGE,
 * which sorts last. */
struct postings {
    passage_id passage; /* of the posting that it stands at */
    uint32_t at, n;     /* in the block; postings in it */
    uint32_t block, n_blocks;
    uint32_t df, n_passages;
    struct slice bytes;      /* the list and the margin */
    struct impacts impacts;
    passage_id passages[POSTINGS_BLOCK + SOUGHT_AT_ONCE]; /* NO_PASSAGE behind the last */
    uint8_t tf[POSTINGS_BLOCK]; /* their codes */
};

/* Stands at the first posting. */
void postings_open(struct postings *postings, const struct index *index,
                   const struct index_term *term);

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
    return impact_of(p->impacts, p->tf[i] % N_TF_CODES, p->passages[i]);
}

/* The impact of the posting that it stands at. */
static inline uint8_t postings_impact(const struct postings *p)
{
    return postings_impact_at(p, p->at);
}

/* Moves to the first posting of `passage` or behind it; never back. */
void postings_seek_on(struct postings *postings, passage_id passage);

static inline void postings_seek(struct postings *p, passage_id passage)
{
    if (p->passage < passage)
        postings_seek_on(p, passage);
}

/* The last passage of the b-th block and the largest impact in it; NO_PASSAGE
 * behind the end. */
passage_id postings_block_last(const struct postings *postings, uint32_t b);
uint8_t postings_block_largest(const struct postings *postings, uint32_t b);

#endif
