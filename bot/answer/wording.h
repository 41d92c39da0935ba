/* answer/wording.h -- the sentences that osseo says of its own.
 *
 * All of them stand here, so that a dentist can read them in one place. */
#ifndef ANSWER_WORDING_H
#define ANSWER_WORDING_H

#include "base/slice.h"
#include "osseo.h"

/* Under every answer whose article has no caveat of its own. */
extern const char *const wording_caveat;

/* What is said where nothing is answered, by the class that took the message;
 * `class` is a kind of knowledge/out-of-scope.tsv or smalltalk.tsv, or empty. */
const char *wording_for_class(struct slice class);

/* Above choices. */
extern const char *const wording_choices;

/* "Do you mean A, B or C?" */
extern const char *const wording_either;
extern const char *const wording_or;

/* Before the heading of a second question. */
extern const char *const wording_also;

/* Before the heading of the turn before, where a message leans on it. */
extern const char *const wording_follow_up;

#endif
