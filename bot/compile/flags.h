/* compile/flags.h -- the phrases and cards of red-flags.md to one block. */
#ifndef COMPILE_FLAGS_H
#define COMPILE_FLAGS_H

#include "base/buffer.h"
#include "corpus/flags.h"

/* Appends the block (answer/flag_block.h).  Complains about words that are no
 * words and lists that do not exist.  OSSEO_OK, OSSEO_EPARSE or OSSEO_ENOMEM. */
int flags_compile(struct buffer *out, const struct corpus *corpus, struct complaints *complaints);

#endif
