/* text/fold.h -- one spelling for letters that readers take for the same.
 *
 * Case, accents, compatibility forms (full-width letters, ligatures) and
 * characters without a width are folded away: Unicode's NFKC case folding with
 * the marks stripped, by utf8proc; ASCII takes a short cut with equal results. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "text/token.h"

/* Folds one word into `out` and returns its length, at most MAX_TERM_BYTES;
 * longer results are cut between characters.  0 when nothing is left. */
size_t fold_word(struct slice word, char out[MAX_TERM_BYTES]);

/* True for ' and the characters typed in its place. */
bool fold_is_apostrophe(uint32_t c);

#endif
