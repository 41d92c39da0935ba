/* cli/commands.h -- what the program does once its options are read.
 *
 * Each returns the exit status. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "base/slice.h"
#include "cli/options.h"

#include <stdio.h>

/* One reply for each line of `in`, in its order.  With one job each is flushed before
 * the next line is read, so that a program can talk to it; with several, replies come
 * in batches.  Memory does not grow with the input. */
int pipe_run(const struct osseo *osseo, const struct options *options, FILE *in, FILE *out);

/* One reply to one question. */
int pipe_ask(const struct osseo *osseo, const struct options *options, struct slice question,
             FILE *out);

/* The conversation at a terminal, by readline: greets, and answers line after line until
 * the person leaves. */
int talk_run(const struct osseo *osseo, const struct options *options);

/* Ranks each `qid TAB text` line of the file `path` ("-" for standard input) and
 * writes `qid Q0 docid rank score osseo` lines, a TREC run.  Blanks of an id become "_",
 * since a run's columns are parted by them; a passage behind its topic's first has its
 * number added, "smoking#2".  The status is 1 where a query found nothing. */
int rank_file(const struct osseo *osseo, const char *path, unsigned k, FILE *out);

#endif
