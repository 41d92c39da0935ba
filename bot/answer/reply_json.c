#include "answer/reply.h"

static void put_string(struct buffer *out, const char *name, const char *value)
{
    buffer_append_format(out, ", \"%s\": ", name);
    if (value == NULL)
        buffer_append_text(out, "null");
    else
        buffer_append_json(out, slice_of(value));
}

/* The first of a record has no comma. */
static void put_first(struct buffer *out, const char *name, const char *value)
{
    buffer_append_format(out, "{\"%s\": ", name);
    buffer_append_json(out, slice_of(value));
}

static void put_topics(struct buffer *out, const char *name, const struct osseo_choice *topics,
                       size_t n, bool with_confidence)
{
    buffer_append_format(out, ", \"%s\": [", name);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_append_text(out, ", ");
        put_first(out, "topic", topics[i].topic);
        put_string(out, "heading", topics[i].heading);
        if (with_confidence)
            buffer_append_format(out, ", \"confidence\": %.3f", topics[i].confidence);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void put_sources(struct buffer *out, const struct osseo_reply *reply)
{
    buffer_append_text(out, ", \"sources\": [");
    for (size_t i = 0; i < reply->n_sources; i++) {
        const struct osseo_source *source = &reply->sources[i];
        if (i > 0)
            buffer_append_text(out, ", ");
        put_first(out, "title", source->title == NULL ? "" : source->title);
        put_string(out, "publisher", source->publisher);
        if (source->year == 0)
            buffer_append_text(out, ", \"year\": null");
        else
            buffer_append_format(out, ", \"year\": %u", source->year);
        put_string(out, "url", source->url);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void put_corrections(struct buffer *out, const struct osseo_reply *reply)
{
    buffer_append_text(out, ", \"corrections\": [");
    for (size_t i = 0; i < reply->n_corrections; i++) {
        if (i > 0)
            buffer_append_text(out, ", ");
        put_first(out, "typed", reply->corrections[i].typed);
        put_string(out, "read_as", reply->corrections[i].read_as);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void put_more(struct buffer *out, const struct osseo_reply *reply)
{
    buffer_append_text(out, ", \"more\": [");
    for (size_t i = 0; i < reply->n_more; i++) {
        buffer_append_text(out, i > 0 ? ", " : "");
        buffer_append_json(out, slice_of(reply->more[i]));
    }
    buffer_append_byte(out, ']');
}

static void put_shares(struct buffer *out, const struct osseo_reply *reply)
{
    buffer_append_format(out, ", \"score\": %.4f, \"shares\": [", reply->score);
    for (size_t i = 0; i < reply->n_shares; i++) {
        if (i > 0)
            buffer_append_text(out, ", ");
        put_first(out, "kind", reply->shares[i].kind);
        put_string(out, "text", reply->shares[i].text);
        buffer_append_format(out, ", \"share\": %.6f}", reply->shares[i].amount);
    }
    buffer_append_byte(out, ']');
}

void reply_write_json(const struct osseo_reply *reply, bool with_shares, struct buffer *out)
{
    static const char *const outcomes[] = { "answer", "choices", "none", "smalltalk" };
    static const char *const urgencies[] = { "none", "urgent", "emergency" };

    put_first(out, "question", reply->question);
    put_string(out, "outcome", outcomes[reply->outcome]);
    put_string(out, "urgency", urgencies[reply->urgency]);
    if (reply->card == NULL) {
        buffer_append_text(out, ", \"card\": null");
    } else {
        buffer_append_text(out, ", \"card\": ");
        put_first(out, "id", reply->card_id);
        put_string(out, "say", reply->card);
        buffer_append_byte(out, '}');
    }
    put_string(out, "say", reply->say);
    put_string(out, "topic", reply->topic);
    put_string(out, "article", reply->article);
    put_string(out, "heading", reply->heading);
    put_string(out, "passage", reply->passage);
    put_string(out, "key_sentence", reply->key_sentence);
    put_more(out, reply);
    buffer_append_format(out, ", \"confidence\": %.3f", reply->confidence);
    put_string(out, "caveat", reply->caveat);
    put_sources(out, reply);
    put_string(out, "reviewed", reply->reviewed);
    buffer_append_format(out, ", \"overdue\": %s", reply->is_overdue ? "true" : "false");
    put_topics(out, "choices", reply->choices, reply->n_choices, true);
    put_topics(out, "related", reply->related, reply->n_related, false);
    put_corrections(out, reply);
    buffer_append_format(out, ", \"cut\": %s", reply->was_cut ? "true" : "false");
    if (with_shares)
        put_shares(out, reply);
    buffer_append_byte(out, '}');
}
