#include "index/builder.h"

#include "index/postings.h"

#include <math.h>
#include <stddef.h>

/* Words as they stand whose terms are remembered; of those whose hashes are alike the
 * last two. */
#define FEW_REMEMBERED 1024
#define MANY_REMEMBERED 262144
/* From so many passages on it pays to remember many. */
#define MANY_PASSAGES 4096
/* Runs are read back in pieces of this. */
#define RUN_PIECE 65536

/* Fills half a line of the cache.  All before `term` tells words apart. */
#define REMEMBERED_BYTES 27
struct remembered {
    char word[REMEMBERED_BYTES]; /* zeros behind its end */
    uint8_t n_bytes;             /* and NUMBER for one, which has no stem */
    uint32_t term;
};
#define NUMBER 0x80

/* Makes room for `n` words, a power of two, and forgets what was there. */
static bool remember(struct builder *b, size_t n)
{
    const struct memory *memory = &b->account.memory;
    struct remembered *remembered = memory_allocate(memory, n * sizeof *remembered);
    if (remembered == NULL)
        return false;
    memory_expect_scattered(remembered, n * sizeof *remembered);
    memset(remembered, 0, n * sizeof *remembered);
    memory_free(memory, b->remembered, b->n_remembered * sizeof *b->remembered);
    b->remembered = remembered;
    b->n_remembered = n;
    return true;
}

static void *reallocate_counted(void *context, void *block, size_t old_size, size_t new_size)
{
    struct builder *b = context;
    void *resized = b->account.below->reallocate(b->account.below->context, block, old_size, new_size);
    if (resized != NULL || new_size == 0)
        b->account.n_bytes += new_size - old_size;
    return resized;
}

int builder_init(struct builder *b, const struct weight_parameters *parameters,
                 const struct memory *memory, struct osseo_error *error)
{
    *b = (struct builder){ .parameters = parameters, .error = error, .runs = { .fd = -1 } };
    b->account.below = memory;
    b->account.memory = (struct memory){ reallocate_counted, b };
    memory = &b->account.memory;
    dictionary_init(&b->terms, memory);
    array_init(&b->growing, memory, sizeof(struct growing));
    pool_init(&b->pool, memory);
    array_init(&b->shared.terms, memory, sizeof(struct counted));
    array_init(&b->passage.terms, memory, sizeof(struct counted));
    array_init(&b->run_starts, memory, sizeof(uint64_t));
    buffer_init(&b->lengths, memory, SIZE_MAX);
    if (analyzer_init(&b->analyzer) != OSSEO_OK || !remember(b, FEW_REMEMBERED))
        return error_no_memory(error);
    return OSSEO_OK;
}

void builder_release(struct builder *b)
{
    analyzer_release(&b->analyzer);
    pool_release(&b->pool);
    dictionary_release(&b->terms);
    memory_free(&b->account.memory, b->remembered, b->n_remembered * sizeof *b->remembered);
    array_release(&b->growing);
    array_release(&b->shared.terms);
    array_release(&b->passage.terms);
    array_release(&b->run_starts);
    buffer_release(&b->lengths);
    file_scratch_close(&b->runs);
}

void builder_bound(struct builder *b, size_t most_bytes, const char *path)
{
    b->most_bytes = most_bytes;
    b->path = path;
}

static struct growing *growing_of(const struct builder *b, uint32_t term)
{
    return (struct growing *)b->growing.items + term;
}

/* The number of a term, with a list to grow. */
static uint32_t add_term(struct builder *b, struct slice name)
{
    uint32_t term = dictionary_add(&b->terms, name);
    while (term != DICTIONARY_NONE && b->growing.n <= term) {
        if (array_add(&b->growing) == NULL)
            return DICTIONARY_NONE;
    }
    return term;
}

/* A token on its way to its term. */
struct pending {
    struct remembered *slot; /* (2) where it may be remembered; NULL for one that cannot be */
    struct remembered key;   /* without a term, but where there is no slot */
    bool is_joined;
};

/* Tokens that go together, so that the memory each needs is on its way while others are
 * looked at: the tables are far larger than the caches. */
#define BATCH 64
struct batch {
    struct pending items[BATCH];
    size_t n;
};

