#include "text/stemmer.h"

#include "text/token.h"

#include <libstemmer.h>

void stemmer_release(struct stemmer *stemmer)
{
    if (stemmer->snowball != NULL)
        sb_stemmer_delete(stemmer->snowball);
    stemmer->snowball = NULL;
}

bool stemmer_init(struct stemmer *stemmer)
{
    char longest[MAX_TERM_BYTES];
    stemmer->snowball = sb_stemmer_new("english", "UTF_8");
    if (stemmer->snowball == NULL)
        return false;
    /* Its buffer grows here once, where that can be seen to fail; later a word would
     * stay unstemmed without a word. */
    memset(longest, 'a', sizeof longest);
    if (sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)longest, MAX_TERM_BYTES) != NULL)
        return true;
    stemmer_release(stemmer);
    return false;
}

struct slice stemmer_stem(struct stemmer *stemmer, struct slice word)
{
    const sb_symbol *stem =
        sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.bytes, (int)word.n_bytes);
    /* libstemmer 2.2 gives up on some words that are not Latin: they stay. */
    if (stem == NULL)
        return word;
    int n_bytes = sb_stemmer_length(stemmer->snowball);
    if (n_bytes <= 0)
        return word;
    return (struct slice){ (const char *)stem, (size_t)n_bytes };
}
