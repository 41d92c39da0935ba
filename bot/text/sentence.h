/* text/sentence.h -- sentence boundaries.
 *
 * After Unicode UAX #29, cut down to edited English prose: a sentence ends at
 * . ! ? or … and their closing quotes, where a blank and no small letter
 * follows, but not behind a known abbreviation or a single capital; and at the
 * end of a line. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "base/slice.h"

/* Takes the next sentence, without blanks around it, off the front of `*rest`.
 * False at the end. */
bool sentence_next(struct slice *rest, struct slice *sentence);

#endif
