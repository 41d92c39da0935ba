#include "check/check.h"

#include "check/readability.h"
#include "compile/compile.h"
#include "corpus/lists.h"
#include "index/dictionary.h"
#include "text/analyzer.h"
#include "text/words.h"

#include <math.h>
#include <stdio.h>

/* What an editor is held to: knowledge/README.md says the same in words. */
#define MOST_WORDS 130
#define FIRST_LEAST 40
#define FIRST_MOST 90
#define FEWEST_PASSAGES 2
#define MOST_PASSAGES 5
#define HARDEST_GRADE 10.0
#define LONGEST_SENTENCE 30
#define SAME_ANSWER 0.8

struct checking {
    struct corpus *corpus;
    struct complaints *complaints;
    unsigned today;
    struct arena arena;
    const char *rule; /* the one that is running */
    bool failed;      /* memory ran out */
};

/* True where the editor recorded a reason for this. */
static bool is_excepted(struct checking *c, struct slice topic, const char *file)
{
    const char *slash = strrchr(file, '/');
    struct slice name = slice_of(slash == NULL ? file : slash + 1);
    bool found = false;
    for (size_t i = 0; i < c->corpus->exceptions.n; i++) {
        struct exception *e = &c->corpus->exceptions.items[i];
        if (slice_equal(e->rule, slice_of(c->rule)) &&
            (slice_equal(e->where, topic) || slice_equal(e->where, name)))
            e->is_used = found = true;
    }
    return found;
}

/* Where a warning belongs. */
struct place {
    struct slice topic; /* or empty */
    const char *file;
    unsigned line;
};

#define WARN(c, place, ...)                                                                 \
    (is_excepted(c, (place).topic, (place).file)                                            \
         ? OSSEO_OK                                                                         \
         : warn_of((c)->complaints, (place).file, (place).line, (c)->rule, __VA_ARGS__))

static void rule_uncited(struct checking *c, struct place place, const struct article *article)
{
    for (uint32_t i = 0; i < article->n_sources; i++) {
        const struct source *s = &c->corpus->sources.items[article->first_source + i];
        place.line = s->line;
        if (!s->is_cited)
            WARN(c, place, "no paragraph names [%.*s]; name it where it belongs or delete it",
                 TEXT(s->label));
    }
}

static void rule_overdue(struct checking *c, struct place place, const struct article *article)
{
    place.line = article->review_due_line;
    if (c->today != 0 && article->review_due != 0 && article->review_due < c->today)
        WARN(c, place, "the review is overdue; have a dentist read it and set new dates");
}

static void rule_passage_count(struct checking *c, struct place place, const struct section *s)
{
    if (s->n_passages > 0 && (s->n_passages < FEWEST_PASSAGES || s->n_passages > MOST_PASSAGES))
        WARN(c, place, "the section has %u paragraphs; %d to %d serve best",
             (unsigned)s->n_passages, FEWEST_PASSAGES, MOST_PASSAGES);
}

static void rule_passage_length(struct checking *c, struct place place, const struct passage *p)
{
    unsigned n = readability_of(p->text).n_words;
    if (n > MOST_WORDS)
        WARN(c, place,
             "the paragraph has %u words; split it, as more than %d do not fit a screen", n,
             MOST_WORDS);
}

static void rule_first_length(struct checking *c, struct place place, const struct section *s)
{
    if (s->n_passages == 0)
        return;
    const struct passage *p = &c->corpus->passages.items[s->first_passage];
    unsigned n = readability_of(p->text).n_words;
    place.line = p->line;
    if (n < FIRST_LEAST || n > FIRST_MOST)
        WARN(c, place, "the first paragraph has %u words; answer the heading in %d to %d", n,
             FIRST_LEAST, FIRST_MOST);
}

static void rule_opening(struct checking *c, struct place place, const struct passage *p)
{
    static const char *const openings[] = { "It ",   "It's ",  "This ", "They ",
                                            "These ", "That ", "Those " };
    for (size_t j = 0; j < sizeof openings / sizeof *openings; j++)
        if (slice_starts(p->text, slice_of(openings[j])))
            WARN(c, place,
                 "the paragraph opens with '%.*s'; it is shown alone, so name what it is about",
                 (int)strlen(openings[j]) - 1, openings[j]);
}

static void rule_reading_age(struct checking *c, struct place place, const struct passage *p)
{
    double grade = readability_grade(readability_of(p->text));
    if (grade > HARDEST_GRADE)
        WARN(c, place,
             "the paragraph is hard to read (grade %.1f, most %.0f); use shorter words and "
             "sentences",
             grade, HARDEST_GRADE);
}

