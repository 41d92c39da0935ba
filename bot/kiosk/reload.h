/* kiosk/reload.h -- new content for the shelf when its files change.
 *
 * A thread of its own looks at the files, and compiles and checks what has
 * changed; until that is good, and for ever if it is not, the old content is
 * served. */
#ifndef KIOSK_RELOAD_H
#define KIOSK_RELOAD_H

#include "kiosk/content.h"

struct reload {
    struct shelf *shelf;
    struct content_paths paths;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool is_asked_for, is_over;
};

/* False where there is no thread to be had. */
bool reload_start(struct reload *reload, struct shelf *shelf, const struct content_paths *paths);
/* Reloads soon, whether anything has changed or not. */
void reload_now(struct reload *reload);
void reload_stop(struct reload *reload);

#endif
