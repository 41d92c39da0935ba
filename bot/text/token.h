/* text/token.h -- one occurrence of a word in text. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "base/slice.h"

#include <stdint.h>

/* Longer words are cut here; the longest that means anything in our subject
 * has 27 letters, and a term's length fits one byte of the compiled file. */
#define MAX_TERM_BYTES 64

struct token {
    struct slice surface; /* folded, not stemmed; borrowed until the next token */
    struct slice term;    /* what is indexed: the stem; likewise borrowed */
    size_t start, end;    /* byte offsets in the source text */
    uint32_t position;    /* words before it; a joined form has its first part's */
    bool is_joined;       /* "periimplantitis" beside peri, implantitis */
    bool is_number;       /* digits, perhaps with a decimal point */
    bool starts_clause;   /* a comma, full stop, bracket or dash stands before it */
    bool starts_sentence; /* nothing, or a full stop, ! or ? stands before it */
};

#endif
