#define _DEFAULT_SOURCE /* for explicit_bzero */

#include "kiosk/wipe.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* A sanitizer has a free() of its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#define IS_SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define IS_SANITIZED 0
#endif

#if !IS_SANITIZED

#define EVERYWHERE __attribute__((visibility("default")))

void __libc_free(void *block);

EVERYWHERE void free(void *block)
{
    if (block == NULL)
        return;
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

EVERYWHERE void *realloc(void *block, size_t n_bytes)
{
    if (block == NULL)
        return malloc(n_bytes);
    if (n_bytes == 0) {
        free(block);
        return NULL;
    }
    size_t old = malloc_usable_size(block);
    /* The C library's would leave the old bytes behind where it moves them. */
    void *resized = malloc(n_bytes);
    if (resized == NULL)
        return NULL;
    memcpy(resized, block, old < n_bytes ? old : n_bytes);
    free(block);
    return resized;
}

#endif

/* Deeper than any answer goes. */
#define STACK_BYTES (64 * 1024)

__attribute__((noinline)) void wipe_stack(void)
{
    char left[STACK_BYTES];
    explicit_bzero(left, sizeof left);
}
