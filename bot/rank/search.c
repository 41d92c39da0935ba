#include "rank/search.h"

#include "index/postings.h"

int search_all(const struct index *index, const struct query *query, score_units *scores)
{
    struct postings postings;
    memset(scores, 0, index->n_passages * sizeof *scores);
    for (size_t i = 0; i < query->n_terms; i++) {
        postings_open(&postings, index, &query->terms[i].term);
        for (; postings.passage < index->n_passages; postings_next(&postings))
            scores[postings.passage] += (score_units)query->terms[i].weight * postings_impact(&postings);
    }
    return OSSEO_OK;
}

/* True where `a` is to stand before `b`. */
static bool is_better(struct hit a, struct hit b)
{
    return a.score != b.score ? a.score > b.score : a.passage < b.passage;
}

/* The k best so far: when there are so many, a heap whose root is the worst of them. */
struct top {
    struct hit *hits; /* (k) */
    size_t n, k;
};

static void sift_down(struct top *top, size_t at)
{
    struct hit moved = top->hits[at];
    for (size_t child = 2 * at + 1; child < top->n; child = 2 * at + 1) {
        if (child + 1 < top->n && is_better(top->hits[child], top->hits[child + 1]))
            child++;
        if (!is_better(moved, top->hits[child]))
            break;
        top->hits[at] = top->hits[child];
        at = child;
    }
    top->hits[at] = moved;
}

static void add_hit(struct top *top, struct hit hit)
{
    if (top->n < top->k) {
        top->hits[top->n++] = hit;
        for (size_t i = top->n == top->k ? top->k / 2 : 0; i-- > 0;)
            sift_down(top, i);
    } else if (top->k > 0 && is_better(hit, top->hits[0])) {
        top->hits[0] = hit;
        sift_down(top, 0);
    }
}

/* What a passage must score more than to be among the best, when it comes after
 * all that were seen: of two that score alike the earlier one is better. */
static score_units threshold(const struct top *top)
{
    return top->n < top->k ? 0 : top->hits[0].score;
}

/* Shell's method (1959) with Knuth's gaps: for the few hits of most questions that is
 * plain insertion, which is fastest, and passes over what comes behind the k-th. */
void search_order(struct hit *hits, size_t n, size_t k)
{
    size_t gap = 1;
    while (gap < n / 32)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3)
        for (size_t i = gap; i < n; i++) {
            struct hit hit = hits[i];
            size_t at = gap == 1 && i > k ? k : i;
            for (; at >= gap && is_better(hit, hits[at - gap]); at -= gap)
                hits[at] = hits[at - gap];
            hits[at] = hit;
        }
}

struct hit search_first(const struct hit *hits, size_t n)
{
    struct hit first = hits[0];
    for (size_t i = 1; i < n; i++)
        first = is_better(hits[i], first) ? hits[i] : first;
    return first;
}

size_t search_top(const score_units *scores, uint32_t n_passages, struct hit *hits, size_t k)
{
    struct top top = { hits, 0, k };
    for (passage_id p = 0; p < n_passages && k > 0; p++)
        if (scores[p] > threshold(&top))
            add_hit(&top, (struct hit){ p, scores[p] });
    search_order(hits, top.n, top.n);
    return top.n;
}

/* Passages that are looked at together: their sums fit the first-level cache, and a bit
 * for each 64 of them fits a word. */
#define WINDOW 4096

/* A term on its way through the passages. */
struct walker {
    struct postings postings;
    uint32_t weight;
    uint32_t block;    /* the first that may reach into the window */
    score_units bound; /* what it can add to a passage of the window */
};

struct searching {
    struct walker **order; /* (n): those that may add least come first */
    score_units *sums;     /* (n + 1): what the first i together can add */
    size_t n, n_optional;  /* the first so many cannot lift a passage by themselves */
    score_units *scores;   /* (WINDOW, or n_passages where there are fewer) */
    uint16_t *candidates;  /* (as many): passages of the window that can be hits still */
    uint64_t any;               /* a bit for each word of `seen` that is not 0 */
    uint64_t seen[WINDOW / 64]; /* a bit for each passage with a score */
};

/* The most that a walker can add to a passage from `start` to before `end`. */
static score_units bound_in(struct walker *w, passage_id start, passage_id end)
{
    const struct postings *p = &w->postings;
    uint8_t largest = 0;
    while (w->block < p->n_blocks && postings_block_last(p, w->block) < start)
        w->block++;
    for (uint32_t b = w->block; b < p->n_blocks; b++) {
        uint8_t here = postings_block_largest(p, b);
        largest = here > largest ? here : largest;
        if (postings_block_last(p, b) >= end - 1)
            break;
    }
    return (score_units)w->weight * largest;
}

/* Bounds, order and sums for a window; false where no passage of it can be a hit. */
static bool plan_window(struct searching *s, passage_id start, passage_id end, score_units least)
{
    for (size_t i = 0; i < s->n; i++) {
        struct walker *w = s->order[i];
        w->bound = bound_in(w, start, end);
        size_t at = i;
        for (; at > 0 && s->order[at - 1]->bound > w->bound; at--)
            s->order[at] = s->order[at - 1];
        s->order[at] = w;
    }
    s->sums[0] = 0;
    for (size_t i = 0; i < s->n; i++)
        s->sums[i + 1] = s->sums[i] + s->order[i]->bound;
    s->n_optional = 0;
    while (s->n_optional < s->n && s->sums[s->n_optional + 1] <= least)
        s->n_optional++;
    return s->n_optional < s->n;
}

