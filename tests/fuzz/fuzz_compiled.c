/* A compiled file: edits to a sound one, with the checksums right or not.  See
 * tests/lib/damage.h for why edits, and not the file's own bytes. */
#include "tests/fuzz/fuzz.h"

#include "index/format.h"
#include "tests/lib/damage.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    size_t n_file;
    bool is_sound;
    char *file = damage_file(bytes, n_bytes, &n_file);
    damage_use(file, n_file, &is_sound);
    free(file);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n_bytes, size_t room, unsigned seed);

static uint32_t draw(uint64_t *state, uint32_t n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 32) * n >> 32);
}

/* Numbers that matter: none, few, all bits, the sign; or any of any width. */
static uint32_t draw_number(uint64_t *state)
{
    static const uint32_t numbers[] = { 0, 1, 128, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF };
    uint32_t which = draw(state, 11);
    return which < 7 ? numbers[which] : draw(state, UINT32_MAX) >> 8 * (which - 7);
}

static void draw_edit(uint8_t *edit, uint64_t *state)
{
    uint32_t at = draw_number(state), value = draw_number(state);
    edit[0] = (uint8_t)draw(state, N_SECTIONS + 1);
    edit[1] = (uint8_t)draw(state, N_DAMAGES);
    memcpy(edit + 2, &at, sizeof at);
    memcpy(edit + 6, &value, sizeof value);
}

/* Edits stay whole: one is added, taken away, drawn anew or changed in one byte. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n_bytes, size_t room, unsigned seed)
{
    uint64_t state = seed;
    size_t n = n_bytes < 1 ? 0 : (n_bytes - 1) / DAMAGE_EDIT_BYTES;
    uint8_t *edit = bytes + 1 + (n == 0 ? 0 : draw(&state, (uint32_t)n)) * DAMAGE_EDIT_BYTES;
    if (n_bytes == 0)
        bytes[0] = 0;
    uint32_t what = n == 0 ? 0 : draw(&state, 8);
    if (what < 2 && 1 + (n + 1) * DAMAGE_EDIT_BYTES <= room)
        draw_edit(bytes + 1 + n++ * DAMAGE_EDIT_BYTES, &state);
    else if (what == 2)
        memmove(edit, bytes + 1 + --n * DAMAGE_EDIT_BYTES, DAMAGE_EDIT_BYTES);
    else if (what == 3)
        draw_edit(edit, &state);
    else if (what == 4)
        bytes[0] = (uint8_t)draw(&state, 4);
    else if (n > 0)
        edit[draw(&state, DAMAGE_EDIT_BYTES)] ^= (uint8_t)(1 << draw(&state, 8));
    return 1 + n * DAMAGE_EDIT_BYTES;
}
