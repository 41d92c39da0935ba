/* base/slice.h -- borrowed bytes with a length.
 *
 * Nothing assumes a terminating zero.  Cutting narrows a slice and copies
 * nothing; the bytes belong to whoever handed them out. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *bytes;
    size_t n_bytes;
};

#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

/* A slice as the two arguments of printf's "%.*s". */
#define TEXT(s) (int)(s).n_bytes, (s).bytes

static inline struct slice slice_of(const char *text)
{
    return (struct slice){ text, text == NULL ? 0 : strlen(text) };
}

static inline struct slice slice_from(struct slice s, size_t start)
{
    return (struct slice){ s.bytes + start, s.n_bytes - start };
}

static inline struct slice slice_cut(struct slice s, size_t start, size_t end)
{
    return (struct slice){ s.bytes + start, end - start };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.n_bytes == b.n_bytes && (a.n_bytes == 0 || memcmp(a.bytes, b.bytes, a.n_bytes) == 0);
}

/* Byte order; a prefix comes first. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.n_bytes < b.n_bytes ? a.n_bytes : b.n_bytes;
    int order = n == 0 ? 0 : memcmp(a.bytes, b.bytes, n);
    return order != 0 ? order : (a.n_bytes > b.n_bytes) - (a.n_bytes < b.n_bytes);
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
    return s.n_bytes >= prefix.n_bytes && memcmp(s.bytes, prefix.bytes, prefix.n_bytes) == 0;
}

static inline bool slice_ends(struct slice s, struct slice suffix)
{
    return s.n_bytes >= suffix.n_bytes &&
           memcmp(s.bytes + s.n_bytes - suffix.n_bytes, suffix.bytes, suffix.n_bytes) == 0;
}

/* Without ASCII blanks at both ends. */
static inline struct slice slice_trim(struct slice s)
{
    while (s.n_bytes > 0 && strchr(" \t\r\n", s.bytes[0]) != NULL && s.bytes[0] != '\0')
        s = slice_from(s, 1);
    while (s.n_bytes > 0 && strchr(" \t\r\n", s.bytes[s.n_bytes - 1]) != NULL &&
           s.bytes[s.n_bytes - 1] != '\0')
        s.n_bytes--;
    return s;
}

/* Takes the part before the first `separator` off the front of `*rest`; the
 * separator is dropped.  False when nothing is left. */
static inline bool slice_split(struct slice *rest, char separator, struct slice *part)
{
    if (rest->bytes == NULL)
        return false;
    const char *at = rest->n_bytes == 0 ? NULL : memchr(rest->bytes, separator, rest->n_bytes);
    if (at == NULL) {
        *part = *rest;
        *rest = (struct slice){ NULL, 0 };
        return true;
    }
    size_t n = (size_t)(at - rest->bytes);
    *part = slice_cut(*rest, 0, n);
    *rest = slice_from(*rest, n + 1);
    return true;
}

#endif
