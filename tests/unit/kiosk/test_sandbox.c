#define _GNU_SOURCE

#include "tests/lib/test.h"

#include "kiosk/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOGO "bot/kiosk/page/icon.svg"

/* Calls `attempt` in a process of its own, in the sandbox of a server whose
 * knowledge is tests/knowledge/small; true where it gives true.  `fd` is a socket
 * that was made before. */
static bool in_the_sandbox(bool (*attempt)(int fd))
{
    static const struct content content = { .clinic.logo = LOGO };
    const struct content_paths paths = { "tests/knowledge/small", NULL };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), status;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0)
        _exit(sandbox_enter(&paths, &content) && attempt(fd) ? 0 : 1);
    close(fd);
    CHECK_EQ(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool is_refused(long result)
{
    return result < 0 && (errno == EPERM || errno == EACCES);
}

static bool cannot_write(int fd)
{
    (void)fd;
    return is_refused(open("build/tests/outside", O_WRONLY | O_CREAT, 0600)) &&
           is_refused(open("build/tests/outside", O_RDONLY | O_CREAT, 0600)) &&
           is_refused(open("tests/knowledge/small/healing.md", O_RDWR)) &&
           is_refused(open("tests/knowledge/small/healing.md", O_RDONLY | O_TRUNC)) &&
           is_refused(open("tests/knowledge/small/healing.md", O_RDONLY | O_CREAT, 0600)) &&
           is_refused(unlink("tests/knowledge/small/healing.md")) &&
           is_refused(mkdir("build/tests/outside", 0700)) &&
           is_refused(rename("Makefile", "build/tests/outside"));
}

TEST(the_sandbox_refuses_to_write_make_move_or_remove_a_file)
{
    CHECK(in_the_sandbox(cannot_write));
}

static bool cannot_execute(int fd)
{
    char *const nothing[] = { NULL };
    (void)fd;
    return is_refused(execve("/bin/true", nothing, nothing)) && is_refused(fork()) &&
           is_refused(vfork());
}

TEST(the_sandbox_refuses_to_start_a_program_or_a_process)
{
    CHECK(in_the_sandbox(cannot_execute));
}

static bool cannot_connect(int fd)
{
    const struct sockaddr_in outside = { .sin_family = AF_INET, .sin_port = htons(80),
                                         .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    return is_refused(connect(fd, (const struct sockaddr *)&outside, sizeof outside)) &&
           is_refused(bind(fd, (const struct sockaddr *)&outside, sizeof outside)) &&
           is_refused(socket(AF_INET, SOCK_STREAM, 0)) &&
           is_refused(socket(AF_UNIX, SOCK_DGRAM, 0));
}

TEST(the_sandbox_refuses_to_connect_outwards_and_to_open_sockets)
{
    CHECK(in_the_sandbox(cannot_connect));
}

static bool cannot_map_code(int fd)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)fd;
    return page != MAP_FAILED && is_refused(mprotect(page, 4096, PROT_READ | PROT_EXEC)) &&
           mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}

TEST(the_sandbox_refuses_memory_that_can_be_executed)
{
    CHECK(in_the_sandbox(cannot_map_code));
}

static bool cannot_reach_others(int fd)
{
    (void)fd;
    return is_refused(kill(getppid(), 0)) && is_refused(prctl(PR_SET_DUMPABLE, 1)) &&
           is_refused(setsid());
}

TEST(the_sandbox_refuses_to_signal_others_and_to_be_dumped_again)
{
    CHECK(in_the_sandbox(cannot_reach_others));
}

/* As an ordinary user, whom nothing but the owner of a process holds back. */
static void become_ordinary(void)
{
    if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0)
        _exit(2);
    prctl(PR_SET_DUMPABLE, 1); /* changing the user has cleared it */
}

/* Whether another process of the same user can look into one, which is what
 * PR_SET_DUMPABLE decides, as it does for a dump that is piped to a program. */
static bool can_be_looked_into(bool is_sandboxed)
{
    static const struct content content;
    const struct content_paths paths = { NULL, NULL };
    int ready[2], status;
    char byte, name[64];
    CHECK_EQ(pipe(ready), 0);
    pid_t looked_at = fork();
    if (looked_at == 0) {
        become_ordinary();
        if (is_sandboxed)
            sandbox_enter(&paths, &content);
        while (write(ready[1], "", 1) == 1) /* until the pipe is full */
            ;
        _exit(1);
    }
    CHECK_EQ(read(ready[0], &byte, 1), 1);
    snprintf(name, sizeof name, "/proc/%d/environ", (int)looked_at);
    pid_t looking = fork();
    if (looking == 0) {
        become_ordinary();
        _exit(open(name, O_RDONLY) >= 0);
    }
    CHECK_EQ(waitpid(looking, &status, 0), looking);
    kill(looked_at, SIGKILL);
    CHECK_EQ(waitpid(looked_at, NULL, 0), looked_at);
    close(ready[0]);
    close(ready[1]);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

TEST(nobody_of_the_same_user_can_look_into_the_sandbox)
{
    CHECK(can_be_looked_into(false));
    CHECK(!can_be_looked_into(true));
}

static bool reads_its_files_only(int fd)
{
    (void)fd;
    return open("tests/knowledge/small/healing.md", O_RDONLY) >= 0 && open(LOGO, O_RDONLY) >= 0 &&
           is_refused(open("/etc/passwd", O_RDONLY)) && is_refused(open("Makefile", O_RDONLY));
}

TEST(the_sandbox_reads_the_knowledge_the_logo_and_nothing_else_where_the_kernel_has_landlock)
{
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0)
        CHECK(in_the_sandbox(reads_its_files_only));
}

static void *add_one(void *number)
{
    ++*(int *)number;
    return NULL;
}

static bool starts_threads(int fd)
{
    pthread_t thread;
    int number = 1;
    (void)fd;
    return pthread_create(&thread, NULL, add_one, &number) == 0 &&
           pthread_join(thread, NULL) == 0 && number == 2;
}

TEST(threads_can_be_started_in_the_sandbox)
{
    CHECK(in_the_sandbox(starts_threads));
}
