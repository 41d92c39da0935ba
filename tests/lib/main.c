#include "tests/lib/test.h"

#include <math.h>
#include <stdlib.h>

#define MOST_TESTS 2000

static struct CMUnitTest tests[MOST_TESTS];
static size_t n_tests;

void test_register(const char *name, void (*run)(void **state))
{
    if (n_tests == MOST_TESTS)
        abort();
    tests[n_tests++] = (struct CMUnitTest){ name, run, NULL, NULL, NULL };
}

void check_near(double actual, double expected, const char *file, int line)
{
    if (fabs(actual - expected) > 1e-9 * (1 + fabs(expected))) {
        print_error("%.12g is not %.12g\n", actual, expected);
        _fail(file, line);
    }
}

void check_slice(struct slice actual, const char *expected, const char *file, int line)
{
    if (!slice_equal(actual, slice_of(expected))) {
        print_error("\"%.*s\" is not \"%s\"\n", (int)actual.n_bytes, actual.bytes, expected);
        _fail(file, line);
    }
}

void *failing_heap_reallocate(void *context, void *block, size_t old_size, size_t new_size)
{
    struct failing_heap *heap = context;
    if (new_size == 0) {
        if (block != NULL) {
            heap->live_blocks--;
            heap->live_bytes -= old_size;
        }
        free(block);
        return NULL;
    }
    if (heap->fail_at == 0) {
        heap->has_failed = true;
        heap->fail_at = heap->fails_once ? -1 : 0;
        return NULL;
    }
    heap->fail_at -= heap->fail_at > 0;
    void *resized = realloc(block, new_size);
    if (resized == NULL)
        return NULL;
    heap->live_blocks += block == NULL;
    heap->live_bytes += new_size - old_size;
    return resized;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

int main(void)
{
    /* In the order of names, not of linking; cmocka reads from a copy. */
    qsort(tests, n_tests, sizeof *tests, by_name);
    return _cmocka_run_group_tests("unit", tests, n_tests, NULL, NULL) != 0;
}
