/* base/utf8.h -- stepping through text by code point.
 *
 * Any bytes are safe: what is not UTF-8 (overlong forms, surrogates, stray
 * continuation bytes, values above U+10FFFF) reads as U+FFFD, one for each
 * byte that cannot be part of a character. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/slice.h"

#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu
#define UTF8_REPLACEMENT_BYTES "\xEF\xBF\xBD"

/* The code point at `*at`, which must be below the length; moves `*at` on. */
uint32_t utf8_next(struct slice text, size_t *at);

/* Writes 1 to 4 bytes and returns how many. */
size_t utf8_encode(uint32_t c, char out[4]);

/* The offset of the first byte that is not UTF-8, or the length. */
size_t utf8_first_invalid(struct slice text);

/* True for what must not reach a terminal or a page raw: C0 (tab and newline
 * included), DEL, C1, and marks that turn the reading direction or hide. */
bool utf8_is_control(uint32_t c);

/* The longest prefix of at most `n_bytes` that does not cut a character. */
size_t utf8_cut(struct slice text, size_t n_bytes);

#endif
