/* tests/lib/damage.h -- compiled files that somebody has meddled with.
 *
 * A damage is a list of edits to a sound file, and so is what the fuzzer makes up:
 * it stays short, means the same in the next format, and may put the checksums
 * right again, behind which the reader would otherwise never be reached.
 *
 *   damage = options:u8 { edit }           options: 1 the corpus, else the knowledge;
 *                                          2 leaves the checksums as they were
 *   edit   = section:u8 action:u8 at:u32 value:u32
 *
 * `at` wraps around in the section, or in the file where there is no such section. */
#ifndef TESTS_LIB_DAMAGE_H
#define TESTS_LIB_DAMAGE_H

#include "base/slice.h"

#include <stdint.h>

#define DAMAGE_EDIT_BYTES 10

enum damage_action {
    DAMAGE_U8, /* a number is put at `at` */
    DAMAGE_U16,
    DAMAGE_U32,
    DAMAGE_U64,
    DAMAGE_BIT,     /* the bit `value` % 8 is flipped */
    DAMAGE_COPY,    /* up to 32 bytes come from `value` in the same section */
    DAMAGE_ROW,     /* a number is put into the section's row of the table */
    DAMAGE_HEADER,  /* a number is put into the header or the table */
    DAMAGE_SHORTEN, /* the section is `at` bytes long */
    DAMAGE_CUT,     /* the file ends at `at`, and says so */
    N_DAMAGES
};

/* A file before it is damaged: of tests/knowledge/small, or of a corpus whose lists
 * have several blocks.  Made once, and kept until the program ends. */
struct slice damage_source(bool is_corpus);

/* The damaged file; free with free().  A block of its own size, so that a sanitizer
 * sees what is read behind it. */
char *damage_file(const uint8_t *damage, size_t n_bytes, size_t *n_file);

/* Makes the checksums of a file right, wherever its sections lie. */
void damage_seal(char *file, size_t n_file);

/* Opens a file and uses it in every way that does not write.  True when it opened;
 * `*is_sound` when it was also verified whole. */
bool damage_use(const char *file, size_t n_file, bool *is_sound);

#endif
