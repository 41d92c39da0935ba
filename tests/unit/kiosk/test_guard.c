#include "tests/lib/test.h"

#include "kiosk/guard.h"

#define OWN "127.0.0.1:8086"
#define JSON "application/json"

/* The status of a refusal, 0 where the request is admitted. */
static unsigned status_of(const struct request *request)
{
    struct response refusal = { .status = 0 };
    bool is_admitted = guard_admits(request, &refusal);
    CHECK_EQ(is_admitted, refusal.status == 0);
    CHECK_EQ(is_admitted, !refusal.closes);
    return refusal.status;
}

static struct request post_of_the_page(void)
{
    struct request request = { .method = "POST", .path = "/api/ask", .local = OWN };
    static const struct {
        enum header header;
        const char *value;
    } usual[] = {
        { HEADER_CONTENT_LENGTH, "20" }, { HEADER_CONTENT_TYPE, JSON },
        { HEADER_HOST, OWN },            { HEADER_ORIGIN, "http://" OWN },
        { HEADER_SEC_FETCH_SITE, "same-origin" },
    };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        request.headers[usual[i].header].value = usual[i].value;
        request.headers[usual[i].header].count = 1;
    }
    return request;
}

TEST(a_post_with_one_header_changed_is_admitted_or_refused)
{
    static const struct {
        enum header header;
        const char *value; /* NULL takes the header away */
        unsigned status;
    } cases[] = {
        { HEADER_HOST, OWN, 0 },
        { HEADER_HOST, "localhost:8086", 0 },
        { HEADER_HOST, "LocalHost:8086", 0 },
        { HEADER_HOST, NULL, 421 },
        { HEADER_HOST, "", 421 },
        { HEADER_HOST, "127.0.0.1", 421 },
        { HEADER_HOST, "127.0.0.1:80", 421 },
        { HEADER_HOST, "127.0.0.1:80860", 421 },
        { HEADER_HOST, "127.0.0.1:8086.example.org", 421 },
        { HEADER_HOST, "127.0.0.2:8086", 421 },
        { HEADER_HOST, "example.org:8086", 421 },
        { HEADER_HOST, "localhost.example.org:8086", 421 },
        { HEADER_HOST, "[::1]:8086", 421 },
        { HEADER_ORIGIN, NULL, 0 },
        { HEADER_ORIGIN, "http://localhost:8086", 0 },
        { HEADER_ORIGIN, "null", 403 },
        { HEADER_ORIGIN, "", 403 },
        { HEADER_ORIGIN, "https://" OWN, 403 },
        { HEADER_ORIGIN, "http://127.0.0.1:8087", 403 },
        { HEADER_ORIGIN, "http://example.org", 403 },
        { HEADER_ORIGIN, "http://" OWN "/", 403 },
        { HEADER_SEC_FETCH_SITE, NULL, 0 },
        { HEADER_SEC_FETCH_SITE, "none", 0 },
        { HEADER_SEC_FETCH_SITE, "same-site", 403 },
        { HEADER_SEC_FETCH_SITE, "cross-site", 403 },
        { HEADER_CONTENT_TYPE, "Application/JSON", 0 },
        { HEADER_CONTENT_TYPE, NULL, 415 },
        { HEADER_CONTENT_TYPE, "text/plain", 415 },
        { HEADER_CONTENT_TYPE, "application/x-www-form-urlencoded", 415 },
        { HEADER_CONTENT_TYPE, "application/json; charset=utf-8", 415 },
        { HEADER_CONTENT_LENGTH, "0", 0 },
        { HEADER_CONTENT_LENGTH, "8192", 0 },
        { HEADER_CONTENT_LENGTH, "8193", 413 },
        { HEADER_CONTENT_LENGTH, "999999", 413 },
        { HEADER_CONTENT_LENGTH, "1000000", 400 },
        { HEADER_CONTENT_LENGTH, "99999999999999999999999", 400 },
        { HEADER_CONTENT_LENGTH, "-1", 400 },
        { HEADER_CONTENT_LENGTH, "+1", 400 },
        { HEADER_CONTENT_LENGTH, " 1", 400 },
        { HEADER_CONTENT_LENGTH, "0x10", 400 },
        { HEADER_CONTENT_LENGTH, "5, 5", 400 },
        { HEADER_CONTENT_LENGTH, "", 400 },
        { HEADER_CONTENT_LENGTH, NULL, 411 },
        { HEADER_TRANSFER_ENCODING, "chunked", 411 },
        { HEADER_TRANSFER_ENCODING, "identity", 411 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request request = post_of_the_page();
        request.headers[cases[i].header].value = cases[i].value;
        request.headers[cases[i].header].count = cases[i].value != NULL;
        unsigned status = status_of(&request);
        if (status != cases[i].status)
            print_error("%s: %s\n", header_names[cases[i].header], cases[i].value);
        CHECK_EQ(status, cases[i].status);
    }
}

TEST(a_header_that_is_there_twice_is_refused_even_where_both_agree)
{
    static const struct {
        enum header header;
        unsigned status;
    } cases[] = {
        { HEADER_HOST, 400 },           { HEADER_CONTENT_LENGTH, 400 }, { HEADER_ORIGIN, 403 },
        { HEADER_SEC_FETCH_SITE, 403 }, { HEADER_CONTENT_TYPE, 415 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request request = post_of_the_page();
        request.headers[cases[i].header].count = 2;
        CHECK_EQ(status_of(&request), cases[i].status);
    }
}

TEST(only_get_head_and_post_are_admitted_and_only_a_post_with_a_body)
{
    static const struct {
        const char *method, *length;
        unsigned status;
    } cases[] = {
        { "GET", NULL, 0 },      { "HEAD", NULL, 0 },     { "GET", "0", 0 },
        { "GET", "1", 400 },     { "HEAD", "1", 400 },    { "PUT", "1", 405 },
        { "DELETE", NULL, 405 }, { "OPTIONS", NULL, 405 }, { "CONNECT", NULL, 405 },
        { "get", NULL, 405 },    { "", NULL, 405 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request request = post_of_the_page();
        request.method = cases[i].method;
        request.headers[HEADER_CONTENT_LENGTH].value = cases[i].length;
        request.headers[HEADER_CONTENT_LENGTH].count = cases[i].length != NULL;
        CHECK_EQ(status_of(&request), cases[i].status);
    }
}

TEST(localhost_is_no_name_for_an_address_of_the_network)
{
    struct request request = post_of_the_page();
    request.local = "192.0.2.7:80";
    request.headers[HEADER_ORIGIN].count = 0;
    request.headers[HEADER_ORIGIN].value = NULL;
    request.headers[HEADER_HOST].value = "localhost:80";
    CHECK_EQ(status_of(&request), 421);
    request.headers[HEADER_HOST].value = "192.0.2.7:80";
    CHECK_EQ(status_of(&request), 0);
    request.headers[HEADER_HOST].value = "192.0.2.7"; /* 80 goes without saying */
    CHECK_EQ(status_of(&request), 0);
}
