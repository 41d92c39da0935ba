#include "cli/options.h"

#include "base/distance.h"
#include "face/say.h"
#include "osseo.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum key {
    KNOWLEDGE = 256,
    CLINIC,
    JSON,
    EXPLAIN,
    DIALOGUE,
    PLAIN,
    VERBOSE,
    COLOR,
    WIDTH,
    STRICT,
    HELP,
    VERSION,
    OUTPUT = 'o',
    HITS = 'k'
};

static const struct {
    const char *name;
    int key;
    const char *argument, *help;
} rows[] = {
    { "knowledge", KNOWLEDGE, "PATH",
      "a folder of articles, a .jsonl corpus or a compiled .osx file, "
      "instead of the built-in knowledge" },
    { "clinic", CLINIC, "FILE", "clinic.conf: whom to ask, behind each caveat" },
    { "json", JSON, NULL, "replies as JSON, one line each" },
    { "explain", EXPLAIN, NULL, "also say which words matched and with what weight" },
    { "dialogue", DIALOGUE, NULL,
      "in a pipe: lines are turns of one conversation, an empty line "
      "starts a new one" },
    { "plain", PLAIN, NULL, "labelled text for screen readers (also ACCESSIBLE=1)" },
    { "verbose", VERBOSE, NULL, "check also says what the lines of asked/ are worth" },
    { "color", COLOR, "WHEN", "auto, always or never (also NO_COLOR=1)" },
    { "width", WIDTH, "N", "wrap text at N columns, 20 to 500" },
    { "output", OUTPUT, "FILE", "-o FILE: where index writes" },
    { "strict", STRICT, NULL, "index stops at a line of a corpus that is no passage" },
    { "hits", HITS, "N", "-k N: how many passages rank lists for a query (10)" },
    { "help", HELP, NULL, "this page" },
    { "version", VERSION, NULL, "the version" },
};

#define N_ROWS (sizeof rows / sizeof *rows)

/* A word this far from a name is no slip of the fingers. */
#define MOST_SLIPS 2

const char *nearest_name(const char *typed, const char *(*name)(size_t i), size_t n)
{
    const char *best = NULL;
    unsigned least = MOST_SLIPS;
    for (size_t i = 0; i < n; i++) {
        unsigned distance = distance_damerau(slice_of(typed), slice_of(name(i)), least);
        if (distance <= least) {
            best = name(i);
            if (distance == 0)
                break;
            least = distance - 1;
        }
    }
    return best;
}

static const char *option_name(size_t i)
{
    return rows[i].name;
}

/* Says which option is meant by one that there is not, or that lacks its value. */
static void complain_of(const char *argument, bool lacks_value)
{
    size_t n_bytes = strcspn(argument + 2, "=");
    char typed[32];
    if (lacks_value) {
        say_to(stderr, "osseo: %s: it takes a value; see 'osseo --help'\n", argument);
        return;
    }
    snprintf(typed, sizeof typed, "%.*s", (int)n_bytes, argument + 2);
    const char *meant = strncmp(argument, "--", 2) == 0 ? nearest_name(typed, option_name, N_ROWS)
                                                        : NULL;
    if (meant == NULL)
        say_to(stderr, "osseo: %s: there is no such option; see 'osseo --help'\n", argument);
    else if (strcmp(meant, typed) == 0)
        say_to(stderr, "osseo: %s: it takes no value\n", argument);
    else
        say_to(stderr, "osseo: %s: there is no such option; did you mean --%s?\n", argument, meant);
}

int trouble(const char *what, const char *why)
{
    say_to(stderr, "osseo: %s: %s\n", what, why);
    return EXIT_TROUBLE;
}

void options_print_help(void)
{
    puts("Ask about dental implants, above all mini implants. Works without a network.\n\n"
         "Examples:\n"
         "  osseo                                         a conversation\n"
         "  osseo ask \"how long do mini implants last?\"   one reply\n"
         "  osseo --json < questions.txt                  one JSON line a question\n\n"
         "Commands:");
    for (unsigned i = 0; i < n_commands; i++)
        printf("  %-7s %-22s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
    puts("\nOptions:");
    for (size_t i = 0; i < N_ROWS; i++) {
        char name[40];
        snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].argument ? "=" : "",
                 rows[i].argument ? rows[i].argument : "");
        printf("  %-17s %s\n", name, rows[i].help);
    }
    puts("\nExit status: 0 every question was answered, 1 at least one was not, 2 trouble.");
}

static bool read_color(struct options *out, const char *value)
{
    static const char *const names[] = { "auto", "always", "never" };
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            out->color = (enum color_mode)i;
            return true;
        }
    trouble(value, "--color takes auto, always or never");
    return false;
}

static bool read_width(struct options *out, const char *value)
{
    char *end;
    errno = 0;
    unsigned long width = strtoul(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || width < 20 || width > 500) {
        trouble(value, "--width takes a number from 20 to 500");
        return false;
    }
    out->width = (unsigned)width;
    return true;
}

static bool read_hits(struct options *out, const char *value)
{
    char *end;
    errno = 0;
    unsigned long k = strtoul(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || k < 1 || k > OSSEO_MAX_HITS) {
        trouble(value, "-k takes a number from 1 to 10000");
        return false;
    }
    out->k = (unsigned)k;
    return true;
}

static bool set(struct options *out, int key, const char *value)
{
    switch (key) {
    case KNOWLEDGE:
        out->knowledge = value;
        return true;
    case CLINIC:
        out->clinic = value;
        return true;
    case OUTPUT:
        out->output = value;
        return true;
    case JSON:
        return out->json = true;
    case EXPLAIN:
        return out->explain = true;
    case DIALOGUE:
        return out->dialogue = true;
    case PLAIN:
        return out->plain = true;
    case VERBOSE:
        return out->verbose = true;
    case COLOR:
        return read_color(out, value);
    case WIDTH:
        return read_width(out, value);
    case STRICT:
        return out->strict = true;
    case HITS:
        return read_hits(out, value);
    case HELP:
        return out->help = true;
    case VERSION:
        return out->version = true;
    default:
        return false;
    }
}

bool options_read(struct options *out, int argc, char **argv)
{
    struct option longs[N_ROWS + 1] = { { 0 } };
    *out = (struct options){ .color = COLOR_AUTO, .k = 10 };
    for (size_t i = 0; i < N_ROWS; i++)
        longs[i] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
                                    NULL, rows[i].key };
    const char *accessible = getenv("ACCESSIBLE");
    out->plain = accessible != NULL && accessible[0] != '\0' && strcmp(accessible, "0") != 0;
    opterr = 0; /* what is wrong is said here, with what was meant */
    for (int key; (key = getopt_long(argc, argv, ":o:k:", longs, NULL)) != -1;) {
        if (key == '?' || key == ':')
            complain_of(argv[optind - 1], key == ':');
        if (!set(out, key, optarg))
            return false;
    }
    out->first_argument = optind;
    return true;
}
