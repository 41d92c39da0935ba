/* Compiled files cut short, with bits flipped and with wrong numbers: an error or an
 * answer, never a crash, a hang or a report of the sanitizers. */
#define _POSIX_C_SOURCE 200809L

#include "tests/lib/damage.h"
#include "tests/lib/test.h"

#include "base/bytes.h"
#include "check/check.h"
#include "index/reader.h"
#include "index/postings.h"

#include <stdlib.h>
#include <unistd.h>

/* Longer than all of a test takes under valgrind; what hangs ends with SIGALRM. */
#define HANGS 300

static uint64_t state;

static uint32_t draw(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 32) * n >> 32);
}

static void add_edit(uint8_t *damage, uint8_t section, uint8_t action, uint32_t at, uint32_t value)
{
    damage[0] = section;
    damage[1] = action;
    for (int i = 0; i < 4; i++) {
        damage[2 + i] = (uint8_t)(at >> 8 * i);
        damage[6 + i] = (uint8_t)(value >> 8 * i);
    }
}

static bool survive(const uint8_t *damage, size_t n_bytes)
{
    size_t n_file;
    bool is_sound;
    char *file = damage_file(damage, n_bytes, &n_file);
    damage_use(file, n_file, &is_sound);
    free(file);
    return is_sound;
}

TEST(a_compiled_file_that_nobody_touched_is_sound)
{
    for (uint8_t options = 0; options < 4; options++)
        CHECK(survive(&options, 1));
}

TEST(a_file_cut_short_at_any_section_gives_an_error_or_an_answer)
{
    alarm(HANGS);
    for (int options = 0; options < 4; options++) {
        struct slice source = damage_source((options & 1) != 0);
        for (int section = 0; section < N_SECTIONS; section++) {
            size_t row = FORMAT_HEADER_BYTES + (size_t)section * FORMAT_TABLE_ROW_BYTES;
            uint64_t start = bytes_u64(source, row + 8), n = bytes_u64(source, row + 16);
            for (int i = 0; i < 6; i++) {
                uint8_t damage[1 + DAMAGE_EDIT_BYTES] = { (uint8_t)options };
                uint64_t at = (i < 3 ? start : start + n) + (uint64_t)(i % 3) - 1;
                if (at >= source.n_bytes)
                    continue;
                add_edit(damage + 1, 255, DAMAGE_CUT, (uint32_t)at, 0);
                CHECK(!survive(damage, sizeof damage));
            }
        }
    }
    alarm(0);
}

TEST(any_flipped_bit_is_found_by_check)
{
    alarm(HANGS);
    state = 1;
    struct slice source = damage_source(false);
    for (int i = 0; i < 1000; i++) {
        uint8_t damage[1 + DAMAGE_EDIT_BYTES] = { 2 };
        add_edit(damage + 1, 255, DAMAGE_BIT, draw((uint32_t)source.n_bytes), draw(8));
        CHECK(!survive(damage, sizeof damage));
    }
    alarm(0);
}

/* Numbers that matter: none, few, all bits, the sign, the size itself. */
static uint32_t draw_number(uint32_t size)
{
    static const uint32_t numbers[] = { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 128 };
    uint32_t which = draw(10);
    return which < 7    ? numbers[which]
           : which == 7 ? size
           : which == 8 ? draw(size)
                        : draw(UINT32_MAX);
}

TEST(wrong_numbers_behind_right_checksums_give_an_error_or_an_answer)
{
    alarm(HANGS);
    state = 2;
    for (int i = 0; i < 3000; i++) {
        uint8_t damage[1 + 3 * DAMAGE_EDIT_BYTES] = { (uint8_t)(i & 1) };
        uint32_t size = (uint32_t)damage_source((i & 1) != 0).n_bytes;
        size_t n = 1;
        for (uint32_t edits = 1 + draw(3); edits > 0; edits--, n += DAMAGE_EDIT_BYTES)
            add_edit(damage + n, (uint8_t)draw(N_SECTIONS), (uint8_t)draw(N_DAMAGES - 1),
                     draw(size), draw_number(size));
        survive(damage, n);
    }
    alarm(0);
}

TEST(check_gives_each_row_to_one_owner)
{
    uint8_t damage[1 + 4 * DAMAGE_EDIT_BYTES] = { 0 };
    uint32_t n =
        (uint32_t)bytes_u64(damage_source(false),
                            FORMAT_HEADER_BYTES + SECTION_ASKED * FORMAT_TABLE_ROW_BYTES + 16) /
        ASKED_ROW_BYTES;
    for (uint32_t topic = 0; topic < 2; topic++) { /* first_asked and n_asked */
        uint8_t *edits = damage + 1 + 2 * topic * DAMAGE_EDIT_BYTES;
        add_edit(edits, SECTION_TOPICS, DAMAGE_U32, topic * TOPIC_ROW_BYTES + 28, 0);
        add_edit(edits + DAMAGE_EDIT_BYTES, SECTION_TOPICS, DAMAGE_U32,
                 topic * TOPIC_ROW_BYTES + 32, n);
    }
    CHECK(n > 0 && !survive(damage, sizeof damage));
}

/* The byte of a list's first posting, or of its block's header. */
static bool is_sound_with(const char *term, size_t offset, char change)
{
    struct slice source = damage_source(true);
    struct index index;
    struct osseo_error error;
    bool is_sound;
    CHECK_EQ(index_open(&index, source, &error), OSSEO_OK);
    struct index_term info;
    CHECK(terms_find(&info, &index, slice_of(term)));
    size_t at = (size_t)(index.section[SECTION_POSTINGS].bytes - source.bytes) +
                (size_t)info.postings + offset;
    char *file = malloc(source.n_bytes);
    CHECK(file != NULL);
    memcpy(file, source.bytes, source.n_bytes);
    file[at] = (char)(file[at] + change);
    damage_seal(file, source.n_bytes);
    CHECK(damage_use(file, source.n_bytes, &is_sound));
    free(file);
    return is_sound;
}

TEST(check_holds_each_posting_against_its_block)
{
    CHECK(is_sound_with("implant", 0, 0));
    CHECK(!is_sound_with("implant", 0, 1));   /* the block's last passage */
    CHECK(!is_sound_with("implant", 8, -1));  /* the largest impact of the block */
    CHECK(!is_sound_with("implant", 9, 1));   /* the width of gaps */
    CHECK(!is_sound_with("implant", 17, 127)); /* where the second block begins: far outside */
    CHECK(!is_sound_with("number7", 0, 127)); /* a passage far behind the last */
}
