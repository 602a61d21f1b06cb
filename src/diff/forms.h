/* The forms in which a difference is written: a table. */
#ifndef OF_DIFF_FORMS_H
#define OF_DIFF_FORMS_H

#include "diff/changes.h"

/* What the sides are called: "old.yaml", or NULL. */
typedef struct {
    const char *from, *to;
} OfSideNames;

typedef struct {
    const char *name, *summary;
    /* Appends to out, ending with a newline. colored: with ANSI colours, where the form has any. */
    void (*write)(GString *out, const OfChanges *changes, const OfSideNames *names, bool colored);
} OfDiffForm;

/* Ended by a row whose name is NULL; the first is the default. */
extern const OfDiffForm of_diff_forms[];

/* The row, or NULL. */
const OfDiffForm *of_diff_form_find(const char *name);

/* One file a form. */
void of_diff_write_text(GString *out, const OfChanges *changes, const OfSideNames *names, bool colored);
void of_diff_write_json(GString *out, const OfChanges *changes, const OfSideNames *names, bool colored);
void of_diff_write_markdown(GString *out, const OfChanges *changes, const OfSideNames *names, bool colored);
void of_diff_write_brief(GString *out, const OfChanges *changes, const OfSideNames *names, bool colored);

#endif
