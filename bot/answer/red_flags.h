/* answer/red_flags.h -- what must interrupt, looked for before anything is ranked.
 *
 * The phrases and cards of red-flags.md are compiled into one block, which is read
 * in place (answer/flag_block.h).
 *
 * A phrase is matched word by word, each once and in order.  What then speaks
 * against it is in the rules: it is denied ("no fever"), only possible ("what if
 * it bleeds"), long over ("in 2016"), nobody's ("the cat is gasping"), or one of the
 * flag's harmless phrases.  All but the possible has to be said of the sign itself,
 * in one statement with it.  The rules' words stand in red-flags.md too, for a
 * dentist to read; when in doubt the card is shown. */
#ifndef ANSWER_RED_FLAGS_H
#define ANSWER_RED_FLAGS_H

#include "base/bytes.h"
#include "osseo.h"
#include "text/words.h"

#define NO_FLAG UINT32_MAX

struct red_flag {
    struct slice id, title, card;
    enum osseo_urgency level;
};

/* The most pressing flag whose phrase stands in the message and counts, or
 * NO_FLAG: emergencies first, then the order of the file.  A word of which
 * `is_unknown` (n; NULL for none) is true also matches words of five letters and
 * more that one typing mistake behind the first letter would make of it.  Scratch
 * memory comes from `arena`; NO_FLAG too when that runs out, with `*failed` set. */
uint32_t red_flags_find(struct slice block, const struct words *message, const bool *is_unknown,
                        struct arena *arena, bool *failed);

uint32_t red_flags_count(struct slice block);
struct red_flag red_flags_get(struct slice block, uint32_t flag);
/* The flag named `id`, or NO_FLAG. */
uint32_t red_flags_named(struct slice block, struct slice id);

#endif
