#include "answer/reply.h"

#include "answer/danger.h"
#include "answer/either_or.h"
#include "answer/evidence.h"
#include "answer/understand.h"
#include "answer/why.h"
#include "answer/wording.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Between topics that are easily taken for one another only a surer guess is an
 * answer; else it is asked which is meant. */
#define ANSWER_IN_GROUP 0.90

/* Where less than this speaks for any topic, the nearest has nothing to do with it. */
#define FAR_BELOW 0.05

/* Addends of a score that are told one by one; the others as one sum. */
#define MOST_SHARES 24

struct making {
    struct osseo_reply *reply;
    const struct index *index;
    const struct reply_settings *settings;
    struct arena scratch;
    struct understood asked;
    struct slice question; /* as far as it is read */
    bool is_card_alone;
    bool failed;
};

/* A copy in the reply's arena; NULL for empty text. */
static const char *keep(struct making *m, struct slice text)
{
    if (text.n_bytes == 0)
        return NULL;
    struct slice copy = arena_copy(&m->reply->arena, text);
    m->failed = m->failed || copy.bytes == NULL;
    return copy.bytes;
}

/* What was put together in `text`, which is released. */
static const char *keep_text(struct making *m, struct buffer *text)
{
    m->failed = m->failed || text->failed;
    const char *kept = m->failed ? NULL : keep(m, buffer_slice(text));
    buffer_release(text);
    return kept;
}

static void *keep_array(struct making *m, size_t n, size_t size)
{
    void *items = arena_array(&m->reply->arena, n, size);
    m->failed = m->failed || items == NULL;
    return items;
}

static const char *keep_date(struct making *m, unsigned date)
{
    char text[16];
    if (date == 0)
        return NULL;
    snprintf(text, sizeof text, "%04u-%02u-%02u", date / 10000 % 10000, date / 100 % 100,
             date % 100);
    return keep(m, slice_of(text));
}

/* The text, and whom to ask where that is known. */
static const char *keep_with_contact(struct making *m, struct slice text)
{
    struct buffer joined;
    if (m->settings->contact == NULL)
        return keep(m, text);
    buffer_init(&joined, &m->reply->memory, 4096);
    buffer_append_slice(&joined, text);
    buffer_append_byte(&joined, ' ');
    buffer_append_text(&joined, m->settings->contact);
    return keep_text(m, &joined);
}

static struct osseo_choice choice_of(struct making *m, topic_id topic, double confidence)
{
    struct index_topic t = index_topic(m->index, topic);
    return (struct osseo_choice){ .topic = keep(m, t.id),
                                  .heading = keep(m, t.heading),
                                  .confidence = confidence };
}

static void add_corrections(struct making *m)
{
    size_t n = m->asked.query.corrections.n;
    m->reply->corrections = keep_array(m, n, sizeof *m->reply->corrections);
    if (m->failed)
        return;
    for (size_t i = 0; i < n; i++) {
        const struct correction *c = &m->asked.query.corrections.items[i];
        m->reply->corrections[i] =
            (struct osseo_correction){ keep(m, c->typed), keep(m, c->read_as) };
    }
    m->reply->n_corrections = n;
}

/* Up to `most` topics, best first. */
static size_t best_topics(const struct making *m, topic_id *topics, size_t most)
{
    const struct ranking *r = &m->asked.ranking;
    size_t n = 0;
    for (size_t i = 0; i < r->n && n < most; i++)
        if (r->items[i].class < r->n_topics)
            topics[n++] = r->items[i].class;
    return n;
}

/* The best topics as choices.  What the first one is not sure of is divided
 * among the others by how near they come. */
static void add_choices(struct making *m, const topic_id *topics, size_t n_topics)
{
    const struct ranking *r = &m->asked.ranking;
    double nearness[MAX_CHOICES], sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < r->n && n < n_topics; i++)
        if (r->items[i].class < r->n_topics) {
            nearness[n] = exp(4 * r->items[i].score);
            sum += n > 0 ? nearness[n] : 0;
            n++;
        }
    m->reply->choices = keep_array(m, n, sizeof *m->reply->choices);
    if (m->failed)
        return;
    double right = m->asked.confidence.right;
    double rest = m->asked.confidence.in_scope > right ? m->asked.confidence.in_scope - right : 0;
    for (size_t i = 0; i < n; i++) {
        double share = i == 0 ? right : sum > 0 ? rest * nearness[i] / sum : 0;
        m->reply->choices[i] = choice_of(m, topics[i], share < right ? share : right);
    }
    m->reply->n_choices = n;
}

