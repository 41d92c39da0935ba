/* face/clinic.h -- what a clinic sets: clinic.conf, an INI file.
 *
 *     [clinic]
 *     name = Park Street Dental Practice      required
 *     telephone = 020 7946 0123               required
 *     out_of_hours = 111
 *     emergency = 999
 *     logo = logo.png                         beside clinic.conf; PNG, JPEG or SVG
 *     colour_primary = #17365d                of buttons and headings
 *     colour_background = #f2f5f7             behind them
 *     idle_seconds = 90
 *     number_language = en-GB                 in which numbers are read aloud
 *     printer = no                            yes: the kiosk offers to print
 *
 * Read strictly: an unknown key, a bad value, a key that is given twice, colours
 * that cannot be told apart are errors with file and line. */
#ifndef FACE_CLINIC_H
#define FACE_CLINIC_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

#define CLINIC_MAX_NAME 96
#define CLINIC_MAX_NUMBER 32

struct clinic {
    /* All end in a zero byte; empty where the clinic has not set them. */
    char name[CLINIC_MAX_NAME], telephone[CLINIC_MAX_NUMBER], out_of_hours[CLINIC_MAX_NUMBER];
    char emergency[CLINIC_MAX_NUMBER]; /* 999 unless it is set */
    char logo[512];                    /* a path that can be opened */
    char number_language[16];          /* a BCP 47 tag */
    uint32_t colour_primary, colour_background; /* 0xRRGGBB */
    unsigned idle_seconds;
    bool printer;
    /* "NAME: TELEPHONE.", what stands behind caveats; empty without a clinic. */
    char contact[CLINIC_MAX_NAME + CLINIC_MAX_NUMBER + 8];
};

/* What holds where there is no clinic.conf. */
extern const struct clinic clinic_defaults;

/* Reads the file at `path`.  `*out` is untouched on failure. */
int clinic_read(struct clinic *out, const char *path, struct osseo_error *error);

/* The contrast of two colours by WCAG 2.2: 1 (none) to 21 (black on white). */
double clinic_contrast(uint32_t a, uint32_t b);

#endif
