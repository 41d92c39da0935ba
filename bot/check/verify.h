/* check/verify.h -- a compiled file, held against everything it promises.
 *
 * Whoever asks questions checks what they use, and a damaged file gives them poor
 * answers.  Here nothing is taken on trust: each checksum and every byte between
 * sections, each text's place, the order of terms and of topics' passages, and each
 * posting against its list, its block and its term. */
#ifndef CHECK_VERIFY_H
#define CHECK_VERIFY_H

#include "index/reader.h"

/* OSSEO_OK, or OSSEO_ECORRUPT with the first fault: which row, what it says and
 * what it should.  About a second for a million passages. */
int verify_index(const struct index *index, struct osseo_error *error);

#endif
