#include "corpus/corpus.h"

#include "base/file.h"
#include "base/utf8.h"
#include "corpus/articles.h"
#include "corpus/flags.h"
#include "corpus/lists.h"

#include <assert.h>

#define ROW(name)                                                                                  \
    {                                                                                              \
        offsetof(struct corpus, name), sizeof *((struct corpus *)0)->name.items                    \
    }

static const struct {
    size_t offset, item_size;
} arrays[] = {
    ROW(files),         ROW(articles),     ROW(sources),     ROW(sections),   ROW(also_asked),
    ROW(related),       ROW(links),        ROW(passages),    ROW(cited),      ROW(classes),
    ROW(said),          ROW(flag_ids),     ROW(flag_said),   ROW(alike_said), ROW(meanings),
    ROW(synonym_words), ROW(synonyms),     ROW(right_words), ROW(judged),     ROW(exceptions),
    ROW(flags),         ROW(flag_phrases), ROW(flag_groups), ROW(flag_rules),
};

#define N_ARRAYS (sizeof arrays / sizeof *arrays)

static struct array *nth_array(struct corpus *corpus, size_t i)
{
    return (struct array *)(void *)((char *)corpus + arrays[i].offset);
}

void corpus_init(struct corpus *corpus, const struct memory *memory, struct complaints *complaints)
{
    *corpus = (struct corpus){ .complaints = complaints };
    arena_init(&corpus->arena, memory);
    for (size_t i = 0; i < N_ARRAYS; i++)
        array_init(nth_array(corpus, i), memory, arrays[i].item_size);
}

void corpus_release(struct corpus *corpus)
{
    for (size_t i = 0; i < N_ARRAYS; i++)
        array_release(nth_array(corpus, i));
    arena_release(&corpus->arena);
}

void *corpus_add(struct corpus *corpus, struct array *array)
{
    assert(array->item_size <= sizeof corpus->spare);
    void *item = array_add(array);
    if (item != NULL)
        return item;
    corpus->arena.failed = true;
    return corpus->spare;
}

uint32_t corpus_find_class(const struct corpus *corpus, struct slice name)
{
    for (uint32_t i = 0; i < corpus->classes.n; i++)
        if (slice_equal(corpus->classes.items[i].name, name))
            return i;
    return NO_CLASS;
}

unsigned corpus_date(struct slice text)
{
    static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    unsigned number = 0;
    if (text.n_bytes != 10 || text.bytes[4] != '-' || text.bytes[7] != '-')
        return 0;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            continue;
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return 0;
        number = number * 10 + (unsigned)(text.bytes[i] - '0');
    }
    unsigned month = number / 100 % 100, day = number % 100;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] ? number : 0;
}

/* FOLDER/NAME in the arena, or NULL. */
static const char *path_of(struct corpus *corpus, const char *folder, const char *name)
{
    size_t n = strlen(folder), n_name = strlen(name);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    char *path = arena_allocate(&corpus->arena, n + n_name + 2);
    if (path == NULL)
        return NULL;
    memcpy(path, folder, n);
    path[n] = '/';
    memcpy(path + n + 1, name, n_name);
    return path;
}

#define FLAGS_FILE "red-flags.md"

/* Text must be UTF-8 in lines, without control characters; one complaint a file. */
static void check_bytes(struct slice text, const char *path, struct complaints *complaints)
{
    unsigned line = 1;
    for (size_t at = 0, line_start = 0; at < text.n_bytes;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '\n') {
            line++;
            line_start = at;
        } else if (at - line_start > MAX_LINE_BYTES) {
            complain(complaints, path, line, "line-length",
                     "this line is longer than %d bytes; break it up", MAX_LINE_BYTES);
            return;
        } else if (c == UTF8_REPLACEMENT && at - start == 1) {
            complain(complaints, path, line, "utf8",
                     "a byte here is not UTF-8; save the file as UTF-8");
            return;
        } else if (c != '\t' && c != '\r' && utf8_is_control(c)) {
            complain(complaints, path, line, "control",
                     "there is a control character (U+%04X) here; delete it", (unsigned)c);
            return;
        }
    }
}

