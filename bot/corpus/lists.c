#include "corpus/lists.h"

#define TEXT(s) (int)(s).n_bytes, (s).bytes

struct row {
    struct slice name, text, voice;
    unsigned line;
};

/* The next row of a tab separated list; complains about lines of another form. */
static bool next_row(struct slice *rest, unsigned *number, struct row *row, const char *path,
                     struct complaints *complaints)
{
    struct slice line;
    while (slice_split(rest, '\n', &line)) {
        ++*number;
        if (slice_trim(line).n_bytes == 0 || slice_starts(line, SLICE("# ")))
            continue;
        struct slice more = line;
        slice_split(&more, '\t', &row->name);
        if (more.bytes == NULL || slice_trim(more).n_bytes == 0) {
            complain(complaints, path, *number, "row-form",
                     "expected two columns with a tab between them");
            continue;
        }
        slice_split(&more, '\t', &row->text);
        row->name = slice_trim(row->name);
        row->text = slice_trim(row->text);
        row->voice = more.bytes == NULL ? (struct slice){ "", 0 } : slice_trim(more);
        row->line = *number;
        return true;
    }
    return false;
}

static int add_said(struct corpus *corpus, struct array *to, const struct row *row, uint32_t class,
                    struct complaints *complaints)
{
    struct said *said = array_add(to);
    if (said == NULL)
        return error_no_memory(complaints->error);
    *said = (struct said){ .text = row->text,
                           .voice = row->voice,
                           .class = class,
                           .file = (uint32_t)corpus->files.n - 1,
                           .line = row->line };
    return OSSEO_OK;
}

int lists_read_asked(struct corpus *corpus, struct slice text, const char *path,
                     struct complaints *complaints)
{
    struct row row;
    unsigned number = 0;
    struct slice last = { NULL, 0 };
    uint32_t class = NO_CLASS;
    int status = OSSEO_OK;
    while (status == OSSEO_OK && next_row(&text, &number, &row, path, complaints)) {
        if (last.bytes == NULL || !slice_equal(row.name, last))
            class = corpus_find_class(corpus, row.name);
        last = row.name;
        if (class == NO_CLASS ||
            CORPUS(corpus, classes, struct class_of_messages)[class].kind != CLASS_TOPIC)
            complain(complaints, path, row.line, "topic-unknown",
                     "topic '%.*s' does not exist; name the id of a heading", TEXT(row.name));
        else
            status = add_said(corpus, &corpus->said, &row, class, complaints);
    }
    return status;
}

/* Kinds are few and fixed, since each has its own wording in a reply. */
static int read_kinds(struct corpus *corpus, struct slice text, const char *path,
                      const char *const *kinds, enum class_kind class_kind,
                      struct complaints *complaints)
{
    uint32_t first = (uint32_t)corpus->classes.n;
    for (size_t i = 0; kinds[i] != NULL; i++) {
        struct class_of_messages *class = array_add(&corpus->classes);
        if (class == NULL)
            return error_no_memory(complaints->error);
        *class = (struct class_of_messages){ slice_of(kinds[i]), class_kind, NO_CLASS };
    }
    struct row row;
    unsigned number = 0;
    int status = OSSEO_OK;
    while (status == OSSEO_OK && next_row(&text, &number, &row, path, complaints)) {
        size_t i = 0;
        while (kinds[i] != NULL && !slice_equal(row.name, slice_of(kinds[i])))
            i++;
        if (kinds[i] == NULL)
            complain(complaints, path, row.line, "kind-unknown",
                     "'%.*s' is not a kind of this list; its kinds stand in knowledge/README.md",
                     TEXT(row.name));
        else
            status = add_said(corpus, &corpus->said, &row, first + (uint32_t)i, complaints);
    }
    return status;
}

int lists_read_out_of_scope(struct corpus *corpus, struct slice text, const char *path,
                            struct complaints *complaints)
{
    static const char *const kinds[] = { "near", "far", "meta", "gibberish", "other-language", NULL };
    return read_kinds(corpus, text, path, kinds, CLASS_OUT_OF_SCOPE, complaints);
}

