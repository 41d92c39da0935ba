/* corpus/flags.h -- red-flags.md: what must interrupt, and the card to show.
 *
 *   file    = front-matter { groups | rules | flag | sources }
 *   groups  = "## Words that stand for one another" { "- NAME: " phrase { ", " phrase } }
 *   rules   = "## When a phrase does not count"     { "- Name: " phrase { ", " phrase } }
 *   flag    = "## " title " {#" id "}"
 *             "- Level: " ( "emergency" | "urgent" )
 *             "- Card: " text
 *             [ "- Sources: S1, S2" ]
 *             "### How people say it" { "- " phrase }
 *             [ "### Does not count"  { "- " phrase } ]
 *   sources = "## Sources" { source }
 *
 *   phrase  = part { " " part }       words that follow each other in this order
 *   part    = word { "/" word }       any of these
 *           | NAME                    any of a group's phrases
 *           | ".." | "..."            up to three words, or ten, whatever they are
 *
 * Words are whole and as people write them: never stems, since "breath" and
 * "breathe" share one and bad breath is no emergency.  Flags stand in the order
 * in which they are told: of two that fit, the earlier one. */
#ifndef CORPUS_FLAGS_H
#define CORPUS_FLAGS_H

#include "base/slice.h"
#include "osseo.h"

#include <stdint.h>

struct flag_phrase {
    struct slice text;
    unsigned line;
};

struct flag_list { /* a group or a rule */
    struct slice name;
    uint32_t first, n; /* in corpus->flag_phrases */
    unsigned line;
};

struct flag {
    struct slice id, title, card;
    enum osseo_urgency level; /* never OSSEO_NO_URGENCY once it is read without complaint */
    uint32_t first_said, n_said; /* in corpus->flag_phrases */
    uint32_t first_harmless, n_harmless;
    unsigned line;
};

struct corpus;

/* Reads the file's text into the corpus, which borrows it. */
void flags_read(struct corpus *corpus, struct slice text, const char *path);

#endif
