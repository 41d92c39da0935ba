#include "rank/fit.h"

#include "osseo.h"

#include <math.h>
#include <stdlib.h>

const struct fit_options fit_defaults = {
    .cost = 1.0f, .n_passes = 10, .least_lines = 2, .prune = 0.03f, .is_stemmed = true
};

/* So many lines say all that matters more than twice: without what two lines of 40,000
 * hold the models take a third less room, and no measure is worse. */
#define MANY_LINES 10000

/* A line as a sparse row. */
struct cell {
    uint32_t feature;
    float value;
};

struct fitting {
    const struct fit_options *options;
    struct arena arena;
    uint32_t n_classes;
    size_t stride; /* classes rounded up, so that rows are whole vectors */
    size_t n_lines, n_features;
    struct cell *cells;   /* all lines', one after another */
    size_t *start;        /* (n_lines + 1) */
    const struct fit_line *lines; /* (n_lines); borrowed */
    uint32_t *keys;       /* (n_features), sorted */
    float *idf;           /* (n_features) */
    float *weight;        /* (n_features + 1, stride); the last row is the bias */
    float *alpha;         /* (n_lines, stride) */
};

#define VECTOR 8 /* floats; classes are padded to a multiple, for the compiler's vectors */

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Features in at least `least_lines` lines, sorted by key, with their idf. */
static bool choose_features(struct fitting *f, const struct features *features)
{
    size_t total = 0, n = 0;
    for (size_t i = 0; i < f->n_lines; i++)
        total += features[i].n;
    uint32_t *all = arena_array(&f->arena, total, sizeof *all);
    f->keys = arena_array(&f->arena, total, sizeof *f->keys);
    f->idf = arena_array(&f->arena, total, sizeof *f->idf);
    if (all == NULL || f->keys == NULL || f->idf == NULL)
        return false;
    for (size_t i = 0; i < f->n_lines; i++)
        for (size_t j = 0; j < features[i].n; j++)
            all[n++] = features[i].items[j].key;
    if (n > 0)
        qsort(all, n, sizeof *all, by_value);
    unsigned least = f->options->least_lines + (f->n_lines >= MANY_LINES ? 1 : 0);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && all[end] == all[i]; end++)
            ;
        if (end - i < least)
            continue;
        f->keys[f->n_features] = all[i];
        /* ln((1 + n) / (1 + df)) + 1: smoothed, never 0. */
        f->idf[f->n_features++] =
            (float)(log((1.0 + (double)f->n_lines) / (1.0 + (double)(end - i))) + 1.0);
    }
    return true;
}

static size_t find_feature(const struct fitting *f, uint32_t key)
{
    const uint32_t *found =
        f->n_features == 0
            ? NULL
            : bsearch(&key, f->keys, f->n_features, sizeof *f->keys, by_value);
    return found == NULL ? f->n_features : (size_t)(found - f->keys);
}

/* Lines to rows of scaled values, as linear_values_of() will make them. */
static bool make_rows(struct fitting *f, const struct features *features)
{
    size_t total = 0, n = 0;
    for (size_t i = 0; i < f->n_lines; i++)
        total += features[i].n;
    f->cells = arena_array(&f->arena, total, sizeof *f->cells);
    f->start = arena_array(&f->arena, f->n_lines + 1, sizeof *f->start);
    if (f->cells == NULL || f->start == NULL)
        return false;
    for (size_t i = 0; i < f->n_lines; i++) {
        float words = 0, letters = 0;
        size_t first = n;
        unsigned char *kinds = arena_allocate(&f->arena, features[i].n);
        if (kinds == NULL)
            return false;
        for (size_t j = 0; j < features[i].n; j++) {
            const struct feature *feature = &features[i].items[j];
            size_t number = find_feature(f, feature->key);
            if (number == f->n_features)
                continue;
            float value = linear_raw_value(feature->count, f->idf[number]);
            kinds[n - first] = feature->kind;
            *(feature->kind == FEATURE_LETTERS ? &letters : &words) += value * value;
            f->cells[n++] = (struct cell){ (uint32_t)number, value };
        }
        float groups = (float)((words > 0) + (letters > 0));
        for (size_t j = first; j < n; j++) {
            float length = kinds[j - first] == FEATURE_LETTERS ? letters : words;
            f->cells[j].value /= sqrtf(length * groups);
        }
        f->start[i + 1] = n;
    }
    return true;
}

/* One step of the paper's algorithm for line `i`, for all classes. */
static void visit(struct fitting *f, size_t i, float *margin)
{
    const struct cell *cells = f->cells + f->start[i];
    size_t n_cells = f->start[i + 1] - f->start[i], stride = f->stride;
    float *bias = f->weight + f->n_features * stride, *alpha = f->alpha + i * stride;
    float square = 1; /* of the row's length, the bias' 1 included */
    const float diagonal = 0.5f / f->options->cost;

    memcpy(margin, bias, stride * sizeof *margin);
    for (size_t j = 0; j < n_cells; j++) {
        const float *row = f->weight + (size_t)cells[j].feature * stride;
        float value = cells[j].value;
        square += value * value;
        for (size_t c = 0; c < stride; c++)
            margin[c] += value * row[c];
    }
    /* The margins become the changes of y alpha. */
    bool changed = false;
    for (size_t c = 0; c < stride; c++) {
        float y = c == f->lines[i].class || c == f->lines[i].group ? 1.0f : -1.0f;
        float gradient = y * margin[c] - 1.0f + diagonal * alpha[c];
        float next = alpha[c] - gradient / (square + diagonal);
        next = next > 0 ? next : 0;
        margin[c] = (next - alpha[c]) * y;
        alpha[c] = next;
        changed = changed || margin[c] != 0;
    }
    if (!changed)
        return;
    for (size_t c = 0; c < stride; c++)
        bias[c] += margin[c];
    for (size_t j = 0; j < n_cells; j++) {
        float *row = f->weight + (size_t)cells[j].feature * stride;
        float value = cells[j].value;
        for (size_t c = 0; c < stride; c++)
            row[c] += value * margin[c];
    }
}

