/* compile/crossvalidate.h -- asking lines that were left out.
 *
 * The knowledge is compiled several times, each time without a part of the
 * lines of asked/ and the other lists, and that part is asked.  What comes out
 * is what can be expected of questions that nobody wrote down. */
#ifndef COMPILE_CROSSVALIDATE_H
#define COMPILE_CROSSVALIDATE_H

#include "answer/confidence.h"
#include "compile/compile.h"

/* How one line fared. */
struct left_out_result {
    struct signals signals;
    uint32_t best; /* a class, the best topic's; NO_CLASS where there is none */
    bool is_asked;
    char pulls[64]; /* of a line that missed: the words that led to the wrong topic */
};

/* Asks a question that nothing was fitted to; `class` is what it is about, or NO_CLASS
 * where that is not known. */
int ask_unseen(struct left_out_result *result, const struct index *index, struct slice text,
               uint32_t class, struct arena *arena);

/* Asks each line of corpus->said by a knowledge compiled without the part it
 * belongs to.  `part_of` tells a line's part, 0 .. n_parts - 1; `results`
 * (corpus->said.n) is filled in.  OSSEO_OK or OSSEO_ENOMEM. */
int crossvalidate(struct left_out_result *results, const struct corpus *corpus, unsigned n_parts,
                  unsigned (*part_of)(void *context, const struct said *said, size_t number),
                  void *context);

#endif
