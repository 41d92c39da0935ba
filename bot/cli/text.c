#define _GNU_SOURCE /* for fopencookie */

#include "cli/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static ssize_t append(void *cookie, const char *bytes, size_t n_bytes)
{
    struct text *text = cookie;
    if (n_bytes > text->room - text->n_bytes) {
        size_t room = 2 * text->room + n_bytes;
        char *larger = realloc(text->bytes, room);
        if (larger == NULL)
            return 0; /* which sets the stream's error indicator */
        text->bytes = larger;
        text->room = room;
    }
    memcpy(text->bytes + text->n_bytes, bytes, n_bytes);
    text->n_bytes += n_bytes;
    return (ssize_t)n_bytes;
}

FILE *text_open(struct text *text)
{
    *text = (struct text){ NULL, 0, 0 };
    return fopencookie(text, "w", (cookie_io_functions_t){ .write = append });
}
