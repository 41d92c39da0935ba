/* index/builder.h -- passages to the parts of an index.
 *
 * Each term has its postings so far as a short list (index/postings.h) in a pool.
 * Where that may not grow further they go to disk as a run, in the order of their
 * terms; at the end the pieces of a list stand one behind another, those of the runs
 * first.  The file is the same however often that happened. */
#ifndef INDEX_BUILDER_H
#define INDEX_BUILDER_H

#include "base/memory.h"
#include "index/dictionary.h"
#include "index/pool.h"
#include "index/weight.h"
#include "index/writer.h"
#include "text/analyzer.h"

struct remembered;

/* Postings of one term, and where it is counted. */
struct growing {
    uint32_t epoch, counted; /* counted there if the epoch is still that */
    uint32_t next;           /* passage behind its last one */
    uint32_t df;
    struct pool_string list;
};

/* A term, and how often it was met, each time with its field's weight. */
struct counted {
    uint32_t term, tf;
};

struct counting {
    struct array terms; /* struct counted */
    uint32_t epoch, length;
};

struct builder {
    const struct weight_parameters *parameters; /* borrowed */
    struct osseo_error *error;                  /* borrowed */
    const char *path;  /* beside which runs are put; NULL for none, whatever it takes */
    size_t most_bytes; /* that it may take */
    struct {
        struct memory memory; /* all below comes from it; tells `below` */
        const struct memory *below;
        size_t n_bytes;
    } account;
    struct analyzer analyzer;
    struct dictionary terms;
    struct remembered *remembered; /* (n_remembered) words and their terms, by hash */
    size_t n_remembered;
    struct array growing;       /* struct growing, one a term */
    struct pool pool;
    struct counting shared, passage;
    uint32_t epoch;
    struct buffer lengths; /* a code for each passage */
    double sum_of_lengths;
    struct file_scratch runs;
    struct array run_starts; /* uint64_t */
};

/* `path`, parameters and error must outlive it.  OSSEO_OK or OSSEO_ENOMEM.  Release in
 * any case. */
int builder_init(struct builder *builder, const struct weight_parameters *parameters,
                 const struct memory *memory, struct osseo_error *error);
void builder_release(struct builder *builder);

/* Keeps all within about `most_bytes`, with runs beside `path`. */
void builder_bound(struct builder *builder, size_t most_bytes, const char *path);

/* Counts text of a field that all passages added from now on share, such as
 * the heading of their section; builder_start_topic() forgets it. */
void builder_start_topic(struct builder *builder);
int builder_add_shared(struct builder *builder, enum field field, struct slice text);

/* Adds the next passage, whose id is the number of those before it.  OSSEO_OK,
 * OSSEO_ENOMEM or OSSEO_EIO. */
int builder_add_passage(struct builder *builder, struct slice text);

/* Puts terms, impacts and lengths into the writer, and postings too, or where `output`
 * is not NULL straight into that.  The builder's last act.  Statuses as above. */
int builder_seal(struct builder *builder, struct writer *writer, struct output *output);

#endif
