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

int lists_read_asked(struct corpus *corpus, struct slice text, const char *path,
                     struct complaints *complaints);
int lists_read_out_of_scope(struct corpus *corpus, struct slice text, const char *path,
                            struct complaints *complaints);
int lists_read_smalltalk(struct corpus *corpus, struct slice text, const char *path,
                         struct complaints *complaints);
int lists_read_flag_lines(struct corpus *corpus, struct slice text, const char *path,
                          struct complaints *complaints);
int lists_read_look_alikes(struct corpus *corpus, struct slice text, const char *path,
                           struct complaints *complaints);
int lists_read_caveats(struct corpus *corpus, struct slice text, const char *path,
                       struct complaints *complaints);
int lists_read_either_or(struct corpus *corpus, struct slice text, const char *path,
                         struct complaints *complaints);
int lists_read_synonyms(struct corpus *corpus, struct slice text, const char *path,
                        struct complaints *complaints);
int lists_read_calibration(struct corpus *corpus, struct slice text, const char *path,
                           struct complaints *complaints);
int lists_read_words(struct corpus *corpus, struct slice text, const char *path,
                     struct complaints *complaints);

#endif
