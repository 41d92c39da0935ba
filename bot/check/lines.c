/* check/lines.c -- what the lines of asked/ are worth: cross-validation. */
#include "check/check.h"

#include "compile/crossvalidate.h"

#include <stdlib.h>

#define N_PARTS 11
#define MOST_LISTED 20
/* Lines shown of each pair of neighbours. */
#define MOST_EXAMPLES 5

struct tally {
    struct slice name;
    unsigned n, right;
};

/* Lines of one voice are left out together; those without one, in turn. */
struct voices {
    ARRAY_OF(struct tally) names;
    bool failed; /* memory ran out: numbers are no longer right */
};

static unsigned voice_of(struct voices *v, const struct said *said)
{
    for (unsigned i = 0; i < v->names.n; i++)
        if (slice_equal(v->names.items[i].name, said->voice))
            return i;
    struct tally *added = array_add(&v->names.array);
    if (added == NULL) {
        v->failed = true;
        return 0;
    }
    *added = (struct tally){ said->voice, 0, 0 };
    return (unsigned)v->names.n - 1;
}

static unsigned part_of(void *context, const struct said *said, size_t number)
{
    if (said->voice.n_bytes == 0)
        return (unsigned)(number % N_PARTS);
    return voice_of(context, said) % N_PARTS;
}

static int worst_first(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    double p = x->n == 0 ? 1 : (double)x->right / x->n, q = y->n == 0 ? 1 : (double)y->right / y->n;
    return p != q ? (p < q ? -1 : 1) : slice_compare(x->name, y->name);
}

static void write_tallies(struct buffer *out, const char *title, struct tally *tallies, size_t n)
{
    buffer_append_format(out, "\n%s\n", title);
    if (n > 0)
        qsort(tallies, n, sizeof *tallies, worst_first);
    for (size_t i = 0; i < n; i++)
        if (tallies[i].n > 0)
            buffer_append_format(out, "  %5.1f %%  %5u lines  %.*s\n",
                                 100.0 * tallies[i].right / tallies[i].n, tallies[i].n,
                                 tallies[i].name.n_bytes == 0 ? 7 : (int)tallies[i].name.n_bytes,
                                 tallies[i].name.n_bytes == 0 ? "unnamed" : tallies[i].name.bytes);
}

/* Some of the lines of `from` that go to `to`, with their places. */
static void write_examples(struct buffer *out, const struct corpus *corpus,
                           const struct left_out_result *results, uint32_t from, uint32_t to)
{
    unsigned n = 0;
    for (size_t i = 0; i < corpus->said.n && n < MOST_EXAMPLES; i++) {
        const struct said *said = &corpus->said.items[i];
        if (!results[i].is_asked || said->class != from || results[i].best != to)
            continue;
        buffer_append_format(out, "          %s:%u: \"%.*s\" [%s]\n",
                             corpus->files.items[said->file], said->line, TEXT(said->text),
                             results[i].pulls);
        n++;
    }
}

/* The pairs of topics between which most lines go wrong. */
static bool write_takers(struct buffer *out, const struct corpus *corpus,
                         const struct left_out_result *results, struct arena *arena)
{
    size_t n = corpus->classes.n;
    const struct class_of_messages *classes = corpus->classes.items;
    unsigned *takes = arena_array(arena, n * n, sizeof *takes);
    if (takes == NULL)
        return false;
    for (size_t i = 0; i < corpus->said.n; i++) {
        uint32_t class = corpus->said.items[i].class;
        if (results[i].is_asked && class < corpus->sections.n && results[i].best < n &&
            results[i].best != class)
            takes[class * n + results[i].best]++;
    }
    buffer_append_text(out, "\nneighbours that take lines: most first; some of the lines, and the "
                            "words that lead there\n");
    for (unsigned listed = 0; listed < MOST_LISTED; listed++) {
        size_t most = 0;
        for (size_t i = 1; i < n * n; i++)
            if (takes[i] > takes[most])
                most = i;
        if (takes[most] == 0)
            break;
        buffer_append_format(out, "  %5u lines of %.*s go to %.*s\n", takes[most],
                             (int)classes[most / n].name.n_bytes, classes[most / n].name.bytes,
                             (int)classes[most % n].name.n_bytes, classes[most % n].name.bytes);
        write_examples(out, corpus, results, (uint32_t)(most / n), (uint32_t)(most % n));
        takes[most] = 0;
    }
    return true;
}

int check_lines(const char *folder, const struct memory *memory, struct buffer *out,
                struct complaints *complaints)
{
    struct corpus corpus;
    struct arena arena;
    arena_init(&arena, memory);
    int status = corpus_read(&corpus, memory, folder, complaints);
    struct voices voices = { .failed = false };
    array_init(&voices.names.array, memory, sizeof(struct tally));
    struct left_out_result *results = arena_array(&arena, corpus.said.n, sizeof *results);
    struct tally *topics = arena_array(&arena, corpus.sections.n, sizeof *topics);
    struct tally all = { { "", 0 }, 0, 0 };
    if (status == OSSEO_OK && (results == NULL || topics == NULL))
        status = error_no_memory(complaints->error);
    if (status == OSSEO_OK && crossvalidate(results, &corpus, N_PARTS, part_of, &voices) != OSSEO_OK)
        status = error_no_memory(complaints->error);
    for (size_t i = 0; status == OSSEO_OK && i < corpus.said.n; i++) {
        const struct said *said = &corpus.said.items[i];
        if (said->class >= corpus.sections.n)
            continue;
        unsigned number = voice_of(&voices, said);
        if (voices.failed)
            break;
        struct tally *voice = &voices.names.items[number], *topic = &topics[said->class];
        unsigned right = results[i].best == said->class;
        topic->name = corpus.classes.items[said->class].name;
        topic->n++, voice->n++, all.n++;
        topic->right += right, voice->right += right, all.right += right;
    }
    if (status == OSSEO_OK && voices.failed)
        status = error_no_memory(complaints->error);
    if (status == OSSEO_OK && all.n > 0) {
        buffer_append_format(out,
                             "lines of asked/ answered right had they not been seen: %.1f %% of %u\n",
                             100.0 * all.right / all.n, all.n);
        write_tallies(out, "by voice", voices.names.items, voices.names.n);
        write_tallies(out, "by topic", topics, corpus.sections.n);
        if (!write_takers(out, &corpus, results, &arena))
            status = error_no_memory(complaints->error);
    }
    array_release(&voices.names.array);
    corpus_release(&corpus);
    arena_release(&arena);
    return status;
}
