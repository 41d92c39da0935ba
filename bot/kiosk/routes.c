#include "kiosk/routes.h"

#include "base/utf8.h"
#include "kiosk/assets.h"
#include "kiosk/body.h"
#include "kiosk/limits.h"
#include "osseo.h"

#include <assert.h>
#include <qrencode.h>
#include <stdlib.h>

#define OUT_OF_MEMORY response_error(503, "out of memory; please try again")

static void release_buffer(void *owner)
{
    buffer_release(owner);
    free(owner);
}

/* A response that owns what the buffer holds; the buffer is empty afterwards. */
static struct response response_take(const char *type, struct buffer *text)
{
    struct buffer *owner = text->failed ? NULL : malloc(sizeof *owner);
    if (owner == NULL) {
        buffer_release(text);
        return OUT_OF_MEMORY;
    }
    *owner = *text;
    return (struct response){ .status = 200, .type = type, .body = buffer_slice(owner),
                              .release = release_buffer, .owner = owner };
}

static struct response response_reply(struct osseo_reply *reply)
{
    struct buffer text;
    const char *json = osseo_reply_json(reply, 0);
    buffer_init(&text, &memory_default, SIZE_MAX);
    if (json == NULL)
        text.failed = true;
    else
        buffer_append_text(&text, json);
    osseo_reply_free(reply);
    return response_take("application/json", &text);
}

/* A question is asked on its own; `after`, the topic of the turn before, comes
 * from the page, so that the server remembers nobody. */
static struct response ask_question(const struct content *content, struct slice question,
                                    struct slice after)
{
    struct osseo_conversation *conversation;
    struct osseo_reply *reply;
    if (osseo_conversation_new(&conversation, content->osseo, NULL) != OSSEO_OK)
        return OUT_OF_MEMORY;
    osseo_conversation_set_topic(conversation, after.bytes);
    int status = osseo_ask(&reply, content->osseo, conversation, question.bytes, question.n_bytes,
                           NULL);
    osseo_conversation_free(conversation);
    return status == OSSEO_OK ? response_reply(reply) : OUT_OF_MEMORY;
}

static struct response ask_topic(const struct content *content, struct slice topic)
{
    struct osseo_reply *reply;
    int status = osseo_ask_topic(&reply, content->osseo, topic.bytes, NULL);
    if (status == OSSEO_EINVALID)
        return response_error(404, "there is no such topic");
    return status == OSSEO_OK ? response_reply(reply) : OUT_OF_MEMORY;
}

static struct response post_ask(const struct request *request, const struct content *content)
{
    const unsigned members = 1u << BODY_QUESTION | 1u << BODY_AFTER | 1u << BODY_TOPIC;
    struct response response;
    struct body body;
    if (body_read(&body, request->body, members, &response)) {
        struct slice question = body.text[BODY_QUESTION], topic = body.text[BODY_TOPIC];
        if ((question.bytes == NULL) == (topic.bytes == NULL))
            response = response_error(400, "the body must hold either a question or a topic");
        else if (topic.bytes != NULL)
            response = ask_topic(content, topic);
        else
            response = ask_question(content, question, body.text[BODY_AFTER]);
    }
    body_wipe(&body);
    return response;
}

/* At most `room` bytes of `text`, in which a control character is a blank; what
 * is cut says so. */
static void put_cut(struct buffer *out, struct slice text, size_t room)
{
    static const char more[] = "\xE2\x80\xA6";
    bool is_cut = text.n_bytes > room;
    if (is_cut)
        text.n_bytes = room < sizeof more ? 0 : utf8_cut(text, room - (sizeof more - 1));
    for (size_t at = 0; at < text.n_bytes;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (utf8_is_control(c))
            buffer_append_byte(out, ' ');
        else
            buffer_append(out, text.bytes + start, at - start);
    }
    if (is_cut && room >= sizeof more)
        buffer_append_text(out, more);
}

static size_t room_in(const struct buffer *text, size_t reserved)
{
    size_t used = text->n_bytes + reserved;
    return used < MAX_QR_BYTES ? MAX_QR_BYTES - used : 0;
}

static const char caveat[] = "\nAsk your dentist about your own case.";

/* Heading, key sentence, caveat, clinic: the sentence gives way. */
static bool write_topic(struct buffer *out, const struct content *content, struct slice topic)
{
    struct osseo_reply *reply;
    size_t n_contact = strlen(content->clinic.contact), n_caveat = sizeof caveat - 1;
    if (osseo_ask_topic(&reply, content->osseo, topic.bytes, NULL) != OSSEO_OK)
        return false;
    put_cut(out, slice_of(osseo_reply_heading(reply)), MAX_QR_BYTES / 3);
    buffer_append_byte(out, '\n');
    put_cut(out, slice_of(osseo_reply_key_sentence(reply)), room_in(out, n_caveat + n_contact + 1));
    buffer_append_text(out, caveat);
    osseo_reply_free(reply);
    return true;
}

/* What a visitor wants to ask the dentist. */
static void write_notes(struct buffer *out, const struct content *content, const struct body *body)
{
    size_t n_contact = strlen(content->clinic.contact);
    buffer_append_text(out, "To ask my dentist:");
    for (size_t i = 0; i < body->n_notes && room_in(out, n_contact + 8) > 0; i++) {
        buffer_append_text(out, "\n- ");
        put_cut(out, body->notes[i], room_in(out, n_contact + 1));
    }
}

/* The white border that readers need, in modules (ISO/IEC 18004). */
#define QUIET 4

