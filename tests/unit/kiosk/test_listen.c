#define _DEFAULT_SOURCE /* for IP_FREEBIND */

#include "tests/lib/test.h"

#include "kiosk/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

TEST(a_place_to_listen_is_an_address_and_a_port_or_is_refused)
{
    static const struct {
        const char *where;
        int status;
        bool is_loopback;
    } rows[] = {
        { "127.0.0.1:0", OSSEO_OK, true },
        { "localhost:0", OSSEO_OK, true },
        { "127.9.9.9:0", OSSEO_OK, true },
        { "0.0.0.0:0", OSSEO_OK, false },
        { "", OSSEO_EINVALID, false },
        { "127.0.0.1", OSSEO_EINVALID, false },
        { "127.0.0.1:", OSSEO_EINVALID, false },
        { "127.0.0.1:65536", OSSEO_EINVALID, false },
        { "127.0.0.1:-1", OSSEO_EINVALID, false },
        { "127.0.0.1: 80", OSSEO_EINVALID, false },
        { "127.0.0.1:/", OSSEO_EINVALID, false },
        { "127.0.0.1::", OSSEO_EINVALID, false },
        { "127.0.0.1:80x", OSSEO_EINVALID, false },
        { "127.0.0:80", OSSEO_EINVALID, false },
        { "[::1]:80", OSSEO_EINVALID, false },
        { "example.org:80", OSSEO_EINVALID, false },
        { "a-name-that-is-longer-than-any-address.example:80", OSSEO_EINVALID, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct listening listening;
        struct osseo_error error;
        int status = listen_open(&listening, rows[i].where, &error);
        if (status != rows[i].status)
            print_error("%s: %d\n", rows[i].where, status);
        CHECK_EQ(status, rows[i].status);
        if (status == OSSEO_OK) {
            CHECK_EQ(listening.is_loopback, rows[i].is_loopback);
            CHECK(strchr(listening.address, ':') != NULL);
            close(listening.fd);
        } else {
            CHECK(strstr(error.text, "cannot listen on") != NULL);
        }
    }
}

/* As systemd hands it over: the first descriptor behind the standard ones. */
TEST(a_socket_that_is_handed_over_is_described_by_its_own_address)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    struct listening listening;
    struct osseo_error error;
    char pid[24];
    int yes = 1, kept = dup(3), fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQ(inet_pton(AF_INET, "192.0.2.1", &address.sin_addr), 1); /* nobody's: RFC 5737 */
    CHECK_EQ(setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &yes, sizeof yes), 0);
    CHECK_EQ(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_EQ(listen(fd, 1), 0);
    if (fd != 3) {
        CHECK_EQ(dup2(fd, 3), 3);
        close(fd);
    }
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    setenv("LISTEN_PID", pid, 1);
    setenv("LISTEN_FDS", "1", 1);
    CHECK_EQ(listen_open(&listening, "127.0.0.1:8086", &error), OSSEO_OK);
    CHECK_EQ(listening.fd, 3);
    CHECK(strncmp(listening.address, "192.0.2.1:", 10) == 0);
    CHECK(!listening.is_loopback);
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    close(3);
    if (kept >= 0) {
        CHECK_EQ(dup2(kept, 3), 3);
        close(kept);
    }
}

TEST(a_place_that_is_taken_is_refused_by_its_name)
{
    struct listening first, second;
    struct osseo_error error;
    CHECK_EQ(listen_open(&first, "127.0.0.1:0", &error), OSSEO_OK);
    CHECK_EQ(listen_open(&second, first.address, &error), OSSEO_EIO);
    CHECK(strstr(error.text, "cannot listen on '127.0.0.1:") != NULL);
    close(first.fd);
}

TEST(a_watchdog_is_told_half_as_late_as_it_waits_where_it_means_this_process)
{
    char pid[24];
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    const struct {
        const char *microseconds, *pid;
        unsigned long interval;
    } rows[] = {
        { NULL, NULL, 0 },      { "", NULL, 0 },         { "0", NULL, 0 },
        { "-5", NULL, 0 },      { "2000000x", NULL, 0 }, { "99999999999999999999", NULL, 0 },
        { "2000000", NULL, 1000 }, { "2000000", pid, 1000 }, { "2000000", "1", 0 },
        { "2000000", "x", 1000 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsetenv("WATCHDOG_USEC");
        unsetenv("WATCHDOG_PID");
        if (rows[i].microseconds != NULL)
            setenv("WATCHDOG_USEC", rows[i].microseconds, 1);
        if (rows[i].pid != NULL)
            setenv("WATCHDOG_PID", rows[i].pid, 1);
        CHECK_EQ(notify_interval(), rows[i].interval);
    }
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

TEST(a_service_manager_that_is_not_there_is_no_trouble)
{
    static const char *const paths[] = { "relative", "/nowhere/at-all", "@nobody-listens-here", "" };
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[0] = '/';
    longest[sizeof longest - 1] = '\0';
    for (size_t i = 0; i <= sizeof paths / sizeof *paths; i++) {
        setenv("NOTIFY_SOCKET", i < sizeof paths / sizeof *paths ? paths[i] : longest, 1);
        notify_open();
        notify("READY=1");
    }
    unsetenv("NOTIFY_SOCKET");
    notify_open();
}
