#include "answer/why.h"

#include "text/stopwords.h"

#include <math.h>

/* More words than these would be a list and no reason. */
#define MOST_REASONS 4

/* The word of the question that a share is about, or an empty slice. */
static struct slice word_of(const struct share *share, const struct words *words)
{
    struct slice none = { "", 0 };
    bool is_word = strcmp(share->kind, "word") == 0 || strcmp(share->kind, "term") == 0;
    if (!is_word || share->amount <= 0 || share->text == NULL)
        return none;
    struct slice word = words_find_form(words, slice_of(share->text));
    return stopword_is(word) ? none : word;
}

static void write_words(struct buffer *out, const struct osseo_reply *reply,
                        const struct words *words)
{
    struct slice named[MOST_REASONS];
    size_t n = 0;
    for (size_t i = 0; i < reply->n_shares && n < MOST_REASONS; i++) {
        struct slice word = word_of(&reply->shares[i], words);
        bool is_new = word.n_bytes > 0;
        for (size_t j = 0; j < n && is_new; j++)
            is_new = !slice_equal(named[j], word);
        if (is_new)
            named[n++] = word;
    }
    if (n == 0) {
        buffer_append_text(out, "It is how people ask this, more than any single word.");
        return;
    }
    buffer_append_text(out, n == 1 ? "The word that counted most: " : "The words that counted most: ");
    for (size_t i = 0; i < n; i++) {
        buffer_append_text(out, i == 0 ? "\"" : ", \"");
        buffer_append_slice(out, named[i]);
        buffer_append_byte(out, '"');
    }
    buffer_append_byte(out, '.');
}

void why_write(struct buffer *out, const struct osseo_reply *reply, const struct words *words)
{
    write_words(out, reply, words);
    int tenths = (int)lrint(reply->confidence * 10);
    if (tenths >= 10)
        buffer_append_text(out, " I am almost sure that this is what you asked.");
    else
        buffer_append_format(out, " I am about %d in 10 sure that this is what you asked.",
                             tenths > 0 ? tenths : 1);
    if (reply->n_choices > 1 && reply->choices[1].heading != NULL) {
        buffer_append_text(out, " The next nearest question: ");
        buffer_append_text(out, reply->choices[1].heading);
    }
}
