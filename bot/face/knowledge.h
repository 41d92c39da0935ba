/* face/knowledge.h -- the knowledge that a face was told to use. */
#ifndef FACE_KNOWLEDGE_H
#define FACE_KNOWLEDGE_H

#include "osseo.h"

/* Today as YYYYMMDD, for struct osseo_options; 0 where the clock is off. */
unsigned knowledge_today(void);

/* Opens what is at `path`, or the built-in knowledge where it is NULL.  A corpus
 * without red flags of its own has those of the built-in one. */
int knowledge_open(struct osseo **out, const char *path, const struct osseo_options *options,
                   struct osseo_error *error);

#endif
