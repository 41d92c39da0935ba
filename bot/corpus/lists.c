#include "corpus/lists.h"

#include "corpus/flags.h"

/* One line of a list; columns that are not there are empty. */
struct row {
    struct corpus *corpus;
    const struct list *list;
    const char *path;
    unsigned line;
    struct slice name, text, voice;
};

#define FAULT(row, rule, ...)                                                                      \
    complain((row)->corpus->complaints, (row)->path, (row)->line, rule, __VA_ARGS__)

/* The next row; complains about lines of another form. */
static bool next_row(struct slice *rest, struct row *row)
{
    struct slice line;
    while (slice_split(rest, '\n', &line)) {
        row->line++;
        row->name = slice_trim(line);
        if (row->name.n_bytes == 0 ||
            slice_starts(line, row->list->is_text ? SLICE("#") : SLICE("# ")))
            continue;
        if (row->list->is_text)
            return true;
        slice_split(&line, '\t', &row->name);
        if (line.bytes == NULL || slice_trim(line).n_bytes == 0) {
            FAULT(row, "row-form", "expected two columns with a tab between them");
            continue;
        }
        slice_split(&line, '\t', &row->text);
        row->name = slice_trim(row->name);
        row->text = slice_trim(row->text);
        row->voice = line.bytes == NULL ? (struct slice){ "", 0 } : slice_trim(line);
        return true;
    }
    return false;
}

static void add_said(const struct row *row, struct array *to, uint32_t class)
{
    *(struct said *)corpus_add(row->corpus, to) =
        (struct said){ .text = row->text,
                       .voice = row->voice,
                       .class = class,
                       .file = (uint32_t)row->corpus->files.n - 1,
                       .line = row->line };
}

static void topic_unknown(const struct row *row, struct slice topic, const char *remedy)
{
    FAULT(row, "topic-unknown", "topic '%.*s' does not exist; name %s", TEXT(topic), remedy);
}

static void take_asked(const struct row *row)
{
    uint32_t class = corpus_find_class(row->corpus, row->name);
    if (class >= row->corpus->sections.n)
        topic_unknown(row, row->name, "the id of a heading");
    else
        add_said(row, &row->corpus->said.array, class);
}

/* Kinds are few and fixed, since each has its own wording in a reply. */
static void take_kind(const struct row *row)
{
    struct corpus *corpus = row->corpus;
    for (uint32_t i = (uint32_t)corpus->sections.n; i < corpus->classes.n; i++) {
        const struct class_of_messages *class = &corpus->classes.items[i];
        if (class->kind == row->list->class_kind && slice_equal(class->name, row->name)) {
            add_said(row, &corpus->said.array, i);
            return;
        }
    }
    FAULT(row, "kind-unknown",
          "'%.*s' is not a kind of this list; its kinds stand in knowledge/README.md",
          TEXT(row->name));
}

static bool is_flag(const struct corpus *corpus, struct slice id)
{
    for (size_t i = 0; i < corpus->flags.n; i++)
        if (slice_equal(corpus->flags.items[i].id, id))
            return true;
    return false;
}

static void take_flag_line(const struct row *row)
{
    struct corpus *corpus = row->corpus;
    uint32_t flag = 0;
    while (flag < corpus->flag_ids.n && !slice_equal(corpus->flag_ids.items[flag], row->name))
        flag++;
    if (!is_flag(corpus, row->name))
        FAULT(row, "flag-unknown", "there is no flag '%.*s' in red-flags.md; name the id of one",
              TEXT(row->name));
    if (flag == corpus->flag_ids.n)
        *(struct slice *)corpus_add(corpus, &corpus->flag_ids.array) = row->name;
    add_said(row, &corpus->flag_said.array, flag);
}

static void take_look_alike(const struct row *row)
{
    uint32_t class = corpus_find_class(row->corpus, row->name);
    if (class == NO_CLASS && !slice_equal(row->name, SLICE("none")))
        topic_unknown(row, row->name, "the id of a heading, or none");
    else
        add_said(row, &row->corpus->alike_said.array, class);
}

static void take_caveat(const struct row *row)
{
    struct article *articles = row->corpus->articles.items;
    size_t i = 0;
    while (i < row->corpus->articles.n && !slice_equal(articles[i].name, row->name))
        i++;
    if (i == row->corpus->articles.n)
        FAULT(row, "article-unknown", "there is no article '%.*s.md'", TEXT(row->name));
    else
        articles[i].caveat = row->text;
}

static void take_meaning(const struct row *row)
{
    uint32_t class = corpus_find_class(row->corpus, row->text);
    if (class == NO_CLASS)
        topic_unknown(row, row->text, "the id of a heading");
    else if (row->voice.n_bytes == 0)
        FAULT(row, "row-form", "expected three columns: group, topic, and what is meant");
    else
        *(struct meaning *)corpus_add(row->corpus, &row->corpus->meanings.array) =
            (struct meaning){ row->name, row->voice, class };
}

