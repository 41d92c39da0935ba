/* kiosk/sandbox.h -- what the server gives up once it has started.
 *
 * From then on it can read the files it was given and speak on the connections
 * that it accepts.  It can write no file, start no program, open no socket, map no
 * code, and is never dumped: whoever takes it over through a fault has little to
 * take.  Two parts of Linux see to that, each alone enough for most of it:
 *
 *   Landlock   since 5.13: which folders can be opened, for reading only
 *   seccomp    which system calls there are, and with what arguments */
#ifndef KIOSK_SANDBOX_H
#define KIOSK_SANDBOX_H

#include "kiosk/content.h"

#include <stdbool.h>

/* Before other threads are started, which inherit it.  Of `content` the clinic's
 * logo stays readable, of `paths` the folders that hold them, since editors replace
 * files.  False where the kernel has no system-call filter; a kernel without
 * Landlock is not told, Debian 11 has none. */
bool sandbox_enter(const struct content_paths *paths, const struct content *content);

#endif
