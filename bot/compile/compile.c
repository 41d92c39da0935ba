#include "compile/compile.h"

#include "compile/crossvalidate.h"
#include "index/builder.h"
#include "rank/fit.h"
#include "rank/spelling.h"
#include "rank/synonyms.h"
#include "text/words.h"

#include <stdlib.h>

struct compiling {
    const struct corpus *corpus;
    const struct leave_out *leave_out;
    struct writer writer;
    struct arena arena;
    uint32_t n_terms;
};

static bool is_left_out(const struct compiling *c, size_t number)
{
    const struct leave_out *out = c->leave_out;
    const struct said *said = &c->corpus->said.items[number];
    return out != NULL && out->part_of(out->context, said, number) == out->part;
}

/* Tables of articles, topics, passages and sources. */
static void write_tables(struct compiling *c)
{
    const struct corpus *corpus = c->corpus;
    struct writer *w = &c->writer;
    struct buffer *counts = &w->section[SECTION_COUNTS];

    for (size_t i = 0; i < corpus->articles.n; i++) {
        const struct article *a = &corpus->articles.items[i];
        struct buffer *rows = &w->section[SECTION_ARTICLES];
        writer_append_text(w, rows, a->name);
        writer_append_text(w, rows, a->title);
        writer_append_text(w, rows, a->caveat);
        buffer_append_u32(rows, a->reviewed);
        buffer_append_u32(rows, a->review_due);
    }
    for (size_t i = 0; i < corpus->sources.n; i++) {
        const struct source *s = &corpus->sources.items[i];
        struct buffer *rows = &w->section[SECTION_SOURCES];
        writer_append_text(w, rows, s->title);
        writer_append_text(w, rows, s->publisher);
        writer_append_text(w, rows, s->url);
        buffer_append_u32(rows, s->year);
    }
    for (size_t i = 0; i < corpus->passages.n; i++) {
        const struct passage *p = &corpus->passages.items[i];
        struct buffer *rows = &w->section[SECTION_PASSAGES];
        buffer_append_u64(rows, w->section[SECTION_TEXT].n_bytes);
        buffer_append_u32(rows, (uint32_t)p->text.n_bytes);
        buffer_append_u32(rows, p->section);
        buffer_append_u32(rows, p->first_cited);
        buffer_append_u32(rows, p->n_cited);
        buffer_append_slice(&w->section[SECTION_TEXT], p->text);
    }
    for (size_t i = 0; i < corpus->cited.n; i++)
        buffer_append_u32(&w->section[SECTION_CITED], corpus->cited.items[i]);
    for (size_t i = 0; i < corpus->also_asked.n; i++)
        writer_append_text(w, &w->section[SECTION_ASKED], corpus->also_asked.items[i].text);
    for (size_t i = 0; i < corpus->related.n; i++)
        buffer_append_u32(&w->section[SECTION_RELATED], corpus->related.items[i].section);
    for (size_t i = 0; i < corpus->sections.n; i++) {
        const struct section *s = &corpus->sections.items[i];
        struct buffer *rows = &w->section[SECTION_TOPICS];
        writer_append_text(w, rows, s->topic);
        writer_append_text(w, rows, s->heading);
        buffer_append_u32(rows, s->article);
        buffer_append_u32(rows, s->first_passage);
        buffer_append_u32(rows, s->n_passages);
        buffer_append_u32(rows, s->first_also_asked);
        buffer_append_u32(rows, s->n_also_asked);
        buffer_append_u32(rows, s->first_related);
        buffer_append_u32(rows, s->n_related);
    }
    for (size_t i = corpus->sections.n; i < corpus->classes.n; i++) {
        const struct class_of_messages *class = &corpus->classes.items[i];
        writer_append_text(w, &w->section[SECTION_CLASSES], class->name);
        buffer_append_u32(&w->section[SECTION_CLASSES], class->kind == CLASS_SMALLTALK);
    }
    for (size_t i = 0, group = 0; i < corpus->meanings.n; i++) {
        const struct meaning *m = &corpus->meanings.items[i];
        group += i > 0 && !slice_equal(m[-1].group, m->group);
        buffer_append_u32(&w->section[SECTION_MEANINGS], (uint32_t)group);
        buffer_append_u32(&w->section[SECTION_MEANINGS], m->class);
        writer_append_text(w, &w->section[SECTION_MEANINGS], m->phrase);
    }
    buffer_append_u32(counts, (uint32_t)corpus->passages.n);
    buffer_append_u32(counts, c->n_terms);
    buffer_append_u32(counts, (uint32_t)corpus->sections.n);
    buffer_append_u32(counts, (uint32_t)corpus->articles.n);
    buffer_append_u32(counts, (uint32_t)corpus->sources.n);
}

