/* Turns of one conversation, a line each. */
#include "tests/fuzz/fuzz.h"

#define MOST_TURNS 16

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct osseo_conversation *conversation;
    struct slice lines = { (const char *)bytes, n_bytes }, line;
    MUST(osseo_conversation_new(&conversation, fuzz_knowledge(), NULL) == OSSEO_OK);
    for (int i = 0; i < MOST_TURNS && slice_split(&lines, '\n', &line); i++) {
        struct osseo_reply *reply;
        MUST(osseo_ask(&reply, fuzz_knowledge(), conversation, line.bytes, line.n_bytes, NULL) ==
             OSSEO_OK);
        fuzz_check_reply(reply);
        osseo_reply_free(reply);
    }
    osseo_conversation_free(conversation);
    return 0;
}
