/* compile/opensearch.h -- a knowledge folder as an index of OpenSearch or Elasticsearch.
 *
 *   osseo-index.json     settings and mappings: PUT it to /NAME
 *   osseo-bulk.ndjson    one document a passage: POST it to /NAME/_bulk
 *
 * The analyzer is ours in their words: UAX #29 words, folded, without possessives,
 * stemmed by the English Snowball stemmer; synonyms are added to the query alone.
 * Both use BM25 with our k1 and b, and index.query.default_field carries our field
 * weights.  What osseo does besides (red flags, confidence, the model fitted to
 * asked/, spelling) does not go along, which the mappings' _meta says. */
#ifndef COMPILE_OPENSEARCH_H
#define COMPILE_OPENSEARCH_H

#include "base/buffer.h"
#include "corpus/corpus.h"

void opensearch_write_index(struct buffer *out, const struct corpus *corpus);
void opensearch_write_bulk(struct buffer *out, const struct corpus *corpus);

#endif
