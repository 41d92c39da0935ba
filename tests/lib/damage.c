#define _POSIX_C_SOURCE 200809L

#include "tests/lib/damage.h"

#include "base/bytes.h"
#include "base/file.h"
#include "check/check.h"
#include "index/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "damage: %s\n", what);
    abort();
}

/* Words that all passages share, that some do and that few do. */
static void write_corpus(const char *path)
{
    FILE *out = fopen(path, "w");
    must(out != NULL, "cannot write a corpus");
    for (int i = 0; i < 300; i++)
        fprintf(out,
                "{\"_id\": \"p%d\", \"title\": \"Bleeding %d\", \"text\": \"Is implant number%d "
                "normal%s after stage%d or day%d?\"}\n",
                i, i % 7, i, i % 3 == 0 ? " bleeding" : "", i % 40, i % 90);
    must(fclose(out) == 0, "cannot write a corpus");
}

static void compile(struct buffer *file, const char *source, const char *path)
{
    struct osseo_error error;
    buffer_init(file, &memory_default, SIZE_MAX);
    must(osseo_index(source, path, NULL, &error) == OSSEO_OK, "cannot compile");
    must(file_read(file, path, 1 << 24, &error) == OSSEO_OK, "cannot read what was compiled");
}

struct slice damage_source(bool is_corpus)
{
    static struct buffer files[2];
    if (files[0].bytes == NULL) {
        char folder[] = "/tmp/osseo-damage-XXXXXX", corpus[64], path[64];
        must(mkdtemp(folder) != NULL, "cannot make a folder in /tmp");
        snprintf(corpus, sizeof corpus, "%s/corpus.jsonl", folder);
        snprintf(path, sizeof path, "%s/file.osx", folder);
        write_corpus(corpus);
        compile(&files[0], "tests/knowledge/small", path);
        compile(&files[1], corpus, path);
        must(remove(corpus) == 0 && remove(path) == 0 && rmdir(folder) == 0, "cannot clean up");
    }
    return buffer_slice(&files[is_corpus]);
}

static void put(char *bytes, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++, value >>= 8)
        bytes[i] = (char)(value & 0xFF);
}

static size_t row_of(size_t section)
{
    return FORMAT_HEADER_BYTES + section * FORMAT_TABLE_ROW_BYTES;
}

#define TABLE_END (FORMAT_HEADER_BYTES + N_SECTIONS * FORMAT_TABLE_ROW_BYTES)

/* Puts a number at `at` of `part`, or at its start where it would not fit. */
static void put_in(char *file, struct slice part, size_t at, uint32_t value, size_t width)
{
    /* All bits of a wide number are set by a narrow one: they matter most. */
    uint64_t wide = (value & 0x80000000u) != 0 ? value | 0xFFFFFFFF00000000u : value;
    if (part.n_bytes >= width)
        put(file + (part.bytes - file) + (at <= part.n_bytes - width ? at : 0), wide, width);
}

/* The bytes of a section; of the whole file where there is none. */
static struct slice part_of(struct slice whole, uint8_t section)
{
    struct slice part = { "", 0 };
    if (section < N_SECTIONS)
        part = bytes_part(whole, bytes_u64(whole, row_of(section) + 8),
                          bytes_u64(whole, row_of(section) + 16));
    return part.n_bytes == 0 ? whole : part;
}

static void copy_within(char *part, size_t n_part, size_t to, size_t from)
{
    size_t left = n_part - (from > to ? from : to);
    memmove(part + to, part + from, left < 32 ? left : 32);
}

static void edit(char *file, size_t *n_file, uint8_t section, uint8_t action, uint32_t at,
                 uint32_t value)
{
    struct slice whole = { file, *n_file }, part = part_of(whole, section);
    char *start = file + (part.bytes - file);
    size_t wrapped = at % part.n_bytes, width = (size_t)1 << action % N_DAMAGES;
    switch (action % N_DAMAGES) {
    case DAMAGE_U8:
    case DAMAGE_U16:
    case DAMAGE_U32:
    case DAMAGE_U64:
        put_in(file, part, wrapped, value, width);
        break;
    case DAMAGE_BIT:
        start[wrapped] = (char)(start[wrapped] ^ 1 << value % 8);
        break;
    case DAMAGE_COPY:
        copy_within(start, part.n_bytes, wrapped, value % part.n_bytes);
        break;
    case DAMAGE_ROW:
        put_in(file, bytes_part(whole, row_of(section % N_SECTIONS), FORMAT_TABLE_ROW_BYTES),
               at % FORMAT_TABLE_ROW_BYTES, value, 8);
        break;
    case DAMAGE_HEADER:
        put_in(file, bytes_part(whole, 0, TABLE_END), at % TABLE_END, value, 4);
        break;
    case DAMAGE_SHORTEN:
        if (section < N_SECTIONS && *n_file >= TABLE_END)
            put(file + row_of(section) + 16, wrapped, 8);
        break;
    default: /* DAMAGE_CUT */
        *n_file = at % (*n_file + 1);
        if (*n_file >= FORMAT_HEADER_BYTES)
            put(file + 16, *n_file, 8);
    }
}

