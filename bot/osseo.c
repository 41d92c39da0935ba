/* osseo.c -- open, ask, close: the stages below, in order. */
#include "osseo.h"

#include "answer/conversation.h"
#include "answer/reply.h"
#include "base/file.h"
#include "base/utf8.h"
#include "check/check.h"
#include "compile/compile.h"
#include "compile/documents.h"
#include "rank/rescore.h"

struct osseo {
    struct memory memory;
    struct osseo_options options;
    struct buffer compiled; /* a folder, compiled in memory */
    struct file_map map;    /* or a compiled file */
    struct index index;
    struct index flags; /* where red flags are looked for: index, or the host's */
};

const char *osseo_version(void)
{
    return OSSEO_VERSION;
}

static struct memory memory_of(const struct osseo_options *options)
{
    if (options == NULL || options->reallocate == NULL)
        return memory_default;
    return (struct memory){ options->reallocate, options->context };
}

static int new_handle(struct osseo **out, const struct osseo_options *options,
                      struct osseo_error *error)
{
    struct osseo_options chosen = { 0 };
    if (options != NULL)
        chosen = *options;
    if (chosen.n_choices == 0)
        chosen.n_choices = DEFAULT_CHOICES;
    if (chosen.n_choices > MAX_CHOICES)
        return error_set(error, OSSEO_EINVALID, "n_choices is %u, and the most is %d",
                         chosen.n_choices, MAX_CHOICES);
    struct memory memory = memory_of(options);
    struct osseo *osseo = memory_allocate(&memory, sizeof *osseo);
    if (osseo == NULL)
        return error_no_memory(error);
    *osseo = (struct osseo){ .memory = memory, .options = chosen };
    buffer_init(&osseo->compiled, &osseo->memory, SIZE_MAX);
    *out = osseo;
    return OSSEO_OK;
}

void osseo_close(struct osseo *osseo)
{
    if (osseo == NULL)
        return;
    struct memory memory = osseo->memory;
    buffer_release(&osseo->compiled);
    file_map_close(&osseo->map);
    memory_free(&memory, osseo, sizeof *osseo);
}

static void tell_host(void *context, int is_error, const char *file, unsigned line,
                      const char *rule, const char *text)
{
    const struct osseo_options *options = context;
    (void)rule;
    if (!is_error && options->warn != NULL)
        options->warn(options->warn_context, file, line, text);
}

/* Compiles what is not compiled yet, a corpus straight to the file `to` if there is one. */
static int compile_source(struct osseo *osseo, const char *path, const char *to,
                          struct osseo_error *error)
{
    struct complaints complaints = { tell_host, &osseo->options, error, 0, 0 };
    if (file_kind(path) == FILE_FOLDER)
        return compile_folder(&osseo->compiled, path, &osseo->memory, &complaints);
    struct documents_options options = { .to = to,
                                         .most_bytes = osseo->options.index_memory,
                                         .is_strict = osseo->options.is_strict != 0,
                                         .progress = osseo->options.progress,
                                         .context = osseo->options.progress_context };
    return compile_documents(&osseo->compiled, path, &options, &complaints);
}

static bool is_source(const char *path)
{
    return file_kind(path) == FILE_FOLDER || slice_ends(slice_of(path), SLICE(".jsonl"));
}

/* Where red flags are looked for. */
static int open_flags(struct osseo *osseo, struct osseo_error *error)
{
    osseo->flags = osseo->index;
    if (osseo->index.section[SECTION_FLAGS].n_bytes > 0 || osseo->options.red_flags == NULL)
        return OSSEO_OK;
    struct slice bytes = { osseo->options.red_flags, osseo->options.n_red_flags };
    return index_open(&osseo->flags, bytes, error);
}

static int missing(const char *path, struct osseo_error *error)
{
    return error_set(error, OSSEO_EIO, "cannot open '%s': there is no such file or folder", path);
}

static int open_path(struct osseo *osseo, const char *path, struct osseo_error *error)
{
    struct slice bytes;
    if (file_kind(path) == FILE_MISSING)
        return missing(path, error);
    bool copies = !is_source(path) && (osseo->options.copies_file != 0 || file_is_shared(path));
    int status = is_source(path) ? compile_source(osseo, path, NULL, error)
                 : copies        ? file_copy_open(&osseo->map, path, error)
                                 : file_map_open(&osseo->map, path, error);
    if (status != OSSEO_OK)
        return status;
    bytes = osseo->map.bytes == NULL ? buffer_slice(&osseo->compiled)
                                     : (struct slice){ osseo->map.bytes, osseo->map.n_bytes };
    status = index_open(&osseo->index, bytes, error);
    if (status == OSSEO_OK && copies)
        status = index_verify(&osseo->index, error);
    return status == OSSEO_OK ? open_flags(osseo, error) : status;
}

