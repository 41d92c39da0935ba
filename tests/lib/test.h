/* tests/lib/test.h -- a thin face on cmocka.
 *
 *   TEST(a_sentence_that_is_true_when_it_passes)
 *   {
 *       CHECK(...);
 *   }
 *
 * Tests register themselves; tests/lib/main.c runs them all. */
#ifndef TESTS_LIB_TEST_H
#define TESTS_LIB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"

void test_register(const char *name, void (*run)(void **fixture));

#define TEST(name)                                                          \
    static void name(void **fixture);                                         \
    __attribute__((constructor)) static void register_##name(void)          \
    {                                                                       \
        test_register(#name, name);                                         \
    }                                                                       \
    static void name(void **fixture __attribute__((unused)))

#define CHECK(condition) assert_true(condition)
#define CHECK_EQ(actual, expected) assert_int_equal(actual, expected)
#define CHECK_TEXT(actual, expected) assert_string_equal(actual, expected)
#define CHECK_NEAR(actual, expected)                                        \
    check_near((double)(actual), (double)(expected), __FILE__, __LINE__)
#define CHECK_SLICE(actual, expected)                                       \
    check_slice((actual), (expected), __FILE__, __LINE__)

void check_near(double actual, double expected, const char *file, int line);
void check_slice(struct slice actual, const char *expected, const char *file, int line);

/* An allocator that counts what is live and fails at its n-th call. */
struct failing_heap {
    long fail_at;     /* calls from now; below 0 never */
    bool fails_once;  /* else all later calls fail too */
    bool has_failed;
    long live_blocks; /* handed out and not yet freed */
    size_t live_bytes;
};
void *failing_heap_reallocate(void *context, void *block, size_t old_size, size_t new_size);

#endif
