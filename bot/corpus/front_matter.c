#include "corpus/front_matter.h"

#include "corpus/corpus.h"

static const struct {
    const char *name;
    bool is_date;
    size_t offset; /* of a slice, or of an unsigned that is YYYYMMDD */
} keys[] = {
    { "title", false, offsetof(struct article, title) },
    { "language", false, offsetof(struct article, language) },
    { "reviewed", true, offsetof(struct article, reviewed) },
    { "review_due", true, offsetof(struct article, review_due) },
};

#define N_KEYS (sizeof keys / sizeof *keys)

static void set(struct article *out, size_t key, struct slice value, const char *path,
                unsigned line, struct complaints *complaints)
{
    void *member = (char *)out + keys[key].offset;
    unsigned *date = member;
    if (!keys[key].is_date)
        *(struct slice *)member = value;
    else if ((*date = corpus_date(value)) == 0)
        complain(complaints, path, line, "date", "'%.*s' is not a date; write it as 2026-11-24",
                 TEXT(value));
    if (date == &out->review_due)
        out->review_due_line = line;
}

static void check_whole(const struct article *article, const bool *seen, const char *path,
                        unsigned line, struct complaints *complaints)
{
    for (size_t key = 0; key < N_KEYS; key++)
        if (!seen[key])
            complain(complaints, path, line, "front-matter-key",
                     "'%s:' is missing from the front matter", keys[key].name);
    if (article->review_due != 0 && article->review_due < article->reviewed)
        complain(complaints, path, article->review_due_line, "review-order",
                 "'review_due:' lies before 'reviewed:'");
}

unsigned front_matter_read(struct article *out, struct slice *text, const char *path,
                           struct complaints *complaints)
{
    bool seen[N_KEYS] = { false };
    struct slice whole = *text, line;
    unsigned number = 1;
    if (!slice_split(text, '\n', &line) || !slice_equal(slice_trim(line), SLICE("---"))) {
        complain(complaints, path, 1, "front-matter",
                 "the article does not begin with front matter; start it with '---', 'title: ...', "
                 "'language: ...', 'reviewed: ...', 'review_due: ...', '---'");
        *text = whole;
        return 1;
    }
    for (number = 2; slice_split(text, '\n', &line); number++) {
        struct slice value = slice_trim(line), name;
        if (slice_equal(value, SLICE("---"))) {
            check_whole(out, seen, path, number, complaints);
            return number + 1;
        }
        if (!slice_split(&value, ':', &name) || slice_trim(value).n_bytes == 0) {
            complain(complaints, path, number, "front-matter",
                     "expected 'key: value' or the closing '---'");
            continue;
        }
        size_t key = 0;
        while (key < N_KEYS && !slice_equal(slice_trim(name), slice_of(keys[key].name)))
            key++;
        if (key == N_KEYS) {
            complain(complaints, path, number, "front-matter-key",
                     "'%.*s' is not a key of the front matter; there are title, language, reviewed "
                     "and review_due",
                     TEXT(name));
            continue;
        }
        if (seen[key])
            complain(complaints, path, number, "front-matter-key", "'%s:' stands twice",
                     keys[key].name);
        seen[key] = true;
        set(out, key, slice_trim(value), path, number, complaints);
    }
    complain(complaints, path, number - 1, "front-matter",
             "the front matter is not closed by '---'");
    return number;
}
