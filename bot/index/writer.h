/* index/writer.h -- sections to a compiled file. */
#ifndef INDEX_WRITER_H
#define INDEX_WRITER_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/file.h"
#include "index/format.h"

/* Where a compiled file goes, from front to back.  A section is added to piece by
 * piece, so that the large ones need not lie in memory; the header is put in last. */
struct output {
    struct buffer *buffer;     /* all of it, or what `file` has not got yet; borrowed */
    struct file_output *file;  /* NULL where it stays in memory; borrowed */
    struct osseo_error *error; /* borrowed */
    int status;                /* the first failure */
    bool is_kept;              /* nothing goes to `file` yet */
    uint64_t n_bytes;
    int kind; /* the section that is open, or -1 */
    struct checksum checksum;
    struct {
        uint64_t offset, n_bytes;
        uint32_t checksum;
        bool is_there;
    } section[N_SECTIONS];
};

void output_init(struct output *out, struct buffer *buffer, struct file_output *file,
                 struct osseo_error *error);
/* Adds to a section, which ends when another one begins.  A section that is begun
 * again replaces what it was. */
void output_add(struct output *output, enum section_kind kind, struct slice bytes);
/* Ends the last section and puts header and table in.  Statuses of the file, or
 * OSSEO_ENOMEM. */
int output_end(struct output *output);

struct writer {
    struct buffer section[N_SECTIONS];
};

void writer_init(struct writer *writer, const struct memory *memory);
void writer_release(struct writer *writer);

/* Adds `text` to the strings and a reference to it to `to`. */
void writer_append_text(struct writer *writer, struct buffer *to, struct slice text);

/* Adds the sections that `output` has not got, and ends it. */
int writer_finish(const struct writer *writer, struct output *output);

/* Puts the sections into one file in memory.  OSSEO_OK or OSSEO_ENOMEM. */
int writer_seal(const struct writer *writer, struct buffer *out, struct osseo_error *error);

#endif
