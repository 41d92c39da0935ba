#define _POSIX_C_SOURCE 200809L

#include "cli/commands.h"

#include "base/slice.h"
#include "cli/page.h"
#include "cli/show.h"
#include "cli/text.h"
#include "face/say.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

/* readline calls back without a context, so the conversation that is going on
 * is known to this file. */
static struct talk {
    const struct osseo *osseo;
    const struct options *options;
    struct osseo_conversation *conversation;
    struct osseo_reply *reply; /* the last one; numbers pick from it */
    size_t n_shown_more;
    FILE *history; /* where typed lines are kept, or NULL */
    bool is_over;
    int status;
} *talk;

static volatile sig_atomic_t interrupted, resized;

/* A signal that comes just before the wait for a key must end that wait, too. */
static int wake[2] = { -1, -1 };

static void on_signal(int number)
{
    int before = errno;
    if (number == SIGINT)
        interrupted = 1;
    else
        resized = 1;
    if (write(wake[1], "", 1) < 0) {
        /* It is full, which wakes as well. */
    }
    errno = before;
}

static void show_now(struct show *show)
{
    show_init(show, stdout, talk->options);
    show->is_talking = true;
}

/* Writes what `put` writes, by a pager where it is longer than the screen; at once
 * where memory is short. */
static void show_paged(void (*put)(const struct show *show))
{
    struct show show;
    struct text text;
    show_now(&show);
    FILE *screen = show.out;
    show.out = text_open(&text);
    if (show.out != NULL)
        put(&show);
    bool is_whole = show.out != NULL && !ferror(show.out);
    if (show.out != NULL && fclose(show.out) != 0)
        is_whole = false;
    show.out = screen;
    if (is_whole)
        page_write(text.bytes, text.n_bytes, talk->options);
    else
        put(&show);
    free(text.bytes);
}

static void put_reply(const struct show *show)
{
    fputc('\n', show->out);
    show_reply(show, talk->reply);
    if (talk->options->explain)
        show_text(show, osseo_reply_explain(talk->reply), 0);
    fputc('\n', show->out);
}

/* Shows a reply, which numbers pick from until the next one. */
static void take_reply(struct osseo_reply *reply)
{
    struct show show;
    osseo_reply_free(talk->reply);
    talk->reply = reply;
    talk->n_shown_more = 0;
    show_now(&show);
    if (osseo_reply_card(reply) != NULL)
        put_reply(&show); /* nothing comes between a card and the person */
    else
        show_paged(put_reply);
}

static void ask(const char *question)
{
    struct osseo_reply *reply;
    struct osseo_error error;
    if (osseo_ask(&reply, talk->osseo, talk->conversation, question, strlen(question), &error) ==
        OSSEO_OK)
        take_reply(reply);
    else
        trouble("cannot answer", error.text);
}

/* Answers a question that was picked by its number. */
static void ask_topic(const char *topic)
{
    struct osseo_reply *reply;
    struct osseo_error error;
    if (osseo_ask_topic(&reply, talk->osseo, topic, &error) != OSSEO_OK) {
        trouble("cannot answer", error.text);
        return;
    }
    osseo_conversation_set_topic(talk->conversation, topic);
    take_reply(reply);
}

static void say(const char *text)
{
    struct show show;
    show_now(&show);
    show_text(&show, text, 0);
}

static void do_help(void);

static void do_more(void)
{
    if (talk->reply == NULL || talk->n_shown_more >= osseo_reply_n_more(talk->reply)) {
        say("There is no more on this. Ask me something else, or type /topics.");
        return;
    }
    putchar('\n');
    say(osseo_reply_more(talk->reply, talk->n_shown_more++));
    say(osseo_reply_caveat(talk->reply));
    putchar('\n');
}

static void do_sources(void)
{
    struct show show;
    show_now(&show);
    if (talk->reply == NULL || osseo_reply_n_sources(talk->reply) == 0)
        say("Nothing was answered yet, so there are no sources to show.");
    else
        show_sources(&show, talk->reply);
}

static void do_why(void)
{
    const char *why = talk->reply == NULL ? NULL : osseo_reply_why(talk->reply);
    if (why == NULL && talk->reply != NULL && osseo_reply_passage(talk->reply) != NULL)
        why = "You picked this question yourself, by its number.";
    say(why != NULL ? why : "No answer was chosen by your words yet, so there is nothing to explain.");
}

static void put_topics(const struct show *show)
{
    struct osseo_text article = { NULL, 0 };
    for (size_t i = 0; i < osseo_n_topics(talk->osseo); i++) {
        struct osseo_topic topic = osseo_topic(talk->osseo, i);
        if (article.bytes != topic.article.bytes) {
            article = topic.article;
            say_to(show->out, "\n%.*s\n", TEXT(article));
        }
        say_to(show->out, "  %.*s\n", TEXT(topic.heading));
    }
    fputc('\n', show->out);
}

static void do_topics(void)
{
    show_paged(put_topics);
}

static void do_new(void)
{
    osseo_conversation_clear(talk->conversation);
    osseo_reply_free(talk->reply);
    talk->reply = NULL;
    say("We start afresh.");
}

