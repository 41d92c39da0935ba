#include "corpus/jsonl.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/utf8.h"

/* Read at once; larger gains nothing. */
#define BLOCK_BYTES (1u << 18)

static bool read_member(struct json *p, struct slice key, void *document)
{
    static const struct {
        const char *name;
        size_t offset;
    } keys[] = {
        { "_id", offsetof(struct document, id) },
        { "text", offsetof(struct document, text) },
        { "title", offsetof(struct document, title) },
    };
    json_skip_blank(p);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!slice_equal(key, slice_of(keys[i].name)))
            continue;
        if (p->at < p->end && *p->at == '"')
            return json_string(p, (struct slice *)(void *)((char *)document + keys[i].offset));
        if (p->end - p->at >= 4 && memcmp(p->at, "null", 4) == 0)
            return json_skip(p);
        return json_fail(p, "_id, title and text want strings");
    }
    return json_skip(p);
}

/* Behind characters of ASCII that are printed, eight at a time; DEL is not told from
 * them by the high bits alone. */
static size_t skip_harmless(struct slice text, size_t at)
{
    for (uint64_t eight; text.n_bytes - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.bytes + at, sizeof eight);
        if ((eight & 0x8080808080808080u) != 0 || bytes_zero(eight & 0xE0E0E0E0E0E0E0E0u) != 0 ||
            bytes_zero(eight ^ 0x7F7F7F7F7F7F7F7Fu) != 0)
            break;
    }
    return at;
}

/* Characters that steer a terminal or turn text around become blanks: corpora of
 * others hold them, and no reply may.  True where there were any. */
static bool blank_controls(struct slice text)
{
    bool found = false;
    for (size_t at = 0; (at = skip_harmless(text, at)) < text.n_bytes;) {
        unsigned char c = (unsigned char)text.bytes[at];
        size_t start = at++;
        if (c >= 0x20 && c < 0x7F)
            continue;
        at = start;
        if (c == '\n' || !utf8_is_control(utf8_next(text, &at))) {
            at += at == start;
            continue;
        }
        memset((char *)(uintptr_t)(text.bytes + start), ' ', at - start);
        found = true;
    }
    return found;
}

const char *jsonl_parse(char *line, size_t n_bytes, struct document *out)
{
    struct json p = { line, line + n_bytes, NULL, false };
    *out = (struct document){ { "", 0 }, { "", 0 }, { "", 0 } };
    if (utf8_first_invalid((struct slice){ line, n_bytes }) < n_bytes)
        return "it is not UTF-8";
    if (!json_object(&p, read_member, out))
        return p.fault;
    if (out->id.n_bytes == 0)
        return "it has no \"_id\"";
    if (blank_controls(out->id))
        return "there is a control character in its \"_id\"";
    blank_controls(out->title);
    blank_controls(out->text);
    return NULL;
}

int jsonl_open(struct jsonl *out, const char *path, bool is_strict, const struct memory *memory,
               struct osseo_error *error)
{
    struct jsonl jsonl = { .memory = memory, .path = path, .is_strict = is_strict };
    int status = file_stream_open(&jsonl.file, path, error);
    if (status != OSSEO_OK)
        return status;
    jsonl.capacity = 2 * BLOCK_BYTES;
    jsonl.bytes = memory_allocate(memory, jsonl.capacity);
    if (jsonl.bytes == NULL) {
        file_stream_close(&jsonl.file);
        return error_no_memory(error);
    }
    *out = jsonl;
    return OSSEO_OK;
}

void jsonl_close(struct jsonl *jsonl)
{
    memory_free(jsonl->memory, jsonl->bytes, jsonl->capacity);
    file_stream_close(&jsonl->file);
    jsonl->bytes = NULL;
}

/* Makes room behind what is there and reads on. */
static int read_more(struct jsonl *j, struct osseo_error *error)
{
    if (j->start > 0) {
        memmove(j->bytes, j->bytes + j->start, j->end - j->start);
        j->end -= j->start;
        j->start = 0;
    }
    if (j->capacity - j->end < BLOCK_BYTES) {
        char *bytes = memory_resize(j->memory, j->bytes, j->capacity, j->capacity * 2);
        if (bytes == NULL)
            return error_no_memory(error);
        j->bytes = bytes;
        j->capacity *= 2;
    }
    size_t n;
    int status = file_stream_read(&j->file, j->bytes + j->end, BLOCK_BYTES, &n, error);
    j->end += n;
    j->n_bytes += n;
    j->at_end = status == OSSEO_OK && n == 0;
    return status;
}

/* The next line without its end; of one that is too long only the last part, with
 * `*is_cut`.  NULL at the end of the file. */
static int read_line(struct jsonl *j, char **line, size_t *n_bytes, bool *is_cut,
                     struct osseo_error *error)
{
    size_t seen = 0;
    *is_cut = false;
    for (;;) {
        char *end = memchr(j->bytes + j->start + seen, '\n', j->end - j->start - seen);
        if (end != NULL || (j->at_end && (j->end > j->start || *is_cut))) {
            *line = j->bytes + j->start;
            *n_bytes = end != NULL ? (size_t)(end - *line) : j->end - j->start;
            j->start += *n_bytes + (end != NULL);
            return OSSEO_OK;
        }
        if (j->at_end) {
            *line = NULL;
            return OSSEO_OK;
        }
        seen = j->end - j->start;
        if (seen > MAX_JSONL_LINE) {
            *is_cut = true;
            j->start = j->end;
            seen = 0;
        }
        int status = read_more(j, error);
        if (status != OSSEO_OK)
            return status;
    }
}

int jsonl_next(struct jsonl *j, struct document *out, bool *has_one, struct complaints *complaints)
{
    for (;;) {
        char *line;
        size_t n_bytes;
        bool is_cut;
        int status = read_line(j, &line, &n_bytes, &is_cut, complaints->error);
        *has_one = status == OSSEO_OK && line != NULL;
        if (!*has_one)
            return status;
        j->line++;
        if (j->line == 1 && n_bytes >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
            line += 3; /* the mark of some editors */
            n_bytes -= 3;
        }
        if (!is_cut && slice_trim((struct slice){ line, n_bytes }).n_bytes == 0)
            continue;
        const char *fault = is_cut ? "it is too long" : jsonl_parse(line, n_bytes, out);
        if (fault == NULL)
            return OSSEO_OK;
        if (j->is_strict)
            return complain(complaints, j->path, j->line, "jsonl",
                            "this line is no passage: %s; mend it or leave out --strict", fault);
        warn_of(complaints, j->path, j->line, "jsonl", "this line is passed over: %s", fault);
    }
}
