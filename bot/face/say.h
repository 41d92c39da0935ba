/* face/say.h -- text of others on its way to a terminal or a log.
 *
 * Names of files, arguments and whatever a compiled file holds may steer a terminal.
 * What would, and what is no UTF-8, comes out as U+FFFD; newlines and tabs stay. */
#ifndef FACE_SAY_H
#define FACE_SAY_H

#include "base/error.h"
#include "base/slice.h"

#include <stdio.h>

/* printf; at most 4095 bytes a call. */
void say_to(FILE *out, const char *format, ...) PRINTF_LIKE(2, 3);

void say_text(FILE *out, struct slice text);

/* Tells of a warning in a file, on standard error: what struct osseo_options wants. */
void say_warning(void *context, const char *file, unsigned line, const char *text);

#endif
