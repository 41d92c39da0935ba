#define _DEFAULT_SOURCE /* for explicit_bzero */

#include "kiosk/wipe.h"

#include <malloc.h>
#include <stdlib.h>

const struct memory memory_wiped = { wipe_reallocate, NULL };

void *wipe_reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    /* realloc() would leave the old bytes behind where it moves them. */
    void *resized = new_size == 0 ? NULL : malloc(new_size);
    if (new_size > 0 && resized == NULL)
        return NULL;
    if (block != NULL) {
        if (resized != NULL)
            memcpy(resized, block, old_size < new_size ? old_size : new_size);
        explicit_bzero(block, old_size);
        free(block);
    }
    return resized;
}

void *wipe_malloc(size_t n_bytes)
{
    return malloc(n_bytes);
}

void wipe_free(void *block)
{
    if (block != NULL)
        explicit_bzero(block, malloc_usable_size(block));
    free(block);
}
