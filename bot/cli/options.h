/* cli/options.h -- the command line. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "osseo.h"

#include <stdbool.h>
#include <stddef.h>

/* As grep's. */
enum exit_status { EXIT_ANSWERED = 0, EXIT_UNANSWERED = 1, EXIT_TROUBLE = 2 };

#define MOST_JOBS 64

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
    const char *knowledge; /* NULL for the built-in one */
    const char *clinic;    /* clinic.conf, or NULL */
    const char *output;    /* of index and export */
    enum color_mode color;
    unsigned width; /* 0 for the terminal's */
    unsigned k;     /* of rank */
    unsigned n_jobs;     /* threads that answer what comes through a pipe, 1 or more */
    const char *history; /* a file for what is typed in a conversation, or NULL */
    bool strict;    /* of index */
    size_t memory;  /* likewise; 0 for the library's choice */
    bool opensearch; /* of export */
    bool json, explain, dialogue, plain, verbose, help, version;
    int first_argument; /* in argv: what stands behind the options */
};

/* Reads options wherever they stand before `--`.  False, with the reason said
 * on standard error, where one is unknown or has a bad value. */
bool options_read(struct options *out, int argc, char **argv);

/* Prints the help, made from the rows of commands and options. */
void options_print_help(void);

/* The name that `typed` was meant to be, or NULL; each of `n` rows begins with one. */
const char *nearest_name(const char *typed, const void *named, size_t row_bytes, size_t n);

/* Says `osseo: what: why` on standard error and returns EXIT_TROUBLE. */
int trouble(const char *what, const char *why);
/* Says what came back from the library, with the place where it names one; likewise. */
int trouble_with(const struct osseo_error *error);

/* A command is a row: its name, what it takes, what it does. */
struct command {
    const char *name, *arguments, *help;
    int (*run)(const struct options *options, int n_arguments, char **arguments);
};

extern const struct command commands[];
extern const unsigned n_commands;

#endif