int lists_read_smalltalk(struct corpus *corpus, struct slice text, const char *path,
                         struct complaints *complaints)
{
    static const char *const kinds[] = { "greeting", "thanks", "goodbye", "help", NULL };
    return read_kinds(corpus, text, path, kinds, CLASS_SMALLTALK, complaints);
}

static bool is_flag(const struct corpus *corpus, struct slice id)
{
    for (size_t i = 0; i < corpus->flags.flags.n; i++)
        if (slice_equal(((const struct flag *)corpus->flags.flags.items)[i].id, id))
            return true;
    return false;
}

int lists_read_flag_lines(struct corpus *corpus, struct slice text, const char *path,
                          struct complaints *complaints)
{
    struct row row;
    unsigned number = 0;
    int status = OSSEO_OK;
    while (status == OSSEO_OK && next_row(&text, &number, &row, path, complaints)) {
        uint32_t flag = 0;
        while (flag < corpus->flag_ids.n &&
               !slice_equal(CORPUS(corpus, flag_ids, struct slice)[flag], row.name))
            flag++;
        if (!is_flag(corpus, row.name))
            complain(complaints, path, row.line, "flag-unknown",
                     "there is no flag '%.*s' in red-flags.md; name the id of one", TEXT(row.name));
        if (flag == corpus->flag_ids.n) {
            struct slice *id = array_add(&corpus->flag_ids);
            if (id == NULL)
                return error_no_memory(complaints->error);
            *id = row.name;
        }
        status = add_said(corpus, &corpus->flag_said, &row, flag, complaints);
    }
    return status;
}

int lists_read_look_alikes(struct corpus *corpus, struct slice text, const char *path,
                           struct complaints *complaints)
{
    struct row row;
    unsigned number = 0;
    int status = OSSEO_OK;
    while (status == OSSEO_OK && next_row(&text, &number, &row, path, complaints)) {
        uint32_t class = corpus_find_class(corpus, row.name);
        if (class == NO_CLASS && !slice_equal(row.name, SLICE("none")))
            complain(complaints, path, row.line, "topic-unknown",
                     "topic '%.*s' does not exist; name the id of a heading, or none",
                     TEXT(row.name));
        else
            status = add_said(corpus, &corpus->alike_said, &row, class, complaints);
    }
    return status;
}

int lists_read_caveats(struct corpus *corpus, struct slice text, const char *path,
                       struct complaints *complaints)
{
    struct row row;
    unsigned number = 0;
    while (next_row(&text, &number, &row, path, complaints)) {
        size_t i = 0;
        struct article *articles = corpus->articles.items;
        while (i < corpus->articles.n && !slice_equal(articles[i].name, row.name))
            i++;
        if (i == corpus->articles.n)
            complain(complaints, path, row.line, "article-unknown",
                     "there is no article '%.*s.md'", TEXT(row.name));
        else
            articles[i].caveat = row.text;
    }
    return OSSEO_OK;
}

int lists_read_either_or(struct corpus *corpus, struct slice text, const char *path,
                         struct complaints *complaints)
{
    struct row row;
    unsigned number = 0;
    while (next_row(&text, &number, &row, path, complaints)) {
        uint32_t class = corpus_find_class(corpus, row.text);
        struct meaning *meaning;
        if (class == NO_CLASS) {
            complain(complaints, path, row.line, "topic-unknown",
                     "topic '%.*s' does not exist; name the id of a heading", TEXT(row.text));
        } else if (row.voice.n_bytes == 0) {
            complain(complaints, path, row.line, "row-form",
                     "expected three columns: group, topic, and what is meant");
        } else if ((meaning = array_add(&corpus->meanings)) == NULL) {
            return error_no_memory(complaints->error);
        } else {
            *meaning = (struct meaning){ row.name, row.voice, class };
        }
    }
    return OSSEO_OK;
}

