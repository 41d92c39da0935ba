#include "corpus/flags.h"

#include "corpus/front_matter.h"
#include "corpus/markdown.h"

#define TEXT(s) (int)(s).n_bytes, (s).bytes

/* Which part of the file is being read. */
enum part { NOWHERE, GROUPS, RULES, FLAG, SAID, HARMLESS };

struct reading {
    struct flags *flags;
    struct complaints *complaints;
    const char *path;
    struct arena *arena;
    enum part part;
    bool failed; /* memory ran out */
};

static struct flag *last_flag(struct reading *r)
{
    return (struct flag *)r->flags->flags.items + r->flags->flags.n - 1;
}

static void add_phrase(struct reading *r, struct slice text, unsigned line)
{
    struct flag_phrase *phrase = array_add(&r->flags->phrases);
    if (phrase == NULL)
        r->failed = true;
    else
        *phrase = (struct flag_phrase){ slice_trim(text), line };
}

/* "NAME: phrase, phrase" */
static void add_list(struct reading *r, struct array *lists, const struct markdown_block *block)
{
    struct slice rest = block->text, name, part;
    slice_split(&rest, ':', &name);
    if (rest.bytes == NULL) {
        complain(r->complaints, r->path, block->line, "flag-list",
                 "expected '- NAME: words, words'");
        return;
    }
    struct flag_list list = { slice_trim(name), (uint32_t)r->flags->phrases.n, 0, block->line };
    while (slice_split(&rest, ',', &part)) {
        if (slice_trim(part).n_bytes == 0)
            continue;
        add_phrase(r, part, block->line);
        list.n++;
    }
    struct flag_list *slot = array_add(lists);
    if (slot == NULL)
        r->failed = true;
    else
        *slot = list;
}

static void start_flag(struct reading *r, const struct markdown_block *block)
{
    for (size_t i = 0; i < r->flags->flags.n; i++) {
        const struct flag *other = (const struct flag *)r->flags->flags.items + i;
        if (slice_equal(other->id, block->id))
            complain(r->complaints, r->path, block->line, "duplicate-id",
                     "flag '%.*s' stands already in line %u", TEXT(block->id), other->line);
    }
    struct flag *flag = array_add(&r->flags->flags);
    if (flag == NULL) {
        r->failed = true;
        return;
    }
    *flag = (struct flag){ .id = block->id, .title = block->text, .line = block->line };
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
        if (!said && !slice_equal(block->text, SLICE("Does not count")))
            complain(r->complaints, r->path, block->line, "flag-heading",
                     "expected '### How people say it' or '### Does not count'");
        if ((said ? last_flag(r)->n_said : last_flag(r)->n_harmless) > 0)
            complain(r->complaints, r->path, block->line, "flag-heading",
                     "this heading stands twice for one flag; put its phrases together");
        r->part = said ? SAID : HARMLESS;
        *(said ? &last_flag(r)->first_said : &last_flag(r)->first_harmless) =
            (uint32_t)r->flags->phrases.n;
        *(said ? &last_flag(r)->n_said : &last_flag(r)->n_harmless) = 0;
    } else {
        r->part = NOWHERE;
        complain(r->complaints, r->path, block->line, "flag-heading",
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
    struct flag *flag = last_flag(r);
    if (slice_starts(block->text, level)) {
        struct slice value = slice_trim(slice_from(block->text, level.n_bytes));
        if (slice_equal(value, SLICE("emergency")))
            flag->level = OSSEO_EMERGENCY;
        else if (slice_equal(value, SLICE("urgent")))
            flag->level = OSSEO_URGENT;
        else
            complain(r->complaints, r->path, block->line, "flag-level",
                     "'%.*s' is no level; write emergency or urgent", TEXT(value));
    } else if (slice_starts(block->text, card)) {
        flag->card = markdown_plain(slice_trim(slice_from(block->text, card.n_bytes)), r->arena,
                                    NULL, NULL);
        r->failed = r->failed || flag->card.bytes == NULL;
        if (!r->failed && !names_a_number(flag->card))
            complain(r->complaints, r->path, block->line, "flag-card",
                     "the card names no telephone number; write whom to ring, such as 999");
    } else if (!slice_starts(block->text, sources)) {
        complain(r->complaints, r->path, block->line, "flag-row",
                 "expected '- Level:', '- Card:' or '- Sources:'");
    }
}

static void read_item(struct reading *r, const struct markdown_block *block)
{
    switch (r->part) {
    case GROUPS:
        add_list(r, &r->flags->groups, block);
        break;
    case RULES:
        add_list(r, &r->flags->rules, block);
        break;
    case FLAG:
        read_flag_row(r, block);
        break;
    case SAID:
        add_phrase(r, block->text, block->line);
        last_flag(r)->n_said++;
        break;
    case HARMLESS:
        add_phrase(r, block->text, block->line);
        last_flag(r)->n_harmless++;
        break;
    case NOWHERE:
        break;
    }
}

void flags_init(struct flags *flags, const struct memory *memory)
{
    array_init(&flags->phrases, memory, sizeof(struct flag_phrase));
    array_init(&flags->groups, memory, sizeof(struct flag_list));
    array_init(&flags->rules, memory, sizeof(struct flag_list));
    array_init(&flags->flags, memory, sizeof(struct flag));
}

void flags_release(struct flags *flags)
{
    array_release(&flags->phrases);
    array_release(&flags->groups);
    array_release(&flags->rules);
    array_release(&flags->flags);
}

int flags_read(struct flags *out, struct slice text, const char *path, struct arena *arena,
               struct complaints *complaints)
{
    struct reading r = { .flags = out, .complaints = complaints, .path = path, .arena = arena };
    struct front_matter front;
    struct markdown markdown;
    struct markdown_block block;

    size_t body = front_matter_parse(&front, text, path, complaints);
    markdown_init(&markdown, slice_from(text, body), front.n_lines + 1, arena);
    while (!r.failed && markdown_next(&markdown, &block)) {
        if (block.kind == MARKDOWN_HEADING)
            read_heading(&r, &block);
        else if (block.kind == MARKDOWN_ITEM)
            read_item(&r, &block);
    }
    if (r.failed || markdown.failed)
        return error_no_memory(complaints->error);
    for (size_t i = 0; i < out->flags.n; i++) {
        const struct flag *flag = (const struct flag *)out->flags.items + i;
        if (flag->level == OSSEO_NO_URGENCY || flag->card.n_bytes == 0 || flag->n_said == 0)
            complain(complaints, path, flag->line, "flag-whole",
                     "flag '%.*s' needs '- Level:', '- Card:' and phrases under '### How people "
                     "say it'",
                     TEXT(flag->id));
    }
    if (out->flags.n == 0)
        complain(complaints, path, 1, "flag-none",
                 "there is no red flag here; a knowledge without cards for people in danger does "
                 "not build");
    return complaints->n_errors > 0 ? OSSEO_EPARSE : OSSEO_OK;
}