/* Hands the handle out, or closes it where something failed. */
static int hand_over(struct osseo **out, struct osseo *osseo, int status)
{
    *out = status == OSSEO_OK ? osseo : NULL;
    if (status != OSSEO_OK)
        osseo_close(osseo);
    return status;
}

int osseo_open(struct osseo **out, const char *path, const struct osseo_options *options,
               struct osseo_error *error)
{
    struct osseo *osseo = NULL;
    if (path == NULL)
        return hand_over(out, NULL, error_set(error, OSSEO_EINVALID, "no knowledge was named"));
    int status = new_handle(&osseo, options, error);
    if (status == OSSEO_OK)
        status = error_name(error, open_path(osseo, path, error), path);
    return hand_over(out, osseo, status);
}

int osseo_open_memory(struct osseo **out, const void *bytes, size_t n_bytes,
                      const struct osseo_options *options, struct osseo_error *error)
{
    struct osseo *osseo = NULL;
    int status = new_handle(&osseo, options, error);
    if (status == OSSEO_OK)
        status = index_open(&osseo->index, (struct slice){ bytes, n_bytes }, error);
    if (status == OSSEO_OK)
        status = open_flags(osseo, error);
    return hand_over(out, osseo, status);
}

int osseo_conversation_new(struct osseo_conversation **out, const struct osseo *osseo,
                           struct osseo_error *error)
{
    *out = memory_allocate(&osseo->memory, sizeof **out);
    if (*out == NULL)
        return error_no_memory(error);
    **out = (struct osseo_conversation){ osseo->memory, &osseo->index, NO_TOPIC };
    return OSSEO_OK;
}

void osseo_conversation_free(struct osseo_conversation *conversation)
{
    if (conversation != NULL) {
        struct memory memory = conversation->memory;
        memory_free(&memory, conversation, sizeof *conversation);
    }
}

void osseo_conversation_clear(struct osseo_conversation *conversation)
{
    conversation->topic = NO_TOPIC;
}

void osseo_conversation_set_topic(struct osseo_conversation *conversation, const char *topic)
{
    conversation->topic =
        topic == NULL ? NO_TOPIC : index_find_topic(conversation->index, slice_of(topic));
}

static struct reply_settings settings_of(const struct osseo *osseo)
{
    return (struct reply_settings){
        .n_choices = osseo->options.n_choices,
        .today = osseo->options.today,
        .after = NO_TOPIC,
        .contact = osseo->options.contact,
        .is_explained = osseo->options.is_unexplained == 0,
        /* Its own are looked for in the question as it was read for the answer. */
        .flags = osseo->flags.bytes.bytes == osseo->index.bytes.bytes ? NULL : &osseo->flags,
    };
}

int osseo_ask(struct osseo_reply **out, const struct osseo *osseo,
              struct osseo_conversation *conversation, const char *question, size_t n_bytes,
              struct osseo_error *error)
{
    *out = NULL;
    struct reply_settings settings = settings_of(osseo);
    settings.after = conversation == NULL ? NO_TOPIC : conversation->topic;
    int status = reply_make(out, &osseo->index, (struct slice){ question, n_bytes }, &settings,
                            &osseo->memory);
    if (status != OSSEO_OK)
        return error_no_memory(error);
    if (conversation != NULL && (*out)->topic_number != NO_TOPIC)
        conversation->topic = (*out)->topic_number;
    return OSSEO_OK;
}

int osseo_ask_topic(struct osseo_reply **out, const struct osseo *osseo, const char *topic,
                    struct osseo_error *error)
{
    *out = NULL;
    struct reply_settings settings = settings_of(osseo);
    topic_id number = index_find_topic(&osseo->index, slice_of(topic));
    if (number == NO_TOPIC)
        return error_set(error, OSSEO_EINVALID, "there is no such topic");
    int status = reply_make_topic(out, &osseo->index, number, &settings, &osseo->memory);
    return status == OSSEO_OK ? OSSEO_OK : error_no_memory(error);
}

size_t osseo_n_topics(const struct osseo *osseo)
{
    return osseo->index.n_topics;
}

static struct osseo_text text_of(struct slice s)
{
    return (struct osseo_text){ s.bytes, s.n_bytes };
}

struct osseo_topic osseo_topic(const struct osseo *osseo, size_t i)
{
    if (i >= osseo->index.n_topics)
        return (struct osseo_topic){ .n_also_asked = 0 };
    struct index_topic topic = index_topic(&osseo->index, (topic_id)i);
    return (struct osseo_topic){
        .id = text_of(topic.id),
        .heading = text_of(topic.heading),
        .article = text_of(index_article(&osseo->index, topic.article).title),
        .n_also_asked = topic.n_asked,
    };
}

