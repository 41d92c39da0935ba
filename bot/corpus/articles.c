#include "corpus/articles.h"

#include "corpus/front_matter.h"
#include "corpus/markdown.h"

#include <stdlib.h>

/* One article while it is read. */
struct reading {
    struct corpus *corpus;
    const char *path;
    struct article *article; /* moves when articles grow; read one at a time */
    struct section *section; /* NULL before the first heading */
};

#define FAULT(r, line, rule, ...)                                                                  \
    complain((r)->corpus->complaints, (r)->path, line, rule, __VA_ARGS__)

/* Called for each [S3] of a paragraph: cites the source, which stands at the end of the
 * article.  Until the sources are read, a citation is the number in its label. */
static void cite(void *context, struct slice label)
{
    struct corpus *corpus = context;
    *(uint32_t *)corpus_add(corpus, &corpus->cited.array) =
        (uint32_t)strtoul(label.bytes + 1, NULL, 10);
}

static bool is_id(struct slice id)
{
    if (id.n_bytes == 0 || id.n_bytes > MAX_ID_BYTES)
        return false;
    for (size_t i = 0; i < id.n_bytes; i++) {
        char c = id.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}

static void start_section(struct reading *r, const struct markdown_block *block)
{
    struct corpus *corpus = r->corpus;
    if (!is_id(block->id))
        FAULT(r, block->line, "heading-id",
              "the heading has no topic id; end it with {#topic-id} in small letters, digits "
              "and hyphens");
    if (!slice_ends(block->text, SLICE("?")))
        FAULT(r, block->line, "heading-question", "the heading is not a question; end it with '?'");
    for (size_t i = 0; i < corpus->sections.n; i++) {
        struct section *other = &corpus->sections.items[i];
        if (slice_equal(other->topic, block->id)) {
            FAULT(r, block->line, "duplicate-id",
                  "topic '%.*s' stands already at %s:%u; give one of them another id",
                  TEXT(block->id), corpus->articles.items[other->article].file, other->line);
            break;
        }
    }
    r->section = corpus_add(corpus, &corpus->sections.array);
    *r->section = (struct section){
        .topic = block->id,
        .heading = markdown_plain(block->text, &corpus->arena, NULL, NULL),
        .article = (uint32_t)corpus->articles.n - 1,
        .line = block->line,
        .first_also_asked = (uint32_t)corpus->also_asked.n,
        .first_related = (uint32_t)corpus->related.n,
        .first_passage = (uint32_t)corpus->passages.n,
    };
}

static void add_mention(struct reading *r, struct array *to, struct slice text, unsigned line)
{
    *(struct mention *)corpus_add(r->corpus, to) =
        (struct mention){ .text = slice_trim(text), .line = line };
}

/* "- Also asked: ..." and "- Related: ..." stand before the first passage. */
static bool read_row(struct reading *r, const struct markdown_block *block)
{
    static const struct slice also = { "Also asked:", 11 }, related = { "Related:", 8 };
    if (slice_starts(block->text, also)) {
        add_mention(r, &r->corpus->also_asked.array, slice_from(block->text, also.n_bytes),
                    block->line);
        r->section->n_also_asked++;
    } else if (slice_starts(block->text, related)) {
        struct slice list = slice_from(block->text, related.n_bytes), part;
        for (; slice_split(&list, ',', &part); r->section->n_related++)
            add_mention(r, &r->corpus->related.array, part, block->line);
    } else {
        return false;
    }
    return true;
}

/* Appends a list item to the passage before it. */
static void extend_passage(struct reading *r, struct passage *passage, struct slice item)
{
    char *bytes = arena_allocate(&r->corpus->arena, passage->text.n_bytes + item.n_bytes + 4);
    if (bytes == NULL)
        return;
    memcpy(bytes, passage->text.bytes, passage->text.n_bytes);
    memcpy(bytes + passage->text.n_bytes, "\n- ", 3);
    memcpy(bytes + passage->text.n_bytes + 3, item.bytes, item.n_bytes);
    passage->text = (struct slice){ bytes, passage->text.n_bytes + 3 + item.n_bytes };
}

/* Raw HTML is not shown, and a link to a topic has to lead somewhere: links are
 * kept until all articles are read. */
static void check_markup(struct reading *r, const struct markdown_block *block)
{
    struct slice text = block->text;
    for (size_t i = 0; i + 1 < text.n_bytes; i++) {
        char next = text.bytes[i + 1];
        if (text.bytes[i] == '<' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                                     next == '/' || next == '!')) {
            FAULT(r, block->line, "html", "there is HTML here ('<%c...'); write plain text", next);
            break;
        }
        if (slice_starts(slice_from(text, i), SLICE("](#"))) {
            struct slice rest = slice_from(text, i + 3), id;
            slice_split(&rest, ')', &id);
            *(struct mention *)corpus_add(r->corpus, &r->corpus->links.array) =
                (struct mention){ id, block->line, (uint32_t)r->corpus->articles.n - 1 };
        }
    }
}

