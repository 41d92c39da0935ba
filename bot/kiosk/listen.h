/* kiosk/listen.h -- the listening socket, and what systemd is told. */
#ifndef KIOSK_LISTEN_H
#define KIOSK_LISTEN_H

#include "base/error.h"

#include <netinet/in.h>

struct listening {
    int fd;
    bool is_loopback; /* only this machine can connect */
    char address[24]; /* "127.0.0.1:8086" */
};

/* Listens on `where`, HOST:PORT with an IPv4 address or localhost; port 0 takes a
 * free one.  A socket that systemd hands over wins. */
int listen_open(struct listening *out, const char *where, struct osseo_error *error);

/* The IPv4 address and port at this machine's end of a socket, "127.0.0.1:8086"; false
 * where it has none. */
bool listen_address(int fd, char out[24], struct in_addr *address);

/* Connects to systemd's notification socket, if there is one; before sockets are
 * forbidden. */
void notify_open(void);

/* Tells systemd, for example "READY=1"; does nothing without systemd. */
void notify(const char *state);

/* How often systemd wants to hear "WATCHDOG=1", in milliseconds; 0 for never. */
unsigned long notify_interval(void);

#endif
