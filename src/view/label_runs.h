/* Reading labels as OfMarkup has written them. */
#ifndef OF_VIEW_LABEL_RUNS_H
#define OF_VIEW_LABEL_RUNS_H

#include <glib.h>
#include <stdbool.h>

/* A piece of a line in one style. Its text is escaped as it stands in the label (of_markup_unescape). */
typedef struct {
    double size; /* points */
    char *color; /* or NULL */
    bool bold, italic;
    char *text;
} OfLabelRun;

/* Reads what begins at `at` with "<FONT". Returns what stands behind it. */
const char *of_label_run_read(const char *at, OfLabelRun *run);

void of_label_run_clear(OfLabelRun *run);

#endif