/* Appends the drawing of `text`, at most MAX_QR_BYTES of UTF-8 without control characters
 * but newlines, as SVG.  False where memory ran out. */
static bool draw_code(struct buffer *out, struct slice text)
{
    assert(text.n_bytes <= MAX_QR_BYTES);
    /* Level M mends 15 % of the code: a smudged screen, a shaking hand.  Level Q
     * would need smaller modules in the same space. */
    QRcode *code = QRcode_encodeData((int)text.n_bytes, (const unsigned char *)text.bytes, 0,
                                     QR_ECLEVEL_M);
    if (code == NULL)
        return false;
    int width = code->width, side = width + 2 * QUIET;
    buffer_append_format(out,
                         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                         "shape-rendering=\"crispEdges\"><rect width=\"%d\" height=\"%d\" "
                         "fill=\"#fff\"/><path fill=\"#000\" d=\"",
                         side, side, side, side);
    /* The lowest bit of a byte says whether a module is black. */
    for (int y = 0; y < width; y++)
        for (int x = 0; x < width;) {
            int start = x;
            while (x < width && (code->data[y * width + x] & 1) != 0)
                x++;
            if (x > start)
                buffer_append_format(out, "M%d %dh%dv1h-%dz", start + QUIET, y + QUIET, x - start,
                                     x - start);
            else
                x++;
        }
    buffer_append_text(out, "\"/></svg>\n");
    QRcode_free(code);
    return !out->failed;
}

static struct response draw(struct buffer *text, const struct content *content)
{
    struct buffer svg;
    buffer_init(&svg, &memory_default, SIZE_MAX);
    if (content->clinic.contact[0] != '\0') {
        buffer_append_byte(text, '\n');
        buffer_append_text(text, content->clinic.contact);
    }
    if (text->failed || !draw_code(&svg, buffer_slice(text)))
        svg.failed = true;
    return response_take("image/svg+xml", &svg);
}

static struct response post_qr(const struct request *request, const struct content *content)
{
    struct response response;
    struct body body;
    struct buffer text;
    buffer_init(&text, &memory_default, SIZE_MAX);
    if (body_read(&body, request->body, 1u << BODY_TOPIC | 1u << BODY_NOTES, &response)) {
        struct slice topic = body.text[BODY_TOPIC];
        if ((topic.bytes == NULL) == (body.n_notes == 0)) {
            response = response_error(400, "the body must hold either a topic or notes");
        } else if (topic.bytes == NULL) {
            write_notes(&text, content, &body);
            response = draw(&text, content);
        } else {
            response = write_topic(&text, content, topic)
                           ? draw(&text, content)
                           : response_error(404, "there is no such topic");
        }
    }
    buffer_release(&text);
    body_wipe(&body);
    return response;
}

static struct response get_topics(const struct request *request, const struct content *content)
{
    (void)request;
    return response_of(200, buffer_slice(&content->topics));
}

static struct response get_clinic(const struct request *request, const struct content *content)
{
    (void)request;
    return response_of(200, buffer_slice(&content->settings));
}

static struct response get_css(const struct request *request, const struct content *content)
{
    (void)request;
    return (struct response){ .status = 200, .type = "text/css; charset=utf-8",
                              .body = buffer_slice(&content->css) };
}

static struct response get_logo(const struct request *request, const struct content *content)
{
    (void)request;
    if (content->logo.n_bytes == 0)
        return response_error(404, "this clinic has no logo");
    return (struct response){ .status = 200, .type = content->logo_type,
                              .body = buffer_slice(&content->logo) };
}

static struct response get_health(const struct request *request, const struct content *content)
{
    struct buffer text;
    (void)request;
    buffer_init(&text, &memory_default, SIZE_MAX);
    buffer_append_format(&text, "{\"status\": \"%s\", \"version\": \"%s\", \"topics\": %zu, "
                                "\"generation\": %u}",
                         content->is_stand_in ? "stand-in" : "ok", osseo_version(),
                         osseo_n_topics(content->osseo), content->generation);
    return response_take("application/json", &text);
}

static const struct {
    const char *path, *allow;
    struct response (*answer)(const struct request *request, const struct content *content);
} routes[] = {
    { "/api/ask", "POST", post_ask },
    { "/api/clinic", "GET, HEAD", get_clinic },
    { "/api/health", "GET, HEAD", get_health },
    { "/api/qr", "POST", post_qr },
    { "/api/topics", "GET, HEAD", get_topics },
    { "/clinic.css", "GET, HEAD", get_css },
    { "/logo", "GET, HEAD", get_logo },
};

static bool allows(const char *allow, const char *method)
{
    bool is_post = strcmp(method, "POST") == 0;
    bool is_get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    return strcmp(allow, "POST") == 0 ? is_post : is_get;
}

static struct response refuse_method(const char *allow)
{
    struct response response = response_error(405, "this method is not allowed here");
    response.allow = allow;
    response.closes = true;
    return response;
}

struct response routes_answer(const struct request *request, const struct content *content)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (strcmp(request->path, routes[i].path) == 0)
            return allows(routes[i].allow, request->method)
                       ? routes[i].answer(request, content)
                       : refuse_method(routes[i].allow);
    const struct asset *asset = asset_find(request->path);
    if (asset == NULL)
        return response_error(404, "there is nothing here");
    if (!allows("GET, HEAD", request->method))
        return refuse_method("GET, HEAD");
    return (struct response){ .status = 200, .type = asset_type(asset->path),
                              .body = { asset->start, (size_t)(asset->end - asset->start) } };
}
