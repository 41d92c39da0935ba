/* corpus/article.h -- what a knowledge folder says, each thing with its place.
 *
 * All text is borrowed from the corpus' arena. */
#ifndef CORPUS_ARTICLE_H
#define CORPUS_ARTICLE_H

#include "base/slice.h"

#include <stdint.h>

struct source {
    struct slice label; /* "S3" */
    struct slice title, publisher, url;
    unsigned year; /* 0 for "n.d." */
    unsigned line;
    bool is_cited;
};

struct article {
    const char *file; /* path as opened, for messages */
    struct slice name; /* the file's name without .md: its area */
    struct slice title, language;
    struct slice caveat; /* from caveats.tsv; empty for the usual one */
    unsigned reviewed, review_due; /* YYYYMMDD */
    unsigned review_due_line;
    uint32_t first_source, n_sources; /* in corpus->sources */
};

struct section {
    struct slice topic; /* the id in {#id} */
    struct slice heading;
    uint32_t article;
    unsigned line;
    uint32_t first_also_asked, n_also_asked; /* in corpus->also_asked */
    uint32_t first_related, n_related;       /* in corpus->related */
    uint32_t first_passage, n_passages;      /* in corpus->passages */
};

/* A link to another topic, or another way to ask. */
struct mention {
    struct slice text;
    unsigned line;
    uint32_t section; /* which a related topic names */
};

struct passage {
    struct slice text; /* without source marks; list items on lines of their own */
    uint32_t section;
    unsigned line;
    uint32_t first_cited, n_cited; /* in corpus->cited: indexes of sources */
};

/* What somebody said, and what it is about. */
struct said {
    struct slice text;
    struct slice voice; /* who says it; empty when not given */
    uint32_t class;     /* in corpus->classes */
    uint32_t file;      /* in corpus->files */
    unsigned line;
};

/* A topic that is easily taken for others of its group. */
struct meaning {
    struct slice group, phrase; /* the phrase completes "Do you mean ...?" */
    uint32_t class;             /* the topic's, in corpus->classes */
};

/* What a message can be about: a topic, or one of the lists of what has no
 * answer here. */
enum class_kind { CLASS_TOPIC, CLASS_OUT_OF_SCOPE, CLASS_SMALLTALK };

struct class_of_messages {
    struct slice name;
    enum class_kind kind;
    uint32_t section; /* of a topic */
};

/* A warning of the linter that an editor has a reason for. */
struct exception {
    struct slice where, rule; /* a topic or the name of a file; the rule's name */
    const char *file;
    unsigned line;
    bool is_used;
};

#endif
