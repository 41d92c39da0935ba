#include "rank/spelling.h"

#include "base/distance.h"
#include "index/terms.h"

/* Patients misspell in the lists too: a word of so few lines is corrected to one
 * that stands in so many times more. */
#define MISSPELT_LINES 24
#define TIMES_MORE 30
/* A word of so few lines may be a mistake in them. */
#define FEW_LINES 5
/* How often one message is looked up in among all words, which is what takes time: a
 * word alone, and with the next one; in four kilobytes of nonsense the rest stay as
 * they are. */
#define MOST_LOOKED_UP 20
/* Consonants that two words must share in their sound. */
#define SHORTEST_SOUND 4

uint32_t spelling_letters(struct slice word)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < word.n_bytes; i++) {
        unsigned char c = (unsigned char)word.bytes[i];
        letters |= c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 1u << 26;
    }
    return letters;
}

void spelling_append(struct writer *writer, struct slice word, uint32_t lines)
{
    struct buffer *vocabulary = &writer->section[SECTION_VOCABULARY];
    struct buffer *frequent = &writer->section[SECTION_FREQUENT];
    uint32_t at = (uint32_t)writer->section[SECTION_STRINGS].n_bytes;
    writer_append_text(writer, vocabulary, word);
    buffer_append_u32(vocabulary, lines);
    if (lines < FREQUENT_LINES || word.n_bytes < SHORTEST_CORRECTED)
        return;
    buffer_append_u32(frequent, at);
    buffer_append_u32(frequent, (uint32_t)word.n_bytes);
    buffer_append_u32(frequent, lines);
    buffer_append_u32(frequent, spelling_letters(word));
}

/* Letter groups that sound alike, longest first; an empty sound is silent. */
static const struct {
    const char *written, *sound;
} sounds[] = {
    { "ture", "chr" }, { "tion", "shn" }, { "sion", "shn" }, { "cher", "chr" }, { "tch", "ch" },
    { "igh", "i" },    { "ph", "f" },     { "gh", "" },      { "ck", "k" },     { "ch", "ch" },
    { "sh", "sh" },    { "th", "t" },     { "kn", "n" },     { "wr", "r" },     { "ce", "s" },
    { "ci", "s" },     { "cy", "s" },     { "qu", "k" },     { "x", "ks" },     { "c", "k" },
    { "z", "s" },      { "v", "f" },
};

struct slice spelling_sound(struct slice word, char out[MAX_TERM_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < word.n_bytes;) {
        struct slice rest = slice_from(word, i), sound = { word.bytes + i, 1 };
        size_t length = 1;
        for (size_t s = 0; s < sizeof sounds / sizeof *sounds; s++)
            if (slice_starts(rest, slice_of(sounds[s].written))) {
                length = strlen(sounds[s].written);
                sound = slice_of(sounds[s].sound);
                break;
            }
        i += length;
        if (length == 1 && strchr("aeiouyhw", sound.bytes[0]) != NULL && n > 0)
            continue; /* vowels only count at the front */
        for (size_t j = 0; j < sound.n_bytes && n < MAX_TERM_BYTES; j++)
            if (n == 0 || out[n - 1] != sound.bytes[j])
                out[n++] = sound.bytes[j];
    }
    return (struct slice){ out, n };
}

static uint32_t lines_at(const struct index *index, size_t i)
{
    return bytes_u32(index->section[SECTION_VOCABULARY], i * VOCABULARY_ROW_BYTES + 8);
}

static struct slice name_at(const struct index *index, size_t i)
{
    struct slice s = index->section[SECTION_VOCABULARY];
    size_t row = i * VOCABULARY_ROW_BYTES;
    return bytes_part(index->section[SECTION_STRINGS], bytes_u32(s, row), bytes_u32(s, row + 4));
}

static size_t n_entries(const struct index *index)
{
    return index->section[SECTION_VOCABULARY].n_bytes / VOCABULARY_ROW_BYTES;
}

