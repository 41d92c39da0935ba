#include "tests/lib/test.h"

#include "answer/conversation.h"

TEST(a_message_stands_alone_or_leans_on_what_was_said_before)
{
    static const struct {
        const char *text;
        bool is_follow_up, points_back, has_no_subject, names_treatment_alone;
    } rows[] = {
        { "", false, false, false, false },
        { "why", true, false, true, false },
        { "how much then", true, true, true, false },
        { "tell me how much", false, false, true, false },
        { "for how long would that be", true, true, false, false },
        { "and if I smoke", true, false, false, false },
        { "what about the upper jaw", true, true, false, false },
        { "would she have to come off it a few days before the operation", true, false,
          false, false },
        { "how long does the operation take", false, false, false, true },
        { "will I need stitches", false, false, false, true },
        { "when did the operation on my hip heal", false, false, false, false },
        { "how long does paint take", false, false, false, false },
        { "how long do mini implants last", false, false, false, false },
        { "I had both of mine done last year by a man in Leeds and I wonder whether they last", false,
          false, false, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct words words;
        arena_init(&arena, &memory_default);
        CHECK_EQ(words_read(&words, slice_of(rows[i].text), &arena), 0);
        if (conversation_is_follow_up(&words) != rows[i].is_follow_up ||
            conversation_points_back(&words) != rows[i].points_back ||
            conversation_has_no_subject(&words) != rows[i].has_no_subject ||
            conversation_names_treatment_alone(&words) != rows[i].names_treatment_alone)
            fail_msg("'%s': %d %d %d %d", rows[i].text, conversation_is_follow_up(&words),
                     conversation_points_back(&words), conversation_has_no_subject(&words),
                     conversation_names_treatment_alone(&words));
        arena_release(&arena);
    }
}
