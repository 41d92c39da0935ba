/* kiosk/http.h -- a request and a response, without sockets.
 *
 * A route is a function from the one to the other; server.c alone knows how
 * bytes come and go. */
#ifndef KIOSK_HTTP_H
#define KIOSK_HTTP_H

#include "base/slice.h"

/* The headers that anything depends on; all others are ignored. */
enum header {
    HEADER_CONTENT_LENGTH,
    HEADER_CONTENT_TYPE,
    HEADER_HOST,
    HEADER_ORIGIN,
    HEADER_SEC_FETCH_SITE,
    HEADER_TRANSFER_ENCODING,
    N_HEADERS
};

/* Their names, in the order above. */
extern const char *const header_names[N_HEADERS];

struct request {
    const char *method, *path;
    const char *local; /* "127.0.0.1:8086": where the connection came in */
    struct {
        const char *value; /* NULL where the header is not there */
        unsigned count;    /* how often it is there; `value` is its first */
    } headers[N_HEADERS];
    struct slice body;
};

struct response {
    unsigned status;   /* 200 and so on */
    const char *type;  /* Content-Type */
    const char *allow; /* methods, with 405; else NULL */
    bool closes;       /* the connection cannot be used for another request */
    struct slice body;
    /* Called once when `body` is no longer needed; NULL where it outlives all. */
    void (*release)(void *owner);
    void *owner;
};

/* The refusal of a request.  `why` is a literal, so that it needs no memory and
 * nothing that was sent can stand in it. */
#define response_error(status, why) response_of(status, SLICE("{\"error\": \"" why "\"}\n"))

/* JSON that outlives the response. */
static inline struct response response_of(unsigned code, struct slice json)
{
    return (struct response){ .status = code, .type = "application/json", .body = json };
}

#endif
