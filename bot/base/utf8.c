#include "base/utf8.h"

/* Bytes of the character that begins with `c`, or 0. */
static size_t length_of(uint32_t c)
{
    return c < 0x80                 ? 1
           : c >= 0xC2 && c <= 0xDF ? 2
           : c >= 0xE0 && c <= 0xEF ? 3
           : c >= 0xF0 && c <= 0xF4 ? 4
                                    : 0;
}

uint32_t utf8_next(struct slice text, size_t *at)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *s = (const unsigned char *)text.bytes + *at;
    size_t left = text.n_bytes - *at, n = length_of(s[0]);
    uint32_t c = s[0];

    *at += 1;
    if (n == 1)
        return c;
    if (n == 0 || n > left)
        return UTF8_REPLACEMENT;
    c &= 0x7Fu >> n;
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return UTF8_REPLACEMENT;
        c = c << 6 | (s[i] & 0x3F);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return UTF8_REPLACEMENT;
    *at += n - 1;
    return c;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    static const unsigned char marks[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(marks[n] | c);
    return n;
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