/* Reads the text of a file into the arena. */
static int read_text(struct corpus *corpus, const char *path, size_t maximum, struct slice *text)
{
    struct buffer bytes;
    buffer_init(&bytes, corpus->arena.memory, maximum + 2);
    int status = file_read(&bytes, path, maximum, corpus->complaints->error);
    *text = arena_copy(&corpus->arena, buffer_slice(&bytes));
    buffer_release(&bytes);
    return status;
}

/* Reads one file where it is there: an article, or what its list says. */
static int read_one(struct corpus *corpus, const char *folder, const char *name,
                    const struct list *list)
{
    struct slice text = { NULL, 0 };
    struct complaints *complaints = corpus->complaints;
    bool is_flags = strcmp(name, FLAGS_FILE) == 0;
    const char *path = path_of(corpus, folder, name);
    if (path != NULL && file_kind(path) == FILE_MISSING)
        return OSSEO_OK;
    size_t maximum = list == NULL && !is_flags ? MAX_ARTICLE_BYTES : MAX_LIST_BYTES;
    int status = path == NULL ? OSSEO_ENOMEM : read_text(corpus, path, maximum, &text);
    if (status == OSSEO_OK && !corpus->arena.failed) {
        *(const char **)corpus_add(corpus, &corpus->files.array) = path;
        /* A byte order mark is the mark of some editors, not text. */
        if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
            text = slice_from(text, 3);
        check_bytes(text, path, complaints);
        if (list != NULL)
            lists_read(corpus, text, path, list);
        else if (is_flags)
            flags_read(corpus, text, path);
        else
            articles_read(corpus, text, path);
    }
    return corpus->arena.failed ? error_no_memory(complaints->error) : status;
}

/* Reads each file of `folder`/`below` (NULL for itself) whose name ends in `suffix`. */
static int read_each(struct corpus *corpus, const char *folder, const char *below,
                     const char *suffix, const struct list *list)
{
    struct slice *names;
    size_t n_names = 0;
    struct osseo_error *error = corpus->complaints->error;
    const char *path = below == NULL ? folder : path_of(corpus, folder, below);
    if (path == NULL)
        return error_no_memory(error);
    if (below != NULL && file_kind(path) == FILE_MISSING)
        return OSSEO_OK;
    int status = file_list(&names, &n_names, &corpus->arena, path, suffix, error);
    if (n_names > MAX_ARTICLES)
        return error_set(error, OSSEO_EIO, "'%s' holds more than %d files", path, MAX_ARTICLES);
    for (size_t i = 0; status == OSSEO_OK && i < n_names; i++)
        if (!slice_equal(names[i], SLICE("README.md")) && !slice_equal(names[i], SLICE(FLAGS_FILE)))
            status = read_one(corpus, path, names[i].bytes, list);
    return status;
}

int corpus_read_list(struct corpus *corpus, const char *folder, const struct list *list)
{
    return list->is_folder ? read_each(corpus, folder, list->name, ".tsv", list)
                           : read_one(corpus, folder, list->name, list);
}

int corpus_read(struct corpus *corpus, const struct memory *memory, const char *folder,
                struct complaints *complaints)
{
    corpus_init(corpus, memory, complaints);
    int status = read_each(corpus, folder, NULL, ".md", NULL);
    if (status == OSSEO_OK && corpus->sections.n == 0)
        status = error_set(complaints->error, OSSEO_EPARSE,
                           "'%s' holds no article; an article is a .md file with '## Question? "
                           "{#topic}' headings",
                           folder);
    if (status == OSSEO_OK)
        status = articles_link(corpus);
    if (status == OSSEO_OK)
        status = read_one(corpus, folder, FLAGS_FILE, NULL);
    for (size_t i = 0; status == OSSEO_OK && i < n_lists; i++)
        status = corpus_read_list(corpus, folder, &lists[i]);
    if (status == OSSEO_OK && corpus->flags_file == NULL)
        status = error_set(complaints->error, OSSEO_EPARSE,
                           "'%s' has no " FLAGS_FILE "; a knowledge without the cards for people "
                           "in danger does not build",
                           folder);
    return status == OSSEO_OK && complaints->n_errors > 0 ? OSSEO_EPARSE : status;
}