static void rule_sentence_length(struct checking *c, struct place place, const struct passage *p)
{
    unsigned n = readability_of(p->text).longest_sentence;
    if (n > LONGEST_SENTENCE)
        WARN(c, place, "a sentence here has %u words; cut it in two, at most %d", n,
             LONGEST_SENTENCE);
}

/* ASCII letters without regard to case. */
static bool holds_phrase(struct slice text, const char *phrase)
{
    size_t n = strlen(phrase);
    for (size_t i = 0; i + n <= text.n_bytes; i++) {
        size_t j = 0;
        while (j < n && (text.bytes[i + j] | 0x20) == (phrase[j] | 0x20))
            j++;
        if (j == n)
            return true;
    }
    return false;
}

/* A dose: digits, perhaps a blank, then "mg" or "ml". */
static bool holds_dose(struct slice text)
{
    for (size_t i = 0; i + 2 < text.n_bytes; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            continue;
        struct slice rest = slice_from(text, i + 1 + (text.bytes[i + 1] == ' '));
        bool unit = slice_starts(rest, SLICE("mg")) || slice_starts(rest, SLICE("ml"));
        if (unit && (rest.n_bytes == 2 || !((rest.bytes[2] | 0x20) >= 'a' &&
                                            (rest.bytes[2] | 0x20) <= 'z')))
            return true;
    }
    return false;
}

static void rule_personal_advice(struct checking *c, struct place place,
                                 const struct passage *p)
{
    static const struct {
        const char *phrase, *instead;
    } rows[] = {
        { "you are suitable", "say what decides it, and that an examination shows" },
        { "you would be suitable", "say what decides it, and that an examination shows" },
        { "you are not suitable", "say what decides it, and that an examination shows" },
        { "you do not need to be seen", "say when to ring, never that it is not needed" },
        { "you don't need to be seen", "say when to ring, never that it is not needed" },
        { "no need to see", "say when to ring, never that it is not needed" },
        { "no need to ring", "say when to ring, never that it is not needed" },
        { "you should stop taking", "say that the prescriber decides" },
        { "stop taking your", "say that the prescriber decides" },
        { "you should take", "say what is usual, and who can advise" },
        { "nothing to worry about", "say what is usual and when to ring" },
        { "guaranteed to", "say how often, and in whom" },
        { "completely safe", "say how often, and in whom" },
        { "completely painless", "say what is felt and what helps" },
    };
    if (holds_dose(p->text))
        WARN(c, place, "there is a dose here; write 'as the packet says'");
    for (size_t j = 0; j < sizeof rows / sizeof *rows; j++)
        if (holds_phrase(p->text, rows[j].phrase))
            WARN(c, place, "'%s' is advice to a person; %s", rows[j].phrase, rows[j].instead);
}

static void rule_also_asked(struct checking *c, struct place place, const struct section *s)
{
    const struct mention *ways = c->corpus->also_asked.items;
    for (uint32_t j = 0; j < s->n_also_asked; j++) {
        place.line = ways[s->first_also_asked + j].line;
        if (!slice_ends(ways[s->first_also_asked + j].text, SLICE("?")))
            WARN(c, place, "another way to ask is a question; end it with '?'");
    }
}

static void rule_related_self(struct checking *c, struct place place, const struct section *s)
{
    const struct mention *related = c->corpus->related.items;
    for (uint32_t j = 0; j < s->n_related; j++) {
        place.line = related[s->first_related + j].line;
        if (slice_equal(related[s->first_related + j].text, s->topic))
            WARN(c, place, "the section names itself as related; name another");
    }
}

static void rule_said_twice(struct checking *c)
{
    struct dictionary lines;
    struct array first; /* uint32_t: the line that gave each number */
    dictionary_init(&lines, c->arena.memory);
    array_init(&first, c->arena.memory, sizeof(uint32_t));
    for (uint32_t i = 0; i < c->corpus->said.n && !c->failed; i++) {
        const struct said *said = &c->corpus->said.items[i];
        struct slice line = words_joined(said->text, &c->arena);
        if (line.n_bytes == 0)
            continue;
        uint32_t before = dictionary_size(&lines), number = dictionary_add(&lines, line);
        uint32_t *slot = number == before ? array_add(&first) : NULL;
        c->failed = number == DICTIONARY_NONE || (number == before && slot == NULL);
        if (slot != NULL)
            *slot = i;
        if (number >= before)
            continue;
        const struct said *other = &c->corpus->said.items[((uint32_t *)first.items)[number]];
        const struct class_of_messages *class = &c->corpus->classes.items[said->class];
        struct place place = { class->name, c->corpus->files.items[said->file], said->line };
        if (other->class != said->class)
            WARN(c, place, "this line stands under another topic too (%s:%u); keep it under one",
                 c->corpus->files.items[other->file], other->line);
    }
    array_release(&first);
    dictionary_release(&lines);
}

