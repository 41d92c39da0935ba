#include "check/check.h"

#include "answer/red_flags.h"
#include "answer/reply.h"
#include "base/file.h"
#include "compile/compile.h"
#include "index/dictionary.h"

/* Questions shown of those whose reply changed in the same way. */
#define MOST_SHOWN 3

struct side {
    struct corpus corpus; /* of a folder */
    bool is_folder;
    struct buffer compiled;
    struct file_map map;
    struct index index;
};

static int open_side(struct side *side, const char *path, const struct memory *memory,
                     struct osseo_error *error)
{
    *side = (struct side){ .is_folder = file_kind(path) == FILE_FOLDER };
    buffer_init(&side->compiled, memory, SIZE_MAX);
    if (!side->is_folder) {
        int status = file_map_open(&side->map, path, error);
        if (status == OSSEO_OK)
            status = index_open(&side->index,
                                (struct slice){ side->map.bytes, side->map.n_bytes }, error);
        return error_name(error, status, path);
    }
    struct complaints complaints = { NULL, NULL, error, 0, 0 };
    int status = corpus_read(&side->corpus, memory, path, &complaints);
    if (status == OSSEO_OK)
        status = compile_corpus(&side->compiled, &side->corpus, NULL, &complaints);
    return status == OSSEO_OK ? index_open(&side->index, buffer_slice(&side->compiled), error)
                              : status;
}

static void close_side(struct side *side)
{
    if (side->is_folder)
        corpus_release(&side->corpus);
    buffer_release(&side->compiled);
    file_map_close(&side->map);
}

