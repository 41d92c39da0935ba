/* rank/spelling.h -- what a misspelt word was meant to be.
 *
 *   vocabulary = { name:text lines:u32 }                   sorted by name
 *   frequent   = { name:text lines:u32 letters:u32 }       sorted by name; what others
 *                                                          are corrected to
 *
 * `lines` counts the lines and passages that hold the word; those of articles
 * count ARTICLE_LINES each, since editors spell better than patients.
 * `letters` has a bit for each letter in the word.
 *
 * A word is corrected when no list or article holds it in any form, or so few
 * lines do that it is their spelling that is wrong, and a word within a small
 * distance is frequent; never when it is among the words that are right as they
 * stand (SECTION_WORDS).  This is the noisy channel of Kernighan, Church and
 * Gale 1990 with the plainest of error models.  The distance is that of Damerau 1964 (insert,
 * delete, replace, swap neighbours), over the letters or over how they sound. */
#ifndef RANK_SPELLING_H
#define RANK_SPELLING_H

#include "base/buffer.h"
#include "index/reader.h"
#include "index/writer.h"
#include "text/stemmer.h"
#include "text/words.h"

#define VOCABULARY_ROW_BYTES 12
#define FREQUENT_ROW_BYTES 16
/* A correction stands in at least so many lines.  Cross-validation over voices:
 * an eager speller gains 2 points on misspelt lines and loses 1 on all others,
 * whose rare words are right as they stand. */
#define FREQUENT_LINES 12
/* Shorter words are too close to each other to be corrected. */
#define SHORTEST_CORRECTED 4
#define ARTICLE_LINES 8

struct correction {
    struct slice typed, read_as; /* read_as may be two words, or stand for two typed ones */
};

struct corrections {
    struct correction *items; /* (n) */
    size_t n;
};

/* Adds a word to the vocabulary, in the order of names. */
void spelling_append(struct writer *writer, struct slice word, uint32_t lines);

/* Corrects `words` in place: their surfaces and, where words were run together
 * or split, their number.  `text` is what they were read from.  All is owned
 * by `arena`.  OSSEO_OK or OSSEO_ENOMEM. */
int spelling_correct(struct corrections *out, struct words *words, struct slice text,
                     const struct index *index, struct stemmer *stemmer, struct arena *arena);

/* True where the word is right as it stands or more than a few lines hold it, which
 * may be misspelt themselves. */
bool spelling_knows(const struct index *index, struct slice word);

/* How a word sounds, roughly: dencher and denture both give "dnchr". */
struct slice spelling_sound(struct slice word, char out[MAX_TERM_BYTES]);

/* A bit for each letter, for leaving out far words without measuring. */
uint32_t spelling_letters(struct slice word);

#endif
