#include "text/analyzer.h"

#include "osseo.h"

int analyzer_init(struct analyzer *analyzer)
{
    return stemmer_init(&analyzer->stemmer) ? OSSEO_OK : OSSEO_ENOMEM;
}

void analyzer_release(struct analyzer *analyzer)
{
    stemmer_release(&analyzer->stemmer);
}

void analyzer_start(struct analyzer *analyzer, struct slice text)
{
    tokenizer_init(&analyzer->tokenizer, text);
}

static void stem(struct analyzer *analyzer, struct token *token)
{
    if (!token->is_number)
        token->term = stemmer_stem(&analyzer->stemmer, token->surface);
}

bool analyzer_next(struct analyzer *analyzer, struct token *token)
{
    if (!tokenizer_next(&analyzer->tokenizer, token))
        return false;
    stem(analyzer, token);
    return true;
}

size_t analyzer_beginning(struct slice word)
{
    unsigned char first = word.n_bytes > 0 ? (unsigned char)word.bytes[0] : 0;
    unsigned char second = word.n_bytes > 1 ? (unsigned char)word.bytes[1] : 0;
    if (second == 'y') /* dying, die */
        second = 'i';
    return (first * 31U + second) % ANALYZER_BEGINNINGS;
}

bool analyzer_next_of(struct analyzer *analyzer, struct token *token,
                      const bool begins[ANALYZER_BEGINNINGS])
{
    do
        if (!tokenizer_next(&analyzer->tokenizer, token))
            return false;
    while (!begins[analyzer_beginning(token->surface)]);
    stem(analyzer, token);
    return true;
}
