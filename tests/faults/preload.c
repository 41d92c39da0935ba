/* Makes calls of the C library fail: LD_PRELOAD=build/tests/faults.so
 *
 *   FAULT=name:when:what      the call, which of them (1 is the first, 0 all), and
 *                             an error's number, "short" or "exit"
 *   FAULT_TELL=fd             where a byte is written when it happens
 *
 * "short" moves one byte where more were asked for; "exit" ends the process there and
 * then, as a power cut would.  Calls from inside the C library (stdio) are not seen,
 * but for its allocations. */
#define _GNU_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long n_calls;
static struct {
    char name[16], what[16];
    long when;
    int tell;
    bool is_read, is_on;
} fault;

static void read_fault(void)
{
    const char *text = getenv("FAULT"), *tell = getenv("FAULT_TELL");
    fault.is_read = true;
    fault.is_on = text != NULL &&
                  sscanf(text, "%15[^:]:%ld:%15s", fault.name, &fault.when, fault.what) == 3;
    fault.tell = tell == NULL ? -1 : atoi(tell);
}

enum effect { NOTHING, FAILS, SHORT };

static enum effect effect_on(const char *name)
{
    if (!fault.is_read)
        read_fault();
    if (!fault.is_on || strcmp(name, fault.name) != 0)
        return NOTHING;
    long n = atomic_fetch_add(&n_calls, 1) + 1;
    if (fault.when != 0 && n != fault.when)
        return NOTHING;
    if (fault.tell >= 0)
        syscall(SYS_write, fault.tell, "!", 1);
    if (strcmp(fault.what, "exit") == 0)
        _exit(77);
    if (strcmp(fault.what, "short") == 0)
        return SHORT;
    errno = atoi(fault.what);
    return FAILS;
}

#define NEXT(name) ((__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name))

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
    return effect_on("malloc") == FAILS ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return effect_on("malloc") == FAILS ? NULL : __libc_calloc(n, size);
}

void *realloc(void *block, size_t size)
{
    if (size == 0)
        return __libc_realloc(block, size);
    return effect_on("malloc") == FAILS ? NULL : __libc_realloc(block, size);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    enum effect effect = effect_on("read");
    return effect == FAILS ? -1 : NEXT(read)(fd, bytes, effect == SHORT && n > 1 ? 1 : n);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    enum effect effect = effect_on("write");
    return effect == FAILS ? -1 : NEXT(write)(fd, bytes, effect == SHORT && n > 1 ? 1 : n);
}

ssize_t pread(int fd, void *bytes, size_t n, off_t at)
{
    enum effect effect = effect_on("pread");
    return effect == FAILS ? -1 : NEXT(pread)(fd, bytes, effect == SHORT && n > 1 ? 1 : n, at);
}

off_t lseek(int fd, off_t offset, int whence)
{
    return effect_on("lseek") == FAILS ? -1 : NEXT(lseek)(fd, offset, whence);
}

int fsync(int fd)
{
    return effect_on("fsync") == FAILS ? -1 : NEXT(fsync)(fd);
}

int rename(const char *from, const char *to)
{
    return effect_on("rename") == FAILS ? -1 : NEXT(rename)(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    return effect_on("linkat") == FAILS ? -1
                                        : NEXT(linkat)(from_folder, from, to_folder, to, flags);
}

int access(const char *path, int mode)
{
    return effect_on("access") == FAILS ? -1 : NEXT(access)(path, mode);
}

int fchmod(int fd, mode_t mode)
{
    return effect_on("fchmod") == FAILS ? -1 : NEXT(fchmod)(fd, mode);
}

int mkstemp(char *name)
{
    return effect_on("mkstemp") == FAILS ? -1 : NEXT(mkstemp)(name);
}

/* Closed or not, as Linux has it: the descriptor is gone. */
int close(int fd)
{
    int result = NEXT(close)(fd);
    return effect_on("close") == FAILS ? -1 : result;
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    bool is_nameless = (flags & O_TMPFILE) == O_TMPFILE;
    mode_t mode = flags & O_CREAT || is_nameless ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    const char *wanted = getenv("FAULT");
    if (is_nameless && wanted != NULL && strncmp(wanted, "mkstemp:", 8) == 0) {
        errno = EOPNOTSUPP; /* as where it is needed */
        return -1;
    }
    return effect_on("open") == FAILS ? -1 : NEXT(open)(path, flags, mode);
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
    return effect_on("mmap") == FAILS ? MAP_FAILED
                                      : NEXT(mmap)(at, n, protection, flags, fd, offset);
}

DIR *opendir(const char *path)
{
    return effect_on("opendir") == FAILS ? NULL : NEXT(opendir)(path);
}

struct dirent *readdir(DIR *dir)
{
    return effect_on("readdir") == FAILS ? NULL : NEXT(readdir)(dir);
}
