#include "tests/lib/test.h"

#include "text/words.h"
#include "text/analyzer.h"
#include "text/fold.h"
#include "text/stopwords.h"

#include <stdlib.h>

/* The terms of `text` with blanks between; joined forms carry a "+". */
static const char *terms_of(const char *text)
{
    static char out[1024];
    struct analyzer analyzer;
    struct token token;
    out[0] = '\0';
    if (analyzer_init(&analyzer) != 0)
        abort();
    analyzer_start(&analyzer, slice_of(text));
    while (analyzer_next(&analyzer, &token))
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%.*s%s", out[0] ? " " : "",
                 (int)token.term.n_bytes, token.term.bytes, token.is_joined ? "+" : "");
    analyzer_release(&analyzer);
    return out;
}

TEST(the_analyzer_follows_its_stated_rules)
{
    static const struct {
        const char *text, *terms;
    } cases[] = {
        { "X-ray", "x ray xray+" },
        { "All-on-4", "all on 4 allon4+" },
        { "o-ring", "o ring ore+" },
        { "A&E", "a e ae+" },
        { "3.5mm", "3.5 mm 3.5mm+" },
        { "don't don\u2019t", "dont dont" },
        { "the dentist's", "the dentist" },
        { "1,500 or 1,50", "1500 or 1 50" },
        { "the u.k.", "the uk" },
        { "24/7", "24 7" },
        { "a.b.c.d.e.f.g.h.i.j.k.l", "abcdefghijkl" },
        { "a-b-c-d-e-f-g-h", "a b c d e f abcdef+ g h gh+" },
        { "\uff49\uff4d\uff50\uff4c\uff41\uff4e\uff54", "implant" },
        { "\uff48\uff45'\uff53", "he" },
        { "na\u00efve", "naiv" },
        { "imp\u200blants", "implant" },
        { "", "" },
        { "... !?", "" },
        { "\xff\xfe", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *terms = terms_of(cases[i].text);
        if (strcmp(terms, cases[i].terms) != 0)
            print_error("\"%s\" gives \"%s\", not \"%s\"\n", cases[i].text, terms, cases[i].terms);
        CHECK_TEXT(terms, cases[i].terms);
    }
}

/* 32 letters of two bytes are the most; a joined form of more is none. */
TEST(a_term_is_cut_or_left_out_where_it_would_be_longer_than_the_longest)
{
    char text[3 * MAX_TERM_BYTES + 2], folded[MAX_TERM_BYTES + 16];
    struct words words;
    struct arena arena;
    size_t n = 0;
    for (; n < MAX_TERM_BYTES + 8; n += 2)
        memcpy(text + n, "\u0436", 2);
    memset(folded, '#', sizeof folded);
    CHECK_EQ(fold_word((struct slice){ text, n }, folded), MAX_TERM_BYTES);
    CHECK_EQ(folded[MAX_TERM_BYTES], '#');
    memset(text, 'b', sizeof text);
    text[MAX_TERM_BYTES / 2] = '-';
    text[MAX_TERM_BYTES + 1] = '\0';
    CHECK(strchr(terms_of(text), '+') != NULL);
    text[MAX_TERM_BYTES + 1] = 'b';
    text[MAX_TERM_BYTES + 2] = '\0';
    CHECK(strchr(terms_of(text), '+') == NULL);
    arena_init(&arena, &memory_default);
    CHECK_EQ(words_read(&words, slice_of(text), &arena), 0);
    CHECK_EQ(words.n, 2);
    arena_release(&arena);
}

TEST(joined_and_split_forms_share_a_term)
{
    CHECK(strstr(terms_of("peri-implantitis"), "periimplant+") != NULL);
    CHECK_TEXT(terms_of("periimplantitis"), "periimplant");
    CHECK_TEXT(terms_of("peri implantitis"), "peri implant");
}

TEST(stop_words_are_sorted)
{
    for (size_t i = 1; i < n_stopwords; i++)
        CHECK(strcmp(stopwords[i - 1], stopwords[i]) < 0);
}

TEST(a_stop_word_is_known_and_a_subject_is_not)
{
    CHECK(stopword_is(SLICE("the")));
    CHECK(stopword_is(SLICE("dont")));
    CHECK(!stopword_is(SLICE("implant")));
}

TEST(words_know_whether_their_sentence_is_asked)
{
    struct arena arena;
    struct words words;
    arena_init(&arena, &memory_default);
    CHECK_EQ(words_read(&words, SLICE("It bleeds. Is that normal ? \xE2\x80\x9CReally\xE2\x80\x9D"), &arena), 0);
    CHECK_EQ(words.n, 6);
    static const bool is_asked[] = { false, false, true, true, true, false };
    for (size_t i = 0; i < words.n; i++)
        CHECK_EQ(words.items[i].is_asked, is_asked[i]);
    arena_release(&arena);
}