/* What a refusal offers where no topic is near: the first question of each of the
 * first articles, the same whatever was typed. */
static void offer_first(struct making *m)
{
    uint32_t article = UINT32_MAX;
    size_t n = 0;
    if (m->index->n_articles < m->reply->n_choices)
        return;
    for (topic_id t = 0; t < m->index->n_topics && n < m->reply->n_choices; t++) {
        struct index_topic topic = index_topic(m->index, t);
        if (topic.article != article)
            m->reply->choices[n++] = choice_of(m, t, 0);
        article = topic.article;
    }
}

static void add_sources(struct making *m, const struct index_passage *passage)
{
    struct osseo_reply *reply = m->reply;
    uint32_t n = passage->n_cited < 64 ? passage->n_cited : 64;
    reply->sources = keep_array(m, n, sizeof *reply->sources);
    if (m->failed)
        return;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t number = index_cited(m->index, passage->first_cited + i);
        bool is_new = number < m->index->n_sources;
        for (uint32_t j = 0; j < i && is_new; j++)
            is_new = index_cited(m->index, passage->first_cited + j) != number;
        if (!is_new)
            continue;
        struct index_source source = index_source(m->index, number);
        reply->sources[reply->n_sources++] = (struct osseo_source){
            .title = keep(m, source.title),
            .publisher = keep(m, source.publisher),
            .url = keep(m, source.url),
            .year = source.year,
        };
    }
}

/* The other of two questions, then topics that the section names. */
static void add_related(struct making *m, const struct index_topic *topic, topic_id number)
{
    struct osseo_reply *reply = m->reply;
    topic_id also = m->asked.also;
    reply->related = keep_array(m, m->settings->n_choices, sizeof *reply->related);
    if (m->failed)
        return;
    if (also != NO_TOPIC)
        reply->related[reply->n_related++] = choice_of(m, also, 0);
    for (uint32_t i = 0; i < topic->n_related && reply->n_related < m->settings->n_choices; i++) {
        topic_id related = index_related(m->index, topic->first_related + i);
        if (related != NO_TOPIC && related != number && related != also)
            reply->related[reply->n_related++] = choice_of(m, related, 0);
    }
}

static void add_more(struct making *m, const struct index_topic *topic, passage_id shown)
{
    struct osseo_reply *reply = m->reply;
    reply->more = keep_array(m, topic->n_passages, sizeof *reply->more);
    for (uint32_t i = 0; !m->failed && i < topic->n_passages; i++)
        if (topic->first_passage + i != shown)
            reply->more[reply->n_more++] =
                keep(m, index_passage(m->index, topic->first_passage + i).text);
}

static void name_topic(struct making *m, topic_id number)
{
    struct osseo_reply *reply = m->reply;
    struct index_topic topic = index_topic(m->index, number);
    struct index_article article = index_article(m->index, topic.article);
    reply->topic_number = number;
    reply->topic = keep(m, topic.id);
    reply->heading = keep(m, topic.heading);
    reply->article = keep(m, article.title);
    reply->caveat = keep_with_contact(m, article.caveat.n_bytes > 0 ? article.caveat
                                                                    : slice_of(wording_caveat));
    reply->reviewed = keep_date(m, article.reviewed);
    reply->is_overdue =
        m->settings->today != 0 && article.review_due != 0 && article.review_due < m->settings->today;
}

