/* base/buffer.h -- growable bytes with a maximum and a sticky error.
 *
 * A buffer remembers its first failure and ignores what is appended
 * afterwards, so composing text is straight prose with one check at its end:
 * buffer_text() returns NULL where anything was lost. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/memory.h"

struct buffer {
    const struct memory *memory; /* borrowed */
    char *bytes;
    size_t n_bytes, capacity, maximum;
    bool failed; /* memory ran out or the maximum was reached */
};

void buffer_init(struct buffer *buffer, const struct memory *memory, size_t maximum);
void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);

void buffer_append(struct buffer *buffer, const void *bytes, size_t n_bytes);
void buffer_append_slice(struct buffer *buffer, struct slice text);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_byte(struct buffer *buffer, char byte);
/* printf's %s, %d and so on; at most 512 bytes a call. */
void buffer_append_format(struct buffer *buffer, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
/* Little-endian integers. */
void buffer_append_u16(struct buffer *buffer, uint16_t value);
void buffer_append_u32(struct buffer *buffer, uint32_t value);
void buffer_append_u64(struct buffer *buffer, uint64_t value);
/* Seven bits a byte, low ones first; see bytes_varint(). */
void buffer_append_varint(struct buffer *buffer, uint64_t value);
/* An IEEE 754 single. */
void buffer_append_f32(struct buffer *buffer, float value);

/* `text` as a JSON string in quotes.  Control characters, and characters that
 * steer a terminal or turn the reading direction, are written as \u escapes;
 * bytes that are not UTF-8 become U+FFFD. */
void buffer_append_json(struct buffer *buffer, struct slice text);

/* The bytes with a zero byte behind them, or NULL after a failure. */
const char *buffer_text(struct buffer *buffer);
struct slice buffer_slice(const struct buffer *buffer);

#endif
