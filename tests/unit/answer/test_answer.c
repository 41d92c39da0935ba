#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "answer/why.h"
#include "answer/confidence.h"
#include "answer/conversation.h"
#include "answer/either_or.h"
#include "answer/evidence.h"
#include "answer/red_flags.h"
#include "base/file.h"
#include "index/reader.h"
#include "index/format.h"
#include "base/bytes.h"
#include "compile/compile.h"
#include "osseo.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define SMALL "tests/knowledge/small"

static struct osseo *open_small(void)
{
    struct osseo *osseo;
    struct osseo_error error;
    CHECK_EQ(osseo_open(&osseo, SMALL, NULL, &error), OSSEO_OK);
    return osseo;
}

static struct osseo_reply *ask(struct osseo *osseo, const char *question)
{
    struct osseo_reply *reply;
    struct osseo_error error;
    CHECK_EQ(osseo_ask(&reply, osseo, NULL, question, strlen(question), &error), OSSEO_OK);
    return reply;
}

TEST(a_topic_that_is_picked_is_answered_without_ranking)
{
    struct osseo *osseo = open_small();
    struct osseo_error error;
    struct osseo_reply *reply;
    CHECK_EQ(osseo_ask_topic(&reply, osseo, "no-such-topic", &error), OSSEO_EINVALID);
    for (size_t i = 0; i < osseo_n_topics(osseo); i++) {
        struct osseo_topic topic = osseo_topic(osseo, i);
        char id[64];
        snprintf(id, sizeof id, "%.*s", (int)topic.id.n_bytes, topic.id.bytes);
        CHECK_EQ(osseo_ask_topic(&reply, osseo, id, &error), OSSEO_OK);
        CHECK_EQ(osseo_reply_outcome(reply), OSSEO_ANSWER);
        CHECK_TEXT(osseo_reply_topic(reply), id);
        CHECK_TEXT(osseo_reply_question(reply), osseo_reply_heading(reply));
        CHECK(strstr(osseo_reply_passage(reply), osseo_reply_key_sentence(reply)) != NULL);
        CHECK(osseo_reply_caveat(reply) != NULL);
        osseo_reply_free(reply);
    }
    osseo_close(osseo);
}

TEST(a_question_is_handed_back_whole_though_it_is_no_text)
{
    static const char typed[] = "\0does it\0 bl\0eed \xC3\xA4 \xFF\xED\xA0\x80?\0";
    struct osseo *osseo = open_small();
    struct osseo_reply *reply;
    CHECK_EQ(osseo_ask(&reply, osseo, NULL, typed, sizeof typed - 1, NULL), OSSEO_OK);
    CHECK_TEXT(osseo_reply_question(reply), "\uFFFDdoes it\uFFFD bl\uFFFDeed \u00E4 "
                                            "\uFFFD\uFFFD\uFFFD\uFFFD?\uFFFD");
    osseo_reply_free(reply);
    osseo_close(osseo);
}

TEST(what_speaks_against_a_topic_is_no_reason_for_it)
{
    static const struct {
        double confidence;
        const char *why;
    } cases[] = {
        { 0.97, "The word that counted most: \"cost\". I am almost sure that this is what you asked." },
        { 0.91, "The word that counted most: \"cost\". I am about 9 in 10 sure that this is what you asked." },
        { 0.01, "The word that counted most: \"cost\". I am about 1 in 10 sure that this is what you asked." },
    };
    struct share shares[] = { { "word", "bleed", -0.9 }, { "word", "cost", 0.5 }, { "letters", "smo", 0.4 },
                              { "word", "smoke", 0 } };
    struct osseo_reply reply = { .shares = shares, .n_shares = sizeof shares / sizeof *shares };
    struct arena arena;
    struct words words;
    struct buffer out;
    arena_init(&arena, &memory_default);
    buffer_init(&out, &memory_default, 4096);
    CHECK_EQ(words_read(&words, SLICE("does the bleed cost a smoke"), &arena), OSSEO_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reply.confidence = cases[i].confidence;
        buffer_clear(&out);
        why_write(&out, &reply, &words);
        CHECK_SLICE(buffer_slice(&out), cases[i].why);
    }
    buffer_release(&out);
    arena_release(&arena);
}

