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

enum osseo_outcome osseo_reply_outcome(const struct osseo_reply *reply)
{
    return reply->outcome;
}

enum osseo_urgency osseo_reply_urgency(const struct osseo_reply *reply)
{
    return reply->urgency;
}

const char *osseo_reply_question(const struct osseo_reply *reply)
{
    return reply->question;
}

int osseo_reply_was_cut(const struct osseo_reply *reply)
{
    return reply->was_cut;
}

const char *osseo_reply_card_id(const struct osseo_reply *reply)
{
    return reply->card_id;
}

const char *osseo_reply_card(const struct osseo_reply *reply)
{
    return reply->card;
}

const char *osseo_reply_topic(const struct osseo_reply *reply)
{
    return reply->topic;
}

const char *osseo_reply_article(const struct osseo_reply *reply)
{
    return reply->article;
}

const char *osseo_reply_heading(const struct osseo_reply *reply)
{
    return reply->heading;
}

const char *osseo_reply_passage(const struct osseo_reply *reply)
{
    return reply->passage;
}

const char *osseo_reply_key_sentence(const struct osseo_reply *reply)
{
    return reply->key_sentence;
}

double osseo_reply_confidence(const struct osseo_reply *reply)
{
    return reply->confidence;
}

const char *osseo_reply_caveat(const struct osseo_reply *reply)
{
    return reply->caveat;
}

const char *osseo_reply_say(const struct osseo_reply *reply)
{
    return reply->say;
}

const char *osseo_reply_why(const struct osseo_reply *reply)
{
    return reply->why;
}

const char *osseo_reply_reviewed(const struct osseo_reply *reply)
{
    return reply->reviewed;
}

int osseo_reply_overdue(const struct osseo_reply *reply)
{
    return reply->is_overdue;
}

size_t osseo_reply_n_sources(const struct osseo_reply *reply)
{
    return reply->n_sources;
}

struct osseo_source osseo_reply_source(const struct osseo_reply *reply, size_t i)
{
    return i < reply->n_sources ? reply->sources[i] : (struct osseo_source){ .year = 0 };
}

size_t osseo_reply_n_choices(const struct osseo_reply *reply)
{
    return reply->n_choices;
}

struct osseo_choice osseo_reply_choice(const struct osseo_reply *reply, size_t i)
{
    return i < reply->n_choices ? reply->choices[i] : (struct osseo_choice){ .confidence = 0 };
}

size_t osseo_reply_n_related(const struct osseo_reply *reply)
{
    return reply->n_related;
}

struct osseo_choice osseo_reply_related(const struct osseo_reply *reply, size_t i)
{
    return i < reply->n_related ? reply->related[i] : (struct osseo_choice){ .confidence = 0 };
}

size_t osseo_reply_n_corrections(const struct osseo_reply *reply)
{
    return reply->n_corrections;
}

struct osseo_correction osseo_reply_correction(const struct osseo_reply *reply, size_t i)
{
    return i < reply->n_corrections ? reply->corrections[i]
                                    : (struct osseo_correction){ NULL, NULL };
}

size_t osseo_reply_n_more(const struct osseo_reply *reply)
{
    return reply->n_more;
}

const char *osseo_reply_more(const struct osseo_reply *reply, size_t i)
{
    return i < reply->n_more ? reply->more[i] : NULL;
}

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
