/* tests/bench/peer_fts5.c -- SQLite FTS5 behind the benchmark's two commands.
 *
 *   peer_fts5 build CORPUS.jsonl DATABASE
 *   peer_fts5 rank DATABASE QUERIES.tsv K REPEATS MEASUREMENTS
 *   peer_fts5 size DATABASE                           bytes without the stored text
 *
 * Porter's stemmer and bm25() as it comes, any word may match, one transaction.
 * `build` runs what PRAGMA in the environment says first.  `rank` writes a TREC
 * run once. */
#define _POSIX_C_SOURCE 200809L

#include "measure.h"

#include <jansson.h>
#include <sqlite3.h>

#include <ctype.h>
#include <sys/types.h>

static sqlite3 *db;

static void check(int status)
{
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) {
        fprintf(stderr, "peer_fts5: %s\n", sqlite3_errmsg(db));
        exit(2);
    }
}

static void build(const char *corpus, const char *path)
{
    FILE *in = fopen(corpus, "r");
    char *line = NULL;
    size_t room = 0;
    sqlite3_stmt *insert;
    remove(path);
    check(sqlite3_open(path, &db));
    if (getenv("PRAGMA") != NULL)
        check(sqlite3_exec(db, getenv("PRAGMA"), NULL, NULL, NULL));
    check(sqlite3_exec(db,
                       "CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, text, "
                       "tokenize='porter unicode61'); BEGIN",
                       NULL, NULL, NULL));
    check(sqlite3_prepare_v2(db, "INSERT INTO d VALUES (?, ?, ?)", -1, &insert, NULL));
    for (ssize_t n; in != NULL && (n = getline(&line, &room, in)) > 0;) {
        json_t *object = json_loadb(line, (size_t)n, 0, NULL);
        const char *values[3];
        if (json_unpack(object, "{s:s, s:s, s:s}", "_id", &values[0], "title", &values[1], "text",
                        &values[2]) != 0)
            continue;
        for (int i = 0; i < 3; i++)
            check(sqlite3_bind_text(insert, i + 1, values[i], -1, SQLITE_STATIC));
        check(sqlite3_step(insert));
        check(sqlite3_reset(insert));
        json_decref(object);
    }
    check(sqlite3_finalize(insert));
    check(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
    check(sqlite3_close(db));
    free(line);
    if (in != NULL)
        fclose(in);
}

/* "what is it" as "what" OR "is" OR "it"; bytes that are not ASCII are of words. */
static void write_match(char *out, size_t room, const char *text)
{
    size_t n = 0;
    for (const char *p = text; *p && n + 80 < room;) {
        while (*p && !isalnum((unsigned char)*p) && (unsigned char)*p < 0x80)
            p++;
        const char *start = p;
        while (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)
            p++;
        if (p > start && p - start < 64)
            n += (size_t)snprintf(out + n, room - n, "%s\"%.*s\"", n ? " OR " : "",
                                  (int)(p - start), start);
    }
    out[n] = '\0';
}

static void rank(const char *path, const char *queries, int k, int repeats, FILE *out)
{
    char *line = NULL, match[16384], id[256];
    size_t room = 0;
    sqlite3_stmt *select;
    check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL));
    check(sqlite3_prepare_v2(db, "SELECT id, rank FROM d WHERE d MATCH ? ORDER BY rank LIMIT ?", -1,
                             &select, NULL));
    for (int round = 0; round < repeats; round++) {
        FILE *in = fopen(queries, "r");
        for (ssize_t n; in != NULL && (n = getline(&line, &room, in)) > 0;) {
            char *text = strchr(line, '\t');
            if (text == NULL)
                continue;
            *text++ = '\0';
            struct measure_time start = measure_now();
            write_match(match, sizeof match, text);
            check(sqlite3_bind_text(select, 1, match, -1, SQLITE_STATIC));
            check(sqlite3_bind_int(select, 2, k));
            for (int r = 1; match[0] && sqlite3_step(select) == SQLITE_ROW; r++)
                if (round == 0) {
                    snprintf(id, sizeof id, "%s", (const char *)sqlite3_column_text(select, 0));
                    measure_unblank(id);
                    printf("%s Q0 %s %d %.6f fts5\n", line, id, r,
                           -sqlite3_column_double(select, 1));
                }
            check(sqlite3_reset(select));
            measure_query(out, start);
        }
        if (in != NULL)
            fclose(in);
    }
    measure_close(out);
    check(sqlite3_finalize(select));
    check(sqlite3_close(db));
    free(line);
}

static void size(const char *path)
{
    sqlite3_stmt *sum;
    check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL));
    check(sqlite3_prepare_v2(db, "SELECT sum(pgsize) FROM dbstat WHERE name <> 'd_content'", -1,
                             &sum, NULL));
    check(sqlite3_step(sum));
    printf("%lld\n", (long long)sqlite3_column_int64(sum, 0));
    check(sqlite3_finalize(sum));
    check(sqlite3_close(db));
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "build") == 0)
        build(argv[2], argv[3]);
    else if (argc == 7 && strcmp(argv[1], "rank") == 0)
        rank(argv[2], argv[3], atoi(argv[4]), atoi(argv[5]), measure_open(argv[6]));
    else if (argc == 3 && strcmp(argv[1], "size") == 0)
        size(argv[2]);
    else
        return 2;
    return 0;
}
