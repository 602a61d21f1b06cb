/* The named limits: one table that reading, drawing, `--limit NAME=N` and `orgflow help limits` share. */
#ifndef OF_BASE_LIMITS_H
#define OF_BASE_LIMITS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    OF_LIMIT_INPUT_BYTES, /* input-bytes, all inputs together */
    OF_LIMIT_DEPTH,       /* depth of nesting in YAML */
    OF_LIMIT_NODES,       /* nodes after alias expansion */
    OF_LIMIT_LABEL_BYTES, /* bytes of one name, title or other text that is drawn */
    OF_LIMIT_PEOPLE,
    OF_LIMIT_EVENTS,
    OF_LIMIT_GRAPH_NODES, /* nodes of a graph that dot lays out */
    OF_LIMIT_LINES,       /* people of a storyline, times its steps */
    OF_LIMIT_STEPS,       /* of one drawing */
    OF_LIMIT_LAYOUT_SECONDS,
    OF_LIMIT_LAYOUT_MIB, /* memory of the layout process */
    OF_LIMIT_PIXELS,     /* width x height of an image */
    OF_N_LIMITS
} OfLimitId;

typedef struct {
    const char *name; /* "input-bytes" */
    int64_t value;    /* the default */
    const char *summary;
} OfLimitInfo;

typedef struct {
    int64_t value[OF_N_LIMITS];
} OfLimits;

const OfLimitInfo *of_limit_info(OfLimitId id); /* static */
OfLimits of_limits_default(void);

/* Sets one limit from "NAME=N" (N a whole number > 0, with an optional k, M or G for powers of 1024 or a plain count).
 * Returns false with error (G_OPTION_ERROR_BAD_VALUE) naming the known limits where it cannot. */
bool of_limits_set(OfLimits *limits, const char *assignment, GError **error);

/* Errors that a limit or the surroundings cause; their codes are the exit statuses of the command. */
#define OF_ERROR (of_error_quark())
GQuark of_error_quark(void);
typedef enum {
    OF_ERROR_USAGE = 2,
    OF_ERROR_DATA = 3,
    OF_ERROR_LIMIT = 4,
    OF_ERROR_ENVIRONMENT = 5,
    OF_ERROR_STOPPED = 6,
} OfError;

#endif
