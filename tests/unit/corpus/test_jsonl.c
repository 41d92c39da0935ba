#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "corpus/jsonl.h"

#include <stdlib.h>
#include <unistd.h>

static const struct {
    const char *line, *id, *title, *text, *fault; /* no fault: what is read */
} lines[] = {
    { "{\"_id\": \"1\", \"title\": \"a\", \"text\": \"b\"}", "1", "a", "b", NULL },
    { " {\"text\":\"b\",\"_id\":\"1\"} \r", "1", "", "b", NULL },
    { "{\"_id\":\"1\",\"title\":null,\"text\":\"\"}", "1", "", "", NULL },
    { "{\"_id\":\"1\",\"metadata\":{\"a\":[1,-2.5e3,{\"b\":\"}]\"}],\"c\":true}}", "1", "", "",
      NULL },
    { "{\"_id\":\"\\u00e9\\ud83d\\ude00\",\"text\":\"a\\n\\\"\\\\\\/\\t\"}",
      "\xC3\xA9\xF0\x9F\x98\x80", "", "a\n\"\\/ ", NULL }, /* a tab steers a terminal */
    { "{\"_id\":\"a\",\"text\":\"\\u001b[1m\\u202eb\"}", "a", "", " [1m   b", NULL },
    { "{\"_id\":\"1\",\"_id\":\"2\"}", "2", "", "", NULL },
    { "{\"_id\":\"\\u00E9\\uFFFD\",\t\"a\": 1E+5 , \"b\" : [ ] }", "\xC3\xA9\xEF\xBF\xBD", "", "", NULL },
    { "{\"_id\":\"\\ud83dx\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\ud83d\\n\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\ud83d\\u0041\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\ud83d\\ue041\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\udc00\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\ud83d\\u00\"}", NULL, NULL, NULL, "\\u wants four hexadecimal digits" },
    { "{\"_id\":\"\\ud83d", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\u00:0\"}", NULL, NULL, NULL, "\\u wants four hexadecimal digits" },
    { "{\"_id\":\"\\u00", NULL, NULL, NULL, "\\u wants four hexadecimal digits" },
    { "{\"_id\":", NULL, NULL, NULL, "_id, title and text want strings" },
    { "{\"_id\":nulx}", NULL, NULL, NULL, "_id, title and text want strings" },
    { "{\"a\":[", NULL, NULL, NULL, "a value is missing" },
    { "{\"a\":12", NULL, NULL, NULL, "',' or '}' is missing behind a value" },
    { "{\"a\":{]}", NULL, NULL, NULL, "a value is missing" },
    { "{a:1}", NULL, NULL, NULL, "a string is missing" },
    { "{\"a\":[\"b]", NULL, NULL, NULL, "a string does not end" },
    { "", NULL, NULL, NULL, "it is no JSON object" },
    { "[1]", NULL, NULL, NULL, "it is no JSON object" },
    { "{}", NULL, NULL, NULL, "it has no \"_id\"" },
    { "{\"_id\":\"\"}", NULL, NULL, NULL, "it has no \"_id\"" },
    { "{\"_id\":7}", NULL, NULL, NULL, "_id, title and text want strings" },
    { "{\"_id\":\"1\"", NULL, NULL, NULL, "',' or '}' is missing behind a value" },
    { "{\"_id\":\"1\"} x", NULL, NULL, NULL, "there is more behind the object" },
    { "{\"_id\":\"1", NULL, NULL, NULL, "a string does not end" },
    { "{\"_id\":\"1\\", NULL, NULL, NULL, "there is an unknown escape in a string" },
    { "{\"_id\":\"\\q\"}", NULL, NULL, NULL, "there is an unknown escape in a string" },
    { "{\"_id\":\"\\u12g4\"}", NULL, NULL, NULL, "\\u wants four hexadecimal digits" },
    { "{\"_id\":\"\\u0000\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"\\ud800\"}", NULL, NULL, NULL, "an escape stands for no character" },
    { "{\"_id\":\"a\tb\"}", NULL, NULL, NULL, "there is a control character in a string" },
    { "{\"_id\":\"\xFF\"}", NULL, NULL, NULL, "it is not UTF-8" },
    { "{\"_id\" \"1\"}", NULL, NULL, NULL, "':' is missing behind a key" },
    { "{\"a\":}", NULL, NULL, NULL, "a value is missing" },
};

