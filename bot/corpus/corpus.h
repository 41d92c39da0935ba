/* corpus/corpus.h -- a knowledge folder, read and held against its rules.
 *
 *   FOLDER/NAME.md          articles (README.md is left to people)
 *   FOLDER/red-flags.md    see corpus/flags.h; required
 *   FOLDER/asked/NAME.tsv   topic TAB question [TAB voice]
 *   FOLDER/synonyms.txt    see corpus/lists.h
 *   FOLDER/out-of-scope.tsv, smalltalk.tsv    kind TAB line
 *   FOLDER/red-flag-lines.tsv                 flag TAB line
 *   FOLDER/look-alikes.tsv                    topic or "none" TAB line
 *   FOLDER/caveats.tsv                        article TAB caveat
 *   FOLDER/either-or.tsv                      group TAB topic TAB what is meant
 *
 * Only the articles and red-flags.md must be there.  Files are read in the
 * order of their names, so the same folder gives the same corpus anywhere. */
#ifndef CORPUS_CORPUS_H
#define CORPUS_CORPUS_H

#include "base/error.h"
#include "base/memory.h"
#include "corpus/article.h"
#include "corpus/flags.h"

#include <stddef.h>

/* Limits of what is read, so that no edit can exhaust a kiosk's memory. */
#define MAX_ARTICLE_BYTES (1u << 20)
#define MAX_LIST_BYTES (64u << 20)
#define MAX_SYNONYMS 64 /* of one line, each of which stands for each other */
#define MAX_LINE_BYTES 16384 /* nobody asks or writes for patients at such length */
#define MAX_ARTICLES 10000
#define MAX_TOPICS 60000 /* a class is numbered in 16 bits */
#define MAX_ID_BYTES 64

struct synonym_rule {
    uint32_t first_from, n_from; /* in corpus->synonym_words */
    uint32_t first_to, n_to;
    bool is_equal; /* "a, b, c": each stands for each; from holds them all */
    unsigned line;
};

/* A question that nothing is fitted to but the confidence, with the topics that
 * answer it. */
struct judged {
    struct slice text, topics; /* topics with '|' between them, or "none" */
};

struct corpus {
    struct arena arena; /* holds all text; has failed where memory ran out for anything */
    struct complaints *complaints; /* borrowed while it is read */
    ARRAY_OF(const char *) files;
    ARRAY_OF(struct article) articles;
    ARRAY_OF(struct source) sources;
    ARRAY_OF(struct section) sections;
    ARRAY_OF(struct mention) also_asked;
    ARRAY_OF(struct mention) related;
    ARRAY_OF(struct mention) links; /* to topics in text; section is the article's */
    ARRAY_OF(struct passage) passages;
    ARRAY_OF(uint32_t) cited;
    ARRAY_OF(struct class_of_messages) classes; /* topics first, in order */
    ARRAY_OF(struct said) said;                 /* what is asked and what is out of scope */
    ARRAY_OF(struct slice) flag_ids;            /* of the flags that have lines */
    ARRAY_OF(struct said) flag_said;  /* red-flag lines; class is the number in flag_ids */
    ARRAY_OF(struct said) alike_said; /* look-alikes; class is the topic's or NO_CLASS */
    ARRAY_OF(struct meaning) meanings;
    ARRAY_OF(struct slice) synonym_words;
    ARRAY_OF(struct synonym_rule) synonyms;
    ARRAY_OF(struct slice) right_words; /* spelled right, whatever the lists hold */
    ARRAY_OF(struct judged) judged;
    ARRAY_OF(struct exception) exceptions; /* read by the linter alone */
    ARRAY_OF(struct flag) flags;           /* of red-flags.md, corpus/flags.h */
    ARRAY_OF(struct flag_phrase) flag_phrases;
    ARRAY_OF(struct flag_list) flag_groups;
    ARRAY_OF(struct flag_list) flag_rules;
    const char *flags_file;
    max_align_t spare[16]; /* what corpus_add() hands out once memory ran out; never read */
};

#define NO_CLASS UINT32_MAX

struct list;

void corpus_init(struct corpus *corpus, const struct memory *memory, struct complaints *complaints);

/* A new zeroed item at the end of one of the arrays.  Where memory ran out it is none of
 * them, and arena.failed tells: what is read is looked at once, in the end. */
void *corpus_add(struct corpus *corpus, struct array *array);

/* Reads one of the lists where it is there. */
int corpus_read_list(struct corpus *corpus, const char *folder, const struct list *list);

/* Reads `folder`.  Faults go to `complaints`, all of them; the status is
 * OSSEO_EPARSE when one was an error.  Release in any case. */
int corpus_read(struct corpus *corpus, const struct memory *memory, const char *folder,
                struct complaints *complaints);
void corpus_release(struct corpus *corpus);

/* The class named `name`, or NO_CLASS. */
uint32_t corpus_find_class(const struct corpus *corpus, struct slice name);

/* YYYYMMDD of "2026-11-24", or 0 where it is not a date. */
unsigned corpus_date(struct slice text);

#endif
