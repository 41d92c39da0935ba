/* check/check.h -- what an editor can know of a knowledge before patients do.
 *
 * The linter: what stops a build is found where the folder is read (corpus/) and compiled;
 * the rules here are advice: each is a row of a table with its name, and warns.
 * A line `where TAB rule TAB reason` in exceptions.tsv lifts a warning, where
 * `where` is a topic or the name of a file. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/buffer.h"
#include "base/error.h"

struct index;

/* Checks `folder`; `today` is YYYYMMDD or 0.  OSSEO_OK also where there are
 * complaints, which are counted in `complaints`. */
int check_folder(const char *folder, unsigned today, const struct memory *memory,
                 struct complaints *complaints);

/* Asks each line of asked/ by a knowledge compiled without the lines of the same
 * voice, and writes what can be expected: by voice, by topic, and which topics
 * take lines of which. */
int check_lines(const char *folder, const struct memory *memory, struct buffer *out,
                struct complaints *complaints);

/* Which replies an edit changes: both knowledges are asked every question that either
 * holds, headings, other ways to ask and, of folders, the lines of asked/.  Appends to
 * `out` what a dentist reads before signing the edit off, and sets `*n_changed`.  OSSEO_OK
 * or what opening one of the two came to. */
int diff_knowledges(const char *old_path, const char *new_path, const struct memory *memory,
                    struct buffer *out, size_t *n_changed, struct osseo_error *error);

/* A compiled file, held against everything it promises.  Whoever asks questions checks
 * what they use, and a damaged file gives them poor answers; here nothing is taken on
 * trust: each checksum and every byte between sections, each text's place, the order of
 * terms and of topics' passages, and each posting against its list, its block and its
 * term.  OSSEO_OK, or OSSEO_ECORRUPT with the first fault: which row, what it says and
 * what it should.  About a second for a million passages. */
int verify_index(const struct index *index, struct osseo_error *error);

#endif
