#include "rank/query.h"

#include "index/dictionary.h"
#include "index/weight.h"
#include "osseo.h"
#include "rank/synonyms.h"
#include "text/stopwords.h"
#include "text/tokenizer.h"

#include <math.h>

const struct query_options query_defaults = {
    .stopword_weight = 0.3, .repeat_weight = 0, .synonym_weight = 0.5, .correct_spelling = true
};

const struct query_options query_for_ranking = {
    .stopword_weight = 0.2, .repeat_weight = 0.5, .synonym_weight = 0.5
};

struct reading {
    struct query_reader *reader;
    struct query *query;
    struct arena *arena;
    struct pair_state before;
    size_t room, pair_room; /* of query->terms, of query->pairs */
};

static uint32_t weight_of(double idf, double factor)
{
    return (uint32_t)lrint(QUERY_WEIGHT_UNIT * factor * idf);
}

static struct word_meaning find_meaning(const struct query_reader *reader, struct slice word,
                                        struct slice stem)
{
    struct word_meaning meaning = { .hash = index_hash(stem), .is_stopword = stopword_is(word) };
    if (!terms_find(&meaning.term, reader->index, stem))
        meaning.term.document_frequency = 0;
    meaning.idf = weight_idf(meaning.term.document_frequency, reader->index->n_passages);
    return meaning;
}

static bool is_word(const struct known_word *known, const struct token *token)
{
    return known->n_bytes == token->surface.n_bytes && known->is_number == token->is_number &&
           memcmp(known->word, token->surface.bytes, token->surface.n_bytes) == 0;
}

/* The place of a word among those that are remembered: its own, a free one near it, or
 * that of the word it is to push out.  NULL where it is not to be remembered. */
static struct known_word *find_place(const struct query_reader *reader, const struct token *token)
{
    if (reader->n_known == 0 || token->surface.n_bytes > KNOWN_BYTES)
        return NULL;
    uint32_t hash = dictionary_hash(token->surface);
    for (uint32_t i = 0; i < KNOWN_NEAR; i++) {
        struct known_word *known = &reader->known[(hash + i) & (reader->n_known - 1)];
        if (known->n_bytes == 0 || is_word(known, token))
            return known;
    }
    return &reader->known[hash & (reader->n_known - 1)];
}

/* What a token's word leads to; its stem, borrowed until the next token, where the
 * reader remembers no words. */
static struct word_meaning know(struct query_reader *reader, const struct token *token,
                                struct slice *stem)
{
    struct slice word = token->surface;
    struct known_word *known = find_place(reader, token);
    *stem = (struct slice){ "", 0 };
    if (known != NULL && is_word(known, token))
        return known->meaning;
    struct slice found = token->is_number ? word : stemmer_stem(&reader->stemmer, word);
    struct word_meaning meaning = find_meaning(reader, word, found);
    if (known != NULL) {
        *known = (struct known_word){ meaning, (uint8_t)word.n_bytes, token->is_number, "" };
        memcpy(known->word, word.bytes, word.n_bytes);
    }
    if (reader->n_known == 0)
        *stem = found;
    return meaning;
}

/* Adds a term, or makes it weigh more where it is there already. */
static bool add_term(struct reading *r, const struct word_meaning *word, struct slice stem,
                     double factor, struct slice stands_for)
{
    struct query *query = r->query;
    const struct query_options *options = r->reader->options;
    bool is_content = stands_for.n_bytes == 0 && !word->is_stopword;
    if (word->is_stopword)
        factor *= options->stopword_weight;
    if (word->term.document_frequency == 0) {
        if (is_content)
            query->unknown_weight += weight_of(word->idf, factor);
        return true;
    }
    for (size_t i = 0; i < query->n_terms; i++)
        if (query->terms[i].term.postings == word->term.postings) {
            if (is_content)
                query->terms[i].weight += weight_of(word->idf, factor * options->repeat_weight);
            return true;
        }
    if (query->n_terms == r->room) {
        size_t room = r->room == 0 ? 16 : r->room * 2;
        struct query_term *terms = arena_array(r->arena, room, sizeof *terms);
        if (terms == NULL)
            return false;
        if (query->n_terms > 0)
            memcpy(terms, query->terms, query->n_terms * sizeof *terms);
        query->terms = terms;
        r->room = room;
    }
    if (stem.n_bytes > 0) {
        stem = arena_copy(r->arena, stem);
        if (stem.bytes == NULL)
            return false;
    }
    query->terms[query->n_terms++] =
        (struct query_term){ stem, word->term, weight_of(word->idf, factor), stands_for,
                             word->is_stopword };
    return true;
}

static bool add_pair(struct reading *r, struct word_pair pair)
{
    struct query *query = r->query;
    for (size_t i = 0; i < query->n_pairs; i++)
        if (query->pairs[i].key == pair.key)
            return true;
    if (query->n_pairs == r->pair_room) {
        size_t room = r->pair_room == 0 ? 16 : r->pair_room * 2;
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
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_init(&tokenizer, text);
    while (tokenizer_next(&tokenizer, &token)) {
        struct slice stem;
        struct word_meaning word = know(r->reader, &token, &stem);
        struct word_pair pair;
        if (stands_for.n_bytes == 0 && !token.is_joined &&
            pair_next(&r->before, word.hash, word.is_stopword, &pair) && !add_pair(r, pair))
            return false;
        if (!add_term(r, &word, stem, factor, stands_for))
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
            struct synonym_range range = synonyms_find(r->reader->index, from);
            if (range.n == 0)
                continue;
            struct slice kept = arena_copy(r->arena, from);
            if (kept.bytes == NULL)
                return false;
            for (uint32_t row = range.first; row < range.first + range.n; row++)
                if (!add_text(r, synonym_to(r->reader->index, row),
                              r->reader->options->synonym_weight, kept))
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

int query_reader_init(struct query_reader *reader, const struct index *index,
                      const struct query_options *options, struct known_word *known,
                      size_t n_known)
{
    *reader = (struct query_reader){ index, options, .known = known, .n_known = n_known };
    return stemmer_init(&reader->stemmer) ? OSSEO_OK : OSSEO_ENOMEM;
}

void query_reader_release(struct query_reader *reader)
{
    stemmer_release(&reader->stemmer);
}

int query_reader_read(struct query_reader *reader, struct query *out, struct slice text,
                      struct arena *arena)
{
    const struct index *index = reader->index;
    bool corrects = reader->options->correct_spelling;
    int status = OSSEO_OK;
    *out = (struct query){ .terms = NULL };
    struct reading r = { .reader = reader, .query = out, .arena = arena };
    if (corrects || index->section[SECTION_SYNONYMS].n_bytes > 0)
        status = words_read(&out->typed, text, arena);
    out->words = out->typed;
    if (status == OSSEO_OK && corrects)
        status = spelling_correct(&out->corrections, &out->words, text, index,
                                  &reader->stemmer, arena);
    if (status == OSSEO_OK && !(add_words(&r, text) && add_synonyms(&r)))
        status = OSSEO_ENOMEM;
    return status;
}

int query_read(struct query *out, const struct index *index, struct slice text,
               const struct query_options *options, struct arena *arena)
{
    struct query_reader reader;
    int status = query_reader_init(&reader, index, options, NULL, 0);
    if (status == OSSEO_OK)
        status = query_reader_read(&reader, out, text, arena);
    query_reader_release(&reader);
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