TEST(more_choices_than_there_is_room_for_are_refused)
{
    struct osseo_options options = { .n_choices = 10 };
    struct osseo_error error;
    struct osseo *osseo;
    CHECK_EQ(osseo_open(&osseo, SMALL, &options, &error), OSSEO_OK);
    osseo_close(osseo);
    options.n_choices = 11;
    CHECK_EQ(osseo_open(&osseo, SMALL, &options, &error), OSSEO_EINVALID);
    CHECK(osseo == NULL && strstr(error.text, "the most is 10") != NULL);
}

TEST(caveats_and_refusals_end_with_whom_to_ask)
{
    static const char contact[] = "Park Street Dental: 020 7946 0000.";
    struct osseo_options options = { .contact = contact };
    struct osseo_error error;
    struct osseo *osseo;
    CHECK_EQ(osseo_open(&osseo, SMALL, &options, &error), OSSEO_OK);
    struct osseo_reply *refusal = ask(osseo, "who won the football last night"), *answer;
    CHECK_EQ(osseo_reply_outcome(refusal), OSSEO_NONE);
    CHECK(slice_ends(slice_of(osseo_reply_say(refusal)), slice_of(contact)));
    struct osseo_topic topic = osseo_topic(osseo, 0);
    char id[64];
    snprintf(id, sizeof id, "%.*s", (int)topic.id.n_bytes, topic.id.bytes);
    CHECK_EQ(osseo_ask_topic(&answer, osseo, id, &error), OSSEO_OK);
    CHECK(slice_ends(slice_of(osseo_reply_caveat(answer)), slice_of(contact)));
    osseo_reply_free(refusal);
    osseo_reply_free(answer);
    osseo_close(osseo);
}

TEST(a_compiled_file_that_is_copied_survives_being_overwritten)
{
    static const char path[] = "build/tests/copied.osx";
    struct osseo_options options = { .copies_file = 1 };
    struct osseo_error error;
    struct osseo *osseo;
    CHECK_EQ(osseo_index(SMALL, path, NULL, &error), OSSEO_OK);
    CHECK_EQ(osseo_open(&osseo, path, &options, &error), OSSEO_OK);
    FILE *file = fopen(path, "r+"); /* a map would now end the process */
    CHECK(file != NULL && ftruncate(fileno(file), 10) == 0 && fclose(file) == 0);
    osseo_reply_free(ask(osseo, "can i have implants if i smoke"));
    osseo_close(osseo);
    CHECK_EQ(osseo_open(&osseo, path, &options, &error), OSSEO_ECORRUPT);
    remove(path);
}

TEST(red_flags_are_seen_in_every_shape_and_not_where_they_do_not_count)
{
    static const struct {
        const char *question, *card;
    } cases[] = {
        { "I can't breathe", "breathing" },
        { "I CAN\u2019T BREATHE", "breathing" },
        { "i cant breathe", "breathing" },
        { "i can\u200bt bre\u200bathe", "breathing" },
        { "\uff29 \uff43\uff41\uff4e\uff54 breathe", "breathing" },
        { "does it hurt? my husband can't breathe", "breathing" },
        { "no fever but I can't breathe", "breathing" },
        { "my throat feels really tight", "breathing" },
        { "the bleeding just won't stop", "not-stopping" },
        { "the bleeding won't stop and I can't breathe", "breathing" },
        { "what if I can't breathe", NULL },
        { "not that I can't breathe", NULL },
        { "last year I couldn't and can't breathe was all I said", NULL },
        { "I can't breathe well through my nose", NULL },
        { "I have bad breath", NULL },
        { "how much bleeding is normal?", NULL },
    };
    struct osseo *osseo = open_small();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct osseo_reply *reply = ask(osseo, cases[i].question);
        const char *card = osseo_reply_card_id(reply);
        if ((card == NULL) != (cases[i].card == NULL) ||
            (card != NULL && strcmp(card, cases[i].card) != 0))
            print_error("\"%s\" shows %s\n", cases[i].question, card == NULL ? "no card" : card);
        CHECK((card == NULL) == (cases[i].card == NULL));
        if (card != NULL)
            CHECK_TEXT(card, cases[i].card);
        osseo_reply_free(reply);
    }
    osseo_close(osseo);
}

