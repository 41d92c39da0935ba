#include "compile/compile.h"

#include "answer/flag_block.h"
#include "corpus/flags.h"
#include "text/words.h"

#include <stddef.h>
#include <stdlib.h>

static const char *const rule_names[N_RULES] = { "Denied", "Possible", "Asking",  "Someone",
                                                 "Past",   "Now",      "Again",   "Present",
                                                 "Over",   "Turning",  "Joining", "Nobody" };

struct span {
    uint32_t first, n;
};

struct pattern {
    uint32_t owner, kind, first, n;
};

struct start {
    uint32_t word, pattern;
};

struct building {
    const struct corpus *corpus;
    struct complaints *complaints;
    struct arena arena;
    ARRAY_OF(struct slice) words; /* sorted once all were seen */
    ARRAY_OF(struct span) groups; /* into codes */
    ARRAY_OF(struct pattern) patterns;
    ARRAY_OF(uint32_t) codes;
    ARRAY_OF(struct start) starts; /* patterns by their first word */
    bool is_sorted; /* the words are, and have their numbers */
    bool failed;
    max_align_t spare[4]; /* what add_to() hands out once memory ran out; never read */
};

static void *add_to(struct building *b, struct array *array)
{
    void *item = array_add(array);
    b->failed = b->failed || item == NULL;
    return item == NULL ? (void *)b->spare : item;
}

static void add_code(struct building *b, uint32_t code)
{
    *(uint32_t *)add_to(b, &b->codes.array) = code;
}

