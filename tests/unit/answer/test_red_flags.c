/* Every phrase of the shipped red-flags.md, said in every shape, raises the card of
 * its level or a higher one; and the phrases tell real danger from what is denied,
 * only possible, long over or said of a horse. */
#include "tests/lib/test.h"

#include "answer/danger.h"
#include "answer/red_flags.h"
#include "base/file.h"
#include "corpus/corpus.h"
#include "index/reader.h"
#include "rank/linear.h"
#include "osseo.h"
#include "rank/spelling.h"

#define PHRASES "knowledge/red-flags.md"
#define KNOWLEDGE "build/knowledge.osx"

/* Asking is slow under the sanitizers: there one phrase in so many is asked. */
#if defined(__SANITIZE_ADDRESS__)
#define EVERY 15
#else
#define EVERY 1
#endif

/* Words of so many letters get a typing mistake. */
#define SHORTEST_MISTYPED 5
/* Of a question, what osseo reads. */
#define MOST_BYTES 4096

struct shipped {
    struct arena arena;
    struct buffer text;
    struct corpus corpus;
    struct file_map map;
    struct index index;
    struct osseo *osseo;
    size_t n_missed;
};

static void open_shipped(struct shipped *s)
{
    struct complaints complaints = { NULL, NULL, NULL, 0, 0 };
    *s = (struct shipped){ .n_missed = 0 };
    arena_init(&s->arena, &memory_default);
    buffer_init(&s->text, &memory_default, 10000000);
    corpus_init(&s->corpus, &memory_default, &complaints);
    CHECK_EQ(file_read(&s->text, PHRASES, 10000000, NULL), OSSEO_OK);
    flags_read(&s->corpus, buffer_slice(&s->text), PHRASES);
    CHECK(complaints.n_errors == 0 && !s->corpus.arena.failed);
    CHECK_EQ(file_map_open(&s->map, KNOWLEDGE, NULL), OSSEO_OK);
    struct slice bytes = { s->map.bytes, s->map.n_bytes };
    CHECK_EQ(index_open(&s->index, bytes, NULL), OSSEO_OK);
    CHECK_EQ(osseo_open_memory(&s->osseo, s->map.bytes, s->map.n_bytes, NULL, NULL), OSSEO_OK);
}

static void close_shipped(struct shipped *s)
{
    osseo_close(s->osseo);
    file_map_close(&s->map);
    corpus_release(&s->corpus);
    buffer_release(&s->text);
    arena_release(&s->arena);
}

static struct slice phrase_text(const struct shipped *s, uint32_t phrase)
{
    return s->corpus.flag_phrases.items[phrase].text;
}

/* The list named `name`, or NULL. */
static const struct flag_list *list_named(const struct shipped *s, struct slice name)
{
    for (size_t i = 0; i < s->corpus.flag_groups.n; i++) {
        const struct flag_list *list = &s->corpus.flag_groups.items[i];
        if (slice_equal(list->name, name))
            return list;
    }
    return NULL;
}

/* One way to say a phrase: the choice-th of each list and of each "a/b/c" (all begin
 * anew behind their last), and nothing for a gap.  Returns the longest list's length. */
static size_t say(char *out, size_t room, const struct shipped *s, struct slice phrase,
                  size_t choice)
{
    size_t n = 0, most = 1;
    struct slice part;
    while (slice_split(&phrase, ' ', &part)) {
        const struct flag_list *list = list_named(s, part);
        struct slice alternative = part, rest = part;
        size_t n_alternatives = 1;
        if (part.n_bytes == 0 || slice_equal(part, SLICE("..")) || slice_equal(part, SLICE("...")))
            continue;
        if (list != NULL) {
            n_alternatives = list->n;
            alternative = phrase_text(s, list->first + (uint32_t)(choice % list->n));
        } else {
            for (size_t i = 0; i < part.n_bytes; i++)
                n_alternatives += part.bytes[i] == '/';
            for (size_t i = 0; i <= choice % n_alternatives; i++)
                slice_split(&rest, '/', &alternative);
        }
        most = n_alternatives > most ? n_alternatives : most;
        n += (size_t)snprintf(out + n, room - n, "%s%.*s", n == 0 ? "" : " ",
                              (int)alternative.n_bytes, alternative.bytes);
    }
    return most;
}

