#include "check/readability.h"

#include "text/sentence.h"

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouyAEIOUY", c) != NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

unsigned readability_syllables(struct slice word)
{
    unsigned n = 0;
    bool was_vowel = false;
    char letters[64];
    size_t n_letters = 0;
    for (size_t i = 0; i < word.n_bytes; i++) {
        char c = word.bytes[i];
        if (!is_letter(c))
            continue;
        n += is_vowel(c) && !was_vowel;
        was_vowel = is_vowel(c);
        if (n_letters < sizeof letters)
            letters[n_letters++] = (char)(c | 0x20);
    }
    struct slice plain = { letters, n_letters };
    /* "time", "used" and "bones" end in a silent e; "table" and "needed" do not. */
    if (n > 1 && slice_ends(plain, SLICE("e")) && !slice_ends(plain, SLICE("le")))
        n--;
    else if (n > 1 && slice_ends(plain, SLICE("ed")) && !slice_ends(plain, SLICE("ted")) &&
             !slice_ends(plain, SLICE("ded")))
        n--;
    return n > 0 ? n : 1;
}

static void count_words(struct slice sentence, struct readability *r)
{
    struct slice word;
    unsigned n = 0;
    while (slice_split(&sentence, ' ', &word)) {
        bool has_letter = false;
        for (size_t i = 0; i < word.n_bytes; i++)
            has_letter = has_letter || is_letter(word.bytes[i]) ||
                         (word.bytes[i] >= '0' && word.bytes[i] <= '9');
        if (!has_letter)
            continue;
        n++;
        r->n_syllables += readability_syllables(word);
    }
    r->n_words += n;
    r->n_sentences += n > 0;
    if (n > r->longest_sentence)
        r->longest_sentence = n;
}

struct readability readability_of(struct slice text)
{
    struct readability r = { 0, 0, 0, 0 };
    struct slice sentence;
    while (sentence_next(&text, &sentence))
        count_words(sentence, &r);
    return r;
}

double readability_grade(struct readability r)
{
    if (r.n_sentences == 0 || r.n_words == 0)
        return 0;
    return 0.39 * r.n_words / r.n_sentences + 11.8 * r.n_syllables / r.n_words - 15.59;
}
