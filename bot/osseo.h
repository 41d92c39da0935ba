/* osseo.h -- ask an offline knowledge about dental implants.
 *
 * This header is the manual of the library.  A knowledge is opened once,
 * asked as often as wanted, and closed:
 *
 *     struct osseo *osseo;
 *     struct osseo_reply *reply;
 *     struct osseo_error error;
 *     const char *question = "is it safe for an implant to fuse with my jaw?";
 *
 *     if (osseo_open(&osseo, "knowledge", NULL, &error) != OSSEO_OK) {
 *         fprintf(stderr, "osseo: %s\n", error.text);
 *     } else {
 *         if (osseo_ask(&reply, osseo, NULL, question, strlen(question), &error) == OSSEO_OK) {
 *             puts(osseo_reply_json(reply, 0));
 *             osseo_reply_free(reply);
 *         }
 *         osseo_close(osseo);
 *     }
 *
 * Duty        A reply may carry a card: somebody may be in danger.  Show it
 *             first and whole, whatever else the reply holds, and show the
 *             caveat with every passage.
 * Lifetimes   A knowledge lives from osseo_open() to osseo_close(), a
 *             conversation from _new() to _free(), a reply from osseo_ask()
 *             to osseo_reply_free().  Strings handed out live as long as the
 *             object they were asked of.  Replies and conversations borrow
 *             from their knowledge: free them before it is closed.  Every
 *             free and close takes NULL.
 * Threads     An opened knowledge is never written to; any number of threads
 *             may ask it at once.  A conversation, a reply and a ranker belong
 *             to one thread at a time.  With an allocator of the host's own
 *             (struct osseo_options) that allocator has to stand threads, too.
 * Errors      Functions that can fail return OSSEO_OK or a negative status
 *             and, where `error` is not NULL, say why there; `*out` is then
 *             NULL.  Which statuses a function can return stands behind
 *             "Errors:".  A question that has no answer is a reply, not an error.
 * Text        UTF-8.  Whatever bytes a question holds, asking it is safe.
 *             Strings end in a zero byte; struct osseo_text does not.
 * Binaries    Handles are opaque.  Structs with a `reserved` member may use it
 *             in a later version, and enums may grow: a host leaves reserved
 *             members zero and takes an outcome it does not know for OSSEO_NONE.
 *             The other structs stay as they are for as long as the soname does.
 *
 * The library prints nothing, reads no clock, opens no socket, changes no
 * locale, and never exits. */
#ifndef OSSEO_H
#define OSSEO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of this header; osseo_version() tells that of the library that is running.  Until
 * 1.0 the soname, not the major number, says what fits together. */
#define OSSEO_VERSION_MAJOR 0
#define OSSEO_VERSION_MINOR 1
#define OSSEO_VERSION_PATCH 0
#define OSSEO_VERSION "0.1.0"

#if defined(__GNUC__)
#define OSSEO_API __attribute__((visibility("default")))
#else
#define OSSEO_API
#endif

enum osseo_status {
    OSSEO_OK = 0,
    OSSEO_ENOMEM = -1,   /* memory ran out; nothing was changed */
    OSSEO_EIO = -2,      /* a file or folder could not be read or written */
    OSSEO_EPARSE = -3,   /* the knowledge has a fault: file, line and text say which */
    OSSEO_ECORRUPT = -4, /* a compiled file is damaged or of another version */
    OSSEO_EINVALID = -5  /* an argument is out of its range */
};

/* What went wrong, in fixed arrays so that running out of memory can be told
 * without memory.  `file` is empty and `line` 0 where they do not apply.
 * `text` is one whole sentence for a person, place included. */
struct osseo_error {
    int status;
    unsigned line;
    char file[256];
    char text[768];
};

/* What a host may set.  Zero means the default, so a host writes only what it
 * cares about: `struct osseo_options options = { .n_choices = 5 };`, or all zero in
 * C++.  Copied by the function that takes it; what it points to is borrowed. */
