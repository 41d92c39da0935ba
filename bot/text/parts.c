#include "text/parts.h"

/* Words that open a question. */
static const char *const openers[] = { "how",   "what", "whats",  "wot",  "when",   "where", "why",
                                       "who",   "which", "can",   "could", "do",    "does",  "did",
                                       "is",    "are",  "will",   "would", "should", "may",  "must",
                                       "hows",  "has",  "have",   "any",  "what's", "how's" };
/* Words that join a second question to the first. */
static const char *const joiners[] = { "and", "also", "plus", "or" };
/* Words that deny. "can't" and "won't" are not among them: "I can't chew" is the
 * trouble itself. */
static const char *const denials[] = { "not",     "never",   "no",      "don't",  "dont",  "isn't",
                                       "isnt",    "haven't", "havent",  "hasn't", "hasnt", "aren't",
                                       "arent",   "doesn't", "doesnt",  "ain't",  "aint",  "wasn't",
                                       "wasnt" };

/* A denial stands among the first words of its clause: "I'm not on tablets". */
#define DENIAL_WITHIN 5
/* What is said instead must say something. */
#define FEWEST_WORDS 3

static struct slice word_at(const struct words *words, size_t i)
{
    return i < words->n ? words->items[i].surface : (struct slice){ "", 0 };
}

/* True where a question mark stands before word `i`. */
static bool follows_question_mark(const struct words *words, struct slice text, size_t i)
{
    for (size_t at = words->items[i - 1].end; at < words->items[i].start; at++)
        if (text.bytes[at] == '?')
            return true;
    return false;
}

static bool opens_question(const struct words *words, size_t i)
{
    return HOLDS(openers, word_at(words, i)) ||
           (HOLDS(joiners, word_at(words, i)) && HOLDS(openers, word_at(words, i + 1)));
}

void parts_of(struct parts *out, const struct words *words, struct slice text)
{
    size_t start = 0;
    bool asks = false; /* whether the part so far holds a question */
    out->n = 0;
    for (size_t i = 0; i < words->n; i++) {
        bool opens = opens_question(words, i);
        bool is_cut = i > 0 && (follows_question_mark(words, text, i) ||
                                (asks && opens && (words->items[i].starts_sentence ||
                                                   HOLDS(joiners, word_at(words, i)))));
        if (is_cut && out->n + 1 < MAX_PARTS) {
            out->part[out->n++] = slice_cut(text, start, words->items[i].start);
            start = words->items[i].start;
            asks = false;
        }
        asks = asks || (opens && (words->items[i].starts_clause || words->items[i].start == start ||
                                  i == 0));
    }
    struct slice last = slice_from(text, start);
    bool is_question = asks || (last.n_bytes > 0 && memchr(last.bytes, '?', last.n_bytes) != NULL);
    if (out->n > 0 && !is_question) /* what is told last belongs to the question before */
        out->part[out->n - 1].n_bytes += last.n_bytes;
    else
        out->part[out->n++] = last;
}

static bool is_denial(const struct words *words, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < from + DENIAL_WITHIN; i++)
        if (HOLDS(denials, word_at(words, i)))
            return true;
    return false;
}

bool parts_turn(struct slice *denied, struct slice *affirmed, const struct words *words,
                struct slice text)
{
    size_t clause = 0;
    for (size_t i = 1; i < words->n; i++) {
        const struct word *word = &words->items[i];
        if (slice_equal(word->surface, SLICE("but")) && is_denial(words, clause, i) &&
            words->n - i > FEWEST_WORDS) {
            *denied = slice_cut(text, words->items[clause].start, word->start);
            *affirmed = slice_from(text, words->items[i + 1].start);
            return true;
        }
        if (word->starts_clause)
            clause = i;
    }
    return false;
}
