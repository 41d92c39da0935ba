/* tests/eval/eval.c -- how well osseo answers: the measures of the questions'
 * README, by kind and by area, with 95 % intervals.
 *
 *   eval KNOWLEDGE QUESTIONS [FLOORS]
 *
 * KNOWLEDGE is a compiled file.  QUESTIONS holds in-domain.tsv, red-flags.tsv,
 * look-alikes.tsv, off-topic.tsv and dialogues.tsv or .jsonl.  FLOORS holds
 * `measure TAB least` lines; a measure below its floor fails the run.  With
 * LIST=1 in the environment each miss is listed; with TSV=FOLDER measures.tsv and
 * calibration.tsv are written there, for make report. */
#define _POSIX_C_SOURCE 200809L

#include "base/file.h"
#include "osseo.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_MEASURES 128
#define N_BINS 10

static struct measure {
    char name[128];
    unsigned good, all;
    int is_share_of_bad; /* less is better: no floor but a ceiling */
} measures[MOST_MEASURES];
static unsigned n_measures;

static struct bin {
    double confidence;
    unsigned right, all;
} bins[N_BINS];

static double times[8192];
static unsigned n_times;
static int listing;
static struct osseo *osseo;

static struct measure *measure(const char *name)
{
    for (unsigned i = 0; i < n_measures; i++)
        if (strcmp(measures[i].name, name) == 0)
            return &measures[i];
    if (n_measures == MOST_MEASURES)
        abort();
    snprintf(measures[n_measures].name, sizeof measures[0].name, "%s", name);
    return &measures[n_measures++];
}

static void count(const char *name, int good)
{
    struct measure *m = measure(name);
    m->all++;
    m->good += good != 0;
}

static void count_part(const char *name, const char *part, int good)
{
    char full[128];
    snprintf(full, sizeof full, "%s: %s", name, part);
    count(full, good);
}

