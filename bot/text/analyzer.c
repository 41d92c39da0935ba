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

bool analyzer_next_of(struct analyzer *analyzer, struct token *token, const bool begins[256])
{
    do
        if (!tokenizer_next(&analyzer->tokenizer, token))
            return false;
    while (!begins[(unsigned char)token->surface.bytes[0]]); /* as its stem does */
    stem(analyzer, token);
    return true;
}
