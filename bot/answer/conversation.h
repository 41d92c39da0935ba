/* answer/conversation.h -- what the turn before was about, and follow-ups.
 *
 * A follow-up leans on the turn before: "how long does that take?", "and if I
 * smoke?", "why?".  It is asked twice, alone and together with the heading of
 * the topic before, and the two rankings are averaged: what the words say by
 * themselves and what they say about the old subject count alike.  All other
 * messages are asked alone, so a new subject is free of the old one. */
#ifndef ANSWER_CONVERSATION_H
#define ANSWER_CONVERSATION_H

#include "base/memory.h"
#include "rank/ranking.h"

struct osseo_conversation {
    struct memory memory;
    const struct index *index; /* borrowed from the knowledge */
    topic_id topic;            /* of the turn before, or NO_TOPIC */
};

/* True where the words cannot stand without what was said before. */
bool conversation_is_follow_up(const struct words *words);

/* True of a word that only asks, and makes no subject: "how", "tell". */
bool conversation_only_asks(struct slice word);

/* True where all words only ask: "how much", "for how long then". */
bool conversation_has_no_subject(const struct words *words);

/* True where they ask of no more than treatment: "how long does the operation take?" */
bool conversation_names_treatment_alone(const struct words *words);

/* True where a word stands for something said before, "how long does that take?",
 * or only narrows it, "what about the upper jaw?" */
bool conversation_points_back(const struct words *words);

/* Asks `question` again with the heading of `before`, and averages the new
 * ranking with `*ranking` into it; `*query` becomes that of both.  All is owned
 * by `arena`.  OSSEO_OK or OSSEO_ENOMEM. */
int conversation_blend(struct ranking *ranking, struct query *query, const struct index *index,
                       struct slice question, topic_id before, struct arena *arena);

#endif
