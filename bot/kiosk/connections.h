/* kiosk/connections.h -- how long each connection has been at its request.
 *
 * MHD's own time-out is one of inactivity: a client that sends a byte a second
 * stays for ever.  Here a request must be whole, and its reply taken, within
 * REQUEST_SECONDS; what is late is shut down.  Where nearly MAX_CONNECTIONS are
 * open, a new one makes the one shut down that has waited longest, so that
 * connections which say nothing never lock a visitor out. */
#ifndef KIOSK_CONNECTIONS_H
#define KIOSK_CONNECTIONS_H

#include "kiosk/limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct connection {
    int fd;              /* -1 in a free row, and once it is shut down */
    bool is_used;
    bool is_asking;      /* its request's headers are there, its reply is not sent */
    uint64_t since;      /* milliseconds: the last step of its request */
    char local[24];      /* "127.0.0.1:8086", where it came in */
};

struct connections {
    pthread_mutex_t mutex;
    struct connection rows[MAX_CONNECTIONS];
    unsigned n, first_free; /* no row before first_free is free */
};

void connections_init(struct connections *connections);

/* A row for a new connection, or NULL where all are taken. */
struct connection *connections_add(struct connections *connections, int fd);
void connections_remove(struct connections *connections, struct connection *connection);

/* The time starts anew: with a request's headers, and once its reply is sent. */
void connections_step(struct connections *connections, struct connection *connection,
                      bool is_asking);

/* Shuts down what is late.  Returns how many requests are being answered, and the
 * age of the oldest of them in `*oldest`, in milliseconds. */
unsigned connections_tick(struct connections *connections, uint64_t *oldest);

/* Milliseconds on a clock that only goes forward. */
uint64_t now_milliseconds(void);

#endif
