#define _DEFAULT_SOURCE

#include "base/error.h"
#include "kiosk/limits.h"
#include "kiosk/listen.h"
#include "kiosk/reload.h"
#include "kiosk/sandbox.h"
#include "kiosk/server.h"
#include "osseo.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

struct options {
    const char *listen;
    struct content_paths paths;
    bool help, version;
};

#define MEMBER(name) offsetof(struct options, name)

static const struct {
    const char *name, *argument, *help;
    size_t member; /* a bool, or of what takes an argument its text */
} rows[] = {
    { "listen", "HOST:PORT", "where to serve; 127.0.0.1:8086 unless given", MEMBER(listen) },
    { "knowledge", "PATH", "a folder of articles or a compiled .osx file, instead of the built-in "
                           "knowledge", MEMBER(paths.knowledge) },
    { "clinic", "FILE", "the clinic's settings: name, telephone, logo, colours",
      MEMBER(paths.clinic) },
    { "help", NULL, "this page", MEMBER(help) },
    { "version", NULL, "the version", MEMBER(version) },
};

#define N_ROWS (sizeof rows / sizeof *rows)

/* As the osseo program's: 2 is trouble, said on standard error. */
static int trouble(const char *what, const char *why)
{
    fprintf(stderr, "osseo-kiosk: %s: %s\n", what, why);
    return 2;
}

static int trouble_with(const struct osseo_error *error)
{
    fprintf(stderr, error->line > 0 ? "%s\n" : "osseo-kiosk: %s\n", error->text);
    return 2;
}

static void print_help(void)
{
    puts("Serves the touch page that answers questions about dental implants, to this machine.\n\n"
         "  osseo-kiosk --clinic clinic.conf    then open http://127.0.0.1:8086/ in a browser\n\n"
         "Options:");
    for (size_t i = 0; i < N_ROWS; i++) {
        char name[40];
        snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].argument ? "=" : "",
                 rows[i].argument ? rows[i].argument : "");
        printf("  %-20s %s\n", name, rows[i].help);
    }
    puts("\nSIGHUP reads knowledge and settings anew, as does a change of their files; SIGTERM ends.\n"
         "Exit status: 0 it was ended, 2 trouble.");
}

static bool read_options(struct options *out, int argc, char **argv)
{
    struct option longs[N_ROWS + 1] = { { 0 } };
    *out = (struct options){ .listen = "127.0.0.1:8086" };
    for (size_t i = 0; i < N_ROWS; i++)
        longs[i] = (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument,
                                    NULL, 0 };
    for (int row, key; (key = getopt_long(argc, argv, "", longs, &row)) != -1;) {
        if (key != 0) {
            fputs("osseo-kiosk: try 'osseo-kiosk --help'\n", stderr);
            return false;
        }
        void *member = (char *)out + rows[row].member;
        if (rows[row].argument != NULL)
            *(const char **)member = optarg;
        else
            *(bool *)member = true;
    }
    if (optind < argc) {
        trouble(argv[optind], "it takes options only; try 'osseo-kiosk --help'");
        return false;
    }
    return true;
}

/* Runs until it is told to end.  Signals are waited for, never handled. */
static void wait_for_the_end(struct server *server, struct reload *reload, const sigset_t *signals)
{
    unsigned long interval = notify_interval(), waited = 0;
    const struct timespec tick = { .tv_nsec = TICK_MILLISECONDS * 1000000L };
    for (;;) {
        int signal = sigtimedwait(signals, NULL, &tick);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP)
            reload_now(reload);
        bool is_well = server_tick(server);
        waited += TICK_MILLISECONDS;
        if (interval > 0 && waited + TICK_MILLISECONDS > interval && is_well) {
            notify("WATCHDOG=1");
            waited = 0;
        }
    }
}

/* A connection needs a descriptor, and most shells give 1024 away. */
static void make_room_for_connections(void)
{
    struct rlimit limit;
    const rlim_t wanted = MAX_CONNECTIONS + 64;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* A fault in the knowledge must not leave a waiting room without its emergency
 * card on the morning after: the built-in knowledge then stands in, until what is
 * wrong is mended. */
static int open_content(struct content **out, const struct content_paths *paths,
                        struct osseo_error *error)
{
    const struct content_paths stand_in = { NULL, paths->clinic };
    struct osseo_error fault;
    int status = content_open(out, paths, error);
    if (status == OSSEO_OK || paths->knowledge == NULL)
        return status;
    fault = *error;
    status = content_open(out, &stand_in, error);
    if (status == OSSEO_OK) {
        (*out)->is_stand_in = true;
        fprintf(stderr, "osseo-kiosk: %s\nosseo-kiosk: the built-in knowledge stands in until that "
                        "is mended\n",
                fault.text);
    }
    return status;
}

static int serve(const struct options *options, struct shelf *shelf, struct listening *listening,
                 const sigset_t *signals)
{
    struct reload reload;
    if (!reload_start(&reload, shelf, &options->paths))
        return trouble("reload", "no thread can be started");
    struct server *server = server_start(listening->fd, shelf, listening->is_loopback);
    int result = 0;
    if (server == NULL) {
        result = trouble("server", "it cannot be started");
    } else {
        printf("http://%s/\n", listening->address);
        fflush(stdout);
        notify("READY=1");
        wait_for_the_end(server, &reload, signals);
        notify("STOPPING=1");
        server_stop(server);
    }
    reload_stop(&reload);
    return result;
}

static int run(const struct options *options)
{
    struct osseo_error error;
    struct listening listening;
    struct content *content;
    struct shelf shelf = { .mutex = PTHREAD_MUTEX_INITIALIZER };
    sigset_t signals;

    /* Threads inherit what is blocked. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);

    make_room_for_connections();
    if (open_content(&content, &options->paths, &error) != OSSEO_OK)
        return trouble_with(&error);
    shelf_put(&shelf, content);
    int result = 2;
    if (listen_open(&listening, options->listen, &error) != OSSEO_OK) {
        trouble_with(&error);
    } else {
        if (!listening.is_loopback)
            fprintf(stderr, "osseo-kiosk: warning: other machines can reach %s; what visitors type "
                            "crosses the network unencrypted\n",
                    listening.address);
        notify_open();
        if (!sandbox_enter(&options->paths, content))
            fprintf(stderr, "osseo-kiosk: warning: this kernel filters no system calls\n");
        result = serve(options, &shelf, &listening, &signals);
    }
    shelf_release(&shelf, shelf.current);
    return result;
}

int main(int argc, char **argv)
{
    struct options options;
    if (!read_options(&options, argc, argv))
        return 2;
    int result = 0;
    if (options.help)
        print_help();
    else if (options.version)
        printf("osseo-kiosk %s\n", osseo_version());
    else
        return run(&options);
    if (fflush(stdout) != 0)
        result = trouble("standard output", strerror(errno));
    return result;
}