TEST(a_red_flag_is_found_within_two_thousand_other_words)
{
    struct osseo *osseo = open_small();
    char question[4096];
    size_t n = 0;
    while (n < 3800)
        n += (size_t)snprintf(question + n, sizeof question - n, "well so on ");
    snprintf(question + n, sizeof question - n, ". I can't breathe. thanks");
    struct osseo_reply *reply = ask(osseo, question);
    CHECK_TEXT(osseo_reply_card_id(reply), "breathing");
    CHECK_EQ(osseo_reply_urgency(reply), OSSEO_EMERGENCY);
    osseo_reply_free(reply);
    osseo_close(osseo);
}

TEST(an_emergency_is_answered_by_its_card_and_nothing_else)
{
    struct osseo *osseo = open_small();
    struct osseo_reply *reply = ask(osseo, "I can't breathe, can I smoke?");
    CHECK(osseo_reply_passage(reply) == NULL);
    CHECK(strstr(osseo_reply_card(reply), "999") != NULL);
    CHECK(strstr(osseo_reply_json(reply, 0), "\"urgency\": \"emergency\"") != NULL);
    osseo_reply_free(reply);
    osseo_close(osseo);
}

TEST(a_follow_up_leans_on_the_turn_before_and_a_new_subject_does_not)
{
    static const struct {
        const char *text;
        bool is_follow_up;
    } cases[] = {
        { "and if I smoke?", true },        { "how long does that take?", true },
        { "is it safe?", true },            { "why?", true },
        { "for how long?", true },          { "what about the upper jaw?", true },
        { "can I have an MRI scan", false }, { "", false },
        { "my dentist told me that the implant in my lower jaw is loose", false },
    };
    struct arena arena;
    arena_init(&arena, &memory_default);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct words words;
        CHECK_EQ(words_read(&words, slice_of(cases[i].text), &arena), OSSEO_OK);
        if (conversation_is_follow_up(&words) != cases[i].is_follow_up)
            print_error("\"%s\"\n", cases[i].text);
        CHECK_EQ(conversation_is_follow_up(&words), cases[i].is_follow_up);
    }
    arena_release(&arena);
}

TEST(the_confidence_recovers_probabilities_that_it_was_shown)
{
    enum { N = 4000 };
    struct confidence_sample *samples = calloc(N, sizeof *samples);
    struct buffer rows;
    struct index index = { .n_passages = 0 };
    uint64_t state = 42;
    CHECK(samples != NULL);
    for (size_t i = 0; i < N; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        double x = (double)(state >> 40) / (double)(1 << 24) * 4 - 2;
        state = state * 6364136223846793005u + 1442695040888963407u;
        double u = (double)(state >> 40) / (double)(1 << 24);
        samples[i].signals.value[SIGNAL_MARGIN] = x;
        samples[i].is_right = u < 1 / (1 + exp(-(2 * x + 1)));
        samples[i].is_in_scope = samples[i].is_right;
    }
    buffer_init(&rows, &memory_default, 10000);
    CHECK_EQ(confidence_fit(&rows, samples, N), OSSEO_OK);
    index.section[SECTION_CONFIDENCE] = buffer_slice(&rows);
    for (double x = -2; x <= 2; x += 0.5) {
        struct signals signals = { { 0 } };
        signals.value[SIGNAL_MARGIN] = x;
        double p = confidence_of(&index, &signals).right;
        CHECK(fabs(p - 1 / (1 + exp(-(2 * x + 1)))) < 0.05);
    }
    buffer_release(&rows);
    free(samples);
}

