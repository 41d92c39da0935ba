#include "base/buffer.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void buffer_init(struct buffer *buffer, const struct memory *memory, size_t maximum)
{
    *buffer = (struct buffer){ .memory = memory, .maximum = maximum };
}

void buffer_release(struct buffer *buffer)
{
    memory_free(buffer->memory, buffer->bytes, buffer->capacity);
    buffer_init(buffer, buffer->memory, buffer->maximum);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->n_bytes = 0;
    buffer->failed = false;
}

/* Room for `more` bytes and a zero byte behind them. */
static bool make_room(struct buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (more >= buffer->maximum || buffer->n_bytes >= buffer->maximum - more) {
        buffer->failed = true;
        return false;
    }
    size_t needed = buffer->n_bytes + more + 1;
    if (needed <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity;
    while (capacity < needed)
        capacity += capacity / 2 + 64;
    char *bytes = memory_resize(buffer->memory, buffer->bytes, buffer->capacity, capacity);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t n_bytes)
{
    if (n_bytes == 0 || !make_room(buffer, n_bytes))
        return;
    memcpy(buffer->bytes + buffer->n_bytes, bytes, n_bytes);
    buffer->n_bytes += n_bytes;
}

void buffer_append_slice(struct buffer *buffer, struct slice text)
{
    buffer_append(buffer, text.bytes, text.n_bytes);
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_byte(struct buffer *buffer, char byte)
{
    buffer_append(buffer, &byte, 1);
}

void buffer_append_format(struct buffer *buffer, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (n < 0)
        buffer->failed = true;
    else
        buffer_append(buffer, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

void buffer_append_u16(struct buffer *buffer, uint16_t value)
{
    unsigned char bytes[2] = { (unsigned char)value, (unsigned char)(value >> 8) };
    buffer_append(buffer, bytes, sizeof bytes);
}

void buffer_append_u32(struct buffer *buffer, uint32_t value)
{
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    buffer_append(buffer, bytes, sizeof bytes);
}

void buffer_append_u64(struct buffer *buffer, uint64_t value)
{
    buffer_append_u32(buffer, (uint32_t)value);
    buffer_append_u32(buffer, (uint32_t)(value >> 32));
}

void buffer_append_varint(struct buffer *buffer, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        buffer_append_byte(buffer, (char)(value | 0x80));
    buffer_append_byte(buffer, (char)value);
}

void buffer_append_f32(struct buffer *buffer, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    buffer_append_u32(buffer, bits);
}

/* Where the bytes end that stand for themselves in JSON: ASCII but for controls,
 * quotes and backslashes. */
static size_t end_of_plain(struct slice text, size_t at)
{
    while (at < text.n_bytes && text.bytes[at] >= ' ' && text.bytes[at] < 0x7F &&
           text.bytes[at] != '"' && text.bytes[at] != '\\')
        at++;
    return at;
}

void buffer_append_json(struct buffer *buffer, struct slice text)
{
    buffer_append_byte(buffer, '"');
    for (size_t at = 0; at < text.n_bytes;) {
        size_t start = at;
        at = end_of_plain(text, at);
        if (at > start) {
            buffer_append(buffer, text.bytes + start, at - start);
            continue;
        }
        uint32_t c = utf8_next(text, &at);
        if (c == '"' || c == '\\') {
            buffer_append_byte(buffer, '\\');
            buffer_append_byte(buffer, (char)c);
        } else if (c == '\n') {
            buffer_append_text(buffer, "\\n");
        } else if (c == '\t') {
            buffer_append_text(buffer, "\\t");
        } else if (utf8_is_control(c)) {
            buffer_append_format(buffer, "\\u%04x", (unsigned)c);
        } else if (c == UTF8_REPLACEMENT) {
            buffer_append_text(buffer, UTF8_REPLACEMENT_BYTES);
        } else {
            buffer_append(buffer, text.bytes + start, at - start);
        }
    }
    buffer_append_byte(buffer, '"');
}

const char *buffer_text(struct buffer *buffer)
{
    if (!make_room(buffer, 0))
        return NULL;
    buffer->bytes[buffer->n_bytes] = '\0';
    return buffer->bytes;
}

struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){ buffer->bytes, buffer->n_bytes };
}