/* Indexes a topic's passages with the fields that they share. */
static int index_topic_of(struct compiling *c, struct builder *builder, uint32_t number)
{
    const struct corpus *corpus = c->corpus;
    const struct section *s = &corpus->sections.items[number];
    builder_start_topic(builder);
    int status = builder_add_shared(builder, FIELD_HEADING, s->heading);
    for (uint32_t i = 0; status == OSSEO_OK && i < s->n_also_asked; i++)
        status = builder_add_shared(builder, FIELD_ASKED,
                                    corpus->also_asked.items[s->first_also_asked + i].text);
    for (size_t i = 0; status == OSSEO_OK && i < corpus->said.n; i++) {
        const struct said *said = &corpus->said.items[i];
        if (said->class == number && !is_left_out(c, i))
            status = builder_add_shared(builder, FIELD_ASKED, said->text);
    }
    for (uint32_t i = 0; status == OSSEO_OK && i < s->n_passages; i++)
        status = builder_add_passage(builder, corpus->passages.items[s->first_passage + i].text);
    return status;
}

static int build_index(struct compiling *c)
{
    struct builder builder;
    int status = builder_init(&builder, &weight_defaults, c->arena.memory, NULL);
    for (uint32_t i = 0; status == OSSEO_OK && i < c->corpus->sections.n; i++)
        status = index_topic_of(c, &builder, i);
    if (status == OSSEO_OK)
        status = builder_seal(&builder, &c->writer, NULL);
    c->n_terms = dictionary_size(&builder.terms);
    builder_release(&builder);
    return status;
}

/* The words of all texts while they are counted. */
struct vocabulary {
    struct dictionary words;
    ARRAY_OF(uint32_t) lines; /* (words): how many hold it */
    struct arena scratch;
    bool failed;
};

/* Counts each word of `text`. */
static void count_words(struct vocabulary *v, struct slice text, uint32_t worth)
{
    struct words read;
    arena_clear(&v->scratch);
    v->failed = v->failed || words_read(&read, text, &v->scratch) != OSSEO_OK;
    for (size_t i = 0; !v->failed && i < read.n; i++) {
        uint32_t number = dictionary_add(&v->words, read.items[i].surface);
        bool is_new = number == v->lines.n;
        v->failed = number == DICTIONARY_NONE || (is_new && array_add(&v->lines.array) == NULL);
        if (!v->failed)
            v->lines.items[number] += worth;
    }
}

static int build_vocabulary(struct compiling *c)
{
    const struct corpus *corpus = c->corpus;
    struct vocabulary v = { .failed = false };
    dictionary_init(&v.words, c->arena.memory);
    array_init(&v.lines.array, c->arena.memory, sizeof(uint32_t));
    arena_init(&v.scratch, c->arena.memory);

    for (size_t i = 0; i < corpus->passages.n; i++)
        count_words(&v, corpus->passages.items[i].text, ARTICLE_LINES);
    for (size_t i = 0; i < corpus->sections.n; i++)
        count_words(&v, corpus->sections.items[i].heading, ARTICLE_LINES);
    for (size_t i = 0; i < corpus->also_asked.n; i++)
        count_words(&v, corpus->also_asked.items[i].text, ARTICLE_LINES);
    for (size_t i = 0; i < corpus->said.n; i++)
        if (!is_left_out(c, i))
            count_words(&v, corpus->said.items[i].text, 1);
    uint32_t *order = v.failed ? NULL : dictionary_order(&v.words, &c->arena);
    for (uint32_t i = 0; order != NULL && i < dictionary_size(&v.words); i++)
        spelling_append(&c->writer, dictionary_name(&v.words, order[i]), v.lines.items[order[i]]);
    arena_release(&v.scratch);
    array_release(&v.lines.array);
    dictionary_release(&v.words);
    return order == NULL ? OSSEO_ENOMEM : OSSEO_OK;
}

