/* corpus/lists.h -- the lists beside the articles.
 *
 * Lists of lines are tab separated; a line that starts with "# " is a comment:
 *
 *   asked/NAME.tsv        topic TAB question [TAB voice]
 *   out-of-scope.tsv     kind TAB line       kinds: near far meta gibberish other-language
 *   smalltalk.tsv        kind TAB line       kinds: greeting thanks goodbye help
 *   red-flag-lines.tsv   flag TAB line
 *   look-alikes.tsv      topic|none TAB line
 *   calibration.tsv      topic{|topic}|none TAB line
 *   caveats.tsv          article TAB caveat     the article's name without .md
 *   either-or.tsv        group TAB topic TAB what is meant, to complete "Do you mean ...?"
 *   exceptions.tsv       topic or file TAB rule TAB reason     see check/check.h
 *
 * synonyms.txt holds one rule a line:
 *
 *   a, b, c      each may stand for each
 *   a => b, c    who says a may mean b or c
 *
 * words.txt holds words that are right as they stand, with blanks or line ends
 * between them. */
#ifndef CORPUS_LISTS_H
#define CORPUS_LISTS_H

#include "corpus/corpus.h"

struct row;

struct list {
    const char *name; /* of the file, or of the folder of .tsv files */
    void (*take)(const struct row *row);
    bool is_folder;
    bool is_text;             /* lines have no columns, and comments start with "#" */
    const char *const *kinds; /* what the first column may say, then NULL: each a class */
    enum class_kind class_kind;
};

/* Those that belong to a corpus, in the order in which they are read. */
extern const struct list lists[];
extern const size_t n_lists;
/* Read by the linter alone. */
extern const struct list list_of_exceptions;

void lists_read(struct corpus *corpus, struct slice text, const char *path,
                const struct list *list);

#endif
