/* A shared object for LD_PRELOAD that makes one system call or allocation fail, for tests/faults.py:
 *     FAULT_CALLS  names of calls, "write,fsync"; those that the program itself makes are counted, not those of the libraries under
 *                  it, which are not ours to mend; but for `malloc` all are
 *     FAULT_AT     which of them, from 1
 *     FAULT_KIND   the name of an error ("ENOSPC"), "short" (half of what was asked for is read or written) or "kill" (SIGKILL
 *                  before the call)
 *     FAULT_FIRED  a file that is made once the fault has happened
 *     FAULT_NAMED  set: files without a name are not to be had, as on some file systems
 * The layout process is not reached: it does not get LD_PRELOAD. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEEN __attribute__((visibility("default")))

static const struct {
    const char *name;
    int number;
} errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EINTR", EINTR}, {"EACCES", EACCES}, {"EMFILE", EMFILE}, {"ENOMEM", ENOMEM}};

static const char *calls = NULL, *kind = NULL;
static long fault_at = 0;
static int fault_errno = 0;
static atomic_long n_seen = 0;
static __thread bool inside = false; /* what is asked for while a call is judged is not counted */

__attribute__((constructor)) static void read_settings(void)
{
    const char *at = getenv("FAULT_AT");
    calls = getenv("FAULT_CALLS");
    kind = getenv("FAULT_KIND");
    fault_at = at != NULL && calls != NULL && kind != NULL ? strtol(at, NULL, 10) : 0;
    for (size_t i = 0; kind != NULL && i < sizeof errors / sizeof *errors; i++) {
        fault_errno = strcmp(errors[i].name, kind) == 0 ? errors[i].number : fault_errno;
    }
}

