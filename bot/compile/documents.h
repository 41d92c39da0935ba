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

struct documents_options {
    const char *to;    /* the file that is written; NULL: all stays in `out` */
    size_t most_bytes; /* of memory, about, where there is a file; 0 for 512 MiB */
    bool is_strict;    /* a line that is no passage is an error */
    /* Told now and then how much of the source is read; NULL for nobody. */
    void (*progress)(void *context, uint64_t n_read, uint64_t n_bytes);
    void *context;
};

/* Compiles the file `path` into `out`, or into `options->to`. */
int compile_documents(struct buffer *out, const char *path, const struct documents_options *options,
                      struct complaints *complaints);

#endif
