#include "corpus/front_matter.h"

#include "corpus/corpus.h"

enum key { TITLE, LANGUAGE, REVIEWED, REVIEW_DUE, N_KEYS };

static const char *const key_names[N_KEYS] = { "title", "language", "reviewed", "review_due" };

static enum key key_of(struct slice name)
{
    enum key key = TITLE;
    while (key < N_KEYS && !slice_equal(name, slice_of(key_names[key])))
        key++;
    return key;
}

static unsigned date_or_complain(struct slice value, const char *path, unsigned line,
                                 struct complaints *complaints)
{
    unsigned date = corpus_date(value);
    if (date == 0)
        complain(complaints, path, line, "date",
                 "'%.*s' is not a date; write it as 2026-11-24", (int)value.n_bytes, value.bytes);
    return date;
}

static void set(struct front_matter *front, enum key key, struct slice value, const char *path,
                unsigned line, struct complaints *complaints)
{
    if (key == TITLE) {
        front->title = value;
    } else if (key == LANGUAGE) {
        front->language = value;
    } else if (key == REVIEWED) {
        front->reviewed = date_or_complain(value, path, line, complaints);
    } else {
        front->review_due = date_or_complain(value, path, line, complaints);
        front->review_due_line = line;
    }
}

size_t front_matter_parse(struct front_matter *front, struct slice text, const char *path,
                          struct complaints *complaints)
{
    bool seen[N_KEYS] = { false };
    struct slice rest = text, line;
    unsigned number = 1;
    *front = (struct front_matter){ .n_lines = 0 };

    if (!slice_split(&rest, '\n', &line) || !slice_equal(slice_trim(line), SLICE("---"))) {
        complain(complaints, path, 1, "front-matter",
                 "the article does not begin with front matter; start it with '---', 'title: ...', "
                 "'language: ...', 'reviewed: ...', 'review_due: ...', '---'");
        return 0;
    }
    while (slice_split(&rest, '\n', &line)) {
        number++;
        line = slice_trim(line);
        if (slice_equal(line, SLICE("---"))) {
            for (enum key key = TITLE; key < N_KEYS; key++)
                if (!seen[key])
                    complain(complaints, path, number, "front-matter-key",
                             "'%s:' is missing from the front matter", key_names[key]);
            if (front->review_due != 0 && front->review_due < front->reviewed)
                complain(complaints, path, front->review_due_line, "review-order",
                         "'review_due:' lies before 'reviewed:'");
            front->n_lines = number;
            return rest.bytes == NULL ? text.n_bytes : (size_t)(rest.bytes - text.bytes);
        }
        struct slice value = line, name;
        if (!slice_split(&value, ':', &name) || value.bytes == NULL ||
            slice_trim(value).n_bytes == 0) {
            complain(complaints, path, number, "front-matter",
                     "expected 'key: value' or the closing '---'");
            continue;
        }
        enum key key = key_of(slice_trim(name));
        if (key == N_KEYS) {
            complain(complaints, path, number, "front-matter-key",
                     "'%.*s' is not a key of the front matter; there are title, language, reviewed "
                     "and review_due",
                     (int)name.n_bytes, name.bytes);
            continue;
        }
        if (seen[key])
            complain(complaints, path, number, "front-matter-key", "'%s:' stands twice",
                     key_names[key]);
        seen[key] = true;
        set(front, key, slice_trim(value), path, number, complaints);
    }
    complain(complaints, path, number, "front-matter", "the front matter is not closed by '---'");
    front->n_lines = number;
    return text.n_bytes;
}
