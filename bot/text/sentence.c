#include "text/sentence.h"

#include "text/words.h"

static const char *const abbreviations[] = { "Dr", "Mr", "Mrs", "Ms", "St", "e.g", "i.e" };

static bool is_abbreviation(struct slice before)
{
    size_t start = before.n_bytes;
    while (start > 0 && before.bytes[start - 1] != ' ' && before.bytes[start - 1] != '(')
        start--;
    struct slice word = slice_from(before, start);
    if (HOLDS(abbreviations, word))
        return true;
    return word.n_bytes == 1 && word.bytes[0] >= 'A' && word.bytes[0] <= 'Z' && word.bytes[0] != 'I';
}

/* Bytes of a closing quote or bracket at `at`, or 0. */
static size_t closing(struct slice text, size_t at)
{
    if (at >= text.n_bytes)
        return 0;
    if (strchr(")]\"'", text.bytes[at]) != NULL && text.bytes[at] != '\0')
        return 1;
    struct slice rest = slice_from(text, at);
    return slice_starts(rest, SLICE("\u2019")) || slice_starts(rest, SLICE("\u201D")) ? 3 : 0;
}

/* The offset behind the sentence that `text` begins with. */
static size_t sentence_end(struct slice text)
{
    for (size_t i = 0; i < text.n_bytes; i++) {
        char c = text.bytes[i];
        if (c == '\n')
            return i + 1;
        if (c != '.' && c != '!' && c != '?')
            continue;
        size_t end = i + 1;
        for (size_t n; (n = closing(text, end)) > 0;)
            end += n;
        if (end >= text.n_bytes)
            return text.n_bytes;
        if (text.bytes[end] == '\n')
            return end + 1;
        if (text.bytes[end] != ' ')
            continue;
        bool small_follows = end + 1 < text.n_bytes && text.bytes[end + 1] >= 'a' &&
                             text.bytes[end + 1] <= 'z';
        if (!small_follows && !(c == '.' && is_abbreviation(slice_cut(text, 0, i))))
            return end;
    }
    return text.n_bytes;
}

bool sentence_next(struct slice *rest, struct slice *sentence)
{
    for (;;) {
        *rest = slice_trim(*rest);
        if (rest->n_bytes == 0)
            return false;
        size_t end = sentence_end(*rest);
        *sentence = slice_trim(slice_cut(*rest, 0, end));
        *rest = slice_from(*rest, end);
        if (sentence->n_bytes > 0)
            return true;
    }
}
