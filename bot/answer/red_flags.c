#include "answer/red_flags.h"

#include "answer/flag_block.h"
#include "base/distance.h"

/* Shorter words are too near to each other to be taken for one another. */
#define SHORTEST_MISTYPED 5
/* Words before a phrase within which a denial reaches it: "no sign of any". */
#define DENIAL_REACH 3

struct block {
    uint32_t n_words, n_groups, n_flags, n_patterns, n_codes;
    struct slice words, groups, flags, starts, patterns, codes, strings;
};

/* Cuts the block into its tables; all empty where it is damaged. */
static struct block open_block(struct slice bytes)
{
    struct block b = { bytes_u32(bytes, 0), bytes_u32(bytes, 4),  bytes_u32(bytes, 8),
                       bytes_u32(bytes, 12), bytes_u32(bytes, 16), { "", 0 }, { "", 0 },
                       { "", 0 },            { "", 0 },            { "", 0 }, { "", 0 },
                       { "", 0 } };
    const uint64_t sizes[] = { (uint64_t)b.n_words * 8,
                               (uint64_t)b.n_groups * GROUP_BYTES,
                               (uint64_t)b.n_flags * FLAG_BYTES,
                               ((uint64_t)b.n_words + 1) * 4,
                               (uint64_t)b.n_patterns * PATTERN_BYTES,
                               (uint64_t)b.n_codes * 4 };
    struct slice *tables[] = { &b.words, &b.groups, &b.flags, &b.starts, &b.patterns, &b.codes };
    uint64_t at = HEADER_BYTES;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (at + sizes[i] > bytes.n_bytes)
            return (struct block){ .n_words = 0 };
        *tables[i] = bytes_part(bytes, at, sizes[i]);
        at += sizes[i];
    }
    b.strings = bytes_part(bytes, at, bytes.n_bytes - at);
    return b;
}

static struct slice string_at(const struct block *b, struct slice table, size_t at)
{
    return bytes_part(b->strings, bytes_u32(table, at), bytes_u32(table, at + 4));
}

static uint32_t code_at(const struct block *b, uint32_t i)
{
    return bytes_u32(b->codes, (size_t)i * 4);
}

#define NO_WORD UINT32_MAX