/* Adds the comma separated words of `list`; false when memory ran out. */
static bool add_words(struct corpus *corpus, struct slice list, uint32_t *first, uint32_t *n)
{
    struct slice word;
    *first = (uint32_t)corpus->synonym_words.n;
    *n = 0;
    while (slice_split(&list, ',', &word)) {
        struct slice *slot;
        word = slice_trim(word);
        if (word.n_bytes == 0)
            continue;
        slot = array_add(&corpus->synonym_words);
        if (slot == NULL)
            return false;
        *slot = word;
        ++*n;
    }
    return true;
}

/* The offset of "=>", or the length. */
static size_t find_arrow(struct slice line)
{
    for (size_t i = 0; i + 1 < line.n_bytes; i++)
        if (line.bytes[i] == '=' && line.bytes[i + 1] == '>')
            return i;
    return line.n_bytes;
}

int lists_read_synonyms(struct corpus *corpus, struct slice text, const char *path,
                        struct complaints *complaints)
{
    struct slice line;
    unsigned number = 0;
    while (slice_split(&text, '\n', &line)) {
        number++;
        line = slice_trim(line);
        if (line.n_bytes == 0 || line.bytes[0] == '#')
            continue;
        size_t arrow = find_arrow(line);
        struct synonym_rule *rule = array_add(&corpus->synonyms);
        if (rule == NULL)
            return error_no_memory(complaints->error);
        *rule = (struct synonym_rule){ .is_equal = arrow == line.n_bytes, .line = number };
        struct slice to = rule->is_equal ? (struct slice){ NULL, 0 } : slice_from(line, arrow + 2);
        if (!add_words(corpus, slice_cut(line, 0, arrow), &rule->first_from, &rule->n_from) ||
            !add_words(corpus, to, &rule->first_to, &rule->n_to))
            return error_no_memory(complaints->error);
        if (rule->n_from > MAX_SYNONYMS || rule->n_to > MAX_SYNONYMS)
            return complain(complaints, path, number, "synonym-count",
                            "a synonym line has at most %d words on a side; cut it in two",
                            MAX_SYNONYMS);
        if (rule->n_from + rule->n_to < 2 || rule->n_from == 0)
            complain(complaints, path, number, "synonym-form",
                     "a synonym line reads 'word, word' or 'word => word, word'");
    }
    return OSSEO_OK;
}

int lists_read_calibration(struct corpus *corpus, struct slice text, const char *path,
                           struct complaints *complaints)
{
    struct row row;
    unsigned number = 0;
    while (next_row(&text, &number, &row, path, complaints)) {
        struct slice topics = row.name, topic;
        while (!slice_equal(row.name, SLICE("none")) && slice_split(&topics, '|', &topic))
            if (corpus_find_class(corpus, topic) == NO_CLASS)
                complain(complaints, path, row.line, "topic-unknown",
                         "topic '%.*s' does not exist; name the ids of headings with | between "
                         "them, or none",
                         TEXT(topic));
        struct judged *judged = array_add(&corpus->judged);
        if (judged == NULL)
            return error_no_memory(complaints->error);
        *judged = (struct judged){ row.text, row.name };
    }
    return OSSEO_OK;
}

int lists_read_words(struct corpus *corpus, struct slice text, const char *path,
                     struct complaints *complaints)
{
    struct slice line, word;
    unsigned number = 0;
    while (slice_split(&text, '\n', &line)) {
        number++;
        if (slice_starts(line, SLICE("#")))
            continue;
        while (slice_split(&line, ' ', &word)) {
            word = slice_trim(word);
            bool is_word = true;
            for (size_t i = 0; i < word.n_bytes; i++)
                is_word = is_word && word.bytes[i] >= 'a' && word.bytes[i] <= 'z';
            if (!is_word)
                complain(complaints, path, number, "word-form",
                         "'%.*s' is no word in small letters", TEXT(word));
            if (!is_word || word.n_bytes == 0)
                continue;
            struct slice *slot = array_add(&corpus->right_words);
            if (slot == NULL)
                return error_no_memory(complaints->error);
            *slot = word;
        }
    }
    return OSSEO_OK;
}
