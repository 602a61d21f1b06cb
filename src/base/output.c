#define _GNU_SOURCE /* O_TMPFILE */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnostics.h"
#include "base/limits.h"

#define MOST_BYTES_A_WRITE ((gsize) 1 << 30) /* Linux takes no more than about 2 GiB at once */
#define MOST_LINKS         40                /* as the kernel has it */
#define MOST_TRIES         100               /* for a name that is free */

static bool refuse(GError **error, const char *path, const char *reason)
{
    g_autofree char *shown = of_text_escape(path, -1);
    g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot write `%s`: %s", shown, reason);
    return false;
}

static bool refuse_errno(GError **error, const char *path, int number)
{
    return refuse(error, path, g_strerror(number));
}

bool of_output_write_fd(int fd, const char *name, const void *bytes, gsize length, GError **error)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(fd, at, MIN(length, MOST_BYTES_A_WRITE));
        if (written > 0) {
            at += written;
            length -= (gsize) written;
        } else if (written < 0 && errno == EAGAIN) {
            /* Somebody else's descriptor may have been set not to block. */
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            if (poll(&ready, 1, -1) < 0 && errno != EINTR) {
                return refuse_errno(error, name, errno);
            }
        } else if (written == 0) {
            return refuse_errno(error, name, EIO);
        } else if (errno != EINTR) {
            return refuse_errno(error, name, errno);
        }
    }
    return true;
}

/* Writes and syncs. What cannot be synced (a pipe, a terminal) need not be. */
static bool write_and_sync(int fd, const char *path, const void *bytes, gsize length, GError **error)
{
    if (!of_output_write_fd(fd, path, bytes, length, error)) {
        return false;
    }
    while (fsync(fd) != 0) {
        if (errno != EINTR) {
            return errno == EINVAL || errno == EROFS || errno == ENOTSUP || refuse_errno(error, path, errno);
        }
    }
    return true;
}

/* Writes, syncs and closes fd. */
static bool write_and_close(int fd, const char *path, const void *bytes, gsize length, GError **error)
{
    const bool written = write_and_sync(fd, path, bytes, length, error);
    const bool closed = close(fd) == 0 || errno == EINTR;
    return written && (closed || refuse_errno(error, path, errno));
}

static bool write_in_place(const char *path, const void *bytes, gsize length, GError **error)
{
    int fd;
    do {
        fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    } while (fd < 0 && errno == EINTR); /* a named pipe waits for its other side */
    return fd >= 0 ? write_and_close(fd, path, bytes, length, error) : refuse_errno(error, path, errno);
}

/* The path that a symbolic link to nothing leads to, or a copy of the path where it is no link; NULL with errno where it leads
 * nowhere. realpath() cannot say, since there is no file yet. */
static char *follow_links(const char *path)
{
    g_autofree char *here = g_strdup(path);
    for (int i = 0; i < MOST_LINKS; i++) {
        struct stat status;
        if (lstat(here, &status) != 0 || !S_ISLNK(status.st_mode)) {
            return g_steal_pointer(&here);
        }
        char target[PATH_MAX];
        ssize_t n = readlink(here, target, sizeof target - 1);
        if (n < 0) {
            return NULL;
        }
        target[n] = '\0';
        char *next = NULL;
        if (target[0] == '/') {
            next = g_strdup(target);
        } else {
            g_autofree char *folder = g_path_get_dirname(here);
            next = g_build_filename(folder, target, NULL);
        }
        g_free(here);
        here = next;
    }
    errno = ELOOP;
    return NULL;
}

/* A name in the folder that nothing else has, but for the unlikely case. Owned by the caller. */
static char *make_name(const char *folder)
{
    g_autofree char *name = g_strdup_printf(".orgflow-%08x%08x.tmp", g_random_int(), g_random_int());
    return g_build_filename(folder, name, NULL);
}

/* Opens a new file in the folder. Returns its descriptor and sets *path (owned by the caller), or returns -1 with errno. */
static int open_named(const char *folder, char **path)
{
    for (int i = 0; i < MOST_TRIES; i++) {
        g_autofree char *tried = make_name(folder);
        int fd = open(tried, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd >= 0) {
            *path = g_steal_pointer(&tried);
            return fd;
        }
        if (errno != EEXIST && errno != EINTR) {
            return -1;
        }
    }
    return -1;
}

/* Gives a file without a name one in its folder: target itself where it may be taken (nothing stands there), and *path is NULL; else
 * one that is to be renamed, in *path (owned by the caller). */