/* Lines that hold `word`; 0 for a word never seen. */
static uint32_t lines_with(const struct index *index, struct slice word)
{
    size_t low = 0, high = n_entries(index);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(word, name_at(index, middle));
        if (order == 0)
            return lines_at(index, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

static unsigned allowed_distance(size_t n_bytes)
{
    return n_bytes < SHORTEST_CORRECTED ? 0 : n_bytes < 8 ? 1 : n_bytes < 12 ? 2 : 3;
}

/* How many bits are set, by adding neighbours: of all words it is asked. */
static unsigned bits(uint32_t x)
{
    x -= x >> 1 & 0x55555555;
    x = (x & 0x33333333) + (x >> 2 & 0x33333333);
    x = (x + (x >> 4)) & 0x0F0F0F0F;
    return x * 0x01010101 >> 24;
}

/* Where words are put while a text is read again. */
struct correcting {
    const struct index *index;
    struct arena *arena;
    struct stemmer *stemmer;
    struct slice text;
    struct words read;
    struct corrections found;
    unsigned n_looked_up;
};

/* People get the first letter right; sounding alike is worth a letter. */
static double cost_of(unsigned distance, bool sounds_alike, bool starts_alike, uint32_t lines)
{
    return distance - (sounds_alike ? 1.0 : 0.0) + (starts_alike ? 0.0 : 0.75) -
           0.08 * bits(lines | lines >> 1 | lines >> 2 | lines >> 4 | lines >> 8 | lines >> 16);
}

/* The most likely word that `typed`, which stands in `typed_lines`, was meant to
 * be, or an empty slice.  Close ones come before frequent ones; of equally close, the
 * more frequent. */
static struct slice nearest(const struct index *index, struct slice typed, uint32_t typed_lines)
{
    unsigned most = typed_lines > 0 ? 1 : allowed_distance(typed.n_bytes);
    uint32_t least = typed_lines * TIMES_MORE > FREQUENT_LINES ? typed_lines * TIMES_MORE
                                                               : FREQUENT_LINES;
    uint32_t letters = spelling_letters(typed);
    struct slice best = { "", 0 };
    double best_cost = 1e9;
    char typed_sound[MAX_TERM_BYTES], sound[MAX_TERM_BYTES];
    struct slice heard = spelling_sound(typed, typed_sound);

    struct slice frequent = index->section[SECTION_FREQUENT];
    for (size_t at = 0; most > 0 && at < frequent.n_bytes; at += FREQUENT_ROW_BYTES) {
        uint32_t n_bytes = bytes_u32(frequent, at + 4), lines = bytes_u32(frequent, at + 8);
        unsigned different = bits(letters ^ bytes_u32(frequent, at + 12));
        size_t longer = n_bytes > typed.n_bytes ? n_bytes - typed.n_bytes : typed.n_bytes - n_bytes;
        /* Most of them have other letters, of which an edit changes two at most. */
        if (lines < least || longer > 2 || different > 2 * (most + 2))
            continue;
        struct slice name =
            bytes_part(index->section[SECTION_STRINGS], bytes_u32(frequent, at), n_bytes);
        bool starts_alike = name.bytes[0] == typed.bytes[0];
        /* What sounds alike may differ by two letters more. */
        unsigned within = starts_alike && heard.n_bytes >= SHORTEST_SOUND ? most + 2 : most;
        /* What cannot be better than the best so far is not looked at more closely. */
        if (different > 2 * within ||
            cost_of((different + 1) / 2, within > most, starts_alike, lines) >= best_cost)
            continue;
        unsigned distance = distance_damerau(typed, name, within);
        if (distance > within ||
            cost_of(distance, within > most, starts_alike, lines) >= best_cost)
            continue;
        bool sounds_alike = within > most && slice_equal(heard, spelling_sound(name, sound));
        double cost = cost_of(distance, sounds_alike, starts_alike, lines);
        if ((distance <= most || sounds_alike) && cost < best_cost) {
            best_cost = cost;
            best = name;
        }
    }
    return best;
}

/* Where `typed` is two words run together, the length of the first; else 0. */
static size_t run_together(const struct index *index, struct slice typed)
{
    size_t best = 0;
    uint32_t best_lines = FREQUENT_LINES - 1;
    for (size_t i = 2; i + 2 <= typed.n_bytes; i++) {
        uint32_t first = lines_with(index, slice_cut(typed, 0, i));
        uint32_t second = lines_with(index, slice_from(typed, i));
        uint32_t lines = first < second ? first : second;
        if (lines > best_lines) {
            best_lines = lines;
            best = i;
        }
    }
    return best;
}

static bool add_correction(struct corrections *out, struct arena *arena, struct slice typed,
                           struct slice read_as)
{
    struct correction c = { arena_copy(arena, typed), arena_copy(arena, read_as) };
    if (c.typed.bytes == NULL || c.read_as.bytes == NULL)
        return false;
    out->items[out->n++] = c;
    return true;
}

static bool is_plain(struct slice word)
{
    for (size_t i = 0; i < word.n_bytes; i++)
        if (word.bytes[i] < 'a' || word.bytes[i] > 'z')
            return false;
    return true;
}

/* Two neighbours joined, where that is a word and one of them is none; else empty.
 * False when memory ran out. */
static bool join(struct slice *out, struct correcting *c, const struct word *pair)
{
    struct slice a = pair[0].surface, b = pair[1].surface;
    *out = (struct slice){ "", 0 };
    if (!is_plain(a) || !is_plain(b) || a.n_bytes + b.n_bytes > MAX_TERM_BYTES)
        return true;
    char *bytes = arena_allocate(c->arena, a.n_bytes + b.n_bytes + 1);
    if (bytes == NULL)
        return false;
    memcpy(bytes, a.bytes, a.n_bytes);
    memcpy(bytes + a.n_bytes, b.bytes, b.n_bytes);
    struct slice both = { bytes, a.n_bytes + b.n_bytes };
    if (lines_with(c->index, both) >= FREQUENT_LINES)
        *out = both;
    else if (both.n_bytes >= 8)
        *out = nearest(c->index, both, 0);
    return true;
}

/* The lines that hold a word in this or another form, of which those of another
 * form and of articles count as many. */
static uint32_t known_lines(const struct index *index, struct slice word, struct stemmer *stemmer)
{
    uint32_t lines = lines_with(index, word);
    if (lines == 0 && terms_find(&(struct index_term){ 0 }, index, stemmer_stem(stemmer, word)))
        return ARTICLE_LINES;
    return lines;
}

/* True for a word that is right as it stands. */
static bool is_right(const struct index *index, struct slice word)
{
    struct slice hashes = index->section[SECTION_WORDS];
    uint32_t wanted = index_hash(word);
    size_t low = 0, high = hashes.n_bytes / 4;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t hash = bytes_u32(hashes, middle * 4);
        if (hash == wanted)
            return true;
        if (hash < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool spelling_knows(const struct index *index, struct slice word)
{
    return lines_with(index, word) > FEW_LINES || is_right(index, word);
}

/* Splits the last word read into two, at `cut`. */
static bool split_last(struct correcting *c, size_t cut)
{
    struct word *first = &c->read.items[c->read.n - 1], second = *first;
    char two[MAX_TERM_BYTES + 1];
    memcpy(two, first->surface.bytes, cut);
    two[cut] = ' ';
    memcpy(two + cut + 1, first->surface.bytes + cut, first->surface.n_bytes - cut);
    if (!add_correction(&c->found, c->arena, slice_cut(c->text, first->start, first->end),
                        (struct slice){ two, first->surface.n_bytes + 1 }))
        return false;
    second.surface = slice_from(first->surface, cut);
    second.starts_clause = second.starts_sentence = false;
    first->surface = slice_cut(first->surface, 0, cut);
    c->read.items[c->read.n++] = second;
    return true;
}

/* Reads the word at `*i`, and the next one with it where they were one. */
static bool correct_word(struct correcting *c, const struct words *words, size_t *i)
{
    struct word *word = &c->read.items[c->read.n++];
    struct slice better = { "", 0 };
    *word = words->items[*i];
    uint32_t lines = known_lines(c->index, word->surface, c->stemmer);
    if (!is_plain(word->surface) || word->surface.n_bytes < 2 || lines > MISSPELT_LINES ||
        is_right(c->index, word->surface) || c->n_looked_up >= MOST_LOOKED_UP)
        return true;
    bool is_joined = lines == 0 && *i + 1 < words->n;
    c->n_looked_up += is_joined ? 2 : 1;
    if (is_joined && !join(&better, c, &words->items[*i]))
        return false;
    if (better.n_bytes > 0)
        word->end = words->items[++*i].end;
    else
        better = nearest(c->index, word->surface, lines);
    if (better.n_bytes > 0) {
        word->surface = better;
        return add_correction(&c->found, c->arena, slice_cut(c->text, word->start, word->end),
                              better);
    }
    size_t cut = lines > 0 ? 0 : run_together(c->index, word->surface);
    return cut == 0 || split_last(c, cut);
}

int spelling_correct(struct corrections *out, struct words *words, struct slice text,
                     const struct index *index, struct stemmer *stemmer, struct arena *arena)
{
    struct correcting c = { .index = index, .arena = arena, .stemmer = stemmer, .text = text };
    c.found.items = arena_array(arena, words->n, sizeof *c.found.items);
    c.read.items = arena_array(arena, words->n * 2, sizeof *c.read.items);
    if (n_entries(index) == 0)
        return OSSEO_OK;
    if (c.found.items == NULL || c.read.items == NULL)
        return OSSEO_ENOMEM;
    /* Among words of which none is known nothing can be guessed: "bloop florp". */
    bool is_done = true, is_sense = words->n == 1;
    for (size_t i = 0; i < words->n && !is_sense; i++)
        is_sense = known_lines(index, words->items[i].surface, stemmer) > 0;
    for (size_t i = 0; is_sense && is_done && i < words->n; i++)
        is_done = correct_word(&c, words, &i);
    if (!is_done)
        return OSSEO_ENOMEM;
    if (!is_sense)
        return OSSEO_OK;
    *words = c.read;
    *out = c.found;
    return OSSEO_OK;
}
