#include "text/fold.h"

#include "base/utf8.h"

#include <utf8proc.h>

/* Source bytes of a word that are folded; what is behind them would be cut
 * from the result anyway, but for marks and zero-width characters. */
#define MAX_SOURCE_BYTES 256

bool fold_is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0x00B4 || c == 0x2018 || c == 0x2019 || c == 0x02BC ||
           c == 0x02B9 || c == 0x2032 || c == 0xFF07;
}

static bool is_ascii(struct slice word)
{
    for (size_t i = 0; i < word.n_bytes; i++)
        if ((unsigned char)word.bytes[i] >= 0x80)
            return false;
    return true;
}

static size_t fold_ascii(struct slice word, char out[MAX_TERM_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < word.n_bytes && n < MAX_TERM_BYTES; i++) {
        char c = word.bytes[i];
        if (c != '\'' && c != '`')
            out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return n;
}

size_t fold_word(struct slice word, char out[MAX_TERM_BYTES])
{
    if (is_ascii(word))
        return fold_ascii(word, out);

    /* One code point decomposes into at most 18 (Unicode, NFKD). */
    utf8proc_int32_t points[MAX_SOURCE_BYTES * 18];
    size_t n = 0, n_source = utf8_cut(word, MAX_SOURCE_BYTES);
    utf8proc_ssize_t n_points =
        utf8proc_decompose((const utf8proc_uint8_t *)word.bytes, (utf8proc_ssize_t)n_source, points,
                           MAX_SOURCE_BYTES * 18,
                           UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                               UTF8PROC_IGNORE | UTF8PROC_STRIPMARK | UTF8PROC_STRIPCC);
    if (n_points > MAX_SOURCE_BYTES * 18)
        return 0;
    for (utf8proc_ssize_t i = 0; i < n_points; i++) {
        char bytes[4];
        uint32_t c = (uint32_t)points[i];
        size_t size = utf8_encode(c, bytes);
        if (fold_is_apostrophe(c))
            continue;
        if (n + size > MAX_TERM_BYTES)
            break;
        memcpy(out + n, bytes, size);
        n += size;
    }
    return n;
}
