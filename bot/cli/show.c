#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE /* for struct winsize */

#include "cli/show.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

/* Lines longer than this are hard to read on however wide a screen. */
#define MOST_COLUMNS 88

#define BOLD "\033[1m"
#define ALARM "\033[1;41;97m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

bool show_can_steer(FILE *out)
{
    const char *term = getenv("TERM");
    return isatty(fileno(out)) && term != NULL && strcmp(term, "dumb") != 0;
}

static unsigned terminal_width(FILE *out)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_COLUMNS;
    return size.ws_col < MOST_COLUMNS ? size.ws_col : MOST_COLUMNS;
}

void show_init(struct show *show, FILE *out, const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");
    *show = (struct show){ .out = out, .is_plain = options->plain };
    if (options->width > 0)
        show->width = options->width;
    else if (isatty(fileno(out)))
        show->width = terminal_width(out);
    show->has_color =
        options->color == COLOR_ALWAYS ||
        (options->color == COLOR_AUTO && (no_color == NULL || no_color[0] == '\0') &&
         !options->plain && show_can_steer(out));
}

static void style(const struct show *show, const char *sequence)
{
    if (show->has_color)
        fputs(sequence, show->out);
}

/* One word, without what would steer the terminal.  Returns its columns. */
static unsigned put_word(const struct show *show, struct slice word)
{
    unsigned columns = 0;
    for (size_t at = 0; at < word.n_bytes;) {
        char bytes[4];
        uint32_t c = utf8_next(word, &at);
        if (utf8_is_control(c))
            c = UTF8_REPLACEMENT;
        fwrite(bytes, 1, utf8_encode(c, bytes), show->out);
        int width = utf8proc_charwidth((utf8proc_int32_t)c);
        columns += width > 0 ? (unsigned)width : 0;
    }
    return columns;
}

static unsigned columns_of(struct slice word)
{
    unsigned columns = 0;
    for (size_t at = 0; at < word.n_bytes;) {
        int width = utf8proc_charwidth((utf8proc_int32_t)utf8_next(word, &at));
        columns += width > 0 ? (unsigned)width : 0;
    }
    return columns;
}

static void indent_by(const struct show *show, unsigned indent)
{
    for (unsigned i = 0; i < indent; i++)
        fputc(' ', show->out);
}

/* Wraps `text` behind `mark`, under which nothing else stands; the part `strong` of
 * it (may be NULL) is printed in bold. */
static void put_marked(const struct show *show, const char *mark, const char *text, unsigned indent,
                       const char *strong)
{
    unsigned n_mark = (unsigned)strlen(mark);
    const char *start = strong == NULL ? NULL : strstr(text, strong);
    const char *end = start == NULL ? NULL : start + strlen(strong);
    struct slice lines = slice_of(text), line;
    bool is_strong = false;
    while (slice_split(&lines, '\n', &line)) {
        unsigned column = indent + n_mark, below = show->is_plain ? indent : column;
        unsigned hang = slice_starts(line, SLICE("- ")) ? below + 2 : below;
        struct slice word;
        bool is_first = true;
        indent_by(show, indent);
        fputs(mark, show->out);
        while (slice_split(&line, ' ', &word)) {
            unsigned columns = columns_of(word);
            if (word.n_bytes == 0)
                continue;
            if (!is_first && show->width > 0 && column + 1 + columns > show->width) {
                fputc('\n', show->out);
                indent_by(show, hang);
                column = hang;
            } else if (!is_first) {
                fputc(' ', show->out);
                column++;
            }
            if (!is_strong && start != NULL && word.bytes >= start && word.bytes < end) {
                style(show, BOLD);
                is_strong = true;
            }
            column += put_word(show, word);
            if (is_strong && word.bytes + word.n_bytes >= end) {
                style(show, PLAIN);
                is_strong = false;
            }
            is_first = false;
        }
        fputc('\n', show->out);
        mark = "";
        n_mark = 0;
        indent = below;
    }
}

void show_text(const struct show *show, const char *text, unsigned indent)
{
    put_marked(show, "", text, indent, NULL);
}

/* With a label for screen readers, below which text goes on without hanging. */
static void put_labelled(const struct show *show, const char *label, const char *text,
                         unsigned indent, const char *strong)
{
    put_marked(show, show->is_plain ? label : "", text, show->is_plain ? 0 : indent, strong);
}

/* A longer first sentence is no headline, and nothing of the card is bold. */
#define MOST_LEAD_BYTES 256

/* What to do first, a card's first sentence, as the kiosk shows it large; empty where
 * it is too long.  A stop ends it where a blank follows. */
static void card_lead(char out[MOST_LEAD_BYTES], const char *card)
{
    size_t n = 0;
    while (card[n] != '\0' && !(strchr(".!?", card[n]) != NULL && card[n + 1] == ' '))
        n++;
    if (n + 1 >= MOST_LEAD_BYTES)
        n = 0;
    else if (card[n] != '\0')
        n++;
    memcpy(out, card, n);
    out[n] = '\0';
}

static void put_card(const struct show *show, const struct osseo_reply *reply)
{
    bool is_emergency = osseo_reply_urgency(reply) == OSSEO_EMERGENCY;
    const char *card = osseo_reply_card(reply);
    char lead[MOST_LEAD_BYTES];
    card_lead(lead, card);
    style(show, ALARM);
    fputs(is_emergency ? "EMERGENCY" : "URGENT: today", show->out);
    style(show, PLAIN);
    fputc('\n', show->out);
    put_marked(show, "", card, show->is_plain ? 0 : 2, lead[0] == '\0' ? NULL : lead);
}

