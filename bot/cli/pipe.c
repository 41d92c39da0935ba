#define _POSIX_C_SOURCE 200809L

#include "cli/commands.h"

#include "cli/show.h"
#include "cli/text.h"
#include "face/say.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lines that each thread takes before replies are written, so that starting
 * threads costs little beside answering. */
#define LINES_PER_JOB 64

/* Questions between two words on how far it has come. */
#define PROGRESS_STEP 256

struct line {
    char question[OSSEO_MAX_QUESTION + 8]; /* a byte too many shows that it was cut */
    size_t n_bytes;
    struct text reply;
    int status;
};

struct batch {
    const struct osseo *osseo;
    struct osseo_conversation *conversation; /* NULL where each line stands alone */
    const struct options *options;
    unsigned n_jobs;
    size_t n_lines;
    struct line *lines; /* (n_jobs == 1 ? 1 : n_jobs * LINES_PER_JOB) */
};

struct worker {
    pthread_t thread;
    const struct batch *batch;
    unsigned number;
};

/* Reads a line of any length, of which so much is kept that a question that is
 * too long is seen to be.  False at the end. */
static bool read_line(FILE *in, struct line *line)
{
    int c;
    line->n_bytes = 0;
    while ((c = getc_unlocked(in)) != EOF && c != '\n')
        if (line->n_bytes < sizeof line->question)
            line->question[line->n_bytes++] = (char)c;
    if (c == '\n' && line->n_bytes > 0 && line->question[line->n_bytes - 1] == '\r')
        line->n_bytes--;
    return c != EOF || line->n_bytes > 0;
}

static bool write_reply(struct osseo_reply *reply, const struct options *options, FILE *out)
{
    const char *json = options->json ? osseo_reply_json(reply, options->explain) : "";
    const char *explanation = options->explain && !options->json ? osseo_reply_explain(reply) : "";
    if (json == NULL || explanation == NULL)
        return false;
    if (options->json) {
        fputs(json, out);
    } else {
        struct show show;
        show_init(&show, out, options);
        show_reply(&show, reply);
        say_text(out, slice_of(explanation));
    }
    fputc('\n', out);
    return true;
}

/* The exit status that one reply makes for. */
static int status_of(const struct osseo_reply *reply)
{
    return osseo_reply_outcome(reply) == OSSEO_ANSWER ||
                   osseo_reply_outcome(reply) == OSSEO_SMALLTALK ||
                   osseo_reply_urgency(reply) != OSSEO_NO_URGENCY
               ? EXIT_ANSWERED
               : EXIT_UNANSWERED;
}

static void answer(const struct batch *batch, struct line *line)
{
    struct osseo_reply *reply;
    line->status = EXIT_TROUBLE;
    if (osseo_ask(&reply, batch->osseo, batch->conversation, line->question, line->n_bytes, NULL) !=
        OSSEO_OK)
        return;
    FILE *out = text_open(&line->reply);
    bool is_written = out != NULL && write_reply(reply, batch->options, out) && !ferror(out);
    if (out != NULL && fclose(out) == 0 && is_written)
        line->status = status_of(reply);
    osseo_reply_free(reply);
}

static void *answer_share(void *context)
{
    const struct worker *worker = context;
    const struct batch *batch = worker->batch;
    for (size_t i = worker->number; i < batch->n_lines; i += batch->n_jobs)
        answer(batch, &batch->lines[i]);
    return NULL;
}

/* A thread that cannot be started has its share answered here. */
static void answer_all(const struct batch *batch)
{
    struct worker workers[MOST_JOBS];
    bool has_started[MOST_JOBS] = { false };
    for (unsigned i = 0; i < batch->n_jobs; i++) {
        workers[i] = (struct worker){ .batch = batch, .number = i };
        has_started[i] = i > 0 && pthread_create(&workers[i].thread, NULL, answer_share,
                                                 &workers[i]) == 0;
    }
    for (unsigned i = 0; i < batch->n_jobs; i++)
        if (has_started[i])
            pthread_join(workers[i].thread, NULL);
        else
            answer_share(&workers[i]);
}