static void read_text_block(struct reading *r, const struct markdown_block *block)
{
    struct corpus *corpus = r->corpus;
    bool in_list = false;
    struct passage *last = NULL;
    if (r->section->n_passages > 0) {
        last = &corpus->passages.items[corpus->passages.n - 1];
        in_list = slice_ends(last->text, SLICE(":")) ||
                  memchr(last->text.bytes, '\n', last->text.n_bytes) != NULL;
    }
    if (block->kind == MARKDOWN_ITEM && read_row(r, block)) {
        if (r->section->n_passages > 0)
            FAULT(r, block->line, "row-place",
                  "'Also asked' and 'Related' stand before the first paragraph; move the line up");
        return;
    }
    check_markup(r, block);
    uint32_t first_cited = (uint32_t)corpus->cited.n;
    struct slice text = markdown_plain(block->text, &corpus->arena, cite, corpus);
    uint32_t n_cited = (uint32_t)corpus->cited.n - first_cited;
    if (corpus->arena.failed)
        return;
    if (block->kind == MARKDOWN_ITEM) {
        if (!in_list) {
            FAULT(r, block->line, "list-place",
                  "a list needs a paragraph before it that ends in ':'");
            return;
        }
        extend_passage(r, last, text);
        last->n_cited += n_cited;
        return;
    }
    *(struct passage *)corpus_add(corpus, &corpus->passages.array) = (struct passage){
        .text = text,
        .section = (uint32_t)corpus->sections.n - 1,
        .line = block->line,
        .first_cited = first_cited,
        .n_cited = n_cited,
    };
    r->section->n_passages++;
}

/* The last ", 2023." or ", n.d." of a source; its offset, or the length. */
static size_t find_year(struct slice line, unsigned *year, size_t *end)
{
    for (size_t i = line.n_bytes; i-- > 0;) {
        struct slice rest = slice_from(line, i);
        if (slice_starts(rest, SLICE(", n.d."))) {
            *year = 0;
            *end = i + 6;
            return i;
        }
        if (rest.n_bytes >= 7 && rest.bytes[0] == ',' && rest.bytes[1] == ' ' &&
            rest.bytes[6] == '.') {
            unsigned number = 0, n = 0;
            while (n < 4 && rest.bytes[2 + n] >= '0' && rest.bytes[2 + n] <= '9')
                number = number * 10 + (unsigned)(rest.bytes[2 + n++] - '0');
            if (n == 4) {
                *year = number;
                *end = i + 7;
                return i;
            }
        }
    }
    return line.n_bytes;
}

static bool parse_source(struct slice line, struct source *source)
{
    size_t close = 0, end = 0;
    while (close < line.n_bytes && line.bytes[close] != ']')
        close++;
    if (!slice_starts(line, SLICE("[S")) || close + 2 >= line.n_bytes ||
        line.bytes[close + 1] != ':')
        return false;
    source->label = slice_cut(line, 1, close);
    struct slice rest = slice_trim(slice_from(line, close + 2));
    size_t at = find_year(rest, &source->year, &end);
    if (at == rest.n_bytes)
        return false;
    struct slice named = slice_cut(rest, 0, at), url = slice_trim(slice_from(rest, end));
    for (size_t i = named.n_bytes; i-- > 1;)
        if (named.bytes[i] == ' ' && named.bytes[i - 1] == '.') {
            source->title = slice_trim(slice_cut(named, 0, i - 1));
            source->publisher = slice_trim(slice_from(named, i));
            break;
        }
    if (source->title.n_bytes == 0 || source->publisher.n_bytes == 0)
        return false;
    if (url.n_bytes == 0)
        return true;
    if (!slice_starts(url, SLICE("<http")) || !slice_ends(url, SLICE(">")))
        return false;
    source->url = slice_cut(url, 1, url.n_bytes - 1);
    return true;
}

static void read_sources(struct reading *r, struct markdown *markdown)
{
    struct slice line;
    unsigned number;
    while (markdown_next_line(markdown, &line, &number)) {
        struct source parsed = { .line = number };
        if (!parse_source(line, &parsed)) {
            FAULT(r, number, "source-form",
                  "a source reads '[S3]: Title. Publisher, 2023. <https://...>'");
            continue;
        }
        *(struct source *)corpus_add(r->corpus, &r->corpus->sources.array) = parsed;
        r->article->n_sources++;
    }
}