static void do_quit(void)
{
    talk->is_over = true;
}

static const struct {
    const char *name, *help;
    void (*run)(void);
} slashes[] = {
    { "/help", "this page", do_help },
    { "/more", "the rest of what I know about this", do_more },
    { "/new", "start afresh", do_new },
    { "/quit", "leave (also exit, quit, bye, or Ctrl-D)", do_quit },
    { "/sources", "where the last answer comes from", do_sources },
    { "/topics", "all that can be asked", do_topics },
    { "/why", "what the last answer was chosen by", do_why },
};

#define N_SLASHES (sizeof slashes / sizeof *slashes)

static void do_help(void)
{
    say("Type a question in your own words. Tab completes it, a number picks a question that was "
        "shown, Ctrl-C drops the line.");
    for (size_t i = 0; i < N_SLASHES; i++)
        printf("  %-9s %s\n", slashes[i].name, slashes[i].help);
}

static void run_slash(const char *line)
{
    for (size_t i = 0; i < N_SLASHES; i++)
        if (strcmp(line, slashes[i].name) == 0) {
            slashes[i].run();
            return;
        }
    /* The command that begins alike is the one that was meant. */
    for (size_t i = 0; i < N_SLASHES; i++)
        if (strncmp(line, slashes[i].name, 2) == 0) {
            say_to(stdout, "There is no %s; did you mean %s?\n", line, slashes[i].name);
            return;
        }
    say_to(stdout, "There is no %s; /help lists what there is.\n", line);
}

/* The topic that a typed number stands for, or NULL. */
static const char *picked(const char *line)
{
    char *end;
    unsigned long number = strtoul(line, &end, 10);
    if (end == line || *end != '\0' || number == 0 || talk->reply == NULL)
        return NULL;
    bool answered = osseo_reply_outcome(talk->reply) == OSSEO_ANSWER;
    size_t n = answered ? osseo_reply_n_related(talk->reply) : osseo_reply_n_choices(talk->reply);
    if (number > n)
        return NULL;
    return answered ? osseo_reply_related(talk->reply, number - 1).topic
                    : osseo_reply_choice(talk->reply, number - 1).topic;
}

/* True where `n` bytes are alike but for the case of ASCII letters.  In Turkish the C
 * library's strncasecmp takes I and i for two letters. */
static bool is_alike(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool is_letter = (a[i] >= 'A' && a[i] <= 'Z') || (a[i] >= 'a' && a[i] <= 'z');
        if (a[i] != b[i] && !(is_letter && (a[i] ^ b[i]) == ('a' ^ 'A')))
            return false;
    }
    return true;
}

static bool is_farewell(const char *line)
{
    static const char *const words[] = { "exit", "quit", "bye" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(line) == strlen(words[i]) && is_alike(line, words[i], strlen(line)))
            return true;
    return false;
}

static void on_line(char *line)
{
    if (line == NULL) { /* Ctrl-D */
        putchar('\n');
        talk->is_over = true;
        return;
    }
    for (char *c = line; *c != '\0'; c++) /* pasted lines are one question */
        *c = *c == '\n' || *c == '\r' ? ' ' : *c;
    char *text = line + strspn(line, " \t");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t", text[n - 1]) != NULL)
        text[--n] = '\0';
    const char *topic = picked(text);
    if (n > 0)
        add_history(text);
    if (n > 0 && talk->history != NULL &&
        (fprintf(talk->history, "%s\n", text) < 0 || fflush(talk->history) != 0))
        trouble(talk->options->history, strerror(errno));
    if (is_farewell(text)) {
        talk->is_over = true;
    } else if (text[0] == '/') {
        run_slash(text);
    } else if (topic != NULL) {
        ask_topic(topic);
    } else if (n > 0) {
        ask(text);
    }
    free(line);
}

static bool starts_alike(struct osseo_text question, const char *typed)
{
    return strlen(typed) <= question.n_bytes &&
           is_alike(question.bytes, typed, strlen(typed));
}

/* readline asks for the matches one by one; `state` is 0 for the first. */
static char *next_match(const char *typed, int state)
{
    static size_t topic, way, slash;
    if (state == 0)
        topic = way = slash = 0;
    while (typed[0] == '/' && slash < N_SLASHES) {
        const char *name = slashes[slash++].name;
        if (strncmp(name, typed, strlen(typed)) == 0)
            return strdup(name);
    }
    while (typed[0] != '/' && topic < osseo_n_topics(talk->osseo)) {
        struct osseo_topic t = osseo_topic(talk->osseo, topic);
        struct osseo_text text = way == 0 ? t.heading : osseo_also_asked(talk->osseo, topic, way - 1);
        if (way++ >= t.n_also_asked) {
            way = 0;
            topic++;
        }
        if (starts_alike(text, typed))
            return strndup(text.bytes, text.n_bytes);
    }
    return NULL;
}

