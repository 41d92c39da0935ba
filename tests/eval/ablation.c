/* tests/eval/ablation.c -- what each part of the ranking is worth.
 *
 *   ablation KNOWLEDGE QUESTIONS
 *
 * Asks the in-domain questions of several rankings, from plain TF-IDF over the
 * passages to the whole, and prints how often the right topic came first and
 * among the first three.  The first two are computed here from the passages'
 * text alone; the others are the program's own with parts of it left out. */
#define _POSIX_C_SOURCE 200809L

#include "answer/understand.h"
#include "base/file.h"
#include "index/dictionary.h"
#include "text/analyzer.h"
#include "text/stopwords.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_QUESTIONS 4096

struct question {
    char *text, *topics;
};

static struct question questions[MOST_QUESTIONS];
static size_t n_questions;
static struct index knowledge;

static void fail(const char *what)
{
    fprintf(stderr, "ablation: %s\n", what);
    exit(2);
}

/* Passages as bags of terms. */
static struct dictionary terms;
static uint32_t *df;                     /* (terms) */
static uint16_t *tf;                     /* (passages, terms) */
static double *norm, *length, mean_length; /* (passages) */

static void count_passages(void)
{
    struct analyzer analyzer;
    struct token token;
    uint32_t n = knowledge.n_passages;
    dictionary_init(&terms, &memory_default);
    if (analyzer_init(&analyzer) != OSSEO_OK)
        fail("out of memory");
    for (passage_id p = 0; p < n; p++) {
        analyzer_start(&analyzer, index_passage(&knowledge, p).text);
        while (analyzer_next(&analyzer, &token))
            if (!stopword_is(token.surface))
                dictionary_add(&terms, token.term);
    }
    size_t n_terms = dictionary_size(&terms);
    df = calloc(n_terms, sizeof *df);
    tf = calloc(n_terms * n, sizeof *tf);
    norm = calloc(n, sizeof *norm);
    length = calloc(n, sizeof *length);
    if (df == NULL || tf == NULL || norm == NULL || length == NULL)
        fail("out of memory");
    for (passage_id p = 0; p < n; p++) {
        analyzer_start(&analyzer, index_passage(&knowledge, p).text);
        while (analyzer_next(&analyzer, &token))
            if (!stopword_is(token.surface)) {
                uint32_t term = dictionary_find(&terms, token.term);
                df[term] += tf[p * n_terms + term]++ == 0;
                length[p]++;
            }
        mean_length += length[p] / n;
    }
    for (passage_id p = 0; p < n; p++) {
        for (size_t t = 0; t < n_terms; t++)
            if (tf[p * n_terms + t] > 0) {
                double w = (1 + log(tf[p * n_terms + t])) * log((double)n / df[t]);
                norm[p] += w * w;
            }
        norm[p] = sqrt(norm[p]);
    }
    analyzer_release(&analyzer);
}

static double cosine(passage_id p, uint32_t term)
{
    uint16_t f = tf[p * dictionary_size(&terms) + term];
    double idf = log((double)knowledge.n_passages / df[term]);
    return f == 0 || norm[p] <= 0 ? 0 : (1 + log(f)) * idf * idf / norm[p];
}

static double bm25(passage_id p, uint32_t term)
{
    const double k1 = 1.2, b = 0.75;
    uint16_t f = tf[p * dictionary_size(&terms) + term];
    double idf = log(1 + (knowledge.n_passages - df[term] + 0.5) / (df[term] + 0.5));
    return idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length[p] / mean_length));
}

/* The topics of the best passages, each once; returns how many. */
static size_t best_by(double (*weight)(passage_id p, uint32_t term), const char *text,
                      topic_id *topics, size_t most)
{
    static double scores[1 << 16];
    struct analyzer analyzer;
    struct token token;
    size_t n = 0;
    if (analyzer_init(&analyzer) != OSSEO_OK || knowledge.n_passages > 1 << 16)
        fail("out of memory");
    memset(scores, 0, sizeof scores);
    analyzer_start(&analyzer, slice_of(text));
    while (analyzer_next(&analyzer, &token)) {
        uint32_t term = stopword_is(token.surface) ? DICTIONARY_NONE
                                                   : dictionary_find(&terms, token.term);
        for (passage_id p = 0; term != DICTIONARY_NONE && p < knowledge.n_passages; p++)
            scores[p] += weight(p, term);
    }
    analyzer_release(&analyzer);
    while (n < most) {
        passage_id best = 0;
        for (passage_id p = 1; p < knowledge.n_passages; p++)
            if (scores[p] > scores[best])
                best = p;
        if (scores[best] <= 0)
            break;
        topic_id topic = index_passage(&knowledge, best).topic;
        scores[best] = 0;
        bool is_new = true;
        for (size_t i = 0; i < n; i++)
            is_new = is_new && topics[i] != topic;
        if (is_new)
            topics[n++] = topic;
    }
    return n;
}

static size_t by_cosine(const char *text, topic_id *topics, size_t most)
{
    return best_by(cosine, text, topics, most);
}

static size_t by_bm25(const char *text, topic_id *topics, size_t most)
{
    return best_by(bm25, text, topics, most);
}

