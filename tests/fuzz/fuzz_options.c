/* A command line: arguments with zero bytes between them. */
#include "tests/fuzz/fuzz.h"

#include "cli/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ARGUMENTS 16

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    char program[] = "osseo", *arguments[MOST_ARGUMENTS + 2] = { program };
    char *text = malloc(n_bytes + 1);
    struct options options;
    int n = 1;
    MUST(text != NULL);
    memcpy(text, bytes, n_bytes);
    text[n_bytes] = '\0';
    for (size_t at = 0; at < n_bytes && n <= MOST_ARGUMENTS; at += strlen(text + at) + 1)
        arguments[n++] = text + at;
    optind = 0; /* getopt starts anew */
    if (options_read(&options, n, arguments)) {
        MUST(options.width == 0 || (options.width >= 20 && options.width <= 500));
        MUST(options.first_argument >= 1 && options.first_argument <= n);
    }
    free(text);
    return 0;
}
