#include "answer/either_or.h"

#include "answer/wording.h"

#define NO_GROUP UINT32_MAX

/* What is meant by `topic` in `group`; empty where it is not of the group. */
static struct slice meaning_of(const struct index *index, topic_id topic, uint32_t group)
{
    for (size_t i = 0; i < index_n_meanings(index); i++) {
        struct index_meaning meaning = index_meaning(index, i);
        if (meaning.topic == topic && meaning.group == group)
            return meaning.phrase;
    }
    return (struct slice){ "", 0 };
}

/* The first group that holds both of the best topics. */
static uint32_t group_of(const struct index *index, const topic_id *topics, size_t n)
{
    for (size_t i = 0; n >= 2 && i < index_n_meanings(index); i++) {
        struct index_meaning meaning = index_meaning(index, i);
        if (meaning.topic == topics[0] &&
            meaning_of(index, topics[1], meaning.group).n_bytes > 0)
            return meaning.group;
    }
    return NO_GROUP;
}

bool either_or_is_group(const struct index *index, const topic_id *topics, size_t n)
{
    return group_of(index, topics, n) != NO_GROUP;
}

bool either_or_ask(struct buffer *out, const struct index *index, const topic_id *topics,
                   size_t n)
{
    uint32_t group = group_of(index, topics, n);
    struct slice before = { "", 0 }; /* written when it is known what follows */
    unsigned n_written = 0;
    if (group == NO_GROUP)
        return false;
    buffer_append_text(out, wording_either);
    for (size_t i = 0; i < n; i++) {
        struct slice phrase = meaning_of(index, topics[i], group);
        if (phrase.n_bytes == 0)
            continue;
        if (before.n_bytes > 0) {
            buffer_append_text(out, n_written++ > 0 ? ", " : "");
            buffer_append_slice(out, before);
        }
        before = phrase;
    }
    buffer_append_text(out, wording_or);
    buffer_append_slice(out, before);
    buffer_append_text(out, "?");
    return true;
}
