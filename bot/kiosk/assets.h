/* kiosk/assets.h -- the files of bot/kiosk/page/, compiled in.
 *
 * The table is made by assets.sh, sorted by path.  Nothing is ever looked for on
 * disk, so no path of a request can lead anywhere else. */
#ifndef KIOSK_ASSETS_H
#define KIOSK_ASSETS_H

#include <stddef.h>

struct asset {
    const char *path;        /* "/style.css" */
    const char *start, *end; /* its bytes */
};

extern const struct asset assets[];
extern const size_t n_assets;

/* The file that `path` names, or NULL; "/" is the page itself. */
const struct asset *asset_find(const char *path);

/* The content type that goes with the ending of `path`. */
const char *asset_type(const char *path);

#endif
