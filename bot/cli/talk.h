/* cli/talk.h -- the conversation at a terminal, by readline. */
#ifndef CLI_TALK_H
#define CLI_TALK_H

#include "cli/options.h"
#include "osseo.h"

/* Greets, answers line after line, and returns the exit status when the person
 * leaves. */
int talk_run(const struct osseo *osseo, const struct options *options);

#endif
