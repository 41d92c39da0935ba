/* rank/synonyms.h -- other words for a word.
 *
 *   synonyms = { from:text to:text }      sorted by from, then as the list has them
 *
 * Both sides are folded words, one blank between the words of a phrase. */
#ifndef RANK_SYNONYMS_H
#define RANK_SYNONYMS_H

#include "index/reader.h"

#define SYNONYM_ROW_BYTES 16
/* Words in the longest phrase that is looked up. */
#define MAX_SYNONYM_WORDS 3

/* The rows of `from`: the first and how many. */
struct synonym_range {
    uint32_t first, n;
};
struct synonym_range synonyms_find(const struct index *index, struct slice from);
struct slice synonym_to(const struct index *index, uint32_t row);

#endif
