#include "compile/crossvalidate.h"

struct part {
    unsigned (*part_of)(void *context, const struct said *said, size_t number);
    void *context;
    unsigned part;
};

static bool is_of_part(void *context, const struct said *said, size_t number)
{
    const struct part *p = context;
    return p->part_of(p->context, said, number) == p->part;
}

static int ask_line(struct left_out_result *result, const struct index *index, struct slice text,
                    struct arena *arena)
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
                                        .second = NO_CLASS,
                                        .top = ranking.n > 0 ? ranking.items[0].class : NO_CLASS,
                                        .is_asked = true };
    for (size_t i = 0; i < ranking.n && result->second == NO_CLASS; i++) {
        if (ranking.items[i].class >= index->n_topics)
            continue;
        *(result->best == NO_CLASS ? &result->best : &result->second) = ranking.items[i].class;
    }
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
        struct part part = { part_of, context, p };
        struct leave_out leave_out = { is_of_part, &part };
        struct index index;
        buffer_clear(&file);
        status = compile_ranking(&file, corpus, &leave_out, NULL);
        if (status == OSSEO_OK)
            status = index_open(&index, buffer_slice(&file), NULL);
        for (size_t i = 0; status == OSSEO_OK && i < corpus->said.n; i++) {
            const struct said *said = &CORPUS(corpus, said, struct said)[i];
            if (part_of(context, said, i) == p)
                status = ask_line(&results[i], &index, said->text, &arena);
        }
    }
    arena_release(&arena);
    buffer_release(&file);
    return status;
}
