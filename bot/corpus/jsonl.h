/* corpus/jsonl.h -- a corpus with one JSON object a line, read as a stream.
 *
 *   line  = "{" "_id": string, "title": string, "text": string, ... "}"
 *
 * as the BEIR collections have them.  `title` and `text` may be missing or null;
 * other keys are skipped, of equal keys the last counts.  Memory is that of the
 * longest line, whatever the file's size. */
#ifndef CORPUS_JSONL_H
#define CORPUS_JSONL_H

#include "base/error.h"
#include "base/file.h"

#include <stdint.h>

/* A line that is longer is skipped, and said to be: no passage of text is. */
#define MAX_JSONL_LINE (16u << 20)

struct document {
    struct slice id, title, text; /* borrowed until the next call; id is never empty */
};

struct jsonl {
    struct file_stream file;
    const struct memory *memory; /* borrowed */
    const char *path;            /* borrowed */
    char *bytes;                 /* (capacity): read and not yet handed out */
    size_t start, end, capacity;
    unsigned line;    /* of the last one read */
    uint64_t n_bytes; /* read so far, of file.n_bytes */
    bool is_strict, at_end;
};

/* `memory` and `path` must outlive it.  Close where OSSEO_OK came back. */
int jsonl_open(struct jsonl *out, const char *path, bool is_strict, const struct memory *memory,
               struct osseo_error *error);
void jsonl_close(struct jsonl *jsonl);

/* The next document.  `*has_one` is false at the end.  A line that cannot be read
 * is complained about with its number and passed over, or with `is_strict` ends in
 * OSSEO_EPARSE. */
int jsonl_next(struct jsonl *jsonl, struct document *out, bool *has_one,
               struct complaints *complaints);

/* Reads one line in place: strings lose their escapes where they stand.  NULL, or
 * what is wrong with it. */
const char *jsonl_parse(char *line, size_t n_bytes, struct document *out);

#endif
