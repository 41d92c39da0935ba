#include "tests/lib/test.h"

#include "text/analyzer.h"

#include <stdlib.h>

TEST(every_word_of_the_vocabulary_has_its_stem)
{
    char line[256];
    unsigned n = 0;
    struct stemmer stemmer;
    FILE *file = fopen("tests/stem/english.tsv", "r");
    CHECK(file != NULL);
    CHECK(stemmer_init(&stemmer));
    while (fgets(line, sizeof line, file) != NULL) {
        char *tab = strchr(line, '\t');
        CHECK(tab != NULL);
        *tab = '\0';
        tab[1 + strcspn(tab + 1, "\n")] = '\0';
        struct slice stem = stemmer_stem(&stemmer, slice_of(line));
        if (!slice_equal(stem, slice_of(tab + 1)))
            print_error("%s gives %.*s, not %s\n", line, (int)stem.n_bytes, stem.bytes, tab + 1);
        CHECK(slice_equal(stem, slice_of(tab + 1)));
        CHECK_EQ(analyzer_beginning(stem), analyzer_beginning(slice_of(line)));
        n++;
    }
    CHECK(n >= 100);
    stemmer_release(&stemmer);
    fclose(file);
}

TEST(a_word_that_libstemmer_gives_up_on_stays_as_it_is)
{
    struct stemmer stemmer;
    CHECK(stemmer_init(&stemmer));
    CHECK(stemmer_stem(&stemmer, SLICE("\u03b9\u03c3\u03b1\u03b9\u03c3\u03b1")).n_bytes > 0);
    CHECK_EQ(stemmer_stem(&stemmer, SLICE("")).n_bytes, 0);
    CHECK_SLICE(stemmer_stem(&stemmer, SLICE("''s")), "''s"); /* of which nothing is left */
    stemmer_release(&stemmer);
}