/* True where nothing is shown below the card. */
static bool is_card_alone(const struct osseo_reply *reply)
{
    return osseo_reply_outcome(reply) == OSSEO_NONE && osseo_reply_say(reply) == NULL &&
           osseo_reply_n_choices(reply) == 0 && osseo_reply_n_corrections(reply) == 0 &&
           !osseo_reply_was_cut(reply);
}

static void put_corrections(const struct show *show, const struct osseo_reply *reply)
{
    size_t n = osseo_reply_n_corrections(reply);
    if (n == 0)
        return;
    fputs("I read ", show->out);
    for (size_t i = 0; i < n; i++) {
        struct osseo_correction c = osseo_reply_correction(reply, i);
        fputs(i == 0 ? "\"" : i + 1 == n ? " and \"" : ", \"", show->out);
        put_word(show, slice_of(c.typed));
        fputs("\" as \"", show->out);
        put_word(show, slice_of(c.read_as));
        fputc('"', show->out);
    }
    fputs(".\n", show->out);
}

/* Numbered from `first`, so that a number can be typed. */
static void put_topics(const struct show *show, const char *title, const struct osseo_reply *reply,
                       size_t n, struct osseo_choice (*nth)(const struct osseo_reply *, size_t))
{
    if (n == 0)
        return;
    style(show, DIM);
    fprintf(show->out, "%s\n", title);
    style(show, PLAIN);
    for (size_t i = 0; i < n; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu  ", i + 1);
        put_marked(show, number, nth(reply, i).heading, 2, NULL);
    }
}

void show_sources(const struct show *show, const struct osseo_reply *reply)
{
    size_t n = osseo_reply_n_sources(reply);
    if (n == 0)
        return;
    style(show, DIM);
    fputs("Sources:", show->out);
    style(show, PLAIN);
    fputc('\n', show->out);
    for (size_t i = 0; i < n; i++) {
        struct osseo_source s = osseo_reply_source(reply, i);
        char text[1024], year[16] = "no date";
        if (s.year != 0)
            snprintf(year, sizeof year, "%u", s.year);
        snprintf(text, sizeof text, "%s. %s, %s.%s%s", s.title ? s.title : "",
                 s.publisher ? s.publisher : "", year, s.url ? " " : "", s.url ? s.url : "");
        put_marked(show, "", text, 2, NULL);
    }
}

/* True where a source before the i-th has the same publisher. */
static bool is_named_before(const struct osseo_reply *reply, size_t i, const char *publisher)
{
    for (size_t j = 0; j < i; j++) {
        const char *other = osseo_reply_source(reply, j).publisher;
        if (other != NULL && strcmp(other, publisher) == 0)
            return true;
    }
    return false;
}

/* In a conversation the sources are one line; /sources shows them whole. */
static void put_source_titles(const struct show *show, const struct osseo_reply *reply)
{
    char text[2048];
    size_t n = osseo_reply_n_sources(reply), used = 0;
    if (n == 0)
        return;
    used += (size_t)snprintf(text, sizeof text, "Sources: ");
    for (size_t i = 0; i < n && used < sizeof text; i++) {
        const char *publisher = osseo_reply_source(reply, i).publisher;
        if (publisher == NULL || is_named_before(reply, i, publisher))
            continue;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used == strlen("Sources: ") ? "" : "; ",
                                 publisher);
    }
    if (used < sizeof text)
        snprintf(text + used, sizeof text - used, ". (/sources)");
    style(show, DIM);
    put_marked(show, "", text, 0, NULL);
    style(show, PLAIN);
}

static void put_answer(const struct show *show, const struct osseo_reply *reply)
{
    style(show, BOLD);
    put_labelled(show, "Question answered: ", osseo_reply_heading(reply), 0, NULL);
    style(show, PLAIN);
    if (!show->is_plain)
        fputc('\n', show->out);
    put_labelled(show, "Answer: ", osseo_reply_passage(reply), 2, osseo_reply_key_sentence(reply));
    fputc('\n', show->out);
    put_labelled(show, "Please note: ", osseo_reply_caveat(reply), 0, NULL);
    if (osseo_reply_overdue(reply))
        put_marked(show, "", "This article is overdue for its review.", 0, NULL);
    if (show->is_talking)
        put_source_titles(show, reply);
    else
        show_sources(show, reply);
    put_topics(show, show->is_talking ? "See also (type a number):" : "See also:", reply,
               osseo_reply_n_related(reply), osseo_reply_related);
}

void show_reply(const struct show *show, const struct osseo_reply *reply)
{
    if (osseo_reply_card(reply) != NULL)
        put_card(show, reply);
    if (osseo_reply_card(reply) != NULL && !is_card_alone(reply))
        fputc('\n', show->out);
    if (osseo_reply_was_cut(reply))
        put_marked(show, "", "Your question was long: I read the first 4096 bytes.", 0, NULL);
    put_corrections(show, reply);
    if (osseo_reply_say(reply) != NULL)
        put_marked(show, "", osseo_reply_say(reply), 0, NULL);
    switch (osseo_reply_outcome(reply)) {
    case OSSEO_ANSWER:
        put_answer(show, reply);
        break;
    case OSSEO_CHOICES:
        put_topics(show, show->is_talking ? "Type a number, or ask in other words:" : "Did you mean:",
                   reply, osseo_reply_n_choices(reply), osseo_reply_choice);
        put_labelled(show, "Please note: ", osseo_reply_caveat(reply), 0, NULL);
        break;
    case OSSEO_NONE:
        put_topics(show, "I can tell you about:", reply, osseo_reply_n_choices(reply),
                   osseo_reply_choice);
        break;
    case OSSEO_SMALLTALK:
        break;
    }
}
