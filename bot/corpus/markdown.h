/* corpus/markdown.h -- the part of Markdown that articles use.
 *
 *   document  = { blank | heading | item | paragraph }
 *   heading   = "#" { "#" } " " text [ " {#" id "}" ]
 *   item      = "- " text { wrapped-line }
 *   paragraph = text { wrapped-line }
 *
 * A block ends at a blank line, a heading or an item.  The blocks come with
 * their lines, which is why this is not a general parser: messages to editors
 * name the line, and a general parser aborts when memory runs out. */
#ifndef CORPUS_MARKDOWN_H
#define CORPUS_MARKDOWN_H

#include "base/memory.h"

enum markdown_kind { MARKDOWN_HEADING, MARKDOWN_ITEM, MARKDOWN_PARAGRAPH };

struct markdown_block {
    enum markdown_kind kind;
    unsigned level;    /* of a heading, 1 to 6 */
    struct slice text; /* wrapped lines joined by one blank; markup still in it */
    struct slice id;   /* of a heading, or empty */
    unsigned line;     /* the first */
};

struct markdown {
    struct slice rest;   /* what is not read yet; borrowed */
    unsigned line;       /* of rest's first line */
    struct arena *arena; /* for joined lines */
};

void markdown_init(struct markdown *markdown, struct slice text, unsigned first_line,
                   struct arena *arena);

/* The next block; false at the end or when memory ran out, which the arena remembers. */
bool markdown_next(struct markdown *markdown, struct markdown_block *block);

/* The lines as they stand, for lists such as sources: the next line that is
 * not blank, trimmed. */
bool markdown_next_line(struct markdown *markdown, struct slice *line, unsigned *number);

/* `text` without emphasis marks, links' addresses and backslashes, and with
 * each source mark [S3] cut out and handed to `cite`.  {NULL, 0} when memory
 * ran out. */
struct slice markdown_plain(struct slice text, struct arena *arena,
                            void (*cite)(void *context, struct slice label), void *context);

#endif
