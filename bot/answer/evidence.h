/* answer/evidence.h -- which part of a topic answers the question.
 *
 * A topic is chosen; here its passage and that passage's key sentence are.  The
 * rules can be said aloud: a word of the question that was not yet seen counts
 * in full, a repeat for an eighth, and the beginning beats the rest. */
#ifndef ANSWER_EVIDENCE_H
#define ANSWER_EVIDENCE_H

#include "rank/query.h"

/* The passage of `topic` to show.  OSSEO_OK or OSSEO_ENOMEM. */
int evidence_passage(passage_id *out, const struct index *index, topic_id topic,
                     const struct query *query);

/* The key sentence, a part of `passage`.  OSSEO_OK or OSSEO_ENOMEM. */
int evidence_sentence(struct slice *out, struct slice passage, const struct query *query);

#endif
