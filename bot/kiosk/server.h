/* kiosk/server.h -- carries requests from sockets to routes, and responses back.
 *
 * The only file that knows libmicrohttpd.  What was measured of its version
 * 0.9.75: epoll mode needs seconds to recover from a thousand half-sent requests,
 * poll mode none; its handler sees a doubled Host or Content-Length as it was
 * sent, so guard.h refuses those. */
#ifndef KIOSK_SERVER_H
#define KIOSK_SERVER_H

#include "kiosk/content.h"

struct server;

/* Serves `shelf` on the listening socket `fd`, which the server closes, in threads
 * of its own.  NULL where it cannot be started. */
struct server *server_start(int fd, struct shelf *shelf, bool is_loopback);

/* Shuts connections down that are late.  False where a request has been at its
 * answer for STUCK_SECONDS. */
bool server_tick(struct server *server);

/* Takes no more connections, waits for the requests that have begun, and ends. */
void server_stop(struct server *server);

#endif
