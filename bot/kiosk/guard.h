/* kiosk/guard.h -- which requests are not listened to.
 *
 * The page is the only client.  A page of another origin must not use the server
 * through the visitor's browser: neither under a name of its own that leads to
 * 127.0.0.1 (DNS rebinding: Host), nor by a cross-site post (Origin,
 * Sec-Fetch-Site, and a content type that a form cannot send).  What parsers may
 * read in two ways is refused: two hosts, two lengths, a transfer encoding. */
#ifndef KIOSK_GUARD_H
#define KIOSK_GUARD_H

#include "kiosk/http.h"

/* Looks at a request's headers, before its body is read.  False with the refusal
 * in `*refusal`. */
bool guard_admits(const struct request *request, struct response *refusal);

#endif