static bool descend(struct fitting *f)
{
    f->stride = (f->n_classes + VECTOR - 1) / VECTOR * VECTOR;
    f->weight = arena_array(&f->arena, (f->n_features + 1) * f->stride, sizeof *f->weight);
    f->alpha = arena_array(&f->arena, f->n_lines * f->stride, sizeof *f->alpha);
    size_t *order = arena_array(&f->arena, f->n_lines, sizeof *order);
    float *margin = arena_array(&f->arena, f->stride, sizeof *margin);
    if (f->weight == NULL || f->alpha == NULL || order == NULL || margin == NULL)
        return false;

    for (size_t i = 0; i < f->n_lines; i++)
        order[i] = i;
    uint64_t state = 88172645463325252u; /* Marsaglia 2003, xorshift64: any start but 0 */
    for (unsigned pass = 0; pass < f->options->n_passes; pass++) {
        for (size_t i = f->n_lines; i-- > 1;) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            size_t other = (size_t)(state % (i + 1)), kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        for (size_t i = 0; i < f->n_lines; i++)
            visit(f, order[i], margin);
    }
    return true;
}

/* Quantises and prunes; the file keeps no trace of features without weights. */
static bool write_model(struct fitting *f, struct buffer *out)
{
    float largest = 0;
    for (size_t i = 0; i < f->n_features; i++)
        for (size_t c = 0; c < f->n_classes; c++)
            if (fabsf(f->weight[i * f->stride + c]) > largest)
                largest = fabsf(f->weight[i * f->stride + c]);
    float step = largest > 0 ? largest / INT16_MAX : 1, least = largest * f->options->prune;
    uint32_t n_slots = 4;
    while (n_slots < f->n_features / 2 * 3 + 2)
        n_slots *= 2;
    uint32_t *slots = arena_array(&f->arena, n_slots, sizeof *slots);
    uint32_t *first = arena_array(&f->arena, f->n_features + 1, sizeof *first);
    if (slots == NULL || first == NULL)
        return false;

    struct buffer weights;
    buffer_init(&weights, out->memory, SIZE_MAX);
    for (size_t i = 0; i < f->n_features; i++) {
        for (uint32_t c = 0; c < f->n_classes; c++) {
            float weight = f->weight[i * f->stride + c];
            if (fabsf(weight) < least || weight == 0)
                continue;
            buffer_append_u16(&weights, (uint16_t)c);
            buffer_append_u16(&weights, (uint16_t)(int16_t)lrintf(weight / step));
        }
        first[i + 1] = (uint32_t)(weights.n_bytes / LINEAR_WEIGHT_BYTES);
        if (first[i + 1] == first[i])
            continue;
        uint32_t slot = f->keys[i] & (n_slots - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (n_slots - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    buffer_append_u32(out, f->n_classes);
    buffer_append_u32(out, n_slots);
    buffer_append_f32(out, step);
    buffer_append_u32(out, 0);
    for (uint32_t c = 0; c < f->n_classes; c++)
        buffer_append_f32(out, f->weight[f->n_features * f->stride + c]);
    for (uint32_t s = 0; s < n_slots; s++) {
        uint32_t i = slots[s];
        buffer_append_u32(out, i == 0 ? 0 : f->keys[i - 1]);
        buffer_append_u32(out, i == 0 ? 0 : first[i - 1]);
        buffer_append_u32(out, i == 0 ? 0 : first[i] - first[i - 1]);
        buffer_append_f32(out, i == 0 ? 0 : f->idf[i - 1]);
    }
    buffer_append_slice(out, buffer_slice(&weights));
    bool is_whole = !weights.failed && !out->failed;
    buffer_release(&weights);
    return is_whole;
}

int fit_model(struct buffer *out, const struct fit_line *lines, size_t n_lines, uint32_t n_classes,
              const struct fit_options *options, const struct memory *memory)
{
    struct fitting f = {
        .options = options, .n_classes = n_classes, .n_lines = n_lines, .lines = lines
    };
    int status = OSSEO_ENOMEM;
    arena_init(&f.arena, memory);
    struct features *features = arena_array(&f.arena, n_lines, sizeof *features);
    struct stemmer stemmer;
    if (!stemmer_init(&stemmer) || features == NULL)
        goto done;
    for (size_t i = 0; i < n_lines; i++) {
        struct words words;
        if (words_read(&words, lines[i].text, &f.arena) != OSSEO_OK ||
            features_of(&features[i], &words, options->is_stemmed ? &stemmer : NULL,
                        &f.arena) != OSSEO_OK)
            goto done;
    }
    if (choose_features(&f, features) && make_rows(&f, features) && descend(&f) &&
        write_model(&f, out))
        status = OSSEO_OK;
done:
    stemmer_release(&stemmer);
    arena_release(&f.arena);
    return status;
}
