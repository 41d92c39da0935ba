#define _GNU_SOURCE /* for MAP_ANONYMOUS and, on Linux, O_TMPFILE */

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int cannot(struct osseo_error *error, const char *verb, const char *path)
{
    return error_set(error, OSSEO_EIO, "cannot %s '%s': %s", verb, path, strerror(errno));
}

/* A FIFO must not hang us, hence O_NONBLOCK. */
static int open_regular(const char *path, struct stat *status, struct osseo_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        cannot(error, "open", path);
        return -1;
    }
    if (fstat(fd, status) != 0 || !S_ISREG(status->st_mode)) {
        close(fd);
        error_set(error, OSSEO_EIO, "cannot read '%s': it is not a regular file", path);
        return -1;
    }
    return fd;
}

static ssize_t read_some(int fd, char *bytes, size_t room)
{
    ssize_t n;
    do
        n = read(fd, bytes, room);
    while (n < 0 && errno == EINTR);
    return n;
}

int file_stream_open(struct file_stream *out, const char *path, struct osseo_error *error)
{
    struct stat status;
    int fd = open_regular(path, &status, error);
    if (fd < 0)
        return OSSEO_EIO;
    *out = (struct file_stream){ fd, path, (uint64_t)status.st_size };
    return OSSEO_OK;
}

int file_stream_read(struct file_stream *stream, char *bytes, size_t room, size_t *n,
                     struct osseo_error *error)
{
    ssize_t got = read_some(stream->fd, bytes, room);
    *n = got < 0 ? 0 : (size_t)got;
    return got < 0 ? cannot(error, "read", stream->path) : OSSEO_OK;
}

void file_stream_close(struct file_stream *stream)
{
    close(stream->fd);
}

int file_read(struct buffer *out, const char *path, size_t maximum, struct osseo_error *error)
{
    struct file_stream stream;
    char block[16384];
    size_t total = 0, n = sizeof block;
    int result = file_stream_open(&stream, path, error);
    if (result != OSSEO_OK)
        return result;
    while (result == OSSEO_OK && n > 0 && total <= maximum) {
        result = file_stream_read(&stream, block, sizeof block, &n, error);
        buffer_append(out, block, n);
        total += n;
    }
    file_stream_close(&stream);
    if (total > maximum)
        return error_set(error, OSSEO_EIO, "cannot read '%s': it is larger than %zu bytes", path,
                         maximum);
    return result == OSSEO_OK && out->failed ? error_no_memory(error) : result;
}

enum file_kind file_kind(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return FILE_MISSING;
    if (S_ISREG(status.st_mode))
        return FILE_REGULAR;
    return S_ISDIR(status.st_mode) ? FILE_FOLDER : FILE_OTHER;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

bool file_is_shared(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    return (status.st_uid != 0 && status.st_uid != geteuid()) || (status.st_mode & S_IWOTH) != 0 ||
           ((status.st_mode & S_IWGRP) != 0 && status.st_gid != getegid());
}

static int by_name(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

int file_list(struct slice **out, size_t *n_out, struct arena *arena, const char *folder,
              const char *suffix, struct osseo_error *error)
{
    int result = OSSEO_OK;
    struct array names;
    array_init(&names, arena->memory, sizeof(struct slice));

    DIR *dir = opendir(folder);
    if (dir == NULL) {
        result = cannot(error, "open folder", folder);
        goto done;
    }
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            if (errno != 0)
                result = cannot(error, "list folder", folder);
            break;
        }
        struct slice name = slice_of(entry->d_name);
        if (name.bytes[0] == '.' || !slice_ends(name, slice_of(suffix)))
            continue;
        struct slice *slot = array_add(&names);
        if (slot == NULL || (*slot = arena_copy(arena, name)).bytes == NULL) {
            result = error_no_memory(error);
            break;
        }
    }
    if (result == OSSEO_OK) {
        struct slice *list = arena_array(arena, names.n, sizeof *list);
        if (list == NULL) {
            result = error_no_memory(error);
            goto done;
        }
        if (names.n > 0) {
            memcpy(list, names.items, names.n * sizeof *list);
            qsort(list, names.n, sizeof *list, by_name);
        }
        *out = list;
        *n_out = names.n;
    }
done:
    if (dir != NULL)
        closedir(dir);
    array_release(&names);
    return result;
}

