/* index/terms.h -- the terms of a compiled file: writer, look-up, walk.
 *
 *   SECTION_TERMS       = { block }        of TERMS_BLOCK terms, the last may have fewer
 *   block               = postings:varint { entry }
 *   entry               = shares:u8 [ longer:u8 ] rest df:varint n_bytes:varint
 *   SECTION_TERM_BLOCKS = { prefix:u64 offset:u32 }     one row a block
 *
 * Terms ascend by their bytes.  `shares` tells in its high four bits how many bytes
 * the name has in common with the one before, at most 15 and 0 for a block's first,
 * in its low ones how many follow; 15 means that `longer` more follow.  `postings`
 * is where the lists of the block begin in SECTION_POSTINGS, one behind another, and
 * `n_bytes` how long one is.  `prefix` holds the first eight bytes of a block's first
 * name, the first one highest, so that the rows can be searched without touching the
 * names.  A varint has seven bits a byte, low ones first, the high bit set on all but
 * the last. */
#ifndef INDEX_TERMS_H
#define INDEX_TERMS_H

#include "index/reader.h"
#include "index/writer.h"
#include "text/token.h"

#define TERMS_BLOCK 32

struct index_term {
    uint32_t document_frequency;
    uint64_t postings; /* where its list begins in SECTION_POSTINGS */
    uint64_t n_bytes;  /* of the list */
};

/* False where no passage holds `name`. */
bool terms_find(struct index_term *out, const struct index *index, struct slice name);

/* All terms in order. */
struct terms_walk {
    const struct index *index;
    size_t at;
    uint32_t n_read;
    uint64_t postings;
    char name[MAX_TERM_BYTES];
    size_t n_name;
};

void terms_start(struct terms_walk *walk, const struct index *index);
/* The next term, its name in `walk`.  False at the end, or where the section is
 * damaged. */
bool terms_next(struct index_term *out, struct terms_walk *walk);

/* Terms on their way into a file; each must come after the one before. */
struct terms_writer {
    struct buffer *terms, *blocks;
    uint32_t n_terms;
    char before[MAX_TERM_BYTES];
    size_t n_before;
};

void terms_write(struct terms_writer *writer, struct slice name, struct index_term term);

#endif
