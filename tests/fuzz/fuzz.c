#define _POSIX_C_SOURCE 200809L

#include "tests/fuzz/fuzz.h"

#include "base/file.h"
#include "base/utf8.h"
#include "cli/options.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the program, cli/main.c has these. */
const struct command commands[] = { { "ask", "", "", NULL } };
const unsigned n_commands = 1;

#define SMALL "tests/knowledge/small"
#define WHOLE "tests/knowledge/whole"

void fuzz_must(bool holds, const char *condition, const char *file, int line)
{
    if (holds)
        return;
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

const struct osseo *fuzz_knowledge(void)
{
    static struct osseo *osseo;
    struct osseo_error error;
    if (osseo == NULL)
        MUST(osseo_open(&osseo, WHOLE, NULL, &error) == OSSEO_OK);
    return osseo;
}

static char folder[64];

static void write_file(const char *name, const void *bytes, size_t n_bytes)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    MUST(file != NULL && fwrite(bytes, 1, n_bytes, file) == n_bytes && fclose(file) == 0);
}

/* What is not of the small knowledge is taken away. */
static void restore_file(const char *name)
{
    struct buffer text;
    struct osseo_error error;
    char path[256];
    snprintf(path, sizeof path, "%s/%s", SMALL, name);
    buffer_init(&text, &memory_default, 1 << 20);
    if (file_kind(path) == FILE_REGULAR) {
        MUST(file_read(&text, path, 1 << 20, &error) == OSSEO_OK);
        write_file(name, text.bytes, text.n_bytes);
    } else {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        MUST(unlink(path) == 0);
    }
    buffer_release(&text);
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "could not remove %s\n", folder);
}

const char *fuzz_write(const char *name, const uint8_t *bytes, size_t n_bytes)
{
    static const char *const files[] = { "healing.md",   "red-flags.md",     "synonyms.txt",
                                         "either-or.tsv", "out-of-scope.tsv", "smalltalk.tsv",
                                         "words.txt",     "asked/healing.tsv" };
    static char last[64];
    if (folder[0] == '\0') {
        strcpy(folder, "/dev/shm/osseo-fuzz-XXXXXX");
        MUST(mkdtemp(folder) != NULL);
        atexit(remove_folder);
        char below[80];
        snprintf(below, sizeof below, "%s/asked", folder);
        MUST(mkdir(below, 0700) == 0);
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            restore_file(files[i]);
    }
    /* What the input before this one has broken is made whole again. */
    if (last[0] != '\0')
        restore_file(last);
    snprintf(last, sizeof last, "%s", name);
    write_file(name, bytes, n_bytes);
    return folder;
}

static void check_text(const char *text)
{
    struct slice s = slice_of(text == NULL ? "" : text);
    for (size_t at = 0; at < s.n_bytes;) {
        uint32_t c = utf8_next(s, &at);
        MUST(c == '\n' || !utf8_is_control(c));
    }
}

void fuzz_check_reply(struct osseo_reply *reply)
{
    enum osseo_outcome outcome = osseo_reply_outcome(reply);
    const char *passage = osseo_reply_passage(reply), *key = osseo_reply_key_sentence(reply);
    const char *text = osseo_reply_json(reply, 1);
    json_error_t error;
    MUST(text != NULL && strchr(text, '\n') == NULL);
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    MUST(json != NULL);
    json_decref(json);
    MUST((osseo_reply_urgency(reply) != OSSEO_NO_URGENCY) == (osseo_reply_card(reply) != NULL));
    MUST(outcome != OSSEO_ANSWER || passage != NULL);
    MUST((outcome != OSSEO_ANSWER && outcome != OSSEO_CHOICES) || osseo_reply_caveat(reply) != NULL);
    MUST(passage == NULL || key == NULL || strstr(passage, key) != NULL);
    MUST(osseo_reply_confidence(reply) >= 0 && osseo_reply_confidence(reply) <= 1);
    MUST(osseo_reply_explain(reply) != NULL);
    check_text(passage);
    check_text(osseo_reply_card(reply));
    check_text(osseo_reply_heading(reply));
}
