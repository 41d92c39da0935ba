#include "base/utf8.h"

uint32_t utf8_next(struct slice text, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text.bytes + *at;
    size_t left = text.n_bytes - *at;
    uint32_t c = s[0], least;
    size_t n;

    if (c < 0x80) {
        *at += 1;
        return c;
    }
    if (c >= 0xC2 && c <= 0xDF) {
        n = 2;
        c &= 0x1F;
        least = 0x80;
    } else if (c >= 0xE0 && c <= 0xEF) {
        n = 3;
        c &= 0x0F;
        least = 0x800;
    } else if (c >= 0xF0 && c <= 0xF4) {
        n = 4;
        c &= 0x07;
        least = 0x10000;
    } else {
        *at += 1;
        return UTF8_REPLACEMENT;
    }
    for (size_t i = 1; i < n; i++) {
        if (i >= left || (s[i] & 0xC0) != 0x80) {
            *at += 1;
            return UTF8_REPLACEMENT;
        }
        c = c << 6 | (s[i] & 0x3F);
    }
    if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        *at += 1;
        return UTF8_REPLACEMENT;
    }
    *at += n;
    return c;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* Behind the ASCII that begins at `at`, eight bytes at a time. */
static size_t skip_ascii(struct slice text, size_t at)
{
    uint64_t eight;
    for (; text.n_bytes - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.bytes + at, sizeof eight);
        if ((eight & 0x8080808080808080u) != 0)
            break;
    }
    return at;
}

size_t utf8_first_invalid(struct slice text)
{
    size_t at = 0;
    while ((at = skip_ascii(text, at)) < text.n_bytes) {
        size_t start = at;
        if (utf8_next(text, &at) == UTF8_REPLACEMENT && at - start == 1)
            return start;
    }
    return text.n_bytes;
}

bool utf8_is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

size_t utf8_cut(struct slice text, size_t n_bytes)
{
    if (text.n_bytes <= n_bytes)
        return text.n_bytes;
    size_t end = n_bytes;
    while (end > 0 && n_bytes - end < 3 && ((unsigned char)text.bytes[end] & 0xC0) == 0x80)
        end--;
    return end;
}
