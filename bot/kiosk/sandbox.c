#define _GNU_SOURCE

#include "kiosk/sandbox.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr of version 4; older headers have its first half. */
struct rules {
    uint64_t files, network;
};

/* All that each version of Landlock can refuse, as bits of its header. */
#define FILES_VERSION_1   ((1U << 13) - 1)
#define FILES_VERSION_2   ((1U << 14) - 1) /* moving between folders */
#define FILES_VERSION_3   ((1U << 15) - 1) /* truncating */
#define NETWORK_VERSION_4 3U               /* binding and connecting by TCP */

static void allow_folder(int ruleset, char *path)
{
    struct landlock_path_beneath_attr rule = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = open(dirname(path), O_PATH | O_CLOEXEC),
    };
    if (rule.parent_fd < 0)
        return;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

/* The folder that holds a file, and the one where the file is, behind links. */
static void allow(int ruleset, const char *path)
{
    char folder[PATH_MAX];
    if (path == NULL || path[0] == '\0' || strlen(path) >= sizeof folder)
        return;
    memcpy(folder, path, strlen(path) + 1);
    allow_folder(ruleset, folder);
    if (realpath(path, folder) != NULL)
        allow_folder(ruleset, folder);
}

static void confine_files(const struct content_paths *paths, const struct content *content)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct rules rules = { .files = version >= 3   ? FILES_VERSION_3
                                    : version == 2 ? FILES_VERSION_2
                                                   : FILES_VERSION_1,
                           .network = NETWORK_VERSION_4 };
    if (version < 1)
        return;
    size_t n_bytes = version >= 4 ? sizeof rules : sizeof rules.files;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, n_bytes, 0);
    if (ruleset < 0)
        return;
    allow(ruleset, paths->knowledge);
    allow(ruleset, paths->clinic);
    allow(ruleset, content->clinic.logo);
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
}

/* A system-call filter is a program in the kernel's classic BPF.  It is put together
 * here rather than by libseccomp, whose version 2.5 runs for ever where memory runs
 * out while it loads one. */
#define MAX_CODE 256

struct filter {
    unsigned short n;
    struct sock_filter code[MAX_CODE];
};

static void put(struct filter *filter, unsigned code, uint32_t k, uint8_t if_so, uint8_t if_not)
{
    assert(filter->n < MAX_CODE);
    filter->code[filter->n++] = (struct sock_filter){ (uint16_t)code, if_so, if_not, k };
}

static void load(struct filter *filter, size_t offset)
{
    put(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void end(struct filter *filter, uint32_t action)
{
    put(filter, BPF_RET | BPF_K, action, 0, 0);
}

#define REFUSE(error) (SECCOMP_RET_ERRNO | (error))

static void decide(struct filter *filter, long call, uint32_t action)
{
    put(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
    end(filter, action);
}

/* Allows a call only where its `nth` argument has, of the bits of `mask`, those of
 * `value`.  The kernel looks at the lower half of each of these arguments. */
static void allow_where(struct filter *filter, long call, size_t nth, uint32_t mask, uint32_t value)
{
    put(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
    load(filter, offsetof(struct seccomp_data, args) + nth * sizeof(uint64_t));
    put(filter, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
    put(filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    end(filter, SECCOMP_RET_ALLOW);
    end(filter, REFUSE(EPERM));
}

/* Whatever their arguments.  Old and new forms of a call stand side by side, since C
 * libraries change over. */
static const long calls[] = {
    SYS_accept,
    SYS_accept4,
    SYS_brk,
    SYS_clock_gettime,
    SYS_clock_nanosleep,
    SYS_close,
    SYS_exit,
    SYS_exit_group,
    SYS_eventfd2,
    SYS_fcntl,
    SYS_fstat,
    SYS_futex,
    SYS_getdents64,
    SYS_getpeername,
    SYS_getpid,
    SYS_getrandom,
    SYS_getsockname,
    SYS_getsockopt,
    SYS_gettid,
    SYS_lseek,
    SYS_madvise,
    SYS_mremap,
    SYS_munmap,
    SYS_nanosleep,
    SYS_newfstatat,
    SYS_pipe2,
#ifdef SYS_poll
    SYS_poll,
#endif
    SYS_ppoll,
    SYS_pread64,
    SYS_read,
    SYS_readv,
    SYS_recvfrom,
    SYS_restart_syscall,
    SYS_rseq,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_rt_sigtimedwait,
    SYS_sched_getaffinity,
    SYS_sched_yield,
    SYS_sendmsg,
    SYS_sendto,
    SYS_set_robust_list,
    SYS_setsockopt,
    SYS_shutdown,
    SYS_sigaltstack,
    SYS_statx,
    SYS_write,
    SYS_writev,
};

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#else
#define MACHINE 0 /* none that a call comes from: all would be refused */
#endif

/* Numbers from here on mean calls of another kind, of 32 bits on x86_64. */
#define OTHER_CALLS 0x40000000

static bool confine_calls(void)
{
    struct filter filter = { .n = 0 };
    if (MACHINE == 0)
        return false;
    load(&filter, offsetof(struct seccomp_data, arch));
    put(&filter, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
    end(&filter, REFUSE(EPERM));
    load(&filter, offsetof(struct seccomp_data, nr));
    put(&filter, BPF_JMP | BPF_JGE | BPF_K, OTHER_CALLS, 0, 1);
    end(&filter, REFUSE(EPERM));
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        decide(&filter, calls[i], SECCOMP_RET_ALLOW);
    /* Threads and not processes, no file that is written or made, no code. */
    allow_where(&filter, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
    allow_where(&filter, SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
    allow_where(&filter, SYS_mmap, 2, PROT_EXEC, 0);
    allow_where(&filter, SYS_mprotect, 2, PROT_EXEC, 0);
    allow_where(&filter, SYS_prctl, 0, UINT32_MAX, PR_SET_NAME);
    allow_where(&filter, SYS_tgkill, 0, UINT32_MAX, (uint32_t)getpid()); /* abort() */
    /* Its arguments lie in memory, where no filter looks; the C library then takes
     * clone. */
    decide(&filter, SYS_clone3, REFUSE(ENOSYS));
    end(&filter, REFUSE(EPERM));
    const struct sock_fprog program = { filter.n, filter.code };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool sandbox_enter(const struct content_paths *paths, const struct content *content)
{
    const struct rlimit none = { 0, 0 };
    /* Both: a dump that is piped to a program does not heed the limit. */
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    confine_files(paths, content);
    return confine_calls();
}
