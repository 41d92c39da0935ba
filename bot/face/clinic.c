#define _POSIX_C_SOURCE 200809L

#include "face/clinic.h"

#include "base/file.h"
#include "base/utf8.h"

#include <ini.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_FILE_BYTES 65536

/* WCAG 2.2, success criterion 1.4.3: the least for text. */
#define LEAST_CONTRAST 4.5

/* Below the first nobody reads a card to its end; above the second the next
 * visitor finds what the last one read. */
#define LEAST_IDLE_SECONDS 30
#define MOST_IDLE_SECONDS 600

const struct clinic clinic_defaults = {
    .emergency = "999",
    .number_language = "en-GB",
    .colour_primary = 0x17365d,
    .colour_background = 0xf2f5f7,
    .idle_seconds = 90,
};

struct reading {
    const char *file;
    struct slice rest; /* lines that were not read yet */
    unsigned line, colour_line;
    unsigned seen; /* a bit for each row */
    struct clinic clinic;
    struct osseo_error *error;
    int status; /* of the first fault */
};

/* Each takes a value for a place in the settings; NULL, or what is wrong. */
typedef const char *take(void *out, size_t room, const char *value);

static const char *take_text(void *out, size_t room, const char *value)
{
    if (strlen(value) >= room)
        return "is too long; shorten it";
    memcpy(out, value, strlen(value) + 1);
    return NULL;
}

static const char *take_telephone(void *out, size_t room, const char *value)
{
    size_t n_digits = 0;
    for (const char *c = value; *c != '\0'; c++)
        n_digits += *c >= '0' && *c <= '9';
    if (n_digits < 3 || n_digits > 15 || value[strspn(value, "0123456789 +()-")] != '\0')
        return "is no telephone number; write 3 to 15 digits, such as 020 7946 0123";
    return take_text(out, room, value);
}

static const char *take_language(void *out, size_t room, const char *value)
{
    static const char lower[] = "abcdefghijklmnopqrstuvwxyz", upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t language = strspn(value, lower);
    const char *region = value + language;
    if ((language != 2 && language != 3) ||
        (*region != '\0' && (*region != '-' || strspn(region + 1, upper) != 2 || region[3] != '\0')))
        return "is no language; write one such as en-GB or cy-GB";
    return take_text(out, room, value);
}

static const char *take_colour(void *out, size_t room, const char *value)
{
    (void)room;
    if (value[0] != '#' || strlen(value) != 7 ||
        strspn(value + 1, "0123456789abcdefABCDEF") != 6)
        return "is no colour; write it as #rrggbb, such as #17365d";
    *(uint32_t *)out = (uint32_t)strtoul(value + 1, NULL, 16);
    return NULL;
}

static const char *take_yes(void *out, size_t room, const char *value)
{
    (void)room;
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        return "must be yes or no";
    *(bool *)out = value[0] == 'y';
    return NULL;
}

static const char *take_idle(void *out, size_t room, const char *value)
{
    (void)room;
    char *end;
    unsigned long seconds = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || seconds < LEAST_IDLE_SECONDS ||
        seconds > MOST_IDLE_SECONDS)
        return "is no time to wait; write seconds from 30 to 600";
    *(unsigned *)out = (unsigned)seconds;
    return NULL;
}

#define ROW(key, take) { #key, offsetof(struct clinic, key), sizeof clinic_defaults.key, take }

static const struct {
    const char *key;
    size_t offset, room;
    take *take;
} rows[] = {
    ROW(colour_background, take_colour),
    ROW(colour_primary, take_colour),
    ROW(emergency, take_telephone),
    ROW(idle_seconds, take_idle),
    ROW(logo, take_text),
    ROW(name, take_text),
    ROW(number_language, take_language),
    ROW(out_of_hours, take_telephone),
    ROW(printer, take_yes),
    ROW(telephone, take_telephone),
};

#define N_ROWS (sizeof rows / sizeof *rows)

/* Tells the first fault.  0, which is inih's word for it. */
static int fail(struct reading *r, const char *format, ...) PRINTF_LIKE(2, 3);
static int fail(struct reading *r, const char *format, ...)
{
    char text[512];
    va_list arguments;
    if (r->status != OSSEO_OK)
        return 0;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    r->status = error_at(r->error, r->file, r->line, "%s", text);
    return 0;
}

