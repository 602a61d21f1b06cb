/* The report of a run, as JSON. */
#ifndef OF_API_REPORT_H
#define OF_API_REPORT_H

#include "api/draw.h"

/* One drawing's part. */
typedef struct {
    const char *name;  /* id of the saved view, or the type */
    const char *panel; /* of two revisions: "diff", "before" or "after"; else NULL */
    const OfView *view;
    const OfDrawn *drawn;
    gint64 read_us, paint_us;
} OfReportEntry;

/* {"views": [...]} as DESIGN §4 says. Owned by the caller. */
char *of_report_write(const OfReportEntry *entries, guint n);

#endif