TEST(a_line_of_json_is_read_or_its_fault_is_named)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char line[256];
        struct document d;
        size_t n = strlen(lines[i].line);
        memcpy(line, lines[i].line, n);
        const char *fault = jsonl_parse(line, n, &d);
        if (lines[i].fault != NULL) {
            CHECK(fault != NULL);
            CHECK_TEXT(fault, lines[i].fault);
            continue;
        }
        CHECK(fault == NULL);
        CHECK_SLICE(d.id, lines[i].id);
        CHECK_SLICE(d.title, lines[i].title);
        CHECK_SLICE(d.text, lines[i].text);
    }
}

TEST(a_value_that_is_nested_too_deeply_is_refused)
{
    char line[512] = "{\"a\":";
    struct document d;
    memset(line + 5, '[', 500);
    CHECK_TEXT(jsonl_parse(line, 505, &d), "a value is nested too deeply");
}

static unsigned told_line;

static void keep_line(void *context, int is_error, const char *file, unsigned line,
                      const char *rule, const char *text)
{
    (void)context;
    (void)is_error;
    (void)file;
    (void)rule;
    (void)text;
    told_line = line;
}

TEST(lines_longer_than_a_block_come_whole_and_a_bad_one_is_passed_over_with_its_number)
{
    char path[] = "build/tests/jsonl-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    struct jsonl jsonl;
    struct document d;
    struct osseo_error error;
    struct complaints complaints = { keep_line, NULL, &error, 0, 0 };
    bool has_one;
    CHECK(file != NULL);
    fputs("\xEF\xBB\xBF{\"_id\":\"1\",\"text\":\"", file);
    for (int i = 0; i < 1000000; i++)
        putc('a', file);
    fputs("\"}\n\nbad\n{\"_id\":\"2\"}", file);
    fclose(file);

    CHECK_EQ(jsonl_open(&jsonl, path, false, &memory_default, &error), OSSEO_OK);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_OK);
    CHECK(has_one);
    CHECK_EQ(d.text.n_bytes, 1000000);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_OK);
    CHECK_SLICE(d.id, "2");
    CHECK_EQ(told_line, 3);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_OK);
    CHECK(!has_one);
    jsonl_close(&jsonl);

    CHECK_EQ(jsonl_open(&jsonl, path, true, &memory_default, &error), OSSEO_OK);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_OK);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_EPARSE);
    CHECK_EQ(error.line, 3);
    jsonl_close(&jsonl);
    unlink(path);
}

TEST(a_last_line_that_is_too_long_is_told_though_no_line_end_follows)
{
    char path[] = "build/tests/jsonl-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    struct jsonl jsonl;
    struct document d;
    struct osseo_error error;
    struct complaints complaints = { keep_line, NULL, &error, 0, 0 };
    bool has_one;
    CHECK(file != NULL);
    fputs("{\"_id\":\"1\"}\n", file);
    fflush(file);
    CHECK_EQ(ftruncate(fileno(file), MAX_JSONL_LINE + 1000), 0);
    fclose(file);

    told_line = 0;
    CHECK_EQ(jsonl_open(&jsonl, path, false, &memory_default, &error), OSSEO_OK);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_OK);
    CHECK(has_one);
    CHECK_EQ(jsonl_next(&jsonl, &d, &has_one, &complaints), OSSEO_OK);
    CHECK(!has_one);
    CHECK_EQ(told_line, 2);
    jsonl_close(&jsonl);
    unlink(path);
}
