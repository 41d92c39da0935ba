/* text/stopwords.h -- words that carry a question's form, not its subject. */
#ifndef TEXT_STOPWORDS_H
#define TEXT_STOPWORDS_H

#include "base/slice.h"

/* `word` is folded, not stemmed. */
bool stopword_is(struct slice word);

/* The table, for the test of its order. */
extern const char *const stopwords[];
extern const size_t n_stopwords;

#endif
