/* compile/compile.h -- a knowledge folder to a compiled knowledge.
 *
 * Puts together what each floor makes of the corpus: index/ its passages,
 * rank/ its vocabulary, synonyms and fitted model, answer/ its red flags and
 * the confidence.  The confidence is fitted to the questions of calibration.tsv,
 * which nothing else is fitted to.  Without them it is fitted by cross-validation:
 * the knowledge is compiled without a part of the lines, those lines are asked,
 * and what came out is what the probabilities are learned from.  That is second
 * best: lines that editors add are the hard ones, so it comes out too modest. */
#ifndef COMPILE_COMPILE_H
#define COMPILE_COMPILE_H

#include "base/buffer.h"
#include "corpus/corpus.h"

/* Which lines are left out of asked/ and the other lists: those of one part.  `number`
 * counts corpus->said. */
struct leave_out {
    unsigned (*part_of)(void *context, const struct said *said, size_t number);
    void *context;
    unsigned part;
};

/* Compiles a corpus into `out`, without some lines unless `leave_out` is NULL; where
 * `complaints` is NULL, only what ranking needs: no red flags and no confidence. */
int compile_corpus(struct buffer *out, const struct corpus *corpus,
                   const struct leave_out *leave_out, struct complaints *complaints);

/* Reads and compiles a folder. */
int compile_folder(struct buffer *out, const char *folder, const struct memory *memory,
                   struct complaints *complaints);

/* Appends the phrases and cards of red-flags.md as one block (answer/flag_block.h).
 * Complains about words that are no words and lists that do not exist.  OSSEO_OK,
 * OSSEO_EPARSE or OSSEO_ENOMEM. */
int flags_compile(struct buffer *out, const struct corpus *corpus, struct complaints *complaints);

/* The folder as an index of OpenSearch or Elasticsearch: settings and mappings, to PUT to
 * /NAME, and one document a passage, to POST to /NAME/_bulk.
 *
 * The analyzer is ours in their words: UAX #29 words, folded, without possessives,
 * stemmed by the English Snowball stemmer; synonyms are added to the query alone.
 * Both use BM25 with our k1 and b, and index.query.default_field carries our field
 * weights.  What osseo does besides (red flags, confidence, the model fitted to
 * asked/, spelling) does not go along, which the mappings' _meta says. */
void opensearch_write_index(struct buffer *out, const struct corpus *corpus);
void opensearch_write_bulk(struct buffer *out, const struct corpus *corpus);

#endif
