/* text/analyzer.h -- text to terms: the one chain for passages and questions.
 *
 *   tokenizer   word boundaries, folding (case, accents, apostrophes)
 *   stemmer     implants -> implant; numbers stay
 *
 * Stop words are kept and marked: what they are worth is a matter of ranking.
 * An analyzer serves one text at a time and is used again for the next. */
#ifndef TEXT_ANALYZER_H
#define TEXT_ANALYZER_H

#include "text/stemmer.h"
#include "text/tokenizer.h"

struct analyzer {
    struct tokenizer tokenizer;
    struct stemmer stemmer;
};

/* OSSEO_OK or OSSEO_ENOMEM. */
int analyzer_init(struct analyzer *analyzer);
void analyzer_release(struct analyzer *analyzer);

void analyzer_start(struct analyzer *analyzer, struct slice text);
/* The next token, borrowed until the call after.  False at the end. */
bool analyzer_next(struct analyzer *analyzer, struct token *token);
/* A word's beginning as a small number, which its stem has too; others may share it. */
#define ANALYZER_BEGINNINGS 256
size_t analyzer_beginning(struct slice word);
/* The next token whose term has a beginning of `begins`, or one that shares its number;
 * no other word is stemmed, which is most of the work. */
bool analyzer_next_of(struct analyzer *analyzer, struct token *token,
                      const bool begins[ANALYZER_BEGINNINGS]);

#endif
