/* cli/pipe.h -- questions in, replies out. */
#ifndef CLI_PIPE_H
#define CLI_PIPE_H

#include "cli/options.h"
#include "osseo.h"

#include <stdio.h>

/* One reply for each line of `in`, flushed one by one.  Returns the exit status. */
int pipe_run(const struct osseo *osseo, const struct options *options, FILE *in, FILE *out);

/* Writes one reply in the form that the options ask for.  False, with the reason
 * said, where it could not be written. */
bool pipe_write(struct osseo_reply *reply, const struct options *options, FILE *out);

#endif
