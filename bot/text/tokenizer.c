#include "text/tokenizer.h"

#include "base/bytes.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <utf8proc.h>

enum class { OTHER, LETTER, DIGIT, MARK };

static enum class class_of(uint32_t c)
{
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return LETTER;
        return c >= '0' && c <= '9' ? DIGIT : OTHER;
    }
    if (c == UTF8_REPLACEMENT)
        return OTHER;
    /* Those of one kind stand together in Unicode's order. */
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
        return LETTER;
    if (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO)
        return DIGIT;
    bool is_mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
    return is_mark || category == UTF8PROC_CATEGORY_CF ? MARK : OTHER;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011 || c == 0xFF0D;
}

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == '\n' || c == 0x2026;
}

static bool ends_clause(uint32_t c)
{
    return ends_sentence(c) || c == ',' || c == ';' || c == ':' || c == '(' || c == ')' ||
           c == 0x2013 || c == 0x2014;
}

/* The class of what stands at `at`, over apostrophes and marks. */
static enum class peek(struct slice text, size_t at)
{
    while (at < text.n_bytes) {
        enum class kind = class_of(utf8_next(text, &at));
        if (kind != MARK)
            return kind;
    }
    return OTHER;
}

static bool three_digits_follow(struct slice text, size_t at)
{
    size_t n = 0;
    while (at + n < text.n_bytes && text.bytes[at + n] >= '0' && text.bytes[at + n] <= '9')
        n++;
    return n == 3;
}

void tokenizer_init(struct tokenizer *tokenizer, struct slice text)
{
    tokenizer->text = text;
    tokenizer->at = 0;
    tokenizer->position = 0;
    tokenizer->clause = tokenizer->sentence = true;
    tokenizer->n_parts = tokenizer->next_part = 0;
}

/* Folds the source bytes from `start` to `end` into the next part, without the
 * commas of a number and the full stops of initials (`dropped`). */
static void add_part(struct tokenizer *t, size_t start, size_t end, bool is_number, char dropped)
{
    struct slice source = slice_cut(t->text, start, end);
    char kept[MAX_TERM_BYTES * 2];

    if (memchr(source.bytes, dropped, source.n_bytes) != NULL) {
        size_t n = 0, i = 0;
        for (; i < source.n_bytes && n < sizeof kept; i++)
            if (source.bytes[i] != dropped)
                kept[n++] = source.bytes[i];
        bool is_whole = i == source.n_bytes;
        source = (struct slice){ kept, n };
        if (!is_whole)
            source.n_bytes = utf8_cut(source, n - 1);
    }
    size_t n = fold_word(source, t->part[t->n_parts].bytes);
    if (n == 0)
        return;
    t->part[t->n_parts].start = start;
    t->part[t->n_parts].end = end;
    t->part[t->n_parts].n_bytes = n;
    t->part[t->n_parts].is_number = is_number;
    t->n_parts++;
}

/* A possessive 's, whatever its apostrophe. */
static size_t without_possessive(struct slice text, size_t start, size_t end)
{
    size_t at = start, last = end, before_last = end;
    uint32_t c = 0;
    while (at < end) {
        before_last = last;
        last = at;
        c = utf8_next(text, &at);
    }
    /* The last two are the full-width letters. */
    if (before_last < last && (c == 's' || c == 'S' || c == 0xFF53 || c == 0xFF33)) {
        at = before_last;
        if (fold_is_apostrophe(utf8_next(text, &at)) && before_last > start)
            return before_last;
    }
    return end;
}

/* One run of letters or of digits from `t->at` on.  Returns its class. */
static enum class scan_run(struct tokenizer *t)
{
    size_t start = t->at, at = start;
    enum class kind = class_of(utf8_next(t->text, &at));
    bool is_initials = false;

    while (at < t->text.n_bytes) {
        size_t next = at;
        uint32_t c = utf8_next(t->text, &next);
        enum class here = class_of(c);
        if (here == kind || here == MARK) {
            at = next;
        } else if (kind == LETTER && fold_is_apostrophe(c) && peek(t->text, next) == LETTER) {
            at = next;
        } else if (kind == DIGIT && c == '.' && peek(t->text, next) == DIGIT) {
            at = next;
        } else if (kind == DIGIT && c == ',' && three_digits_follow(t->text, next)) {
            at = next;
        } else if (kind == LETTER && c == '.' && (at == start + 1 || is_initials) &&
                   peek(t->text, next) == LETTER) {
            size_t after = next;
            utf8_next(t->text, &after);
            if (peek(t->text, after) == LETTER)
                break; /* "I.go" is the end of a sentence without its blank */
            is_initials = true;
            at = next;
        } else {
            break;
        }
    }
    /* Initials are one word, so "u.k." and "uk" meet. */
    if (kind == DIGIT)
        add_part(t, start, at, true, ',');
    else
        add_part(t, start, without_possessive(t->text, start, at), false, is_initials ? '.' : '\0');
    t->at = at;
    return kind;
}

/* Moves over a connector between two parts; false where the word ends. */
static bool connects(struct tokenizer *t, enum class before)
{
    if (t->at >= t->text.n_bytes)
        return false;
    size_t next = t->at;
    uint32_t c = utf8_next(t->text, &next);
    enum class here = class_of(c);
    if ((here == LETTER && before == DIGIT) || (here == DIGIT && before == LETTER))
        return true;
    enum class after = peek(t->text, next);
    if (after != LETTER && after != DIGIT)
        return false;
    bool is_short = t->n_parts > 0 && t->part[t->n_parts - 1].n_bytes == 1;
    if (is_hyphen(c) || ((c == '&' || c == '+') && is_short)) {
        t->at = next;
        return true;
    }
    return false;
}

