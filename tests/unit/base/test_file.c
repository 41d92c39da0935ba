#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "base/bytes.h"
#include "base/distance.h"
#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "build/tests/files"

static void put(const char *path, const char *text, mode_t mode)
{
    mkdir("build/tests", 0777);
    mkdir(FOLDER, 0777);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
    CHECK_EQ(chmod(path, mode), 0);
}

TEST(a_file_that_others_may_write_to_is_shared)
{
    static const struct {
        mode_t mode;
        bool is_shared;
    } cases[] = { { 0600, false }, { 0644, false }, { 0664, false }, { 0646, true }, { 0666, true } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put(FOLDER "/shared", "x", cases[i].mode);
        CHECK_EQ(file_is_shared(FOLDER "/shared"), cases[i].is_shared);
    }
    if (geteuid() == 0) { /* only root may give files away */
        put(FOLDER "/shared", "x", 0664);
        CHECK_EQ(chown(FOLDER "/shared", 0, 1), 0);
        CHECK(file_is_shared(FOLDER "/shared"));
        put(FOLDER "/shared", "x", 0644);
        CHECK_EQ(chown(FOLDER "/shared", 1, 0), 0);
        CHECK(file_is_shared(FOLDER "/shared"));
    }
    unlink(FOLDER "/shared");
    CHECK(!file_is_shared(FOLDER "/shared"));
}

TEST(a_name_that_a_file_was_left_under_does_not_stop_a_new_one)
{
    struct buffer read;
    put(FOLDER "/new.000000", "left", 0600);
    put(FOLDER "/new.000001", "left", 0600);
    CHECK_EQ(file_write(FOLDER "/new", SLICE("whole"), NULL), OSSEO_OK);
    buffer_init(&read, &memory_default, 64);
    CHECK_EQ(file_read(&read, FOLDER "/new", 64, NULL), OSSEO_OK);
    CHECK_SLICE(buffer_slice(&read), "whole");
    buffer_release(&read);
    CHECK_EQ(unlink(FOLDER "/new"), 0);
    CHECK_EQ(unlink(FOLDER "/new.000000"), 0);
    CHECK_EQ(unlink(FOLDER "/new.000001"), 0);
}

TEST(a_path_is_missing_a_file_a_folder_or_something_else)
{
    put(FOLDER "/kind", "x", 0600);
    CHECK_EQ(file_kind(FOLDER "/kind"), FILE_REGULAR);
    CHECK_EQ(file_kind(FOLDER), FILE_FOLDER);
    CHECK_EQ(file_kind("/dev/null"), FILE_OTHER);
    CHECK_EQ(file_kind(FOLDER "/none"), FILE_MISSING);
    unlink(FOLDER "/kind");
}

TEST(an_empty_file_is_neither_mapped_nor_copied)
{
    struct file_map map;
    struct osseo_error error;
    put(FOLDER "/empty", "", 0600);
    CHECK_EQ(file_map_open(&map, FOLDER "/empty", &error), OSSEO_ECORRUPT);
    CHECK_EQ(file_copy_open(&map, FOLDER "/empty", &error), OSSEO_ECORRUPT);
    CHECK_EQ(file_copy_open(&map, FOLDER "/none", &error), OSSEO_EIO);
    CHECK_EQ(file_map_open(&map, FOLDER, &error), OSSEO_EIO);
    unlink(FOLDER "/empty");
}

TEST(a_file_is_copied_byte_for_byte)
{
    struct file_map map;
    put(FOLDER "/copied", "hello", 0600);
    CHECK_EQ(file_copy_open(&map, FOLDER "/copied", NULL), OSSEO_OK);
    CHECK_SLICE(((struct slice){ map.bytes, map.n_bytes }), "hello");
    file_map_close(&map);
    CHECK(map.bytes == NULL);
    file_map_close(&map);
    unlink(FOLDER "/copied");
}

TEST(a_file_is_written_where_its_name_fits_and_not_where_it_does_not)
{
    char name[5000];
    struct osseo_error error;
    struct buffer text;
    mkdir("build/tests", 0777);
    mkdir(FOLDER, 0777);
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = '\0';
    CHECK_EQ(file_write(name, SLICE("x"), &error), OSSEO_EIO);
    CHECK(strstr(error.text, "too long") != NULL);
    CHECK_EQ(file_write(FOLDER "/none/x", SLICE("x"), &error), OSSEO_EIO);
    CHECK_EQ(file_write(FOLDER, SLICE("x"), &error), OSSEO_EIO); /* a folder is there */
    CHECK_EQ(file_write(FOLDER "/written", SLICE("x"), &error), OSSEO_OK);
    buffer_init(&text, &memory_default, 100);
    CHECK_EQ(file_read(&text, FOLDER "/written", 1, &error), OSSEO_OK);
    CHECK_SLICE(buffer_slice(&text), "x");
    CHECK_EQ(file_read(&text, FOLDER "/written", 0, &error), OSSEO_EIO);
    buffer_release(&text);
    unlink(FOLDER "/written");
    CHECK_EQ(file_write("written-here", SLICE(""), NULL), OSSEO_OK); /* in the current folder */
    unlink("written-here");
}

