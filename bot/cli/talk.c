#define _POSIX_C_SOURCE 200809L

#include "cli/talk.h"

#include "base/slice.h"
#include "cli/show.h"
#include "face/say.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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
    bool is_over;
    int status;
} *talk;

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static void show_now(struct show *show)
{
    show_init(show, stdout, talk->options);
    show->is_talking = true;
}

/* Shows a reply, which numbers pick from until the next one. */
static void take_reply(struct osseo_reply *reply)
{
    struct show show;
    osseo_reply_free(talk->reply);
    talk->reply = reply;
    talk->n_shown_more = 0;
    show_now(&show);
    putchar('\n');
    show_reply(&show, reply);
    if (talk->options->explain)
        show_text(&show, osseo_reply_explain(reply), 0);
    putchar('\n');
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
    say(why != NULL ? why : "No answer was chosen by your words yet, so there is nothing to explain.");
}

static void do_topics(void)
{
    struct osseo_text article = { NULL, 0 };
    for (size_t i = 0; i < osseo_n_topics(talk->osseo); i++) {
        struct osseo_topic topic = osseo_topic(talk->osseo, i);
        if (article.bytes != topic.article.bytes) {
            article = topic.article;
            say_to(stdout, "\n%.*s\n", (int)article.n_bytes, article.bytes);
        }
        say_to(stdout, "  %.*s\n", (int)topic.heading.n_bytes, topic.heading.bytes);
    }
    putchar('\n');
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

static bool is_farewell(const char *line)
{
    static const char *const words[] = { "exit", "quit", "bye" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(line, words[i]) == 0)
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
    char *text = line + strspn(line, " \t\n");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\n", text[n - 1]) != NULL)
        text[--n] = '\0';
    const char *topic = picked(text);
    if (n > 0)
        add_history(text);
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
           strncasecmp(question.bytes, typed, strlen(typed)) == 0;
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

static void greet(void)
{
    say("Hello. Ask me about dental implants, above all mini implants that hold a denture.");
    say("For example: What is a mini dental implant? How long do implants last? Does it hurt?");
    say("I am a program and no dentist; in an emergency ring 999. /help says more, /quit leaves.");
}

/* Waits for keys; Ctrl-C drops the line that was begun. */
static void read_lines(void)
{
    while (!talk->is_over) {
        struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
        int ready = poll(&input, 1, -1);
        if (interrupted) {
            interrupted = 0;
            rl_free_line_state();
            rl_callback_sigcleanup();
            rl_replace_line("", 0);
            rl_crlf();
            rl_on_new_line();
            rl_redisplay();
        } else if (ready > 0) {
            rl_callback_read_char();
        } else if (ready < 0 && errno != EINTR) {
            talk->is_over = true;
        }
    }
}

int talk_run(const struct osseo *osseo, const struct options *options)
{
    struct talk here = { .osseo = osseo, .options = options };
    struct osseo_error error;
    struct sigaction on_int = { .sa_handler = on_interrupt }, before;
    const char *term = getenv("TERM");
    if (osseo_conversation_new(&here.conversation, osseo, &error) != OSSEO_OK)
        return trouble("conversation", error.text);
    talk = &here;

    /* readline would write its paste mode to a terminal that shows it. */
    if (term == NULL || strcmp(term, "dumb") == 0)
        rl_variable_bind("enable-bracketed-paste", "off");
    rl_readline_name = "osseo";
    rl_catch_signals = 0;
    rl_attempted_completion_function = complete;
    /* A question is completed whole: no character parts words for readline. */
    rl_basic_word_break_characters = "\n";
    rl_completer_quote_characters = "";
    sigaction(SIGINT, &on_int, &before);
    greet();
    rl_callback_handler_install("> ", on_line);
    read_lines();
    rl_callback_handler_remove();
    clear_history();
    sigaction(SIGINT, &before, NULL);
    osseo_reply_free(here.reply);
    osseo_conversation_free(here.conversation);
    talk = NULL;
    return here.status;
}