static int by_text(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* The number of a word among all; of no meaning as long as they are being gathered. */
static uint32_t word_number(struct building *b, struct slice word)
{
    const struct slice *words = b->words.items;
    if (b->is_sorted) {
        const struct slice *found = bsearch(&word, words, b->words.n, sizeof *words, by_text);
        return (uint32_t)(found - words);
    }
    *(struct slice *)add_to(b, &b->words.array) = word;
    return 0;
}

/* Adds the alternative `text`, whole words, to the codes. */
static void add_alternative(struct building *b, struct slice text, unsigned line)
{
    struct words words;
    if (words_read(&words, text, &b->arena) != OSSEO_OK) {
        b->failed = true;
        return;
    }
    if (words.n == 0 || words.n > MOST_ALTERNATIVE) {
        complain(b->complaints, b->corpus->flags_file, line, "flag-words",
                 "'%.*s' is not one to %d words", TEXT(text), MOST_ALTERNATIVE);
        return;
    }
    add_code(b, (uint32_t)words.n);
    for (size_t i = 0; i < words.n; i++)
        add_code(b, word_number(b, words.items[i].surface));
}

static uint32_t add_group(struct building *b, const struct flag_list *list)
{
    struct span span = { (uint32_t)b->codes.n, list == NULL ? 0 : list->n };
    for (uint32_t i = 0; list != NULL && i < list->n; i++) {
        const struct flag_phrase *p = &b->corpus->flag_phrases.items[list->first + i];
        add_alternative(b, p->text, p->line);
    }
    *(struct span *)add_to(b, &b->groups.array) = span;
    return (uint32_t)b->groups.n - 1;
}

/* "a/b/c" as a group of its own. */
static uint32_t add_inline_group(struct building *b, struct slice part, unsigned line)
{
    struct span span = { (uint32_t)b->codes.n, 0 };
    struct slice word;
    while (slice_split(&part, '/', &word)) {
        add_alternative(b, word, line);
        span.n++;
    }
    *(struct span *)add_to(b, &b->groups.array) = span;
    return (uint32_t)b->groups.n - 1;
}

static bool is_capitals(struct slice part)
{
    for (size_t i = 0; i < part.n_bytes; i++)
        if (!((part.bytes[i] >= 'A' && part.bytes[i] <= 'Z') || part.bytes[i] == '-'))
            return false;
    return part.n_bytes >= 2;
}

/* The group named `name`, or UINT32_MAX; named groups follow the rules'. */
static uint32_t named_group(const struct building *b, struct slice name)
{
    for (uint32_t i = 0; i < b->corpus->flag_groups.n; i++)
        if (slice_equal(b->corpus->flag_groups.items[i].name, name))
            return N_RULES + i;
    return UINT32_MAX;
}

/* One blank separated part of a phrase; writes its codes to `parts`. */
static size_t read_part(struct building *b, struct slice part, unsigned line, uint32_t *parts,
                        size_t room)
{
    uint32_t group = named_group(b, part);
    if (room == 0)
        return 0;
    if (slice_equal(part, SLICE("..")) || slice_equal(part, SLICE("..."))) {
        parts[0] = PART(PART_BETWEEN, part.n_bytes == 2 ? FEW_BETWEEN : MANY_BETWEEN);
        return 1;
    }
    if (group != UINT32_MAX) {
        parts[0] = PART(PART_GROUP, group);
        return 1;
    }
    if (is_capitals(part) && part.n_bytes > 3) {
        complain(b->complaints, b->corpus->flags_file, line, "flag-group",
                 "'%.*s' is in capitals, but there is no such list under 'Words that stand for "
                 "one another'",
                 TEXT(part));
        return 0;
    }
    if (memchr(part.bytes, '/', part.n_bytes) != NULL) {
        parts[0] = PART(PART_GROUP, add_inline_group(b, part, line));
        return 1;
    }
    struct words words;
    size_t n = 0;
    if (words_read(&words, part, &b->arena) != OSSEO_OK)
        b->failed = true;
    else
        for (; n < words.n && n < room; n++)
            parts[n] = PART(PART_WORD, word_number(b, words.items[n].surface));
    return n;
}

static void add_pattern(struct building *b, const struct flag_phrase *phrase, uint32_t owner,
                        enum pattern_kind kind)
{
    uint32_t parts[MOST_PARTS];
    size_t n = 0;
    struct slice rest = phrase->text, part;
    while (slice_split(&rest, ' ', &part))
        if (part.n_bytes > 0)
            n += read_part(b, part, phrase->line, parts + n, MOST_PARTS - n);
    if (n == 0 || n == MOST_PARTS || PART_KIND(parts[0]) == PART_BETWEEN ||
        PART_KIND(parts[n - 1]) == PART_BETWEEN) {
        complain(b->complaints, b->corpus->flags_file, phrase->line, "flag-phrase",
                 "a phrase is one to %d words and does not begin or end with '..'", MOST_PARTS - 1);
        return;
    }
    *(struct pattern *)add_to(b, &b->patterns.array) =
        (struct pattern){ owner, (uint32_t)kind, (uint32_t)b->codes.n, (uint32_t)n };
    for (size_t i = 0; i < n; i++)
        add_code(b, parts[i]);
}

static void read_lists(struct building *b)
{
    for (int r = 0; r < N_RULES; r++) {
        const struct flag_list *found = NULL;
        for (size_t i = 0; i < b->corpus->flag_rules.n; i++) {
            const struct flag_list *rule = &b->corpus->flag_rules.items[i];
            if (slice_equal(rule->name, slice_of(rule_names[r])))
                found = rule;
        }
        add_group(b, found);
    }
    for (size_t i = 0; i < b->corpus->flag_groups.n; i++)
        add_group(b, &b->corpus->flag_groups.items[i]);
    for (uint32_t f = 0; f < b->corpus->flags.n; f++) {
        const struct flag *flag = &b->corpus->flags.items[f];
        for (uint32_t i = 0; i < flag->n_said; i++)
            add_pattern(b, &b->corpus->flag_phrases.items[flag->first_said + i], f, SAYS);
        for (uint32_t i = 0; i < flag->n_harmless; i++)
            add_pattern(b, &b->corpus->flag_phrases.items[flag->first_harmless + i], f,
                        IS_HARMLESS);
    }
}

/* Puts the words in order, each once, and empties the lists for a second reading. */
static void sort_words(struct building *b)
{
    struct slice *words = b->words.items;
    size_t n = 0;
    if (b->words.n > 0)
        qsort(words, b->words.n, sizeof *words, by_text);
    for (size_t i = 0; i < b->words.n; i++)
        if (n == 0 || !slice_equal(words[n - 1], words[i]))
            words[n++] = words[i];
    b->words.n = n;
    b->is_sorted = true;
    array_clear(&b->groups.array);
    array_clear(&b->patterns.array);
    array_clear(&b->codes.array);
}

static int by_word(const void *a, const void *b)
{
    const struct start *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Patterns by the word that they can begin with, one for each alternative. */
static void list_starts(struct building *b)
{
    const uint32_t *codes = b->codes.items;
    for (uint32_t p = 0; p < b->patterns.n; p++) {
        uint32_t code = codes[b->patterns.items[p].first];
        if (PART_KIND(code) == PART_WORD) {
            *(struct start *)add_to(b, &b->starts.array) = (struct start){ PART_NUMBER(code), p };
            continue;
        }
        const struct span *span = &b->groups.items[PART_NUMBER(code)];
        uint32_t at = span->first;
        for (uint32_t i = 0; i < span->n; i++, at += 1 + codes[at])
            *(struct start *)add_to(b, &b->starts.array) = (struct start){ codes[at + 1], p };
    }
    if (b->starts.n > 0)
        qsort(b->starts.items, b->starts.n, sizeof(struct start), by_word);
}

static void append_text(struct buffer *out, struct buffer *strings, struct slice text)
{
    buffer_append_u32(out, (uint32_t)strings->n_bytes);
    buffer_append_u32(out, (uint32_t)text.n_bytes);
    buffer_append_slice(strings, text);
}

static void write_block(struct building *b, struct buffer *out)
{
    struct buffer strings;
    uint32_t n_words = (uint32_t)b->words.n, next = 0;
    buffer_init(&strings, out->memory, UINT32_MAX);
    buffer_append_u32(out, n_words);
    buffer_append_u32(out, (uint32_t)b->groups.n);
    buffer_append_u32(out, (uint32_t)b->corpus->flags.n);
    buffer_append_u32(out, (uint32_t)b->starts.n);
    buffer_append_u32(out, (uint32_t)b->codes.n);
    for (uint32_t i = 0; i < n_words; i++)
        append_text(out, &strings, b->words.items[i]);
    for (size_t i = 0; i < b->groups.n; i++) {
        buffer_append_u32(out, b->groups.items[i].first);
        buffer_append_u32(out, b->groups.items[i].n);
    }
    for (size_t i = 0; i < b->corpus->flags.n; i++) {
        const struct flag *flag = &b->corpus->flags.items[i];
        append_text(out, &strings, flag->id);
        append_text(out, &strings, flag->title);
        append_text(out, &strings, flag->card);
        buffer_append_u32(out, flag->level);
    }
    for (uint32_t w = 0; w <= n_words; w++) {
        while (next < b->starts.n && b->starts.items[next].word < w)
            next++;
        buffer_append_u32(out, next);
    }
    for (size_t i = 0; i < b->starts.n; i++) {
        const struct pattern *p = &b->patterns.items[b->starts.items[i].pattern];
        buffer_append_u32(out, p->owner);
        buffer_append_u32(out, p->kind);
        buffer_append_u32(out, p->first);
        buffer_append_u32(out, p->n);
    }
    for (size_t i = 0; i < b->codes.n; i++)
        buffer_append_u32(out, b->codes.items[i]);
    buffer_append_slice(out, buffer_slice(&strings));
    b->failed = b->failed || strings.failed || out->failed;
    buffer_release(&strings);
}

int flags_compile(struct buffer *out, const struct corpus *corpus, struct complaints *complaints)
{
    struct building b = { .corpus = corpus, .complaints = complaints };
    unsigned n_errors = complaints->n_errors;
    arena_init(&b.arena, out->memory);
    array_init(&b.words.array, out->memory, sizeof(struct slice));
    array_init(&b.groups.array, out->memory, sizeof(struct span));
    array_init(&b.patterns.array, out->memory, sizeof(struct pattern));
    array_init(&b.codes.array, out->memory, sizeof(uint32_t));
    array_init(&b.starts.array, out->memory, sizeof(struct start));
    read_lists(&b);
    bool is_sound = complaints->n_errors == n_errors;
    if (is_sound && !b.failed) {
        sort_words(&b);
        read_lists(&b);
    }
    if (is_sound && !b.failed) {
        list_starts(&b);
        write_block(&b, out);
    }
    array_release(&b.starts.array);
    array_release(&b.codes.array);
    array_release(&b.patterns.array);
    array_release(&b.groups.array);
    array_release(&b.words.array);
    arena_release(&b.arena);
    if (b.failed)
        return error_no_memory(complaints->error);
    return is_sound ? OSSEO_OK : OSSEO_EPARSE;
}