/* A word with zeros behind it, and its hash.  It is copied, cut by a mask and hashed as
 * four numbers, since most words are so short that a loop would take longer. */
static uint64_t copy_word(char out[REMEMBERED_BYTES], const struct word_part *part)
{
    static const struct {
        char ones[32], zeros[32];
    } cut = { "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
              "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "" };
    uint64_t word[4], mask[4];
    memcpy(word, part->bytes, sizeof word);
    memcpy(mask, (const char *)&cut + sizeof cut.ones - part->n_bytes, sizeof mask);
    for (int i = 0; i < 4; i++)
        word[i] &= mask[i];
    memcpy(out, word, REMEMBERED_BYTES);
    /* A sum of products by odd numbers, drawn once, then Knuth's multiplier. */
    uint64_t hash = word[0] * 0x8CB92BA72F3D8DD7u + word[1] * 0xD6E8FEB86659FD93u +
                    word[2] * 0xA0761D6478BD642Fu + word[3] * 0xE7037ED1A0B428DBu;
    return (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u >> 32;
}

static bool add_to_batch(struct builder *b, struct batch *batch, const struct word_part *part,
                         bool is_joined)
{
    struct pending *p = &batch->items[batch->n++];
    p->is_joined = is_joined;
    if (part->n_bytes > REMEMBERED_BYTES) {
        struct slice word = { part->bytes, part->n_bytes };
        p->slot = NULL;
        p->key.term = add_term(b, part->is_number ? word
                                                  : stemmer_stem(&b->analyzer.stemmer, word));
        return p->key.term != DICTIONARY_NONE;
    }
    size_t slot = copy_word(p->key.word, part) & (b->n_remembered - 1);
    p->key.n_bytes = (uint8_t)(part->n_bytes | (part->is_number ? NUMBER : 0));
    p->slot = &b->remembered[slot & ~(size_t)1];
    __builtin_prefetch(p->slot);
    return true;
}

static bool is_same(const struct remembered *a, const struct remembered *b)
{
    return memcmp(a, b, offsetof(struct remembered, term)) == 0;
}

/* The term of a token.  A word that was met before need not be stemmed again. */
static uint32_t term_of(struct builder *b, struct pending *p)
{
    if (p->slot == NULL)
        return p->key.term;
    if (is_same(&p->slot[0], &p->key))
        return p->slot[0].term;
    if (is_same(&p->slot[1], &p->key))
        return p->slot[1].term;
    struct slice word = { p->key.word, p->key.n_bytes & (NUMBER - 1) };
    p->key.term = add_term(b, (p->key.n_bytes & NUMBER) != 0
                                  ? word
                                  : stemmer_stem(&b->analyzer.stemmer, word));
    if (p->key.term != DICTIONARY_NONE) {
        p->slot[1] = p->slot[0];
        p->slot[0] = p->key;
    }
    return p->key.term;
}

static void start_counting(struct builder *b, struct counting *counting)
{
    array_clear(&counting->terms);
    counting->epoch = ++b->epoch;
    counting->length = 0;
}

static bool count(struct builder *b, struct counting *counting, uint32_t term, uint32_t tf)
{
    struct growing *growing = growing_of(b, term);
    if (growing->epoch == counting->epoch) {
        ((struct counted *)counting->terms.items)[growing->counted].tf += tf;
        return true;
    }
    struct array *terms = &counting->terms;
    if (terms->n == terms->capacity && !array_reserve(terms, terms->n + 1))
        return false;
    growing->epoch = counting->epoch;
    growing->counted = (uint32_t)terms->n;
    ((struct counted *)terms->items)[terms->n++] = (struct counted){ term, tf };
    return true;
}

static bool count_batch(struct builder *b, struct counting *counting, struct batch *batch,
                        uint32_t weight)
{
    uint32_t terms[BATCH];
    for (size_t i = 0; i < batch->n; i++) {
        terms[i] = term_of(b, &batch->items[i]);
        if (terms[i] == DICTIONARY_NONE)
            return false;
        __builtin_prefetch(growing_of(b, terms[i]));
    }
    for (size_t i = 0; i < batch->n; i++) {
        if (!count(b, counting, terms[i], weight))
            return false;
        /* A joined form is a second reading of words that are counted already. */
        counting->length += batch->items[i].is_joined ? 0 : weight;
    }
    batch->n = 0;
    return true;
}

static int count_text(struct builder *b, struct counting *counting, enum field field,
                      struct slice text)
{
    uint32_t weight = (uint32_t)lrint(b->parameters->field_weight[field]);
    struct batch batch;
    const struct word_part *part;
    bool is_joined;
    batch.n = 0;
    tokenizer_init(&b->analyzer.tokenizer, text);
    while ((part = tokenizer_next_part(&b->analyzer.tokenizer, &is_joined)) != NULL) {
        if (!add_to_batch(b, &batch, part, is_joined) ||
            (batch.n == BATCH && !count_batch(b, counting, &batch, weight)))
            return error_no_memory(b->error);
    }
    return count_batch(b, counting, &batch, weight) ? OSSEO_OK : error_no_memory(b->error);
}

void builder_start_topic(struct builder *b)
{
    start_counting(b, &b->shared);
}

int builder_add_shared(struct builder *b, enum field field, struct slice text)
{
    return count_text(b, &b->shared, field, text);
}

static bool append_posting(struct builder *b, const struct counted *counted, passage_id passage)
{
    struct growing *growing = growing_of(b, counted->term);
    uint8_t tf = impact_tf_code(counted->tf);
    uint64_t gap = (uint64_t)(passage - growing->next) << 1 | (tf != 0);
    growing->next = passage + 1;
    growing->df++;
    uint64_t bytes = gap & 0x7F;
    uint32_t n = 1;
    for (gap >>= 7; gap > 0; gap >>= 7, n++)
        bytes = (bytes | 0x80ull << 8 * (n - 1)) | (gap & 0x7F) << 8 * n;
    if (tf != 0)
        bytes |= (uint64_t)tf << 8 * n++;
    return pool_append(&b->pool, &growing->list, bytes, n);
}

/* A run:  { term:varint n_bytes:varint bytes }  by the terms' names.  Empties the pool. */
static int write_run(struct builder *b)
{
    struct arena arena;
    struct buffer piece;
    arena_init(&arena, b->account.below);
    buffer_init(&piece, b->account.below, SIZE_MAX);
    uint32_t *order = dictionary_order(&b->terms, &arena);
    uint64_t *start = array_add(&b->run_starts);
    int status = order == NULL || start == NULL ? error_no_memory(b->error) : OSSEO_OK;
    if (status == OSSEO_OK && b->runs.fd < 0)
        status = file_scratch_open(&b->runs, b->path, b->error);
    if (status == OSSEO_OK)
        *start = b->runs.n_bytes;
    uint32_t n_terms = dictionary_size(&b->terms);
    for (uint32_t i = 0; status == OSSEO_OK && i < n_terms; i++) {
        struct growing *growing = growing_of(b, order[i]);
        if (growing->list.n_bytes > 0) {
            buffer_append_varint(&piece, order[i]);
            buffer_append_varint(&piece, growing->list.n_bytes);
            pool_copy(&b->pool, &growing->list, &piece);
            growing->list = (struct pool_string){ 0 };
        }
        if (piece.failed)
            status = error_no_memory(b->error);
        else if (piece.n_bytes >= RUN_PIECE || i + 1 == n_terms) {
            status = file_scratch_append(&b->runs, buffer_slice(&piece), b->error);
            buffer_clear(&piece);
        }
    }
    pool_clear(&b->pool);
    buffer_release(&piece);
    arena_release(&arena);
    return status;
}

/* A slab more than now would be too much. */
static bool is_full(const struct builder *b)
{
    return b->path != NULL && b->pool.slabs.n > 1 &&
           b->account.n_bytes + POOL_SLAB_BYTES > b->most_bytes;
}

int builder_add_passage(struct builder *b, struct slice text)
{
    size_t number = b->lengths.n_bytes;
    if (number >= MOST_PASSAGES)
        return error_set(b->error, OSSEO_EINVALID, "there are more than %u passages", MOST_PASSAGES);
    if (number == MANY_PASSAGES && !remember(b, MANY_REMEMBERED))
        return error_no_memory(b->error);
    start_counting(b, &b->passage);
    b->passage.length = b->shared.length;
    for (size_t i = 0; i < b->shared.terms.n; i++) {
        const struct counted *shared = (const struct counted *)b->shared.terms.items + i;
        if (!count(b, &b->passage, shared->term, shared->tf))
            return error_no_memory(b->error);
    }
    int status = count_text(b, &b->passage, FIELD_TEXT, text);
    if (status != OSSEO_OK)
        return status;
    const struct counted *counted = b->passage.terms.items;
    for (size_t i = 0; i < b->passage.terms.n; i++)
        pool_prefetch(&b->pool, &growing_of(b, counted[i].term)->list);
    for (size_t i = 0; i < b->passage.terms.n; i++)
        if (!append_posting(b, &counted[i], (passage_id)number))
            return error_no_memory(b->error);
    buffer_append_byte(&b->lengths, (char)impact_length_code(b->passage.length));
    b->sum_of_lengths += b->passage.length;
    if (b->lengths.failed)
        return error_no_memory(b->error);
    return is_full(b) ? write_run(b) : OSSEO_OK;
}

/* A run that is read back. */
struct run {
    uint64_t at, end; /* of what is not yet in `bytes` */
    char *bytes;      /* (RUN_PIECE) */
    size_t start, n;
    uint32_t term; /* whose piece comes next; DICTIONARY_NONE at the end */
    uint64_t n_bytes;
};

static int read_run(const struct builder *b, struct run *run, struct buffer *out, uint64_t n_bytes)
{
    while (n_bytes > 0) {
        if (run->start == run->n) {
            uint64_t left = run->end - run->at;
            run->start = 0;
            run->n = left < RUN_PIECE ? (size_t)left : RUN_PIECE;
            int status = run->n == 0
                             ? error_set(b->error, OSSEO_EIO, "a temporary file ends early")
                             : file_scratch_read(&b->runs, run->at, run->bytes, run->n, b->error);
            if (status != OSSEO_OK)
                return status;
            run->at += run->n;
        }
        size_t here = run->n - run->start;
        here = here < n_bytes ? here : (size_t)n_bytes;
        buffer_append(out, run->bytes + run->start, here);
        run->start += here;
        n_bytes -= here;
    }
    return out->failed ? error_no_memory(b->error) : OSSEO_OK;
}

static int read_number(const struct builder *b, struct run *run, uint64_t *out)
{
    struct buffer varint;
    buffer_init(&varint, b->account.below, 64);
    int status;
    do
        status = read_run(b, run, &varint, 1);
    while (status == OSSEO_OK && (unsigned char)varint.bytes[varint.n_bytes - 1] >= 0x80);
    size_t at = 0;
    *out = bytes_varint(buffer_slice(&varint), &at);
    buffer_release(&varint);
    return status;
}

/* What the run holds next. */
static int next_of_run(const struct builder *b, struct run *run)
{
    uint64_t term = DICTIONARY_NONE;
    int status = OSSEO_OK;
    if (run->start < run->n || run->at < run->end) {
        status = read_number(b, run, &term);
        if (status == OSSEO_OK)
            status = read_number(b, run, &run->n_bytes);
    }
    run->term = (uint32_t)term;
    return status;
}

static struct run *open_runs(const struct builder *b, struct arena *arena, int *status)
{
    const uint64_t *starts = b->run_starts.items;
    size_t n = b->run_starts.n;
    struct run *runs = arena_array(arena, n, sizeof *runs);
    *status = runs == NULL ? error_no_memory(b->error) : OSSEO_OK;
    for (size_t i = 0; *status == OSSEO_OK && i < n; i++) {
        runs[i].at = starts[i];
        runs[i].end = i + 1 < n ? starts[i + 1] : b->runs.n_bytes;
        runs[i].bytes = arena_allocate(arena, RUN_PIECE);
        *status = runs[i].bytes == NULL ? error_no_memory(b->error) : next_of_run(b, &runs[i]);
    }
    return runs;
}

/* Reads a short list of `df` postings. */
static bool read_list(struct array *out, struct slice bytes, uint32_t df)
{
    passage_id next = 0;
    array_clear(out);
    if (!array_reserve(out, df))
        return false;
    struct posting *postings = out->items;
    for (size_t at = 0; at < bytes.n_bytes && out->n < df;) {
        uint64_t gap = bytes_varint(bytes, &at);
        next += (passage_id)(gap >> 1);
        postings[out->n++] = (struct posting){ next++, gap & 1 ? (uint8_t)bytes.bytes[at++] : 0 };
    }
    return true;
}

/* Lists of all terms, one after another, and the terms that lead to them. */
struct sealing {
    struct builder *builder;
    struct writer *writer;
    struct output *output; /* or NULL */
    struct terms_writer terms;
    struct impacts impacts;
    struct run *runs;
    struct buffer pieces, list;
    struct array postings;
    uint64_t n_written;
};

static void add_postings(struct sealing *s, struct slice bytes)
{
    if (s->output != NULL)
        output_add(s->output, SECTION_POSTINGS, bytes);
    else
        buffer_append_slice(&s->writer->section[SECTION_POSTINGS], bytes);
}

static int seal_term(struct sealing *s, uint32_t term)
{
    struct builder *b = s->builder;
    int status = OSSEO_OK;
    buffer_clear(&s->pieces);
    for (size_t i = 0; status == OSSEO_OK && i < b->run_starts.n; i++) {
        if (s->runs[i].term != term)
            continue;
        status = read_run(b, &s->runs[i], &s->pieces, s->runs[i].n_bytes);
        if (status == OSSEO_OK)
            status = next_of_run(b, &s->runs[i]);
    }
    if (status != OSSEO_OK)
        return status;
    const struct growing *growing = growing_of(b, term);
    pool_copy(&b->pool, &growing->list, &s->pieces);
    struct slice list = buffer_slice(&s->pieces);
    if (growing->df > SHORT_LIST) {
        buffer_clear(&s->list);
        if (!read_list(&s->postings, list, growing->df))
            return error_no_memory(b->error);
        postings_write(&s->list, s->postings.items, s->postings.n, s->impacts);
        list = buffer_slice(&s->list);
    }
    if (s->pieces.failed || s->list.failed)
        return error_no_memory(b->error);
    add_postings(s, list);
    terms_write(&s->terms, dictionary_name(&b->terms, term),
                (struct index_term){ growing->df, s->n_written, list.n_bytes });
    s->n_written += list.n_bytes;
    return s->output == NULL ? OSSEO_OK : s->output->status;
}

int builder_seal(struct builder *b, struct writer *writer, struct output *output)
{
    static const char margin[POSTINGS_MARGIN];
    const struct memory *memory = b->account.below;
    uint8_t table[IMPACT_TABLE_BYTES];
    size_t n_passages = b->lengths.n_bytes;
    struct buffer *sections = writer->section;
    struct arena arena;
    int status;
    impact_table(table, n_passages == 0 ? 0 : b->sum_of_lengths / (double)n_passages, b->parameters);
    arena_init(&arena, memory);
    struct sealing s = { .builder = b,
                         .writer = writer,
                         .output = output,
                         .terms = { .terms = &sections[SECTION_TERMS],
                                    .blocks = &sections[SECTION_TERM_BLOCKS] },
                         .impacts = { table, (const uint8_t *)b->lengths.bytes } };
    buffer_init(&s.pieces, memory, SIZE_MAX);
    buffer_init(&s.list, memory, SIZE_MAX);
    array_init(&s.postings, memory, sizeof(struct posting));
    const uint32_t *order = dictionary_order(&b->terms, &arena);
    s.runs = open_runs(b, &arena, &status);
    if (status == OSSEO_OK && order == NULL)
        status = error_no_memory(b->error);
    for (uint32_t i = 0; status == OSSEO_OK && i < dictionary_size(&b->terms); i++)
        status = seal_term(&s, order[i]);
    add_postings(&s, (struct slice){ margin, sizeof margin });
    if (n_passages > 0)
        buffer_append(&sections[SECTION_IMPACTS], table, sizeof table);
    buffer_append_slice(&sections[SECTION_LENGTHS], buffer_slice(&b->lengths));
    array_release(&s.postings);
    buffer_release(&s.list);
    buffer_release(&s.pieces);
    arena_release(&arena);
    return status;
}
