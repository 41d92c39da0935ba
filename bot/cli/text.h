/* cli/text.h -- text that is written to memory by stdio.
 *
 * As open_memstream(), whose stream keeps quiet when memory runs out: here the
 * stream's error indicator tells, as it does for a full disk. */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stddef.h>
#include <stdio.h>

struct text {
    char *bytes; /* free() it */
    size_t n_bytes, room;
};

/* A stream that appends to `text`, complete once it is closed; NULL when memory ran
 * out.  `text` stays where it is until then. */
FILE *text_open(struct text *text);

#endif
