/* compile/documents.h -- a JSONL corpus to a compiled knowledge.
 *
 * Each document is a topic of one passage: its _id, its title as the heading, its
 * text.  It has no lists, so there is no model and no confidence is fitted: it is
 * ranked by TF-IDF alone.  It has no red flags either; those of the host's
 * knowledge are looked for (options.red_flags). */
#ifndef COMPILE_DOCUMENTS_H
#define COMPILE_DOCUMENTS_H

#include "base/buffer.h"
#include "base/error.h"

/* Compiles the file `path` into `out`. */
int compile_documents(struct buffer *out, const char *path, bool is_strict,
                      const struct memory *memory, struct complaints *complaints);

#endif