/* Adds each question once, in the order of the articles. */
static bool add_questions(struct dictionary *questions, const struct side *side)
{
    bool added = true;
    for (topic_id t = 0; t < side->index.n_topics; t++) {
        struct index_topic topic = index_topic(&side->index, t);
        added = added && dictionary_add(questions, topic.heading) != DICTIONARY_NONE;
        for (uint32_t i = 0; i < topic.n_asked; i++)
            added = added && dictionary_add(questions, index_asked(&side->index,
                                                                   topic.first_asked + i)) !=
                                 DICTIONARY_NONE;
    }
    const struct array *const lists[] = { &side->corpus.said.array, &side->corpus.flag_said.array,
                                          &side->corpus.alike_said.array };
    for (size_t list = 0; side->is_folder && list < sizeof lists / sizeof *lists; list++)
        for (size_t i = 0; added && i < lists[list]->n; i++)
            added = dictionary_add(questions, ((const struct said *)lists[list]->items)[i].text) !=
                    DICTIONARY_NONE;
    return added;
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What a reply comes to, in a few words. */
static void describe(struct buffer *out, const struct osseo_reply *reply)
{
    static const char *const outcomes[] = { "answers", "offers choices, first", "refuses",
                                            "makes small talk" };
    if (reply->card_id != NULL)
        buffer_append_format(out, "card %s; ", reply->card_id);
    buffer_append_text(out, outcomes[reply->outcome]);
    if (reply->topic != NULL)
        buffer_append_format(out, " %s", reply->topic);
}

struct comparing {
    struct buffer *out;
    struct dictionary seen; /* ways of changing: their text, with a count each */
    ARRAY_OF(unsigned) counts;
    size_t n_changed;
    bool failed;
};

static void compare(struct comparing *c, struct slice question, const struct osseo_reply *old,
                    const struct osseo_reply *new)
{
    bool same = old->outcome == new->outcome && same_text(old->topic, new->topic) &&
                same_text(old->card_id, new->card_id) && same_text(old->card, new->card);
    bool same_words = same_text(old->passage, new->passage) && same_text(old->caveat, new->caveat);
    if (same && same_words)
        return;
    c->n_changed++;

    /* Replies that change alike are told once, with a few of their questions. */
    struct buffer way;
    buffer_init(&way, c->out->memory, 1 << 20);
    describe(&way, old);
    buffer_append_text(&way, same ? ": other words" : "  ->  ");
    if (!same) {
        describe(&way, new);
    } else if (old->passage != NULL && new->passage != NULL) {
        buffer_append_text(&way, "\n    old: ");
        buffer_append_text(&way, old->passage);
        buffer_append_text(&way, "\n    new: ");
        buffer_append_text(&way, new->passage);
    }
    uint32_t number = dictionary_add(&c->seen, buffer_slice(&way));
    bool is_new = number == c->counts.n;
    c->failed =
        number == DICTIONARY_NONE || way.failed || (is_new && array_add(&c->counts.array) == NULL);
    unsigned count = c->failed ? 0 : ++c->counts.items[number];
    if (count == 1) {
        buffer_append_byte(c->out, '\n');
        buffer_append_slice(c->out, buffer_slice(&way));
        buffer_append_text(c->out, "\n    asked: ");
    } else if (count <= MOST_SHOWN) {
        buffer_append_text(c->out, "    also, ");
        describe(c->out, new);
        buffer_append_text(c->out, ": ");
    }
    if (count <= MOST_SHOWN) {
        buffer_append_slice(c->out, question);
        buffer_append_byte(c->out, '\n');
    }
    buffer_release(&way);
}

static void compare_all(struct comparing *c, const struct dictionary *questions,
                        const struct side *old, const struct side *new,
                        const struct memory *memory)
{
    struct reply_settings settings = { .n_choices = DEFAULT_CHOICES, .after = NO_TOPIC };
    for (uint32_t i = 0; i < dictionary_size(questions) && !c->failed; i++) {
        struct slice question = dictionary_name(questions, i);
        struct osseo_reply *before = NULL, *after = NULL;
        if (reply_make(&before, &old->index, question, &settings, memory) != OSSEO_OK ||
            reply_make(&after, &new->index, question, &settings, memory) != OSSEO_OK ||
            before->is_lost || after->is_lost)
            c->failed = true;
        else
            compare(c, question, before, after);
        osseo_reply_free(before);
        osseo_reply_free(after);
    }
}

/* Topics that only one of the two has. */
static void compare_topics(struct comparing *c, const struct side *a, const struct side *b,
                           const char *what)
{
    for (topic_id t = 0; t < a->index.n_topics; t++) {
        struct index_topic topic = index_topic(&a->index, t);
        if (index_find_topic(&b->index, topic.id) != NO_TOPIC)
            continue;
        buffer_append_format(c->out, "topic %s: %.*s\n", what, TEXT(topic.id));
        c->n_changed++;
    }
}

/* Cards that only one of the two has; with "removed", also those that changed. */
static void compare_cards(struct comparing *c, const struct side *a, const struct side *b,
                          const char *what)
{
    struct slice flags = a->index.section[SECTION_FLAGS], others = b->index.section[SECTION_FLAGS];
    for (uint32_t i = 0; i < red_flags_count(flags); i++) {
        struct red_flag flag = red_flags_get(flags, i);
        uint32_t found = red_flags_named(others, flag.id);
        const char *change = what;
        if (found != NO_FLAG) {
            struct red_flag other = red_flags_get(others, found);
            if (strcmp(what, "added") == 0 ||
                (flag.level == other.level && slice_equal(flag.card, other.card)))
                continue;
            change = "with other words or urgency";
        }
        buffer_append_format(c->out, "card %s: %.*s\n", change, TEXT(flag.id));
        c->n_changed++;
    }
}

int diff_knowledges(const char *old_path, const char *new_path, const struct memory *memory,
                    struct buffer *out, size_t *n_changed, struct osseo_error *error)
{
    struct side old, new = { .is_folder = false };
    struct dictionary questions;
    struct comparing c = { .out = out };
    dictionary_init(&questions, memory);
    dictionary_init(&c.seen, memory);
    array_init(&c.counts.array, memory, sizeof(unsigned));
    buffer_init(&new.compiled, memory, SIZE_MAX);

    int status = open_side(&old, old_path, memory, error);
    if (status == OSSEO_OK)
        status = open_side(&new, new_path, memory, error);
    if (status == OSSEO_OK) {
        c.failed = !add_questions(&questions, &old) || !add_questions(&questions, &new);
        compare_topics(&c, &old, &new, "removed");
        compare_topics(&c, &new, &old, "added");
        compare_cards(&c, &old, &new, "removed");
        compare_cards(&c, &new, &old, "added");
        if (!c.failed)
            compare_all(&c, &questions, &old, &new, memory);
        if (c.n_changed > 0)
            buffer_append_format(out, "\n%zu of %u replies, topics and cards changed.\n", c.n_changed,
                                 (unsigned)dictionary_size(&questions));
        *n_changed = c.n_changed;
        if (c.failed || out->failed)
            status = error_no_memory(error);
    }
    close_side(&old);
    close_side(&new);
    array_release(&c.counts.array);
    dictionary_release(&c.seen);
    dictionary_release(&questions);
    return status;
}