static bool write_all(int fd, struct slice bytes)
{
    while (bytes.n_bytes > 0) {
        ssize_t n = write(fd, bytes.bytes, bytes.n_bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes = slice_from(bytes, (size_t)n);
    }
    return true;
}

#define MOST_PATH 4096

/* Of the folder that holds `path`. */
static int open_folder_of(const char *path, int flags)
{
    char folder[MOST_PATH] = ".";
    const char *slash = strrchr(path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (n >= sizeof folder)
        return -1;
    if (n > 0) {
        memcpy(folder, path, n);
        folder[n] = '\0';
    }
    return open(folder, flags | O_CLOEXEC, 0600);
}

/* The rename is on disk only once the folder is. */
static void sync_folder_of(const char *path)
{
    int fd = open_folder_of(path, O_RDONLY | O_DIRECTORY);
    if (fd >= 0) {
        (void)fsync(fd); /* some file systems cannot; the file itself is synced */
        close(fd);
    }
}

/* Where a file that has no name can be given one. */
#define OPEN_FILES "/proc/self/fd"

/* Without a name a file is gone with the process, whatever ends it.  -1 where that
 * cannot be had. */
static int open_nameless(const char *path)
{
#ifdef O_TMPFILE
    if (access(OPEN_FILES, X_OK) == 0)
        return open_folder_of(path, O_TMPFILE | O_RDWR);
#endif
    (void)path;
    return -1;
}

int file_output_open(struct file_output *out, const char *path, struct osseo_error *error)
{
    out->path = path;
    int n = snprintf(out->temporary, sizeof out->temporary, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof out->temporary)
        return error_set(error, OSSEO_EIO, "cannot write '%.200s...': the name is too long", path);
    enum file_kind kind = file_kind(path);
    if (kind != FILE_MISSING && kind != FILE_REGULAR)
        return error_set(error, OSSEO_EIO,
                         "cannot write '%s': it is there and no file; name another", path);
    out->fd = open_nameless(path);
    if (out->fd >= 0)
        out->temporary[0] = '\0';
    else
        out->fd = mkstemp(out->temporary);
    return out->fd < 0 ? cannot(error, "write", path) : OSSEO_OK;
}

/* Gives a nameless file the first temporary name that is free. */
static bool give_name(struct file_output *o)
{
    char open_file[64];
    snprintf(open_file, sizeof open_file, OPEN_FILES "/%d", o->fd);
    for (int i = 0; i < 100; i++) {
        snprintf(o->temporary, sizeof o->temporary, "%s.%06d", o->path, i);
        if (linkat(AT_FDCWD, open_file, AT_FDCWD, o->temporary, AT_SYMLINK_FOLLOW) == 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    o->temporary[0] = '\0';
    return false;
}

static void remove_name(const struct file_output *o)
{
    if (o->temporary[0] != '\0')
        unlink(o->temporary);
}

int file_output_append(struct file_output *output, struct slice bytes, struct osseo_error *error)
{
    return write_all(output->fd, bytes) ? OSSEO_OK : cannot(error, "write", output->path);
}

int file_output_patch(struct file_output *output, struct slice bytes, struct osseo_error *error)
{
    return lseek(output->fd, 0, SEEK_SET) == 0 && write_all(output->fd, bytes)
               ? OSSEO_OK
               : cannot(error, "write", output->path);
}

int file_output_commit(struct file_output *output, struct osseo_error *error)
{
    /* mkstemp makes it private; a knowledge is for everybody whom umask lets. */
    mode_t mask = umask(0);
    umask(mask);
    int result = OSSEO_OK;
    if (fchmod(output->fd, 0666 & ~mask) != 0 || fsync(output->fd) != 0)
        result = cannot(error, "write", output->path);
    if (result == OSSEO_OK && output->temporary[0] == '\0' && !give_name(output))
        result = cannot(error, "write", output->path);
    if (close(output->fd) != 0 && result == OSSEO_OK)
        result = cannot(error, "write", output->path);
    if (result == OSSEO_OK && rename(output->temporary, output->path) != 0)
        result = cannot(error, "write", output->path);
    if (result == OSSEO_OK)
        sync_folder_of(output->path);
    else
        remove_name(output);
    return result;
}

void file_output_abandon(struct file_output *output)
{
    close(output->fd);
    remove_name(output);
}

int file_write(const char *path, struct slice bytes, struct osseo_error *error)
{
    struct file_output output;
    int result = file_output_open(&output, path, error);
    if (result != OSSEO_OK)
        return result;
    result = file_output_append(&output, bytes, error);
    if (result == OSSEO_OK)
        return file_output_commit(&output, error);
    file_output_abandon(&output);
    return result;
}

int file_scratch_open(struct file_scratch *out, const char *path, struct osseo_error *error)
{
    struct file_output output;
    int result = file_output_open(&output, path, error);
    if (result == OSSEO_OK) {
        remove_name(&output);
        *out = (struct file_scratch){ output.fd, 0, path };
    }
    return result;
}

int file_scratch_append(struct file_scratch *scratch, struct slice bytes, struct osseo_error *error)
{
    scratch->n_bytes += bytes.n_bytes;
    return write_all(scratch->fd, bytes) ? OSSEO_OK
                                         : cannot(error, "write a temporary file beside",
                                                  scratch->path);
}

int file_scratch_read(const struct file_scratch *scratch, uint64_t at, char *bytes,
                      size_t n_bytes, struct osseo_error *error)
{
    while (n_bytes > 0) {
        ssize_t n = pread(scratch->fd, bytes, n_bytes, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n == 0 ? EIO : errno;
            return cannot(error, "read a temporary file beside", scratch->path);
        }
        bytes += n;
        at += (uint64_t)n;
        n_bytes -= (size_t)n;
    }
    return OSSEO_OK;
}

void file_scratch_close(struct file_scratch *scratch)
{
    if (scratch->fd >= 0)
        close(scratch->fd);
    scratch->fd = -1;
}

/* False with errno 0 where the file ends early. */
static bool read_all(int fd, char *bytes, size_t n_bytes)
{
    while (n_bytes > 0) {
        ssize_t n = read_some(fd, bytes, n_bytes);
        if (n <= 0) {
            errno = n == 0 ? 0 : errno;
            return false;
        }
        bytes += n;
        n_bytes -= (size_t)n;
    }
    return true;
}

static int open_whole(struct file_map *out, const char *path, bool copies,
                      struct osseo_error *error)
{
    struct stat status;
    int fd = open_regular(path, &status, error), result = OSSEO_OK;
    if (fd < 0)
        return OSSEO_EIO;
    struct file_map map = { NULL, (size_t)status.st_size };
    if (status.st_size <= 0 || (uintmax_t)status.st_size > SIZE_MAX) {
        close(fd);
        return error_set(error, OSSEO_ECORRUPT, "it is empty or too large to read");
    }
    void *bytes = copies ? mmap(NULL, map.n_bytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                         : mmap(NULL, map.n_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        result = copies ? error_no_memory(error) : cannot(error, "map", path);
    else
        map.bytes = bytes;
    if (result == OSSEO_OK && copies && !read_all(fd, bytes, map.n_bytes))
        result = errno == 0 ? error_set(error, OSSEO_ECORRUPT,
                                        "it was cut short while it was read")
                            : cannot(error, "read", path);
    close(fd);
    if (result == OSSEO_OK)
        *out = map;
    else
        file_map_close(&map);
    return result;
}

int file_map_open(struct file_map *out, const char *path, struct osseo_error *error)
{
    return open_whole(out, path, false, error);
}

int file_copy_open(struct file_map *out, const char *path, struct osseo_error *error)
{
    return open_whole(out, path, true, error);
}

void file_map_close(struct file_map *map)
{
    if (map->bytes != NULL)
        munmap((void *)(uintptr_t)map->bytes, map->n_bytes);
    *map = (struct file_map){ NULL, 0 };
}
