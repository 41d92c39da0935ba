/* text/stemmer.h -- the Snowball English stemmer ("Porter2"), by libstemmer. */
#ifndef TEXT_STEMMER_H
#define TEXT_STEMMER_H

#include "base/slice.h"

struct sb_stemmer;

struct stemmer {
    struct sb_stemmer *snowball;
};

/* False when memory ran out. */
bool stemmer_init(struct stemmer *stemmer);
void stemmer_release(struct stemmer *stemmer);

/* The stem of a folded word; borrowed from the stemmer until the next call. */
struct slice stemmer_stem(struct stemmer *stemmer, struct slice word);

#endif
