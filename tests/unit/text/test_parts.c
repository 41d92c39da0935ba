#include "tests/lib/test.h"

#include "text/parts.h"

TEST(a_message_is_cut_after_each_of_its_questions)
{
    static const struct {
        const char *text, *parts[3];
    } cases[] = {
        { "does it hurt", { "does it hurt" } },
        { "", { "" } },
        { "Does it hurt? How much is it?", { "Does it hurt? ", "How much is it?" } },
        { "how much are they and how long do they last",
          { "how much are they ", "and how long do they last" } },
        { "I have diabetes. Can I have minis? What do they cost?",
          { "I have diabetes. Can I have minis? ", "What do they cost?" } },
        { "Can I smoke? I only have three a day.", { "Can I smoke? I only have three a day." } },
        { "can I eat bread and jam", { "can I eat bread and jam" } },
        { "my gums are sore and how I hate it", { "my gums are sore and how I hate it" } },
        { "Is it sore? Is it dear? Is it long?", { "Is it sore? ", "Is it dear? ", "Is it long?" } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct words words;
        struct parts parts;
        size_t n = 0;
        arena_init(&arena, &memory_default);
        CHECK_EQ(words_read(&words, slice_of(cases[i].text), &arena), 0);
        parts_of(&parts, &words, slice_of(cases[i].text));
        while (n < 3 && cases[i].parts[n] != NULL)
            n++;
        if (parts.n != n)
            print_error("\"%s\" has %zu parts\n", cases[i].text, parts.n);
        CHECK_EQ(parts.n, n);
        for (size_t j = 0; j < n; j++)
            CHECK_SLICE(parts.part[j], cases[i].parts[j]);
        arena_release(&arena);
    }
}

TEST(the_last_part_of_many_questions_holds_all_the_rest)
{
    const char *text = "Is it one? Is it two? Is it three? Is it four? Is it five? Is it six?";
    struct arena arena;
    struct words words;
    struct parts parts;
    arena_init(&arena, &memory_default);
    CHECK_EQ(words_read(&words, slice_of(text), &arena), 0);
    parts_of(&parts, &words, slice_of(text));
    CHECK_EQ(parts.n, MAX_PARTS);
    CHECK_SLICE(parts.part[MAX_PARTS - 1], "Is it four? Is it five? Is it six?");
    arena_release(&arena);
}

TEST(what_is_denied_is_told_from_what_is_said)
{
    static const struct {
        const char *text, *denied, *affirmed;
    } cases[] = {
        { "I don't smoke but I have diabetes", "I don't smoke ", "I have diabetes" },
        { "No pain now, it's not bleeding but the cap is off me", "it's not bleeding ",
          "the cap is off me" },
        { "I can't chew but I have diabetes", NULL, NULL },
        { "I don't smoke", NULL, NULL },
        { "it hurts but I don't smoke", NULL, NULL },
        { "not that but this", NULL, NULL },
        { "my sister who is not well but I have pain", "my sister who is not well ", "I have pain" },
        { "my older sister who is not well but I have pain", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct words words;
        struct slice denied, affirmed;
        arena_init(&arena, &memory_default);
        CHECK_EQ(words_read(&words, slice_of(cases[i].text), &arena), 0);
        bool is_turn = parts_turn(&denied, &affirmed, &words, slice_of(cases[i].text));
        if (is_turn != (cases[i].denied != NULL))
            print_error("\"%s\"\n", cases[i].text);
        CHECK_EQ(is_turn, cases[i].denied != NULL);
        if (is_turn) {
            CHECK_SLICE(denied, cases[i].denied);
            CHECK_SLICE(affirmed, cases[i].affirmed);
        }
        arena_release(&arena);
    }
}
