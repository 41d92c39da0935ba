#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "kiosk/connections.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static struct connections *connections_new(void)
{
    struct connections *connections = malloc(sizeof *connections);
    CHECK(connections != NULL);
    connections_init(connections);
    return connections;
}

/* Whether the other end has been shut down. */
static bool is_shut(int fd)
{
    char byte;
    return recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
}

TEST(a_request_that_takes_too_long_is_shut_down_and_others_are_not)
{
    struct connections *connections = connections_new();
    int late[2], early[2];
    uint64_t oldest;
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, late), 0);
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, early), 0);
    struct connection *first = connections_add(connections, late[0]);
    connections_add(connections, early[0]);
    connections_step(connections, first, true);
    first->since -= REQUEST_SECONDS * 1000 + 1;
    CHECK_EQ(connections_tick(connections, &oldest), 1);
    CHECK(oldest > REQUEST_SECONDS * 1000);
    CHECK(is_shut(late[1]));
    CHECK(!is_shut(early[1]));
    connections_step(connections, first, false);
    CHECK_EQ(connections_tick(connections, &oldest), 0);
    CHECK_EQ(oldest, 0);
    for (int i = 0; i < 2; i++) {
        close(late[i]);
        close(early[i]);
    }
    free(connections);
}

TEST(where_nearly_all_rows_are_taken_the_one_that_has_waited_longest_makes_way)
{
    struct connections *connections = connections_new();
    int ends[3][2];
    struct connection *rows[3];
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends[i]), 0);
        rows[i] = connections_add(connections, ends[i][0]);
    }
    connections_step(connections, rows[0], true); /* it is being answered */
    rows[0]->since -= 3000;
    rows[1]->since -= 2000;
    connections->n = MAX_CONNECTIONS - 1;
    CHECK(connections_add(connections, -1) != NULL);
    CHECK(!is_shut(ends[0][1]));
    CHECK(is_shut(ends[1][1]));
    CHECK(!is_shut(ends[2][1]));
    for (int i = 0; i < 3; i++) {
        close(ends[i][0]);
        close(ends[i][1]);
    }
    free(connections);
}

TEST(every_row_can_be_taken_once_and_is_free_again_when_it_is_given_back)
{
    struct connections *connections = connections_new();
    struct connection *last = NULL;
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
        last = connections_add(connections, -1);
        CHECK(last == &connections->rows[i]);
    }
    CHECK(connections_add(connections, -1) == NULL);
    connections_remove(connections, &connections->rows[7]);
    CHECK(connections_add(connections, -1) == &connections->rows[7]);
    connections_remove(connections, last);
    CHECK(connections_add(connections, -1) == last);
    free(connections);
}
