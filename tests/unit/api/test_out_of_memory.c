/* Each allocation of each entry point of osseo.h fails, alone and with all that
 * follow it: the status says so, nothing is left behind, and what was opened before
 * goes on working. */
#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "osseo.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define WHOLE "tests/knowledge/whole" /* has a list of every kind */
#define COMPILED "build/tests/out-of-memory.osx"
#define CORPUS "build/tests/out-of-memory.jsonl"

/* What one attempt works with.  `heap` fails only between arm() and disarm(). */
struct attempt {
    struct failing_heap heap;
    struct osseo_options options;
    struct osseo_error error;
    long fail_at;
};

static void arm(struct attempt *a)
{
    a->heap.fail_at = a->fail_at;
}

static void disarm(struct attempt *a)
{
    a->heap.fail_at = -1;
}

static struct osseo *opened(struct attempt *a)
{
    struct osseo *osseo;
    CHECK_EQ(osseo_open(&osseo, COMPILED, &a->options, &a->error), OSSEO_OK);
    return osseo;
}

/* make test sets STEP=1, so that no allocation is left out; the quick tests pass
 * over some where there are thousands.  Where each of them compiles a folder anew, or
 * a dozen times, some are left out always: it would take a quarter of an hour. */
#define SLOW_STEP 100
static long step_of(long quick)
{
    const char *step = getenv("STEP");
    return step == NULL ? quick : quick > SLOW_STEP ? quick / 10 : strtol(step, NULL, 10);
}

static void fail_each(int work(struct attempt *a), long step)
{
    for (int once = 0; once <= 1; once++) {
        bool has_failed = true;
        for (long fail_at = 0; has_failed; fail_at += step) {
            struct attempt a = { .heap = { .fail_at = -1, .fails_once = once }, .fail_at = fail_at };
            a.options = (struct osseo_options){ .reallocate = failing_heap_reallocate,
                                                .context = &a.heap };
            int status = work(&a);
            has_failed = a.heap.has_failed;
            if (status != (has_failed ? OSSEO_ENOMEM : OSSEO_OK))
                print_error("allocation %ld, %s: status %d\n", fail_at, once ? "once" : "for good",
                            status);
            CHECK_EQ(status, has_failed ? OSSEO_ENOMEM : OSSEO_OK);
            if (status != OSSEO_OK)
                CHECK(strstr(a.error.text, "memory") != NULL);
            CHECK_EQ(a.heap.live_blocks, 0);
            CHECK_EQ(a.heap.live_bytes, 0);
        }
    }
}

static int open_and_close(struct attempt *a, const char *path)
{
    struct osseo *osseo;
    arm(a);
    int status = osseo_open(&osseo, path, &a->options, &a->error);
    disarm(a);
    CHECK((osseo == NULL) == (status != OSSEO_OK));
    osseo_close(osseo);
    return status;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void write_samples(void)
{
    struct osseo_error error;
    mkdir("build/tests", 0777);
    CHECK_EQ(osseo_index(WHOLE, COMPILED, NULL, &error), OSSEO_OK);
    write_file(CORPUS, "{\"_id\": \"1\", \"title\": \"Healing\", \"text\": \"It takes \\u0061 month.\"}\n"
                       "{\"_id\": \"2\", \"title\": \"Cost\", \"text\": \"It is dear.\"}\n");
}

static int open_folder(struct attempt *a)
{
    return open_and_close(a, WHOLE);
}

TEST(a_folder_is_opened_or_memory_ran_out)
{
    fail_each(open_folder, step_of(19));
}

static int open_corpus(struct attempt *a)
{
    return open_and_close(a, CORPUS);
}

static int open_file(struct attempt *a)
{
    a->options.copies_file = 1;
    return open_and_close(a, COMPILED);
}

static int open_memory(struct attempt *a)
{
    static char bytes[1 << 20];
    struct osseo *osseo;
    FILE *file = fopen(COMPILED, "r");
    CHECK(file != NULL);
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    arm(a);
    int status = osseo_open_memory(&osseo, bytes, n, &a->options, &a->error);
    disarm(a);
    osseo_close(osseo);
    return status;
}

TEST(a_corpus_a_file_and_memory_are_opened_or_memory_ran_out)
{
    write_samples();
    fail_each(open_corpus, 1);
    fail_each(open_file, 1);
    fail_each(open_memory, 1);
}

static long size_of_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (long)status.st_size : -1;
}

