#include "kiosk/body.h"

#include "kiosk/limits.h"

static bool is_short(const json_t *value, size_t max_bytes)
{
    return json_is_string(value) && (max_bytes == 0 || json_string_length(value) <= max_bytes);
}

static bool fits(const json_t *value, const struct member *member)
{
    if (json_is_null(value))
        return true;
    if (member->kind == MEMBER_TEXT)
        return is_short(value, member->max_bytes);
    if (!json_is_array(value) || json_array_size(value) > MAX_NOTES)
        return false;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!is_short(json_array_get(value, i), member->max_bytes))
            return false;
    return true;
}

static const struct member *find(const char *name, const struct member *members, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, members[i].name) == 0)
            return &members[i];
    return NULL;
}

json_t *body_read(struct slice body, const struct member *members, size_t n_members,
                  struct response *fault)
{
    const char *name;
    json_t *value;
    json_t *object =
        json_loadb(body.bytes, body.n_bytes, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (!json_is_object(object)) {
        *fault = response_error(400, "the body must be one JSON object in UTF-8");
        json_decref(object);
        return NULL;
    }
    json_object_foreach(object, name, value) {
        const struct member *member = find(name, members, n_members);
        if (member != NULL && fits(value, member))
            continue;
        *fault = member == NULL ? response_error(400, "the body has a member that is not known")
                                : response_error(400, "a member of the body has a wrong value");
        json_decref(object);
        return NULL;
    }
    return object;
}

struct slice body_text(const json_t *body, const char *name)
{
    const json_t *value = json_object_get(body, name);
    return json_is_string(value)
               ? (struct slice){ json_string_value(value), json_string_length(value) }
               : (struct slice){ NULL, 0 };
}
