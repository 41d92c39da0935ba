/* tests/bench/generate.c -- corpora of any size from real text.
 *
 *   generate mix N FILE.jsonl...     N passages, recombined
 *   generate content FILE.tsv        `qid TAB text` lines without their stop words
 *
 * `mix` makes up passages that read as if they were about one thing: a document is
 * drawn, the passage has its title and some of its sentences in a row, and others
 * of its neighbours in the same file.  The same arguments give the same bytes
 * anywhere: the random numbers are a fixed congruential sequence. */
#define _POSIX_C_SOURCE 200809L

#include "base/buffer.h"
#include "corpus/jsonl.h"
#include "text/sentence.h"
#include "text/stopwords.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* A passage is closed at the first sentence that reaches so many bytes. */
#define PASSAGE_BYTES 330
#define MAX_SENTENCE  600
/* Documents so near in a file count as neighbours. */
#define NEAR 8

struct source {
    struct slice title;
    uint32_t first_sentence, n_sentences;
    uint32_t first_of_file, end_of_file; /* documents */
};

static struct array sources, sentences; /* struct source, struct slice */
static struct arena texts;
static uint64_t state = 20260101;

static uint32_t draw(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) * n >> 31);
}

static void die(const char *why)
{
    fprintf(stderr, "generate: %s\n", why);
    exit(2);
}

static void read_file(const char *path)
{
    struct osseo_error error;
    struct complaints complaints = { .error = &error };
    struct jsonl jsonl;
    struct document document;
    bool has_one;
    uint32_t first = (uint32_t)sources.n;
    if (jsonl_open(&jsonl, path, true, &memory_default, &error) != OSSEO_OK)
        die(error.text);
    for (;;) {
        if (jsonl_next(&jsonl, &document, &has_one, &complaints) != OSSEO_OK)
            die(error.text);
        if (!has_one)
            break;
        struct source *source = array_add(&sources);
        struct slice rest = arena_copy(&texts, document.text), sentence;
        *source = (struct source){ .title = arena_copy(&texts, document.title),
                                   .first_sentence = (uint32_t)sentences.n };
        while (sentence_next(&rest, &sentence)) {
            if (sentence.n_bytes > MAX_SENTENCE)
                sentence.n_bytes = MAX_SENTENCE;
            while (sentence.n_bytes > 0 &&
                   (unsigned char)sentence.bytes[sentence.n_bytes - 1] >= 0x80)
                sentence.n_bytes--; /* not in the middle of a character */
            if (sentence.n_bytes > 0)
                *(struct slice *)array_add(&sentences) = sentence;
        }
        source->n_sentences = (uint32_t)sentences.n - source->first_sentence;
        if (source->n_sentences == 0)
            sources.n--;
    }
    for (size_t i = first; i < sources.n; i++) {
        ((struct source *)sources.items)[i].first_of_file = first;
        ((struct source *)sources.items)[i].end_of_file = (uint32_t)sources.n;
    }
    jsonl_close(&jsonl);
}

static void write_passage(struct buffer *line, uint32_t number, struct slice title,
                          struct buffer *text)
{
    buffer_clear(line);
    buffer_append_format(line, "{\"_id\": \"p%u\", \"title\": ", (unsigned)number);
    buffer_append_json(line, title);
    buffer_append_text(line, ", \"text\": ");
    buffer_append_json(line, buffer_slice(text));
    buffer_append_text(line, "}\n");
    if (line->failed || fwrite(line->bytes, 1, line->n_bytes, stdout) != line->n_bytes)
        die("cannot write");
    buffer_clear(text);
}

static void add_sentence(struct buffer *text, uint32_t number)
{
    if (text->n_bytes > 0)
        buffer_append_byte(text, ' ');
    buffer_append_slice(text, ((const struct slice *)sentences.items)[number]);
}

static void mix(uint32_t n, struct buffer *line, struct buffer *text)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct source *drawn =
            (const struct source *)sources.items + draw((uint32_t)sources.n);
        const struct source *source = drawn;
        uint32_t room = PASSAGE_BYTES / 5 + draw(PASSAGE_BYTES);
        uint32_t at = draw(source->n_sentences);
        do {
            add_sentence(text, source->first_sentence + at);
            at = (at + 1) % source->n_sentences;
            if (draw(2) == 0) { /* on with another that is near */
                uint32_t number = (uint32_t)(drawn - (const struct source *)sources.items);
                uint32_t low =
                    number - drawn->first_of_file < NEAR ? drawn->first_of_file : number - NEAR;
                uint32_t high =
                    drawn->end_of_file - number <= NEAR ? drawn->end_of_file : number + NEAR + 1;
                /* Every fourth is about anything in the file. */
                if (draw(4) == 0) {
                    low = drawn->first_of_file;
                    high = drawn->end_of_file;
                }
                source = (const struct source *)sources.items + low + draw(high - low);
                at = draw(source->n_sentences);
            }
        } while (text->n_bytes < room);
        write_passage(line, i, drawn->title, text);
    }
}

/* A query of stop words alone is left out. */
static void write_content(char *line)
{
    char *text = strchr(line, '\t');
    size_t n = 0;
    if (text == NULL)
        return;
    *text = '\0';
    for (char *word = strtok(text + 1, " \n"); word != NULL; word = strtok(NULL, " \n")) {
        char folded[64];
        size_t length = 0;
        for (const char *p = word; *p != '\0' && length < sizeof folded; p++)
            if (isalnum((unsigned char)*p) || *p == '\'' || (unsigned char)*p >= 0x80)
                folded[length++] = (char)tolower((unsigned char)*p);
        if (length == 0 || stopword_is((struct slice){ folded, length }))
            continue;
        printf("%s%s%s", n == 0 ? line : "", n == 0 ? "\t" : " ", word);
        n++;
    }
    if (n > 0)
        putchar('\n');
}

static void content(const char *path)
{
    char *line = NULL;
    size_t room = 0;
    FILE *in = fopen(path, "r");
    if (in == NULL)
        die("cannot read the queries");
    while (getline(&line, &room, in) > 0)
        write_content(line);
    free(line);
    fclose(in);
}

static void mix_files(uint32_t n, char **files, int n_files)
{
    struct buffer line, text;
    array_init(&sources, &memory_default, sizeof(struct source));
    array_init(&sentences, &memory_default, sizeof(struct slice));
    arena_init(&texts, &memory_default);
    buffer_init(&line, &memory_default, SIZE_MAX);
    buffer_init(&text, &memory_default, SIZE_MAX);
    for (int i = 0; i < n_files; i++)
        read_file(files[i]);
    mix(n, &line, &text);
    buffer_release(&line);
    buffer_release(&text);
    arena_release(&texts);
    array_release(&sentences);
    array_release(&sources);
}

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[1], "mix") == 0)
        mix_files((uint32_t)strtoul(argv[2], NULL, 10), argv + 3, argc - 3);
    else if (argc == 3 && strcmp(argv[1], "content") == 0)
        content(argv[2]);
    else
        die("used as: generate mix N FILE.jsonl... | generate content FILE.tsv");
    if (fflush(stdout) != 0)
        die("cannot write");
    return 0;
}
