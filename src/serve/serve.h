/* Drawings that follow the file as it is edited: a page on 127.0.0.1, drawn again at each save. Only the public header, GLib and libsoup are
 * used here.
 *
 *     serve.c     everything put together, until a signal ends it
 *     saves.c     hears that an input was saved
 *     reading.c   the data as it was saved, and what is wrong with it
 *     drawings.c  reads and draws in the background, keeps the last good drawing of each view
 *     streams.c   the pages that are open: each is told the newest state
 *     server.c    connections, what is refused, what is answered
 *     shell.*     the page around the drawing
 *     soup.c      libsoup, loaded on demand */
#ifndef OF_SERVE_SERVE_H
#define OF_SERVE_SERVE_H

#include "orgflow/orgflow.h"
#include <glib.h>

#define OF_SERVE_PORT 6743 /* "ORGF" on a telephone */

/* What is to be watched, drawn and served. All is borrowed, and must outlive the call. */
typedef struct {
    const char *const *paths; /* files, folders and "-"; NULL-terminated, as all that follow */
    const void *input;        /* what "-" stands for: bytes, or NULL */
    size_t input_length;
    const char *const *limits;  /* "NAME=N" */
    const char *const *options; /* name, value, name, value … of orgflow_job_set_option() */
    const char *const *views;   /* or NULL: the saved views, else the storyline */
    const char *theme;          /* a file to read the theme from, or NULL */
    bool strict;                /* data with warnings or contradicted claims is not drawn */
    bool quiet;                 /* the terminal is told errors alone */
    bool colored;               /* problems for the terminal have colours */
    guint16 port;               /* 0: any that is free */
    /* In the thread of of_serve(), with data: the address of the page, once it can be opened; and for the terminal, when they have
     * changed, the problems of the data or the reason why it is not drawn, in lines, "" where all is well again. */
    void (*opened)(const char *address, void *data);
    void (*told)(const char *problems, void *data);
    void *data;
} OfServeTask;

/* Serves until SIGINT, SIGTERM or SIGHUP, then returns ORGFLOW_OK. Before anything is served: ORGFLOW_INVALID where a path is not there,
 * ORGFLOW_USAGE for options and views that cannot be, ORGFLOW_ENVIRONMENT where the port is taken or libsoup is not there; *message is the
 * reason, owned by the caller (g_free). From then on nothing but a signal ends it: data that is wrong is told, and mended some time. */
OrgflowStatus of_serve(const OfServeTask *task, char **message);

#endif