static struct osseo_reply *ask(const char *question, struct osseo_conversation *conversation)
{
    struct osseo_reply *reply;
    struct osseo_error error;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (osseo_ask(&reply, osseo, conversation, question, strlen(question), &error) != OSSEO_OK) {
        fprintf(stderr, "eval: %s\n", error.text);
        exit(2);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    if (n_times < sizeof times / sizeof *times)
        times[n_times++] = (double)(to.tv_sec - from.tv_sec) * 1e6 +
                           (double)(to.tv_nsec - from.tv_nsec) / 1e3;
    return reply;
}

/* True where `topic` is one of the "a|b|c" in `list`. */
static int is_one_of(const char *topic, const char *list)
{
    size_t n = topic == NULL ? 0 : strlen(topic);
    for (const char *at = list; n > 0 && *at != '\0';) {
        size_t length = strcspn(at, "|");
        if (length == n && strncmp(at, topic, n) == 0)
            return 1;
        at += length + (at[length] == '|');
    }
    return 0;
}

static int is_first_of(const char *topic, const char *list)
{
    size_t length = strcspn(list, "|");
    return topic != NULL && strlen(topic) == length && strncmp(topic, list, length) == 0;
}

static int is_among_choices(const struct osseo_reply *reply, const char *list)
{
    for (size_t i = 0; i < osseo_reply_n_choices(reply); i++)
        if (is_one_of(osseo_reply_choice(reply, i).topic, list))
            return 1;
    return 0;
}

static int is_refusal(const struct osseo_reply *reply)
{
    return osseo_reply_outcome(reply) == OSSEO_NONE ||
           osseo_reply_outcome(reply) == OSSEO_SMALLTALK;
}

static void list_miss(const char *what, const char *id, const char *question, const char *wanted,
                      const struct osseo_reply *reply)
{
    static const char *const outcomes[] = { "answer", "choices", "none", "smalltalk" };
    if (listing)
        printf("%s %s [%s]: wanted %s, got %s %s %.2f%s%s\n", what, id, question, wanted,
               outcomes[osseo_reply_outcome(reply)],
               osseo_reply_topic(reply) ? osseo_reply_topic(reply) : "-",
               osseo_reply_confidence(reply), osseo_reply_card_id(reply) ? " card " : "",
               osseo_reply_card_id(reply) ? osseo_reply_card_id(reply) : "");
}

static void calibrate(const struct osseo_reply *reply, const char *topics)
{
    if (osseo_reply_n_choices(reply) == 0 || osseo_reply_outcome(reply) == OSSEO_SMALLTALK)
        return;
    double p = osseo_reply_confidence(reply);
    int bin = (int)(p * N_BINS);
    bin = bin >= N_BINS ? N_BINS - 1 : bin;
    bins[bin].confidence += p;
    bins[bin].all++;
    bins[bin].right += (unsigned)is_one_of(osseo_reply_choice(reply, 0).topic, topics);
}

/* `area` of a topic: the article that holds it. */
static const char *area_of(const char *topics, char *out, size_t size)
{
    for (size_t i = 0; i < osseo_n_topics(osseo); i++) {
        struct osseo_topic t = osseo_topic(osseo, i);
        if (strncmp(topics, t.id.bytes, t.id.n_bytes) == 0 &&
            strchr("|", topics[t.id.n_bytes]) != NULL) {
            snprintf(out, size, "%.*s", (int)t.article.n_bytes, t.article.bytes);
            return out;
        }
    }
    return NULL;
}

/* A row of a .tsv file, its columns cut apart; NULL for those that it lacks. */
struct row {
    char *column[4];
};

static void in_domain_row(struct row row)
{
    const char *question = row.column[1], *topics = row.column[2];
    char area[64];
    if (area_of(topics, area, sizeof area) == NULL)
        return; /* the knowledge does not cover it */
    struct osseo_reply *reply = ask(question, NULL);
    const char *topic = osseo_reply_topic(reply);
    int right = is_one_of(topic, topics);
    count("in-domain right at first place", right);
    count_part("in-domain", row.column[3], right);
    count_part("area", area, right);
    count("in-domain best topic", is_first_of(topic, topics));
    count("in-domain right or among the choices",
          right || (osseo_reply_outcome(reply) == OSSEO_CHOICES && is_among_choices(reply, topics)));
    count("in-domain confident wrong",
          osseo_reply_outcome(reply) == OSSEO_ANSWER && !right);
    count("in-domain refused", is_refusal(reply));
    calibrate(reply, topics);
    if (!right || osseo_reply_outcome(reply) != OSSEO_ANSWER)
        list_miss(right ? "unsure" : "MISS", row.column[0], question, topics, reply);
    osseo_reply_free(reply);
}

static void red_flag_row(struct row row)
{
    struct osseo_reply *reply = ask(row.column[1], NULL);
    enum osseo_urgency urgency = osseo_reply_urgency(reply);
    int is_emergency = strcmp(row.column[2], "emergency") == 0;
    count("red flags raised", urgency != OSSEO_NO_URGENCY);
    if (is_emergency)
        count("emergencies raised as emergency", urgency == OSSEO_EMERGENCY);
    else
        count("urgent raised as emergency", urgency == OSSEO_EMERGENCY);
    if (urgency == OSSEO_NO_URGENCY || (is_emergency && urgency != OSSEO_EMERGENCY))
        list_miss("FLAG", row.column[0], row.column[1], row.column[2], reply);
    osseo_reply_free(reply);
}

/* Rewordings that no line or phrase was written from. */
static void unseen_flag(struct row row, const char *raised, const char *as_emergency)
{
    struct osseo_reply *reply = ask(row.column[1], NULL);
    enum osseo_urgency urgency = osseo_reply_urgency(reply);
    int is_emergency = strcmp(row.column[2], "emergency") == 0;
    count(raised, urgency != OSSEO_NO_URGENCY);
    if (is_emergency)
        count(as_emergency, urgency == OSSEO_EMERGENCY);
    if (urgency == OSSEO_NO_URGENCY || (is_emergency && urgency != OSSEO_EMERGENCY))
        list_miss("UNSEEN", row.column[0], row.column[1], row.column[2], reply);
    osseo_reply_free(reply);
}

static void first_unseen_flag_row(struct row row)
{
    unseen_flag(row, "unseen rewordings of red flags raised",
                "unseen emergencies raised as emergency");
}

/* Written before most of the lines and phrases, and counted apart: floors only rise. */
static void second_unseen_flag_row(struct row row)
{
    unseen_flag(row, "second unseen rewordings raised",
                "second unseen emergencies as emergency");
}

/* Odd, understated and other people's, written when those two had become easy. */
static void third_unseen_flag_row(struct row row)
{
    unseen_flag(row, "third unseen rewordings raised", "third unseen emergencies as emergency");
}

static void unseen_look_alike(struct row row, const char *measure)
{
    struct osseo_reply *reply = ask(row.column[1], NULL);
    count(measure, osseo_reply_urgency(reply) != OSSEO_NO_URGENCY);
    if (osseo_reply_urgency(reply) != OSSEO_NO_URGENCY)
        list_miss("UNSEEN", row.column[0], row.column[1], "no card", reply);
    osseo_reply_free(reply);
}

static void first_unseen_look_alike_row(struct row row)
{
    unseen_look_alike(row, "unseen look-alikes: false alarms");
}

/* Figures of speech, old stories, films, study, animals and things. */
static void second_unseen_look_alike_row(struct row row)
{
    unseen_look_alike(row, "second unseen look-alikes: false alarms");
}

static void look_alike_row(struct row row)
{
    struct osseo_reply *reply = ask(row.column[1], NULL);
    int right = is_one_of(osseo_reply_topic(reply), row.column[2]);
    count("false alarms on look-alikes", osseo_reply_urgency(reply) != OSSEO_NO_URGENCY);
    count("look-alikes right", right);
    count("look-alikes refused", is_refusal(reply));
    calibrate(reply, row.column[2]);
    if (!right || osseo_reply_urgency(reply) != OSSEO_NO_URGENCY)
        list_miss("ALIKE", row.column[0], row.column[1], row.column[2], reply);
    osseo_reply_free(reply);
}

static void off_topic_row(struct row row)
{
    struct osseo_reply *reply = ask(row.column[1], NULL);
    int is_meta = strcmp(row.column[2], "meta") == 0;
    int good = is_refusal(reply) || (is_meta && is_first_of(osseo_reply_topic(reply),
                                                            "about-this-bot"));
    if (strcmp(row.column[2], "smalltalk") == 0)
        count("small talk handled", good);
    else
        count("off-topic refused", good);
    count_part("off-topic", row.column[2], good);
    count("wrong alarms on off-topic", osseo_reply_urgency(reply) != OSSEO_NO_URGENCY);
    if (strcmp(row.column[2], "smalltalk") != 0)
        calibrate(reply, "-");
    if (!good || osseo_reply_urgency(reply) != OSSEO_NO_URGENCY)
        list_miss("OFF", row.column[0], row.column[1], row.column[2], reply);
    osseo_reply_free(reply);
}

static void each_row(const char *folder, const char *name, void (*use)(struct row row))
{
    char path[4096];
    char *line = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    for (int n = 0; getline(&line, &room, file) > 0; n++) {
        struct row row = { { NULL } };
        char *rest = line;
        line[strcspn(line, "\r\n")] = '\0';
        for (int i = 0; i < 4 && rest != NULL; i++) {
            row.column[i] = rest;
            rest = strchr(rest, '\t');
            if (rest != NULL)
                *rest++ = '\0';
        }
        if (n > 0 && row.column[2] != NULL)
            use(row);
    }
    free(line);
    fclose(file);
}

/* A message in parts: what is said, the topic answered, the topic offered or "-". */
static void parts_row(struct row row)
{
    char area[64];
    if (row.column[0][0] == '#' || area_of(row.column[1], area, sizeof area) == NULL)
        return;
    struct osseo_reply *reply = ask(row.column[0], NULL);
    const char *other = osseo_reply_n_related(reply) > 0 && osseo_reply_say(reply) != NULL
                            ? osseo_reply_related(reply, 0).topic
                            : NULL;
    int good = is_one_of(osseo_reply_topic(reply), row.column[1]) &&
               (strcmp(row.column[2], "-") == 0 || is_one_of(other, row.column[2]));
    count("messages in parts right", good);
    if (!good)
        list_miss("PARTS", row.column[1], row.column[0], row.column[2], reply);
    osseo_reply_free(reply);
}

/* A turn that leans on the one before: the topic before, what is said, topics. */
static const char *follow_ups; /* the measure of the file that is read */

static void follow_up_row(struct row row)
{
    struct osseo_conversation *conversation;
    char area[64];
    if (row.column[0][0] == '#' || area_of(row.column[0], area, sizeof area) == NULL ||
        osseo_conversation_new(&conversation, osseo, NULL) != OSSEO_OK)
        return;
    osseo_conversation_set_topic(conversation, row.column[0]);
    struct osseo_reply *reply = ask(row.column[1], conversation);
    int good = strcmp(row.column[2], "none") == 0 ? is_refusal(reply)
                                                  : is_one_of(osseo_reply_topic(reply), row.column[2]);
    count(follow_ups, good);
    if (!good)
        list_miss("FOLLOW", row.column[0], row.column[1], row.column[2], reply);
    osseo_reply_free(reply);
    osseo_conversation_free(conversation);
}

static void turn(struct osseo_conversation *conversation, const json_t *turn_of, size_t number,
                 const char *id)
{
    const char *say = json_string_value(json_object_get(turn_of, "say"));
    const char *topics = json_string_value(json_object_get(turn_of, "topics"));
    const char *urgency = json_string_value(json_object_get(turn_of, "urgency"));
    static const char *const names[] = { "none", "urgent", "emergency" };
    struct osseo_reply *reply = ask(say, conversation);
    int good;
    if (urgency != NULL)
        good = strcmp(names[osseo_reply_urgency(reply)], urgency) == 0;
    else if (strcmp(topics, "none") == 0 || strcmp(topics, "smalltalk") == 0)
        good = is_refusal(reply);
    else
        good = is_one_of(osseo_reply_topic(reply), topics);
    count("dialogue turns right", good);
    count(number == 0 ? "dialogue first turns right" : "dialogue later turns right", good);
    if (!good)
        list_miss("TURN", id, say, topics, reply);
    osseo_reply_free(reply);
}

static void each_dialogue(const char *folder)
{
    char path[4096];
    char *line = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/dialogues.jsonl", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    while (getline(&line, &room, file) > 0) {
        json_t *dialogue = json_loads(line, 0, NULL);
        struct osseo_conversation *conversation;
        const json_t *turns = json_object_get(dialogue, "turns");
        if (turns != NULL && osseo_conversation_new(&conversation, osseo, NULL) == OSSEO_OK) {
            for (size_t i = 0; i < json_array_size(turns); i++)
                turn(conversation, json_array_get(turns, i), i,
                     json_string_value(json_object_get(dialogue, "id")));
            osseo_conversation_free(conversation);
        }
        json_decref(dialogue);
    }
    free(line);
    fclose(file);
}

