/* answer/either_or.h -- topics that are easily taken for one another.
 *
 * "What can I eat?" may be about the first days or about later.  Such topics form
 * a group (knowledge/either-or.tsv); where the two best topics are of one group,
 * the person is asked which is meant. */
#ifndef ANSWER_EITHER_OR_H
#define ANSWER_EITHER_OR_H

#include "base/buffer.h"
#include "index/reader.h"

/* True where the two best of `topics` (n, best first) are of one group. */
bool either_or_is_group(const struct index *index, const topic_id *topics, size_t n);

/* Appends "Do you mean A, B or C?", with those of `topics` that are of the group
 * of the two best; false, and nothing appended, where there is none. */
bool either_or_ask(struct buffer *out, const struct index *index, const topic_id *topics,
                   size_t n);

#endif
