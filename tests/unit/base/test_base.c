#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(bytes_that_are_not_utf8_read_as_the_replacement_one_by_one)
{
    static const struct {
        const char *bytes;
        size_t n_points;
    } cases[] = {
        { "\xC0\xAF", 2 },         { "\xED\xA0\x80", 3 }, { "\xF4\x90\x80\x80", 4 },
        { "\x80", 1 },             { "\xE2\x82", 2 },     { "\xFF", 1 },
        { "\xF8\x88\x80\x80\x80", 5 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice text = slice_of(cases[i].bytes);
        size_t at = 0, n = 0;
        while (at < text.n_bytes) {
            CHECK_EQ(utf8_next(text, &at), UTF8_REPLACEMENT);
            n++;
        }
        CHECK_EQ(n, cases[i].n_points);
        CHECK_EQ(utf8_first_invalid(text), 0);
    }
}

TEST(every_code_point_survives_encoding_and_decoding)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x900 ? 1 : 97) {
        char bytes[4];
        size_t at = 0, n;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        n = utf8_encode(c, bytes);
        CHECK_EQ(utf8_next((struct slice){ bytes, n }, &at), c);
        CHECK_EQ(at, n);
    }
}

TEST(cutting_never_splits_a_character)
{
    struct slice text = slice_of("a\u00e9\u20ac");
    CHECK_EQ(utf8_cut(text, 1), 1);
    CHECK_EQ(utf8_cut(text, 2), 1);
    CHECK_EQ(utf8_cut(text, 3), 3);
    CHECK_EQ(utf8_cut(text, 5), 3);
    CHECK_EQ(utf8_cut(text, 6), 6);
    CHECK_EQ(utf8_cut(text, 99), 6);
}

TEST(a_buffer_remembers_its_first_failure)
{
    struct buffer buffer;
    buffer_init(&buffer, &memory_default, 8);
    buffer_append_text(&buffer, "1234567");
    CHECK(!buffer.failed);
    buffer_append_text(&buffer, "8");
    CHECK(buffer.failed);
    buffer_append_text(&buffer, "");
    CHECK(buffer_text(&buffer) == NULL);
    CHECK_EQ(buffer.n_bytes, 7);
    buffer_release(&buffer);
}

TEST(a_buffer_out_of_memory_fails_and_leaves_nothing)
{
    struct failing_heap heap = { .fail_at = 1 };
    struct memory memory = { failing_heap_reallocate, &heap };
    struct buffer buffer;
    buffer_init(&buffer, &memory, SIZE_MAX);
    for (int i = 0; i < 1000; i++)
        buffer_append_text(&buffer, "ten bytes.");
    CHECK(buffer.failed);
    buffer_release(&buffer);
    CHECK_EQ(heap.live_blocks, 0);
    CHECK_EQ(heap.live_bytes, 0);
}

TEST(json_strings_hold_no_raw_control_character)
{
    static const struct {
        const char *text, *json;
    } cases[] = {
        { "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "line\nnext\ttab", "\"line\\nnext\\ttab\"" },
        { "\x1b[2J", "\"\\u001b[2J\"" },
        { "\u202e\u2028", "\"\\u202e\\u2028\"" },
        { "\xff", "\"\uFFFD\"" },
        { "caf\u00e9", "\"caf\u00e9\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer buffer;
        buffer_init(&buffer, &memory_default, 1000);
        buffer_append_json(&buffer, slice_of(cases[i].text));
        CHECK_TEXT(buffer_text(&buffer), cases[i].json);
        buffer_release(&buffer);
    }
}

TEST(numbers_outside_the_bytes_read_as_zero)
{
    struct slice bytes = { "\x01\x02\x03\x04\x05", 5 };
    CHECK_EQ(bytes_u32(bytes, 0), 0x04030201);
    CHECK_EQ(bytes_u32(bytes, 1), 0x05040302);
    CHECK_EQ(bytes_u32(bytes, 2), 0);
    CHECK_EQ(bytes_u16(bytes, 4), 0);
    CHECK_EQ(bytes_u32(bytes, SIZE_MAX), 0);
    CHECK_EQ(bytes_part(bytes, 3, 3).n_bytes, 0);
    CHECK_EQ(bytes_part(bytes, UINT64_MAX, 2).n_bytes, 0);
    CHECK_EQ(bytes_part(bytes, 3, 2).n_bytes, 2);
}

TEST(the_checksum_is_the_published_crc32)
{
    /* The check value of CRC-32/ISO-HDLC in the catalogue of CRCs. */
    CHECK_EQ(bytes_checksum(SLICE("123456789")), 0xCBF43926);
    CHECK_EQ(bytes_checksum(SLICE("")), 0);
}

TEST(an_arena_gives_zeroed_blocks_and_frees_them_all)
{
    struct failing_heap heap = { .fail_at = -1 };
    struct memory memory = { failing_heap_reallocate, &heap };
    struct arena arena;
    arena_init(&arena, &memory);
    for (size_t i = 1; i < 3000; i += 7) {
        char *block = arena_allocate(&arena, i);
        CHECK(block != NULL && block[0] == 0 && block[i - 1] == 0);
        memset(block, 1, i);
    }
    CHECK(arena_array(&arena, SIZE_MAX / 2, 4) == NULL);
    CHECK(arena_allocate(&arena, SIZE_MAX) == NULL); /* rounded up it would be nothing */
    arena_clear(&arena);
    CHECK_EQ(((char *)arena_allocate(&arena, 64))[63], 0);
    arena_release(&arena);
    CHECK_EQ(heap.live_blocks, 0);
}

TEST(a_file_is_written_whole_and_beside_nothing)
{
    char folder[] = "/tmp/osseo-test-XXXXXX", path[64];
    struct osseo_error error;
    struct buffer read;
    struct arena arena;
    struct slice *names;
    size_t n_names;
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/b.osx", folder);
    arena_init(&arena, &memory_default);
    buffer_init(&read, &memory_default, 1000);
    CHECK_EQ(file_write(path, SLICE("old"), &error), OSSEO_OK);
    CHECK_EQ(file_write(path, SLICE("new and longer"), &error), OSSEO_OK);
    CHECK_EQ(file_read(&read, path, 100, &error), OSSEO_OK);
    CHECK_SLICE(buffer_slice(&read), "new and longer");
    CHECK_EQ(file_list(&names, &n_names, &arena, folder, "", &error), OSSEO_OK);
    CHECK_EQ(n_names, 1);
    CHECK_EQ(file_read(&read, path, 5, &error), OSSEO_EIO);
    CHECK_EQ(file_read(&read, folder, 100, &error), OSSEO_EIO);
    CHECK_EQ(file_write("/nowhere/at/all", SLICE("x"), &error), OSSEO_EIO);
    CHECK(strstr(error.text, "/nowhere/at/all") != NULL);
    buffer_release(&read);
    arena_release(&arena);
    unlink(path);
    rmdir(folder);
}