struct osseo_options {
    /* All memory of the library comes from here when it is set: resize `block`
     * (NULL for a new one) of `old_size` bytes to `new_size` (0 frees it).  Blocks
     * are aligned as malloc's.  NULL back means out of memory, and the old block
     * stays as it was.  Called from every thread that asks; it and `context` must
     * work until the last handle is freed. */
    void *(*reallocate)(void *context, void *block, size_t old_size, size_t new_size);
    void *context;
    /* Choices and related questions in a reply, 1 to 10; 0 means 3. */
    unsigned n_choices;
    /* Called for each warning about a knowledge folder, NULL for silence. */
    void (*warn)(void *context, const char *file, unsigned line, const char *text);
    void *warn_context;
    /* Today as YYYYMMDD, against which review dates are held; 0 when unknown:
     * then no article counts as overdue.  The library reads no clock. */
    unsigned today;
    /* Whom to ask: a sentence behind each caveat and refusal, such as "Park Street
     * Dental: 020 7946 0123."  Borrowed until osseo_close(); NULL for none. */
    const char *contact;
    /* Reads a compiled file into memory and verifies it whole, instead of mapping
     * it: for a file that may be overwritten while it is in use.  Done anyway where
     * other users may write to it; a mapped file that is cut short ends the process. */
    int copies_file;
    /* A compiled knowledge in memory whose red flags are looked for where the one
     * that is opened has none (a JSONL corpus); NULL for no such.  Borrowed. */
    const void *red_flags;
    size_t n_red_flags;
    /* Of a JSONL corpus: a line that is no passage is an error and not a warning. */
    int is_strict;
    /* Bytes of memory that compiling a JSONL corpus to a file may take, about; 0 for
     * 512 MiB.  What does not fit goes to temporary files beside it. */
    size_t index_memory;
    /* Called now and then while that is done; NULL for silence. */
    void (*progress)(void *context, uint64_t n_read, uint64_t n_bytes);
    void *progress_context;
    /* Replies have no osseo_reply_why() and no shares to explain: for a host that shows
     * neither, which saves a tenth of the time. */
    int is_unexplained;
    void *reserved[4];
};

struct osseo;
struct osseo_conversation;
struct osseo_reply;

/* The library's version at run time, "major.minor.patch".  Lives for ever. */
OSSEO_API const char *osseo_version(void);

/* Opens a knowledge: a folder of articles or a .jsonl corpus, which are compiled in
 * memory first and take seconds, or a compiled .osx file, which is mapped and opens
 * at once, whatever its size; nobody may write to it while it is open.
 * `*out` is owned by the caller; close it with osseo_close().
 * Errors: OSSEO_EIO where there is nothing to read, OSSEO_EPARSE for a fault in a
 * folder or corpus, OSSEO_ECORRUPT for a compiled file, OSSEO_EINVALID where `path`
 * is NULL or an option out of its range, OSSEO_ENOMEM. */
OSSEO_API int osseo_open(struct osseo **out, const char *path, const struct osseo_options *options,
                         struct osseo_error *error);

/* Opens a compiled knowledge that lies in memory, as the bytes of an .osx file do.
 * They are borrowed, must outlive the handle and stay unchanged.
 * Errors: OSSEO_ECORRUPT, OSSEO_EINVALID for an option, OSSEO_ENOMEM. */
OSSEO_API int osseo_open_memory(struct osseo **out, const void *bytes, size_t n_bytes,
                                const struct osseo_options *options, struct osseo_error *error);

/* Frees the handle and unmaps its file.  Nothing of it may be in use any more. */
OSSEO_API void osseo_close(struct osseo *osseo);

/* A conversation remembers what the turn before was about, a topic and no words:
 * "how long does that take?" is then understood.  One for each person who asks.
 * Owned by the caller; free with osseo_conversation_free().  Errors: OSSEO_ENOMEM. */
OSSEO_API int osseo_conversation_new(struct osseo_conversation **out, const struct osseo *osseo,
                                     struct osseo_error *error);
