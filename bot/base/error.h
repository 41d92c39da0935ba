/* base/error.h -- filling a struct osseo_error, and complaints about files. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "osseo.h"

#include <stdbool.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(nth, rest) __attribute__((format(printf, nth, rest)))
#else
#define PRINTF_LIKE(nth, rest)
#endif

/* Fills `*error` (may be NULL) and returns `status`, so that a failure is one
 * line: return error_set(error, OSSEO_EIO, "cannot read '%s': %s", ...). */
int error_set(struct osseo_error *error, int status, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same with a place; `text` becomes "file:line: error: ...". */
int error_at(struct osseo_error *error, const char *file, unsigned line, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* Puts the file before what is wrong with its bytes, where `status` is OSSEO_ECORRUPT;
 * returns `status`. */
int error_name(struct osseo_error *error, int status, const char *file);

/* "out of memory", OSSEO_ENOMEM. */
int error_no_memory(struct osseo_error *error);

/* Where complaints about a knowledge go: all are told, the first error also
 * fails the build.  Rules name themselves, so that a test and an exception
 * can name them too. */
struct complaints {
    void (*tell)(void *context, int is_error, const char *file, unsigned line, const char *rule,
                 const char *text); /* may be NULL */
    void *context;
    struct osseo_error *error; /* first error; may be NULL */
    unsigned n_errors, n_warnings;
};

/* Both return OSSEO_EPARSE, so a parser may give up with `return complain(...)`. */
int complain(struct complaints *complaints, const char *file, unsigned line, const char *rule,
             const char *format, ...) PRINTF_LIKE(5, 6);
int warn_of(struct complaints *complaints, const char *file, unsigned line, const char *rule,
            const char *format, ...) PRINTF_LIKE(5, 6);

#endif