/* The path of the list called `name`, as it was read. */
static const char *file_named(const struct checking *c, const char *name)
{
    for (size_t i = 0; i < c->corpus->files.n; i++) {
        const char *path = c->corpus->files.items[i];
        if (slice_ends(slice_of(path), slice_of(name)))
            return path;
    }
    return name;
}

/* A synonym helps only where one of its sides is a word of the knowledge. */
static void rule_synonym_unused(struct checking *c)
{
    struct dictionary words;
    struct tokenizer tokenizer;
    struct token token;
    dictionary_init(&words, c->arena.memory);
    for (size_t i = 0; i < c->corpus->passages.n + c->corpus->said.n; i++) {
        struct slice text = i < c->corpus->passages.n
                                ? c->corpus->passages.items[i].text
                                : c->corpus->said.items[i - c->corpus->passages.n].text;
        tokenizer_init(&tokenizer, text);
        while (tokenizer_next(&tokenizer, &token))
            if (dictionary_add(&words, token.surface) == DICTIONARY_NONE)
                c->failed = true;
    }
    for (size_t i = 0; i < c->corpus->synonyms.n; i++) {
        const struct synonym_rule *rule = &c->corpus->synonyms.items[i];
        const struct slice *all = c->corpus->synonym_words.items;
        uint32_t first = rule->is_equal ? rule->first_from : rule->first_to;
        uint32_t n = rule->is_equal ? rule->n_from : rule->n_to;
        bool found = false;
        for (uint32_t j = 0; j < n && !found; j++) {
            tokenizer_init(&tokenizer, all[first + j]);
            found = true;
            while (found && tokenizer_next(&tokenizer, &token))
                found = dictionary_find(&words, token.surface) != DICTIONARY_NONE;
        }
        struct place place = { { "", 0 }, file_named(c, "synonyms.txt"), rule->line };
        if (!found)
            WARN(c, place, "no article and no line holds what this stands for; delete the line");
    }
    dictionary_release(&words);
}

static struct place place_of(const struct checking *c, const struct section *s, unsigned line)
{
    const struct article *article = &c->corpus->articles.items[s->article];
    return (struct place){ s->topic, article->file, line };
}

/* Cosine of the TF-IDF vectors of two sections' text (Salton and Buckley 1988). */
static void rule_same_answer(struct checking *c)
{
    size_t n = c->corpus->sections.n;
    struct dictionary terms;
    struct analyzer analyzer;
    struct token token;
    dictionary_init(&terms, c->arena.memory);
    if (analyzer_init(&analyzer) != OSSEO_OK) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < c->corpus->passages.n; i++) {
        analyzer_start(&analyzer, c->corpus->passages.items[i].text);
        while (analyzer_next(&analyzer, &token))
            c->failed = c->failed || dictionary_add(&terms, token.term) == DICTIONARY_NONE;
    }
    size_t n_terms = dictionary_size(&terms);
    float *weight = arena_array(&c->arena, n * n_terms, sizeof *weight);
    uint32_t *df = arena_array(&c->arena, n_terms, sizeof *df);
    c->failed = c->failed || weight == NULL || df == NULL;
    for (size_t i = 0; i < c->corpus->passages.n && !c->failed; i++) {
        float *row = weight + c->corpus->passages.items[i].section * n_terms;
        analyzer_start(&analyzer, c->corpus->passages.items[i].text);
        while (analyzer_next(&analyzer, &token)) {
            uint32_t t = dictionary_find(&terms, token.term);
            df[t] += row[t] == 0;
            row[t] += 1;
        }
    }
    for (size_t i = 0; i < n && !c->failed; i++) {
        double length = 0;
        for (size_t t = 0; t < n_terms; t++) {
            weight[i * n_terms + t] *= (float)log(1 + (double)n / (double)(df[t] == 0 ? 1 : df[t]));
            length += (double)weight[i * n_terms + t] * (double)weight[i * n_terms + t];
        }
        for (size_t t = 0; t < n_terms && length > 0; t++)
            weight[i * n_terms + t] /= (float)sqrt(length);
        for (size_t j = 0; j < i; j++) {
            double cosine = 0;
            for (size_t t = 0; t < n_terms; t++)
                cosine += (double)weight[i * n_terms + t] * (double)weight[j * n_terms + t];
            const struct section *sections = c->corpus->sections.items;
            if (cosine > SAME_ANSWER)
                WARN(c, place_of(c, &sections[i], sections[i].line),
                     "this section says nearly the same as '%.*s'; join them, or part them",
                     TEXT(sections[j].topic));
        }
    }
    analyzer_release(&analyzer);
    dictionary_release(&terms);
}