/* Writes the replies in the order of their questions, up to one that failed. */
static int write_all(const struct batch *batch, FILE *out)
{
    int result = EXIT_ANSWERED;
    for (size_t i = 0; i < batch->n_lines; i++) {
        struct line *line = &batch->lines[i];
        if (line->status == EXIT_TROUBLE && result != EXIT_TROUBLE)
            trouble("cannot answer", "out of memory");
        else if (result != EXIT_TROUBLE)
            fwrite(line->reply.bytes, 1, line->reply.n_bytes, out);
        result = line->status > result ? line->status : result;
        free(line->reply.bytes);
        line->reply.bytes = NULL;
    }
    if (fflush(out) != 0 || ferror(out))
        return trouble("standard output", strerror(errno));
    return result;
}

/* Fills the batch, or ends it with the input; blank lines are no questions. */
static bool read_all(struct batch *batch, size_t room, FILE *in)
{
    batch->n_lines = 0;
    while (batch->n_lines < room) {
        struct line *line = &batch->lines[batch->n_lines];
        if (!read_line(in, line))
            break;
        if (slice_trim((struct slice){ line->question, line->n_bytes }).n_bytes > 0)
            batch->n_lines++;
        else if (batch->conversation != NULL)
            osseo_conversation_clear(batch->conversation);
    }
    return batch->n_lines > 0;
}

static int run(struct batch *batch, size_t room, FILE *in, FILE *out)
{
    bool tells = isatty(STDERR_FILENO) && !isatty(fileno(out));
    size_t n_read = 0, said = 0;
    int result = EXIT_ANSWERED;
    while (result != EXIT_TROUBLE && read_all(batch, room, in)) {
        answer_all(batch);
        int one = write_all(batch, out);
        result = one > result ? one : result;
        n_read += batch->n_lines;
        if (tells && n_read >= said + PROGRESS_STEP)
            fprintf(stderr, "\rosseo: %zu questions", said = n_read);
    }
    if (said > 0)
        fprintf(stderr, "\rosseo: %zu questions\n", n_read);
    if (result != EXIT_TROUBLE && ferror(in))
        result = trouble("standard input", strerror(errno));
    return result;
}

int pipe_run(const struct osseo *osseo, const struct options *options, FILE *in, FILE *out)
{
    /* Replies are made in memory, but for what `out` is. */
    struct show show;
    struct options chosen = *options;
    show_init(&show, out, options);
    chosen.width = show.width;
    chosen.color = show.has_color ? COLOR_ALWAYS : COLOR_NEVER;

    struct batch batch = { .osseo = osseo, .options = &chosen, .n_jobs = options->n_jobs };
    struct osseo_error error;
    if (options->dialogue) { /* a turn leans on the one before */
        batch.n_jobs = 1;
        if (osseo_conversation_new(&batch.conversation, osseo, &error) != OSSEO_OK)
            return trouble("conversation", error.text);
    }
    size_t room = batch.n_jobs == 1 ? 1 : (size_t)batch.n_jobs * LINES_PER_JOB;
    batch.lines = calloc(room, sizeof *batch.lines);
    int result = batch.lines == NULL ? trouble("standard input", "out of memory")
                                     : run(&batch, room, in, out);
    free(batch.lines);
    osseo_conversation_free(batch.conversation);
    return result;
}

int pipe_ask(const struct osseo *osseo, const struct options *options, struct slice question,
             FILE *out)
{
    struct osseo_reply *reply;
    struct osseo_error error;
    if (osseo_ask(&reply, osseo, NULL, question.bytes, question.n_bytes, &error) != OSSEO_OK)
        return trouble("cannot answer", error.text);
    int result = status_of(reply);
    if (!write_reply(reply, options, out))
        result = trouble("cannot answer", "out of memory");
    osseo_reply_free(reply);
    return result;
}
