#define _POSIX_C_SOURCE 200809L

#include "face/knowledge.h"

#include "face/builtin.h"

#include <time.h>

unsigned knowledge_today(void)
{
    time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day) == NULL)
        return 0;
    return (unsigned)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
}

int knowledge_open(struct osseo **out, const char *path, const struct osseo_options *options,
                   struct osseo_error *error)
{
    struct osseo_options with_flags = *options;
    size_t n_bytes;
    const void *builtin = builtin_knowledge(&n_bytes);
    if (path == NULL)
        return osseo_open_memory(out, builtin, n_bytes, options, error);
    if (n_bytes > 0) {
        with_flags.red_flags = builtin;
        with_flags.n_red_flags = n_bytes;
    }
    return osseo_open(out, path, &with_flags, error);
}
