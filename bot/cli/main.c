#define _POSIX_C_SOURCE 200809L

#include "cli/commands.h"
#include "face/clinic.h"
#include "face/knowledge.h"
#include "face/say.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* NULL, with the reason said, where the knowledge or clinic.conf cannot be opened.
 * The clinic's text is borrowed by what is opened, hence static. */
static struct osseo *open_knowledge(const struct options *options)
{
    static struct clinic clinic;
    struct osseo_options settings = { .today = knowledge_today(),
                                      .warn = say_warning,
                                      .is_strict = options->strict,
                                      .is_unexplained = options->json && !options->explain };
    struct osseo_error error;
    struct osseo *osseo = NULL;
    int status = OSSEO_OK;
    if (options->clinic != NULL) {
        status = clinic_read(&clinic, options->clinic, &error);
        settings.contact = clinic.contact;
    }
    if (status == OSSEO_OK)
        status = knowledge_open(&osseo, options->knowledge, &settings, &error);
    if (status != OSSEO_OK)
        trouble_with(&error);
    return osseo;
}

static int run_ask(const struct options *options, int n_arguments, char **arguments)
{
    char question[OSSEO_MAX_QUESTION + 8];
    size_t n = 0;
    if (n_arguments == 0)
        return trouble("ask", "write the question behind it: osseo ask \"does it hurt?\"");
    for (int i = 0; i < n_arguments; i++) {
        size_t length = strlen(arguments[i]);
        if (i > 0 && n < sizeof question)
            question[n++] = ' ';
        if (length > sizeof question - n)
            length = sizeof question - n;
        memcpy(question + n, arguments[i], length);
        n += length;
    }
    struct osseo *osseo = open_knowledge(options);
    if (osseo == NULL)
        return EXIT_TROUBLE;
    int result = pipe_ask(osseo, options, (struct slice){ question, n }, stdout);
    osseo_close(osseo);
    return result;
}

static int run_topics(const struct options *options, int n_arguments, char **arguments)
{
    (void)arguments;
    if (n_arguments > 0)
        return trouble("topics", "it takes no argument");
    struct osseo *osseo = open_knowledge(options);
    if (osseo == NULL)
        return EXIT_TROUBLE;
    for (size_t i = 0; i < osseo_n_topics(osseo); i++) {
        struct osseo_topic t = osseo_topic(osseo, i);
        say_to(stdout, "%.*s\t%.*s\n", TEXT(t.id), TEXT(t.heading));
    }
    osseo_close(osseo);
    return EXIT_ANSWERED;
}

static int run_rank(const struct options *options, int n_arguments, char **arguments)
{
    if (n_arguments != 1)
        return trouble("rank", "it is used as: osseo rank -k 10 QUERIES.tsv");
    struct osseo *osseo = open_knowledge(options);
    if (osseo == NULL)
        return EXIT_TROUBLE;
    int result = rank_file(osseo, arguments[0], options->k, stdout);
    osseo_close(osseo);
    return result;
}

/* A line that stays where it is, for whoever waits at a terminal. */
static void tell_progress(void *context, uint64_t n_read, uint64_t n_bytes)
{
    int *told = context;
    int percent = n_bytes == 0 ? 100 : (int)(n_read * 100 / n_bytes);
    if (percent != *told)
        fprintf(stderr, "\rindexing: %3d %%", percent);
    *told = percent;
}

static int run_index(const struct options *options, int n_arguments, char **arguments)
{
    struct osseo_options settings = { .today = knowledge_today(),
                                      .warn = say_warning,
                                      .is_strict = options->strict,
                                      .index_memory = options->memory };
    struct osseo_error error;
    int told = -1;
    if (isatty(STDERR_FILENO)) {
        settings.progress = tell_progress;
        settings.progress_context = &told;
    }
    if (n_arguments != 1 || options->output == NULL)
        return trouble("index", "it is used as: osseo index SOURCE -o FILE.osx");
    int status = osseo_index(arguments[0], options->output, &settings, &error);
    if (told >= 0)
        fputs("\r\033[K", stderr);
    return status == OSSEO_OK ? EXIT_ANSWERED : trouble_with(&error);
}

static int run_export(const struct options *options, int n_arguments, char **arguments)
{
    struct osseo_error error;
    if (n_arguments != 1 || !options->opensearch)
        return trouble("export", "it is used as: osseo export --opensearch FOLDER [-o FOLDER]");
    const char *out = options->output == NULL ? "." : options->output;
    int status = osseo_export_opensearch(arguments[0], out, NULL, &error);
    return status == OSSEO_OK ? EXIT_ANSWERED : trouble_with(&error);
}

