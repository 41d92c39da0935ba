#include "answer/reply.h"

#include "base/json.h"

static void put(struct buffer *out, const char *name, const char *value)
{
    json_text(out, name, slice_of(value));
}

static void put_topics(struct buffer *out, const char *name, const struct osseo_choice *topics,
                       size_t n, bool with_confidence)
{
    json_open(out, name, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(out, NULL, '{');
        put(out, "topic", topics[i].topic);
        put(out, "heading", topics[i].heading);
        if (with_confidence)
            buffer_append_format(out, ", \"confidence\": %.3f", topics[i].confidence);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void put_sources(struct buffer *out, const struct osseo_reply *reply)
{
    json_open(out, "sources", '[');
    for (size_t i = 0; i < reply->n_sources; i++) {
        const struct osseo_source *source = &reply->sources[i];
        json_open(out, NULL, '{');
        put(out, "title", source->title == NULL ? "" : source->title);
        put(out, "publisher", source->publisher);
        if (source->year == 0)
            put(out, "year", NULL);
        else
            buffer_append_format(out, ", \"year\": %u", source->year);
        put(out, "url", source->url);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void put_corrections(struct buffer *out, const struct osseo_reply *reply)
{
    json_open(out, "corrections", '[');
    for (size_t i = 0; i < reply->n_corrections; i++) {
        json_open(out, NULL, '{');
        put(out, "typed", reply->corrections[i].typed);
        put(out, "read_as", reply->corrections[i].read_as);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void put_more(struct buffer *out, const struct osseo_reply *reply)
{
    json_open(out, "more", '[');
    for (size_t i = 0; i < reply->n_more; i++)
        put(out, NULL, reply->more[i]);
    buffer_append_byte(out, ']');
}

static void put_shares(struct buffer *out, const struct osseo_reply *reply)
{
    buffer_append_format(out, ", \"score\": %.4f", reply->score);
    json_open(out, "shares", '[');
    for (size_t i = 0; i < reply->n_shares; i++) {
        json_open(out, NULL, '{');
        put(out, "kind", reply->shares[i].kind);
        put(out, "text", reply->shares[i].text);
        buffer_append_format(out, ", \"share\": %.6f}", reply->shares[i].amount);
    }
    buffer_append_byte(out, ']');
}

void reply_write_json(const struct osseo_reply *reply, bool with_shares, struct buffer *out)
{
    static const char *const outcomes[] = { "answer", "choices", "none", "smalltalk" };
    static const char *const urgencies[] = { "none", "urgent", "emergency" };

    json_open(out, NULL, '{');
    put(out, "question", reply->question);
    put(out, "outcome", outcomes[reply->outcome]);
    put(out, "urgency", urgencies[reply->urgency]);
    if (reply->card == NULL) {
        put(out, "card", NULL);
    } else {
        json_open(out, "card", '{');
        put(out, "id", reply->card_id);
        put(out, "say", reply->card);
        buffer_append_byte(out, '}');
    }
    put(out, "say", reply->say);
    put(out, "topic", reply->topic);
    put(out, "article", reply->article);
    put(out, "heading", reply->heading);
    put(out, "passage", reply->passage);
    put(out, "key_sentence", reply->key_sentence);
    put_more(out, reply);
    buffer_append_format(out, ", \"confidence\": %.3f", reply->confidence);
    put(out, "caveat", reply->caveat);
    put_sources(out, reply);
    put(out, "reviewed", reply->reviewed);
    buffer_append_format(out, ", \"overdue\": %s", reply->is_overdue ? "true" : "false");
    put_topics(out, "choices", reply->choices, reply->n_choices, true);
    put_topics(out, "related", reply->related, reply->n_related, false);
    put_corrections(out, reply);
    buffer_append_format(out, ", \"cut\": %s", reply->was_cut ? "true" : "false");
    if (with_shares)
        put_shares(out, reply);
    buffer_append_byte(out, '}');
}
