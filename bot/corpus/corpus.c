#include "corpus/corpus.h"

#include "base/file.h"
#include "base/utf8.h"
#include "corpus/articles.h"
#include "corpus/lists.h"

static const struct {
    size_t offset, item_size;
} arrays[] = {
    { offsetof(struct corpus, files), sizeof(const char *) },
    { offsetof(struct corpus, articles), sizeof(struct article) },
    { offsetof(struct corpus, sources), sizeof(struct source) },
    { offsetof(struct corpus, sections), sizeof(struct section) },
    { offsetof(struct corpus, also_asked), sizeof(struct mention) },
    { offsetof(struct corpus, related), sizeof(struct mention) },
    { offsetof(struct corpus, links), sizeof(struct mention) },
    { offsetof(struct corpus, passages), sizeof(struct passage) },
    { offsetof(struct corpus, cited), sizeof(uint32_t) },
    { offsetof(struct corpus, classes), sizeof(struct class_of_messages) },
    { offsetof(struct corpus, said), sizeof(struct said) },
    { offsetof(struct corpus, flag_ids), sizeof(struct slice) },
    { offsetof(struct corpus, flag_said), sizeof(struct said) },
    { offsetof(struct corpus, alike_said), sizeof(struct said) },
    { offsetof(struct corpus, meanings), sizeof(struct meaning) },
    { offsetof(struct corpus, synonym_words), sizeof(struct slice) },
    { offsetof(struct corpus, synonyms), sizeof(struct synonym_rule) },
    { offsetof(struct corpus, right_words), sizeof(struct slice) },
    { offsetof(struct corpus, judged), sizeof(struct judged) },
};

#define N_ARRAYS (sizeof arrays / sizeof *arrays)

static struct array *nth_array(struct corpus *corpus, size_t i)
{
    return (struct array *)(void *)((char *)corpus + arrays[i].offset);
}

void corpus_release(struct corpus *corpus)
{
    for (size_t i = 0; i < N_ARRAYS; i++)
        array_release(nth_array(corpus, i));
    flags_release(&corpus->flags);
    arena_release(&corpus->arena);
}