/* Adds up one term over the window. */
static void add_all(struct searching *s, struct walker *w, passage_id start, passage_id end)
{
    struct postings *p = &w->postings;
    uint64_t any = s->any;
    postings_seek(p, start);
    while (p->passage < end) {
        const struct impacts impacts = p->impacts;
        uint32_t i = p->at, n = p->n;
        for (; i < n && p->passages[i] < end; i++) {
            passage_id passage = p->passages[i], at = passage - start;
            uint8_t impact = impact_of(impacts, p->tf[i] % N_TF_CODES, passage);
            s->scores[at] += (score_units)w->weight * impact;
            s->seen[at / 64] |= 1ull << at % 64;
            any |= 1ull << at / 64;
        }
        p->at = i - 1;
        postings_next(p);
    }
    s->any = any;
}

/* Puts a passage of the window among the candidates where it can score more than
 * `least` when `more` is added, and else forgets it.  Either is as likely, so there is
 * no branch. */
static size_t keep(struct searching *s, size_t n, unsigned at, score_units more, score_units least)
{
    score_units score = s->scores[at];
    bool is_kept = score + more > least;
    s->candidates[n] = (uint16_t)at;
    s->scores[at] = is_kept ? score : 0;
    return n + is_kept;
}

/* The candidates among all passages with a score, in order. */
static size_t list_candidates(struct searching *s, score_units more, score_units least)
{
    size_t n = 0;
    for (; s->any != 0; s->any &= s->any - 1) {
        unsigned word = (unsigned)__builtin_ctzll(s->any);
        for (uint64_t bits = s->seen[word]; bits != 0; bits &= bits - 1)
            n = keep(s, n, word * 64 + (unsigned)__builtin_ctzll(bits), more, least);
        s->seen[word] = 0;
    }
    return n;
}

/* Looks the candidates up in a term's list; `more` is what later ones can add. */
static size_t look_up(struct searching *s, struct walker *w, size_t n, passage_id start,
                      score_units more, score_units least)
{
    struct postings *p = &w->postings;
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned at = s->candidates[i];
        postings_seek(p, start + at);
        if (p->passage == start + at)
            s->scores[at] += (score_units)w->weight * postings_impact(p);
        n_kept = keep(s, n_kept, at, more, least);
    }
    return n_kept;
}

/* The required terms bring passages up; the optional ones, those that can add most
 * first, are looked up for what can still be a hit. */
static void search_window(struct searching *s, struct top *top, passage_id start, passage_id end)
{
    score_units least = threshold(top);
    if (!plan_window(s, start, end, least))
        return;
    for (size_t i = s->n_optional; i < s->n; i++)
        add_all(s, s->order[i], start, end);
    size_t n = list_candidates(s, s->sums[s->n_optional], least);
    for (size_t i = s->n_optional; i-- > 0 && n > 0;)
        n = look_up(s, s->order[i], n, start, s->sums[i], least);
    for (size_t i = 0; i < n; i++) {
        struct hit hit = { start + s->candidates[i], s->scores[s->candidates[i]] };
        s->scores[s->candidates[i]] = 0;
        if (hit.score > threshold(top))
            add_hit(top, hit);
    }
}

int search_best(struct hit *hits, size_t *n_hits, size_t k, const struct index *index,
                const struct query *query, struct arena *arena)
{
    struct searching *s = arena_allocate(arena, sizeof *s);
    struct walker *walkers = arena_array(arena, query->n_terms, sizeof *walkers);
    struct top top = { hits, 0, k };
    if (s == NULL || walkers == NULL)
        return OSSEO_ENOMEM;
    size_t n_window = index->n_passages < WINDOW ? index->n_passages : WINDOW;
    s->scores = arena_array(arena, n_window, sizeof *s->scores);
    s->candidates = arena_array(arena, n_window + 1, sizeof *s->candidates);
    s->order = arena_array(arena, query->n_terms, sizeof *s->order);
    s->sums = arena_array(arena, query->n_terms + 1, sizeof *s->sums);
    if (s->scores == NULL || s->candidates == NULL || s->order == NULL || s->sums == NULL)
        return OSSEO_ENOMEM;
    for (size_t i = 0; i < query->n_terms; i++) {
        struct walker *w = &walkers[s->n];
        postings_open(&w->postings, index, &query->terms[i].term);
        w->weight = query->terms[i].weight;
        w->block = 0;
        if (w->postings.passage != NO_PASSAGE)
            s->order[s->n++] = w;
    }
    for (passage_id start = 0; start < index->n_passages && k > 0;) {
        uint32_t left = index->n_passages - start, n = left < WINDOW ? left : WINDOW;
        search_window(s, &top, start, start + n);
        start += n;
    }
    *n_hits = top.n;
    return OSSEO_OK;
}

score_units search_share(const struct index *index, const struct query_term *term,
                         passage_id passage)
{
    struct postings postings;
    postings_open(&postings, index, &term->term);
    postings_seek(&postings, passage);
    return postings.passage == passage ? (score_units)term->weight * postings_impact(&postings) : 0;
}
