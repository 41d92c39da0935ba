/* tests/bench/measure.h -- what every adapter notes about its queries, in C and C++.
 *
 * A file of lines: `query NANOSECONDS` for each query of each round and, once all
 * are answered, `private KIB` and `resident KIB` of the process.  Private are the
 * pages that were written to: those of a mapped file are the system's to drop. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline long long measure_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline FILE *measure_open(const char *path)
{
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(2);
    }
    return out;
}

static inline void measure_query(FILE *out, long long start)
{
    fprintf(out, "query %lld\n", measure_now() - start);
}

static inline void measure_close(FILE *out)
{
    char line[256];
    long kib, written = 0, resident = 0;
    FILE *rollup = fopen("/proc/self/smaps_rollup", "r");
    while (rollup != NULL && fgets(line, sizeof line, rollup) != NULL) {
        if (sscanf(line, "Private_Dirty: %ld", &kib) == 1)
            written = kib;
        if (sscanf(line, "Rss: %ld", &kib) == 1)
            resident = kib;
    }
    if (rollup != NULL)
        fclose(rollup);
    fprintf(out, "private %ld\nresident %ld\n", written, resident);
    if (fclose(out) != 0) {
        perror("measurements");
        exit(2);
    }
}

/* An id as a run may hold it: no blanks. */
static inline void measure_unblank(char *id)
{
    for (; *id != '\0'; id++)
        if (*id == ' ')
            *id = '_';
}

#endif
