/* index/writer.h -- sections to a compiled file. */
#ifndef INDEX_WRITER_H
#define INDEX_WRITER_H

#include "base/buffer.h"
#include "base/error.h"
#include "index/format.h"

struct writer {
    struct buffer section[N_SECTIONS];
};

void writer_init(struct writer *writer, const struct memory *memory);
void writer_release(struct writer *writer);

/* Adds `text` to the strings and a reference to it to `to`. */
void writer_append_text(struct writer *writer, struct buffer *to, struct slice text);

/* Puts the sections into one file.  OSSEO_OK or OSSEO_ENOMEM. */
int writer_seal(const struct writer *writer, struct buffer *out, struct osseo_error *error);

#endif
