/* cli/show.h -- a reply as text, for a terminal, a pipe or a screen reader. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "cli/options.h"
#include "osseo.h"

#include <stddef.h>
#include <stdio.h>

/* Of a terminal that does not say how wide it is. */
#define USUAL_COLUMNS 80

struct show {
    FILE *out;
    unsigned width;  /* columns; 0 never wraps */
    bool has_color;  /* escape sequences are welcome */
    bool is_plain;   /* labels instead of layout */
    bool is_talking; /* choices can be picked by number */
};

/* Fills in what fits `out` and the options. */
void show_init(struct show *show, FILE *out, const struct options *options);

/* True for a terminal that understands escape sequences. */
bool show_can_steer(FILE *out);

/* The reply in the order of its importance: card, answer, caveat, the rest. */
void show_reply(const struct show *show, const struct osseo_reply *reply);

/* Wrapped text with `indent` blanks before each line.  Characters that would
 * steer a terminal come out as U+FFFD. */
void show_text(const struct show *show, const char *text, unsigned indent);
void show_sources(const struct show *show, const struct osseo_reply *reply);

#endif