/* A rule looks at each of the articles, of their sections or passages, or at all at once. */
static const struct rule {
    const char *name;
    void (*article)(struct checking *c, struct place place, const struct article *article);
    void (*section)(struct checking *c, struct place place, const struct section *s);
    void (*passage)(struct checking *c, struct place place, const struct passage *p);
    void (*whole)(struct checking *c);
} rules[] = {
    { "uncited-source", .article = rule_uncited },
    { "overdue", .article = rule_overdue },
    { "passage-count", .section = rule_passage_count },
    { "passage-length", .passage = rule_passage_length },
    { "first-length", .section = rule_first_length },
    { "opening", .passage = rule_opening },
    { "reading-age", .passage = rule_reading_age },
    { "sentence-length", .passage = rule_sentence_length },
    { "personal-advice", .passage = rule_personal_advice },
    { "also-asked", .section = rule_also_asked },
    { "related-self", .section = rule_related_self },
    { "said-twice", .whole = rule_said_twice },
    { "synonym-unused", .whole = rule_synonym_unused },
    { "same-answer", .whole = rule_same_answer },
};

static void run(struct checking *c, const struct rule *rule)
{
    const struct article *articles = c->corpus->articles.items;
    const struct section *sections = c->corpus->sections.items;
    const struct passage *passages = c->corpus->passages.items;
    c->rule = rule->name;
    for (size_t i = 0; rule->article != NULL && i < c->corpus->articles.n; i++)
        rule->article(c, (struct place){ { "", 0 }, articles[i].file, 0 }, &articles[i]);
    for (size_t i = 0; rule->section != NULL && i < c->corpus->sections.n; i++)
        rule->section(c, place_of(c, &sections[i], sections[i].line), &sections[i]);
    for (size_t i = 0; rule->passage != NULL && i < c->corpus->passages.n; i++)
        rule->passage(c, place_of(c, &sections[passages[i].section], passages[i].line),
                      &passages[i]);
    if (rule->whole != NULL)
        rule->whole(c);
}

static void check_exceptions(struct checking *c)
{
    for (size_t i = 0; i < c->corpus->exceptions.n; i++) {
        const struct exception *e = &c->corpus->exceptions.items[i];
        if (!e->is_used)
            warn_of(c->complaints, e->file, e->line, "exception-unused",
                    "nothing is excepted by this any more; delete the line");
    }
}

int check_folder(const char *folder, unsigned today, const struct memory *memory,
                 struct complaints *complaints)
{
    struct corpus corpus;
    struct buffer block;
    struct checking c = { .corpus = &corpus, .complaints = complaints, .today = today };
    arena_init(&c.arena, memory);
    buffer_init(&block, memory, SIZE_MAX);

    int status = corpus_read(&corpus, memory, folder, complaints), excepted = OSSEO_OK;
    /* A folder with errors is still worth advice, as far as it could be read. */
    if (status == OSSEO_OK || (status == OSSEO_EPARSE && corpus.sections.n > 0)) {
        if (corpus.flags.n > 0 && flags_compile(&block, &corpus, complaints) == OSSEO_ENOMEM)
            c.failed = true;
        excepted = corpus_read_list(&corpus, folder, &list_of_exceptions);
        for (size_t i = 0; !c.failed && excepted == OSSEO_OK && i < sizeof rules / sizeof *rules; i++)
            run(&c, &rules[i]);
        check_exceptions(&c);
    }
    corpus_release(&corpus);
    buffer_release(&block);
    c.failed = c.failed || c.arena.failed;
    arena_release(&c.arena);
    if (c.failed)
        return error_no_memory(complaints->error);
    if (excepted != OSSEO_OK)
        return excepted;
    return status == OSSEO_EPARSE && complaints->n_errors > 0 ? OSSEO_OK : status;
}
