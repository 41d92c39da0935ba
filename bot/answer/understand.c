#include "answer/understand.h"

#include "answer/conversation.h"
#include "text/parts.h"

/* A message of so few words, and with at least this chance of being in scope, may
 * lean on the turn before though no word of it points back. */
#define MOST_UNCLEAR_WORDS 6
#define UNCLEAR_SCOPE      0.05
#define UNCLEAR_BELOW      0.75 /* what is surer stands alone */
/* A message that carries on, "and ...", is taken by itself from this confidence. */
#define ALONE_FROM 0.90
/* What follows a denial is believed from this, since the whole was taken for what
 * is denied, which is surely wrong. */
#define TURNED_FROM 0.30

const struct candidate *understood_best(const struct understood *u)
{
    for (size_t i = 0; i < u->ranking.n; i++)
        if (u->ranking.items[i].class < u->ranking.n_topics)
            return &u->ranking.items[i];
    return NULL;
}

static topic_id best_topic(const struct understood *u)
{
    const struct candidate *best = understood_best(u);
    return best == NULL ? NO_TOPIC : best->class;
}

static bool is_sure(const struct understood *u)
{
    return u->confidence.right >= PART_FROM && u->confidence.in_scope >= REFUSE_BELOW &&
           u->ranking.n > 0 && u->ranking.items[0].class < u->ranking.n_topics;
}

static void judge(struct understood *u, const struct index *index)
{
    struct signals signals = signals_of(&u->ranking, &u->query);
    u->confidence = confidence_of(index, &signals);
}

static int rank(struct understood *u, const struct index *index, struct arena *arena)
{
    int status = ranking_make(&u->ranking, index, &u->query, arena);
    if (status == OSSEO_OK)
        judge(u, index);
    return status;
}

/* Reads and ranks a part of a message as if it were all. */
static int read_part(struct understood *part, const struct index *index, struct slice text,
                     struct arena *arena)
{
    *part = (struct understood){ .also = NO_TOPIC };
    int status = query_read(&part->query, index, text, &query_defaults, arena);
    return status == OSSEO_OK ? rank(part, index, arena) : status;
}

/* The part is what is asked; what was corrected in the whole is still told. */
static void take(struct understood *u, const struct understood *part)
{
    struct corrections corrections = u->query.corrections;
    *u = *part;
    u->query.corrections = corrections;
}

/* A few words that belong to something about implants are about implants, unless
 * they are nearer to something else. */
static void keep_in_scope(struct understood *u)
{
    bool is_topic = u->ranking.n > 0 && u->ranking.items[0].class < u->ranking.n_topics;
    if (is_topic && u->confidence.in_scope < REFUSE_BELOW)
        u->confidence.in_scope = REFUSE_BELOW;
}

/* A word that every passage has is what all of them are about. */
static bool names_subject(const struct query *query, const struct index *index)
{
    for (size_t i = 0; i < query->n_terms; i++) {
        const struct query_term *term = &query->terms[i];
        if (term->stands_for.n_bytes == 0 && !conversation_only_asks(term->name) &&
            !term->is_stopword && term->term.document_frequency >= index->n_passages)
            return true;
    }
    return false;
}

/* Where the message as a whole was taken for what it denies. */
static int turn_from_denied(struct understood *u, const struct index *index, struct slice question,
                            struct arena *arena)
{
    struct slice denied, affirmed;
    struct understood part;
    if (!parts_turn(&denied, &affirmed, &u->query.words, question))
        return OSSEO_OK;
    int status = read_part(&part, index, denied, arena);
    if (status != OSSEO_OK || best_topic(&part) != best_topic(u))
        return status;
    status = read_part(&part, index, affirmed, arena);
    if (status == OSSEO_OK && best_topic(&part) != NO_TOPIC &&
        part.confidence.right >= TURNED_FROM) {
        take(u, &part);
        keep_in_scope(u);
    }
    return status;
}

/* Answers the first of two questions and remembers the other. */
static int part_questions(struct understood *u, const struct index *index, struct slice question,
                          struct arena *arena)
{
    struct understood first = { .also = NO_TOPIC }, part;
    struct parts parts;
    bool has_first = false;
    parts_of(&parts, &u->query.words, question);
    for (size_t i = 0; parts.n > 1 && i < parts.n; i++) {
        int status = read_part(&part, index, parts.part[i], arena);
        if (status != OSSEO_OK)
            return status;
        if (!is_sure(&part) || (has_first && best_topic(&part) == best_topic(&first)))
            continue;
        if (has_first) {
            first.also = best_topic(&part);
            take(u, &first);
            return OSSEO_OK;
        }
        first = part;
        has_first = true;
    }
    return OSSEO_OK;
}

/* A few words that might mean something here but do not say what: "would minis
 * help?" */
static bool is_unclear_alone(const struct understood *u)
{
    return u->query.words.n <= MOST_UNCLEAR_WORDS && u->confidence.right < UNCLEAR_BELOW &&
           u->confidence.in_scope >= UNCLEAR_SCOPE;
}

/* "What about my warfarin?" says itself what it is about; "how long does that take?"
 * needs what was said before, however sure its own words seem. */
static int follow_up(struct understood *u, const struct index *index, struct slice question,
                     topic_id after, struct arena *arena)
{
    struct confidence alone = u->confidence;
    topic_id topic = best_topic(u);
    if (is_sure(u) && u->confidence.right >= ALONE_FROM &&
        !conversation_points_back(&u->query.words))
        return OSSEO_OK;
    u->is_follow_up = true;
    int status = conversation_blend(&u->ranking, &u->query, index, question, after, arena);
    if (status == OSSEO_OK)
        judge(u, index);
    /* What is in scope by itself stays so, and what both readings take for the same
     * topic is as sure as the surer of them. */
    if (u->confidence.in_scope < alone.in_scope)
        u->confidence.in_scope = alone.in_scope;
    if (best_topic(u) == topic && u->confidence.right < alone.right)
        u->confidence.right = alone.right;
    keep_in_scope(u);
    return status;
}

int understand(struct understood *u, const struct index *index, struct slice question,
               topic_id after, struct arena *arena)
{
    u->is_follow_up = false;
    u->also = NO_TOPIC;
    int status = rank(u, index, arena);
    if (status != OSSEO_OK)
        return status;
    if (after < index->n_topics &&
        (conversation_is_follow_up(&u->query.words) || is_unclear_alone(u)))
        return follow_up(u, index, question, after, arena);
    /* "How much?" asked of who knows only implants is about implants, and who names them
     * is offered what is nearest. */
    if (u->query.words.n > 1 && (conversation_has_no_subject(&u->query.words) ||
                                 conversation_names_treatment_alone(&u->query.words) ||
                                 names_subject(&u->query, index)))
        keep_in_scope(u);
    status = turn_from_denied(u, index, question, arena);
    return status == OSSEO_OK ? part_questions(u, index, question, arena) : status;
}
