#include "kiosk/content.h"

#include "base/file.h"
#include "base/json.h"
#include "face/knowledge.h"
#include "face/say.h"
#include "kiosk/assets.h"
#include "kiosk/limits.h"

#include <stdio.h>
#include <stdlib.h>

/* Kept in view on every screen; %s is the emergency number. */
#define EMERGENCY_CARD \
    "Trouble breathing, bleeding that will not stop, or somebody has collapsed? Ring %s now."

static struct slice slice_of_text(struct osseo_text text)
{
    return (struct slice){ text.bytes, text.n_bytes };
}

/* What is empty is not known. */
static void put(struct buffer *out, const char *name, struct slice value)
{
    json_text(out, name, value.n_bytes == 0 ? (struct slice){ NULL, 0 } : value);
}

static void put_topic(struct buffer *out, const struct osseo *osseo, size_t i)
{
    struct osseo_topic topic = osseo_topic(osseo, i);
    json_open(out, NULL, '{');
    put(out, "id", slice_of_text(topic.id));
    put(out, "heading", slice_of_text(topic.heading));
    json_open(out, "also_asked", '[');
    for (size_t j = 0; j < topic.n_also_asked; j++)
        json_text(out, NULL, slice_of_text(osseo_also_asked(osseo, i, j)));
    buffer_append_text(out, "]}");
}

/* Topics come in the order of their articles. */
static void put_topics(struct buffer *out, const struct osseo *osseo)
{
    struct slice article = { NULL, 0 };
    buffer_append_text(out, "{\"areas\": [");
    for (size_t i = 0; i < osseo_n_topics(osseo); i++) {
        struct slice title = slice_of_text(osseo_topic(osseo, i).article);
        if (i == 0 || !slice_equal(title, article)) {
            buffer_append_text(out, i > 0 ? "]}" : "");
            json_open(out, NULL, '{');
            put(out, "title", title);
            json_open(out, "topics", '[');
        }
        article = title;
        put_topic(out, osseo, i);
    }
    buffer_append_text(out, osseo_n_topics(osseo) > 0 ? "]}]}" : "]}");
}

static void put_settings(struct buffer *out, const struct clinic *clinic)
{
    char card[256];
    snprintf(card, sizeof card, EMERGENCY_CARD, clinic->emergency);
    buffer_append_byte(out, '{');
    put(out, "name", slice_of(clinic->name));
    put(out, "telephone", slice_of(clinic->telephone));
    put(out, "out_of_hours", slice_of(clinic->out_of_hours));
    put(out, "emergency", slice_of(clinic->emergency));
    put(out, "emergency_card", slice_of(card));
    put(out, "number_language", slice_of(clinic->number_language));
    buffer_append_format(out,
                         ", \"idle_seconds\": %u, \"logo\": %s, \"printer\": %s, "
                         "\"colour_primary\": \"#%06x\", \"colour_background\": \"#%06x\"}",
                         clinic->idle_seconds, clinic->logo[0] != '\0' ? "true" : "false",
                         clinic->printer ? "true" : "false",
                         (unsigned)clinic->colour_primary, (unsigned)clinic->colour_background);
}

static void put_css(struct buffer *out, const struct clinic *clinic)
{
    buffer_append_format(out,
                         ":root {\n  --clinic-primary: #%06x;\n  --clinic-background: #%06x;\n}\n",
                         (unsigned)clinic->colour_primary, (unsigned)clinic->colour_background);
}

/* An image by its first bytes as well as by its name: the browser is told its
 * type and must not guess another. */
static int read_logo(struct content *content, struct osseo_error *error)
{
    const char *path = content->clinic.logo;
    content->logo_type = asset_type(path);
    int status = file_read(&content->logo, path, MAX_LOGO_BYTES, error);
    if (status != OSSEO_OK)
        return status;
    struct slice bytes = buffer_slice(&content->logo);
    bool is_image = (strcmp(content->logo_type, "image/png") == 0 &&
                     slice_starts(bytes, SLICE("\x89PNG\r\n"))) ||
                    (strcmp(content->logo_type, "image/jpeg") == 0 &&
                     slice_starts(bytes, SLICE("\xFF\xD8\xFF"))) ||
                    (strcmp(content->logo_type, "image/svg+xml") == 0 &&
                     slice_starts(slice_trim(bytes), SLICE("<")));
    return is_image ? OSSEO_OK
                    : error_set(error, OSSEO_EPARSE,
                                "'%s' is no logo; name a .png, .jpg or .svg picture", path);
}

static void content_free(struct content *content)
{
    osseo_close(content->osseo);
    buffer_release(&content->topics);
    buffer_release(&content->settings);
    buffer_release(&content->css);
    buffer_release(&content->logo);
    free(content);
}

static int fill(struct content *content, const struct content_paths *paths,
                struct osseo_error *error)
{
    struct osseo_options options = {
        .warn = say_warning,
        .today = knowledge_today(),
        .contact = content->clinic.contact,
        .copies_file = 1,
        .is_unexplained = 1,
    };
    content->clinic = clinic_defaults;
    int status = paths->clinic == NULL ? OSSEO_OK
                                       : clinic_read(&content->clinic, paths->clinic, error);
    if (status == OSSEO_OK && content->clinic.logo[0] != '\0')
        status = read_logo(content, error);
    if (content->clinic.contact[0] == '\0')
        options.contact = NULL;
    if (status == OSSEO_OK)
        status = knowledge_open(&content->osseo, paths->knowledge, &options, error);
    if (status != OSSEO_OK)
        return status;
    put_topics(&content->topics, content->osseo);
    put_settings(&content->settings, &content->clinic);
    put_css(&content->css, &content->clinic);
    return content->topics.failed || content->settings.failed || content->css.failed
               ? error_no_memory(error)
               : OSSEO_OK;
}

int content_open(struct content **out, const struct content_paths *paths,
                 struct osseo_error *error)
{
    struct content *content = calloc(1, sizeof *content);
    if (content == NULL)
        return error_no_memory(error);
    content->n_holders = 1;
    buffer_init(&content->topics, &memory_default, SIZE_MAX);
    buffer_init(&content->settings, &memory_default, SIZE_MAX);
    buffer_init(&content->css, &memory_default, SIZE_MAX);
    buffer_init(&content->logo, &memory_default, SIZE_MAX);
    int status = fill(content, paths, error);
    if (status != OSSEO_OK) {
        content_free(content);
        return status;
    }
    *out = content;
    return OSSEO_OK;
}

void shelf_put(struct shelf *shelf, struct content *content)
{
    pthread_mutex_lock(&shelf->mutex);
    struct content *old = shelf->current;
    shelf->current = content;
    content->generation = ++shelf->generation;
    pthread_mutex_unlock(&shelf->mutex);
    if (old != NULL)
        shelf_release(shelf, old);
}

struct content *shelf_hold(struct shelf *shelf)
{
    pthread_mutex_lock(&shelf->mutex);
    struct content *content = shelf->current;
    content->n_holders++;
    pthread_mutex_unlock(&shelf->mutex);
    return content;
}

void shelf_release(struct shelf *shelf, struct content *content)
{
    pthread_mutex_lock(&shelf->mutex);
    bool is_last = --content->n_holders == 0;
    pthread_mutex_unlock(&shelf->mutex);
    if (is_last)
        content_free(content);
}