static void answer_from(struct making *m, topic_id number)
{
    struct osseo_reply *reply = m->reply;
    struct index_topic topic = index_topic(m->index, number);
    passage_id shown;
    struct slice sentence;
    name_topic(m, number);
    if (evidence_passage(&shown, m->index, number, &m->asked.query) != OSSEO_OK) {
        m->failed = true;
        return;
    }
    struct index_passage passage = index_passage(m->index, shown);
    if (passage.text.n_bytes == 0) /* a document of a corpus that has a title alone */
        passage.text = topic.heading;
    if (evidence_sentence(&sentence, passage.text, &m->asked.query) != OSSEO_OK) {
        m->failed = true;
        return;
    }
    reply->passage = keep(m, passage.text);
    reply->key_sentence = keep(m, sentence);
    add_sources(m, &passage);
    add_related(m, &topic, number);
    add_more(m, &topic, shown);
}

/* An addend whose text is not written yet: of a term, or of a feature. */
struct addend {
    const struct query_term *term;
    const struct feature *feature;
    double amount;
    size_t number; /* of equal ones the first comes first */
};

static const char *kind_of(const struct addend *a)
{
    static const char *const kinds[] = { "word", "pair", "pair", "letters" };
    return a->feature != NULL              ? kinds[a->feature->kind]
           : a->term->stands_for.n_bytes > 0 ? "synonym"
                                             : "term";
}