/* The whole word behind its parts: what is typed without hyphens.  One that would be
 * too long is left out. */
static void add_joined(struct tokenizer *t)
{
    size_t n = 0, last = t->n_parts;
    for (size_t i = 0; i < last; i++) {
        if (n + t->part[i].n_bytes > MAX_TERM_BYTES)
            return;
        memcpy(t->part[last].bytes + n, t->part[i].bytes, t->part[i].n_bytes);
        n += t->part[i].n_bytes;
    }
    t->part[last].n_bytes = n;
    t->part[last].start = t->part[0].start;
    t->part[last].end = t->part[last - 1].end;
    t->part[last].is_number = false;
    t->n_parts++;
    t->has_joined = true;
}

static bool is_ascii_letter(char c)
{
    return (unsigned)((unsigned char)c | 0x20) - 'a' < 26;
}

#define EACH_BYTE 0x0101010101010101u

/* How many of the next eight bytes are letters before one that is none; their small
 * forms.  All eight are compared at once: a difference keeps the high bit that was set
 * before where it does not fall below 0. */
static size_t fold_eight(char *out, const char *text)
{
    uint64_t eight = bytes_load(text);
    uint64_t high = 0x80 * EACH_BYTE, small = (eight & ~high) | 0x20 * EACH_BYTE;
    uint64_t from_a = (small | high) - 'a' * EACH_BYTE, to_z = ('z' * EACH_BYTE | high) - small;
    uint64_t others = ~(from_a & to_z & ~eight) & high;
    bytes_store(out, small);
    return others == 0 ? 8 : (size_t)__builtin_ctzll(others) / 8;
}

/* True where `c` ends a word of `n` letters whatever follows. */
static bool ends_plain_word(unsigned char c, size_t n)
{
    switch (c) {
    case '-':
    case '&':
    case '+':
    case '\'':
    case '`':
        return false;
    case '.':
        return n > 1; /* else perhaps an initial */
    default:
        return c < 0x80 && class_of(c) == OTHER;
    }
}

/* The common case: letters of ASCII with nothing beside them that could join them to
 * more.  False, and nothing done, where it is another. */
static bool scan_plain_word(struct tokenizer *t)
{
    const char *text = t->text.bytes + t->at;
    char *folded = t->part[0].bytes;
    size_t n = 0, left = t->text.n_bytes - t->at;
    size_t room = left < MAX_TERM_BYTES ? left : MAX_TERM_BYTES;
    for (size_t eight = 8; eight == 8 && room - n >= 8; n += eight)
        eight = fold_eight(folded + n, text + n);
    for (; n < room && is_ascii_letter(text[n]); n++)
        folded[n] = (char)(text[n] | 0x20);
    while (n < left && is_ascii_letter(text[n]))
        n++;
    if (n == 0 || (n < left && !ends_plain_word((unsigned char)text[n], n)))
        return false;
    t->part[0].start = t->at;
    t->at += n;
    t->part[0].end = t->at;
    t->part[0].n_bytes = n < MAX_TERM_BYTES ? n : MAX_TERM_BYTES;
    t->part[0].is_number = false;
    t->n_parts = 1;
    return true;
}

/* Reads the next word with its parts.  False at the end of the text. */
static bool scan_word(struct tokenizer *t)
{
    t->n_parts = t->next_part = 0;
    t->has_joined = false;
    while (t->n_parts == 0) {
        for (;;) {
            while (t->at < t->text.n_bytes && t->text.bytes[t->at] == ' ')
                t->at++;
            if (t->at >= t->text.n_bytes)
                return false;
            if (is_ascii_letter(t->text.bytes[t->at]))
                break;
            size_t next = t->at;
            uint32_t c = utf8_next(t->text, &next);
            enum class kind = class_of(c);
            if (kind == LETTER || kind == DIGIT)
                break;
            t->clause = t->clause || ends_clause(c) || is_hyphen(c);
            t->sentence = t->sentence || ends_sentence(c);
            t->at = next;
        }
        if (scan_plain_word(t))
            break;
        enum class kind = scan_run(t);
        while (t->n_parts > 0 && t->n_parts < MAX_PARTS && connects(t, kind))
            kind = scan_run(t);
    }
    t->parts_clause = t->clause;
    t->parts_sentence = t->sentence;
    t->clause = t->sentence = false;
    if (t->n_parts > 1)
        add_joined(t);
    return true;
}

const struct word_part *tokenizer_next_part(struct tokenizer *t, bool *is_joined)
{
    if (t->next_part >= t->n_parts && !scan_word(t))
        return NULL;
    size_t i = t->next_part++;
    *is_joined = t->has_joined && i == t->n_parts - 1;
    return &t->part[i];
}

bool tokenizer_next(struct tokenizer *t, struct token *token)
{
    bool is_joined;
    const struct word_part *part = tokenizer_next_part(t, &is_joined);
    if (part == NULL)
        return false;
    size_t i = t->next_part - 1;
    *token = (struct token){
        .surface = { part->bytes, part->n_bytes },
        .start = part->start,
        .end = part->end,
        .position = is_joined ? t->position - (uint32_t)i : t->position,
        .is_joined = is_joined,
        .is_number = part->is_number,
        .starts_clause = i == 0 && t->parts_clause,
        .starts_sentence = i == 0 && t->parts_sentence,
    };
    token->term = token->surface;
    if (!is_joined)
        t->position++;
    return true;
}