/* The program's own ranking, with what `options` and the two weights leave of it. */
static size_t own(const char *text, const struct query_options *options, double margin,
                  double match, bool by_parts, topic_id *topics, size_t most)
{
    struct arena arena;
    struct understood u = { .also = NO_TOPIC };
    size_t n = 0;
    arena_init(&arena, &memory_default);
    if (query_read(&u.query, &knowledge, slice_of(text), options, &arena) != OSSEO_OK ||
        (by_parts ? understand(&u, &knowledge, slice_of(text), NO_TOPIC, &arena)
                  : ranking_make(&u.ranking, &knowledge, &u.query, &arena)) != OSSEO_OK)
        fail("out of memory");
    for (size_t i = 0; i < u.ranking.n; i++)
        u.ranking.items[i].score =
            margin * u.ranking.items[i].margin + match * u.ranking.items[i].match;
    ranking_sort(&u.ranking);
    for (size_t i = 0; i < u.ranking.n && n < most; i++)
        if (u.ranking.items[i].class < knowledge.n_topics)
            topics[n++] = u.ranking.items[i].class;
    arena_release(&arena);
    return n;
}

static const struct query_options as_typed = { .stopword_weight = 0.3, .synonym_weight = 0 };
static const struct query_options with_synonyms = { .stopword_weight = 0.3,
                                                    .synonym_weight = 0.5 };

static size_t by_match(const char *text, topic_id *topics, size_t most)
{
    return own(text, &as_typed, 0, 1, false, topics, most);
}

static size_t by_match_and_synonyms(const char *text, topic_id *topics, size_t most)
{
    return own(text, &with_synonyms, 0, 1, false, topics, most);
}

static size_t by_match_and_spelling(const char *text, topic_id *topics, size_t most)
{
    return own(text, &query_defaults, 0, 1, false, topics, most);
}

static size_t by_model(const char *text, topic_id *topics, size_t most)
{
    return own(text, &as_typed, 1, 0, false, topics, most);
}

static size_t by_model_and_spelling(const char *text, topic_id *topics, size_t most)
{
    return own(text, &query_defaults, 1, 0, false, topics, most);
}

static size_t by_both(const char *text, topic_id *topics, size_t most)
{
    return own(text, &query_defaults, 1, MATCH_WEIGHT, false, topics, most);
}

static size_t by_all(const char *text, topic_id *topics, size_t most)
{
    return own(text, &query_defaults, 1, MATCH_WEIGHT, true, topics, most);
}

static const struct {
    const char *name;
    size_t (*best)(const char *text, topic_id *topics, size_t most);
} rankings[] = {
    { "TF-IDF cosine over the passages' text", by_cosine },
    { "BM25 over the passages' text", by_bm25 },
    { "BM25F with headings and asked/", by_match },
    { "  and synonyms", by_match_and_synonyms },
    { "  and spelling", by_match_and_spelling },
    { "linear model alone", by_model },
    { "  and spelling", by_model_and_spelling },
    { "linear model and BM25F", by_both },
    { "  and messages in parts: the whole", by_all },
};

static bool is_right(topic_id topic, const char *topics)
{
    struct slice id = index_topic(&knowledge, topic).id, list = slice_of(topics), one;
    while (slice_split(&list, '|', &one))
        if (slice_equal(one, id))
            return true;
    return false;
}

static void read_questions(const char *folder)
{
    static struct buffer text;
    struct osseo_error error;
    char path[4096];
    struct slice rest, line, column;
    snprintf(path, sizeof path, "%s/in-domain.tsv", folder);
    buffer_init(&text, &memory_default, 1 << 26);
    if (file_read(&text, path, 1 << 26, &error) != OSSEO_OK)
        fail(error.text);
    rest = buffer_slice(&text);
    slice_split(&rest, '\n', &line); /* the head */
    while (slice_split(&rest, '\n', &line) && n_questions < MOST_QUESTIONS) {
        slice_split(&line, '\t', &column);
        struct question *q = &questions[n_questions];
        if (slice_split(&line, '\t', &column) && (q->text = strndup(column.bytes, column.n_bytes)) &&
            slice_split(&line, '\t', &column) && (q->topics = strndup(column.bytes, column.n_bytes)))
            n_questions++;
    }
}

int main(int argc, char **argv)
{
    struct file_map map;
    struct osseo_error error;
    if (argc != 3)
        fail("usage: ablation KNOWLEDGE QUESTIONS");
    if (file_map_open(&map, argv[1], &error) != OSSEO_OK ||
        index_open(&knowledge, (struct slice){ map.bytes, map.n_bytes }, &error) != OSSEO_OK)
        fail(error.text);
    read_questions(argv[2]);
    count_passages();
    const char *folder = getenv("TSV"); /* for make report */
    FILE *tsv = NULL;
    if (folder != NULL) {
        char path[512];
        snprintf(path, sizeof path, "%s/ablation.tsv", folder);
        tsv = fopen(path, "w");
        if (tsv == NULL)
            fail(path);
        fputs("ranking\tfirst\tthree\n", tsv);
    }
    printf("\nwhat each part is worth, of %zu in-domain questions   first   first three\n",
           n_questions);
    for (size_t r = 0; r < sizeof rankings / sizeof *rankings; r++) {
        size_t first = 0, three = 0;
        for (size_t i = 0; i < n_questions; i++) {
            topic_id topics[3];
            size_t n = rankings[r].best(questions[i].text, topics, 3), at = 0;
            while (at < n && !is_right(topics[at], questions[i].topics))
                at++;
            first += n > 0 && at == 0;
            three += at < n;
        }
        printf("%-52s  %5.1f %%       %5.1f %%\n", rankings[r].name,
               100.0 * (double)first / (double)n_questions,
               100.0 * (double)three / (double)n_questions);
        if (tsv != NULL)
            fprintf(tsv, "%s\t%.2f\t%.2f\n", rankings[r].name,
                    100.0 * (double)first / (double)n_questions,
                    100.0 * (double)three / (double)n_questions);
    }
    if (tsv != NULL)
        fclose(tsv);
    return 0;
}
