#include "rank/query.h"

#include "index/weight.h"
#include "rank/synonyms.h"
#include "text/analyzer.h"
#include "text/stopwords.h"

#include <math.h>

const struct query_options query_defaults = {
    .stopword_weight = 0.3, .repeat_weight = 0, .synonym_weight = 0.5, .correct_spelling = true
};

const struct query_options query_for_ranking = {
    .stopword_weight = 0.2, .repeat_weight = 0.5, .synonym_weight = 0.5
};

struct reading {
    struct query *query;
    const struct index *index;
    const struct query_options *options;
    struct arena *arena;
    struct analyzer analyzer;
    struct pair_state before;
    size_t room, pair_room; /* of query->terms, of query->pairs */
};

static uint32_t weight_of(const struct index *index, uint32_t df, double factor)
{
    return (uint32_t)lrint(QUERY_WEIGHT_UNIT * factor * weight_idf(df, index->n_passages));
}

/* Adds a term, or makes it weigh more where it is there already. */
static bool add_term(struct reading *r, struct slice name, double factor, struct slice stands_for,
                     bool is_stopword)
{
    struct query *query = r->query;
    struct index_term term;
    if (!terms_find(&term, r->index, name)) {
        if (stands_for.n_bytes == 0 && !is_stopword)
            query->unknown_weight += weight_of(r->index, 0, factor);
        return true;
    }
    for (size_t i = 0; i < query->n_terms; i++)
        if (query->terms[i].term.postings == term.postings) {
            if (stands_for.n_bytes == 0 && !is_stopword)
                query->terms[i].weight += weight_of(r->index, term.document_frequency,
                                                    factor * r->options->repeat_weight);
            return true;
        }
    if (query->n_terms == r->room) {
        size_t room = r->room == 0 ? 32 : r->room * 2;
        struct query_term *terms = arena_array(r->arena, room, sizeof *terms);
        if (terms == NULL)
            return false;
        if (query->n_terms > 0)
            memcpy(terms, query->terms, query->n_terms * sizeof *terms);
        query->terms = terms;
        r->room = room;
    }
    struct slice kept = arena_copy(r->arena, name);
    query->terms[query->n_terms++] =
        (struct query_term){ kept, term, weight_of(r->index, term.document_frequency, factor),
                             stands_for, is_stopword };
    return kept.bytes != NULL;
}

static bool add_pair(struct reading *r, struct word_pair pair)
{
    struct query *query = r->query;
    for (size_t i = 0; i < query->n_pairs; i++)
        if (query->pairs[i].key == pair.key)
            return true;
    if (query->n_pairs == r->pair_room) {
        size_t room = r->pair_room == 0 ? 32 : r->pair_room * 2;
        struct word_pair *pairs = arena_array(r->arena, room, sizeof *pairs);
        if (pairs == NULL)
            return false;
        if (query->n_pairs > 0)
            memcpy(pairs, query->pairs, query->n_pairs * sizeof *pairs);
        query->pairs = pairs;
        r->pair_room = room;
    }
    query->pairs[query->n_pairs++] = pair;
    return true;
}

static bool add_text(struct reading *r, struct slice text, double factor, struct slice stands_for)
{
    struct token token;
    analyzer_start(&r->analyzer, text);
    while (analyzer_next(&r->analyzer, &token)) {
        bool is_stopword = stopword_is(token.surface);
        struct word_pair pair;
        if (stands_for.n_bytes == 0 && pair_next(&r->before, &token, &pair) && !add_pair(r, pair))
            return false;
        if (!add_term(r, token.term, is_stopword ? factor * r->options->stopword_weight : factor,
                      stands_for, is_stopword))
            return false;
    }
    return true;
}

/* The words from `first` on, with one blank between them. */
static struct slice phrase(const struct words *words, size_t first, size_t n, char *out,
                           size_t room)
{
    size_t used = 0;
    for (size_t i = first; i < first + n; i++) {
        struct slice word = words->items[i].surface;
        if (used + word.n_bytes + 1 > room)
            return (struct slice){ out, 0 };
        if (i > first)
            out[used++] = ' ';
        memcpy(out + used, word.bytes, word.n_bytes);
        used += word.n_bytes;
    }
    return (struct slice){ out, used };
}

static bool add_synonyms(struct reading *r)
{
    const struct words *words = &r->query->words;
    char text[(MAX_TERM_BYTES + 1) * MAX_SYNONYM_WORDS];
    for (size_t i = 0; i < words->n; i++)
        for (size_t n = 1; n <= MAX_SYNONYM_WORDS && i + n <= words->n; n++) {
            struct slice from = phrase(words, i, n, text, sizeof text);
            struct synonym_range range = synonyms_find(r->index, from);
            if (range.n == 0)
                continue;
            struct slice kept = arena_copy(r->arena, from);
            if (kept.bytes == NULL)
                return false;
            for (uint32_t row = range.first; row < range.first + range.n; row++)
                if (!add_text(r, synonym_to(r->index, row), r->options->synonym_weight, kept))
                    return false;
        }
    return true;
}

/* The analyzer reads text, so that joined forms come out as in passages: the
 * question as typed, with its corrections put in. */
static bool add_words(struct reading *r, struct slice text)
{
    const struct words *words = &r->query->words;
    if (r->query->corrections.n == 0)
        return add_text(r, text, 1.0, (struct slice){ "", 0 });
    for (size_t i = 0; i < words->n; i++)
        if (!add_text(r, words->items[i].surface, 1.0, (struct slice){ "", 0 }))
            return false;
    return true;
}

int query_read(struct query *out, const struct index *index, struct slice text,
               const struct query_options *options, struct arena *arena)
{
    *out = (struct query){ .terms = NULL };
    struct reading r = { .query = out, .index = index, .options = options, .arena = arena };
    int status = analyzer_init(&r.analyzer);
    if (status == OSSEO_OK)
        status = words_read(&out->typed, text, arena);
    if (status == OSSEO_OK) {
        out->words = out->typed;
        if (options->correct_spelling)
            status = spelling_correct(&out->corrections, &out->words, text, index, arena);
    }
    if (status == OSSEO_OK && !(add_words(&r, text) && add_synonyms(&r)))
        status = OSSEO_ENOMEM;
    analyzer_release(&r.analyzer);
    return status;
}

uint64_t query_best_possible(const struct query *query)
{
    uint64_t best = query->unknown_weight * 255;
    for (size_t i = 0; i < query->n_terms; i++)
        if (query->terms[i].stands_for.n_bytes == 0)
            best += (uint64_t)query->terms[i].weight * 255;
    return best;
}
