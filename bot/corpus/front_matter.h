/* corpus/front_matter.h -- the `key: value` lines at the head of an article. */
#ifndef CORPUS_FRONT_MATTER_H
#define CORPUS_FRONT_MATTER_H

#include "base/error.h"
#include "corpus/article.h"

/* Reads it off the front of `*text` into `out`, strictly: an unknown, missing or doubled
 * key is an error with its line.  Returns the number of the line behind it. */
unsigned front_matter_read(struct article *out, struct slice *text, const char *path,
                           struct complaints *complaints);

#endif
