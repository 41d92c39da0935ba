/* A file of a knowledge folder: the first byte says which, the rest stands in it.
 * What the linter and the compiler make of it is an error with a place, or a
 * knowledge that answers. */
#include "tests/fuzz/fuzz.h"

static const char *const files[] = {
    "healing.md", "red-flags.md", "synonyms.txt",      "either-or.tsv",      "out-of-scope.tsv",
    "smalltalk.tsv", "words.txt", "asked/healing.tsv", "red-flag-lines.tsv", "look-alikes.tsv",
    "caveats.tsv",   "calibration.tsv", "exceptions.tsv",
};

static void ignore(void *context, int is_error, const char *file, unsigned line, const char *rule,
                   const char *text)
{
    (void)context, (void)is_error, (void)file, (void)line;
    MUST(rule != NULL && text != NULL && text[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct osseo *osseo = NULL;
    struct osseo_error error = { 0 };
    size_t n_complaints;
    if (n_bytes == 0)
        return 0;
    const char *folder =
        fuzz_write(files[bytes[0] % (sizeof files / sizeof *files)], bytes + 1, n_bytes - 1);
    osseo_check(folder, NULL, ignore, NULL, &n_complaints, &error);
    int status = osseo_open(&osseo, folder, NULL, &error);
    if (status == OSSEO_OK) {
        struct osseo_reply *reply;
        MUST(osseo_ask(&reply, osseo, NULL, "is bleeding normal", 18, NULL) == OSSEO_OK);
        fuzz_check_reply(reply);
        osseo_reply_free(reply);
    } else {
        MUST(error.text[0] != '\0');
    }
    osseo_close(osseo);
    return 0;
}
