/* index/postings.h -- postings lists: writer, then iterator.
 *
 *   list     = { block }                   df postings in all, by passage id
 *   block    = last:u32 n_bytes:u16 largest:u8 { posting }     128, the last may have fewer
 *   posting  = gap:varint impact:u8
 *
 * `gap` is the distance to the passage before, or to 0 + 1 at the list's start;
 * a varint holds seven bits a byte, low ones first, the high bit set on all but
 * the last.  `last` and `largest` let a reader jump over a block that ends too
 * early or cannot matter.  An impact is a term's weight in a passage, tf and
 * lengths of all fields taken together, in steps of 1/255: see index/weight.h. */
#ifndef INDEX_POSTINGS_H
#define INDEX_POSTINGS_H

#include "base/buffer.h"
#include "index/reader.h"

#define POSTINGS_BLOCK 128
#define NO_PASSAGE UINT32_MAX

struct posting {
    passage_id passage;
    uint8_t impact;
};

/* Appends one list; `postings` (n) ascend by passage. */
void postings_write(struct buffer *out, const struct posting *postings, size_t n);

/* Walks one list.  Behind the end `passage` is NO_PASSAGE, which sorts last. */
struct postings {
    struct slice bytes; /* from the list on */
    size_t at;
    uint32_t left, left_in_block; /* postings not yet read */
    passage_id passage;
    uint8_t impact;
    passage_id block_last;
};

void postings_open(struct postings *postings, const struct index *index, term_id term);
void postings_next(struct postings *postings);

#endif
