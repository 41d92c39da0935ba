#include "rank/neighbours.h"

#include "index/postings.h"
#include "index/weight.h"

#include <math.h>

/* Times that the directions are multiplied by the collection: after 3 they rank
 * like the exact ones. */
#define N_ITERATIONS 4

/* A direction that is left with this part of the strongest is noise of rounding. */
#define LEAST_PIVOT 1e-12

typedef double row[N_DIMENSIONS];

/* product = A A' rows, where A has a passage a row and a term a column, of impact
 * times idf: term by term, so that A is never written out. */
static void multiply(row *product, const row *rows, const struct index *index)
{
    memset(product, 0, index->n_passages * sizeof *product);
    struct terms_walk walk;
    struct index_term term;
    terms_start(&walk, index);
    while (terms_next(&term, &walk)) {
        struct postings list;
        if (term.document_frequency < 2) /* says nothing about what is alike */
            continue;
        double idf = weight_idf(term.document_frequency, index->n_passages) / 255;
        row sum = { 0 };
        for (postings_open(&list, index, &term); list.passage < index->n_passages;
             postings_next(&list))
            for (int d = 0; d < N_DIMENSIONS; d++)
                sum[d] += postings_impact(&list) * idf * rows[list.passage][d];
        for (postings_open(&list, index, &term); list.passage < index->n_passages;
             postings_next(&list))
            for (int d = 0; d < N_DIMENSIONS; d++)
                product[list.passage][d] += postings_impact(&list) * idf * sum[d];
    }
}

/* gram = a' b */
static void inner_products(row *gram, const row *a, const row *b, size_t n)
{
    memset(gram, 0, N_DIMENSIONS * sizeof *gram);
    for (size_t p = 0; p < n; p++)
        for (int i = 0; i < N_DIMENSIONS; i++)
            for (int j = 0; j < N_DIMENSIONS; j++)
                gram[i][j] += a[p][i] * b[p][j];
}

/* The lower triangle L of  matrix = L L'  (Cholesky), in place.  A direction that
 * the ones before it hold already gets a column of zeros. */
static void factorise(row *matrix)
{
    double most = 0;
    for (int i = 0; i < N_DIMENSIONS; i++)
        most = matrix[i][i] > most ? matrix[i][i] : most;
    for (int j = 0; j < N_DIMENSIONS; j++) {
        for (int i = j; i < N_DIMENSIONS; i++)
            for (int k = 0; k < j; k++)
                matrix[i][j] -= matrix[i][k] * matrix[j][k];
        double pivot = matrix[j][j] > LEAST_PIVOT * most ? sqrt(matrix[j][j]) : 0;
        for (int i = j; i < N_DIMENSIONS; i++)
            matrix[i][j] = pivot == 0 ? 0 : matrix[i][j] / pivot;
        matrix[j][j] = pivot;
    }
}

/* Makes the columns orthonormal: rows inv(L'), where  rows' rows = L L'. */
static void orthonormalise(row *rows, size_t n, row *gram)
{
    inner_products(gram, (const row *)rows, (const row *)rows, n);
    factorise(gram);
    for (size_t p = 0; p < n; p++)
        for (int j = 0; j < N_DIMENSIONS; j++) {
            for (int k = 0; k < j; k++)
                rows[p][j] -= gram[j][k] * rows[p][k];
            rows[p][j] = gram[j][j] == 0 ? 0 : rows[p][j] / gram[j][j];
        }
}

/* 1 or -1 from xorshift (Marsaglia 2003): any start will do that leans nowhere. */
static void start_rows(row *rows, size_t n)
{
    uint32_t state = 2463534242u;
    for (size_t p = 0; p < n; p++)
        for (int d = 0; d < N_DIMENSIONS; d++) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            rows[p][d] = state & 0x10000 ? 1 : -1;
        }
}

/* Appends  unit L  in steps of 1/127 of its largest number: with  L L' = unit' A A' unit
 * its inner products are those of the passages seen in these directions. */
static void append_row(struct buffer *out, const double *unit, row *l)
{
    row vector = { 0 };
    double largest = 0;
    for (int i = 0; i < N_DIMENSIONS; i++)
        for (int j = 0; j <= i; j++)
            vector[j] += unit[i] * l[i][j];
    for (int d = 0; d < N_DIMENSIONS; d++)
        largest = fabs(vector[d]) > largest ? fabs(vector[d]) : largest;
    for (int d = 0; d < N_DIMENSIONS; d++)
        buffer_append_byte(out, (char)(largest == 0 ? 0 : lrint(vector[d] / largest * 127)));
}

int neighbours_write(struct buffer *out, const struct index *index, const struct memory *memory)
{
    struct arena arena;
    arena_init(&arena, memory);
    size_t n = index->n_passages;
    row *rows = arena_array(&arena, n, sizeof *rows);
    row *product = arena_array(&arena, n, sizeof *product);
    row *gram = arena_array(&arena, N_DIMENSIONS, sizeof *gram);
    int status = OSSEO_ENOMEM;
    if (rows == NULL || product == NULL || gram == NULL)
        goto done;
    start_rows(rows, n);
    for (int i = 0; i < N_ITERATIONS; i++) {
        row *before = rows;
        orthonormalise(rows, n, gram);
        multiply(product, (const row *)rows, index);
        if (i + 1 < N_ITERATIONS) {
            rows = product;
            product = before;
        }
    }
    inner_products(gram, (const row *)rows, (const row *)product, n);
    factorise(gram);
    for (size_t p = 0; p < n; p++)
        append_row(out, rows[p], gram);
    status = out->failed ? OSSEO_ENOMEM : OSSEO_OK;
done:
    arena_release(&arena);
    return status;
}

static int32_t inner_product(const int16_t *a, const int16_t *b)
{
    int32_t sum = 0;
    for (int d = 0; d < N_DIMENSIONS; d++)
        sum += a[d] * b[d];
    return sum;
}

void neighbours_get(struct neighbour *out, const struct index *index, passage_id passage)
{
    struct slice bytes = bytes_part(index->section[SECTION_NEIGHBOURS],
                                    (uint64_t)passage * N_DIMENSIONS, N_DIMENSIONS);
    const signed char *numbers = (const signed char *)bytes.bytes;
    for (int d = 0; d < N_DIMENSIONS; d++)
        out->row[d] = bytes.n_bytes == 0 ? 0 : numbers[d];
    out->square = inner_product(out->row, out->row);
}

double neighbours_cosine(const struct neighbour *a, const struct neighbour *b)
{
    int32_t both = inner_product(a->row, b->row);
    return both <= 0 ? 0 : both / sqrt((double)a->square * b->square);
}
