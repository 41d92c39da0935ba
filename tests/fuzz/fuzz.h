/* tests/fuzz/fuzz.h -- what fuzz targets share.
 *
 * A target is one function that takes any bytes.  `make fuzz` drives it with
 * libFuzzer, `make check` with the files of tests/fuzz/corpus/ alone. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/slice.h"
#include "osseo.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

/* Ends the run with a report when what must hold does not. */
#define MUST(condition) fuzz_must(condition, #condition, __FILE__, __LINE__)
void fuzz_must(bool holds, const char *condition, const char *file, int line);

/* The knowledge of tests/knowledge/whole, which has every list, opened once. */
const struct osseo *fuzz_knowledge(void);

/* A folder in memory that holds a copy of tests/knowledge/small, made once; writes
 * `bytes` to its file `name`.  Returns the folder's path. */
const char *fuzz_write(const char *name, const uint8_t *bytes, size_t n_bytes);

/* What must hold for every reply: valid JSON, a card with its urgency, a caveat
 * under each answer, a key sentence that is in its passage, no control characters. */
void fuzz_check_reply(struct osseo_reply *reply);

#endif