static int by_amount(const void *a, const void *b)
{
    const struct addend *x = a, *y = b;
    if (fabs(x->amount) != fabs(y->amount))
        return fabs(x->amount) < fabs(y->amount) ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

static const char *feature_text(struct making *m, const struct feature *feature)
{
    static const char *const between[] = { "", " ", " _ ", "" };
    struct buffer text;
    buffer_init(&text, &m->reply->memory, 1024);
    buffer_append_slice(&text, feature->first);
    buffer_append_text(&text, between[feature->kind]);
    buffer_append_slice(&text, feature->second);
    return keep_text(m, &text);
}

/* The addends of the best topic's score, from the numbers it was made of.  Returns
 * how many there are, the largest first. */
static size_t addends_of(struct addend **out, struct making *m, const struct candidate *best)
{
    const struct ranking *r = &m->asked.ranking;
    const struct query *query = &m->asked.query;
    struct addend *addends =
        arena_array(&m->scratch, query->n_terms + r->values.n, sizeof *addends);
    uint64_t possible = query_best_possible(query);
    double match_weight = r->values.items == NULL ? 1 : r->match_weight;
    size_t n = 0;
    *out = addends;
    m->failed = m->failed || addends == NULL;
    for (size_t i = 0; i < query->n_terms && !m->failed; i++) {
        score_units units = search_share(m->index, &query->terms[i], best->passage);
        double amount = possible == 0 ? 0 : match_weight * (double)units / (double)possible;
        if (amount > 0)
            addends[n] = (struct addend){ &query->terms[i], NULL, amount, n };
        n += amount > 0;
    }
    for (size_t i = 0; i < r->values.n && !m->failed; i++) {
        double amount = (double)linear_share(&r->model, &r->values.items[i], best->class);
        if (amount != 0)
            addends[n] = (struct addend){ NULL, r->values.items[i].feature, amount, n };
        n += amount != 0;
    }
    if (n > 0)
        qsort(addends, n, sizeof *addends, by_amount);
    return n;
}

/* What the best topic's score is made of, the largest addends by name. */
static void add_shares(struct making *m, const struct candidate *best)
{
    struct addend *addends;
    size_t n_addends = addends_of(&addends, m, best), n = 0;
    struct share *shares = keep_array(m, MOST_SHARES + 1, sizeof *shares);
    double rest = best->score;
    for (; n < n_addends && n < MOST_SHARES && !m->failed; n++) {
        const struct addend *a = &addends[n];
        shares[n] = (struct share){ kind_of(a),
                                    a->feature != NULL ? feature_text(m, a->feature)
                                                       : keep(m, a->term->name),
                                    a->amount };
        rest -= a->amount;
    }
    if (m->failed)
        return;
    shares[n++] = (struct share){ "rest", "all others, with the model's constant", rest };
    m->reply->shares = shares;
    m->reply->n_shares = n;
    m->reply->score = best->score;
}

static void say_why(struct making *m)
{
    struct buffer text;
    buffer_init(&text, &m->reply->memory, 4096);
    why_write(&text, m->reply, &m->asked.query.words);
    m->reply->why = keep_text(m, &text);
}

/* Says openly what a follow-up was taken to be about, and that there is more to
 * a message than what is answered. */
static void say_how_it_was_read(struct making *m)
{
    struct buffer text;
    topic_id heading = m->asked.is_follow_up ? m->settings->after : m->asked.also;
    if (heading == NO_TOPIC)
        return;
    buffer_init(&text, &m->reply->memory, 4096);
    buffer_append_text(&text, m->asked.is_follow_up ? wording_follow_up : wording_also);
    buffer_append_slice(&text, index_topic(m->index, heading).heading);
    m->reply->say = keep_text(m, &text);
}

/* Of topics that are easily taken for one another: "Do you mean A or B?" */
static void ask_which(struct making *m, const topic_id *topics, size_t n)
{
    struct buffer text;
    buffer_init(&text, &m->reply->memory, 4096);
    bool is_asked = either_or_ask(&text, m->index, topics, n);
    const char *question = keep_text(m, &text);
    m->reply->say = is_asked ? question : wording_choices;
}

/* Decides between answer, choices and none, and fills in what each shows. */
static void decide(struct making *m)
{
    struct osseo_reply *reply = m->reply;
    const struct candidate *best = understood_best(&m->asked);
    add_corrections(m);
    topic_id topics[MAX_CHOICES];
    size_t n = best_topics(m, topics, m->settings->n_choices);
    add_choices(m, topics, n);
    if (best != NULL && n > 0 && m->settings->is_explained)
        add_shares(m, best);
    if (m->failed)
        return;
    reply->confidence = m->asked.confidence.right;
    double enough = m->asked.also != NO_TOPIC              ? PART_FROM
                    : either_or_is_group(m->index, topics, n) ? ANSWER_IN_GROUP
                                                              : ANSWER_FROM;

    const struct candidate *top = m->asked.ranking.n > 0 ? &m->asked.ranking.items[0] : NULL;
    struct slice top_class = { "", 0 };
    bool is_smalltalk = false;
    if (top != NULL && top->class >= m->asked.ranking.n_topics)
        top_class = index_class(m->index, top->class - m->asked.ranking.n_topics, &is_smalltalk);
    if (is_smalltalk) {
        reply->outcome = OSSEO_SMALLTALK;
        reply->say = wording_for_class(top_class);
    } else if (best == NULL || m->asked.confidence.in_scope < REFUSE_BELOW) {
        reply->outcome = OSSEO_NONE;
        reply->say = keep_with_contact(m, slice_of(wording_for_class(top_class)));
        if (m->asked.confidence.in_scope < FAR_BELOW)
            offer_first(m);
    } else if (m->asked.confidence.right >= enough) {
        reply->outcome = OSSEO_ANSWER;
        answer_from(m, best->class);
        say_how_it_was_read(m);
        if (m->settings->is_explained)
            say_why(m);
    } else {
        reply->outcome = OSSEO_CHOICES;
        name_topic(m, best->class);
        ask_which(m, topics, n);
    }
}

/* Before anything is ranked: is somebody in danger? */
static void look_for_danger(struct making *m)
{
    struct osseo_reply *reply = m->reply;
    struct danger danger;
    struct query query = m->asked.query;
    const struct index *flags = m->settings->flags == NULL ? m->index : m->settings->flags;
    int status = OSSEO_OK;
    /* Another's red flags are looked for in the spelling of its own words. */
    if (flags != m->index)
        status = query_read(&query, flags, m->question, &query_defaults, &m->scratch);
    if (status != OSSEO_OK || danger_find(&danger, flags, &query, &m->scratch) != OSSEO_OK) {
        m->failed = true;
        return;
    }
    if (danger.flag == NO_FLAG)
        return;
    struct red_flag found = red_flags_get(flags->section[SECTION_FLAGS], danger.flag);
    m->is_card_alone = found.level == OSSEO_EMERGENCY && danger.is_phrase;
    reply->urgency = found.level;
    reply->card_id = keep(m, found.id);
    reply->card = keep(m, found.card);
    reply->outcome = OSSEO_NONE;
}

/* Whatever else broke, the card is shown. */
static void show_card_alone(struct osseo_reply *reply)
{
    reply->is_lost = true;
    reply->outcome = OSSEO_NONE;
    reply->topic_number = NO_TOPIC;
    reply->topic = reply->article = reply->heading = reply->passage = reply->key_sentence = NULL;
    reply->caveat = reply->say = reply->reviewed = reply->why = NULL;
    reply->n_sources = reply->n_choices = reply->n_related = reply->n_corrections = 0;
    reply->n_more = reply->n_shares = 0;
}

/* An empty reply, or NULL. */
static struct osseo_reply *new_reply(const struct memory *memory)
{
    struct osseo_reply *reply = memory_allocate(memory, sizeof *reply);
    if (reply == NULL)
        return NULL;
    *reply = (struct osseo_reply){ .memory = *memory, .topic_number = NO_TOPIC };
    arena_init(&reply->arena, &reply->memory);
    buffer_init(&reply->json, &reply->memory, SIZE_MAX);
    buffer_init(&reply->explanation, &reply->memory, SIZE_MAX);
    return reply;
}

int reply_make_topic(struct osseo_reply **out, const struct index *index, topic_id topic,
                     const struct reply_settings *settings, const struct memory *memory)
{
    struct osseo_reply *reply = new_reply(memory);
    if (reply == NULL)
        return OSSEO_ENOMEM;
    /* A query without terms: the first passage and its first sentence are shown. */
    struct making m = { .reply = reply, .index = index, .settings = settings };
    m.asked.also = NO_TOPIC;
    reply->outcome = OSSEO_ANSWER;
    reply->confidence = 1;
    answer_from(&m, topic);
    reply->question = reply->heading == NULL ? "" : reply->heading;
    if (m.failed) {
        osseo_reply_free(reply);
        return OSSEO_ENOMEM;
    }
    *out = reply;
    return OSSEO_OK;
}

/* The question with U+FFFD in place of zero bytes and of what is no UTF-8; mostly it is
 * handed back as it is. */
static struct slice make_valid(struct making *m, struct slice question)
{
    if (question.n_bytes == 0 || (utf8_first_invalid(question) == question.n_bytes &&
                                  memchr(question.bytes, '\0', question.n_bytes) == NULL))
        return question;
    size_t n = 0;
    char *valid = arena_allocate(&m->scratch, question.n_bytes * strlen(UTF8_REPLACEMENT_BYTES));
    m->failed = valid == NULL;
    for (size_t at = 0; !m->failed && at < question.n_bytes;) {
        uint32_t c = utf8_next(question, &at);
        n += utf8_encode(c == 0 ? UTF8_REPLACEMENT : c, valid + n);
    }
    return (struct slice){ valid, n };
}

int reply_make(struct osseo_reply **out, const struct index *index, struct slice question,
               const struct reply_settings *settings, const struct memory *memory)
{
    struct osseo_reply *reply = new_reply(memory);
    if (reply == NULL)
        return OSSEO_ENOMEM;
    struct making m = { .reply = reply, .index = index, .settings = settings };
    arena_init(&m.scratch, memory);
    if (question.n_bytes > OSSEO_MAX_QUESTION) {
        question.n_bytes = utf8_cut(question, OSSEO_MAX_QUESTION);
        reply->was_cut = true;
    }
    m.question = question = make_valid(&m, question);
    reply->question = keep(&m, question);
    if (question.n_bytes == 0)
        reply->question = "";
    m.failed = m.failed ||
               query_read(&m.asked.query, index, question, &query_defaults, &m.scratch) != OSSEO_OK;
    if (!m.failed)
        look_for_danger(&m);
    /* An emergency that a phrase names is answered by its card and by nothing else;
     * where only the model suspects one, an answer stands below the card. */
    if (!m.failed && !m.is_card_alone) {
        m.failed = understand(&m.asked, index, question, settings->after, &m.scratch) != OSSEO_OK;
        if (!m.failed)
            decide(&m);
    }
    if (m.failed && reply->card != NULL) {
        show_card_alone(reply);
        m.failed = false;
    }
    arena_release(&m.scratch);
    if (m.failed) {
        osseo_reply_free(reply);
        return OSSEO_ENOMEM;
    }
    *out = reply;
    return OSSEO_OK;
}