typedef void phrase_test(struct shipped *s, const struct flag *flag, struct slice phrase,
                         uint32_t number);

static void for_each_phrase(struct shipped *s, unsigned every, phrase_test *test)
{
    for (size_t f = 0; f < s->corpus.flags.n; f++) {
        const struct flag *flag = &s->corpus.flags.items[f];
        for (uint32_t i = 0; i < flag->n_said; i++)
            if ((flag->first_said + i) % every == 0)
                test(s, flag, phrase_text(s, flag->first_said + i), flag->first_said + i);
    }
    CHECK_EQ(s->n_missed, 0);
}

/* The level that the phrases alone give. */
static enum osseo_urgency level_by_phrases(struct shipped *s, const char *text)
{
    struct words words;
    struct arena arena;
    bool failed = false;
    struct slice block = s->index.section[SECTION_FLAGS];
    arena_init(&arena, &memory_default);
    CHECK_EQ(words_read(&words, slice_of(text), &arena), OSSEO_OK);
    uint32_t flag = red_flags_find(block, &words, NULL, &arena, &failed);
    arena_release(&arena);
    return flag == NO_FLAG ? OSSEO_NO_URGENCY : red_flags_get(block, flag).level;
}

static void miss(struct shipped *s, const struct flag *flag, const char *shape, const char *text)
{
    print_error("%.*s is not raised %s: %.100s\n", (int)flag->id.n_bytes, flag->id.bytes, shape,
                text);
    s->n_missed++;
}

static void all_alternatives(struct shipped *s, const struct flag *flag, struct slice phrase,
                             uint32_t number)
{
    char text[1024];
    size_t most = 1;
    (void)number;
    for (size_t choice = 0; choice < most; choice++) {
        most = say(text, sizeof text, s, phrase, choice);
        if (level_by_phrases(s, text) < flag->level)
            miss(s, flag, "with each word of its lists", text);
    }
}

TEST(every_phrase_of_red_flags_is_found_with_each_word_that_its_lists_allow)
{
    struct shipped s;
    open_shipped(&s);
    for_each_phrase(&s, 1, all_alternatives);
    close_shipped(&s);
}

/* Steps of a fixed generator, so that a failure comes again. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Shapes write a phrase in another way.  `out` has room for MOST_BYTES. */
typedef void shape(char *out, const char *said, uint32_t number);

static void as_it_is(char *out, const char *said, uint32_t number)
{
    (void)number;
    snprintf(out, MOST_BYTES, "%s", said);
}

static void in_capitals(char *out, const char *said, uint32_t number)
{
    (void)number;
    for (; *said != '\0'; said++)
        *out++ = *said >= 'a' && *said <= 'z' ? (char)(*said - 'a' + 'A') : *said;
    *out = '\0';
}

/* Appends `mark` in place of or behind each character. */
static void with_curly_quotes(char *out, const char *said, uint32_t number)
{
    out += sprintf(out, "\u201C");
    (void)number;
    for (; *said != '\0'; said++)
        out += *said == '\'' ? sprintf(out, "\u2019") : sprintf(out, "%c", *said);
    sprintf(out, "\u201D");
}

static void in_full_width(char *out, const char *said, uint32_t number)
{
    (void)number;
    for (; *said != '\0'; said++)
        if (is_letter(*said))
            out += sprintf(out, "\xEF%c%c", (char)(*said >= '`' ? 0xBD : 0xBC),
                           (char)(*said >= '`' ? *said - '`' + 0x80 : *said - '@' + 0xA0));
        else
            out += sprintf(out, "%c", *said);
    *out = '\0';
}

static void with_zero_width_letters(char *out, const char *said, uint32_t number)
{
    static const char *const marks[] = { "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF" };
    for (; *said != '\0'; said++)
        out += sprintf(out, "%c%s", *said,
                       is_letter(said[0]) && is_letter(said[1]) ? marks[number % 5] : "");
    *out = '\0';
}

