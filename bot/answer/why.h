/* answer/why.h -- in plain words what a topic was chosen by. */
#ifndef ANSWER_WHY_H
#define ANSWER_WHY_H

#include "answer/reply.h"
#include "text/words.h"

/* Appends two or three sentences: the words of the question that counted most,
 * how sure that makes, and the next nearest question.  `words` are the question's,
 * as read; reply->shares are sorted, the largest first. */
void why_write(struct buffer *out, const struct osseo_reply *reply, const struct words *words);

#endif
