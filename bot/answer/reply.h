/* answer/reply.h -- the record that serves every face.
 *
 * Built in the order of its importance: red flags, then what was asked, then
 * what stands about it.  All text is owned by the reply's arena. */
#ifndef ANSWER_REPLY_H
#define ANSWER_REPLY_H

#include "base/buffer.h"
#include "base/memory.h"
#include "index/reader.h"
#include "osseo.h"

#define MAX_CHOICES 10
#define DEFAULT_CHOICES 3

struct osseo_reply {
    struct memory memory;
    struct arena arena;
    enum osseo_outcome outcome;
    enum osseo_urgency urgency;
    bool was_cut;
    bool is_lost; /* memory ran out, and the card is all that is left */
    topic_id topic_number; /* NO_TOPIC where there is none */
    const char *question, *card_id, *card, *topic, *article, *heading, *passage, *key_sentence;
    const char *caveat, *say, *reviewed, *why;
    bool is_overdue;
    double confidence;
    struct osseo_source *sources;
    size_t n_sources;
    struct osseo_choice *choices;
    size_t n_choices;
    struct osseo_choice *related;
    size_t n_related;
    struct osseo_correction *corrections;
    size_t n_corrections;
    const char **more;
    size_t n_more;
    struct share *shares; /* of the score, for explaining */
    size_t n_shares;
    double score;
    struct buffer json, explanation;
};

/* One addend of the best topic's score. */
struct share {
    const char *kind, *text;
    double amount;
};

/* What a reply depends on beside the question. */
struct reply_settings {
    unsigned n_choices;
    unsigned today;     /* YYYYMMDD, or 0 */
    topic_id after;     /* what the turn before was about, or NO_TOPIC */
    const char *contact; /* behind caveats and refusals, or NULL */
    bool is_explained;   /* why, and the shares of the score, are told */
    const struct index *flags; /* whose red flags are looked for; NULL for the index's own */
};

/* OSSEO_OK or OSSEO_ENOMEM.  `*out` is freed with osseo_reply_free(). */
int reply_make(struct osseo_reply **out, const struct index *index, struct slice question,
               const struct reply_settings *settings, const struct memory *memory);

/* The answer of a topic of the index, with its heading for the question. */
int reply_make_topic(struct osseo_reply **out, const struct index *index, topic_id topic,
                     const struct reply_settings *settings, const struct memory *memory);

/* Writes the reply as one line of JSON. */
void reply_write_json(const struct osseo_reply *reply, bool with_shares, struct buffer *out);

#endif