OSSEO_API void osseo_conversation_free(struct osseo_conversation *conversation);

/* Forgets the turns so far. */
OSSEO_API void osseo_conversation_clear(struct osseo_conversation *conversation);

/* Sets what the turn before was about, as a topic's id; an unknown id forgets. */
OSSEO_API void osseo_conversation_set_topic(struct osseo_conversation *conversation,
                                            const char *topic);

/* Longest question that is read, in bytes; the rest of a longer one is cut. */
#define OSSEO_MAX_QUESTION 4096

/* Answers one question of `n_bytes` bytes.  `conversation` may be NULL: the question
 * then stands alone.  Takes well under a millisecond on the shipped knowledge.
 * `*out` is owned by the caller; free with osseo_reply_free().  Errors: OSSEO_ENOMEM;
 * the conversation is then as it was. */
OSSEO_API int osseo_ask(struct osseo_reply **out, const struct osseo *osseo,
                        struct osseo_conversation *conversation, const char *question,
                        size_t n_bytes, struct osseo_error *error);
OSSEO_API void osseo_reply_free(struct osseo_reply *reply);

/* The answer of a topic that was picked, not asked for: nothing is ranked, and its
 * heading stands for the question.  In a conversation, call
 * osseo_conversation_set_topic() beside it.  Owned as that of osseo_ask().
 * Errors: OSSEO_EINVALID where `topic` is no topic's id, OSSEO_ENOMEM. */
OSSEO_API int osseo_ask_topic(struct osseo_reply **out, const struct osseo *osseo,
                              const char *topic, struct osseo_error *error);

enum osseo_outcome {
    OSSEO_ANSWER,   /* the passage answers, with confidence */
    OSSEO_CHOICES,  /* not sure: up to n_choices headings to pick from */
    OSSEO_NONE,     /* no answer here; the nearest topics that exist are offered */
    OSSEO_SMALLTALK /* hello, thanks, help */
};

enum osseo_urgency {
    OSSEO_NO_URGENCY, /* no card; which does not mean that there is no danger */
    OSSEO_URGENT,     /* dentist or NHS 111 the same day */
    OSSEO_EMERGENCY   /* 999 or A&E */
};

struct osseo_source {
    const char *title, *publisher, *url; /* url may be NULL */
    unsigned year;                       /* 0 when not dated */
    unsigned reserved[5];
};

struct osseo_choice {
    const char *topic, *heading;
    double confidence; /* 0 .. 1; 0 for a related topic */
    void *reserved[2];
};

struct osseo_correction {
    const char *typed, *read_as;
};

/* The parts of a reply.  None of these can fail.  Strings are NULL where there is
 * nothing to say and live until osseo_reply_free(); a list's i-th item is empty
 * (NULLs and zeros) where there is none. */
OSSEO_API enum osseo_outcome osseo_reply_outcome(const struct osseo_reply *reply);
OSSEO_API enum osseo_urgency osseo_reply_urgency(const struct osseo_reply *reply);
/* The fixed advice to show first, and its id; NULL without urgency. */
OSSEO_API const char *osseo_reply_card(const struct osseo_reply *reply);
OSSEO_API const char *osseo_reply_card_id(const struct osseo_reply *reply);
/* The question as it was read, made valid UTF-8; 1 where it was cut to
 * OSSEO_MAX_QUESTION. */
OSSEO_API const char *osseo_reply_question(const struct osseo_reply *reply);
OSSEO_API int osseo_reply_was_cut(const struct osseo_reply *reply);
/* What the best candidate is: its topic's id, its article's title, its heading.
 * Set with OSSEO_ANSWER and, as the likeliest, with OSSEO_CHOICES. */
OSSEO_API const char *osseo_reply_topic(const struct osseo_reply *reply);
OSSEO_API const char *osseo_reply_article(const struct osseo_reply *reply);
OSSEO_API const char *osseo_reply_heading(const struct osseo_reply *reply);
/* The answer, with OSSEO_ANSWER only.  A line of it that starts with "- " is an item
 * of a list.  The key sentence is a part of the passage, the one to mark. */
