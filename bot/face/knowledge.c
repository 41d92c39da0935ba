#define _POSIX_C_SOURCE 200809L

#include "face/knowledge.h"

#include <stdbool.h>
#include <time.h>

/* Put in place by face/builtin.S. */
extern const char knowledge_start[], knowledge_end[];

static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* gmtime would do, but reads the file of the time zone first. */
unsigned knowledge_today(void)
{
    static const unsigned days_of[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    time_t now = time(NULL);
    unsigned year = 1970, month = 0;
    if (now <= 0)
        return 0;
    unsigned day = (unsigned)(now / (24 * 60 * 60));
    for (; day >= 365u + is_leap(year); year++)
        day -= 365u + is_leap(year);
    for (; day >= days_of[month] + (month == 1 && is_leap(year)); month++)
        day -= days_of[month] + (month == 1 && is_leap(year));
    return year * 10000 + (month + 1) * 100 + day + 1;
}

int knowledge_open(struct osseo **out, const char *path, const struct osseo_options *options,
                   struct osseo_error *error)
{
    struct osseo_options with_flags = *options;
    size_t n_bytes = (size_t)(knowledge_end - knowledge_start);
    if (path == NULL)
        return osseo_open_memory(out, knowledge_start, n_bytes, options, error);
    if (n_bytes > 0) {
        with_flags.red_flags = knowledge_start;
        with_flags.n_red_flags = n_bytes;
    }
    return osseo_open(out, path, &with_flags, error);
}
