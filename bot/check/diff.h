/* check/diff.h -- which replies an edit changes.
 *
 * Both knowledges are asked every question that either holds: headings, other
 * ways to ask and, of folders, the lines of asked/.  What comes out is what a
 * dentist reads before signing the edit off. */
#ifndef CHECK_DIFF_H
#define CHECK_DIFF_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"

/* Appends a report to `out` and sets `*n_changed`.  OSSEO_OK or what opening one
 * of the two came to. */
int diff_knowledges(const char *old_path, const char *new_path, const struct memory *memory,
                    struct buffer *out, size_t *n_changed, struct osseo_error *error);

#endif
