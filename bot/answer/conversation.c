#include "answer/conversation.h"

#include "osseo.h"
#include "text/stopwords.h"

/* Longer messages say themselves what they are about; in those of more than SOME_WORDS
 * "that", "this" and "one" mostly point at something in themselves. */
#define MOST_WORDS 15
#define SOME_WORDS 9
#define FEW_WORDS  3

/* Words that point back, and words that carry on.  A dozen each, unsorted. */
static const char *const pointing[] = { "it",    "its",   "that",      "this", "they",
                                        "them",  "these", "those",     "one",  "ones",
                                        "there", "then",  "meanwhile", "else", "otherwise" };
static const char *const carrying_on[] = { "and",  "but",  "so",   "or",   "also", "why",
                                           "then", "even", "only", "just", "mine", "per" };
static const char *const pronouns[] = { "it", "its", "they", "them" };
/* Words that make no subject of their own: "for how long", "how much then". */
static const char *const empty[] = { "how",    "long",   "much",   "many",  "often", "soon",
                                     "for",    "when",   "what",   "why",   "where", "who",
                                     "is",     "are",    "does",   "do",    "did",   "will",
                                     "can",    "could",  "should", "would", "if",    "not",
                                     "really", "please", "ok",     "okay",  "and",   "so",
                                     "but",    "to",     "then",   "tell",  "me",    "about" };

/* Words of any treatment, which asked here mean this one: "how long does the operation
 * take?"; and what is asked of it. */
static const char *const treatment[] = { "operation", "op",      "surgery",  "procedure",
                                         "treatment", "healing", "recovery", "appointment",
                                         "stitches",  "recover", "heal",     "consultation" };
static const char *const asked_of_it[] = { "it",   "take",  "takes",  "last",   "lasts",
                                           "hurt", "hurts", "cost",   "need",   "have",
                                           "be",   "after", "before", "during", "i",
                                           "you",  "we",    "time",   "there" };

/* Words that narrow a subject and are none: "what about the upper jaw?"; and words
 * that may stand beside them. */
static const char *const narrowing[] = { "upper", "lower",    "top",      "bottom", "jaw",
                                         "jaws",  "mini",     "minis",    "both",   "other",
                                         "same",  "standard", "ordinary", "normal" };
static const char *const beside[] = { "the", "a", "with", "in", "on", "about", "my", "me", "too" };
/* What a question of such words adds to the margin of the topic before: as much
 * as a line has that the model is sure of. */
#define NARROWED_MARGIN 1.0
/* What the topic before has over others in any follow-up. */
#define BEFORE_MARGIN 0.1

static bool starts_with(const struct words *words, const char *first, const char *second)
{
    return words->n >= 2 && slice_equal(words->items[0].surface, slice_of(first)) &&
           slice_equal(words->items[1].surface, slice_of(second));
}

/* "and for the top?": only narrows what the turn before was about. */
static bool is_narrowing(const struct words *words)
{
    bool narrows = false;
    for (size_t i = 0; i < words->n; i++) {
        struct slice word = words->items[i].surface;
        if (HOLDS(narrowing, word))
            narrows = true;
        else if (!HOLDS(empty, word) && !HOLDS(pointing, word) && !HOLDS(beside, word))
            return false;
    }
    return narrows;
}

/* "So would she have to come off it a few days before they do it" */
static bool has_pronoun(const struct words *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (HOLDS(pronouns, words->items[i].surface))
            return true;
    return false;
}

bool conversation_points_back(const struct words *words)
{
    if (words->n > SOME_WORDS)
        return false;
    for (size_t i = 0; i < words->n; i++)
        if (HOLDS(pointing, words->items[i].surface))
            return true;
    return is_narrowing(words);
}

bool conversation_only_asks(struct slice word)
{
    return HOLDS(empty, word);
}

bool conversation_has_no_subject(const struct words *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (!HOLDS(empty, words->items[i].surface))
            return false;
    return words->n > 0;
}

bool conversation_names_treatment_alone(const struct words *words)
{
    bool is_named = false;
    for (size_t i = 0; i < words->n; i++) {
        struct slice word = words->items[i].surface;
        if (HOLDS(treatment, word))
            is_named = true;
        else if (!HOLDS(empty, word) && !HOLDS(beside, word) && !HOLDS(asked_of_it, word))
            return false;
    }
    return is_named;
}

bool conversation_is_follow_up(const struct words *words)
{
    if (words->n == 0 || words->n > MOST_WORDS)
        return false;
    if (HOLDS(carrying_on, words->items[0].surface) || starts_with(words, "what", "about") ||
        starts_with(words, "how", "about") || starts_with(words, "what", "if"))
        return true;
    return (words->n <= FEW_WORDS && conversation_has_no_subject(words)) ||
           conversation_points_back(words) || has_pronoun(words);
}

static double mean(double a, double b)
{
    return (a + b) / 2;
}

static const struct candidate *find(const struct ranking *ranking, uint32_t class)
{
    for (size_t i = 0; i < ranking->n; i++)
        if (ranking->items[i].class == class)
            return &ranking->items[i];
    return NULL;
}

/* The question, and behind it what the heading is about: its words without stop
 * words, since "how long" of the turn before is not asked again. */
static struct slice with_subject(struct slice question, struct slice heading, struct arena *arena)
{
    struct slice none = { NULL, 0 };
    struct words words;
    char *text = arena_allocate(arena, question.n_bytes + heading.n_bytes * 4 + 16);
    if (text == NULL || words_read(&words, heading, arena) != OSSEO_OK)
        return none;
    size_t n = question.n_bytes;
    memcpy(text, question.bytes, n);
    for (size_t i = 0; i < words.n; i++) {
        struct slice word = words.items[i].surface;
        if (stopword_is(word) || n + word.n_bytes + 1 > question.n_bytes + heading.n_bytes * 4)
            continue;
        text[n++] = ' ';
        memcpy(text + n, word.bytes, word.n_bytes);
        n += word.n_bytes;
    }
    return (struct slice){ text, n };
}

int conversation_blend(struct ranking *ranking, struct query *query, const struct index *index,
                       struct slice question, topic_id before, struct arena *arena)
{
    struct ranking both;
    struct slice joined = with_subject(question, index_topic(index, before).heading, arena);
    if (joined.bytes == NULL)
        return OSSEO_ENOMEM;
    struct corrections corrections = query->corrections;
    double bonus = is_narrowing(&query->words) ? NARROWED_MARGIN : BEFORE_MARGIN;
    if (query_read(query, index, joined, &query_defaults, arena) != OSSEO_OK ||
        ranking_make(&both, index, query, arena) != OSSEO_OK)
        return OSSEO_ENOMEM;
    query->corrections = corrections; /* those of what was typed */

    for (size_t i = 0; i < both.n; i++) {
        struct candidate *candidate = &both.items[i];
        const struct candidate *alone = find(ranking, candidate->class);
        candidate->score = mean(candidate->score, alone == NULL ? 0 : alone->score);
        candidate->margin = mean(candidate->margin, alone == NULL ? 0 : alone->margin);
        candidate->match = mean(candidate->match, alone == NULL ? 0 : alone->match);
        if (candidate->class == before) {
            candidate->score += bonus;
            candidate->margin += bonus;
        }
    }
    both.scope_margin = mean(both.scope_margin, ranking->scope_margin);
    ranking_sort(&both);
    *ranking = both;
    return OSSEO_OK;
}