static void of_her_husband(char *out, const char *said, uint32_t number)
{
    snprintf(out, MOST_BYTES, number % 2 == 0 ? "my husband %s" : "she says %s", said);
}

static void as_the_second_question(char *out, const char *said, uint32_t number)
{
    static const char *const first[] = { "How long do implants last? ", "Can I smoke? ",
                                         "what if it hurts? ", "I had it done in 2016. " };
    snprintf(out, MOST_BYTES, "%s%s", first[number % 4], said);
}

/* 2,000 words of one letter are what fits beside it. */
static void buried(char *out, const char *said, uint32_t number)
{
    size_t room = MOST_BYTES - 2 - strlen(said), before = number % 3 == 0 ? 0 : room, n = 0;
    before = number % 3 == 1 ? room / 4 * 2 : before;
    while (n + 1 < before)
        n += (size_t)sprintf(out + n, "o ");
    if (n > 0)
        out[n - 1] = '.', out[n++] = ' ';
    n += (size_t)sprintf(out + n, "%s.", said);
    while (n + 2 < MOST_BYTES)
        n += (size_t)sprintf(out + n, " o");
}

static const struct {
    const char *name;
    shape *write;
} shapes[] = {
    { "as it is", as_it_is },
    { "in capitals", in_capitals },
    { "with curly quotes", with_curly_quotes },
    { "in full-width letters", in_full_width },
    { "with zero-width characters", with_zero_width_letters },
    { "of somebody else", of_her_husband },
    { "as the second question", as_the_second_question },
    { "buried in other words", buried },
};

static enum osseo_urgency urgency_of(struct shipped *s, struct osseo_conversation *conversation,
                                     const char *text)
{
    struct osseo_reply *reply;
    CHECK_EQ(osseo_ask(&reply, s->osseo, conversation, text, strlen(text), NULL), OSSEO_OK);
    enum osseo_urgency urgency = osseo_reply_urgency(reply);
    CHECK((urgency == OSSEO_NO_URGENCY) == (osseo_reply_card(reply) == NULL));
    osseo_reply_free(reply);
    return urgency;
}

static void all_shapes(struct shipped *s, const struct flag *flag, struct slice phrase,
                       uint32_t number)
{
    char said[1024], text[MOST_BYTES * 2];
    say(said, sizeof said, s, phrase, number);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        shapes[i].write(text, said, number);
        if (urgency_of(s, NULL, text) < flag->level)
            miss(s, flag, shapes[i].name, i + 1 == sizeof shapes / sizeof *shapes ? said : text);
    }
}

TEST(every_phrase_of_red_flags_shows_its_card_in_every_shape)
{
    struct shipped s;
    open_shipped(&s);
    for_each_phrase(&s, EVERY, all_shapes);
    close_shipped(&s);
}

static void as_follow_up(struct shipped *s, const struct flag *flag, struct slice phrase,
                         uint32_t number)
{
    struct osseo_conversation *conversation;
    char said[1024];
    say(said, sizeof said, s, phrase, number);
    CHECK_EQ(osseo_conversation_new(&conversation, s->osseo, NULL), OSSEO_OK);
    urgency_of(s, conversation, "how long do mini implants last?");
    if (urgency_of(s, conversation, said) < flag->level)
        miss(s, flag, "as a follow-up", said);
    osseo_conversation_free(conversation);
}

TEST(every_phrase_of_red_flags_shows_its_card_as_a_follow_up)
{
    struct shipped s;
    open_shipped(&s);
    for_each_phrase(&s, EVERY, as_follow_up);
    close_shipped(&s);
}

/* The keys beside each letter on a British keyboard. */
static const char *const beside[26] = { "qs", "vn", "xv", "sf", "wr", "dg", "fh", "gj", "uo",
                                        "hk", "jl", "k",  "n",  "bm", "ip", "o",  "w",  "et",
                                        "ad", "ry", "yi", "cb", "qe", "zc", "tu", "x" };

