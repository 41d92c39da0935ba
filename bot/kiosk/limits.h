/* kiosk/limits.h -- how much of anything the server takes. */
#ifndef KIOSK_LIMITS_H
#define KIOSK_LIMITS_H

/* A question has at most 4096 bytes, which JSON may write as twice as many. */
#define MAX_BODY_BYTES 8192

/* For what MHD keeps of a connection: request line, headers, some of the body.
 * Larger headers are refused by 431. */
#define CONNECTION_BYTES (16 * 1024)

/* One visitor needs six.  The rest is room for connections that say nothing: at
 * the limit the oldest makes way for the next (connections.h). */
#define MAX_CONNECTIONS 1280
#define MAX_CONNECTIONS_PER_ADDRESS 64 /* where others than this machine may connect */

/* A request must be whole, and a reply taken, within so many seconds. */
#define REQUEST_SECONDS 10

/* An answer takes a millisecond; a server that is at one for so long is stuck,
 * and the watchdog is told no more. */
#define STUCK_SECONDS 10

/* How long SIGTERM waits for requests that have begun. */
#define DRAIN_SECONDS 5

/* How often deadlines, signals and files are looked at. */
#define TICK_MILLISECONDS 500

/* More than a hundred bytes of a topic's id, or of a note to take home, are none. */
#define MAX_TOPIC_BYTES 64
#define MAX_NOTES 10

/* What a QR code carries so that a telephone reads it at 40 cm. */
#define MAX_QR_BYTES 300

#define MAX_LOGO_BYTES (256 * 1024)

#define SERVER_THREADS 2

#endif
