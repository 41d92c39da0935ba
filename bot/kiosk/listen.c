#define _DEFAULT_SOURCE

#include "kiosk/listen.h"

#include "base/slice.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Where systemd puts the first socket it hands over: sd_listen_fds(3). */
#define FIRST_HANDED_OVER 3

#define BACKLOG 256

static int notify_fd = -1;

/* A number in the environment, or -1. */
static long number_of(const char *name)
{
    const char *text = getenv(name);
    char *end;
    if (text == NULL || *text == '\0')
        return -1;
    errno = 0;
    long value = strtol(text, &end, 10);
    return errno != 0 || *end != '\0' || value < 0 ? -1 : value;
}

static int parse(struct sockaddr_in *out, const char *where, struct osseo_error *error)
{
    char host[32];
    const char *colon = strrchr(where, ':');
    size_t n = colon == NULL ? sizeof host : (size_t)(colon - where);
    char *end = NULL;
    unsigned long port = colon == NULL ? 65536 : strtoul(colon + 1, &end, 10);
    *out = (struct sockaddr_in){ .sin_family = AF_INET };
    if (n < sizeof host) {
        memcpy(host, where, n);
        host[n] = '\0';
    }
    if (n >= sizeof host || port > 65535 || colon[1] < '0' || colon[1] > '9' || *end != '\0' ||
        inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, &out->sin_addr) != 1)
        return error_set(error, OSSEO_EINVALID,
                         "cannot listen on '%s': write an IPv4 address and a port, such as "
                         "127.0.0.1:8086",
                         where);
    out->sin_port = htons((uint16_t)port);
    return OSSEO_OK;
}

bool listen_address(int fd, char out[24], struct in_addr *address)
{
    struct sockaddr_in name = { .sin_family = AF_UNSPEC };
    socklen_t size = sizeof name;
    char text[INET_ADDRSTRLEN] = "";
    bool has_one =
        getsockname(fd, (struct sockaddr *)&name, &size) == 0 && name.sin_family == AF_INET;
    if (has_one)
        inet_ntop(AF_INET, &name.sin_addr, text, sizeof text);
    snprintf(out, 24, "%s:%u", text, (unsigned)ntohs(name.sin_port));
    *address = name.sin_addr;
    return has_one;
}

static int describe(struct listening *out, struct osseo_error *error)
{
    struct in_addr address;
    int accepts = 0;
    socklen_t size = sizeof accepts;
    if (!listen_address(out->fd, out->address, &address) ||
        getsockopt(out->fd, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) != 0 || !accepts)
        return error_set(error, OSSEO_EINVALID,
                         "the socket handed over does not listen on IPv4; write "
                         "ListenStream=127.0.0.1:8086 in its unit");
    out->is_loopback = ntohl(address.s_addr) >> 24 == 127;
    return OSSEO_OK;
}

static int cannot(struct osseo_error *error, const char *where)
{
    return error_set(error, OSSEO_EIO, "cannot listen on '%s': %s", where, strerror(errno));
}

int listen_open(struct listening *out, const char *where, struct osseo_error *error)
{
    struct listening l = { .fd = FIRST_HANDED_OVER };
    struct sockaddr_in address;
    int yes = 1;
    int status = parse(&address, where, error);
    if (status != OSSEO_OK)
        return status;
    if (number_of("LISTEN_PID") != (long)getpid() || number_of("LISTEN_FDS") < 1) {
        l.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (l.fd < 0)
            return cannot(error, where);
        setsockopt(l.fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (bind(l.fd, (struct sockaddr *)&address, sizeof address) != 0 ||
            listen(l.fd, BACKLOG) != 0)
            status = cannot(error, where);
    } else if (fcntl(l.fd, F_SETFD, FD_CLOEXEC) != 0 || fcntl(l.fd, F_SETFL, O_NONBLOCK) != 0) {
        status = cannot(error, "the socket handed over");
    }
    if (status == OSSEO_OK)
        status = describe(&l, error);
    if (status == OSSEO_OK)
        *out = l;
    else
        close(l.fd);
    return status;
}

void notify_open(void)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (path == NULL || (path[0] != '/' && path[0] != '@') ||
        strlen(path) >= sizeof address.sun_path)
        return;
    memcpy(address.sun_path, path, strlen(path));
    if (path[0] == '@') /* an abstract name begins with a zero byte */
        address.sun_path[0] = '\0';
    notify_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (notify_fd >= 0 &&
        connect(notify_fd, (struct sockaddr *)&address,
                (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path))) != 0) {
        close(notify_fd);
        notify_fd = -1;
    }
}

void notify(const char *state)
{
    /* A service manager that is not listening is no reason to stop. */
    if (notify_fd >= 0)
        (void)!send(notify_fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT);
}

unsigned long notify_interval(void)
{
    long microseconds = number_of("WATCHDOG_USEC"), pid = number_of("WATCHDOG_PID");
    if (microseconds <= 0 || (pid >= 0 && pid != (long)getpid()))
        return 0;
    return (unsigned long)microseconds / 2000;
}