static int compile(struct attempt *a)
{
    static const char path[] = "build/tests/out-of-memory-2.osx";
    write_file(path, "old");
    arm(a);
    int status = osseo_index(WHOLE, path, &a->options, &a->error);
    disarm(a);
    CHECK_EQ(size_of_file(path), status == OSSEO_OK ? size_of_file(COMPILED) : 3);
    remove(path);
    return status;
}

TEST(a_file_is_compiled_whole_or_the_old_one_stays)
{
    write_samples();
    fail_each(compile, step_of(29));
}

/* A question with a misspelt word, two words run together, a synonym, a pronoun; so
 * often that the arenas grow while each of its parts is read. */
static const char *long_question(void)
{
    static const char part[] = "how long does it bl eed if i smok or canihave a cig after teh op? ";
    static char text[sizeof part * 60];
    for (size_t at = 0; at + sizeof part <= sizeof text; at += sizeof part - 1)
        memcpy(text + at, part, sizeof part);
    return text;
}

static int ask_all(struct osseo *osseo, struct osseo_conversation *conversation, char **json,
                   struct osseo_error *error)
{
    struct osseo_reply *reply;
    int status = osseo_ask(&reply, osseo, conversation, long_question(), strlen(long_question()), error);
    if (status != OSSEO_OK)
        return status;
    const char *text = osseo_reply_json(reply, 1), *why = osseo_reply_explain(reply);
    if (text == NULL || why == NULL) {
        snprintf(error->text, sizeof error->text, "out of memory");
        status = OSSEO_ENOMEM;
    } else if (json != NULL) {
        *json = strdup(text);
    }
    osseo_reply_free(reply);
    return status;
}

static int ask(struct attempt *a)
{
    struct osseo *osseo = opened(a);
    struct osseo_conversation *conversation;
    char *before = NULL, *during = NULL, *after = NULL;
    CHECK_EQ(osseo_conversation_new(&conversation, osseo, &a->error), OSSEO_OK);
    CHECK_EQ(ask_all(osseo, NULL, &before, &a->error), OSSEO_OK);
    arm(a);
    int status = ask_all(osseo, conversation, &during, &a->error);
    disarm(a);
    CHECK(during == NULL || strcmp(during, before) == 0);
    CHECK_EQ(ask_all(osseo, NULL, &after, &a->error), OSSEO_OK);
    CHECK_TEXT(after, before);
    if (status != OSSEO_OK) /* and the error is that of the failure */
        snprintf(a->error.text, sizeof a->error.text, "out of memory");
    free(before);
    free(during);
    free(after);
    osseo_conversation_free(conversation);
    osseo_close(osseo);
    return status;
}

TEST(a_question_is_answered_in_full_or_memory_ran_out)
{
    write_samples();
    fail_each(ask, 1);
}

/* The first questions's topic narrows the second. */
static int follow_up(struct attempt *a)
{
    struct osseo *osseo = opened(a);
    struct osseo_conversation *conversation = NULL;
    struct osseo_reply *reply = NULL;
    arm(a);
    int status = osseo_conversation_new(&conversation, osseo, &a->error);
    if (status == OSSEO_OK) {
        osseo_conversation_set_topic(conversation, "smoking");
        status = osseo_ask(&reply, osseo, conversation, "and how long?", 13, &a->error);
    }
    disarm(a);
    osseo_reply_free(reply);
    osseo_conversation_free(conversation);
    osseo_close(osseo);
    return status;
}

static int pick_topic(struct attempt *a)
{
    struct osseo *osseo = opened(a);
    struct osseo_reply *reply;
    arm(a);
    int status = osseo_ask_topic(&reply, osseo, "smoking", &a->error);
    disarm(a);
    CHECK((reply == NULL) == (status != OSSEO_OK));
    osseo_reply_free(reply);
    osseo_close(osseo);
    return status;
}

TEST(a_follow_up_and_a_picked_topic_are_answered_or_memory_ran_out)
{
    write_samples();
    fail_each(follow_up, 1);
    fail_each(pick_topic, 1);
}

/* The card is shown from when it is found, whether memory comes back or not; the message
 * is so long that it is asked for again and again. */
