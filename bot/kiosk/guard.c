#define _POSIX_C_SOURCE 200809L

#include "kiosk/guard.h"

#include "kiosk/limits.h"

#include <stdlib.h>
#include <strings.h>

const char *const header_names[N_HEADERS] = {
    [HEADER_CONTENT_LENGTH] = "Content-Length",
    [HEADER_CONTENT_TYPE] = "Content-Type",
    [HEADER_HOST] = "Host",
    [HEADER_ORIGIN] = "Origin",
    [HEADER_SEC_FETCH_SITE] = "Sec-Fetch-Site",
    [HEADER_TRANSFER_ENCODING] = "Transfer-Encoding",
};

static bool is_post(const struct request *request)
{
    return strcmp(request->method, "POST") == 0;
}

/* The port's default may be left out of a host. */
static bool is_authority(const char *text, const char *address, const char *port)
{
    size_t n = strlen(address);
    if (strncasecmp(text, address, n) != 0)
        return false;
    return strcmp(text + n, port) == 0 || (text[n] == '\0' && strcmp(port, ":80") == 0);
}

/* The address that the connection came in by, or localhost where that is this
 * machine. */
static bool is_own_authority(const char *text, const char *local)
{
    char address[64];
    const char *port = strrchr(local, ':');
    size_t n = port == NULL ? sizeof address : (size_t)(port - local);
    if (n >= sizeof address)
        return false;
    memcpy(address, local, n);
    address[n] = '\0';
    return is_authority(text, address, port) ||
           (strncmp(address, "127.", 4) == 0 && is_authority(text, "localhost", port));
}

static bool is_own_origin(const char *origin, const char *local)
{
    static const char scheme[] = "http://";
    return strncasecmp(origin, scheme, sizeof scheme - 1) == 0 &&
           is_own_authority(origin + sizeof scheme - 1, local);
}

/* 1 to 6 digits, the number in `*length`. */
static bool read_length(const char *text, unsigned long *length)
{
    size_t n = strspn(text, "0123456789");
    if (n == 0 || n > 6 || text[n] != '\0')
        return false;
    *length = strtoul(text, NULL, 10);
    return true;
}

static struct response refuse_body(const struct request *request)
{
    const char *text = request->headers[HEADER_CONTENT_LENGTH].value;
    const char *type = request->headers[HEADER_CONTENT_TYPE].value;
    unsigned long length = 0;
    if (request->headers[HEADER_TRANSFER_ENCODING].count > 0)
        return response_error(411, "send the body's length, not a transfer encoding");
    if (request->headers[HEADER_CONTENT_LENGTH].count > 1 ||
        (text != NULL && !read_length(text, &length)))
        return response_error(400, "Content-Length must be one number");
    if (!is_post(request))
        return length == 0 ? (struct response){ .status = 0 }
                           : response_error(400, "only a POST has a body");
    if (text == NULL)
        return response_error(411, "Content-Length is missing");
    if (length > MAX_BODY_BYTES)
        return response_error(413, "the body is longer than 8192 bytes");
    if (type == NULL || request->headers[HEADER_CONTENT_TYPE].count > 1 ||
        strcasecmp(type, "application/json") != 0)
        return response_error(415, "Content-Type must be application/json");
    return (struct response){ .status = 0 };
}

static struct response refuse(const struct request *request)
{
    const char *method = request->method;
    const char *host = request->headers[HEADER_HOST].value;
    const char *origin = request->headers[HEADER_ORIGIN].value;
    const char *site = request->headers[HEADER_SEC_FETCH_SITE].value;
    if (request->headers[HEADER_HOST].count > 1)
        return response_error(400, "there is more than one Host");
    if (host == NULL || !is_own_authority(host, request->local))
        return response_error(421, "this server has another name");
    if (request->headers[HEADER_ORIGIN].count > 1 ||
        (origin != NULL && !is_own_origin(origin, request->local)))
        return response_error(403, "only the server's own page may ask");
    if (request->headers[HEADER_SEC_FETCH_SITE].count > 1 ||
        (site != NULL && strcmp(site, "none") != 0 && strcmp(site, "same-origin") != 0))
        return response_error(403, "only the server's own page may ask");
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 && !is_post(request)) {
        struct response response = response_error(405, "this method is not allowed here");
        response.allow = "GET, HEAD, POST";
        return response;
    }
    return refuse_body(request);
}

bool guard_admits(const struct request *request, struct response *refusal)
{
    struct response response = refuse(request);
    if (response.status == 0)
        return true;
    /* Whatever follows on this connection may be the body that was not read. */
    response.closes = true;
    *refusal = response;
    return false;
}
