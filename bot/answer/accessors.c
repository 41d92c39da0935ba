/* answer/accessors.c -- what osseo.h hands out of a reply. */
#include "answer/reply.h"

void osseo_reply_free(struct osseo_reply *reply)
{
    if (reply == NULL)
        return;
    struct memory memory = reply->memory;
    buffer_release(&reply->json);
    buffer_release(&reply->explanation);
    arena_release(&reply->arena);
    memory_free(&memory, reply, sizeof *reply);
}

/* What stands in the reply is handed out as it is. */
#define MEMBER(type, name, member)                                                                 \
    type osseo_reply_##name(const struct osseo_reply *reply)                                       \
    {                                                                                              \
        return reply->member;                                                                      \
    }

MEMBER(enum osseo_outcome, outcome, outcome)
MEMBER(enum osseo_urgency, urgency, urgency)
MEMBER(const char *, question, question)
MEMBER(int, was_cut, was_cut)
MEMBER(const char *, card_id, card_id)
MEMBER(const char *, card, card)
MEMBER(const char *, topic, topic)
MEMBER(const char *, article, article)
MEMBER(const char *, heading, heading)
MEMBER(const char *, passage, passage)
MEMBER(const char *, key_sentence, key_sentence)
MEMBER(double, confidence, confidence)
MEMBER(const char *, caveat, caveat)
MEMBER(const char *, say, say)
MEMBER(const char *, why, why)
MEMBER(const char *, reviewed, reviewed)
MEMBER(int, overdue, is_overdue)
MEMBER(size_t, n_sources, n_sources)
MEMBER(size_t, n_choices, n_choices)
MEMBER(size_t, n_related, n_related)
MEMBER(size_t, n_corrections, n_corrections)
MEMBER(size_t, n_more, n_more)

/* The i-th of a list, or an empty one. */
#define ITEM(type, name, list)                                                                     \
    type osseo_reply_##name(const struct osseo_reply *reply, size_t i)                             \
    {                                                                                              \
        return i < reply->n_##list ? reply->list[i] : (type){ 0 };                                 \
    }

ITEM(struct osseo_source, source, sources)
ITEM(struct osseo_choice, choice, choices)
ITEM(struct osseo_choice, related, related)
ITEM(struct osseo_correction, correction, corrections)
ITEM(const char *, more, more)

const char *osseo_reply_json(struct osseo_reply *reply, int with_shares)
{
    buffer_clear(&reply->json);
    reply_write_json(reply, with_shares != 0, &reply->json);
    return buffer_text(&reply->json);
}

const char *osseo_reply_explain(struct osseo_reply *reply)
{
    struct buffer *out = &reply->explanation;
    buffer_clear(out);
    if (reply->n_shares > 0) {
        buffer_append_text(out, "score of ");
        buffer_append_slice(out, slice_of(reply->choices[0].topic));
        buffer_append_format(out, ": %.4f\n", reply->score);
    }
    for (size_t i = 0; i < reply->n_shares; i++) {
        buffer_append_format(out, "  %+8.4f  %-7s  ", reply->shares[i].amount,
                             reply->shares[i].kind);
        buffer_append_slice(out, slice_of(reply->shares[i].text));
        buffer_append_byte(out, '\n');
    }
    return buffer_text(out);
}