static void danger_without_memory(bool fails_once)
{
    char danger[OSSEO_MAX_QUESTION];
    int n_cards = 0;
    bool has_failed = true;
    snprintf(danger, sizeof danger, "the bleeding just won't stop. %s", long_question());
    for (long fail_at = 0; has_failed; fail_at++) {
        struct attempt a = { .heap = { .fail_at = -1, .fails_once = fails_once },
                             .fail_at = fail_at };
        struct osseo_reply *reply;
        a.options = (struct osseo_options){ .reallocate = failing_heap_reallocate,
                                            .context = &a.heap };
        struct osseo *osseo = opened(&a);
        arm(&a);
        int status = osseo_ask(&reply, osseo, NULL, danger, strlen(danger), &a.error);
        disarm(&a);
        has_failed = a.heap.has_failed;
        CHECK(status == OSSEO_OK || (status == OSSEO_ENOMEM && n_cards == 0));
        CHECK(status == OSSEO_ENOMEM || osseo_reply_card(reply) != NULL);
        n_cards += has_failed && status == OSSEO_OK;
        osseo_reply_free(reply);
        osseo_close(osseo);
        CHECK_EQ(a.heap.live_blocks, 0);
    }
    CHECK(n_cards > 0);
}

TEST(a_card_is_shown_unless_there_is_no_memory_at_all)
{
    write_samples();
    danger_without_memory(true);
    danger_without_memory(false);
}

static int rank(struct attempt *a)
{
    struct osseo *osseo = opened(a);
    struct osseo_ranker *ranker;
    const struct osseo_hit *hits;
    size_t n_hits = 0, n_again = 0;
    const char *text = long_question();
    arm(a);
    int status = osseo_ranker_new(&ranker, osseo, &a->error);
    if (status == OSSEO_OK) {
        status = osseo_rank(&hits, &n_hits, ranker, text, strlen(text), 10, &a->error);
        disarm(a);
        struct osseo_error error;
        CHECK_EQ(osseo_rank(&hits, &n_again, ranker, text, strlen(text), 10, &error), OSSEO_OK);
        CHECK(n_again > 0 && (status != OSSEO_OK || n_hits == n_again));
        osseo_ranker_free(ranker);
    }
    disarm(a);
    osseo_close(osseo);
    return status;
}

TEST(passages_are_ranked_or_memory_ran_out)
{
    write_samples();
    fail_each(rank, 1);
}

static void ignore(void *context, int is_error, const char *file, unsigned line, const char *rule,
                   const char *text)
{
    (void)context, (void)is_error, (void)file, (void)line, (void)rule, (void)text;
}

static int check(struct attempt *a)
{
    size_t n;
    arm(a);
    int status = osseo_check(WHOLE, &a->options, ignore, NULL, &n, &a->error);
    disarm(a);
    return status;
}

static int check_lines(struct attempt *a)
{
    char *report;
    arm(a);
    int status = osseo_check_lines(&report, WHOLE, &a->options, &a->error);
    disarm(a);
    CHECK((report == NULL) == (status != OSSEO_OK));
    osseo_report_free(report, &a->options);
    return status;
}

static int compare(struct attempt *a)
{
    char *report;
    size_t n_changed;
    arm(a);
    int status = osseo_diff(&report, &n_changed, COMPILED, WHOLE, &a->options, &a->error);
    disarm(a);
    osseo_report_free(report, &a->options);
    return status;
}

TEST(a_folder_is_checked_and_compared_or_memory_ran_out)
{
    write_samples();
    fail_each(check, step_of(3));
    fail_each(check_lines, step_of(131));
    fail_each(compare, step_of(211));
}

/* Each of the two files is the old one or the new one, and the second is not written
 * before the first. */
static int export_all(struct attempt *a)
{
    static const char index[] = "build/tests/out-of-memory/osseo-index.json",
                      bulk[] = "build/tests/out-of-memory/osseo-bulk.ndjson";
    static long n_index, n_bulk;
    mkdir("build/tests/out-of-memory", 0777);
    if (n_index == 0) {
        CHECK_EQ(osseo_export_opensearch(WHOLE, "build/tests/out-of-memory", NULL, &a->error), OSSEO_OK);
        n_index = size_of_file(index), n_bulk = size_of_file(bulk);
        CHECK(n_index > 3 && n_bulk > 3);
    }
    write_file(index, "old");
    write_file(bulk, "old");
    arm(a);
    int status = osseo_export_opensearch(WHOLE, "build/tests/out-of-memory", &a->options, &a->error);
    disarm(a);
    CHECK(size_of_file(index) == n_index || (status != OSSEO_OK && size_of_file(index) == 3));
    CHECK_EQ(size_of_file(bulk), status == OSSEO_OK ? n_bulk : 3);
    remove(index);
    remove(bulk);
    CHECK_EQ(rmdir("build/tests/out-of-memory"), 0);
    return status;
}

TEST(an_export_is_written_whole_or_the_old_files_stay)
{
    fail_each(export_all, 1);
}
