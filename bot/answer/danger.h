/* answer/danger.h -- is somebody in danger?
 *
 * Two opinions, of which either is enough: the phrases of red-flags.md, in the
 * words as typed (mistakes in their own words allowed for) and as corrected; and a linear model over surface words and
 * runs of letters, fitted to red-flag lines against harmless ones, for wordings
 * that nobody wrote down. */
#ifndef ANSWER_DANGER_H
#define ANSWER_DANGER_H

#include "answer/red_flags.h"
#include "index/reader.h"
#include "rank/query.h"

/* How much danger the model sees: the margin of "any flag", less ALIKE_WEIGHT times
 * that of "look-alike", which does not count below LEAST_ALIKE: there it says only that
 * the message is not about such things at all.  Cross-validated over 3,782 flags, 2,633
 * look-alikes and 24,260 questions: at the same 88 of 100 flags found (with the phrases,
 * and with the neighbours of a line left out too) 11 of 100 look-alikes show a card
 * where "any flag" alone shows 14. */
#define ALIKE_WEIGHT 0.5f
#define LEAST_ALIKE (-0.7f)
/* What the likeliest flag adds to it: alarm without a flag that it could be is none. */
#define FLAG_WEIGHT 0.7f
/* From so much danger on a card is shown: of 324 flags of three authors 264 are found by
 * the model alone, and 39 of 1,481 questions, look-alikes and off-topic lines show a card;
 * without FLAG_WEIGHT 42 do where 262 are found. Lower, the latter grow faster. */
#define DANGER_MARGIN (-0.5f)
/* So few words say too little for a guess: there the model must be surer, or a phrase
 * must say so. */
#define FEW_DANGER_WORDS 3
#define FEW_WORDS_MARGIN 0.3f
/* "Dad's diabetic and on insulin" is a beginning, too. */
#define SOME_DANGER_WORDS 7
#define SOME_WORDS_MARGIN 0.0f
/* Where an emergency comes this near to the likeliest urgent flag, the emergency's
 * card is shown: of two levels the higher.  Of six authors' emergencies those that need
 * it lie within 0.16; within 0.35 three times as many urgent signs would show the
 * emergency's card, "my gum is bleeding since yesterday" that of sepsis. */
#define EMERGENCY_LEAN 0.2f

struct danger {
    uint32_t flag;  /* the one to tell, a number in SECTION_FLAGS, or NO_FLAG */
    bool is_phrase; /* a phrase says so, not the model alone */
};

/* OSSEO_OK or OSSEO_ENOMEM; scratch memory comes from `arena`. */
int danger_find(struct danger *out, const struct index *index, const struct query *query,
                struct arena *arena);

#endif
