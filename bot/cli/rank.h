/* cli/rank.h -- a file of queries to a TREC run. */
#ifndef CLI_RANK_H
#define CLI_RANK_H

#include "cli/options.h"
#include "osseo.h"

#include <stdio.h>

/* Ranks each `qid TAB text` line of the file `path` ("-" for standard input) and
 * writes `qid Q0 docid rank score osseo` lines.  Blanks of an id become "_", since
 * a run's columns are parted by them; a passage behind its topic's first has its
 * number added, "smoking#2".  Returns the exit status: 1 where a query found
 * nothing. */
int rank_file(const struct osseo *osseo, const char *path, unsigned k, FILE *out);

#endif
