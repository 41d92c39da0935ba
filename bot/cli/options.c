#include "cli/options.h"

#include "base/distance.h"
#include "face/say.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_MEMORY ((size_t)4 << 20)

struct row;

/* Takes the value of an option into a member of the options; false, with the reason said,
 * where it is a bad one. */
typedef bool take(void *member, const struct row *row, const char *value);

static take take_flag, take_text, take_color, take_number, take_memory;

#define MEMBER(name) offsetof(struct options, name)

/* Those without a help text stand in that of their command. */
static const struct row {
    const char *name, *argument, *help;
    size_t member;
    take *take;
    unsigned least, most; /* of a number */
} rows[] = {
    { "knowledge", "PATH", "a folder, .jsonl or .osx file, not the built-in knowledge",
      MEMBER(knowledge), .take = take_text },
    { "clinic", "FILE", "clinic.conf: whom to ask, behind each caveat", MEMBER(clinic),
      .take = take_text },
    { "json", NULL, "replies as JSON, one line each", MEMBER(json), .take = take_flag },
    { "explain", NULL, "also say which words matched, with what weight", MEMBER(explain),
      .take = take_flag },
    { "dialogue", NULL, "lines are turns; an empty one starts a new conversation",
      MEMBER(dialogue), .take = take_flag },
    { "jobs", "N", "answer lines on N threads, in the order of the input",
      MEMBER(n_jobs), .take = take_number, .least = 1, .most = MOST_JOBS },
    { "history", "FILE", "keep what is typed in a conversation (else it is not)",
      MEMBER(history), .take = take_text },
    { "plain", NULL, "labelled text for screen readers (also ACCESSIBLE=1)",
      MEMBER(plain), .take = take_flag },
    { "color", "WHEN", "auto, always or never (also NO_COLOR=1)",
      MEMBER(color), .take = take_color },
    { "width", "N", "wrap text at N columns, 20 to 500", MEMBER(width), .take = take_number,
      .least = 20, .most = 500 },
    { "verbose", NULL, NULL, MEMBER(verbose), .take = take_flag },
    { "strict", NULL, NULL, MEMBER(strict), .take = take_flag },
    { "memory", "SIZE", NULL, MEMBER(memory), .take = take_memory },
    { "opensearch", NULL, NULL, MEMBER(opensearch), .take = take_flag },
    { "help", NULL, NULL, MEMBER(help), .take = take_flag },
    { "version", NULL, NULL, MEMBER(version), .take = take_flag },
};

#define N_ROWS (sizeof rows / sizeof *rows)

/* Options of one letter. */
static const struct row output_row = { "-o", "FILE", NULL, MEMBER(output), .take = take_text };
static const struct row hits_row = { "-k", "N", NULL, MEMBER(k), .take = take_number,
                                     .least = 1, .most = OSSEO_MAX_HITS };

/* A word this far from a name is no slip of the fingers. */
#define MOST_SLIPS 2

const char *nearest_name(const char *typed, const void *named, size_t row_bytes, size_t n)
{
    const char *best = NULL;
    unsigned least = MOST_SLIPS;
    for (size_t i = 0; i < n; i++) {
        const char *name;
        memcpy(&name, (const char *)named + i * row_bytes, sizeof name);
        unsigned distance = distance_damerau(slice_of(typed), slice_of(name), least);
        if (distance <= least) {
            best = name;
            if (distance == 0)
                break;
            least = distance - 1;
        }
    }
    return best;
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
    const char *meant = NULL;
    if (strncmp(argument, "--", 2) == 0)
        meant = nearest_name(typed, rows, sizeof *rows, N_ROWS);
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

int trouble_with(const struct osseo_error *error)
{
    bool has_place = error->status == OSSEO_EPARSE && error->line > 0;
    say_to(stderr, has_place ? "%s\n" : "osseo: %s\n", error->text);
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

static bool take_flag(void *member, const struct row *row, const char *value)
{
    (void)row;
    (void)value;
    return *(bool *)member = true;
}

static bool take_text(void *member, const struct row *row, const char *value)
{
    (void)row;
    *(const char **)member = value;
    return true;
}

static bool take_color(void *member, const struct row *row, const char *value)
{
    static const char *const names[] = { "auto", "always", "never" };
    (void)row;
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *(enum color_mode *)member = (enum color_mode)i;
            return true;
        }
    trouble(value, "--color takes auto, always or never");
    return false;
}

static bool take_number(void *member, const struct row *row, const char *value)
{
    char *end, why[64];
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < row->least || number > row->most) {
        snprintf(why, sizeof why, "%s%s takes a number from %u to %u",
                 row->name[0] == '-' ? "" : "--", row->name, row->least, row->most);
        trouble(value, why);
        return false;
    }
    *(unsigned *)member = (unsigned)number;
    return true;
}

/* A number of bytes, K, M or G; a few megabytes are needed to get anywhere. */
static bool take_memory(void *member, const struct row *row, const char *value)
{
    static const char units[] = "KMG";
    char *end;
    (void)row;
    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    const char *unit = *end == '\0' ? NULL : strchr(units, *end);
    int shift = unit == NULL ? 0 : 10 * (int)(unit - units + 1);
    if (errno != 0 || value[0] < '0' || value[0] > '9' || end[unit != NULL] != '\0' ||
        n > SIZE_MAX >> shift || n << shift < LEAST_MEMORY) {
        trouble(value, "--memory takes a size of at least 4M, such as 200M or 2G");
        return false;
    }
    *(size_t *)member = (size_t)n << shift;
    return true;
}

/* What getopt_long says of the first long option; of the next one more. */
#define FIRST_KEY 256

bool options_read(struct options *out, int argc, char **argv)
{
    struct option longs[N_ROWS + 1] = { { 0 } };
    *out = (struct options){ .color = COLOR_AUTO, .k = 10, .n_jobs = 1 };
    for (size_t i = 0; i < N_ROWS; i++)
        longs[i] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
                                    NULL, FIRST_KEY + (int)i };
    const char *accessible = getenv("ACCESSIBLE");
    out->plain = accessible != NULL && accessible[0] != '\0' && strcmp(accessible, "0") != 0;
    opterr = 0; /* what is wrong is said here, with what was meant */
    for (int key; (key = getopt_long(argc, argv, ":o:k:", longs, NULL)) != -1;) {
        if (key == '?' || key == ':') {
            complain_of(argv[optind - 1], key == ':');
            return false;
        }
        const struct row *row = key == 'o'   ? &output_row
                                : key == 'k' ? &hits_row
                                             : &rows[key - FIRST_KEY];
        if (!row->take((char *)out + row->member, row, optarg))
            return false;
    }
    out->first_argument = optind;
    return true;
}
