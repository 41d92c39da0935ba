/* index/builder.h -- passages to the parts of an index. */
#ifndef INDEX_BUILDER_H
#define INDEX_BUILDER_H

#include "base/memory.h"
#include "index/dictionary.h"
#include "index/weight.h"
#include "index/writer.h"
#include "text/analyzer.h"

/* A term of a field, counted. */
struct counted {
    uint32_t term;
    uint16_t tf[N_FIELDS];
};

struct builder {
    const struct memory *memory; /* borrowed */
    struct analyzer analyzer;
    struct dictionary terms;
    struct array shared;        /* struct counted: the fields that passages share */
    struct array counted;       /* struct counted: all passages', one after another */
    struct array counted_start; /* uint32_t: (n_passages + 1) */
    struct array lengths;       /* uint32_t: (n_passages, N_FIELDS) */
    struct array slot_of_term;  /* uint32_t: of the passage being counted, + 1 */
    uint32_t shared_length[N_FIELDS];
};

/* OSSEO_OK or OSSEO_ENOMEM.  Release in any case. */
int builder_init(struct builder *builder, const struct memory *memory);
void builder_release(struct builder *builder);

/* Counts text of a field that all passages added from now on share, such as
 * the heading of their section; builder_start_topic() forgets it. */
void builder_start_topic(struct builder *builder);
int builder_add_shared(struct builder *builder, enum field field, struct slice text);

/* Adds the next passage, whose id is the number of those before it. */
int builder_add_passage(struct builder *builder, struct slice text);

/* Writes terms, hash and postings.  The builder's last act. */
int builder_seal(struct builder *builder, const struct weight_parameters *parameters,
                 struct writer *writer);

#endif
