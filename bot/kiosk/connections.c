#define _POSIX_C_SOURCE 200809L

#include "kiosk/connections.h"

#include "kiosk/listen.h"

#include <sys/socket.h>
#include <time.h>

/* Rows that are kept free for those who come next. */
#define SPARE 32

uint64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void connections_init(struct connections *connections)
{
    pthread_mutex_init(&connections->mutex, NULL);
    connections->n = connections->first_free = 0;
    for (unsigned i = 0; i < MAX_CONNECTIONS; i++)
        connections->rows[i] = (struct connection){ .fd = -1 };
}

/* MHD closes what is shut down; the row stays until it says so. */
static void shut(struct connection *connection)
{
    shutdown(connection->fd, SHUT_RDWR);
    connection->fd = -1;
}

static void shut_longest_waiting(struct connections *connections)
{
    struct connection *longest = NULL;
    for (unsigned i = 0; i < MAX_CONNECTIONS; i++) {
        struct connection *c = &connections->rows[i];
        if (c->fd >= 0 && !c->is_asking && (longest == NULL || c->since < longest->since))
            longest = c;
    }
    if (longest != NULL)
        shut(longest);
}

struct connection *connections_add(struct connections *connections, int fd)
{
    struct connection *found = NULL;
    struct in_addr address;
    pthread_mutex_lock(&connections->mutex);
    if (connections->n >= MAX_CONNECTIONS - SPARE)
        shut_longest_waiting(connections);
    for (unsigned i = connections->first_free; i < MAX_CONNECTIONS && found == NULL; i++)
        if (!connections->rows[i].is_used) {
            found = &connections->rows[i];
            connections->first_free = i + 1;
        }
    if (found != NULL) {
        *found = (struct connection){ .fd = fd, .is_used = true, .since = now_milliseconds() };
        listen_address(fd, found->local, &address);
        connections->n++;
    }
    pthread_mutex_unlock(&connections->mutex);
    return found;
}

void connections_remove(struct connections *connections, struct connection *connection)
{
    pthread_mutex_lock(&connections->mutex);
    unsigned row = (unsigned)(connection - connections->rows);
    *connection = (struct connection){ .fd = -1 };
    connections->n--;
    if (row < connections->first_free)
        connections->first_free = row;
    pthread_mutex_unlock(&connections->mutex);
}

void connections_step(struct connections *connections, struct connection *connection,
                      bool is_asking)
{
    pthread_mutex_lock(&connections->mutex);
    connection->since = now_milliseconds();
    connection->is_asking = is_asking;
    pthread_mutex_unlock(&connections->mutex);
}

unsigned connections_tick(struct connections *connections, uint64_t *oldest)
{
    unsigned n_asking = 0;
    *oldest = 0;
    pthread_mutex_lock(&connections->mutex);
    uint64_t now = now_milliseconds();
    for (unsigned i = 0; i < MAX_CONNECTIONS; i++) {
        struct connection *c = &connections->rows[i];
        if (!c->is_used)
            continue;
        uint64_t age = now - c->since;
        if (c->is_asking) {
            n_asking++;
            *oldest = age > *oldest ? age : *oldest;
        }
        if (c->fd >= 0 && age > REQUEST_SECONDS * 1000)
            shut(c);
    }
    pthread_mutex_unlock(&connections->mutex);
    return n_asking;
}