void damage_seal(char *file, size_t n_file)
{
    struct slice whole = { file, n_file };
    if (n_file < TABLE_END)
        return;
    for (size_t i = 0; i < N_SECTIONS; i++)
        put(file + row_of(i) + 4,
            bytes_checksum(bytes_part(whole, bytes_u64(whole, row_of(i) + 8),
                                      bytes_u64(whole, row_of(i) + 16))),
            4);
    put(file + 24, bytes_checksum(slice_cut(whole, FORMAT_HEADER_BYTES, TABLE_END)), 4);
}

char *damage_file(const uint8_t *damage, size_t n_bytes, size_t *n_file)
{
    struct slice edits = { (const char *)damage, n_bytes };
    uint8_t options = n_bytes == 0 ? 0 : damage[0];
    struct slice source = damage_source((options & 1) != 0);
    char *file = malloc(source.n_bytes);
    must(file != NULL, "out of memory");
    memcpy(file, source.bytes, source.n_bytes);
    *n_file = source.n_bytes;
    for (size_t at = 1; at + DAMAGE_EDIT_BYTES <= n_bytes && *n_file > 0; at += DAMAGE_EDIT_BYTES)
        edit(file, n_file, damage[at], damage[at + 1], bytes_u32(edits, at + 2),
             bytes_u32(edits, at + 6));
    if ((options & 2) == 0)
        damage_seal(file, *n_file);
    char *exact = realloc(file, *n_file == 0 ? 1 : *n_file);
    must(exact != NULL, "out of memory");
    return exact;
}

static void use_reply(struct osseo_reply *reply)
{
    must(osseo_reply_json(reply, 1) != NULL, "a reply without JSON");
    must(osseo_reply_explain(reply) != NULL, "a reply without an explanation");
    osseo_reply_free(reply);
}

static void ask(const struct osseo *osseo)
{
    static const char *const questions[] = {
        "is bleeding normal after the implant of day 7, and how do I stop it?",
        "can I smok if my face is swollen and I cannot breathe",
    };
    struct osseo_reply *reply;
    for (size_t i = 0; i < 2; i++)
        if (osseo_ask(&reply, osseo, NULL, questions[i], strlen(questions[i]), NULL) == OSSEO_OK)
            use_reply(reply);
}

static void visit_topics(const struct osseo *osseo)
{
    size_t n = osseo_n_topics(osseo) < 3 ? osseo_n_topics(osseo) : 3;
    for (size_t i = 0; i < n; i++) {
        struct osseo_topic topic = osseo_topic(osseo, i);
        struct osseo_reply *reply;
        char id[64];
        snprintf(id, sizeof id, "%.*s", topic.id.n_bytes < 60 ? (int)topic.id.n_bytes : 60,
                 topic.id.bytes);
        for (size_t j = 0; j < topic.n_also_asked && j < 3; j++)
            must(osseo_also_asked(osseo, i, j).bytes != NULL, "a way to ask without bytes");
        if (osseo_ask_topic(&reply, osseo, id, NULL) == OSSEO_OK)
            use_reply(reply);
    }
}

static void rank(const struct osseo *osseo)
{
    struct osseo_ranker *ranker;
    const struct osseo_hit *hits;
    size_t n_hits;
    char ids[512];
    if (osseo_ranker_new(&ranker, osseo, NULL) != OSSEO_OK)
        return;
    if (osseo_rank(&hits, &n_hits, ranker, "implant bleeding after day7", 27, 10, NULL) == OSSEO_OK)
        for (size_t i = 0; i < n_hits; i++) /* every byte of an id can be read */
            snprintf(ids, sizeof ids, "%.*s", (int)hits[i].id.n_bytes, hits[i].id.bytes);
    osseo_ranker_free(ranker);
}

bool damage_use(const char *file, size_t n_file, bool *is_sound)
{
    struct osseo_error error = { .text = "" };
    struct osseo *osseo;
    struct index index;
    *is_sound = false;
    if (osseo_open_memory(&osseo, file, n_file, NULL, &error) != OSSEO_OK) {
        must(osseo == NULL && error.text[0] != '\0', "a refusal without a reason");
        return false;
    }
    ask(osseo);
    visit_topics(osseo);
    rank(osseo);
    osseo_close(osseo);
    must(index_open(&index, (struct slice){ file, n_file }, &error) == OSSEO_OK, "opens once only");
    *is_sound = verify_index(&index, &error) == OSSEO_OK;
    must(*is_sound || error.text[0] != '\0', "a fault without a word");
    return true;
}
