#define _POSIX_C_SOURCE 200809L

#include "tests/lib/test.h"

#include "face/knowledge.h"

#include <time.h>

static unsigned date_of(time_t moment)
{
    struct tm day;
    CHECK(gmtime_r(&moment, &day) != NULL);
    return (unsigned)(day.tm_year + 1900) * 10000 + (unsigned)(day.tm_mon + 1) * 100 + (unsigned)day.tm_mday;
}

TEST(today_is_what_the_calendar_of_the_system_says)
{
    time_t before = time(NULL);
    unsigned today = knowledge_today();
    CHECK(today == date_of(before) || today == date_of(time(NULL))); /* it may strike midnight */
}