OSSEO_API const char *osseo_reply_passage(const struct osseo_reply *reply);
OSSEO_API const char *osseo_reply_key_sentence(const struct osseo_reply *reply);
/* The probability, 0 .. 1, that the best candidate answers the question; 1 for a
 * topic that was picked. */
OSSEO_API double osseo_reply_confidence(const struct osseo_reply *reply);
/* The sentence that sends the person to their dentist; never NULL with OSSEO_ANSWER
 * and OSSEO_CHOICES. */
OSSEO_API const char *osseo_reply_caveat(const struct osseo_reply *reply);
/* What to say where there is no passage: a refusal, small talk, "About …". */
OSSEO_API const char *osseo_reply_say(const struct osseo_reply *reply);
/* When the article was reviewed, "YYYY-MM-DD"; 1 where its next review is overdue
 * (never without `today` among the options). */
OSSEO_API const char *osseo_reply_reviewed(const struct osseo_reply *reply);
OSSEO_API int osseo_reply_overdue(const struct osseo_reply *reply);
/* Where the passage comes from, in the order in which it names them. */
OSSEO_API size_t osseo_reply_n_sources(const struct osseo_reply *reply);
OSSEO_API struct osseo_source osseo_reply_source(const struct osseo_reply *reply, size_t i);
/* The best candidates, best first, whatever the outcome was; to be offered with
 * OSSEO_CHOICES and OSSEO_NONE. */
OSSEO_API size_t osseo_reply_n_choices(const struct osseo_reply *reply);
OSSEO_API struct osseo_choice osseo_reply_choice(const struct osseo_reply *reply, size_t i);
/* What people ask next, as the answered section lists it. */
OSSEO_API size_t osseo_reply_n_related(const struct osseo_reply *reply);
OSSEO_API struct osseo_choice osseo_reply_related(const struct osseo_reply *reply, size_t i);
/* Words that were taken for misspelt, and how they were read: say so. */
OSSEO_API size_t osseo_reply_n_corrections(const struct osseo_reply *reply);
OSSEO_API struct osseo_correction osseo_reply_correction(const struct osseo_reply *reply, size_t i);
/* In plain words what the answer was chosen by: the words that counted, how sure
 * that makes, the next nearest question.  NULL where there is no answer that was
 * asked for in words, and where replies are unexplained. */
OSSEO_API const char *osseo_reply_why(const struct osseo_reply *reply);
/* Further passages of the answered section, in the article's order, without
 * the one shown. */
OSSEO_API size_t osseo_reply_n_more(const struct osseo_reply *reply);
OSSEO_API const char *osseo_reply_more(const struct osseo_reply *reply, size_t i);

/* The reply as one line of JSON, without a newline: the accessors above by their
 * names, every key always there, null where empty; osseo(1) lists them.
 * `with_shares` adds what the score is made of.  Lives until it is asked for again
 * or the reply is freed.  NULL when memory ran out. */
OSSEO_API const char *osseo_reply_json(struct osseo_reply *reply, int with_shares);
/* Which terms matched, with what weights, adding up to the score: lines of
 * text for people.  Lives as the JSON does.  NULL when memory ran out. */
OSSEO_API const char *osseo_reply_explain(struct osseo_reply *reply);

/* Text that lies in the knowledge itself: bytes with a length, without a zero
 * behind them; it lives until osseo_close(). */
struct osseo_text {
    const char *bytes;
    size_t n_bytes;
};

/* What can be asked: the topics in the order of the articles. */
struct osseo_topic {
    struct osseo_text id, heading, article;
    size_t n_also_asked;
    size_t reserved[3];
};
OSSEO_API size_t osseo_n_topics(const struct osseo *osseo);
/* Topic `i`; empty texts for one that is not there. */
OSSEO_API struct osseo_topic osseo_topic(const struct osseo *osseo, size_t i);
/* The j-th other way to ask topic `i`, as its article lists them. */
OSSEO_API struct osseo_text osseo_also_asked(const struct osseo *osseo, size_t i, size_t j);

