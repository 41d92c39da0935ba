/* kiosk/wipe.h -- memory that is overwritten before it is given back.
 *
 * What visitors type passes through: the request, its JSON, the engine, the
 * reply.  All of it is allocated here, so that none is left for the next one, for
 * a core dump or for whoever reads the process. */
#ifndef KIOSK_WIPE_H
#define KIOSK_WIPE_H

#include "base/memory.h"

/* For struct osseo_options, and for buffers. */
void *wipe_reallocate(void *context, void *block, size_t old_size, size_t new_size);
extern const struct memory memory_wiped;

/* malloc() and a free() that wipes, for jansson. */
void *wipe_malloc(size_t n_bytes);
void wipe_free(void *block);

#endif
