/* tests/bench/measure.h -- what every adapter notes about its queries, in C and C++.
 *
 * A file of lines: `query NANOSECONDS OF_CPU` for each query of each round and, once
 * all are answered, `private KIB` and `resident KIB` of the process.  Private are the
 * pages that were written to: those of a mapped file are the system's to drop.  Time
 * of the processor leaves out what else the machine was busy with; what asking for it
 * takes, a third of the fastest queries, is found out first and taken off. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct measure_time {
    long long wall, cpu;
};

static inline long long measure_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline struct measure_time measure_now(void)
{
    struct measure_time now;
    now.wall = measure_clock(CLOCK_MONOTONIC);
    now.cpu = measure_clock(CLOCK_PROCESS_CPUTIME_ID);
    return now;
}

/* What the processor needs between two looks at its clock: the usual of many, since
 * the least would leave a part of most looks to the queries. */
static long long measure_overhead = 0;

#define MEASURE_LOOKS 10001

static inline int measure_by_size(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;
    return (x > y) - (x < y);
}

static inline void measure_prepare(void)
{
    static long long looks[MEASURE_LOOKS];
    for (int i = 0; i < MEASURE_LOOKS; i++) {
        struct measure_time start = measure_now();
        looks[i] = measure_clock(CLOCK_PROCESS_CPUTIME_ID) - start.cpu;
    }
    qsort(looks, MEASURE_LOOKS, sizeof *looks, measure_by_size);
    measure_overhead = looks[MEASURE_LOOKS / 2];
}

static inline FILE *measure_open(const char *path)
{
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(2);
    }
    measure_prepare();
    return out;
}

static inline void measure_query(FILE *out, struct measure_time start)
{
    long long cpu = measure_clock(CLOCK_PROCESS_CPUTIME_ID) - start.cpu - measure_overhead;
    fprintf(out, "query %lld %lld\n", measure_clock(CLOCK_MONOTONIC) - start.wall, cpu);
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