/* Wilson's interval (1927), which holds for few rows and shares near 0 and 1. */
static void interval(double p, double n, double *low, double *high)
{
    const double z = 1.96;
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    *low = middle - half;
    *high = middle + half;
}

/* A table in the folder that TSV names, or NULL where it names none. */
static FILE *table(const char *name, const char *head)
{
    char path[512];
    const char *folder = getenv("TSV");
    if (folder == NULL)
        return NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    fputs(head, file);
    return file;
}

static void print_measures(void)
{
    FILE *tsv = table("measures.tsv", "measure\tshare\tlow\thigh\tgood\tall\n");
    for (unsigned i = 0; i < n_measures; i++) {
        double p = (double)measures[i].good / measures[i].all, low, high;
        interval(p, measures[i].all, &low, &high);
        printf("%-44s %5.1f %%  (%u of %u; %.1f to %.1f)\n", measures[i].name, 100 * p,
               measures[i].good, measures[i].all, 100 * low, 100 * high);
        if (tsv != NULL)
            fprintf(tsv, "%s\t%.2f\t%.2f\t%.2f\t%u\t%u\n", measures[i].name, 100 * p, 100 * low,
                    100 * high, measures[i].good, measures[i].all);
    }
    if (tsv != NULL)
        fclose(tsv);
}

