/* tests/bench/self.c -- osseo behind the benchmark's command for queries.
 *
 *   self rank FILE.osx QUERIES.tsv K REPEATS MEASUREMENTS
 *
 * Writes a TREC run once.  The file itself is built by `osseo index`. */
#define _POSIX_C_SOURCE 200809L

#include "measure.h"
#include "osseo.h"

#include <sys/types.h>

static void check(int status, const struct osseo_error *error)
{
    if (status != OSSEO_OK) {
        fprintf(stderr, "self: %s\n", error->text);
        exit(2);
    }
}

static void rank(struct osseo_ranker *ranker, const char *queries, size_t k, int repeats, FILE *out)
{
    struct osseo_error error;
    char *line = NULL, id[256];
    size_t room = 0;
    for (int round = 0; round < repeats; round++) {
        FILE *in = fopen(queries, "r");
        for (ssize_t n; in != NULL && (n = getline(&line, &room, in)) > 0;) {
            const struct osseo_hit *hits;
            size_t n_hits;
            char *text = strchr(line, '\t');
            if (text == NULL)
                continue;
            *text++ = '\0';
            struct measure_time start = measure_now();
            check(osseo_rank(&hits, &n_hits, ranker, text, strcspn(text, "\n"), k, &error), &error);
            measure_query(out, start);
            for (size_t i = 0; round == 0 && i < n_hits; i++) {
                snprintf(id, sizeof id, "%.*s", (int)hits[i].id.n_bytes, hits[i].id.bytes);
                measure_unblank(id);
                printf("%s Q0 %s %zu %.6f osseo\n", line, id, i + 1, hits[i].score);
            }
        }
        if (in != NULL)
            fclose(in);
    }
    free(line);
}

int main(int argc, char **argv)
{
    struct osseo *osseo;
    struct osseo_ranker *ranker;
    struct osseo_error error;
    if (argc != 7 || strcmp(argv[1], "rank") != 0)
        return 2;
    FILE *out = measure_open(argv[6]);
    check(osseo_open(&osseo, argv[2], NULL, &error), &error);
    check(osseo_ranker_new(&ranker, osseo, &error), &error);
    rank(ranker, argv[3], strtoul(argv[4], NULL, 10), atoi(argv[5]), out);
    measure_close(out);
    osseo_ranker_free(ranker);
    osseo_close(osseo);
    return 0;
}
