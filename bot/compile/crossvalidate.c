#include "compile/crossvalidate.h"

#include "text/stopwords.h"

#define MOST_PULLS 3

/* Names the words that speak most for `best` and against `class`. */
static void name_pulls(struct left_out_result *result, const struct ranking *ranking,
                       const struct query *query, uint32_t class)
{
    const struct linear_value *pulls[MOST_PULLS];
    float amounts[MOST_PULLS];
    size_t n = 0, used = 0;
    for (size_t i = 0; i < ranking->values.n; i++) {
        const struct linear_value *value = &ranking->values.items[i];
        float amount = linear_share(&ranking->model, value, result->best) -
                       linear_share(&ranking->model, value, class);
        if (value->feature->kind != FEATURE_WORD || amount <= 0)
            continue;
        size_t at = n < MOST_PULLS ? n++ : MOST_PULLS;
        for (; at > 0 && amount > amounts[at - 1]; at--)
            if (at < MOST_PULLS) {
                amounts[at] = amounts[at - 1];
                pulls[at] = pulls[at - 1];
            }
        if (at < MOST_PULLS) {
            amounts[at] = amount;
            pulls[at] = value;
        }
    }
    for (size_t i = 0; i < n; i++) {
        struct slice word = words_find_form(&query->words, pulls[i]->feature->first);
        if (word.n_bytes == 0 || stopword_is(word) ||
            used + word.n_bytes + 3 > sizeof result->pulls)
            continue;
        if (used > 0) {
            memcpy(result->pulls + used, ", ", 2);
            used += 2;
        }
        memcpy(result->pulls + used, word.bytes, word.n_bytes);
        used += word.n_bytes;
    }
    result->pulls[used] = '\0';
}

int ask_unseen(struct left_out_result *result, const struct index *index, struct slice text,
               uint32_t class, struct arena *arena)
{
    struct query query;
    struct ranking ranking;
    arena_clear(arena);
    int status = query_read(&query, index, text, &query_defaults, arena);
    if (status == OSSEO_OK)
        status = ranking_make(&ranking, index, &query, arena);
    if (status != OSSEO_OK)
        return status;
    *result = (struct left_out_result){ .signals = signals_of(&ranking, &query),
                                        .best = NO_CLASS,
                                        .is_asked = true };
    for (size_t i = 0; i < ranking.n && result->best == NO_CLASS; i++)
        if (ranking.items[i].class < index->n_topics)
            result->best = ranking.items[i].class;
    if (result->best != NO_CLASS && result->best != class && class != NO_CLASS &&
        ranking.values.n > 0)
        name_pulls(result, &ranking, &query, class);
    return OSSEO_OK;
}

int crossvalidate(struct left_out_result *results, const struct corpus *corpus, unsigned n_parts,
                  unsigned (*part_of)(void *context, const struct said *said, size_t number),
                  void *context)
{
    struct buffer file;
    struct arena arena;
    int status = OSSEO_OK;
    buffer_init(&file, corpus->arena.memory, SIZE_MAX);
    arena_init(&arena, corpus->arena.memory);

    for (unsigned p = 0; status == OSSEO_OK && p < n_parts; p++) {
        struct leave_out leave_out = { part_of, context, p };
        struct index index;
        buffer_clear(&file);
        status = compile_corpus(&file, corpus, &leave_out, NULL);
        if (status == OSSEO_OK)
            status = index_open(&index, buffer_slice(&file), NULL);
        for (size_t i = 0; status == OSSEO_OK && i < corpus->said.n; i++) {
            const struct said *said = &corpus->said.items[i];
            if (part_of(context, said, i) == p)
                status = ask_unseen(&results[i], &index, said->text, said->class, &arena);
        }
    }
    arena_release(&arena);
    buffer_release(&file);
    return status;
}
