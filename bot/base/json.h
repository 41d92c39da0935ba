/* base/json.h -- JSON written into a buffer, and read where it stands: no tree, no memory.
 *
 * Writing puts the commas: whatever is no first member or item has one before it.
 *
 * A reader moves over text of its caller, which must be UTF-8 (utf8_first_invalid()),
 * and remembers the first fault.  Strings lose their escapes in place. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"

/* Begins an array or an object by its bracket: the value of the member `name`, or where
 * that is NULL the next item of an array, or the next line's.  Closed by its bracket. */
void json_open(struct buffer *out, const char *name, char bracket);
/* A string likewise, or null where its bytes are NULL. */
void json_text(struct buffer *out, const char *name, struct slice value);

struct json {
    char *at, *end;
    const char *fault; /* the first, or NULL */
    bool takes_zero;   /* \u0000 is a character, and not a fault */
};

/* False, for the caller to pass on. */
bool json_fail(struct json *p, const char *fault);

void json_skip_blank(struct json *p);

/* True, and moves on, where `c` comes next behind blanks. */
bool json_take(struct json *p, char c);

/* A string; it lies in the text, with a zero byte behind it. */
bool json_string(struct json *p, struct slice *out);

/* All of the text, which is one object: `member` is called behind each name and its colon,
 * and takes the value. */
bool json_object(struct json *p,
                 bool (*member)(struct json *p, struct slice name, void *context), void *context);

/* Any value; brackets are counted, so that nesting takes no stack. */
bool json_skip(struct json *p);

#endif
