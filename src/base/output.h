/* Output that is whole or absent. */
#ifndef OF_BASE_OUTPUT_H
#define OF_BASE_OUTPUT_H

#include <glib.h>
#include <stdbool.h>

/* Writes bytes to path: a regular or new file through a temporary file in the same folder (mode 0666 & ~umask or the old file's
 * mode), written, synced, renamed; what exists and is no regular file (a device, a pipe, a socket) in place. A symbolic link is
 * followed. On any failure the old file stands and nothing is left behind. Where the program is killed, file systems with files that
 * have no name (O_TMPFILE: ext4, xfs, btrfs, tmpfs) keep nothing, but for a file `.orgflow-*.tmp` in the one moment between naming
 * and renaming it over an old file; others keep such a file from whenever it was being written. SIGINT, SIGTERM and SIGHUP are held back in this thread while
 * the file has a name, so that they leave none.
 * error: OF_ERROR_ENVIRONMENT, "cannot write `path`: No space left on device". */
bool of_output_write_file(const char *path, const void *bytes, gsize length, GError **error);

/* Writes all bytes to a file descriptor, through short writes and EINTR; EPIPE is an error as any other (SIGPIPE is the
 * caller's affair). name is for the message. */
bool of_output_write_fd(int fd, const char *name, const void *bytes, gsize length, GError **error);

#endif
