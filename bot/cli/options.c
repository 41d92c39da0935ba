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
    JOBS,
    HISTORY,
    PLAIN,
    COLOR,
    WIDTH,
    VERBOSE,
    STRICT,
    MEMORY,
    OPENSEARCH,
    HELP,
    VERSION,
    OUTPUT = 'o',
    HITS = 'k'
};

/* Those without a help text stand in that of their command. */
static const struct {
    const char *name;
    int key;
    const char *argument, *help;
} rows[] = {
    { "knowledge", KNOWLEDGE, "PATH", "a folder, .jsonl or .osx file, not the built-in knowledge" },
    { "clinic", CLINIC, "FILE", "clinic.conf: whom to ask, behind each caveat" },
    { "json", JSON, NULL, "replies as JSON, one line each" },
    { "explain", EXPLAIN, NULL, "also say which words matched, with what weight" },
    { "dialogue", DIALOGUE, NULL, "lines are turns; an empty one starts a new conversation" },
    { "jobs", JOBS, "N", "answer lines on N threads, in the order of the input" },
    { "history", HISTORY, "FILE", "keep what is typed in a conversation (else it is not)" },
    { "plain", PLAIN, NULL, "labelled text for screen readers (also ACCESSIBLE=1)" },
    { "color", COLOR, "WHEN", "auto, always or never (also NO_COLOR=1)" },
    { "width", WIDTH, "N", "wrap text at N columns, 20 to 500" },
    { "verbose", VERBOSE, NULL, NULL },
    { "strict", STRICT, NULL, NULL },
    { "memory", MEMORY, "SIZE", NULL },
    { "opensearch", OPENSEARCH, NULL, NULL },
    { "help", HELP, NULL, NULL },
    { "version", VERSION, NULL, NULL },
};

#define LEAST_MEMORY ((size_t)4 << 20)

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
    puts("osseo                           talk about dental implants, without a network\n"
         "osseo ask \"does it hurt?\"       one reply\n"
         "osseo --json < questions.txt    one JSON line a question\n"
         "Commands:");
    for (unsigned i = 0; i < n_commands; i++)
        printf("  %-6s %-31s  %s\n", commands[i].name, commands[i].arguments, commands[i].help);
    puts("Options (--help and --version besides):");
    for (size_t i = 0; i < N_ROWS; i++) {
        char name[40];
        snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].argument ? "=" : "",
                 rows[i].argument ? rows[i].argument : "");
        if (rows[i].help != NULL)
            printf("  %-17s %s\n", name, rows[i].help);
    }
    puts("Exit status: 0 all were answered, 1 not all, 2 trouble.  More: man osseo");
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

/* Reads the value of `option`, a number from `least` to `most`. */
static bool read_number(unsigned *out, const char *option, const char *value, unsigned least,
                        unsigned most)
{
    char *end, why[64];
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < least || number > most) {
        snprintf(why, sizeof why, "%s takes a number from %u to %u", option, least, most);
        trouble(value, why);
        return false;
    }
    *out = (unsigned)number;
    return true;
}

/* A number of bytes, K, M or G; a few megabytes are needed to get anywhere. */
static bool read_memory(struct options *out, const char *value)
{
    static const char units[] = "KMG";
    char *end;
    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    const char *unit = *end == '\0' ? NULL : strchr(units, *end);
    int shift = unit == NULL ? 0 : 10 * (int)(unit - units + 1);
    if (errno != 0 || value[0] < '0' || value[0] > '9' || end[unit != NULL] != '\0' ||
        n > SIZE_MAX >> shift || n << shift < LEAST_MEMORY) {
        trouble(value, "--memory takes a size of at least 4M, such as 200M or 2G");
        return false;
    }
    out->memory = (size_t)n << shift;
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
        return read_number(&out->width, "--width", value, 20, 500);
    case STRICT:
        return out->strict = true;
    case MEMORY:
        return read_memory(out, value);
    case OPENSEARCH:
        return out->opensearch = true;
    case HITS:
        return read_number(&out->k, "-k", value, 1, OSSEO_MAX_HITS);
    case JOBS:
        return read_number(&out->n_jobs, "--jobs", value, 1, MOST_JOBS);
    case HISTORY:
        out->history = value;
        return true;
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
    *out = (struct options){ .color = COLOR_AUTO, .k = 10, .n_jobs = 1 };
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