/* Where a section's bytes begin in a compiled file. */
static size_t section_at(const struct buffer *file, enum section_kind kind)
{
    return (size_t)bytes_u64(buffer_slice(file),
                             FORMAT_HEADER_BYTES + (size_t)kind * FORMAT_TABLE_ROW_BYTES + 8);
}

TEST(a_count_that_leads_out_of_its_table_counts_nothing)
{
    struct buffer file;
    struct index index;
    struct complaints complaints = { NULL, NULL, NULL, 0, 0 };
    buffer_init(&file, &memory_default, SIZE_MAX);
    CHECK_EQ(compile_folder(&file, SMALL, &memory_default, &complaints), OSSEO_OK);
    size_t topic = section_at(&file, SECTION_TOPICS), passage = section_at(&file, SECTION_PASSAGES);
    CHECK_EQ(index_open(&index, buffer_slice(&file), NULL), OSSEO_OK);
    CHECK(index_topic(&index, 0).n_asked > 0 && index_topic(&index, 0).n_related > 0);
    CHECK(index_passage(&index, 0).n_cited > 0);
    memset(file.bytes + topic + 32, 0xFF, 3); /* also asked; then related */
    memset(file.bytes + topic + 40, 0xFF, 3);
    memset(file.bytes + passage + 20, 0xFF, 3);
    CHECK_EQ(index_topic(&index, 0).n_asked, 0);
    CHECK_EQ(index_topic(&index, 0).n_related, 0);
    CHECK_EQ(index_passage(&index, 0).n_cited, 0);
    buffer_release(&file);
}

TEST(a_fault_in_a_folder_is_told_with_its_file_and_line)
{
    struct osseo *osseo;
    struct osseo_error error;
    CHECK_EQ(osseo_open(&osseo, "tests/check", NULL, &error), OSSEO_EPARSE);
    CHECK(osseo == NULL);
    CHECK_EQ(osseo_open(&osseo, "/nowhere", NULL, &error), OSSEO_EIO);
    CHECK(strstr(error.text, "/nowhere") != NULL);
    CHECK_EQ(osseo_open(&osseo, "README.md", NULL, &error), OSSEO_ECORRUPT);
}

TEST(of_topics_taken_for_one_another_it_is_asked_which_is_meant)
{
    static const topic_id topics[] = { 1, 0 };
    struct buffer file, text;
    struct index index;
    struct complaints complaints = { NULL, NULL, NULL, 0, 0 };
    buffer_init(&file, &memory_default, SIZE_MAX);
    buffer_init(&text, &memory_default, 1000);
    CHECK_EQ(compile_folder(&file, SMALL, &memory_default, &complaints), 0);
    CHECK_EQ(index_open(&index, buffer_slice(&file), NULL), 0);
    CHECK(either_or_is_group(&index, topics, 2));
    CHECK(either_or_ask(&text, &index, topics, 2));
    CHECK_SLICE(buffer_slice(&text),
                "Do you mean smoking after the operation or bleeding after the operation?");
    CHECK(!either_or_is_group(&index, topics, 1));
    CHECK(!either_or_ask(&text, &index, topics, 1));
    buffer_release(&text);
    buffer_release(&file);
}

TEST(an_answer_says_where_it_is_from_and_when_it_is_overdue)
{
    struct osseo_options options = { .today = 20271125 };
    struct osseo_error error;
    struct osseo *osseo, *later;
    CHECK_EQ(osseo_open(&osseo, SMALL, NULL, &error), OSSEO_OK);
    CHECK_EQ(osseo_open(&later, SMALL, &options, &error), OSSEO_OK);
    struct osseo_reply *fresh = ask(osseo, "can I smoke"), *stale = ask(later, "can I smoke");
    CHECK_TEXT(osseo_reply_article(fresh), "Healing");
    CHECK_TEXT(osseo_reply_reviewed(fresh), "2026-11-24");
    CHECK(!osseo_reply_overdue(fresh) && osseo_reply_overdue(stale));
    CHECK(strstr(osseo_reply_json(fresh, 0), "\"overdue\": false") != NULL);
    CHECK(strstr(osseo_reply_json(stale, 0), "\"overdue\": true") != NULL);
    osseo_reply_free(fresh);
    osseo_reply_free(stale);
    osseo_close(osseo);
    osseo_close(later);
}