static bool is_listed(const char *call)
{
    const size_t length = strlen(call);
    for (const char *at = strstr(calls, call); at != NULL; at = strstr(at + 1, call)) {
        if ((at == calls || at[-1] == ',') && (at[length] == ',' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Whether the call comes from us. */
static bool is_ours(const void *caller)
{
    Dl_info object;
    if (dladdr(caller, &object) == 0 || object.dli_fname == NULL) {
        return false;
    }
    const char *name = strrchr(object.dli_fname, '/');
    name = name != NULL ? name + 1 : object.dli_fname;
    return strncmp(name, "liborgflow", 10) == 0 || strcmp(name, "orgflow") == 0;
}

/* Whether this call is the one to fail; caller: NULL where it does not matter. Kills the program where that is asked for. */
static bool strikes(const char *call, const void *caller)
{
    if (fault_at == 0 || inside) {
        return false;
    }
    inside = true;
    const bool hit = is_listed(call) && (caller == NULL || is_ours(caller)) && atomic_fetch_add(&n_seen, 1) + 1 == fault_at;
    inside = false;
    const char *fired = getenv("FAULT_FIRED");
    if (hit && fired != NULL) {
        syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, fired, O_WRONLY | O_CREAT, 0666));
    }
    if (hit && strcmp(kind, "kill") == 0) {
        syscall(SYS_kill, getpid(), SIGKILL);
    }
    if (hit) {
        errno = fault_errno;
    }
    return hit;
}

static bool is_short(void)
{
    return strcmp(kind, "short") == 0;
}

/* The library's own function of this name. */
#define REAL(name) real_##name = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)
#define WRAP(type, name, parameters, arguments, failed)                                                                            \
    SEEN type name parameters                                                                                                      \
    {                                                                                                                              \
        static __typeof__(&name) real_##name = NULL;                                                                               \
        if (real_##name == NULL) {                                                                                                 \
            REAL(name);                                                                                                            \
        }                                                                                                                          \
        return strikes(#name, __builtin_return_address(0)) ? (failed) : real_##name arguments;                                     \
    }

/* A call that moves `length` bytes: with "short", half of them. */
#define WRAP_TRANSFER(name, parameters, arguments)                                                                                 \
    SEEN ssize_t name parameters                                                                                                   \
    {                                                                                                                              \
        static __typeof__(&name) real_##name = NULL;                                                                               \
        if (real_##name == NULL) {                                                                                                 \
            REAL(name);                                                                                                            \
        }                                                                                                                          \
        if (strikes(#name, __builtin_return_address(0))) {                                                                         \
            if (!is_short()) {                                                                                                     \
                return -1;                                                                                                         \
            }                                                                                                                      \
            length = length > 1 ? length / 2 : length;                                                                             \
        }                                                                                                                          \
        return real_##name arguments;                                                                                              \
    }

WRAP_TRANSFER(write, (int fd, const void *bytes, size_t length), (fd, bytes, length))
WRAP_TRANSFER(read, (int fd, void *bytes, size_t length), (fd, bytes, length))
WRAP_TRANSFER(send, (int fd, const void *bytes, size_t length, int flags), (fd, bytes, length, flags))
WRAP_TRANSFER(recv, (int fd, void *bytes, size_t length, int flags), (fd, bytes, length, flags))
WRAP(int, fsync, (int fd), (fd), -1)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
WRAP(int, unlink, (const char *path), (path), -1)
WRAP(int, rename, (const char *from, const char *to), (from, to), -1)
WRAP(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), -1)
WRAP(int, access, (const char *path, int mode), (path, mode), -1)
WRAP(char *, realpath, (const char *restrict path, char *restrict resolved), (path, resolved), NULL)
WRAP(int, stat, (const char *restrict path, struct stat *restrict status), (path, status), -1)
WRAP(int, poll, (struct pollfd * fds, nfds_t n, int milliseconds), (fds, n, milliseconds), -1)
WRAP(pid_t, waitpid, (pid_t pid, int *status, int flags), (pid, status, flags), -1)
WRAP(int, pipe2, (int fds[2], int flags), (fds, flags), -1)
WRAP(int, socketpair, (int domain, int type, int protocol, int fds[2]), (domain, type, protocol, fds), -1)
WRAP(DIR *, opendir, (const char *path), (path), NULL)
WRAP(struct dirent *, readdir, (DIR * folder), (folder), NULL)
WRAP(int, posix_spawn,
     (pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *restrict actions,
      const posix_spawnattr_t *restrict attributes, char *const arguments[restrict], char *const environment[restrict]),
     (pid, path, actions, attributes, arguments, environment), fault_errno)

/* The descriptor is closed all the same, as Linux has it. */
SEEN int close(int fd)
{
    const bool hit = strikes("close", __builtin_return_address(0));
    const int result = (int) syscall(SYS_close, fd);
    if (hit) {
        errno = fault_errno;
    }
    return hit ? -1 : result;
}

SEEN int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    const mode_t mode = makes ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    const bool writes = (flags & O_ACCMODE) != O_RDONLY;
    if ((flags & O_TMPFILE) == O_TMPFILE && getenv("FAULT_NAMED") != NULL) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return strikes(writes ? "open-to-write" : "open-to-read", __builtin_return_address(0))
               ? -1
               : (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* The program stands in for malloc() itself and takes its memory from here (src/program/allocator.c). */
#define WRAP_ALLOCATOR(name, parameters, arguments)                                                                                \
    SEEN void *name parameters;                                                                                                    \
    SEEN void *name parameters                                                                                                     \
    {                                                                                                                              \
        static __typeof__(&name) real_##name = NULL;                                                                               \
        if (real_##name == NULL) {                                                                                                 \
            REAL(name);                                                                                                            \
        }                                                                                                                          \
        return strikes("malloc", NULL) ? NULL : real_##name arguments;                                                             \
    }

WRAP_ALLOCATOR(__libc_malloc, (size_t size), (size))
WRAP_ALLOCATOR(__libc_calloc, (size_t n, size_t size), (n, size))
WRAP_ALLOCATOR(__libc_realloc, (void *old, size_t size), (old, size))
WRAP_ALLOCATOR(__libc_memalign, (size_t alignment, size_t size), (alignment, size))
