#include "tests/lib/test.h"

#include "base/memory.h"
#include "corpus/markdown.h"

static struct arena arena;

static struct markdown reading(const char *text)
{
    struct markdown markdown;
    arena_init(&arena, &memory_default);
    markdown_init(&markdown, slice_of(text), 1, &arena);
    return markdown;
}

TEST(a_block_is_a_heading_an_item_or_a_paragraph_with_its_lines)
{
    static const struct {
        enum markdown_kind kind;
        unsigned level, line;
        const char *text, *id;
    } blocks[] = {
        { MARKDOWN_HEADING, 1, 2, "One", "" },
        { MARKDOWN_HEADING, 6, 3, "Six {x}", "" },
        { MARKDOWN_PARAGRAPH, 0, 4, "####### Seven #none", "" },
        { MARKDOWN_ITEM, 0, 6, "an item that goes on", "" },
        { MARKDOWN_ITEM, 0, 8, "a star", "" },
        { MARKDOWN_HEADING, 2, 9, "With id?", "an-id" },
        { MARKDOWN_PARAGRAPH, 0, 10, "#", "" },
    };
    struct markdown m = reading("\n# One\n###### Six {x}\n####### Seven\n#none\n- an item\n  that goes on\n"
                                "* a star\n## With id? {#an-id}\n#");
    struct markdown_block block;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        CHECK(markdown_next(&m, &block));
        CHECK_EQ(block.kind, blocks[i].kind);
        CHECK_EQ(block.level, blocks[i].level);
        CHECK_EQ(block.line, blocks[i].line);
        CHECK_SLICE(block.text, blocks[i].text);
        CHECK_SLICE(block.id, blocks[i].id);
    }
    CHECK(!markdown_next(&m, &block));
    CHECK(!markdown_next(&m, &block));
    arena_release(&arena);
}

static unsigned n_cited;

static void count(void *context, struct slice label)
{
    n_cited++;
    CHECK_SLICE(label, context);
}

TEST(marks_are_taken_out_and_what_only_looks_like_them_stays)
{
    static const struct {
        const char *text, *plain;
        unsigned n_cited; /* of S12 */
    } cases[] = {
        { "It heals. [S12]", "It heals.", 1 },
        { "It heals.[S12][S12]", "It heals.", 2 },
        { "[S12]", "", 1 },
        { "[S] and [S12 and [Sx] and [S1x]", "[S] and [S12 and [Sx] and [S1x]", 0 },
        { "see [here](#smoking) now", "see here now", 0 },
        { "see [here] (now", "see [here] (now", 0 },
        { "see [here](now", "see [here](now", 0 },
        { "see [here", "see [here", 0 },
        { "**very** *so*", "very so", 0 },
        { "\\*a\\_b\\# \\x \\", "*a_b# \\x \\", 0 },
        { "", "", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena_init(&arena, &memory_default);
        n_cited = 0;
        CHECK_SLICE(markdown_plain(slice_of(cases[i].text), &arena, count, (void *)(uintptr_t)"S12"),
                    cases[i].plain);
        CHECK_EQ(n_cited, cases[i].n_cited);
        CHECK_SLICE(markdown_plain(slice_of(cases[i].text), &arena, NULL, NULL), cases[i].plain);
        arena_release(&arena);
    }
}

TEST(lines_are_handed_out_one_by_one_without_empty_ones)
{
    struct markdown m = reading("a\n\n \n  b \n");
    struct slice line;
    unsigned number;
    CHECK(markdown_next_line(&m, &line, &number));
    CHECK_SLICE(line, "a");
    CHECK(markdown_next_line(&m, &line, &number));
    CHECK_SLICE(line, "b");
    CHECK_EQ(number, 4);
    CHECK(!markdown_next_line(&m, &line, &number));
    arena_release(&arena);
}
