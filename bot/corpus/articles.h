/* corpus/articles.h -- one article's file: front matter, sections, sources.
 *
 *   article      = "---" { key ": " value } "---" { section } "## Sources" { source }
 *   section      = "## " question " {#" topic "}"
 *                  { "- Also asked: " question | "- Related: " topic { ", " topic } }
 *                  { passage }
 *   passage      = paragraph [ item { item } ]      items follow a paragraph that ends in ":"
 *   source       = "[S3]: " title ". " publisher ", " year ". " [ "<" url ">" ]
 *
 * `year` is four digits or "n.d.".  The publisher begins behind the last ". "
 * before the year, so a title may hold full stops. */
#ifndef CORPUS_ARTICLES_H
#define CORPUS_ARTICLES_H

#include "corpus/corpus.h"

/* Adds one article to the corpus. */
void articles_read(struct corpus *corpus, struct slice text, const char *path);

/* Once all are read: related topics are looked up, topics become classes. */
int articles_link(struct corpus *corpus);

#endif
