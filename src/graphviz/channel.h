/* Reading and writing the stream socket between the library and orgflow-layout, within the latter. */
#ifndef OF_GRAPHVIZ_CHANNEL_H
#define OF_GRAPHVIZ_CHANNEL_H

#include "graphviz/protocol.h"

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

/* Returns false at the end of the stream. */
static inline bool of_channel_read(int channel, void *bytes, gsize length)
{
    for (char *at = bytes; length > 0;) {
        const ssize_t n = read(channel, at, length);
        if (n > 0) {
            at += n;
            length -= (gsize) n;
        } else if (n == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Returns false where the other side is gone. */
static inline bool of_channel_write(int channel, const void *bytes, gsize length)
{
    for (const char *at = bytes; length > 0;) {
        const ssize_t n = write(channel, at, length);
        if (n >= 0) {
            at += n;
            length -= (gsize) n;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

#endif
