/* text/parts.h -- the questions that a message holds, and what it denies.
 *
 *   "How much are they? And do they hurt?"    two questions
 *   "I don't smoke but I have diabetes"       one thing denied, another said
 *
 * Rules that can be said aloud; they look at words and punctuation only, so a
 * part is a piece of the text as it was typed. */
#ifndef TEXT_PARTS_H
#define TEXT_PARTS_H

#include "text/words.h"

#define MAX_PARTS 4

struct parts {
    struct slice part[MAX_PARTS]; /* borrowed from the text */
    size_t n;
};

/* Cuts `text`, whose words are `words`, after each question: what is told before
 * a question belongs to it.  A message with one question or none is one part. */
void parts_of(struct parts *out, const struct words *words, struct slice text);

/* Finds a clause that says what is not so and, behind a "but", what is: "I don't
 * smoke" and "I have diabetes".  Both are borrowed from `text`. */
bool parts_turn(struct slice *denied, struct slice *affirmed, const struct words *words,
                struct slice text);

#endif
