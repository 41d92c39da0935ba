#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE /* for struct winsize */

#include "cli/page.h"

#include "cli/show.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a shell says of a command that it cannot run. */
#define NOT_RUN 126
/* Says nothing where it is missing: the person did not ask for it. */
#define USUAL_PAGER "command -v less >/dev/null || exit 127; exec less"

static bool is_longer_than_screen(const char *text, size_t n_bytes)
{
    struct winsize size;
    size_t n_lines = 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        return false;
    for (size_t i = 0; i < n_bytes; i++)
        n_lines += text[i] == '\n';
    return n_lines + 1 > size.ws_row; /* the prompt is a line, too */
}

/* False where no pager could be run. */
static bool page(const char *text, size_t n_bytes)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    const char *command = getenv("PAGER");
    setenv("LESS", "FRX", 0); /* colours as they are, and the text stays when it leaves */
    sigaction(SIGPIPE, &ignore, &before);
    fflush(stdout);
    FILE *pager = popen(command == NULL || command[0] == '\0' ? USUAL_PAGER : command, "w");
    if (pager != NULL)
        fwrite(text, 1, n_bytes, pager);
    int status = pager == NULL ? -1 : pclose(pager);
    sigaction(SIGPIPE, &before, NULL);
    return status != -1 && (!WIFEXITED(status) || WEXITSTATUS(status) < NOT_RUN);
}

void page_write(const char *text, size_t n_bytes, const struct options *options)
{
    bool can_page = show_can_steer(stdout) && !options->plain;
    if (!can_page || !is_longer_than_screen(text, n_bytes) || !page(text, n_bytes))
        fwrite(text, 1, n_bytes, stdout);
}
