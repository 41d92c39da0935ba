/* A question through the whole reply, to JSON. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct osseo_reply *reply;
    MUST(osseo_ask(&reply, fuzz_knowledge(), NULL, (const char *)bytes, n_bytes, NULL) == OSSEO_OK);
    fuzz_check_reply(reply);
    osseo_reply_free(reply);
    return 0;
}