struct osseo_text osseo_also_asked(const struct osseo *osseo, size_t i, size_t j)
{
    if (i >= osseo->index.n_topics)
        return (struct osseo_text){ NULL, 0 };
    struct index_topic topic = index_topic(&osseo->index, (topic_id)i);
    if (j >= topic.n_asked)
        return (struct osseo_text){ NULL, 0 };
    return text_of(index_asked(&osseo->index, topic.first_asked + (uint32_t)j));
}

#define N_KNOWN_WORDS 4096

struct osseo_ranker {
    struct memory memory;
    const struct index *index;
    struct arena arena;
    struct query_reader reader;
    struct known_word known[N_KNOWN_WORDS];
};

int osseo_ranker_new(struct osseo_ranker **out, const struct osseo *osseo,
                     struct osseo_error *error)
{
    struct osseo_ranker *ranker = memory_allocate(&osseo->memory, sizeof *ranker);
    *out = NULL;
    if (ranker == NULL)
        return error_no_memory(error);
    memset(ranker, 0, sizeof *ranker);
    ranker->memory = osseo->memory;
    ranker->index = &osseo->index;
    arena_init(&ranker->arena, &ranker->memory);
    if (query_reader_init(&ranker->reader, &osseo->index, &query_for_ranking, ranker->known,
                          N_KNOWN_WORDS) != OSSEO_OK) {
        osseo_ranker_free(ranker);
        return error_no_memory(error);
    }
    *out = ranker;
    return OSSEO_OK;
}

void osseo_ranker_free(struct osseo_ranker *ranker)
{
    if (ranker == NULL)
        return;
    struct memory memory = ranker->memory;
    query_reader_release(&ranker->reader);
    arena_release(&ranker->arena);
    memory_free(&memory, ranker, sizeof *ranker);
}

static int rank(const struct osseo_hit **hits, size_t *n_hits, struct osseo_ranker *ranker,
                struct slice text, size_t k)
{
    const struct index *index = ranker->index;
    struct query query;
    size_t n_found = rescore_depth(index, k);
    struct hit *found = arena_array(&ranker->arena, n_found, sizeof *found);
    struct osseo_hit *handed = arena_array(&ranker->arena, k, sizeof *handed);
    if (found == NULL || handed == NULL)
        return OSSEO_ENOMEM;
    int status = query_reader_read(&ranker->reader, &query, text, &ranker->arena);
    if (status == OSSEO_OK)
        status = search_best(found, &n_found, n_found, index, &query, &ranker->arena);
    if (status != OSSEO_OK)
        return status;
    rescore(found, n_found, index, &query);
    search_order(found, n_found, k);
    *n_hits = n_found < k ? n_found : k;
    for (size_t i = 0; i < *n_hits; i++) {
        struct index_topic topic = index_topic(index, index_passage_topic(index, found[i].passage));
        handed[i] = (struct osseo_hit){
            .id = text_of(topic.id),
            .passage_of_topic = found[i].passage - topic.first_passage,
            .score = (double)found[i].score / (255 * QUERY_WEIGHT_UNIT),
        };
    }
    *hits = handed;
    return OSSEO_OK;
}

int osseo_rank(const struct osseo_hit **hits, size_t *n_hits, struct osseo_ranker *ranker,
               const char *text, size_t n_bytes, size_t k, struct osseo_error *error)
{
    struct slice question = { text, n_bytes };
    *n_hits = 0;
    if (k > OSSEO_MAX_HITS)
        return error_set(error, OSSEO_EINVALID, "%zu hits are asked for, and the most is %d", k,
                         OSSEO_MAX_HITS);
    if (n_bytes > OSSEO_MAX_QUESTION)
        question.n_bytes = utf8_cut(question, OSSEO_MAX_QUESTION);
    arena_clear(&ranker->arena);
    int status = rank(hits, n_hits, ranker, question, k);
    return status == OSSEO_OK ? OSSEO_OK : error_no_memory(error);
}

int osseo_index(const char *source, const char *path, const struct osseo_options *options,
                struct osseo_error *error)
{
    struct osseo *osseo = NULL;
    if (file_kind(source) == FILE_MISSING)
        return missing(source, error);
    if (!is_source(source))
        return error_set(error, OSSEO_EIO,
                         "cannot compile '%s': it is neither a folder nor a .jsonl file", source);
    if (file_is_same(source, path))
        return error_set(error, OSSEO_EINVALID,
                         "cannot write '%s': it is what is compiled; name another file", path);
    int status = new_handle(&osseo, options, error);
    if (status == OSSEO_OK)
        status = compile_source(osseo, source, path, error);
    if (status == OSSEO_OK && file_kind(source) == FILE_FOLDER)
        status = file_write(path, buffer_slice(&osseo->compiled), error);
    osseo_close(osseo);
    return status;
}

