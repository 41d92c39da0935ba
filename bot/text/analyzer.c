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

bool analyzer_next(struct analyzer *analyzer, struct token *token)
{
    if (!tokenizer_next(&analyzer->tokenizer, token))
        return false;
    if (!token->is_number)
        token->term = stemmer_stem(&analyzer->stemmer, token->surface);
    return true;
}