static int by_hash(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int build_right_words(struct compiling *c)
{
    size_t n = c->corpus->right_words.n;
    uint32_t *hashes = arena_array(&c->arena, n, sizeof *hashes);
    if (hashes == NULL)
        return OSSEO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        hashes[i] = index_hash(c->corpus->right_words.items[i]);
    if (n > 0)
        qsort(hashes, n, sizeof *hashes, by_hash);
    for (size_t i = 0; i < n; i++)
        buffer_append_u32(&c->writer.section[SECTION_WORDS], hashes[i]);
    return OSSEO_OK;
}

struct pair {
    struct slice from, to;
    uint32_t order;
};

static int by_from(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int order = slice_compare(x->from, y->from);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static int build_synonyms(struct compiling *c)
{
    const struct corpus *corpus = c->corpus;
    const struct slice *words = corpus->synonym_words.items;
    struct buffer *rows = &c->writer.section[SECTION_SYNONYMS];
    ARRAY_OF(struct pair) pairs;
    int status = OSSEO_ENOMEM;
    array_init(&pairs.array, c->arena.memory, sizeof(struct pair));

    for (size_t i = 0; i < corpus->synonyms.n; i++) {
        const struct synonym_rule *rule = &corpus->synonyms.items[i];
        uint32_t first_to = rule->is_equal ? rule->first_from : rule->first_to;
        uint32_t n_to = rule->is_equal ? rule->n_from : rule->n_to;
        for (uint32_t f = 0; f < rule->n_from; f++)
            for (uint32_t t = 0; t < n_to; t++) {
                if (rule->is_equal && f == t)
                    continue;
                struct pair *pair = array_add(&pairs.array);
                if (pair == NULL || c->arena.failed)
                    goto done;
                pair->from = words_joined(words[rule->first_from + f], &c->arena);
                pair->to = words_joined(words[first_to + t], &c->arena);
                pair->order = (uint32_t)pairs.n;
            }
    }
    if (c->arena.failed)
        goto done;
    if (pairs.n > 0)
        qsort(pairs.items, pairs.n, sizeof(struct pair), by_from);
    for (size_t i = 0; i < pairs.n; i++) {
        writer_append_text(&c->writer, rows, pairs.items[i].from);
        writer_append_text(&c->writer, rows, pairs.items[i].to);
    }
    status = OSSEO_OK;
done:
    array_release(&pairs.array);
    return status;
}

/* Fits the model to all that is asked: the lists, headings and other ways to
 * ask, and look-alikes of red flags that have a topic. */
static int build_model(struct compiling *c)
{
    const struct corpus *corpus = c->corpus;
    if (corpus->said.n == 0)
        return OSSEO_OK;
    size_t room = corpus->said.n + corpus->sections.n + corpus->also_asked.n + corpus->alike_said.n;
    /* The last class is "any topic": its margin tells what is in scope. */
    uint32_t scope = (uint32_t)corpus->classes.n;
    size_t n = 0;
    struct fit_line *lines = arena_array(&c->arena, room, sizeof *lines);
    if (lines == NULL)
        return OSSEO_ENOMEM;
    for (uint32_t i = 0; i < corpus->sections.n; i++) {
        const struct section *s = &corpus->sections.items[i];
        lines[n++] = (struct fit_line){ s->heading, i, scope };
        for (uint32_t j = 0; j < s->n_also_asked; j++)
            lines[n++] = (struct fit_line){ corpus->also_asked.items[s->first_also_asked + j].text,
                                            i, scope };
    }
    for (size_t i = 0; i < corpus->said.n; i++) {
        const struct said *said = &corpus->said.items[i];
        if (!is_left_out(c, i))
            lines[n++] = (struct fit_line){
                said->text, said->class, said->class < corpus->sections.n ? scope : said->class
            };
    }
    for (size_t i = 0; i < corpus->alike_said.n; i++) {
        const struct said *said = &corpus->alike_said.items[i];
        if (said->class != NO_CLASS)
            lines[n++] = (struct fit_line){ said->text, said->class, scope };
    }
    return fit_model(&c->writer.section[SECTION_MODEL], lines, n, scope + 1,
                     &fit_defaults, c->arena.memory);
}

/* Small weights tell a flag from a look-alike more than they tell topics apart. */
#define FLAG_PRUNE 0.01f

/* Fits the flags' model to red-flag lines against everything harmless: look-alikes,
 * which are a class of their own, and what is asked, which is of none.  Words as they
 * stand: "breath" is no "breathe". */
static int build_flag_model(struct compiling *c)
{
    const struct corpus *corpus = c->corpus;
    if (corpus->flag_said.n == 0)
        return OSSEO_OK;
    size_t room = corpus->flag_said.n + corpus->alike_said.n + corpus->said.n, n = 0;
    uint32_t alike = (uint32_t)corpus->flag_ids.n, any = alike + 1, none = any + 1;
    struct fit_options options = fit_defaults;
    struct fit_line *lines = arena_array(&c->arena, room, sizeof *lines);
    if (lines == NULL)
        return OSSEO_ENOMEM;
    options.is_stemmed = false;
    options.prune = FLAG_PRUNE;
    for (size_t i = 0; i < corpus->flag_said.n; i++) {
        const struct said *said = &corpus->flag_said.items[i];
        lines[n++] = (struct fit_line){ said->text, said->class, any };
    }
    for (size_t i = 0; i < corpus->alike_said.n; i++)
        lines[n++] = (struct fit_line){ corpus->alike_said.items[i].text, alike, alike };
    for (size_t i = 0; i < corpus->said.n; i++)
        lines[n++] = (struct fit_line){ corpus->said.items[i].text, none, none };
    for (size_t i = 0; i < corpus->flag_ids.n; i++)
        writer_append_text(&c->writer, &c->writer.section[SECTION_FLAG_NAMES],
                           corpus->flag_ids.items[i]);
    return fit_model(&c->writer.section[SECTION_FLAG_MODEL], lines, n, any + 1, &options,
                     c->arena.memory);
}

/* What the confidence is learned from where there is no calibration.tsv: parts of
 * equal size, dealt out in turn.
 * With fewer, each knowledge lacks so many lines that it errs more than the whole
 * one will; with more, compiling takes longer for little. */
#define N_PARTS 5
/* Topics are a closed set, but what is out of scope has no end: a message may be
 * about something that no line is near to.  Neighbours in those lists are about
 * the same thing, so they are left out in runs, a run being this part of all
 * lines, and the confidence is learned from subjects that were never seen. */
#define RUN_PART 400

static unsigned part_of_line(void *context, const struct said *said, size_t number)
{
    const struct corpus *corpus = context;
    size_t run = corpus->said.n / RUN_PART;
    if (said->class >= corpus->sections.n && run > 1)
        number /= run;
    return (unsigned)(number % N_PARTS);
}

/* Fewer questions say too little about eight weights. */
#define FEWEST_JUDGED 100

/* True where `topic` is one of those that answer. */
static bool is_answer(const struct judged *judged, struct slice topic)
{
    struct slice topics = judged->topics, one;
    while (slice_split(&topics, '|', &one))
        if (slice_equal(one, topic))
            return true;
    return false;
}

/* From questions that nobody has fitted anything to. */
static int fit_to_judged(struct compiling *c)
{
    const struct corpus *corpus = c->corpus;
    size_t n = corpus->judged.n;
    struct confidence_sample *samples = arena_array(&c->arena, n, sizeof *samples);
    struct buffer file;
    struct index index;
    struct arena scratch;
    buffer_init(&file, c->arena.memory, SIZE_MAX);
    arena_init(&scratch, c->arena.memory);
    int status = samples == NULL ? OSSEO_ENOMEM : writer_seal(&c->writer, &file, NULL);
    if (status == OSSEO_OK)
        status = index_open(&index, buffer_slice(&file), NULL);
    for (size_t i = 0; status == OSSEO_OK && i < n; i++) {
        const struct judged *judged = &corpus->judged.items[i];
        struct left_out_result result;
        status = ask_unseen(&result, &index, judged->text, NO_CLASS, &scratch);
        if (status != OSSEO_OK)
            break;
        samples[i] = (struct confidence_sample){
            result.signals,
            result.best != NO_CLASS && is_answer(judged, index_topic(&index, result.best).id),
            !slice_equal(judged->topics, SLICE("none"))
        };
    }
    if (status == OSSEO_OK)
        status = confidence_fit(&c->writer.section[SECTION_CONFIDENCE], samples, n);
    arena_release(&scratch);
    buffer_release(&file);
    return status;
}

static int build_confidence(struct compiling *c)
{
    if (c->corpus->judged.n >= FEWEST_JUDGED)
        return fit_to_judged(c);
    const struct corpus *corpus = c->corpus;
    size_t n = corpus->said.n;
    struct left_out_result *results = arena_array(&c->arena, n, sizeof *results);
    struct confidence_sample *samples = arena_array(&c->arena, n, sizeof *samples);
    if (n == 0)
        return OSSEO_OK;
    if (results == NULL || samples == NULL)
        return OSSEO_ENOMEM;
    int status = crossvalidate(results, corpus, N_PARTS, part_of_line, (void *)(uintptr_t)corpus);
    for (size_t i = 0; i < n; i++) {
        uint32_t class = corpus->said.items[i].class;
        samples[i] = (struct confidence_sample){ results[i].signals, results[i].best == class,
                                                 class < corpus->sections.n };
    }
    return status == OSSEO_OK
               ? confidence_fit(&c->writer.section[SECTION_CONFIDENCE], samples, n)
               : status;
}

static int build_ranking(struct compiling *c)
{
    static int (*const steps[])(struct compiling *) = { build_index, build_vocabulary, build_right_words,
                                                        build_synonyms, build_model };
    int status = OSSEO_OK;
    for (size_t i = 0; status == OSSEO_OK && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](c);
    if (status == OSSEO_OK)
        write_tables(c);
    return status;
}

int compile_corpus(struct buffer *out, const struct corpus *corpus,
                   const struct leave_out *leave_out, struct complaints *complaints)
{
    struct osseo_error *error = complaints == NULL ? NULL : complaints->error;
    struct compiling c = { .corpus = corpus, .leave_out = leave_out };
    writer_init(&c.writer, out->memory);
    arena_init(&c.arena, out->memory);
    int status = OSSEO_OK;
    if (complaints != NULL)
        status = flags_compile(&c.writer.section[SECTION_FLAGS], corpus, complaints);
    if (status == OSSEO_OK)
        status = build_ranking(&c);
    if (status == OSSEO_OK && complaints != NULL)
        status = build_flag_model(&c);
    if (status == OSSEO_OK && complaints != NULL)
        status = build_confidence(&c);
    if (status == OSSEO_OK)
        status = writer_seal(&c.writer, out, error);
    else if (status == OSSEO_ENOMEM)
        error_no_memory(error);
    arena_release(&c.arena);
    writer_release(&c.writer);
    return status;
}

int compile_folder(struct buffer *out, const char *folder, const struct memory *memory,
                   struct complaints *complaints)
{
    struct corpus corpus;
    int status = corpus_read(&corpus, memory, folder, complaints);
    if (status == OSSEO_OK)
        status = compile_corpus(out, &corpus, NULL, complaints);
    corpus_release(&corpus);
    return status;
}