TEST(an_unexplained_reply_differs_in_its_explanation_alone)
{
    static const char question[] = "can I smoke";
    struct osseo_options options = { .is_unexplained = 1 };
    struct osseo_error error;
    struct osseo *osseo = open_small(), *brief;
    CHECK_EQ(osseo_open(&brief, SMALL, &options, &error), OSSEO_OK);
    struct osseo_reply *whole = ask(osseo, question), *bare = ask(brief, question);
    CHECK_EQ(osseo_reply_outcome(whole), OSSEO_ANSWER);
    CHECK_TEXT(osseo_reply_json(bare, 0), osseo_reply_json(whole, 0));
    CHECK(strlen(osseo_reply_explain(whole)) > 0);
    CHECK_TEXT(osseo_reply_explain(bare), "");
    CHECK(osseo_reply_why(whole) != NULL);
    CHECK(osseo_reply_why(bare) == NULL);
    osseo_reply_free(whole);
    osseo_reply_free(bare);
    osseo_close(osseo);
    osseo_close(brief);
}

TEST(what_is_behind_the_end_of_a_list_is_empty)
{
    struct osseo *osseo = open_small();
    struct osseo_reply *reply = ask(osseo, "can I smoke");
    CHECK(osseo_topic(osseo, osseo_n_topics(osseo)).id.bytes == NULL);
    CHECK(osseo_also_asked(osseo, osseo_n_topics(osseo), 0).bytes == NULL);
    CHECK(osseo_also_asked(osseo, 0, osseo_topic(osseo, 0).n_also_asked).bytes == NULL);
    CHECK(osseo_reply_source(reply, osseo_reply_n_sources(reply)).title == NULL);
    CHECK(osseo_reply_choice(reply, osseo_reply_n_choices(reply)).topic == NULL);
    CHECK(osseo_reply_related(reply, osseo_reply_n_related(reply)).topic == NULL);
    CHECK(osseo_reply_more(reply, osseo_reply_n_more(reply)) == NULL);
    osseo_reply_free(reply);
    osseo_close(osseo);
}

TEST(the_key_sentence_has_most_of_the_question_and_of_equals_it_is_the_first)
{
    static const struct {
        const char *passage, *key;
    } cases[] = {
        { "Tea is warm. Smoking is not. Milk is cold.", "Smoking is not." },
        { "Tea is warm. Milk is cold. Water is wet.", "Tea is warm." },
        { "Tea is warm. Smoking kills. Smoking hurts.", "Smoking kills." },
    };
    struct buffer file;
    struct index index;
    struct arena arena;
    struct query query;
    struct osseo_error error;
    arena_init(&arena, &memory_default);
    buffer_init(&file, &memory_default, SIZE_MAX);
    CHECK_EQ(osseo_index(SMALL, "build/tests/evidence.osx", NULL, &error), OSSEO_OK);
    CHECK_EQ(file_read(&file, "build/tests/evidence.osx", 1 << 24, &error), OSSEO_OK);
    remove("build/tests/evidence.osx");
    CHECK_EQ(index_open(&index, buffer_slice(&file), &error), OSSEO_OK);
    CHECK_EQ(query_read(&query, &index, SLICE("can I smoke"), &query_defaults, &arena), OSSEO_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice key;
        CHECK_EQ(evidence_sentence(&key, slice_of(cases[i].passage), &query), OSSEO_OK);
        CHECK_SLICE(key, cases[i].key);
    }
    buffer_release(&file);
    arena_release(&arena);
}
