#include "text/words.h"

#include "osseo.h"
#include "text/tokenizer.h"

bool words_hold(const char *const *list, size_t n, struct slice word)
{
    for (size_t i = 0; i < n; i++)
        if (slice_equal(slice_of(list[i]), word))
            return true;
    return false;
}

/* Which sentences end with a question mark. */
static void find_asked(struct words *words, struct slice text)
{
    bool is_asked = false;
    for (size_t i = words->n, end = text.n_bytes; i-- > 0; end = words->items[i].start) {
        struct word *word = &words->items[i];
        if (end == text.n_bytes || words->items[i + 1].starts_sentence)
            is_asked = memchr(text.bytes + word->end, '?', end - word->end) != NULL;
        word->is_asked = is_asked;
    }
}

int words_read(struct words *out, struct slice text, struct arena *arena)
{
    struct tokenizer tokenizer;
    struct token token;
    struct words words = { NULL, 0 };
    size_t n = 0;

    tokenizer_init(&tokenizer, text);
    while (tokenizer_next(&tokenizer, &token))
        n += !token.is_joined;
    words.items = arena_array(arena, n, sizeof *words.items);
    if (words.items == NULL)
        return OSSEO_ENOMEM;

    tokenizer_init(&tokenizer, text);
    while (tokenizer_next(&tokenizer, &token)) {
        if (token.is_joined)
            continue;
        struct slice surface = arena_copy(arena, token.surface);
        if (surface.bytes == NULL)
            return OSSEO_ENOMEM;
        words.items[words.n++] = (struct word){ surface, token.start, token.end, token.is_number,
                                                token.starts_clause,
                                                token.starts_sentence, false };
    }
    find_asked(&words, text);
    *out = words;
    return OSSEO_OK;
}

struct slice words_joined(struct slice text, struct arena *arena)
{
    struct words words;
    size_t room = 1, n = 0;
    if (words_read(&words, text, arena) != OSSEO_OK)
        return (struct slice){ NULL, 0 };
    for (size_t i = 0; i < words.n; i++)
        room += words.items[i].surface.n_bytes + 1;
    char *out = arena_allocate(arena, room);
    for (size_t i = 0; i < words.n && out != NULL; i++) {
        struct slice word = words.items[i].surface;
        if (i > 0)
            out[n++] = ' ';
        memcpy(out + n, word.bytes, word.n_bytes);
        n += word.n_bytes;
    }
    return (struct slice){ out, n };
}

struct slice words_find_form(const struct words *words, struct slice stem)
{
    struct slice start = slice_cut(stem, 0, stem.n_bytes > 3 ? stem.n_bytes - 1 : stem.n_bytes);
    for (size_t i = 0; start.n_bytes > 0 && i < words->n; i++)
        if (slice_starts(words->items[i].surface, start))
            return words->items[i].surface;
    return (struct slice){ "", 0 };
}
