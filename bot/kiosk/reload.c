#define _POSIX_C_SOURCE 200809L

#include "kiosk/reload.h"

#include "kiosk/limits.h"
#include "kiosk/listen.h"
#include "osseo.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

/* Sub-folders of a knowledge that are looked at: asked/. */
#define MAX_DEPTH 2

/* FNV-1a. */
static void mix(uint64_t *hash, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *hash = (*hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
}

/* Adds up, so that the order in which a folder is listed does not matter. */
static uint64_t fingerprint(const char *path, int depth)
{
    struct stat status;
    uint64_t hash = 0xcbf29ce484222325;
    mix(&hash, path, strlen(path));
    if (stat(path, &status) != 0)
        return hash;
    mix(&hash, &status.st_ino, sizeof status.st_ino);
    mix(&hash, &status.st_size, sizeof status.st_size);
    mix(&hash, &status.st_mtim, sizeof status.st_mtim);
    DIR *folder = S_ISDIR(status.st_mode) && depth < MAX_DEPTH ? opendir(path) : NULL;
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        char name[4096];
        int n = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && n > 0 && (size_t)n < sizeof name)
            hash += fingerprint(name, depth + 1);
    }
    if (folder != NULL)
        closedir(folder);
    return hash;
}

static uint64_t fingerprint_all(const struct content_paths *paths)
{
    return (paths->knowledge == NULL ? 0 : fingerprint(paths->knowledge, 0)) +
           (paths->clinic == NULL ? 0 : fingerprint(paths->clinic, 0));
}

static void load(struct reload *reload)
{
    struct osseo_error error;
    struct content *content;
    char state[64];
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%llu",
             (unsigned long long)now.tv_sec * 1000000 + (unsigned long long)now.tv_nsec / 1000);
    notify(state);
    if (content_open(&content, &reload->paths, &error) == OSSEO_OK) {
        shelf_put(reload->shelf, content);
        fprintf(stderr, "osseo-kiosk: the knowledge was read anew\n");
    } else {
        fprintf(stderr, "osseo-kiosk: %s\nosseo-kiosk: the old knowledge stays in use\n",
                error.text);
    }
    notify("READY=1");
}

/* Waits for a tick, or until something is asked.  True to reload at once. */
static bool wait_for_tick(struct reload *reload)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_MILLISECONDS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&reload->mutex);
    if (!reload->is_asked_for && !reload->is_over)
        pthread_cond_timedwait(&reload->wake, &reload->mutex, &until);
    bool is_asked_for = reload->is_asked_for;
    reload->is_asked_for = false;
    pthread_mutex_unlock(&reload->mutex);
    return is_asked_for;
}

static bool is_over(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    bool over = reload->is_over;
    pthread_mutex_unlock(&reload->mutex);
    return over;
}

static void *run(void *context)
{
    struct reload *reload = context;
    uint64_t loaded = fingerprint_all(&reload->paths), before = loaded;
    while (!is_over(reload)) {
        bool is_asked_for = wait_for_tick(reload);
        uint64_t now = fingerprint_all(&reload->paths);
        /* A change is taken once it has lain still for a tick: an editor may be
         * at the third of five files. */
        if (!is_over(reload) && (is_asked_for || (now != loaded && now == before))) {
            load(reload);
            loaded = now;
        }
        before = now;
    }
    return NULL;
}

bool reload_start(struct reload *reload, struct shelf *shelf, const struct content_paths *paths)
{
    *reload = (struct reload){ .shelf = shelf, .paths = *paths };
    pthread_mutex_init(&reload->mutex, NULL);
    pthread_cond_init(&reload->wake, NULL);
    return pthread_create(&reload->thread, NULL, run, reload) == 0;
}

void reload_now(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->is_asked_for = true;
    pthread_cond_signal(&reload->wake);
    pthread_mutex_unlock(&reload->mutex);
}

void reload_stop(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->is_over = true;
    pthread_cond_signal(&reload->wake);
    pthread_mutex_unlock(&reload->mutex);
    pthread_join(reload->thread, NULL);
}
