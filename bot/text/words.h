/* text/words.h -- all words of a text, folded, in order.
 *
 * What the classifier, the spelling and the red flags look at: the words as
 * people write them, without stems and without joined forms. */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "base/memory.h"
#include "text/token.h"

struct word {
    struct slice surface; /* folded */
    size_t start, end;    /* byte offsets in the source text */
    bool is_number;
    bool starts_clause, starts_sentence;
    bool is_asked; /* its sentence ends with a question mark */
};

struct words {
    struct word *items; /* (n), owned by the arena they were read into */
    size_t n;
};

/* True where `word` is one of a table of strings, in whatever order: a few dozen are as
 * soon compared as searched. */
#define HOLDS(list, word) words_hold(list, sizeof list / sizeof *list, word)
bool words_hold(const char *const *list, size_t n, struct slice word);

/* OSSEO_OK or OSSEO_ENOMEM. */
int words_read(struct words *out, struct slice text, struct arena *arena);

/* The words of `text` with a blank between them, in `arena`; {NULL, 0} when memory ran out. */
struct slice words_joined(struct slice text, struct arena *arena);

/* The first word that is a form of `stem`, or an empty slice: it starts with the
 * stem but for the last letter, which stemming may change ("bodi" of "body"). */
struct slice words_find_form(const struct words *words, struct slice stem);

#endif
