#include "rank/features.h"

#include "osseo.h"

static uint32_t mix(uint32_t hash, struct slice bytes)
{
    for (size_t i = 0; i < bytes.n_bytes; i++)
        hash = (hash ^ (unsigned char)bytes.bytes[i]) * 16777619u;
    return (hash ^ 0xFF) * 16777619u; /* an end that no UTF-8 holds */
}

static uint32_t key_of(enum feature_kind kind, struct slice first, struct slice second)
{
    uint32_t hash = mix(mix(2166136261u ^ (uint32_t)kind, first), second);
    hash ^= hash >> 16;
    hash *= 0x85EBCA6Bu;
    return hash ^ hash >> 13;
}

/* Features in the making, each once: a table with linear probing tells where each is. */
struct collecting {
    struct features features;
    uint32_t *slots; /* (mask + 1): the number of an item, from 1; 0 where none is */
    size_t mask;
};

static bool collecting_init(struct collecting *c, size_t room, struct arena *arena)
{
    size_t n_slots = 64;
    while (n_slots < room * 2)
        n_slots *= 2;
    *c = (struct collecting){ { arena_array(arena, room, sizeof *c->features.items), 0 },
                              arena_array(arena, n_slots, sizeof *c->slots), n_slots - 1 };
    return c->features.items != NULL && c->slots != NULL;
}

static void add(struct collecting *c, enum feature_kind kind, struct slice first,
                struct slice second)
{
    struct features *f = &c->features;
    uint32_t key = key_of(kind, first, second);
    size_t slot = key & c->mask;
    while (c->slots[slot] != 0 && f->items[c->slots[slot] - 1].key != key)
        slot = (slot + 1) & c->mask;
    if (c->slots[slot] == 0) {
        f->items[f->n++] = (struct feature){ key, 1, (uint8_t)kind, first, second };
        c->slots[slot] = (uint32_t)f->n;
    } else if (f->items[c->slots[slot] - 1].count < UINT16_MAX) {
        f->items[c->slots[slot] - 1].count++;
    }
}

/* Runs of letters of one word; `padded` is "_word_". */
static void add_letters(struct collecting *f, struct slice padded)
{
    for (size_t n = 3; n <= 4; n++)
        for (size_t i = 0; i + n <= padded.n_bytes; i++)
            add(f, FEATURE_LETTERS, slice_cut(padded, i, i + n), (struct slice){ "", 0 });
}

/* The words' stems, as the analyzer would give them. */
static struct slice *stems_of(const struct words *words, struct stemmer *stemmer,
                              struct arena *arena)
{
    struct slice *stems = arena_array(arena, words->n, sizeof *stems);
    for (size_t i = 0; stems != NULL && i < words->n; i++) {
        const struct word *word = &words->items[i];
        stems[i] = word->is_number || stemmer == NULL
                       ? word->surface
                       : arena_copy(arena, stemmer_stem(stemmer, word->surface));
        if (stems[i].bytes == NULL)
            return NULL;
    }
    return stems;
}

/* How a sentence begins, and whether it is asked. */
static void add_start(struct collecting *f, const struct words *words, size_t i)
{
    struct slice none = { "", 0 }, first = words->items[i].surface;
    bool is_asked = words->items[i].is_asked;
    add(f, FEATURE_START, first, none);
    if (i + 1 < words->n && !words->items[i + 1].starts_sentence)
        add(f, FEATURE_START, first, words->items[i + 1].surface);
    add(f, FEATURE_ASKED, is_asked ? SLICE("?") : SLICE("."), none);
    if (is_asked)
        add(f, FEATURE_ASKED, SLICE("?"), first);
}

int features_of(struct features *out, const struct words *words, struct stemmer *stemmer,
                struct arena *arena)
{
    size_t room = 0;
    for (size_t i = 0; i < words->n; i++)
        room += 7 + 2 * (words->items[i].surface.n_bytes + 2);
    struct collecting f;
    struct slice *stems = stems_of(words, stemmer, arena);
    if (!collecting_init(&f, room, arena) || stems == NULL)
        return OSSEO_ENOMEM;

    for (size_t i = 0; i < words->n; i++) {
        struct slice word = words->items[i].surface;
        char *padded = arena_allocate(arena, word.n_bytes + 2);
        if (padded == NULL)
            return OSSEO_ENOMEM;
        padded[0] = padded[word.n_bytes + 1] = '_';
        memcpy(padded + 1, word.bytes, word.n_bytes);
        add(&f, FEATURE_WORD, stems[i], (struct slice){ "", 0 });
        if (i + 1 < words->n)
            add(&f, FEATURE_PAIR, stems[i], stems[i + 1]);
        if (i + 2 < words->n)
            add(&f, FEATURE_SKIP_PAIR, stems[i], stems[i + 2]);
        add_letters(&f, (struct slice){ padded, word.n_bytes + 2 });
        if (stemmer == NULL && (i == 0 || words->items[i].starts_sentence))
            add_start(&f, words, i);
    }
    *out = f.features;
    return OSSEO_OK;
}