/* Replaces the numbers of an article's citations by indexes of its sources. */
static void resolve_citations(struct reading *r, uint32_t first_passage)
{
    struct corpus *corpus = r->corpus;
    struct source *sources = corpus->sources.items + r->article->first_source;
    for (size_t p = first_passage; p < corpus->passages.n; p++) {
        struct passage *passage = &corpus->passages.items[p];
        uint32_t *cited = corpus->cited.items + passage->first_cited, kept = 0;
        for (uint32_t i = 0; i < passage->n_cited; i++) {
            uint32_t found = r->article->n_sources;
            for (uint32_t s = 0; s < r->article->n_sources; s++)
                if (strtoul(sources[s].label.bytes + 1, NULL, 10) == cited[i])
                    found = s;
            if (found == r->article->n_sources) {
                FAULT(r, passage->line, "source-missing",
                      "source [S%u] is not listed; add it under '## Sources'", (unsigned)cited[i]);
                continue;
            }
            sources[found].is_cited = true;
            cited[kept++] = r->article->first_source + found;
        }
        passage->n_cited = kept;
    }
}

void articles_read(struct corpus *corpus, struct slice text, const char *path)
{
    struct reading r = { .corpus = corpus, .path = path };
    struct markdown markdown;
    struct markdown_block block;
    uint32_t first_passage = (uint32_t)corpus->passages.n;
    bool has_sources = false;
    const char *slash = strrchr(path, '/');
    struct slice name = slice_of(slash == NULL ? path : slash + 1);
    r.article = corpus_add(corpus, &corpus->articles.array);
    *r.article = (struct article){ .file = path,
                                   .name = slice_cut(name, 0, name.n_bytes - 3),
                                   .first_source = (uint32_t)corpus->sources.n };
    unsigned line = front_matter_read(r.article, &text, path, corpus->complaints);
    markdown_init(&markdown, text, line, &corpus->arena);
    while (!corpus->arena.failed && markdown_next(&markdown, &block)) {
        bool is_title = block.kind == MARKDOWN_HEADING && block.level == 2;
        if (is_title && block.id.n_bytes == 0 && slice_equal(block.text, SLICE("Sources"))) {
            has_sources = true;
            read_sources(&r, &markdown);
        } else if (is_title) {
            start_section(&r, &block);
        } else if (block.kind == MARKDOWN_HEADING) {
            FAULT(&r, block.line, "heading-level", "only headings of level 2 ('## ') belong here");
        } else if (r.section == NULL) {
            FAULT(&r, block.line, "text-place",
                  "text stands before the first '## ' heading; move it below one");
        } else {
            read_text_block(&r, &block);
        }
    }
    if (corpus->arena.failed)
        return;
    if (!has_sources)
        FAULT(&r, markdown.line, "sources-missing", "the article does not end with '## Sources'");
    resolve_citations(&r, first_passage);
}

static uint32_t find_section(const struct corpus *corpus, struct slice topic)
{
    for (uint32_t i = 0; i < corpus->sections.n; i++)
        if (slice_equal(corpus->sections.items[i].topic, topic))
            return i;
    return NO_CLASS;
}

int articles_link(struct corpus *corpus)
{
    struct complaints *complaints = corpus->complaints;
    for (size_t i = 0; i < corpus->links.n; i++) {
        const struct mention *link = &corpus->links.items[i];
        if (find_section(corpus, link->text) == NO_CLASS)
            complain(complaints, corpus->articles.items[link->section].file, link->line,
                     "link-unknown", "the link leads to topic '%.*s', which does not exist",
                     TEXT(link->text));
    }
    for (size_t i = 0; i < corpus->passages.n; i++) {
        const struct passage *p = &corpus->passages.items[i];
        uint32_t article = corpus->sections.items[p->section].article;
        if (p->n_cited == 0)
            complain(complaints, corpus->articles.items[article].file, p->line, "unsourced",
                     "the paragraph names no source; end it with one, such as [S3]");
    }
    if (corpus->sections.n > MAX_TOPICS)
        return error_set(complaints->error, OSSEO_EPARSE, "more than %d topics", MAX_TOPICS);
    for (uint32_t i = 0; i < corpus->sections.n; i++) {
        struct section *section = &corpus->sections.items[i];
        const struct article *article = &corpus->articles.items[section->article];
        if (section->n_passages == 0)
            complain(complaints, article->file, section->line, "empty-section",
                     "section '%.*s' is empty; write its answer below the heading",
                     TEXT(section->topic));
        for (uint32_t j = 0; j < section->n_related; j++) {
            struct mention *related = &corpus->related.items[section->first_related + j];
            related->section = find_section(corpus, related->text);
            if (related->section == NO_CLASS)
                complain(complaints, article->file, related->line, "related-unknown",
                         "related topic '%.*s' does not exist; name the id of a heading",
                         TEXT(related->text));
        }
        *(struct class_of_messages *)corpus_add(corpus, &corpus->classes.array) =
            (struct class_of_messages){ section->topic, CLASS_TOPIC, i };
    }
    return OSSEO_OK;
}