/* Writes what `write` makes of the corpus to `name` in `folder`. */
static int export_one(void (*write)(struct buffer *out, const struct corpus *corpus),
                      const struct corpus *corpus, const struct memory *memory, const char *folder,
                      const char *name, struct osseo_error *error)
{
    struct buffer path, out;
    buffer_init(&path, memory, SIZE_MAX);
    buffer_init(&out, memory, SIZE_MAX);
    buffer_append_text(&path, folder);
    buffer_append_text(&path, name);
    write(&out, corpus);
    const char *where = buffer_text(&path);
    int status = where == NULL || out.failed ? error_no_memory(error)
                                             : file_write(where, buffer_slice(&out), error);
    buffer_release(&path);
    buffer_release(&out);
    return status;
}

int osseo_export_opensearch(const char *folder, const char *out_folder,
                            const struct osseo_options *options, struct osseo_error *error)
{
    struct osseo_options silent = { 0 };
    struct memory memory = memory_of(options);
    struct complaints complaints = { tell_host, &silent, error, 0, 0 };
    struct corpus corpus;
    if (options != NULL)
        silent = *options;
    if (file_kind(folder) != FILE_FOLDER)
        return error_set(error, OSSEO_EIO, "cannot export '%s': it is no knowledge folder", folder);
    int status = corpus_read(&corpus, &memory, folder, &complaints);
    if (status == OSSEO_OK)
        status = export_one(opensearch_write_index, &corpus, &memory, out_folder,
                            "/osseo-index.json", error);
    if (status == OSSEO_OK)
        status = export_one(opensearch_write_bulk, &corpus, &memory, out_folder,
                            "/osseo-bulk.ndjson", error);
    corpus_release(&corpus);
    return status;
}

static int verify_file(const char *path, struct osseo_error *error)
{
    struct file_map map = { NULL, 0 };
    struct index index;
    int status = file_map_open(&map, path, error);
    if (status == OSSEO_OK)
        status = index_open(&index, (struct slice){ map.bytes, map.n_bytes }, error);
    if (status == OSSEO_OK)
        status = verify_index(&index, error);
    file_map_close(&map);
    return error_name(error, status, path);
}

int osseo_check(const char *path, const struct osseo_options *options,
                void (*tell)(void *context, int is_error, const char *file, unsigned line,
                             const char *rule, const char *text),
                void *context, size_t *n_complaints, struct osseo_error *error)
{
    struct memory memory = memory_of(options);
    struct complaints complaints = { tell, context, error, 0, 0 };
    *n_complaints = 0;
    if (file_kind(path) == FILE_REGULAR)
        return verify_file(path, error);
    int status = check_folder(path, options == NULL ? 0 : options->today, &memory, &complaints);
    *n_complaints = complaints.n_errors + complaints.n_warnings;
    return status;
}

/* A report's size stands in front of it, so that it can be freed with the
 * allocator it came from. */
static int hand_out(char **report, struct buffer *text, int status, const struct memory *memory,
                    struct osseo_error *error)
{
    *report = NULL;
    if (status == OSSEO_OK && text->failed)
        status = error_no_memory(error);
    size_t size = sizeof(size_t) + text->n_bytes + 1;
    char *block = status == OSSEO_OK ? memory_allocate(memory, size) : NULL;
    if (status == OSSEO_OK && block == NULL)
        status = error_no_memory(error);
    if (status == OSSEO_OK) {
        memcpy(block, &size, sizeof size);
        if (text->n_bytes > 0)
            memcpy(block + sizeof size, text->bytes, text->n_bytes);
        block[size - 1] = '\0';
        *report = block + sizeof size;
    }
    buffer_release(text);
    return status;
}

void osseo_report_free(char *report, const struct osseo_options *options)
{
    struct memory memory = memory_of(options);
    size_t size;
    if (report == NULL)
        return;
    memcpy(&size, report - sizeof size, sizeof size);
    memory_free(&memory, report - sizeof size, size);
}

int osseo_check_lines(char **report, const char *folder, const struct osseo_options *options,
                      struct osseo_error *error)
{
    struct memory memory = memory_of(options);
    struct complaints complaints = { NULL, NULL, error, 0, 0 };
    struct buffer text;
    buffer_init(&text, &memory, SIZE_MAX);
    /* A compiled file has no lines left, and nothing is to be said of them. */
    int status = file_kind(folder) == FILE_REGULAR
                     ? OSSEO_OK
                     : check_lines(folder, &memory, &text, &complaints);
    return hand_out(report, &text, status, &memory, error);
}

int osseo_diff(char **report, size_t *n_changed, const char *old_path, const char *new_path,
               const struct osseo_options *options, struct osseo_error *error)
{
    struct memory memory = memory_of(options);
    struct buffer text;
    buffer_init(&text, &memory, SIZE_MAX);
    int status = diff_knowledges(old_path, new_path, &memory, &text, n_changed, error);
    return hand_out(report, &text, status, &memory, error);
}
