/* corpus/front_matter.h -- the `key: value` lines at the head of an article. */
#ifndef CORPUS_FRONT_MATTER_H
#define CORPUS_FRONT_MATTER_H

#include "base/error.h"
#include "base/slice.h"

struct front_matter {
    struct slice title, language;
    unsigned reviewed, review_due; /* YYYYMMDD */
    unsigned review_due_line;
    unsigned n_lines; /* up to and with the closing --- */
};

/* Reads it strictly: an unknown, missing or doubled key is an error with its
 * line.  Returns the offset of what stands behind it. */
size_t front_matter_parse(struct front_matter *front, struct slice text, const char *path,
                          struct complaints *complaints);

#endif