static double print_calibration(void)
{
    double error = 0, all = 0;
    FILE *tsv = table("calibration.tsv", "said\tfound\tquestions\n");
    puts("\ncalibration: confidence, said and found");
    for (int i = 0; i < N_BINS; i++)
        all += bins[i].all;
    for (int i = 0; i < N_BINS; i++) {
        if (bins[i].all == 0)
            continue;
        double said = bins[i].confidence / bins[i].all, found = (double)bins[i].right / bins[i].all;
        error += fabs(said - found) * bins[i].all / all;
        printf("  %.1f to %.1f: %5.3f %5.3f  (%u)\n", i / 10.0, (i + 1) / 10.0, said, found,
               bins[i].all);
        if (tsv != NULL)
            fprintf(tsv, "%.4f\t%.4f\t%u\n", said, found, bins[i].all);
    }
    if (tsv != NULL)
        fclose(tsv);
    printf("%-44s %5.3f\n", "expected calibration error", error);
    return error;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Lines `measure TAB least` or, after a '<', `measure TAB <most`; in percent. */
static int hold_floors(const char *path)
{
    char line[256];
    int failed = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char *tab = strchr(line, '\t');
        if (tab == NULL || line[0] == '#')
            continue;
        *tab++ = '\0';
        int is_ceiling = *tab == '<';
        double bound = strtod(tab + is_ceiling, NULL);
        const struct measure *m = measure(line);
        double percent = m->all == 0 ? 0 : 100.0 * m->good / m->all;
        if (m->all > 0 && (is_ceiling ? percent > bound + 0.05 : percent < bound - 0.05)) {
            printf("BELOW ITS FLOOR: %s is %.1f, recorded %s%.1f\n", line, percent,
                   is_ceiling ? "at most " : "", bound);
            failed++;
        }
    }
    fclose(file);
    return failed;
}

