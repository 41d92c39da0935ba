/* rank/query.h -- a question as weighted query terms. */
#ifndef RANK_QUERY_H
#define RANK_QUERY_H

#include "index/terms.h"
#include "rank/pairs.h"
#include "rank/spelling.h"
#include "text/stemmer.h"
#include "text/words.h"

/* Weights are whole numbers, in units of 1/1000, so that scores add up to the
 * same on every machine and in every order. */
#define QUERY_WEIGHT_UNIT 1000

struct query_term {
    struct slice name; /* empty where the reader remembers words */
    struct index_term term;
    uint32_t weight;
    struct slice stands_for; /* what was typed, where the term is its synonym; else empty */
    bool is_stopword;
};

struct query {
    struct words typed;             /* as typed; left out where only terms are needed */
    struct words words;             /* as read: corrected; likewise */
    struct corrections corrections;
    struct query_term *terms;       /* (n_terms): those that the index has */
    size_t n_terms;
    struct word_pair *pairs;             /* (n_pairs): words side by side, each two once */
    size_t n_pairs;
    uint64_t unknown_weight;        /* what its content words without a term would have weighed */
};

struct query_options {
    double stopword_weight; /* of a stop word, where a word's own weight is 1 */
    double repeat_weight;   /* added each time that a word is said again */
    double synonym_weight;  /* of an added term */
    bool correct_spelling;
};

extern const struct query_options query_defaults;
/* For osseo_rank(): the words as they stand. */
extern const struct query_options query_for_ranking;

/* What a word leads to. */
struct word_meaning {
    struct index_term term; /* with df 0 where no passage holds it */
    double idf;
    uint32_t hash; /* of the stem */
    bool is_stopword;
};

/* A word that was met; fills a line of the cache.  Longer ones, which are few, are met
 * anew each time. */
#define KNOWN_BYTES 22
#define KNOWN_NEAR 8 /* places that a word may have */
struct known_word {
    struct word_meaning meaning;
    uint8_t n_bytes;
    bool is_number;
    char word[KNOWN_BYTES];
};

/* Reads queries one after another and remembers their words, since people ask with
 * few: stemming and looking up is most of the work.  One thread's. */
struct query_reader {
    const struct index *index;            /* borrowed */
    const struct query_options *options;  /* borrowed */
    struct stemmer stemmer;
    struct known_word *known; /* (n_known, a power of two or 0), by hash; borrowed */
    size_t n_known;
};

/* `known` is zeroed.  OSSEO_OK or OSSEO_ENOMEM.  Release in any case. */
int query_reader_init(struct query_reader *reader, const struct index *index,
                      const struct query_options *options, struct known_word *known,
                      size_t n_known);
void query_reader_release(struct query_reader *reader);

/* OSSEO_OK or OSSEO_ENOMEM; all is owned by `arena`.  `text` must outlive it. */
int query_reader_read(struct query_reader *reader, struct query *out, struct slice text,
                      struct arena *arena);

/* The same for one query. */
int query_read(struct query *out, const struct index *index, struct slice text,
               const struct query_options *options, struct arena *arena);

/* The highest score a passage could have: every term with its full impact. */
uint64_t query_best_possible(const struct query *query);

#endif
