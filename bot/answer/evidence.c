#include "answer/evidence.h"

#include "text/analyzer.h"
#include "text/sentence.h"

/* A section's first passage answers its heading, and a passage's first sentence
 * says what it is about: others must have so much more of the question. */
#define FIRST_PASSAGE 1.5
#define FIRST_SENTENCE 1.25
#define REPEAT 0.125
#define MAX_EVIDENCE_TERMS 64

/* The question's terms, and which of them were met. */
struct terms_met {
    const struct query *query;
    size_t n; /* terms looked at */
    bool met[MAX_EVIDENCE_TERMS];
    bool begins[ANALYZER_BEGINNINGS]; /* those of them which count */
    bool is_empty;    /* none counts */
};

/* Stop words are met from the start, so they count for nothing. */
static struct terms_met none_met(const struct query *query)
{
    struct terms_met terms = { .query = query, .n = query->n_terms };
    if (terms.n > MAX_EVIDENCE_TERMS)
        terms.n = MAX_EVIDENCE_TERMS;
    for (size_t i = 0; i < terms.n; i++)
        terms.met[i] = query->terms[i].is_stopword;
    return terms;
}

/* Says by which words the terms that are not met yet can be told. */
static void await(struct terms_met *terms)
{
    memset(terms->begins, 0, sizeof terms->begins);
    terms->is_empty = true;
    for (size_t i = 0; i < terms->n; i++)
        if (!terms->met[i]) {
            terms->begins[analyzer_beginning(terms->query->terms[i].name)] = true;
            terms->is_empty = false;
        }
}

/* How much of the question's weight stands in `text`, beside what was met before
 * and is not to be counted. */
static double weight_in(struct slice text, const struct terms_met *before,
                        struct analyzer *analyzer)
{
    bool seen[MAX_EVIDENCE_TERMS] = { false };
    struct token token;
    double weight = 0;
    analyzer_start(analyzer, text);
    while (analyzer_next_of(analyzer, &token, before->begins)) {
        for (size_t i = 0; i < before->n; i++) {
            const struct query_term *term = &before->query->terms[i];
            if (before->met[i] || !slice_equal(term->name, token.term))
                continue;
            weight += (seen[i] ? REPEAT : 1.0) * term->weight;
            seen[i] = true;
            break;
        }
    }
    return weight;
}

/* Meets the terms of `text`, where it holds any. */
static bool meet(struct terms_met *terms, struct slice text, struct analyzer *analyzer)
{
    struct token token;
    bool meets = false;
    analyzer_start(analyzer, text);
    while (analyzer_next_of(analyzer, &token, terms->begins))
        for (size_t i = 0; i < terms->n; i++)
            if (slice_equal(terms->query->terms[i].name, token.term))
                meets = terms->met[i] = true;
    return meets;
}

/* True where what was typed for a term is among the terms that are met. */
static bool is_typed_met(const struct terms_met *terms, struct slice typed,
                         struct analyzer *analyzer)
{
    struct terms_met heard = *terms;
    memset(heard.met, 0, sizeof heard.met);
    if (typed.n_bytes == 0 || !meet(&heard, typed, analyzer))
        return false;
    for (size_t i = 0; i < terms->n; i++)
        if (heard.met[i] && terms->met[i] && !terms->query->terms[i].is_stopword)
            return true;
    return false;
}

/* Meets the terms of a section's heading, and what was added for the words that were
 * typed for them: they led to it, and every passage below is about them. */
static void meet_heading(struct terms_met *terms, struct slice heading, struct analyzer *analyzer)
{
    await(terms);
    meet(terms, heading, analyzer);
    for (size_t i = 0; i < terms->n; i++)
        if (!terms->met[i])
            terms->met[i] = is_typed_met(terms, terms->query->terms[i].stands_for, analyzer);
    await(terms);
}

int evidence_passage(passage_id *out, const struct index *index, topic_id topic,
                     const struct query *query)
{
    struct index_topic t = index_topic(index, topic);
    struct analyzer analyzer;
    passage_id best = t.first_passage;
    double best_weight = -1;
    struct terms_met terms = none_met(query);
    int status = analyzer_init(&analyzer);
    if (status != OSSEO_OK)
        return status;
    meet_heading(&terms, t.heading, &analyzer);
    for (uint32_t i = 0; i < t.n_passages && !terms.is_empty; i++) {
        double weight =
            weight_in(index_passage(index, t.first_passage + i).text, &terms, &analyzer);
        if (i == 0)
            weight *= FIRST_PASSAGE;
        if (weight > best_weight) {
            best_weight = weight;
            best = t.first_passage + i;
        }
    }
    analyzer_release(&analyzer);
    *out = best;
    return OSSEO_OK;
}

int evidence_sentence(struct slice *out, struct slice passage, const struct query *query)
{
    struct analyzer analyzer;
    struct slice rest = passage, sentence, best = { passage.bytes, 0 };
    double best_weight = -1;
    struct terms_met terms = none_met(query);
    int status = analyzer_init(&analyzer);
    await(&terms);
    for (bool first = true; status == OSSEO_OK && sentence_next(&rest, &sentence); first = false) {
        double weight = weight_in(sentence, &terms, &analyzer) * (first ? FIRST_SENTENCE : 1.0);
        if (weight > best_weight) {
            best_weight = weight;
            best = sentence;
        }
    }
    analyzer_release(&analyzer);
    if (slice_starts(best, SLICE("- ")))
        best = slice_from(best, 2);
    if (status == OSSEO_OK)
        *out = best;
    return status;
}