static char **complete(const char *text, int start, int end)
{
    (void)text;
    (void)start;
    (void)end;
    rl_attempted_completion_over = 1;
    rl_completion_append_character = '\0';
    return rl_completion_matches(rl_line_buffer, next_match);
}

/* The shortest question of an article whose topics start at `*i`, which moves on
 * to the next article. */
static struct osseo_text shortest_question(size_t *i)
{
    struct osseo_topic topic = osseo_topic(talk->osseo, *i);
    struct osseo_text best = topic.heading;
    const char *article = topic.article.bytes;
    while (++*i < osseo_n_topics(talk->osseo)) {
        topic = osseo_topic(talk->osseo, *i);
        if (topic.article.bytes != article)
            break;
        if (topic.heading.n_bytes < best.n_bytes)
            best = topic.heading;
    }
    return best;
}

/* Three lines; that in the middle has questions of this very knowledge, of three
 * articles, as many as it has room for. */
static void greet(void)
{
    char examples[USUAL_COLUMNS] = "";
    size_t used = 0, n = 0;
    for (size_t i = 0; i < osseo_n_topics(talk->osseo) && i < 1000 && n < 3;) {
        struct osseo_text question = shortest_question(&i);
        if (question.n_bytes <= sizeof examples / 3 && used + question.n_bytes < sizeof examples - 1) {
            used += (size_t)snprintf(examples + used, sizeof examples - used, "%s%.*s",
                                     n == 0 ? "" : " ", TEXT(question));
            n++;
        }
    }
    say("Ask me about dental implants, above all mini implants that hold a denture:");
    if (n > 0)
        say(examples);
    say("I am a program and no dentist. In an emergency ring 999. /help says more.");
}

/* Opens the file that is to keep what is typed, for its owner alone, and takes in
 * what it holds.  False, with the reason said, where that cannot be. */
static bool open_history(const char *path)
{
    struct stat status;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0 || fstat(fd, &status) != 0 || fchmod(fd, 0600) != 0)
        trouble(path, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        trouble(path, "--history takes a file");
    else
        talk->history = fdopen(fd, "a");
    if (talk->history == NULL && fd >= 0)
        close(fd);
    stifle_history(1000);
    read_history(path);
    return talk->history != NULL;
}

/* Waits for keys; Ctrl-C drops the line that was begun. */
static void read_lines(void)
{
    while (!talk->is_over) {
        struct pollfd inputs[] = { { .fd = STDIN_FILENO, .events = POLLIN },
                                   { .fd = wake[0], .events = POLLIN } };
        char byte;
        if (poll(inputs, 2, -1) < 0 && errno != EINTR)
            talk->is_over = true;
        else if (inputs[1].revents != 0 && read(wake[0], &byte, 1) < 0)
            talk->is_over = true;
        if (interrupted) {
            interrupted = 0;
            rl_free_line_state();
            rl_callback_sigcleanup();
            rl_replace_line("", 0);
            rl_crlf();
            rl_on_new_line();
            rl_redisplay();
        }
        if (resized) {
            resized = 0;
            rl_resize_terminal();
        }
        if (inputs[0].revents != 0)
            rl_callback_read_char();
    }
}

/* Greets, and answers until the person leaves. */
static void converse(void)
{
    struct sigaction on = { .sa_handler = on_signal }, interrupt, resize;
    setlocale(LC_CTYPE, ""); /* readline moves by characters */
    /* readline would write its paste mode to a terminal that shows it. */
    if (!show_can_steer(stdout))
        rl_variable_bind("enable-bracketed-paste", "off");
    rl_readline_name = "osseo";
    rl_catch_signals = rl_catch_sigwinch = 0; /* it would be told in the middle of a key only */
    rl_attempted_completion_function = complete;
    /* A question is completed whole: no character parts words for readline. */
    rl_basic_word_break_characters = "\n";
    rl_completer_quote_characters = "";
    sigaction(SIGINT, &on, &interrupt);
    sigaction(SIGWINCH, &on, &resize);
    greet();
    rl_callback_handler_install("> ", on_line);
    /* Where memory runs out readline lacks this, goes on, and writes to it all the same. */
    if (rl_executing_keyseq != NULL)
        read_lines();
    else
        talk->status = trouble("conversation", "out of memory");
    rl_callback_handler_remove();
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGWINCH, &resize, NULL);
}

int talk_run(const struct osseo *osseo, const struct options *options)
{
    struct talk here = { .osseo = osseo, .options = options };
    struct osseo_error error;
    if (osseo_conversation_new(&here.conversation, osseo, &error) != OSSEO_OK)
        return trouble("conversation", error.text);
    talk = &here;
    if (pipe(wake) != 0 || fcntl(wake[1], F_SETFL, O_NONBLOCK) != 0)
        here.status = trouble("conversation", strerror(errno));
    else if (options->history == NULL || open_history(options->history))
        converse();
    else
        here.status = EXIT_TROUBLE;
    clear_history();
    close(wake[0]);
    close(wake[1]);
    if (here.history != NULL)
        fclose(here.history);
    osseo_reply_free(here.reply);
    osseo_conversation_free(here.conversation);
    talk = NULL;
    return here.status;
}
