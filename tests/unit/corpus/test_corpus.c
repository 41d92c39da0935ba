#include "tests/lib/test.h"

#include "check/readability.h"
#include "corpus/corpus.h"
#include "corpus/markdown.h"
#include "text/sentence.h"

TEST(a_date_is_a_date_or_nothing)
{
    CHECK_EQ(corpus_date(SLICE("2026-11-24")), 20261124);
    CHECK_EQ(corpus_date(SLICE("2026-13-01")), 0);
    CHECK_EQ(corpus_date(SLICE("2026-02-30")), 0);
    CHECK_EQ(corpus_date(SLICE("24/11/2026")), 0);
    CHECK_EQ(corpus_date(SLICE("")), 0);
}

TEST(markup_is_taken_out_of_a_paragraph)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        { "Plain text. [S1][S22]", "Plain text." },
        { "A **bold** *word*", "A bold word" },
        { "See [this](#smoking) now", "See this now" },
        { "Not a source: [Sx] or [S]", "Not a source: [Sx] or [S]" },
        { "A \\*star\\*", "A *star*" },
        { "", "" },
    };
    struct arena arena;
    arena_init(&arena, &memory_default);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_SLICE(markdown_plain(slice_of(cases[i].text), &arena, NULL, NULL), cases[i].plain);
    arena_release(&arena);
}

TEST(blocks_come_with_their_lines)
{
    struct markdown markdown;
    struct markdown_block block;
    struct arena arena;
    arena_init(&arena, &memory_default);
    markdown_init(&markdown, SLICE("## A? {#a}\n\none\ntwo\n- item\n  more\n\n### B"), 1, &arena);
    CHECK(markdown_next(&markdown, &block));
    CHECK_EQ(block.kind, MARKDOWN_HEADING);
    CHECK_SLICE(block.text, "A?");
    CHECK_SLICE(block.id, "a");
    CHECK(markdown_next(&markdown, &block));
    CHECK_EQ(block.line, 3);
    CHECK_SLICE(block.text, "one two");
    CHECK(markdown_next(&markdown, &block));
    CHECK_EQ(block.kind, MARKDOWN_ITEM);
    CHECK_SLICE(block.text, "item more");
    CHECK(markdown_next(&markdown, &block));
    CHECK_EQ(block.level, 3);
    CHECK(!markdown_next(&markdown, &block));
    arena_release(&arena);
}

TEST(sentences_end_where_a_reader_would_end_them)
{
    static const char *const wanted[] = { "Ask Dr. Smith today.", "Is it 3.5 mm wide?",
                                          "Yes (so they say).", "A list:", "- one item", "So do I.", "Mr. B. King said so.", "The end" };
    struct slice rest = SLICE("Ask Dr. Smith today. Is it 3.5 mm wide? Yes (so they say). A list:\n"
                              "- one item\nSo do I. Mr. B. King said so. The end"),
                 sentence;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        CHECK(sentence_next(&rest, &sentence));
        CHECK_SLICE(sentence, wanted[i]);
    }
    CHECK(!sentence_next(&rest, &sentence));
}

TEST(the_small_knowledge_is_read_whole)
{
    struct corpus corpus;
    struct osseo_error error;
    struct complaints complaints = { NULL, NULL, &error, 0, 0 };
    CHECK_EQ(corpus_read(&corpus, &memory_default, "tests/knowledge/small", &complaints), OSSEO_OK);
    CHECK_EQ(corpus.sections.n, 2);
    CHECK_EQ(corpus.passages.n, 4);
    CHECK_EQ(corpus.said.n, 11);
    CHECK_EQ(corpus.flags.n, 2);
    CHECK_EQ(corpus_find_class(&corpus, SLICE("smoking")), 1);
    CHECK_EQ(corpus_find_class(&corpus, SLICE("nothing")), NO_CLASS);
    struct passage *list = &corpus.passages.items[3];
    CHECK(slice_ends(list->text, SLICE("\n- What happens if I cannot?")));
    CHECK_EQ(list->n_cited, 1);
    corpus_release(&corpus);
}

TEST(the_reading_grade_is_that_of_kincaid_1975)
{
    static const struct {
        const char *word;
        unsigned n;
    } words[] = { { "the", 1 },    { "implant", 2 }, { "table", 2 },  { "denture", 2 },
                  { "bone", 1 },   { "needed", 2 },  { "smoked", 1 }, { "titanium", 3 },
                  { "healing", 2 }, { "mm", 1 } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        CHECK_EQ(readability_syllables(slice_of(words[i].word)), words[i].n);
    /* 0.39 * 12 / 2 + 11.8 * 18 / 12 - 15.59 = 2.34 + 17.7 - 15.59 */
    CHECK_NEAR(readability_grade((struct readability){ 2, 12, 18, 6 }), 4.45);
}
