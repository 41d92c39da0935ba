/* Sixteen threads ask one knowledge at once: threads KNOWLEDGE <QUESTIONS
 *
 * Each asks every question, from a place of its own in the list, and must be told
 * what one thread was told, byte for byte. */
#include <osseo.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_THREADS 16
#define MOST_QUESTIONS 256

static struct osseo *osseo;
static char questions[MOST_QUESTIONS][512], *expected[MOST_QUESTIONS];
static size_t n_questions;

/* The reply as JSON, to be freed; NULL where something failed. */
static char *ask(size_t i)
{
    struct osseo_reply *reply;
    if (osseo_ask(&reply, osseo, NULL, questions[i], strlen(questions[i]), NULL) != OSSEO_OK)
        return NULL;
    const char *json = osseo_reply_json(reply, 1);
    char *copy = json == NULL ? NULL : malloc(strlen(json) + 1);
    if (copy != NULL)
        strcpy(copy, json);
    osseo_reply_free(reply);
    return copy;
}

static void *ask_all(void *start)
{
    size_t n_wrong = 0;
    for (size_t n = 0; n < n_questions; n++) {
        size_t i = (*(size_t *)start + n) % n_questions;
        char *json = ask(i);
        n_wrong += json == NULL || strcmp(json, expected[i]) != 0;
        free(json);
    }
    *(size_t *)start = n_wrong;
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[N_THREADS];
    size_t share[N_THREADS], n_wrong = 0;
    struct osseo_error error;
    if (argc < 2 || osseo_open(&osseo, argv[1], NULL, &error) != OSSEO_OK)
        return 2;
    while (n_questions < MOST_QUESTIONS && fgets(questions[n_questions], 512, stdin) != NULL) {
        questions[n_questions][strcspn(questions[n_questions], "\n")] = '\0';
        if ((expected[n_questions] = ask(n_questions)) == NULL)
            return 2;
        n_questions++;
    }
    for (size_t t = 0; t < N_THREADS; t++) {
        share[t] = t * n_questions / N_THREADS;
        if (pthread_create(&threads[t], NULL, ask_all, &share[t]) != 0)
            return 2;
    }
    for (size_t t = 0; t < N_THREADS; t++) {
        pthread_join(threads[t], NULL);
        n_wrong += share[t];
    }
    for (size_t i = 0; i < n_questions; i++)
        free(expected[i]);
    osseo_close(osseo);
    printf("%zu questions, %d threads, %zu replies differ\n", n_questions, N_THREADS, n_wrong);
    return n_questions == 0 || n_wrong > 0;
}
