/* A corpus of JSON lines. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct osseo *osseo = NULL;
    struct osseo_error error = { 0 };
    char path[128];
    snprintf(path, sizeof path, "%s/corpus.jsonl", fuzz_write("corpus.jsonl", bytes, n_bytes));
    if (osseo_open(&osseo, path, NULL, &error) == OSSEO_OK) {
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
