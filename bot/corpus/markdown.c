#include "corpus/markdown.h"

void markdown_init(struct markdown *markdown, struct slice text, unsigned first_line,
                   struct arena *arena)
{
    *markdown = (struct markdown){ .rest = text, .line = first_line, .arena = arena };
}

/* The next line, trimmed, which stays where it is; false at the end. */
static bool peek(const struct markdown *m, struct slice *line)
{
    struct slice rest = m->rest;
    if (rest.n_bytes == 0 || !slice_split(&rest, '\n', line))
        return false;
    *line = slice_trim(*line);
    return true;
}

static void skip_line(struct markdown *m)
{
    struct slice line;
    slice_split(&m->rest, '\n', &line);
    m->line++;
}

/* The next line that is not blank, likewise. */
static bool find_line(struct markdown *m, struct slice *line)
{
    while (peek(m, line)) {
        if (line->n_bytes > 0)
            return true;
        skip_line(m);
    }
    return false;
}

static bool is_item(struct slice line)
{
    return slice_starts(line, SLICE("- ")) || slice_starts(line, SLICE("* "));
}

/* Levels of heading, 0 for none. */
static unsigned heading_level(struct slice line)
{
    unsigned n = 0;
    while (n < line.n_bytes && n < 7 && line.bytes[n] == '#')
        n++;
    return n >= 1 && n <= 6 && n < line.n_bytes && line.bytes[n] == ' ' ? n : 0;
}

/* Cuts " {#id}" off the end of a heading. */
static void take_id(struct markdown_block *block)
{
    struct slice text = block->text;
    if (!slice_ends(text, SLICE("}")))
        return;
    for (size_t i = text.n_bytes; i-- > 1;)
        if (text.bytes[i] == '#' && text.bytes[i - 1] == '{') {
            block->id = slice_cut(text, i + 1, text.n_bytes - 1);
            block->text = slice_trim(slice_cut(text, 0, i - 1));
            return;
        }
}

static bool goes_on(struct slice line)
{
    return line.n_bytes > 0 && !is_item(line) && heading_level(line) == 0;
}

/* Behind the block that begins in the next line. */
static struct markdown block_end(struct markdown m)
{
    struct slice line;
    do
        skip_line(&m);
    while (peek(&m, &line) && goes_on(line));
    return m;
}

bool markdown_next(struct markdown *m, struct markdown_block *block)
{
    struct slice line;
    if (!find_line(m, &line))
        return false;
    *block = (struct markdown_block){ .line = m->line, .level = heading_level(line) };
    if (block->level > 0) {
        block->kind = MARKDOWN_HEADING;
        block->text = slice_trim(slice_from(line, block->level));
        take_id(block);
        skip_line(m);
        return true;
    }
    block->kind = is_item(line) ? MARKDOWN_ITEM : MARKDOWN_PARAGRAPH;
    if (block->kind == MARKDOWN_ITEM)
        line = slice_trim(slice_from(line, 2));

    /* The joined text is never longer than the source. */
    struct markdown end = block_end(*m);
    char *joined = arena_allocate(m->arena, m->rest.n_bytes - end.rest.n_bytes + 1);
    if (joined == NULL)
        return false;
    size_t n = 0;
    for (;;) {
        memcpy(joined + n, line.bytes, line.n_bytes);
        n += line.n_bytes;
        skip_line(m);
        if (m->line == end.line)
            break;
        joined[n++] = ' ';
        peek(m, &line);
    }
    block->text = (struct slice){ joined, n };
    return true;
}

bool markdown_next_line(struct markdown *m, struct slice *line, unsigned *number)
{
    if (!find_line(m, line))
        return false;
    *number = m->line;
    skip_line(m);
    return true;
}

/* The length of a source mark "[S12]" at the start of `text`, or 0. */
static size_t source_mark(struct slice text)
{
    if (!slice_starts(text, SLICE("[S")))
        return 0;
    size_t n = 2;
    while (n < text.n_bytes && text.bytes[n] >= '0' && text.bytes[n] <= '9')
        n++;
    return n > 2 && n < text.n_bytes && text.bytes[n] == ']' ? n + 1 : 0;
}

/* Longer is no link: else a page of brackets would be read as often as it has them. */
#define MAX_LINK_BYTES 2048

/* For "[words](address)" at the start of `text`, the words and the length. */
static size_t link_at(struct slice text, struct slice *words)
{
    size_t close = 0;
    if (text.n_bytes > MAX_LINK_BYTES)
        text.n_bytes = MAX_LINK_BYTES;
    while (close < text.n_bytes && text.bytes[close] != ']')
        close++;
    if (close + 1 >= text.n_bytes || text.bytes[close + 1] != '(')
        return 0;
    size_t end = close + 1;
    while (end < text.n_bytes && text.bytes[end] != ')')
        end++;
    if (end == text.n_bytes)
        return 0;
    *words = slice_cut(text, 1, close);
    return end + 1;
}

struct slice markdown_plain(struct slice text, struct arena *arena,
                            void (*cite)(void *context, struct slice label), void *context)
{
    char *out = arena_allocate(arena, text.n_bytes + 1);
    if (out == NULL)
        return (struct slice){ NULL, 0 };
    size_t n = 0;
    for (size_t i = 0; i < text.n_bytes;) {
        struct slice rest = slice_from(text, i), words;
        size_t length;
        char c = text.bytes[i];
        if (c == '[' && (length = source_mark(rest)) > 0) {
            if (cite != NULL)
                cite(context, slice_cut(rest, 1, length - 1));
            /* The blank before a mark goes with it. */
            if (n > 0 && out[n - 1] == ' ')
                n--;
            i += length;
        } else if (c == '[' && (length = link_at(rest, &words)) > 0) {
            memcpy(out + n, words.bytes, words.n_bytes);
            n += words.n_bytes;
            i += length;
        } else if (c == '*') {
            i++;
        } else if (c == '\\' && i + 1 < text.n_bytes && strchr("\\*_[]#-<>`", text.bytes[i + 1])) {
            out[n++] = text.bytes[i + 1];
            i += 2;
        } else {
            out[n++] = c;
            i++;
        }
    }
    return slice_trim((struct slice){ out, n });
}
