#include "base/json.h"

#include "base/bytes.h"
#include "base/utf8.h"

/* Arrays and objects in one another, in values that are skipped. */
#define MOST_DEPTH 64

/* What stands before a value: a comma unless it is the first, and its name. */
static void begin(struct buffer *out, const char *name)
{
    char last = out->n_bytes == 0 ? '\n' : out->bytes[out->n_bytes - 1];
    if (last != '[' && last != '{' && last != '\n')
        buffer_append_text(out, ", ");
    if (name == NULL)
        return;
    buffer_append_byte(out, '"');
    buffer_append_text(out, name);
    buffer_append_text(out, "\": ");
}

void json_open(struct buffer *out, const char *name, char bracket)
{
    begin(out, name);
    buffer_append_byte(out, bracket);
}

void json_text(struct buffer *out, const char *name, struct slice value)
{
    begin(out, name);
    if (value.bytes == NULL)
        buffer_append_text(out, "null");
    else
        buffer_append_json(out, value);
}

bool json_fail(struct json *p, const char *fault)
{
    if (p->fault == NULL)
        p->fault = fault;
    return false;
}

void json_skip_blank(struct json *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\r' ||
                             *p->at == '\n'))
        p->at++;
}

bool json_take(struct json *p, char c)
{
    json_skip_blank(p);
    if (p->at == p->end || *p->at != c)
        return false;
    p->at++;
    return true;
}

static bool read_hex(struct json *p, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        char c = p->at < p->end ? *p->at : '\0';
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;
        if (digit == 16)
            return json_fail(p, "\\u wants four hexadecimal digits");
        *out = *out << 4 | digit;
    }
    return true;
}

/* Behind "\u"; writes the character to `*to`. */
static bool read_unicode(struct json *p, char **to)
{
    uint32_t c, low;
    if (!read_hex(p, &c))
        return false;
    if (c >= 0xD800 && c < 0xDC00 && p->end - p->at >= 2 && p->at[0] == '\\' && p->at[1] == 'u') {
        p->at += 2;
        if (!read_hex(p, &low))
            return false;
        if (low >= 0xDC00 && low < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    if ((c == 0 && !p->takes_zero) || (c >= 0xD800 && c < 0xE000))
        return json_fail(p, "an escape stands for no character");
    *to += utf8_encode(c, *to); /* never longer than its escape */
    return true;
}

static bool read_escape(struct json *p, char **to)
{
    static const char written[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->end ? *p->at++ : '\0';
    if (c == 'u')
        return read_unicode(p, to);
    const char *found = c == '\0' ? NULL : strchr(written, c);
    if (found == NULL)
        return json_fail(p, "there is an unknown escape in a string");
    *(*to)++ = meant[found - written];
    return true;
}

/* Where a string's quote, an escape or a control character stands, or the end. */
static char *plain_end(char *at, const char *end)
{
    for (uint64_t eight; (size_t)(end - at) >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        if ((bytes_zero(eight ^ 0x2222222222222222u) | bytes_zero(eight ^ 0x5C5C5C5C5C5C5C5Cu) |
             bytes_zero(eight & 0xE0E0E0E0E0E0E0E0u)) != 0)
            break;
    }
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        at++;
    return at;
}

bool json_string(struct json *p, struct slice *out)
{
    if (!json_take(p, '"'))
        return json_fail(p, "a string is missing");
    char *start = p->at, *to = start;
    for (;;) {
        char *from = p->at;
        p->at = plain_end(p->at, p->end);
        size_t n = (size_t)(p->at - from);
        if (to != from)
            memmove(to, from, n);
        to += n;
        if (p->at == p->end)
            return json_fail(p, "a string does not end");
        char c = *p->at++;
        if (c == '"')
            break;
        if (c != '\\')
            return json_fail(p, "there is a control character in a string");
        if (!read_escape(p, &to))
            return false;
    }
    *to = '\0'; /* where the closing quote was, or before it */
    *out = (struct slice){ start, (size_t)(to - start) };
    return true;
}

/* A number or a word such as null, without looking at what it says. */
static bool skip_scalar(struct json *p)
{
    const char *start = p->at;
    while (p->at < p->end &&
           ((*p->at >= '0' && *p->at <= '9') || (*p->at >= 'a' && *p->at <= 'z') || *p->at == '-' ||
            *p->at == '+' || *p->at == '.' || *p->at == 'E'))
        p->at++;
    return p->at > start || json_fail(p, "a value is missing");
}

bool json_skip(struct json *p)
{
    char open[MOST_DEPTH];
    size_t depth = 0;
    struct slice ignored;
    do {
        json_skip_blank(p);
        char c = p->at < p->end ? *p->at : '\0';
        if (c == '{' || c == '[') {
            if (depth == MOST_DEPTH)
                return json_fail(p, "a value is nested too deeply");
            open[depth++] = c == '{' ? '}' : ']';
            p->at++;
        } else if (depth > 0 && c == open[depth - 1]) {
            depth--;
            p->at++;
        } else if (depth > 0 && (c == ',' || c == ':')) {
            p->at++;
        } else if (c == '"' ? !json_string(p, &ignored) : !skip_scalar(p)) {
            return false;
        }
    } while (depth > 0);
    return true;
}

bool json_object(struct json *p,
                 bool (*member)(struct json *p, struct slice name, void *context), void *context)
{
    struct slice name;
    if (!json_take(p, '{'))
        return json_fail(p, "it is no JSON object");
    if (!json_take(p, '}')) {
        do {
            if (!json_string(p, &name))
                return false;
            if (!json_take(p, ':'))
                return json_fail(p, "':' is missing behind a key");
            if (!member(p, name, context))
                return false;
        } while (json_take(p, ','));
        if (!json_take(p, '}'))
            return json_fail(p, "',' or '}' is missing behind a value");
    }
    json_skip_blank(p);
    return p->at == p->end || json_fail(p, "there is more behind the object");
}
