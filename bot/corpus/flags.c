#include "corpus/flags.h"

#include "corpus/corpus.h"
#include "corpus/front_matter.h"
#include "corpus/markdown.h"

/* Which part of the file is being read. */
enum part { NOWHERE, GROUPS, RULES, FLAG, SAID, HARMLESS };

struct reading {
    struct corpus *corpus;
    const char *path;
    enum part part;
    struct flag *flag; /* the last one */
};

#define FAULT(r, block, rule, ...)                                                                 \
    complain((r)->corpus->complaints, (r)->path, (block)->line, rule, __VA_ARGS__)

static void add_phrase(struct reading *r, struct slice text, unsigned line)
{
    *(struct flag_phrase *)corpus_add(r->corpus, &r->corpus->flag_phrases.array) =
        (struct flag_phrase){ slice_trim(text), line };
}

/* "NAME: phrase, phrase" */
static void add_list(struct reading *r, struct array *lists, const struct markdown_block *block)
{
    struct slice rest = block->text, name, part;
    slice_split(&rest, ':', &name);
    if (rest.bytes == NULL) {
        FAULT(r, block, "flag-list", "expected '- NAME: words, words'");
        return;
    }
    uint32_t first = (uint32_t)r->corpus->flag_phrases.n;
    while (slice_split(&rest, ',', &part))
        if (slice_trim(part).n_bytes > 0)
            add_phrase(r, part, block->line);
    *(struct flag_list *)corpus_add(r->corpus, lists) =
        (struct flag_list){ slice_trim(name), first, (uint32_t)r->corpus->flag_phrases.n - first,
                            block->line };
}

static void start_flag(struct reading *r, const struct markdown_block *block)
{
    for (size_t i = 0; i < r->corpus->flags.n; i++) {
        const struct flag *other = &r->corpus->flags.items[i];
        if (slice_equal(other->id, block->id))
            FAULT(r, block, "duplicate-id", "flag '%.*s' stands already in line %u",
                  TEXT(block->id), other->line);
    }
    r->flag = corpus_add(r->corpus, &r->corpus->flags.array);
    *r->flag = (struct flag){ .id = block->id, .title = block->text, .line = block->line };
    r->part = FLAG;
}

static void read_heading(struct reading *r, const struct markdown_block *block)
{
    if (block->level == 2 && slice_equal(block->text, SLICE("Words that stand for one another"))) {
        r->part = GROUPS;
    } else if (block->level == 2 &&
               slice_equal(block->text, SLICE("When a phrase does not count"))) {
        r->part = RULES;
    } else if (block->level == 2 && slice_equal(block->text, SLICE("Sources"))) {
        r->part = NOWHERE;
    } else if (block->level == 2 && block->id.n_bytes > 0) {
        start_flag(r, block);
    } else if (block->level == 3 && r->part >= FLAG) {
        bool said = slice_equal(block->text, SLICE("How people say it"));
        uint32_t *first = said ? &r->flag->first_said : &r->flag->first_harmless;
        uint32_t *n = said ? &r->flag->n_said : &r->flag->n_harmless;
        if (!said && !slice_equal(block->text, SLICE("Does not count")))
            FAULT(r, block, "flag-heading",
                  "expected '### How people say it' or '### Does not count'");
        if (*n > 0)
            FAULT(r, block, "flag-heading",
                  "this heading stands twice for one flag; put its phrases together");
        r->part = said ? SAID : HARMLESS;
        *first = (uint32_t)r->corpus->flag_phrases.n;
        *n = 0;
    } else {
        r->part = NOWHERE;
        FAULT(r, block, "flag-heading",
              "a red flag's heading ends with its id: '## Trouble breathing "
              "{#breathing-trouble}'");
    }
}

/* A card without a number to ring helps nobody. */
static bool names_a_number(struct slice card)
{
    size_t digits = 0;
    for (size_t i = 0; i < card.n_bytes; i++) {
        digits = card.bytes[i] >= '0' && card.bytes[i] <= '9' ? digits + 1 : 0;
        if (digits == 3)
            return true;
    }
    return false;
}

static void read_flag_row(struct reading *r, const struct markdown_block *block)
{
    static const struct slice level = { "Level:", 6 }, card = { "Card:", 5 },
                              sources = { "Sources:", 8 };
    struct flag *flag = r->flag;
    if (slice_starts(block->text, level)) {
        struct slice value = slice_trim(slice_from(block->text, level.n_bytes));
        if (slice_equal(value, SLICE("emergency")))
            flag->level = OSSEO_EMERGENCY;
        else if (slice_equal(value, SLICE("urgent")))
            flag->level = OSSEO_URGENT;
        else
            FAULT(r, block, "flag-level", "'%.*s' is no level; write emergency or urgent",
                  TEXT(value));
    } else if (slice_starts(block->text, card)) {
        flag->card = markdown_plain(slice_trim(slice_from(block->text, card.n_bytes)),
                                    &r->corpus->arena, NULL, NULL);
        if (!names_a_number(flag->card))
            FAULT(r, block, "flag-card",
                  "the card names no telephone number; write whom to ring, such as 999");
    } else if (!slice_starts(block->text, sources)) {
        FAULT(r, block, "flag-row", "expected '- Level:', '- Card:' or '- Sources:'");
    }
}

static void read_item(struct reading *r, const struct markdown_block *block)
{
    switch (r->part) {
    case GROUPS:
        add_list(r, &r->corpus->flag_groups.array, block);
        break;
    case RULES:
        add_list(r, &r->corpus->flag_rules.array, block);
        break;
    case FLAG:
        read_flag_row(r, block);
        break;
    case SAID:
        add_phrase(r, block->text, block->line);
        r->flag->n_said++;
        break;
    case HARMLESS:
        add_phrase(r, block->text, block->line);
        r->flag->n_harmless++;
        break;
    case NOWHERE:
        break;
    }
}

void flags_read(struct corpus *corpus, struct slice text, const char *path)
{
    struct reading r = { .corpus = corpus, .path = path };
    struct article front = { .file = path };
    struct markdown markdown;
    struct markdown_block block;
    corpus->flags_file = path;
    unsigned line = front_matter_read(&front, &text, path, corpus->complaints);
    markdown_init(&markdown, text, line, &corpus->arena);
    while (!corpus->arena.failed && markdown_next(&markdown, &block)) {
        if (block.kind == MARKDOWN_HEADING)
            read_heading(&r, &block);
        else if (block.kind == MARKDOWN_ITEM)
            read_item(&r, &block);
    }
    if (corpus->arena.failed)
        return;
    for (size_t i = 0; i < corpus->flags.n; i++) {
        const struct flag *flag = &corpus->flags.items[i];
        if (flag->level == OSSEO_NO_URGENCY || flag->card.n_bytes == 0 || flag->n_said == 0)
            FAULT(&r, flag, "flag-whole",
                  "flag '%.*s' needs '- Level:', '- Card:' and phrases under '### How people "
                  "say it'",
                  TEXT(flag->id));
    }
    if (corpus->flags.n == 0)
        complain(corpus->complaints, path, 1, "flag-none",
                 "there is no red flag here; a knowledge without cards for people in danger does "
                 "not build");
}
