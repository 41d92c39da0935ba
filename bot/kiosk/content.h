/* kiosk/content.h -- what the server serves: a knowledge, and a clinic's settings.
 *
 * Content is made whole, checked, and from then on only read.  A reload makes new
 * content beside the old one and swaps a pointer; requests that hold the old one
 * keep it until their reply is sent. */
#ifndef KIOSK_CONTENT_H
#define KIOSK_CONTENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "face/clinic.h"

#include <pthread.h>

struct content {
    struct osseo *osseo;
    struct clinic clinic;
    struct buffer topics, settings, css; /* replies that are the same for all */
    struct buffer logo;
    const char *logo_type;
    bool is_stand_in;    /* the built-in knowledge, for one that has a fault */
    unsigned generation; /* 1, and one more for each reload */
    unsigned n_holders;  /* guarded by the shelf */
};

/* Where it comes from; NULL for the built-in knowledge, for no clinic. */
struct content_paths {
    const char *knowledge, *clinic;
};

/* Held once by the caller; freed by the last shelf_release(). */
int content_open(struct content **out, const struct content_paths *paths,
                 struct osseo_error *error);

/* The content that is served now. */
struct shelf {
    pthread_mutex_t mutex;
    struct content *current;
    unsigned generation; /* of the current content */
};

/* Takes over the caller's hold. */
void shelf_put(struct shelf *shelf, struct content *content);
struct content *shelf_hold(struct shelf *shelf);
void shelf_release(struct shelf *shelf, struct content *content);

#endif