/* Copies a word with one typing mistake behind its first letter. */
static size_t mistype(char *out, const char *word, size_t n, uint64_t *random)
{
    size_t at = 1 + next_random(random) % (n - 2);
    unsigned kind = next_random(random) % 4;
    memcpy(out, word, n);
    if (kind == 0) { /* two letters change places */
        out[at] = word[at + 1];
        out[at + 1] = word[at];
        return n;
    }
    if (kind == 1) { /* one is missing */
        memmove(out + at, out + at + 1, n - at - 1);
        return n - 1;
    }
    if (kind == 2) { /* one is doubled */
        memmove(out + at + 1, out + at, n - at);
        return n + 1;
    }
    const char *keys = beside[(word[at] | 0x20) - 'a']; /* one is its neighbour */
    out[at] = keys[next_random(random) % strlen(keys)];
    return n;
}

/* A mistake that makes another word of it ("breath" to "breadth") is none that can
 * be seen, and the dice are thrown again. */
static size_t mistype_visibly(char *out, const struct index *index, const char *word, size_t n,
                              uint64_t *random)
{
    size_t n_typed = 0;
    char folded[64];
    for (int attempt = 0; attempt < 20; attempt++) {
        n_typed = mistype(out, word, n, random);
        for (size_t i = 0; i < n_typed; i++)
            folded[i] = (char)(out[i] | 0x20);
        if (!spelling_knows(index, (struct slice){ folded, n_typed }))
            break;
    }
    return n_typed;
}

static void typed_badly(struct shipped *s, const struct flag *flag, struct slice phrase,
                        uint32_t number)
{
    char said[1024], text[MOST_BYTES], *out = text;
    uint64_t random = number;
    say(said, sizeof said, s, phrase, number);
    for (const char *from = said; *from != '\0';) {
        size_t n = 0;
        while (is_letter(from[n]))
            n++;
        n = n == 0 ? 1 : n;
        if (n >= SHORTEST_MISTYPED)
            out += mistype_visibly(out, &s->index, from, n, &random);
        else
            for (size_t i = 0; i < n; i++)
                *out++ = from[i];
        from += n;
    }
    *out = '\0';
    if (urgency_of(s, NULL, text) < flag->level)
        miss(s, flag, "with typing mistakes", text);
}

TEST(every_phrase_of_red_flags_shows_its_card_with_a_typing_mistake_in_each_long_word)
{
    struct shipped s;
    open_shipped(&s);
    for_each_phrase(&s, EVERY, typed_badly);
    close_shipped(&s);
}

/* Lines of a file, without empty ones and headings. */
static bool next_line(struct slice *rest, struct slice *line)
{
    while (slice_split(rest, '\n', line))
        if (line->n_bytes > 0 && line->bytes[0] != '#')
            return true;
    return false;
}

static void check_lines(const char *path, bool is_danger)
{
    struct shipped s;
    struct buffer lines;
    size_t n_wrong = 0;
    open_shipped(&s);
    buffer_init(&lines, &memory_default, 1000000);
    CHECK_EQ(file_read(&lines, path, 1000000, NULL), OSSEO_OK);
    struct slice rest = buffer_slice(&lines), line;
    while (next_line(&rest, &line)) {
        char text[1024];
        snprintf(text, sizeof text, "%.*s", (int)line.n_bytes, line.bytes);
        if ((level_by_phrases(&s, text) != OSSEO_NO_URGENCY) != is_danger) {
            print_error("%s: %s\n", path, text);
            n_wrong++;
        }
    }
    CHECK_EQ(n_wrong, 0);
    buffer_release(&lines);
    close_shipped(&s);
}

TEST(a_danger_that_is_told_beside_what_would_not_count_is_found_by_the_phrases)
{
    check_lines("tests/flags/dangers.txt", true);
}

TEST(what_is_denied_possible_past_or_nobodys_is_not_found_by_the_phrases)
{
    check_lines("tests/flags/harmless.txt", false);
}