/* The first word that does not sort before `word`. */
static uint32_t first_from(const struct block *b, struct slice word)
{
    uint32_t low = 0, high = b->n_words;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (slice_compare(string_at(b, b->words, (size_t)middle * 8), word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t find_word(const struct block *b, struct slice word)
{
    uint32_t at = first_from(b, word);
    bool is_found = at < b->n_words && slice_equal(string_at(b, b->words, (size_t)at * 8), word);
    return is_found ? at : NO_WORD;
}

/* The message as numbers of words. */
struct message {
    const struct block *block;
    const struct word *words;
    uint32_t *number;       /* (n) */
    const bool *is_unknown; /* (n): may be mistyped; or NULL */
    size_t n;
    uint32_t *steps; /* left for matching */
};

/* Steps of matching that one message may take: a hundred times what the longest
 * harmless one takes.  Only a phrase of many gaps, or a crafted file, takes more. */
#define MOST_STEPS 4000000u

/* One insertion, deletion, replacement or swap behind the first letter. */
static bool is_mistyped(struct slice typed, struct slice meant)
{
    return typed.n_bytes + 1 >= SHORTEST_MISTYPED && meant.n_bytes >= SHORTEST_MISTYPED &&
           typed.bytes[0] == meant.bytes[0] && typed.n_bytes <= meant.n_bytes + 1 &&
           meant.n_bytes <= typed.n_bytes + 1 && distance_damerau(typed, meant, 1) <= 1;
}

static bool is_word(const struct message *m, size_t at, uint32_t number)
{
    const struct block *b = m->block;
    if (m->number[at] == number)
        return true;
    return m->is_unknown != NULL && m->is_unknown[at] && number < b->n_words &&
           is_mistyped(m->words[at].surface, string_at(b, b->words, (size_t)number * 8));
}

/* Words that an alternative of `group` takes at `at`: the most, or 0. */
static size_t group_at(const struct message *m, uint32_t group, size_t at)
{
    const struct block *b = m->block;
    if (group >= b->n_groups)
        return 0;
    uint32_t code = bytes_u32(b->groups, (size_t)group * GROUP_BYTES);
    uint32_t n = bytes_u32(b->groups, (size_t)group * GROUP_BYTES + 4);
    size_t most = 0;
    for (uint32_t i = 0; i < n && code < b->n_codes; i++) {
        uint32_t length = code_at(b, code);
        if (length == 0 || length > MOST_ALTERNATIVE)
            return most;
        size_t same = 0;
        while (same < length && at + same < m->n &&
               is_word(m, at + same, code_at(b, code + 1 + (uint32_t)same)))
            same++;
        if (same == length && length > most)
            most = length;
        code += 1 + length;
    }
    return most;
}

/* The end of the match of parts `part` .. at `at`, or 0.  A gap is tried short
 * first; phrases are at most MOST_PARTS long, so this ends soon. */
static size_t match_from(const struct message *m, uint32_t first, uint32_t n, size_t at)
{
    if (n == 0)
        return at;
    if (at >= m->n || *m->steps == 0)
        return 0;
    --*m->steps;
    uint32_t code = code_at(m->block, first);
    if (PART_KIND(code) == PART_BETWEEN) {
        for (size_t skip = 0; skip <= PART_NUMBER(code) && skip <= MANY_BETWEEN; skip++) {
            /* A phrase does not reach over the end of a sentence. */
            if (skip > 0 && at + skip < m->n && m->words[at + skip].starts_sentence)
                return 0;
            /* "my face is not swollen": what is denied just before a part is not said. */
            if (skip > 0 && group_at(m, DENIED, at + skip - 1) == 1)
                continue;
            size_t end = match_from(m, first + 1, n - 1, at + skip);
            if (end > 0)
                return end;
        }
        return 0;
    }
    if (PART_KIND(code) == PART_WORD)
        return is_word(m, at, PART_NUMBER(code)) ? match_from(m, first + 1, n - 1, at + 1) : 0;
    size_t length = group_at(m, PART_NUMBER(code), at);
    return length == 0 ? 0 : match_from(m, first + 1, n - 1, at + length);
}

struct span { /* words of the message */
    size_t start, end;
};

static struct span sentence_around(const struct message *m, struct span match)
{
    struct span s = match;
    while (s.start > 0 && !m->words[s.start].starts_sentence)
        s.start--;
    while (s.end < m->n && !m->words[s.end].starts_sentence)
        s.end++;
    return s;
}

/* True where "and", "but" or a comma lets something else begin. */
static bool starts_statement(const struct message *m, size_t at)
{
    return m->words[at].starts_clause || group_at(m, TURNING, at) > 0 ||
           group_at(m, JOINING, at) > 0;
}

/* The match and what is said with it: up to the next "and", "but" or comma. */
static struct span statement_around(const struct message *m, struct span match)
{
    struct span s = match;
    while (s.start > 0 && !starts_statement(m, s.start))
        s.start--;
    while (s.end < m->n && !starts_statement(m, s.end))
        s.end++;
    return s;
}

/* True where a phrase of `rule` stands in the words from `start` to `end`. */
static bool holds(const struct message *m, enum rule rule, size_t start, size_t end)
{
    for (size_t at = start; at < end; at++)
        if (group_at(m, (uint32_t)rule, at) > 0)
            return true;
    return false;
}

/* "no fever", "without any swelling": a denial shortly before, in the same
 * clause and with no "but" between. */
static bool is_denied(const struct message *m, size_t start)
{
    for (size_t back = 1; back <= DENIAL_REACH + 1 && back <= start; back++) {
        size_t at = start - back;
        if (m->words[at + 1].starts_clause || group_at(m, TURNING, at) > 0)
            return false;
        size_t length = group_at(m, DENIED, at);
        if (length > 0 && at + length <= start)
            return true;
    }
    return false;
}

/* Where the clause that holds `start` begins. */
static size_t clause_start(const struct message *m, size_t start)
{
    while (start > 0 && !m->words[start].starts_clause)
        start--;
    return start;
}

/* True where a possibility is spoken of from `from` up to `start`, and what follows it
 * does not turn to what is so: "it might be nothing but I can't breathe". */
static bool leads_possibly(const struct message *m, size_t from, size_t start)
{
    for (size_t at = start; at-- > from;) {
        if (group_at(m, TURNING, at) > 0)
            return false;
        if (group_at(m, POSSIBLE, at) > 0)
            return true;
    }
    return false;
}

/* "what if it bleeds", "can swelling make it hard to breathe?": asked about, not
 * suffered.  Strong words count whoever is meant, in the same clause always, and
 * beyond it unless a clause of its own says that it is so ("what if it is an allergy,
 * my lips are swelling", "worried about this, can't breathe"); a plain question counts
 * where nobody is meant.  What is so now is suffered all the same. */
static bool is_possible(const struct message *m, struct span s, struct span match)
{
    size_t clause = clause_start(m, match.start);
    if (leads_possibly(m, clause, match.start))
        return true;
    if (holds(m, NOW, s.start, s.end))
        return false;
    bool says_so = group_at(m, SOMEONE, clause) > 0 ||
                   (clause == match.start && holds(m, PRESENT, match.start, match.end));
    if (!says_so && leads_possibly(m, s.start, match.start))
        return true;
    return group_at(m, ASKING, s.start) > 0 && s.start < match.start &&
           !holds(m, SOMEONE, s.start, s.end);
}

/* "my horse has broken its jaw": said of an animal or a thing, which the statement
 * begins with, and nobody comes into it. */
static bool is_nobody(const struct message *m, struct span statement, struct span match)
{
    size_t at = statement.start;
    if (group_at(m, TURNING, at) > 0 || group_at(m, JOINING, at) > 0)
        at++;
    if (group_at(m, NOBODY, at) == 0) /* "the horse" */
        at++;
    return at < match.start && group_at(m, NOBODY, at) > 0 && !holds(m, SOMEONE, at, match.end);
}

/* 1985, 2016, or "in 98" where nothing is counted by it ("in 90 minutes"). */
static bool is_year(const struct message *m, size_t at)
{
    struct slice digits = m->words[at].surface;
    if (!m->words[at].is_number)
        return false;
    if (digits.n_bytes == 2)
        return at > 0 && slice_equal(m->words[at - 1].surface, SLICE("in")) &&
               (at + 1 == m->n || starts_statement(m, at + 1));
    return digits.n_bytes == 4 &&
           (slice_starts(digits, SLICE("19")) || slice_starts(digits, SLICE("20")));
}

/* "in 2016", "years ago" in the same statement: over, unless it is so now, or again.
 * "Implants in 2016, my lips are swelling" dates the implants, and "an implant from
 * years ago is loose" says in the phrase itself that it is. */
static bool is_past(const struct message *m, struct span sentence, struct span statement,
                    struct span match)
{
    bool past = holds(m, PAST, statement.start, statement.end);
    for (size_t i = statement.start; i < statement.end && !past; i++)
        past = is_year(m, i);
    return past && !holds(m, NOW, statement.start, statement.end) &&
           !holds(m, AGAIN, sentence.start, sentence.end) &&
           !holds(m, PRESENT, match.start, match.end);
}

/* "..., that was years ago": said behind it to be over. */
static bool is_over(const struct message *m, struct span match)
{
    return holds(m, OVER, match.end, m->n) && !holds(m, AGAIN, match.end, m->n) &&
           !holds(m, PRESENT, match.start, match.end);
}

/* True where a harmless phrase of the flag begins in `s`. */
static bool is_harmless(const struct message *m, uint32_t flag, struct span s)
{
    const struct block *b = m->block;
    for (size_t at = s.start; at < s.end; at++) {
        if (m->number[at] == NO_WORD)
            continue;
        uint32_t first = bytes_u32(b->starts, (size_t)m->number[at] * 4);
        uint32_t last = bytes_u32(b->starts, (size_t)m->number[at] * 4 + 4);
        for (uint32_t p = first; p < last && p < b->n_patterns; p++) {
            size_t row = (size_t)p * PATTERN_BYTES;
            if (bytes_u32(b->patterns, row) == flag &&
                bytes_u32(b->patterns, row + 4) == IS_HARMLESS &&
                match_from(m, bytes_u32(b->patterns, row + 8), bytes_u32(b->patterns, row + 12),
                           at) > 0)
                return true;
        }
    }
    return false;
}

static enum osseo_urgency level_of(const struct block *b, uint32_t flag)
{
    uint32_t level = bytes_u32(b->flags, (size_t)flag * FLAG_BYTES + 24);
    return level == OSSEO_EMERGENCY ? OSSEO_EMERGENCY : OSSEO_URGENT;
}

/* True where flag `a` is to be told before `b`. */
static bool is_more_pressing(const struct block *block, uint32_t a, uint32_t b)
{
    if (b == NO_FLAG)
        return true;
    enum osseo_urgency x = level_of(block, a), y = level_of(block, b);
    return x != y ? x > y : a < b;
}

/* True where nothing speaks against the phrase.  What is harmless has to be said of
 * it: "my throat is dry and I can't breathe" is no dry throat. */
static bool counts(const struct message *m, uint32_t flag, struct span match)
{
    struct span sentence = sentence_around(m, match), statement = statement_around(m, match);
    return !is_denied(m, match.start) && !is_possible(m, sentence, match) &&
           !is_past(m, sentence, statement, match) && !is_over(m, match) &&
           !is_nobody(m, statement, match) && !is_harmless(m, flag, statement);
}

/* Tries the phrases that begin with the word `number`. */
static void try_patterns_at(const struct message *m, size_t at, uint32_t number, uint32_t *best)
{
    const struct block *b = m->block;
    uint32_t first = bytes_u32(b->starts, (size_t)number * 4);
    uint32_t last = bytes_u32(b->starts, (size_t)number * 4 + 4);
    for (uint32_t p = first; p < last && p < b->n_patterns; p++) {
        size_t row = (size_t)p * PATTERN_BYTES;
        uint32_t flag = bytes_u32(b->patterns, row);
        if (flag >= b->n_flags || bytes_u32(b->patterns, row + 4) != SAYS ||
            !is_more_pressing(b, flag, *best))
            continue;
        uint32_t n = bytes_u32(b->patterns, row + 12);
        if (n > MOST_PARTS)
            continue;
        struct span match = { at, match_from(m, bytes_u32(b->patterns, row + 8), n, at) };
        if (match.end > 0 && counts(m, flag, match))
            *best = flag;
    }
}

/* Tries the phrases that begin with what an unknown word may have been meant for. */
static void try_mistyped_at(const struct message *m, size_t at, uint32_t *best)
{
    const struct block *b = m->block;
    struct slice typed = m->words[at].surface, first = slice_cut(typed, 0, 1);
    for (uint32_t w = first_from(b, first); w < b->n_words; w++) {
        struct slice name = string_at(b, b->words, (size_t)w * 8);
        if (!slice_starts(name, first))
            break;
        if (is_mistyped(typed, name))
            try_patterns_at(m, at, w, best);
    }
}

uint32_t red_flags_find(struct slice bytes, const struct words *message, const bool *is_unknown,
                        struct arena *arena, bool *failed)
{
    struct block block = open_block(bytes);
    uint32_t steps = MOST_STEPS;
    struct message m = { &block, message->items, arena_array(arena, message->n, sizeof *m.number),
                         is_unknown, message->n, &steps };
    uint32_t best = NO_FLAG;
    if (m.number == NULL) {
        *failed = true;
        return NO_FLAG;
    }
    for (size_t i = 0; i < m.n; i++)
        m.number[i] = find_word(&block, message->items[i].surface);
    for (size_t i = 0; i < m.n; i++)
        if (m.number[i] != NO_WORD)
            try_patterns_at(&m, i, m.number[i], &best);
        else if (is_unknown != NULL && is_unknown[i])
            try_mistyped_at(&m, i, &best);
    return best;
}

uint32_t red_flags_count(struct slice bytes)
{
    return open_block(bytes).n_flags;
}

struct red_flag red_flags_get(struct slice bytes, uint32_t flag)
{
    struct block b = open_block(bytes);
    size_t row = (size_t)flag * FLAG_BYTES;
    return (struct red_flag){ string_at(&b, b.flags, row), string_at(&b, b.flags, row + 8),
                              string_at(&b, b.flags, row + 16), level_of(&b, flag) };
}

uint32_t red_flags_named(struct slice bytes, struct slice id)
{
    struct block b = open_block(bytes);
    for (uint32_t i = 0; i < b.n_flags; i++)
        if (slice_equal(string_at(&b, b.flags, (size_t)i * FLAG_BYTES), id))
            return i;
    return NO_FLAG;
}
