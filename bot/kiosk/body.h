/* kiosk/body.h -- the JSON of a request's body, read strictly and without memory. */
#ifndef KIOSK_BODY_H
#define KIOSK_BODY_H

#include "kiosk/http.h"
#include "kiosk/limits.h"

enum body_member { BODY_QUESTION, BODY_AFTER, BODY_TOPIC, BODY_NOTES, N_BODY_MEMBERS };

/* Texts end in a zero byte; bytes are NULL where a member is absent or null. */
struct body {
    struct slice text[BODY_NOTES];
    struct slice notes[MAX_NOTES];
    size_t n_notes;
    char bytes[MAX_BODY_BYTES]; /* what the texts point to */
};

/* An object of some of the `members` (bits, 1u << BODY_TOPIC and so on) and of no
 * others.  False, and why in `*fault`.  Wipe it in the end, whatever came of it. */
bool body_read(struct body *out, struct slice json, unsigned members, struct response *fault);
void body_wipe(struct body *body);

#endif
