/* How much work a reply is, counted in basic blocks that were run: the library is
 * compiled with -fsanitize-coverage=trace-pc, which calls the function below in each.
 * Counts do not depend on the machine or on what else it does, as times would.
 *
 *   work KNOWLEDGE.osx QUESTIONS.tsv
 *
 * For each length, a question of any shape, alone or as a follow-up, may take at most ten
 * times what ordinary text of that length takes in the same place. */
#include "osseo.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TIMES 10
#define N_ORDINARY 15
#define MOST_BYTES OSSEO_MAX_QUESTION

static uint64_t n_blocks;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    n_blocks++;
}

/* Asked alone or, with `topic`, as a turn that follows one about it. */
static uint64_t work_of(const struct osseo *osseo, const char *topic, const char *question,
                        size_t n_bytes)
{
    struct osseo_conversation *conversation = NULL;
    struct osseo_reply *reply;
    if (topic != NULL) {
        if (osseo_conversation_new(&conversation, osseo, NULL) != OSSEO_OK)
            abort();
        osseo_conversation_set_topic(conversation, topic);
    }
    n_blocks = 0;
    if (osseo_ask(&reply, osseo, conversation, question, n_bytes, NULL) != OSSEO_OK ||
        osseo_reply_json(reply, 1) == NULL)
        abort();
    osseo_reply_free(reply);
    osseo_conversation_free(conversation);
    return n_blocks;
}

/* Ordinary text: questions that people asked, one after another. */
static char ordinary[1 << 16];
static size_t n_ordinary;

static void read_ordinary(const char *path)
{
    char line[1024];
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL &&
           n_ordinary + sizeof line < sizeof ordinary) {
        char *text = strchr(line, '\t');
        if (text == NULL || line[0] == '#')
            continue;
        text[1 + strcspn(text + 1, "\t\n")] = '\0';
        n_ordinary += (size_t)sprintf(ordinary + n_ordinary, "%s? ", text + 1);
    }
    if (file != NULL)
        fclose(file);
    if (n_ordinary < 3 * MOST_BYTES)
        abort();
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t median_of_ordinary(const struct osseo *osseo, const char *topic, size_t n_bytes)
{
    uint64_t work[N_ORDINARY];
    for (size_t i = 0; i < N_ORDINARY; i++)
        work[i] = work_of(osseo, topic, ordinary + i * ((n_ordinary - n_bytes) / N_ORDINARY), n_bytes);
    qsort(work, N_ORDINARY, sizeof *work, by_value);
    return work[N_ORDINARY / 2];
}

/* What is repeated to the length; "%u" in it becomes a number that counts. */
static const struct {
    const char *name, *part;
} shapes[] = {
    { "one long word", "a" },
    { "words of one letter", "a " },
    { "words that nobody knows", "zq%uxk " },
    { "misspelt words", "impl%cnt " },
    { "all letters misspelt", "%c%c%c%c%c " },
    { "the dearest that a search for misspelt words found", "aserse paian terp thes aserse te " },
    { "the dearest of 128 bytes", "stris stris stris ters sidewys teirs storias " },
    { "words run together", "implantsmoking%c " },
    { "hyphens", "im-pl-" },
    { "hyphens without words", "-" },
    { "full stops", "a.b." },
    { "full stops alone", "." },
    { "questions", "why? " },
    { "question marks", "?" },
    { "and", "and can i smoke and " },
    { "commas", "," },
    { "digits", "1,000" },
    { "numbers", "%u " },
    { "apostrophes", "'" },
    { "letters and apostrophes", "a'" },
    { "combining marks", "\xCC\x81" },
    { "a letter and marks, again", "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81'" },
    { "zero-width joiners", "\xE2\x80\x8D" },
    { "full-width letters", "\xEF\xBD\x81" },
    { "letters that decompose", "\xEF\xB7\xBA" },
    { "Greek", "\xCE\xB9\xCF\x83\xCE\xB1 " },
    { "bytes that are no text", "\xFF" },
    { "a lead byte", "\xF0" },
    { "zero bytes", "\\0" },
    { "blanks", " " },
    { "newlines", "\n" },
    { "emoji", "\xF0\x9F\xA6\xB7" },
    { "one word, again", "implant " },
    { "words with synonyms", "teeth gum fag tooth sore hurt " },
    { "words that begin a danger", "can't cannot bleeding throat " },
    { "a danger, again", "i can't breathe " },
    { "dangers denied", "no bleeding without fever not swollen " },
    { "stop words", "the of and to is it " },
    { "markup", "<a href=\"#\">" },
    { "quotes and backslashes", "\"\\" },
};

static void fill(char *out, size_t n_bytes, const char *part)
{
    size_t n = 0;
    for (unsigned i = 0; n < n_bytes; i++) {
        char text[64];
        /* Letters that change from one part to the next. */
        int a = 'a' + (int)(i % 26), b = 'a' + (int)(i * 7 % 26), c = 'a' + (int)(i * 11 % 26);
        size_t size = 0;
        for (const char *p = part; *p != '\0'; p++) {
            if (p[0] == '%' && p[1] == 'u') {
                size += (size_t)sprintf(text + size, "%u", i);
                p++;
            } else if (p[0] == '%') {
                text[size++] = (char)a;
                int first = a;
                a = b, b = c, c = first;
                p++;
            } else if (p[0] == '\\' && p[1] == '0') {
                text[size++] = '\0';
                p++;
            } else {
                text[size++] = *p;
            }
        }
        if (size > n_bytes - n)
            size = n_bytes - n;
        memcpy(out + n, text, size);
        n += size;
    }
}

static bool is_told;

/* Every shape at one length, which takes at most so much. */
static bool is_bounded(const struct osseo *osseo, const char *topic, size_t n_bytes)
{
    static char question[MOST_BYTES];
    const char *dearest = "", *kind = topic == NULL ? "alone" : "as a follow-up";
    uint64_t median = median_of_ordinary(osseo, topic, n_bytes), most = 0;
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        fill(question, n_bytes, shapes[s].part);
        uint64_t work = work_of(osseo, topic, question, n_bytes);
        if (is_told)
            printf("# %5zu bytes %s  %8.2f  %s\n", n_bytes, kind, (double)work / (double)median,
                   shapes[s].name);
        if (work > most) {
            most = work;
            dearest = shapes[s].name;
        }
    }
    printf("# %zu bytes %s: %.0f thousand blocks; at most %.1f times as many (%s)\n", n_bytes, kind,
           (double)median / 1000, (double)most / (double)median, dearest);
    return most <= MOST_TIMES * median;
}

int main(int argc, char **argv)
{
    static const size_t lengths[] = { 32, 128, 256, 1024, MOST_BYTES };
    struct osseo *osseo;
    struct osseo_error error;
    char topic[64];
    int n_bad = 0;
    if (argc != 3 || osseo_open(&osseo, argv[1], NULL, &error) != OSSEO_OK)
        return 2;
    is_told = getenv("LIST") != NULL;
    read_ordinary(argv[2]);
    struct osseo_text id = osseo_topic(osseo, 0).id;
    snprintf(topic, sizeof topic, "%.*s", (int)id.n_bytes, id.bytes);
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        bool is_good = is_bounded(osseo, NULL, lengths[l]);
        is_good = is_bounded(osseo, topic, lengths[l]) && is_good;
        n_bad += !is_good;
        printf("%s %zu - a question of any shape costs little more than an ordinary one: %zu\n",
               is_good ? "ok" : "not ok", l + 1, lengths[l]);
    }
    osseo_close(osseo);
    return n_bad > 0;
}
