/* cli/pipe.h -- questions in, replies out. */
#ifndef CLI_PIPE_H
#define CLI_PIPE_H

#include "base/slice.h"
#include "cli/options.h"
#include "osseo.h"

#include <stdio.h>

/* One reply for each line of `in`, in its order.  With one job each is flushed before
 * the next line is read, so that a program can talk to it; with several, replies come
 * in batches.  Memory does not grow with the input.  Returns the exit status. */
int pipe_run(const struct osseo *osseo, const struct options *options, FILE *in, FILE *out);

/* One reply to one question.  Returns the exit status. */
int pipe_ask(const struct osseo *osseo, const struct options *options, struct slice question,
             FILE *out);

#endif
