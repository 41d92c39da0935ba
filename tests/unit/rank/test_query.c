#include "tests/lib/test.h"

#include "answer/evidence.h"
#include "compile/compile.h"
#include "osseo.h"
#include "rank/query.h"
#include "rank/ranking.h"

/* The small knowledge, compiled and opened. */
static struct buffer file;
static struct index index_of_small;

static const struct index *small(void)
{
    struct complaints complaints = { NULL, NULL, NULL, 0, 0 };
    if (file.memory == NULL) {
        buffer_init(&file, &memory_default, SIZE_MAX);
        CHECK_EQ(compile_folder(&file, "tests/knowledge/small", &memory_default, &complaints), 0);
        CHECK_EQ(index_open(&index_of_small, buffer_slice(&file), NULL), 0);
    }
    return &index_of_small;
}

static struct query read(const char *text, struct arena *arena)
{
    struct query query;
    arena_init(arena, &memory_default);
    CHECK_EQ(query_read(&query, small(), slice_of(text), &query_defaults, arena), 0);
    return query;
}

TEST(a_synonym_adds_a_term_with_less_weight_than_the_word_itself)
{
    struct arena a, b;
    struct query lay = read("fag", &a), plain = read("smoke", &b);
    const struct query_term *added = NULL;
    for (size_t i = 0; i < lay.n_terms; i++)
        if (slice_equal(lay.terms[i].name, SLICE("smoke")))
            added = &lay.terms[i];
    CHECK(added != NULL);
    CHECK_SLICE(added->stands_for, "fag");
    CHECK_EQ(plain.n_terms, 1);
    CHECK(added->weight < plain.terms[0].weight);
    arena_release(&a);
    arena_release(&b);
}

TEST(a_reader_that_remembers_words_reads_as_one_that_does_not)
{
    static const char *const texts[] = { "is smoking bad?", "smoke smoked 4 smokers", "4", "can I smoke",
                                         "fag", "a b-c 1-2 12", "smoking", "is it bad to smoke 12" };
    struct known_word known[4] = { { .n_bytes = 0 } }; /* so few that they push each other out */
    struct query_reader reader;
    CHECK_EQ(query_reader_init(&reader, small(), &query_for_ranking, known, 4), OSSEO_OK);
    for (size_t i = 0; i < 3 * sizeof texts / sizeof *texts; i++) {
        struct slice text = slice_of(texts[i % (sizeof texts / sizeof *texts)]);
        struct arena arena;
        struct query one, other;
        arena_init(&arena, &memory_default);
        CHECK_EQ(query_reader_read(&reader, &one, text, &arena), OSSEO_OK);
        CHECK_EQ(query_read(&other, small(), text, &query_for_ranking, &arena), OSSEO_OK);
        CHECK_EQ(one.n_terms, other.n_terms);
        CHECK_EQ(one.n_pairs, other.n_pairs);
        CHECK_EQ(one.unknown_weight, other.unknown_weight);
        for (size_t t = 0; t < one.n_terms; t++) {
            CHECK_EQ(one.terms[t].weight, other.terms[t].weight);
            CHECK_EQ(one.terms[t].term.postings, other.terms[t].term.postings);
            CHECK_EQ(one.terms[t].is_stopword, other.terms[t].is_stopword);
        }
        arena_release(&arena);
    }
    query_reader_release(&reader);
}

static uint32_t weight_for_ranking(const char *text)
{
    struct arena arena;
    struct query query;
    arena_init(&arena, &memory_default);
    CHECK_EQ(query_read(&query, small(), slice_of(text), &query_for_ranking, &arena), 0);
    CHECK_EQ(query.n_terms, 1);
    uint32_t weight = query.terms[0].weight;
    arena_release(&arena);
    return weight;
}

TEST(a_word_that_is_repeated_weighs_more_and_less_than_twice_as_much)
{
    uint32_t once = weight_for_ranking("smoke"), twice = weight_for_ranking("smoke smoke");
    CHECK(once < twice && twice < 2 * once);
}

TEST(a_misspelt_word_is_read_as_the_frequent_word_beside_it)
{
    struct arena arena;
    struct query query = read("the implents", &arena);
    CHECK_EQ(query.corrections.n, 1);
    CHECK_SLICE(query.corrections.items[0].typed, "implents");
    CHECK_SLICE(query.corrections.items[0].read_as, "implants");
    arena_release(&arena);
}

TEST(a_word_that_is_right_as_it_stands_is_not_corrected)
{
    struct arena arena;
    struct query query = read("the imprints", &arena); /* in words.txt, beside "implants" */
    CHECK_EQ(query.corrections.n, 0);
    arena_release(&arena);
}

TEST(a_stop_word_weighs_less_than_a_subject)
{
    struct arena arena;
    struct query query = read("the tobacco", &arena);
    uint32_t the = 0, tobacco = 0;
    for (size_t i = 0; i < query.n_terms; i++)
        *(query.terms[i].is_stopword ? &the : &tobacco) = query.terms[i].weight;
    CHECK(the < tobacco);
    arena_release(&arena);
}

TEST(a_question_of_unknown_words_matches_nothing)
{
    struct arena arena;
    struct query query = read("zzz qqq", &arena);
    struct ranking ranking;
    CHECK_EQ(query.n_terms, 0);
    CHECK_EQ(query.corrections.n, 0);
    CHECK_EQ(ranking_make(&ranking, small(), &query, &arena), 0);
    for (size_t i = 0; i < ranking.n; i++)
        CHECK_NEAR(ranking.items[i].match, 0.0);
    arena_release(&arena);
}

TEST(the_topic_that_people_mean_comes_first)
{
    static const struct {
        const char *question;
        topic_id topic;
    } cases[] = { { "is it normal that it oozes", 0 }, { "can I smoke", 1 }, { "pink spit", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct query query = read(cases[i].question, &arena);
        struct ranking ranking;
        CHECK_EQ(ranking_make(&ranking, small(), &query, &arena), 0);
        CHECK_EQ(ranking.items[0].class, cases[i].topic);
        for (size_t j = 1; j < ranking.n; j++)
            CHECK(ranking.items[j - 1].score >= ranking.items[j].score);
        arena_release(&arena);
    }
}

TEST(the_passage_that_holds_the_questions_own_words_is_shown_and_else_the_first)
{
    struct arena a, b, c;
    struct query own = read("rinsing and hot drinks and exercise", &a), none = read("bleeding", &b);
    struct slice sentence;
    passage_id passage;
    CHECK_EQ(evidence_passage(&passage, small(), 0, &own), 0);
    CHECK_EQ(passage, 1);
    CHECK_EQ(evidence_passage(&passage, small(), 0, &none), 0);
    CHECK_EQ(passage, 0);
    struct slice text = index_passage(small(), 0).text;
    struct query cloth = read("folded cloth", &c);
    CHECK_EQ(evidence_sentence(&sentence, text, &cloth), 0);
    CHECK(slice_starts(sentence, SLICE("Sit up and bite")));
    CHECK(sentence.bytes >= text.bytes &&
          sentence.bytes + sentence.n_bytes <= text.bytes + text.n_bytes);
    arena_release(&c);
    arena_release(&b);
    arena_release(&a);
}
