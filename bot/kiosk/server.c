#define _DEFAULT_SOURCE /* for explicit_bzero */

#include "kiosk/server.h"

#include "kiosk/connections.h"
#include "kiosk/guard.h"
#include "kiosk/limits.h"
#include "kiosk/routes.h"
#include "kiosk/wipe.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct server {
    struct MHD_Daemon *daemon;
    struct shelf *shelf;
    struct connections connections;
};

/* A request while its body comes in. */
struct exchange {
    size_t n_bytes;
    char body[MAX_BODY_BYTES];
};

/* What was sent, until it is. */
struct sending {
    struct shelf *shelf;
    struct content *content;
    void (*release)(void *owner);
    void *owner;
};

/* No inline script or style, nothing from elsewhere, nothing kept. */
static const struct {
    const char *name, *value;
} security_headers[] = {
    { "Cache-Control", "no-store" },
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Content-Type-Options", "nosniff" },
};

static void let_go(const struct sending *sending)
{
    if (sending->release != NULL)
        sending->release(sending->owner);
    if (sending->content != NULL)
        shelf_release(sending->shelf, sending->content);
}

static void finish_sending(void *context)
{
    let_go(context);
    free(context);
}

static bool add_headers(struct MHD_Response *mhd, const struct response *response)
{
    bool good = MHD_add_response_header(mhd, "Content-Type", response->type) == MHD_YES;
    for (size_t i = 0; i < sizeof security_headers / sizeof *security_headers; i++)
        good = good && MHD_add_response_header(mhd, security_headers[i].name,
                                               security_headers[i].value) == MHD_YES;
    if (response->allow != NULL)
        good = good && MHD_add_response_header(mhd, "Allow", response->allow) == MHD_YES;
    if (response->closes)
        good = good && MHD_add_response_header(mhd, "Connection", "close") == MHD_YES;
    return good;
}

/* Takes over `response` and the hold on `content` (may be NULL).  MHD_NO, where
 * memory ran out, closes the connection. */
static enum MHD_Result reply_with(struct MHD_Connection *connection, struct shelf *shelf,
                                  struct content *content, const struct response *response)
{
    const struct sending sent = { shelf, content, response->release, response->owner };
    struct sending *sending = malloc(sizeof *sending);
    if (sending == NULL) {
        let_go(&sent);
        return MHD_NO;
    }
    *sending = sent;
    struct MHD_Response *mhd = MHD_create_response_from_buffer_with_free_callback_cls(
        response->body.n_bytes, (void *)(uintptr_t)response->body.bytes, finish_sending, sending);
    if (mhd == NULL) {
        finish_sending(sending);
        return MHD_NO;
    }
    enum MHD_Result result = add_headers(mhd, response)
                                 ? MHD_queue_response(connection, response->status, mhd)
                                 : MHD_NO;
    MHD_destroy_response(mhd);
    return result;
}

static struct connection *connection_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct request *request = context;
    (void)kind;
    for (int i = 0; i < N_HEADERS; i++)
        if (strcasecmp(name, header_names[i]) == 0) {
            if (request->headers[i].count++ == 0)
                request->headers[i].value = value == NULL ? "" : value;
            break;
        }
    return MHD_YES;
}

/* The headers are there, the body is not. */
static enum MHD_Result begin(struct server *server, struct MHD_Connection *connection,
                             struct request *request, void **exchange)
{
    struct response refusal;
    connections_step(&server->connections, connection_of(connection), true);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, on_header, request);
    if (!guard_admits(request, &refusal))
        return reply_with(connection, server->shelf, NULL, &refusal);
    *exchange = malloc(sizeof(struct exchange));
    if (*exchange == NULL)
        return MHD_NO;
    ((struct exchange *)*exchange)->n_bytes = 0;
    return MHD_YES;
}

/* What was taken is wiped where it lay: the connection may live on for others. */
static void take_part(struct exchange *exchange, const char *part, size_t *n_bytes)
{
    size_t room = sizeof exchange->body - exchange->n_bytes;
    size_t n = *n_bytes < room ? *n_bytes : room;
    memcpy(exchange->body + exchange->n_bytes, part, n);
    exchange->n_bytes += n;
    explicit_bzero((void *)(uintptr_t)part, *n_bytes);
    *n_bytes = 0;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *url, const char *method, const char *version,
                                  const char *upload, size_t *n_upload, void **exchange)
{
    struct server *server = context;
    struct request request = { .method = method, .path = url,
                               .local = connection_of(connection)->local };
    struct exchange *taken = *exchange;
    (void)version;
    if (taken == NULL)
        return begin(server, connection, &request, exchange);
    if (*n_upload > 0) {
        take_part(taken, upload, n_upload);
        return MHD_YES;
    }
    request.body = (struct slice){ taken->body, taken->n_bytes };
    struct content *content = shelf_hold(server->shelf);
    struct response response = routes_answer(&request, content);
    return reply_with(connection, server->shelf, content, &response);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **exchange,
                         enum MHD_RequestTerminationCode code)
{
    struct server *server = context;
    (void)code;
    free(*exchange);
    wipe_stack();
    *exchange = NULL;
    connections_step(&server->connections, connection_of(connection), false);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **row,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *row = connections_add(
            &server->connections,
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    else if (*row != NULL)
        connections_remove(&server->connections, *row);
}

struct server *server_start(int fd, struct shelf *shelf, bool is_loopback)
{
    struct server *server = malloc(sizeof *server);
    if (server == NULL)
        return NULL;
    server->shelf = shelf;
    connections_init(&server->connections);
    unsigned per_address = is_loopback ? MAX_CONNECTIONS : MAX_CONNECTIONS_PER_ADDRESS;
    server->daemon = MHD_start_daemon(
        /* Without the channel between its threads MHD cannot stop to listen. */
        MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_SUPPRESS_DATE_NO_CLOCK, 0, NULL, NULL, on_request,
        server, MHD_OPTION_LISTEN_SOCKET, (MHD_socket)fd, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)SERVER_THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)REQUEST_SECONDS,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, server, MHD_OPTION_END);
    if (server->daemon == NULL) {
        free(server);
        return NULL;
    }
    return server;
}

bool server_tick(struct server *server)
{
    uint64_t oldest;
    connections_tick(&server->connections, &oldest);
    return oldest < STUCK_SECONDS * 1000;
}

void server_stop(struct server *server)
{
    struct timespec moment = { .tv_nsec = 10000000 };
    uint64_t oldest, start = now_milliseconds();
    int fd = MHD_quiesce_daemon(server->daemon);
    if (fd >= 0)
        close(fd);
    while (connections_tick(&server->connections, &oldest) > 0 &&
           now_milliseconds() - start < DRAIN_SECONDS * 1000)
        nanosleep(&moment, NULL);
    MHD_stop_daemon(server->daemon);
    free(server);
}
