/* The body of a request to the kiosk; the first byte says which route. */
#include "tests/fuzz/fuzz.h"

#include "kiosk/routes.h"

#include <jansson.h>

static const char *const paths[] = { "/api/ask", "/api/qr", "/api/topics", "/" };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    static struct content *content;
    struct content_paths from = { "tests/knowledge/whole", NULL };
    if (content == NULL)
        MUST(content_open(&content, &from, NULL) == OSSEO_OK);
    if (n_bytes == 0)
        return 0;
    struct request request = { .method = "POST",
                               .path = paths[bytes[0] % (sizeof paths / sizeof *paths)],
                               .local = "127.0.0.1:8086",
                               .body = { (const char *)bytes + 1, n_bytes - 1 } };
    request.headers[HEADER_CONTENT_TYPE].value = "application/json";
    request.headers[HEADER_CONTENT_TYPE].count = 1;
    struct response response = routes_answer(&request, content);
    MUST(response.status >= 200 && response.status < 600);
    MUST(response.body.bytes != NULL);
    if (response.type != NULL && slice_equal(slice_of(response.type), SLICE("application/json"))) {
        json_t *json = json_loadb(response.body.bytes, response.body.n_bytes, 0, NULL);
        MUST(json != NULL);
        json_decref(json);
    }
    if (response.release != NULL)
        response.release(response.owner);
    return 0;
}
