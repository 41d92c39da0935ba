/* kiosk/body.h -- the JSON of a request's body, read strictly. */
#ifndef KIOSK_BODY_H
#define KIOSK_BODY_H

#include "kiosk/http.h"

#include <jansson.h>

/* What a member of the body may be. */
struct member {
    const char *name;
    enum { MEMBER_TEXT, MEMBER_TEXTS } kind;
    size_t max_bytes; /* of a text; a longer one is refused, 0 lets all pass */
};

/* An object of these members and no others; absent ones may be null.  NULL, and
 * why in `*fault`.  Owned by the caller; free with json_decref(). */
json_t *body_read(struct slice body, const struct member *members, size_t n_members,
                  struct response *fault);

/* The text of a member; bytes are NULL where it is absent or null. */
struct slice body_text(const json_t *body, const char *name);

#endif
