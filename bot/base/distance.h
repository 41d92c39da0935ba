/* base/distance.h -- how many slips of the fingers part two words.
 *
 * Source: Damerau 1964, "A technique for computer detection and correction of
 * spelling errors": a letter inserted, left out or replaced, or two neighbours
 * swapped, where no letter is touched twice. */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include "base/slice.h"

/* Longer words count as far apart. */
#define MAX_DISTANCE_BYTES 64

/* The distance, or `most` + 1 where it is above `most`. */
unsigned distance_damerau(struct slice a, struct slice b, unsigned most);

#endif
