/* check/readability.h -- how hard a text is to read. */
#ifndef CHECK_READABILITY_H
#define CHECK_READABILITY_H

#include "base/slice.h"

struct readability {
    unsigned n_sentences, n_words, n_syllables;
    unsigned longest_sentence; /* in words */
};

struct readability readability_of(struct slice text);

/* The Flesch-Kincaid grade: school years in the United States, so that 6 is
 * about age 11 to 12.  Kincaid, Fishburne, Rogers and Chissom 1975, "Derivation
 * of New Readability Formulas for Navy Enlisted Personnel":
 * 0.39 words / sentences + 11.8 syllables / words - 15.59. */
double readability_grade(struct readability counts);

/* Syllables by rules: groups of vowels, less a silent e, at least 1. */
unsigned readability_syllables(struct slice word);

#endif
