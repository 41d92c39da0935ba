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

/* The model's margin of "any flag" from which a card is shown.  By
 * cross-validation and on questions of other authors: below it false alarms on
 * look-alikes grow faster than what is found. */
#define DANGER_MARGIN (-0.35f)
/* So few words say too little for a guess: there the model must be sure, which is
 * a margin of 0, or a phrase must say so. */
#define FEW_DANGER_WORDS 3
/* Where an emergency comes this near to the likeliest urgent flag, the emergency's
 * card is shown: of two levels the higher. */
#define EMERGENCY_LEAN 0.25f

struct danger {
    uint32_t flag;  /* the one to tell, a number in SECTION_FLAGS, or NO_FLAG */
    bool is_phrase; /* a phrase says so, not the model alone */
};

/* OSSEO_OK or OSSEO_ENOMEM; scratch memory comes from `arena`. */
int danger_find(struct danger *out, const struct index *index, const struct query *query,
                struct arena *arena);

#endif
