#define _DEFAULT_SOURCE /* for explicit_bzero */

#include "kiosk/body.h"

#include "base/json.h"
#include "base/utf8.h"

static const struct {
    const char *name;
    size_t max_bytes; /* a longer text is refused */
} rows[N_BODY_MEMBERS] = {
    [BODY_QUESTION] = { "question", MAX_BODY_BYTES },
    [BODY_AFTER] = { "after", MAX_TOPIC_BYTES },
    [BODY_TOPIC] = { "topic", MAX_TOPIC_BYTES },
    [BODY_NOTES] = { "notes", MAX_BODY_BYTES },
};

#define IS_NO_OBJECT "the body must be one JSON object in UTF-8"
#define IS_UNKNOWN   "the body has a member that is not known"
#define IS_WRONG     "a member of the body has a wrong value"

/* True, and moves over it, where the next value is null. */
static bool take_null(struct json *json)
{
    json_skip_blank(json);
    if (json->end - json->at < 4 || memcmp(json->at, "null", 4) != 0)
        return false;
    json->at += 4;
    return true;
}

/* A string where one comes next; a value of another kind is refused. */
static bool read_text(struct json *json, struct slice *out, size_t max_bytes)
{
    json_skip_blank(json);
    if (json->at < json->end && *json->at != '"')
        return json_skip(json) && json_fail(json, IS_WRONG);
    if (!json_string(json, out))
        return false;
    return out->n_bytes <= max_bytes || json_fail(json, IS_WRONG);
}

static bool read_notes(struct json *json, struct body *out)
{
    if (!json_take(json, '['))
        return json_skip(json) && json_fail(json, IS_WRONG);
    if (json_take(json, ']'))
        return true;
    do {
        if (out->n_notes == MAX_NOTES)
            return json_fail(json, IS_WRONG);
        if (!read_text(json, &out->notes[out->n_notes++], rows[BODY_NOTES].max_bytes))
            return false;
    } while (json_take(json, ','));
    return json_take(json, ']') || json_fail(json, IS_NO_OBJECT);
}

struct reading {
    struct body *out;
    unsigned members; /* those that may still come */
};

static bool read_member(struct json *json, struct slice name, void *context)
{
    struct reading *r = context;
    unsigned member = 0;
    while (member < N_BODY_MEMBERS && !slice_equal(name, slice_of(rows[member].name)))
        member++;
    if (member == N_BODY_MEMBERS || (r->members & 1u << member) == 0)
        return json_skip(json) && json_fail(json, IS_UNKNOWN);
    r->members &= ~(1u << member);
    if (take_null(json))
        return true;
    return member == BODY_NOTES ? read_notes(json, r->out)
                                : read_text(json, &r->out->text[member], rows[member].max_bytes);
}

bool body_read(struct body *out, struct slice json, unsigned members, struct response *fault)
{
    *out = (struct body){ .n_notes = 0 };
    size_t n = json.n_bytes < sizeof out->bytes ? json.n_bytes : sizeof out->bytes;
    if (n > 0)
        memcpy(out->bytes, json.bytes, n);
    struct json reader = { out->bytes, out->bytes + n, NULL, true };
    struct reading reading = { out, members };
    if (n == json.n_bytes && utf8_first_invalid(json) == n &&
        json_object(&reader, read_member, &reading))
        return true;
    const char *why = reader.fault == NULL ? "" : reader.fault;
    *fault = strcmp(why, IS_UNKNOWN) == 0 ? response_error(400, IS_UNKNOWN)
             : strcmp(why, IS_WRONG) == 0 ? response_error(400, IS_WRONG)
                                          : response_error(400, IS_NO_OBJECT);
    return false;
}

void body_wipe(struct body *body)
{
    explicit_bzero(body, sizeof *body);
}
