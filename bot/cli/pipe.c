#define _POSIX_C_SOURCE 200809L

#include "cli/pipe.h"

#include "base/slice.h"
#include "cli/show.h"
#include "face/say.h"

#include <errno.h>
#include <string.h>

bool pipe_write(struct osseo_reply *reply, const struct options *options, FILE *out)
{
    const char *json = options->json ? osseo_reply_json(reply, options->explain) : "";
    const char *explanation = options->explain && !options->json ? osseo_reply_explain(reply) : "";
    if (json == NULL || explanation == NULL) {
        trouble("reply", "out of memory");
        return false;
    }
    if (options->json) {
        fputs(json, out);
    } else {
        struct show show;
        show_init(&show, out, options);
        show_reply(&show, reply);
        say_text(out, slice_of(explanation));
    }
    fputc('\n', out);
    if (fflush(out) != 0 || ferror(out)) {
        trouble("standard output", strerror(errno));
        return false;
    }
    return true;
}

/* Reads a line of any length, of which so much is kept that a question that is
 * too long is seen to be.  False at the end. */
static bool read_line(FILE *in, char *line, size_t room, size_t *n_bytes)
{
    int c;
    *n_bytes = 0;
    while ((c = getc(in)) != EOF && c != '\n')
        if (*n_bytes < room)
            line[(*n_bytes)++] = (char)c;
    if (c == '\n' && *n_bytes > 0 && line[*n_bytes - 1] == '\r')
        --*n_bytes;
    return c != EOF || *n_bytes > 0;
}

static int ask_one(const struct osseo *osseo, struct osseo_conversation *conversation,
                   struct slice question, const struct options *options, FILE *out)
{
    struct osseo_reply *reply;
    struct osseo_error error;
    if (osseo_ask(&reply, osseo, conversation, question.bytes, question.n_bytes, &error) !=
        OSSEO_OK)
        return trouble("cannot answer", error.text);
    bool is_written = pipe_write(reply, options, out);
    bool is_answered = osseo_reply_outcome(reply) == OSSEO_ANSWER ||
                       osseo_reply_outcome(reply) == OSSEO_SMALLTALK ||
                       osseo_reply_urgency(reply) != OSSEO_NO_URGENCY;
    osseo_reply_free(reply);
    return !is_written ? EXIT_TROUBLE : is_answered ? EXIT_ANSWERED : EXIT_UNANSWERED;
}

int pipe_run(const struct osseo *osseo, const struct options *options, FILE *in, FILE *out)
{
    char line[OSSEO_MAX_QUESTION + 8];
    size_t n_bytes;
    int result = EXIT_ANSWERED;
    struct osseo_conversation *conversation = NULL;
    struct osseo_error error;
    if (options->dialogue && osseo_conversation_new(&conversation, osseo, &error) != OSSEO_OK)
        return trouble("conversation", error.text);

    while (result != EXIT_TROUBLE && read_line(in, line, sizeof line, &n_bytes)) {
        struct slice question = { line, n_bytes };
        if (slice_trim(question).n_bytes == 0) {
            if (conversation != NULL)
                osseo_conversation_clear(conversation);
            continue;
        }
        int one = ask_one(osseo, conversation, question, options, out);
        result = one > result ? one : result;
    }
    if (result != EXIT_TROUBLE && ferror(in))
        result = trouble("standard input", strerror(errno));
    osseo_conversation_free(conversation);
    return result;
}