TEST(a_stream_ends_and_a_missing_one_is_told)
{
    struct file_stream stream;
    struct osseo_error error;
    char bytes[8];
    size_t n;
    put(FOLDER "/stream", "hello", 0600);
    CHECK_EQ(file_stream_open(&stream, FOLDER "/none", &error), OSSEO_EIO);
    CHECK_EQ(file_stream_open(&stream, FOLDER "/stream", &error), OSSEO_OK);
    CHECK_EQ(stream.n_bytes, 5);
    CHECK_EQ(file_stream_read(&stream, bytes, 3, &n, &error), OSSEO_OK);
    CHECK_EQ(n, 3);
    CHECK_EQ(file_stream_read(&stream, bytes, 3, &n, &error), OSSEO_OK);
    CHECK_EQ(n, 2);
    CHECK_EQ(file_stream_read(&stream, bytes, 3, &n, &error), OSSEO_OK);
    CHECK_EQ(n, 0);
    file_stream_close(&stream);
    CHECK_EQ(file_stream_read(&stream, bytes, 3, &n, &error), OSSEO_EIO); /* closed by now */
    unlink(FOLDER "/stream");
}

TEST(errors_need_no_struct_to_be_told_to)
{
    CHECK_EQ(error_at(NULL, "a.md", 1, "%s", "x"), OSSEO_EPARSE);
    CHECK_EQ(error_set(NULL, OSSEO_EIO, "%s", "x"), OSSEO_EIO);
    struct complaints silent = { NULL, NULL, NULL, 0, 0 };
    CHECK_EQ(complain(&silent, "a.md", 1, "rule", "%s", "x"), OSSEO_EPARSE);
    CHECK_EQ(warn_of(&silent, "a.md", 1, "rule", "%s", "x"), OSSEO_EPARSE);
    CHECK_EQ(silent.n_errors, 1);
    CHECK_EQ(silent.n_warnings, 1);
}

TEST(each_character_that_steers_is_one_and_its_neighbours_are_not)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = { { 0, 0x1F }, { 0x7F, 0x9F }, { 0x61C, 0x61C }, { 0x200E, 0x200F },
                   { 0x2028, 0x202E }, { 0x2066, 0x2069 }, { 0xFEFF, 0xFEFF } };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        CHECK(i == 0 || !utf8_is_control(ranges[i].first - 1));
        CHECK(utf8_is_control(ranges[i].first));
        CHECK(utf8_is_control(ranges[i].last));
        CHECK(!utf8_is_control(ranges[i].last + 1));
    }
}

TEST(text_is_cut_between_characters)
{
    struct slice text = SLICE("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    static const size_t ends[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11 };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        CHECK_EQ(utf8_cut(text, i), ends[i]);
    CHECK_EQ(utf8_cut(SLICE("\x80\x80\x80\x80\x80\x80"), 5), 2); /* what is no text is cut too */
    CHECK_EQ(utf8_first_invalid(SLICE("a\xEF\xBF\xBD")), 4); /* U+FFFD itself is valid */
    CHECK_EQ(utf8_first_invalid(SLICE("a\xF4\x90\x80\x80")), 1); /* above U+10FFFF */
}

TEST(overlong_forms_and_surrogates_are_no_text_and_their_neighbours_are)
{
    static const struct {
        const char *bytes;
        bool is_text;
    } cases[] = {
        { "\xC1\xBF", false },         { "\xC2\x80", true },
        { "\xE0\x9F\xBF", false },     { "\xE0\xA0\x80", true },
        { "\xED\x9F\xBF", true },      { "\xED\xA0\x80", false },
        { "\xED\xBF\xBF", false },     { "\xEE\x80\x80", true },
        { "\xF0\x8F\xBF\xBF", false }, { "\xF0\x90\x80\x80", true },
        { "\xF4\x8F\xBF\xBF", true },  { "\xF4\x90\x80\x80", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice text = slice_of(cases[i].bytes);
        CHECK_EQ(utf8_first_invalid(text) == text.n_bytes, cases[i].is_text);
    }
}

TEST(numbers_outside_a_section_read_as_zero)
{
    struct slice bytes = SLICE("\1\2\3\4\5\6\7\10");
    CHECK_EQ(bytes_u16(bytes, 6), 0x0807);
    CHECK_EQ(bytes_u16(bytes, 7), 0);
    CHECK_EQ(bytes_u16(SLICE("\1"), 0), 0);
    CHECK_EQ(bytes_u32(bytes, 4), 0x08070605);
    CHECK_EQ(bytes_u32(bytes, 5), 0);
    CHECK_EQ(bytes_u32(bytes, SIZE_MAX), 0);
    CHECK_EQ(bytes_u64(bytes, 0), 0x0807060504030201);
}

TEST(words_that_are_too_long_or_too_unlike_have_no_distance)
{
    char longest[300];
    memset(longest, 'a', sizeof longest);
    CHECK(distance_damerau(SLICE("aaaa"), SLICE("a"), 2) > 2);
    CHECK(distance_damerau((struct slice){ longest, 300 }, (struct slice){ longest, 300 }, 2) > 2);
    CHECK_EQ(distance_damerau(SLICE("teh"), SLICE("the"), 2), 1);
}

TEST(what_is_there_and_no_file_is_not_replaced)
{
    static const char *const places[] = { "/dev/null", "/dev", "tests" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct file_output output;
        struct osseo_error error;
        CHECK_EQ(file_output_open(&output, places[i], &error), OSSEO_EIO);
        CHECK(strstr(error.text, places[i]) != NULL);
    }
}