static void tell(void *context, int is_error, const char *file, unsigned line, const char *rule,
                 const char *text)
{
    (void)context;
    say_to(stdout, "%s:%u: %s: %s [%s]\n", file, line, is_error ? "error" : "warning", text, rule);
}

static int run_check(const struct options *options, int n_arguments, char **arguments)
{
    struct osseo_options settings = { .today = knowledge_today() };
    struct osseo_error error;
    size_t n_complaints;
    char *report = NULL;
    if (n_arguments != 1)
        return trouble("check", "it is used as: osseo check FOLDER or FILE.osx");
    if (osseo_check(arguments[0], &settings, tell, NULL, &n_complaints, &error) != OSSEO_OK ||
        (options->verbose &&
         osseo_check_lines(&report, arguments[0], &settings, &error) != OSSEO_OK))
        return trouble_with(&error);
    if (report != NULL)
        say_text(stdout, slice_of(report));
    osseo_report_free(report, &settings);
    return n_complaints > 0 ? EXIT_UNANSWERED : EXIT_ANSWERED;
}

static int run_diff(const struct options *options, int n_arguments, char **arguments)
{
    struct osseo_error error;
    size_t n_changed = 0;
    char *report;
    (void)options;
    if (n_arguments != 2)
        return trouble("diff", "it is used as: osseo diff OLD NEW");
    if (osseo_diff(&report, &n_changed, arguments[0], arguments[1], NULL, &error) != OSSEO_OK)
        return trouble_with(&error);
    say_text(stdout, slice_of(report));
    osseo_report_free(report, NULL);
    return n_changed > 0 ? EXIT_UNANSWERED : EXIT_ANSWERED;
}

const struct command commands[] = {
    { "ask", "QUESTION...", "one reply", run_ask },
    { "check", "[--verbose] FOLDER|FILE.osx", "lint a folder; verify a compiled file", run_check },
    { "diff", "OLD NEW", "replies that an edit changes", run_diff },
    { "export", "--opensearch FOLDER [-o DIR]", "documents for a search cluster", run_export },
    { "index", "[--strict] [--memory=SIZE] SOURCE -o FILE.osx", "compile a knowledge",
      run_index },
    { "rank", "[-k N] QUERIES.tsv", "`qid TAB text` lines to a TREC run", run_rank },
    { "topics", "", "what can be asked", run_topics },
};

const unsigned n_commands = sizeof commands / sizeof *commands;

static int run_questions(const struct options *options)
{
    struct osseo *osseo = open_knowledge(options);
    if (osseo == NULL)
        return EXIT_TROUBLE;
    int result = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !options->json
                     ? talk_run(osseo, options)
                     : pipe_run(osseo, options, stdin, stdout);
    osseo_close(osseo);
    return result;
}

static int run(const struct options *options, int argc, char **argv)
{
    if (options->help) {
        options_print_help();
        return EXIT_ANSWERED;
    }
    if (options->version) {
        printf("osseo %s\n", osseo_version());
        return EXIT_ANSWERED;
    }
    int first = options->first_argument;
    if (first >= argc)
        return run_questions(options);
    for (unsigned i = 0; i < n_commands; i++)
        if (strcmp(argv[first], commands[i].name) == 0)
            return commands[i].run(options, argc - first - 1, argv + first + 1);
    const char *meant = nearest_name(argv[first], commands, sizeof *commands, n_commands);
    if (meant == NULL)
        return trouble(argv[first], "there is no such command; see 'osseo --help', or ask a question "
                                    "with: osseo ask \"...\"");
    say_to(stderr, "osseo: %s: there is no such command; did you mean '%s'?\n", argv[first], meant);
    return EXIT_TROUBLE;
}

/* A compiled file of our own is mapped, and somebody may cut it short. */
static void on_bus_error(int signal_number)
{
    static const char text[] = "osseo: the knowledge was cut short while it was in use; "
                               "compile it again\n";
    (void)signal_number;
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(EXIT_TROUBLE);
}

int main(int argc, char **argv)
{
    struct options options;
    struct sigaction on_bus = { .sa_handler = on_bus_error };
    sigaction(SIGBUS, &on_bus, NULL);
    if (!options_read(&options, argc, argv))
        return EXIT_TROUBLE;
    int result = run(&options, argc, argv);
    /* What was lost on the way out is trouble too. */
    if (fflush(stdout) != 0 || ferror(stdout))
        return trouble("standard output", strerror(errno));
    return result;
}