static void take_judged(const struct row *row)
{
    struct slice topics = row->name, topic;
    while (!slice_equal(row->name, SLICE("none")) && slice_split(&topics, '|', &topic))
        if (corpus_find_class(row->corpus, topic) == NO_CLASS)
            topic_unknown(row, topic, "the ids of headings with | between them, or none");
    *(struct judged *)corpus_add(row->corpus, &row->corpus->judged.array) =
        (struct judged){ row->text, row->name };
}

static void take_exception(const struct row *row)
{
    struct slice rest = row->name, where, rule;
    slice_split(&rest, '\t', &where);
    if (!slice_split(&rest, '\t', &rule) || slice_trim(rest).n_bytes == 0)
        FAULT(row, "exception-form", "an exception reads: topic or file, tab, rule, tab, reason");
    else
        *(struct exception *)corpus_add(row->corpus, &row->corpus->exceptions.array) =
            (struct exception){ where, rule, row->path, row->line, false };
}

/* Adds the comma separated words of `list`.  Returns how many. */
static uint32_t add_words(struct corpus *corpus, struct slice list)
{
    size_t before = corpus->synonym_words.n;
    struct slice word;
    while (slice_split(&list, ',', &word)) {
        word = slice_trim(word);
        if (word.n_bytes > 0)
            *(struct slice *)corpus_add(corpus, &corpus->synonym_words.array) = word;
    }
    return (uint32_t)(corpus->synonym_words.n - before);
}

/* The offset of "=>", or the length. */
static size_t find_arrow(struct slice line)
{
    for (size_t i = 0; i + 1 < line.n_bytes; i++)
        if (line.bytes[i] == '=' && line.bytes[i + 1] == '>')
            return i;
    return line.n_bytes;
}

static void take_synonyms(const struct row *row)
{
    struct corpus *corpus = row->corpus;
    struct slice line = row->name;
    size_t arrow = find_arrow(line);
    struct synonym_rule *rule = corpus_add(corpus, &corpus->synonyms.array);
    *rule = (struct synonym_rule){ .is_equal = arrow == line.n_bytes, .line = row->line };
    rule->first_from = (uint32_t)corpus->synonym_words.n;
    rule->n_from = add_words(corpus, slice_cut(line, 0, arrow));
    rule->first_to = (uint32_t)corpus->synonym_words.n;
    if (!rule->is_equal)
        rule->n_to = add_words(corpus, slice_from(line, arrow + 2));
    if (rule->n_from > MAX_SYNONYMS || rule->n_to > MAX_SYNONYMS)
        FAULT(row, "synonym-count", "a synonym line has at most %d words on a side; cut it in two",
              MAX_SYNONYMS);
    if (rule->n_from + rule->n_to < 2 || rule->n_from == 0)
        FAULT(row, "synonym-form", "a synonym line reads 'word, word' or 'word => word, word'");
}

static void take_words(const struct row *row)
{
    struct slice line = row->name, word;
    while (slice_split(&line, ' ', &word)) {
        word = slice_trim(word);
        bool is_word = true;
        for (size_t i = 0; i < word.n_bytes; i++)
            is_word = is_word && word.bytes[i] >= 'a' && word.bytes[i] <= 'z';
        if (!is_word)
            FAULT(row, "word-form", "'%.*s' is no word in small letters", TEXT(word));
        else if (word.n_bytes > 0)
            *(struct slice *)corpus_add(row->corpus, &row->corpus->right_words.array) = word;
    }
}

static const char *const unanswered[] = {
    "near", "far", "meta", "gibberish", "other-language", NULL
};
static const char *const small_talk[] = { "greeting", "thanks", "goodbye", "help", NULL };

const struct list lists[] = {
    { "caveats.tsv", .take = take_caveat },
    { "either-or.tsv", .take = take_meaning },
    { "synonyms.txt", .take = take_synonyms, .is_text = true },
    { "out-of-scope.tsv", .take = take_kind, .kinds = unanswered,
      .class_kind = CLASS_OUT_OF_SCOPE },
    { "smalltalk.tsv", .take = take_kind, .kinds = small_talk, .class_kind = CLASS_SMALLTALK },
    { "words.txt", .take = take_words, .is_text = true },
    { "calibration.tsv", .take = take_judged },
    { "asked", .take = take_asked, .is_folder = true },
    { "red-flag-lines.tsv", .take = take_flag_line },
    { "look-alikes.tsv", .take = take_look_alike },
};

const size_t n_lists = sizeof lists / sizeof *lists;

const struct list list_of_exceptions = { "exceptions.tsv", .take = take_exception,
                                         .is_text = true };

void lists_read(struct corpus *corpus, struct slice text, const char *path, const struct list *list)
{
    struct row row = { .corpus = corpus, .list = list, .path = path };
    for (size_t i = 0; list->kinds != NULL && list->kinds[i] != NULL; i++)
        *(struct class_of_messages *)corpus_add(corpus, &corpus->classes.array) =
            (struct class_of_messages){ slice_of(list->kinds[i]), list->class_kind, NO_CLASS };
    while (next_row(&text, &row))
        list->take(&row);
}
