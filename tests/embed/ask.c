#include <osseo.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    const char *question = "how long do mini implants last?";
    struct osseo *osseo;
    struct osseo_reply *reply;
    struct osseo_error error;

    if (osseo_open(&osseo, argc > 1 ? argv[1] : "knowledge", NULL, &error) != OSSEO_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 2;
    }
    if (osseo_ask(&reply, osseo, NULL, question, strlen(question), &error) == OSSEO_OK) {
        if (osseo_reply_card(reply) != NULL) /* somebody may be in danger: this first */
            puts(osseo_reply_card(reply));
        if (osseo_reply_outcome(reply) == OSSEO_ANSWER)
            printf("%s\n%s\n", osseo_reply_passage(reply), osseo_reply_caveat(reply));
        osseo_reply_free(reply);
    }
    osseo_close(osseo);
    return 0;
}