static bool link_nameless(int fd, const char *folder, const char *target, bool may_be_target, char **path)
{
    char self[64]; /* the way to link a descriptor without a privilege */
    g_snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    if (may_be_target && linkat(AT_FDCWD, self, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0) {
        return true;
    }
    for (int i = 0; i < MOST_TRIES; i++) {
        g_autofree char *tried = make_name(folder);
        if (linkat(AT_FDCWD, self, AT_FDCWD, tried, AT_SYMLINK_FOLLOW) == 0) {
            *path = g_steal_pointer(&tried);
            return true;
        }
        if (errno != EEXIST && errno != EINTR) {
            return false;
        }
    }
    return false;
}

/* Makes the new name last through a crash. The file is whole in any case, so a folder that cannot be synced is no failure. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void) fsync(fd);
        close(fd);
    }
}

/* Sets the new file's mode to the old one's, if there is an old one. */
static bool keep_mode(int fd, const char *path, const struct stat *old, GError **error)
{
    return old == NULL || fchmod(fd, old->st_mode & 0777) == 0 || refuse_errno(error, path, errno);
}

/* Takes the temporary file to its place. */
static bool move_into_place(const char *temporary, const char *target, const char *path, GError **error)
{
    if (rename(temporary, target) == 0) {
        return true;
    }
    const int number = errno;
    unlink(temporary);
    return refuse_errno(error, path, number);
}

/* The signals by which a user ends a program: held back while a temporary file has a name, and delivered then. */
static void hold_signals(sigset_t *before)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, before);
}

/* Through a file that has a name from the start, which is left behind where the program is killed by what cannot be held back. */
static bool replace_by_named(const char *folder, const char *target, const char *path, const struct stat *old, const void *bytes,
                             gsize length, GError **error)
{
    g_autofree char *temporary = NULL;
    const int fd = open_named(folder, &temporary);
    if (fd < 0) {
        return refuse_errno(error, path, errno);
    }
    if (!keep_mode(fd, path, old, error)) {
        close(fd);
        unlink(temporary);
        return false;
    }
    if (!write_and_close(fd, path, bytes, length, error)) {
        unlink(temporary);
        return false;
    }
    return move_into_place(temporary, target, path, error);
}

/* Writes a regular file: old is what stands there, or NULL. target is free of links; path is what messages name. The file has no
 * name while it is written, so that a killed program leaves nothing behind; only in the moment between naming and renaming it, which
 * takes place where an old file is replaced, it can. File systems without such files get a named one. */
static bool replace_file(const char *target, const char *path, const struct stat *old, const void *bytes, gsize length,
                         GError **error)
{
    g_autofree char *folder = g_path_get_dirname(target);
    g_autofree char *temporary = NULL;
    const int fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    bool done = fd >= 0;
    if (done && (!keep_mode(fd, path, old, error) || !write_and_sync(fd, path, bytes, length, error))) {
        close(fd);
        return false;
    }
    sigset_t before;
    hold_signals(&before);
    done = done && link_nameless(fd, folder, target, old == NULL, &temporary);
    if (fd >= 0) {
        close(fd); /* nothing is lost here: all is synced */
    }
    if (!done) {
        done = replace_by_named(folder, target, path, old, bytes, length, error);
    } else if (temporary != NULL) {
        done = move_into_place(temporary, target, path, error);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (done) {
        sync_folder(folder);
    }
    return done;
}

/* Replaces the regular file that path leads to. */
static bool replace_existing(const char *path, const struct stat *old, const void *bytes, gsize length, GError **error)
{
    /* A rename asks for no right to the file itself, but who took that right away meant it. */
    if (access(path, W_OK) != 0) {
        return refuse_errno(error, path, errno);
    }
    char *target = realpath(path, NULL);
    struct stat found;
    bool is_same = target != NULL && stat(target, &found) == 0 && found.st_dev == old->st_dev && found.st_ino == old->st_ino;
    /* /dev/stdout may lead to a file that has no name any more: then there is nothing to be kept whole. */
    bool done = is_same ? replace_file(target, path, old, bytes, length, error) : write_in_place(path, bytes, length, error);
    free(target);
    return done;
}

bool of_output_write_file(const char *path, const void *bytes, gsize length, GError **error)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            return refuse(error, path, "it is a folder");
        }
        return S_ISREG(status.st_mode) ? replace_existing(path, &status, bytes, length, error)
                                       : write_in_place(path, bytes, length, error);
    }
    if (errno != ENOENT) {
        return refuse_errno(error, path, errno);
    }
    g_autofree char *target = follow_links(path);
    if (target == NULL) {
        return refuse_errno(error, path, errno);
    }
    if (*target == '\0' || g_str_has_suffix(target, "/")) {
        return refuse_errno(error, path, ENOENT);
    }
    return replace_file(target, path, NULL, bytes, length, error);
}
