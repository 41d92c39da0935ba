/* base/file.h -- reading files whole, listing folders, writing beside and renaming. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

/* Reads a regular file of at most `maximum` bytes to the end of `out`. */
int file_read(struct buffer *out, const char *path, size_t maximum, struct osseo_error *error);

/* A regular file read from front to back. */
struct file_stream {
    int fd;
    const char *path; /* borrowed */
    uint64_t n_bytes; /* of the file when it was opened */
};
int file_stream_open(struct file_stream *out, const char *path, struct osseo_error *error);
/* Up to `room` bytes; `*n` is 0 at the end. */
int file_stream_read(struct file_stream *stream, char *bytes, size_t room, size_t *n,
                     struct osseo_error *error);
void file_stream_close(struct file_stream *stream);

/* What stands at `path`. */
enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };
enum file_kind file_kind(const char *path);

/* The names in a folder that end in `suffix`, in byte order whatever the
 * system lists first; hidden ones are left out.  Copied into `arena`. */
int file_list(struct slice **out, size_t *n_out, struct arena *arena, const char *folder,
              const char *suffix, struct osseo_error *error);

/* A file that takes the place of `path` when it is whole, and leaves it untouched
 * until then: written beside it without a name, or where that cannot be had under a
 * temporary one, synced, renamed, and the folder synced.  A process that ends in
 * between, whatever ends it, leaves nothing but that temporary name.  Close with one of
 * the last two. */
struct file_output {
    const char *path; /* borrowed */
    char temporary[4096]; /* empty while there is none */
    int fd;
};
int file_output_open(struct file_output *out, const char *path, struct osseo_error *error);
int file_output_append(struct file_output *output, struct slice bytes, struct osseo_error *error);
/* Writes over what stands at the start. */
int file_output_patch(struct file_output *output, struct slice bytes, struct osseo_error *error);
int file_output_commit(struct file_output *output, struct osseo_error *error);
void file_output_abandon(struct file_output *output);

/* All of the above at once. */
int file_write(const char *path, struct slice bytes, struct osseo_error *error);

/* Room on disk beside `path` that nobody else sees and that is gone when it is
 * closed.  fd is -1 where none is open. */
struct file_scratch {
    int fd;
    uint64_t n_bytes;
    const char *path; /* borrowed */
};
int file_scratch_open(struct file_scratch *out, const char *path, struct osseo_error *error);
int file_scratch_append(struct file_scratch *scratch, struct slice bytes,
                        struct osseo_error *error);
/* The bytes from `at` on, all of which were written. */
int file_scratch_read(const struct file_scratch *scratch, uint64_t at, char *bytes,
                      size_t n_bytes, struct osseo_error *error);
void file_scratch_close(struct file_scratch *scratch);

/* True where both names lead to one file or folder. */
bool file_is_same(const char *a, const char *b);

/* True for a file that another user may write to: it belongs to somebody else (and
 * not to root), or is open to everybody or to a group other than our own. */
bool file_is_shared(const char *path);

/* A file mapped for reading.  Only for files that nobody else writes to: one
 * that is cut short while it is mapped ends the process. */
struct file_map {
    const void *bytes;
    size_t n_bytes;
};
int file_map_open(struct file_map *out, const char *path, struct osseo_error *error);
/* The same bytes, read into memory of their own: for a file that others write to.
 * Closed like a map. */
int file_copy_open(struct file_map *out, const char *path, struct osseo_error *error);
void file_map_close(struct file_map *map);

#endif
