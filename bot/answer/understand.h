/* answer/understand.h -- what a message asks: its words, and the topics in order.
 *
 * Most messages are ranked as they stand.  Three kinds are not: one that leans
 * on the turn before is ranked with it; of two questions the first is answered
 * and the other remembered; and where something is denied and something else
 * said, the message is about what is said. */
#ifndef ANSWER_UNDERSTAND_H
#define ANSWER_UNDERSTAND_H

#include "answer/confidence.h"

/* Where answering begins and refusing ends: chosen so that, over lines that
 * were left out, few answers given are wrong and few good questions refused. */
#define ANSWER_FROM 0.85
#define REFUSE_BELOW 0.45
/* A part of a message says less than a whole one, so it is believed from less. */
#define PART_FROM 0.60

struct understood {
    struct query query; /* filled in by the caller, with query_read() */
    struct ranking ranking;
    struct confidence confidence;
    bool is_follow_up;
    topic_id also; /* of a second question; NO_TOPIC where there is none */
};

/* The best candidate that is a topic, or NULL. */
const struct candidate *understood_best(const struct understood *u);

/* Ranks `question`, whose words are u->query; `after` is what the turn before was
 * about, or NO_TOPIC.  OSSEO_OK or OSSEO_ENOMEM; all is owned by `arena`. */
int understand(struct understood *u, const struct index *index, struct slice question,
               topic_id after, struct arena *arena);

#endif