TEST(of_what_was_typed_and_what_was_meant_the_more_pressing_danger_is_told)
{
    static const char text[] = "the bleeding won't stop and i cannot br eathe";
    struct shipped s;
    struct query query;
    struct danger danger;
    open_shipped(&s);
    s.index.section[SECTION_FLAG_MODEL] = (struct slice){ "", 0 }; /* by the phrases alone */
    CHECK_EQ(query_read(&query, &s.index, slice_of(text), &query_defaults, &s.arena), OSSEO_OK);
    CHECK(query.corrections.n > 0);
    CHECK_EQ(danger_find(&danger, &s.index, &query, &s.arena), OSSEO_OK);
    CHECK(danger.is_phrase);
    CHECK_EQ(red_flags_get(s.index.section[SECTION_FLAGS], danger.flag).level, OSSEO_EMERGENCY);
    close_shipped(&s);
}

/* A model with the same margins for every message: of emergencies, of urgent flags, each
 * likelier than the one before up to the last, and of "any flag". */
static void write_model(struct buffer *out, const struct index *index, float emergency, float urgent)
{
    struct slice block = index->section[SECTION_FLAGS];
    enum osseo_urgency level[64];
    uint32_t n_flags = 0, n_slots = 1;
    for (struct slice name; (name = index_flag_name(index, n_flags)).n_bytes > 0; n_flags++) {
        CHECK(n_flags < sizeof level / sizeof *level);
        level[n_flags] = red_flags_get(block, red_flags_named(block, name)).level;
    }
    buffer_append_u32(out, n_flags + 2);
    buffer_append_u32(out, n_slots);
    buffer_append_f32(out, 1);
    buffer_append_u32(out, 0);
    for (uint32_t c = 0; c < n_flags; c++) {
        float margin = level[c] == OSSEO_EMERGENCY ? emergency : urgent;
        for (uint32_t later = c + 1; later < n_flags; later++)
            margin -= level[later] == level[c] ? 0.5f : 0;
        buffer_append_f32(out, margin);
    }
    buffer_append_f32(out, -9); /* a look-alike */
    buffer_append_f32(out, 9);
    for (uint32_t i = 0; i < n_slots * LINEAR_SLOT_BYTES / 4; i++)
        buffer_append_u32(out, 0);
}

TEST(an_emergency_is_told_though_an_urgent_sign_is_a_little_likelier_unless_a_phrase_names_it)
{
    static const struct {
        const char *text;
        float emergency, urgent;
        enum osseo_urgency level;
    } cases[] = {
        { "it has been feeling rather odd there since this morning", 1.0f, 1.2f, OSSEO_EMERGENCY },
        { "it has been feeling rather odd there since this morning", 1.0f, 1.2f, OSSEO_EMERGENCY },
        { "it has been feeling rather odd there since this morning", 1.0f, 1.4f, OSSEO_URGENT },
        { "it has been feeling rather odd there since this morning", 1.0f, 1.4f, OSSEO_URGENT },
        { "the bleeding won't stop", 1.0f, 1.2f, OSSEO_URGENT },
        { "the bleeding won't stop", 1.3f, 1.2f, OSSEO_EMERGENCY },
    };
    struct shipped s;
    open_shipped(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer names, model;
        struct query query;
        struct danger danger;
        struct index index = s.index;
        buffer_init(&names, &memory_default, SIZE_MAX);
        buffer_init(&model, &memory_default, SIZE_MAX);
        /* In a knowledge the flags stand in any order: here also the last one first.  A
         * name is 8 bytes. */
        struct slice rows = index.section[SECTION_FLAG_NAMES];
        for (size_t end = rows.n_bytes; i % 2 == 1 && end > 0; end -= 8)
            buffer_append_slice(&names, slice_cut(rows, end - 8, end));
        if (names.n_bytes > 0)
            index.section[SECTION_FLAG_NAMES] = buffer_slice(&names);
        write_model(&model, &index, cases[i].emergency, cases[i].urgent);
        index.section[SECTION_FLAG_MODEL] = buffer_slice(&model);
        CHECK_EQ(query_read(&query, &index, slice_of(cases[i].text), &query_defaults, &s.arena), OSSEO_OK);
        CHECK_EQ(danger_find(&danger, &index, &query, &s.arena), OSSEO_OK);
        CHECK(danger.flag != NO_FLAG);
        CHECK_EQ(red_flags_get(index.section[SECTION_FLAGS], danger.flag).level, cases[i].level);
        buffer_release(&names);
        buffer_release(&model);
    }
    close_shipped(&s);
}
