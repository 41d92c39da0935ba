#define _GNU_SOURCE /* for memmem */

#include "tests/lib/test.h"

#include "kiosk/assets.h"
#include "kiosk/limits.h"
#include "kiosk/routes.h"

#include <stdlib.h>
#include <unistd.h>

static const struct content *small(void)
{
    static struct content *content;
    const struct content_paths paths = { "tests/knowledge/small", NULL };
    if (content == NULL)
        CHECK_EQ(content_open(&content, &paths, NULL), OSSEO_OK);
    return content;
}

static struct response answer(const char *method, const char *path, const char *body)
{
    const struct request request = { .method = method, .path = path, .local = "127.0.0.1:8086",
                                     .body = slice_of(body) };
    return routes_answer(&request, small());
}

static void release(struct response *response)
{
    if (response->release != NULL)
        response->release(response->owner);
}

static bool holds(struct slice text, const char *part)
{
    return memmem(text.bytes, text.n_bytes, part, strlen(part)) != NULL;
}

TEST(each_route_answers_as_its_row_says)
{
    static const struct {
        const char *method, *path, *body;
        unsigned status;
        const char *holds;
    } rows[] = {
        { "GET", "/", "", 200, "<!doctype html>" },
        { "HEAD", "/", "", 200, "<!doctype html>" },
        { "GET", "/main.js", "", 200, "import" },
        { "GET", "/clinic.css", "", 200, "--clinic-primary: #" },
        { "GET", "/logo", "", 404, "no logo" },
        { "GET", "/api/health", "", 200, "\"topics\": 2" },
        { "GET", "/api/clinic", "", 200, "\"emergency\": \"999\"" },
        { "GET", "/api/topics", "", 200, "{\"areas\": [{\"title\": \"Healing\"" },
        { "POST", "/api/ask", "{\"question\": \"can I smoke?\"}", 200, "\"topic\": \"smoking\"" },
        { "POST", "/api/ask", "{\"topic\": \"bleeding\"}", 200, "\"topic\": \"bleeding\"" },
        { "POST", "/api/ask", "{\"question\": \"\", \"after\": null}", 200, "\"outcome\": \"none\"" },
        { "POST", "/api/ask", "{\"question\": \"x\", \"after\": \"nowhere\"}", 200, "\"outcome\"" },
        { "POST", "/api/qr", "{\"topic\": \"smoking\"}", 200, "<svg " },
        { "POST", "/api/qr", "{\"notes\": [\"who won?\"]}", 200, "<svg " },
        { "GET", "/nothing", "", 404, "nothing here" },
        { "GET", "/../etc/passwd", "", 404, "nothing here" },
        { "GET", "//", "", 404, "nothing here" },
        { "GET", "", "", 404, "nothing here" },
        { "GET", "/index.html/", "", 404, "nothing here" },
        { "POST", "/nothing", "{}", 404, "nothing here" },
        { "GET", "/api/ask", "", 405, "not allowed" },
        { "GET", "/api/qr", "", 405, "not allowed" },
        { "POST", "/api/topics", "{}", 405, "not allowed" },
        { "POST", "/", "{}", 405, "not allowed" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct response response = answer(rows[i].method, rows[i].path, rows[i].body);
        if (response.status != rows[i].status || !holds(response.body, rows[i].holds))
            print_error("%s %s: %u: %.*s\n", rows[i].method, rows[i].path, response.status,
                        (int)response.body.n_bytes, response.body.bytes);
        CHECK_EQ(response.status, rows[i].status);
        CHECK(holds(response.body, rows[i].holds));
        CHECK_EQ(response.allow != NULL, response.status == 405);
        release(&response);
    }
}

TEST(a_body_that_is_not_just_what_a_route_knows_is_refused)
{
    static const struct {
        const char *path, *body;
        unsigned status;
    } rows[] = {
        { "/api/ask", "", 400 },
        { "/api/ask", "question", 400 },
        { "/api/ask", "null", 400 },
        { "/api/ask", "[]", 400 },
        { "/api/ask", "{}", 400 },
        { "/api/ask", "{\"question\": null}", 400 },
        { "/api/ask", "{\"question\": \"a\"", 400 },
        { "/api/ask", "{\"question\": \"a\"} x", 400 },
        { "/api/ask", "{\"question\": \"a\", \"question\": \"b\"}", 400 },
        { "/api/ask", "{\"question\": \"a\", \"topic\": \"smoking\"}", 400 },
        { "/api/ask", "{\"question\": 1}", 400 },
        { "/api/ask", "{\"question\": [\"a\"]}", 400 },
        { "/api/ask", "{\"question\": \"\xFF\"}", 400 },
        { "/api/ask", "{\"question\": \"\\ud800\"}", 400 },
        { "/api/ask", "{\"question\": \"a\", \"visitor\": \"b\"}", 400 },
        { "/api/ask", "{\"topic\": \"nowhere\"}", 404 },
        { "/api/ask", "{\"topic\": \"smoking\\u0000\"}", 200 },
        { "/api/ask", "{\"question\": \"can I\\u0000smoke?\"}", 200 },
        { "/api/qr", "{}", 400 },
        { "/api/qr", "{\"notes\": []}", 400 },
        { "/api/qr", "{\"notes\": \"a\"}", 400 },
        { "/api/qr", "{\"notes\": [1]}", 400 },
        { "/api/qr", "{\"notes\": [\"a\"], \"topic\": \"smoking\"}", 400 },
        { "/api/qr", "{\"notes\": [1,2,3,4,5,6,7,8,9,10,11]}", 400 },
        { "/api/qr", "{\"topic\": \"nowhere\"}", 404 },
        { "/api/qr", "{\"question\": \"a\"}", 400 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct response response = answer("POST", rows[i].path, rows[i].body);
        if (response.status != rows[i].status)
            print_error("%s: %s\n", rows[i].path, rows[i].body);
        CHECK_EQ(response.status, rows[i].status);
        release(&response);
    }
}

TEST(json_nested_without_end_is_refused)
{
    char body[MAX_BODY_BYTES + 1];
    memset(body, '[', MAX_BODY_BYTES);
    body[MAX_BODY_BYTES] = '\0';
    struct response response = answer("POST", "/api/ask", body);
    CHECK_EQ(response.status, 400);
}

TEST(a_card_comes_first_whatever_the_knowledge_holds)
{
    struct response response = answer("POST", "/api/ask", "{\"question\": \"I can't breathe\"}");
    CHECK(holds(response.body, "\"urgency\": \"emergency\""));
    CHECK(holds(response.body, "999"));
    release(&response);
}

TEST(the_longest_notes_still_fit_a_code)
{
    char body[MAX_BODY_BYTES + 1] = "{\"notes\": [";
    char note[600];
    memset(note, 'w', sizeof note - 1);
    note[sizeof note - 1] = '\0';
    for (int i = 0; i < MAX_NOTES; i++)
        snprintf(body + strlen(body), sizeof body - strlen(body), "%s\"%s\"", i > 0 ? ", " : "", note);
    strcat(body, "]}");
    struct response response = answer("POST", "/api/qr", body);
    CHECK_EQ(response.status, 200);
    release(&response);
}

TEST(the_compiled_in_files_are_sorted_and_each_has_a_type)
{
    for (size_t i = 0; i < n_assets; i++) {
        CHECK(i == 0 || strcmp(assets[i - 1].path, assets[i].path) < 0);
        CHECK(strcmp(asset_type(assets[i].path), "application/octet-stream") != 0);
        CHECK(asset_find(assets[i].path) == &assets[i]);
    }
    CHECK(asset_find("/") == asset_find("/index.html"));
}

TEST(what_steers_a_telephone_is_a_blank_in_a_code)
{
    struct response plain = answer("POST", "/api/qr", "{\"notes\": [\"a b\"]}");
    struct response steering = answer("POST", "/api/qr", "{\"notes\": [\"a\\u202eb\"]}");
    CHECK_EQ(plain.status, 200);
    CHECK(slice_equal(plain.body, steering.body));
    release(&plain);
    release(&steering);
}

/* ISO/IEC 18004: four light modules on each side, or readers do not find the code. */
TEST(a_code_has_its_quiet_border_on_every_side)
{
    struct response response = answer("POST", "/api/qr", "{\"topic\": \"smoking\"}");
    char *svg = strndup(response.body.bytes, response.body.n_bytes);
    int side = 0, x, y, run, most_x = 0, most_y = 0, least_x = 1000, least_y = 1000;
    CHECK_EQ(sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %d %d\"", &side, &y), 2);
    CHECK_EQ(side, y);
    for (const char *at = strstr(svg, " d=\""); (at = strchr(at, 'M')) != NULL; at++) {
        CHECK_EQ(sscanf(at, "M%d %dh%d", &x, &y, &run), 3);
        least_x = x < least_x ? x : least_x;
        least_y = y < least_y ? y : least_y;
        most_x = x + run > most_x ? x + run : most_x;
        most_y = y + 1 > most_y ? y + 1 : most_y;
    }
    CHECK_EQ(least_x, 4);
    CHECK_EQ(least_y, 4);
    CHECK_EQ(most_x, side - 4);
    CHECK_EQ(most_y, side - 4);
    free(svg);
    release(&response);
}

/* Read from where it lies, each page of it that is gone would end the server. */
TEST(a_compiled_file_may_be_cut_short_while_it_is_served)
{
    static const char path[] = "build/tests/served.osx";
    const struct content_paths paths = { path, NULL };
    const struct request request = { .method = "POST", .path = "/api/ask", .local = "127.0.0.1:8086",
                                     .body = SLICE("{\"question\": \"can I smoke?\"}") };
    struct content *content;
    struct shelf shelf = { .mutex = PTHREAD_MUTEX_INITIALIZER };
    CHECK_EQ(osseo_index("tests/knowledge/small", path, NULL, NULL), OSSEO_OK);
    CHECK_EQ(content_open(&content, &paths, NULL), OSSEO_OK);
    shelf_put(&shelf, content);
    CHECK_EQ(truncate(path, 0), 0);
    struct response response = routes_answer(&request, content);
    CHECK(holds(response.body, "\"topic\": \"smoking\""));
    release(&response);
    shelf_release(&shelf, content);
    unlink(path);
}