/* inih calls this for each `name = value`, and takes 0 for a fault. */
static int on_value(void *context, const char *section, const char *name, const char *value)
{
    struct reading *r = context;
    if (strcmp(section, "clinic") != 0)
        return fail(r, "'%s' stands outside [clinic]; there is no other section", name);
    for (size_t i = 0; i < N_ROWS; i++) {
        if (strcmp(name, rows[i].key) != 0)
            continue;
        if (r->seen & 1U << i)
            return fail(r, "'%s' is given twice; take one away", name);
        r->seen |= 1U << i;
        if (rows[i].take == take_colour)
            r->colour_line = r->line;
        if (value[0] == '\0')
            return fail(r, "'%s' is empty; give it a value or take the line away", name);
        const char *fault = rows[i].take((char *)&r->clinic + rows[i].offset, rows[i].room, value);
        return fault == NULL ? 1 : fail(r, "%s: '%s' %s", name, value, fault);
    }
    return fail(r, "there is no setting '%s'", name);
}

/* Hands inih the next line, as fgets would, and counts. */
static char *next_line(char *out, int room, void *context)
{
    struct reading *r = context;
    struct slice line;
    if (r->status != OSSEO_OK || !slice_split(&r->rest, '\n', &line))
        return NULL;
    r->line++;
    /* inih takes an indented line for more of the value above. */
    struct slice trimmed = slice_trim(line);
    if (trimmed.n_bytes + 2 > (size_t)room) {
        fail(r, "the line is too long; %d bytes are the most", room - 2);
        return NULL;
    }
    memcpy(out, trimmed.bytes, trimmed.n_bytes);
    memcpy(out + trimmed.n_bytes, "\n", 2);
    return out;
}

static void check_text(struct reading *r, struct slice text)
{
    r->line = 1;
    for (size_t at = 0; at < text.n_bytes && r->status == OSSEO_OK;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\n')
            r->line++;
        else if (c == UTF8_REPLACEMENT && at - start == 1)
            fail(r, "the line is not UTF-8; save the file as UTF-8");
        else if (utf8_is_control(c) && c != '\t' && c != '\r' && !(c == 0xFEFF && start == 0))
            fail(r, "the line holds a control character (U+%04X); take it out", (unsigned)c);
    }
    r->line = 0;
}

static double luminance(uint32_t colour)
{
    static const double share[] = { 0.2126, 0.7152, 0.0722 };
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (double)(colour >> (16 - 8 * i) & 0xFF) / 255;
        sum += share[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double clinic_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void check_whole(struct reading *r)
{
    struct clinic *clinic = &r->clinic;
    double contrast = clinic_contrast(clinic->colour_primary, clinic->colour_background);
    r->line = contrast < LEAST_CONTRAST ? r->colour_line : r->line;
    if (clinic->name[0] == '\0' || clinic->telephone[0] == '\0')
        fail(r, "'%s' is missing; patients are sent there",
             clinic->name[0] == '\0' ? "name" : "telephone");
    else if (contrast < LEAST_CONTRAST)
        fail(r, "colour_primary #%06x on colour_background #%06x has a contrast of %.2f:1, and "
                "text needs 4.5:1; choose a darker and a lighter one",
             (unsigned)clinic->colour_primary, (unsigned)clinic->colour_background, contrast);
}

/* A logo stands beside its clinic.conf unless its path is absolute. */
static void place_logo(struct reading *r)
{
    char name[sizeof r->clinic.logo];
    const char *slash = strrchr(r->file, '/');
    if (r->clinic.logo[0] == '\0' || r->clinic.logo[0] == '/' || slash == NULL)
        return;
    memcpy(name, r->clinic.logo, sizeof name);
    int n = snprintf(r->clinic.logo, sizeof r->clinic.logo, "%.*s/%s", (int)(slash - r->file),
                     r->file, name);
    if (n < 0 || (size_t)n >= sizeof r->clinic.logo)
        fail(r, "logo: the path is too long");
}

int clinic_read(struct clinic *out, const char *path, struct osseo_error *error)
{
    struct buffer text;
    buffer_init(&text, &memory_default, MAX_FILE_BYTES);
    struct reading r = { .file = path, .clinic = clinic_defaults, .error = error };
    r.status = file_read(&text, path, MAX_FILE_BYTES, error);
    if (r.status == OSSEO_OK) {
        r.rest = buffer_slice(&text);
        check_text(&r, buffer_slice(&text));
    }
    if (r.status == OSSEO_OK) {
        int fault = ini_parse_stream(next_line, &r, on_value, &r);
        if (fault != 0 && r.status == OSSEO_OK)
            r.line = (unsigned)fault;
        if (fault != 0)
            fail(&r, "the line is neither [clinic] nor 'setting = value'");
    }
    if (r.status == OSSEO_OK)
        check_whole(&r);
    if (r.status == OSSEO_OK)
        place_logo(&r);
    buffer_release(&text);
    if (r.status != OSSEO_OK)
        return r.status;
    snprintf(r.clinic.contact, sizeof r.clinic.contact, "%s: %s.", r.clinic.name,
             r.clinic.telephone);
    *out = r.clinic;
    return OSSEO_OK;
}
