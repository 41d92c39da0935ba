/* compile/compile.h -- a knowledge folder to a compiled knowledge.
 *
 * Puts together what each floor makes of the corpus: index/ its passages,
 * rank/ its vocabulary, synonyms and fitted model, answer/ its red flags and
 * the confidence.  The confidence is fitted to the questions of calibration.tsv,
 * which nothing else is fitted to.  Without them it is fitted by cross-validation:
 * the knowledge is compiled without a part of the lines, those lines are asked,
 * and what came out is what the probabilities are learned from.  That is second
 * best: lines that editors add are the hard ones, so it comes out too modest. */
#ifndef COMPILE_COMPILE_H
#define COMPILE_COMPILE_H

#include "corpus/corpus.h"
#include "index/writer.h"

/* Which lines are left out of asked/ and the other lists: those for which it
 * returns true.  `number` counts corpus->said. */
struct leave_out {
    bool (*line)(void *context, const struct said *said, size_t number);
    void *context;
};

/* Compiles a corpus into `out`. */
int compile_corpus(struct buffer *out, const struct corpus *corpus,
                   struct complaints *complaints);

/* Compiles what ranking needs and no more: without red flags and confidence,
 * and without some lines; `leave_out` may be NULL. */
int compile_ranking(struct buffer *out, const struct corpus *corpus,
                    const struct leave_out *leave_out, struct osseo_error *error);

/* Reads and compiles a folder. */
int compile_folder(struct buffer *out, const char *folder, const struct memory *memory,
                   struct complaints *complaints);

#endif
