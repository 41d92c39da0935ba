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
    struct array files;          /* const char * */
    struct array articles;       /* struct article */
    struct array sources;        /* struct source */
    struct array sections;       /* struct section */
    struct array also_asked;     /* struct mention */
    struct array related;        /* struct mention */
    struct array links;          /* struct mention: to topics in text; section is the article's */
    struct array passages;       /* struct passage */
    struct array cited;          /* uint32_t */
    struct array classes;        /* struct class_of_messages; topics first, in order */
    struct array said;           /* struct said: what is asked and what is out of scope */
    struct array flag_ids;       /* struct slice: of the flags that have lines */
    struct array flag_said;      /* struct said: red-flag lines; class is the number in flag_ids */
    struct array alike_said;     /* struct said: look-alikes; class is the topic's or NO_CLASS */
    struct array meanings;       /* struct meaning */
    struct array synonym_words;  /* struct slice */
    struct array synonyms;       /* struct synonym_rule */
    struct array right_words;    /* struct slice: spelled right, whatever the lists hold */
    struct array judged;         /* struct judged */
    struct array exceptions;     /* struct exception; read by the linter alone */
    struct array flags;          /* struct flag, and so on: of red-flags.md, corpus/flags.h */
    struct array flag_phrases;   /* struct flag_phrase */
    struct array flag_groups;    /* struct flag_list */
    struct array flag_rules;     /* struct flag_list */
    const char *flags_file;
    max_align_t spare[16]; /* what corpus_add() hands out once memory ran out; never read */
};

#define NO_CLASS UINT32_MAX

/* Typed access: CORPUS(corpus, passages, struct passage)[i]. */
#define CORPUS(corpus, member, type) ((type *)(corpus)->member.items)

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