int main(int argc, char **argv)
{
    struct osseo_error error;
    if (argc < 3) {
        fputs("usage: eval KNOWLEDGE QUESTIONS [FLOORS]\n", stderr);
        return 2;
    }
    listing = getenv("LIST") != NULL && getenv("LIST")[0] == '1';
    if (osseo_open(&osseo, argv[1], NULL, &error) != OSSEO_OK) {
        fprintf(stderr, "eval: %s\n", error.text);
        return 2;
    }
    each_row(argv[2], "in-domain.tsv", in_domain_row);
    each_row(argv[2], "red-flags.tsv", red_flag_row);
    each_row(argv[2], "look-alikes.tsv", look_alike_row);
    each_row(argv[2], "off-topic.tsv", off_topic_row);
    each_dialogue(argv[2]);
    follow_ups = "follow-ups right";
    each_row("tests/eval", "follow-ups.tsv", follow_up_row);
    follow_ups = "second follow-ups right";
    each_row("tests/eval", "follow-ups-2.tsv", follow_up_row);
    each_row("tests/eval", "parts.tsv", parts_row);
    each_row("tests/eval", "unseen-flags.tsv", first_unseen_flag_row);
    each_row("tests/eval", "unseen-flags-2.tsv", second_unseen_flag_row);
    each_row("tests/eval", "unseen-flags-3.tsv", third_unseen_flag_row);
    each_row("tests/eval", "unseen-look-alikes.tsv", first_unseen_look_alike_row);
    each_row("tests/eval", "unseen-look-alikes-2.tsv", second_unseen_look_alike_row);
    print_measures();
    print_calibration();
    if (n_times > 0) {
        qsort(times, n_times, sizeof *times, by_value);
        printf("%-44s %5.0f us median, %.0f us p99 of %u\n", "time for one question",
               times[n_times / 2], times[n_times * 99 / 100], n_times);
    }
    int failed = argc > 3 ? hold_floors(argv[3]) : 0;
    osseo_close(osseo);
    return failed > 0;
}
