/* check/check.h -- the linter for a knowledge folder.
 *
 * What stops a build is found where the folder is read (corpus/) and compiled;
 * the rules here are advice: each is a row of a table with its name, and warns.
 * A line `where TAB rule TAB reason` in exceptions.tsv lifts a warning, where
 * `where` is a topic or the name of a file. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"

/* Checks `folder`; `today` is YYYYMMDD or 0.  OSSEO_OK also where there are
 * complaints, which are counted in `complaints`. */
int check_folder(const char *folder, unsigned today, const struct memory *memory,
                 struct complaints *complaints);

/* Asks each line of asked/ by a knowledge compiled without the lines of the same
 * voice, and writes what can be expected: by voice, by topic, and which topics
 * take lines of which. */
int check_lines(const char *folder, const struct memory *memory, struct buffer *out,
                struct complaints *complaints);

#endif