uint32_t corpus_find_class(const struct corpus *corpus, struct slice name)
{
    for (uint32_t i = 0; i < corpus->classes.n; i++)
        if (slice_equal(CORPUS(corpus, classes, struct class_of_messages)[i].name, name))
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

#define MAX_PATH_BYTES 4096

/* A path could not be put together: it is too long, or memory ran out. */
static int path_failed(const char *folder, struct complaints *complaints)
{
    if (strlen(folder) < MAX_PATH_BYTES / 2)
        return error_no_memory(complaints->error);
    return error_set(complaints->error, OSSEO_EIO, "'%.200s...' is too long a path", folder);
}

/* Reads FOLDER/NAME into the arena.  `*text` has NULL bytes when the file is
 * not there. */
static int read_text(struct corpus *corpus, const char *folder, const char *name, size_t maximum,
                     struct slice *text, const char **path, struct complaints *complaints)
{
    const struct memory *memory = corpus->arena.memory;
    struct buffer path_buffer, bytes;
    buffer_init(&path_buffer, memory, MAX_PATH_BYTES);
    buffer_init(&bytes, memory, maximum + 2);
    int status = OSSEO_OK;
    *text = (struct slice){ NULL, 0 };

    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    buffer_append(&path_buffer, folder, n);
    buffer_append_format(&path_buffer, "/%s", name);
    if (buffer_text(&path_buffer) == NULL) {
        status = path_failed(folder, complaints);
        goto done;
    }
    struct slice copy = arena_copy(&corpus->arena, buffer_slice(&path_buffer));
    if (copy.bytes == NULL) {
        status = error_no_memory(complaints->error);
        goto done;
    }
    *path = copy.bytes;
    if (file_kind(*path) == FILE_MISSING)
        goto done;
    status = file_read(&bytes, *path, maximum, complaints->error);
    if (status != OSSEO_OK)
        goto done;
    *text = arena_copy(&corpus->arena, buffer_slice(&bytes));
    if (text->bytes == NULL)
        status = error_no_memory(complaints->error);
done:
    buffer_release(&path_buffer);
    buffer_release(&bytes);
    return status;
}

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

typedef int (*reader)(struct corpus *corpus, struct slice text, const char *path,
                      struct complaints *complaints);

/* Reads one file with `read` where it is there. */
static int read_one(struct corpus *corpus, const char *folder, const char *name, size_t maximum,
                    reader read, struct complaints *complaints)
{
    struct slice text;
    const char *path = NULL;
    int status = read_text(corpus, folder, name, maximum, &text, &path, complaints);
    if (status != OSSEO_OK || text.bytes == NULL)
        return status;
    const char **slot = array_add(&corpus->files);
    if (slot == NULL)
        return error_no_memory(complaints->error);
    *slot = path;
    /* A byte order mark is the mark of some editors, not text. */
    if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
        text = slice_from(text, 3);
    check_bytes(text, path, complaints);
    return read(corpus, text, path, complaints);
}

/* Reads each file of `folder`/`below` whose name ends in `suffix`. */
static int read_each(struct corpus *corpus, const char *folder, const char *below,
                     const char *suffix, size_t maximum, reader read,
                     struct complaints *complaints)
{
    struct buffer path, name;
    buffer_init(&path, corpus->arena.memory, MAX_PATH_BYTES);
    buffer_init(&name, corpus->arena.memory, MAX_PATH_BYTES);
    struct slice *names;
    size_t n_names = 0;

    buffer_append_format(&path, "%s%s%s", folder, *below ? "/" : "", below);
    int status = OSSEO_OK;
    if (buffer_text(&path) == NULL)
        status = path_failed(folder, complaints);
    else if (*below && file_kind(path.bytes) == FILE_MISSING)
        goto done;
    else
        status = file_list(&names, &n_names, &corpus->arena, path.bytes, suffix,
                           complaints->error);
    if (status == OSSEO_OK && n_names > MAX_ARTICLES)
        status = error_set(complaints->error, OSSEO_EIO, "'%s' holds more than %d files",
                           path.bytes, MAX_ARTICLES);
    for (size_t i = 0; status == OSSEO_OK && i < n_names; i++) {
        if (slice_equal(names[i], SLICE("README.md")) ||
            slice_equal(names[i], SLICE("red-flags.md")))
            continue;
        buffer_clear(&name);
        buffer_append_format(&name, "%s%s", below, *below ? "/" : "");
        buffer_append_slice(&name, names[i]);
        const char *text = buffer_text(&name);
        status = text == NULL ? error_no_memory(complaints->error)
                              : read_one(corpus, folder, text, maximum, read, complaints);
    }
done:
    buffer_release(&path);
    buffer_release(&name);
    return status;
}

static int read_flags(struct corpus *corpus, struct slice text, const char *path,
                      struct complaints *complaints)
{
    corpus->flags_file = path;
    int status = flags_read(&corpus->flags, text, path, &corpus->arena, complaints);
    /* Complaints are counted; the other files are read all the same. */
    return status == OSSEO_EPARSE ? OSSEO_OK : status;
}

int corpus_read(struct corpus *corpus, const struct memory *memory, const char *folder,
                struct complaints *complaints)
{
    *corpus = (struct corpus){ .flags_file = NULL };
    arena_init(&corpus->arena, memory);
    flags_init(&corpus->flags, memory);
    for (size_t i = 0; i < N_ARRAYS; i++)
        array_init(nth_array(corpus, i), memory, arrays[i].item_size);

    int status =
        read_each(corpus, folder, "", ".md", MAX_ARTICLE_BYTES, articles_read, complaints);
    if (status == OSSEO_OK && corpus->sections.n == 0)
        status = error_set(complaints->error, OSSEO_EPARSE,
                           "'%s' holds no article; an article is a .md file with '## Question? "
                           "{#topic}' headings",
                           folder);
    if (status == OSSEO_OK)
        status = articles_link(corpus, complaints);

    static const struct {
        const char *name;
        reader read;
    } lists[] = {
        { "red-flags.md", read_flags },
        { "caveats.tsv", lists_read_caveats },
        { "either-or.tsv", lists_read_either_or },
        { "synonyms.txt", lists_read_synonyms },
        { "out-of-scope.tsv", lists_read_out_of_scope },
        { "smalltalk.tsv", lists_read_smalltalk },
        { "words.txt", lists_read_words },
        { "calibration.tsv", lists_read_calibration },
    };
    for (size_t i = 0; status == OSSEO_OK && i < sizeof lists / sizeof *lists; i++)
        status = read_one(corpus, folder, lists[i].name, MAX_LIST_BYTES, lists[i].read, complaints);
    if (status == OSSEO_OK)
        status = read_each(corpus, folder, "asked", ".tsv", MAX_LIST_BYTES, lists_read_asked,
                           complaints);
    if (status == OSSEO_OK)
        status = read_one(corpus, folder, "red-flag-lines.tsv", MAX_LIST_BYTES, lists_read_flag_lines,
                          complaints);
    if (status == OSSEO_OK)
        status = read_one(corpus, folder, "look-alikes.tsv", MAX_LIST_BYTES, lists_read_look_alikes,
                          complaints);
    if (status == OSSEO_OK && corpus->flags_file == NULL)
        status = error_set(complaints->error, OSSEO_EPARSE,
                           "'%s' has no red-flags.md; a knowledge without the cards for people "
                           "in danger does not build",
                           folder);
    return status == OSSEO_OK && complaints->n_errors > 0 ? OSSEO_EPARSE : status;
}