/* Passages in order, without deciding whether any of them answers: what a search
 * engine does.  A ranker holds what one thread needs for it.  Owned by the caller;
 * free with osseo_ranker_free(), before the knowledge is closed.
 * Errors: OSSEO_ENOMEM. */
struct osseo_ranker;
OSSEO_API int osseo_ranker_new(struct osseo_ranker **out, const struct osseo *osseo,
                               struct osseo_error *error);
OSSEO_API void osseo_ranker_free(struct osseo_ranker *ranker);

#define OSSEO_MAX_HITS 10000

struct osseo_hit {
    struct osseo_text id;      /* the topic's */
    unsigned passage_of_topic; /* 0 for its first */
    double score; /* comparable within one call only */
    void *reserved[2];
};

/* The `k` best passages for `text`, best first, at most OSSEO_MAX_HITS; of equal
 * ones the earlier in the knowledge.  `*hits` belongs to the ranker until its next
 * use.  Passages that share no term with the text are left out.
 * Errors: OSSEO_EINVALID for a greater `k`, OSSEO_ENOMEM. */
OSSEO_API int osseo_rank(const struct osseo_hit **hits, size_t *n_hits, struct osseo_ranker *ranker,
                         const char *text, size_t n_bytes, size_t k, struct osseo_error *error);

/* Compiles a knowledge folder or a .jsonl corpus to the file `path`, which is
 * written whole or not at all.  Errors: as osseo_open(), and OSSEO_EIO where the
 * file cannot be written or `source` is neither. */
OSSEO_API int osseo_index(const char *source, const char *path, const struct osseo_options *options,
                          struct osseo_error *error);

/* Writes a knowledge folder for OpenSearch or Elasticsearch into the folder `out_folder`:
 * osseo-index.json (analyzer, synonyms, field weights, BM25 settings) and
 * osseo-bulk.ndjson (one document a passage), each whole or not at all.
 * Errors: OSSEO_EIO, also where `folder` is none; OSSEO_EPARSE, OSSEO_ENOMEM. */
OSSEO_API int osseo_export_opensearch(const char *folder, const char *out_folder,
                                      const struct osseo_options *options,
                                      struct osseo_error *error);

/* Lints a knowledge folder, or verifies a compiled file whole.  Each complaint
 * goes to `tell`: its file, line, rule and text.  `*n_complaints` counts them.
 * OSSEO_OK whatever was found, as long as it could be looked for.
 * Errors: OSSEO_EIO, OSSEO_ECORRUPT for a compiled file, OSSEO_ENOMEM. */
OSSEO_API int osseo_check(const char *path, const struct osseo_options *options,
                          void (*tell)(void *context, int is_error, const char *file,
                                       unsigned line, const char *rule, const char *text),
                          void *context, size_t *n_complaints, struct osseo_error *error);

/* Asks each line of a folder's asked/ by a knowledge that has not seen it, and
 * reports how many are answered right: by voice, by topic, and which topics take
 * lines of which.  `*report` is owned by the caller; free with
 * osseo_report_free().  Takes a dozen compilations.
 * Errors: OSSEO_EIO, OSSEO_EPARSE, OSSEO_ENOMEM. */
OSSEO_API int osseo_check_lines(char **report, const char *folder,
                                const struct osseo_options *options, struct osseo_error *error);

/* Asks two knowledges all that either holds and reports the replies that differ;
 * `*n_changed` counts them.  `*report` as above.  Errors: as osseo_open(). */
OSSEO_API int osseo_diff(char **report, size_t *n_changed, const char *old_path,
                         const char *new_path, const struct osseo_options *options,
                         struct osseo_error *error);

/* `options` are those that the report was made with. */
OSSEO_API void osseo_report_free(char *report, const struct osseo_options *options);

#ifdef __cplusplus
}
#endif

#endif
