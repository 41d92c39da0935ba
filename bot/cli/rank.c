#define _POSIX_C_SOURCE 200809L

#include "cli/commands.h"

#include "base/utf8.h"
#include "face/say.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void write_id(struct slice id, FILE *out)
{
    for (size_t at = 0; at < id.n_bytes;) {
        char bytes[4];
        uint32_t c = utf8_next(id, &at);
        fwrite(bytes, 1, utf8_encode(c == ' ' || utf8_is_control(c) ? '_' : c, bytes), out);
    }
}

static void write_hits(struct slice qid, const struct osseo_hit *hits, size_t n, FILE *out)
{
    for (size_t i = 0; i < n; i++) {
        write_id(qid, out);
        fputs(" Q0 ", out);
        write_id((struct slice){ hits[i].id.bytes, hits[i].id.n_bytes }, out);
        if (hits[i].passage_of_topic > 0)
            fprintf(out, "#%u", hits[i].passage_of_topic + 1);
        fprintf(out, " %zu %.6f osseo\n", i + 1, hits[i].score);
    }
}

/* One line of the file; `*found` tells whether it had hits. */
static int rank_line(struct osseo_ranker *ranker, struct slice line, unsigned k, bool *found,
                     FILE *out, struct osseo_error *error)
{
    const struct osseo_hit *hits;
    size_t n_hits;
    struct slice text = line, qid;
    slice_split(&text, '\t', &qid);
    if (text.bytes == NULL) {
        error->status = OSSEO_EPARSE;
        snprintf(error->text, sizeof error->text, "'%.*s' is no query; a line is: qid TAB text",
                 (int)(line.n_bytes < 60 ? line.n_bytes : 60), line.bytes);
        return OSSEO_EPARSE;
    }
    int status = osseo_rank(&hits, &n_hits, ranker, text.bytes, text.n_bytes, k, error);
    if (status == OSSEO_OK) {
        write_hits(slice_trim(qid), hits, n_hits, out);
        *found = n_hits > 0;
    }
    return status;
}

int rank_file(const struct osseo *osseo, const char *path, unsigned k, FILE *out)
{
    struct osseo_ranker *ranker;
    struct osseo_error error;
    int result = EXIT_ANSWERED;
    char *line = NULL;
    size_t room = 0, number = 0;
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (in == NULL)
        return trouble(path, strerror(errno));
    if (osseo_ranker_new(&ranker, osseo, &error) != OSSEO_OK)
        result = trouble("rank", error.text);
    while (result != EXIT_TROUBLE) {
        errno = 0;
        ssize_t n = getline(&line, &room, in);
        if (n < 0)
            break;
        number++;
        struct slice query = slice_trim((struct slice){ line, (size_t)n });
        bool found = true;
        if (query.n_bytes > 0 && rank_line(ranker, query, k, &found, out, &error) != OSSEO_OK) {
            say_to(stderr, "osseo: %s:%zu: %s\n", path, number, error.text);
            result = EXIT_TROUBLE;
        } else if (!found && result == EXIT_ANSWERED) {
            result = EXIT_UNANSWERED;
        }
    }
    /* getline() ends without a mark on the stream where it has no memory. */
    if (result != EXIT_TROUBLE && !feof(in))
        result = trouble(path, strerror(errno));
    osseo_ranker_free(ranker);
    free(line);
    if (in != stdin)
        fclose(in);
    return result;
}
