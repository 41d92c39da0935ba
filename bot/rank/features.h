/* rank/features.h -- what the linear model sees of a message.
 *
 *   words    stems, or for red flags the words as they stand: single, adjacent pairs, and pairs with one word between
 *   letters  runs of 3 and 4 letters of a word with its edges: _in inp npl ...,
 *            so that a misspelt word still looks like itself; not stemmed
 *
 *   starts    for red flags, how a sentence begins and whether it ends with a
 *             question mark: "is it normal to bleed?" asks what "I am bleeding" says
 *
 * A feature is known by a 32-bit hash of its name: the fitted file needs no
 * names, and two of some 50,000 features share a hash less often than a typing
 * mistake changes a word.  What a feature reads is kept for explaining. */
#ifndef RANK_FEATURES_H
#define RANK_FEATURES_H

#include "text/stemmer.h"
#include "text/words.h"

enum feature_kind {
    FEATURE_WORD,
    FEATURE_PAIR,
    FEATURE_SKIP_PAIR,
    FEATURE_LETTERS,
    FEATURE_START, /* first and second word of a sentence; of red flags only */
    FEATURE_ASKED  /* whether a sentence ends with a question mark, and its first word */
};

struct feature {
    uint32_t key;
    uint16_t count; /* occurrences in the message */
    uint8_t kind;
    struct slice first, second; /* the stems or letters; owned by the arena */
};

struct features {
    struct feature *items; /* (n), each once, as they come */
    size_t n;
};

/* `stemmer` may be NULL: then words are taken as they stand.  OSSEO_OK or
 * OSSEO_ENOMEM; owned by `arena`. */
int features_of(struct features *out, const struct words *words, struct stemmer *stemmer,
                struct arena *arena);

#endif
