/* face/builtin.h -- the shipped knowledge, compiled and inside the program. */
#ifndef FACE_BUILTIN_H
#define FACE_BUILTIN_H

#include <stddef.h>

/* The bytes of a compiled knowledge; *n_bytes is 0 in the bare program that
 * compiles it (builtin_none.c), the file's size in all others (builtin.S). */
const void *builtin_knowledge(size_t *n_bytes);
#endif
