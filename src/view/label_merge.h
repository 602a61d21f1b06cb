/* Labels of two revisions as one: what OfMarkup has written is read back, put together line by line, and written for a panel. */
#ifndef OF_VIEW_LABEL_MERGE_H
#define OF_VIEW_LABEL_MERGE_H

#include "view/fonts.h"
#include "view/revisions.h"

typedef struct OfLabelMerge OfLabelMerge;

/* before, after: HTML-like labels, or NULL where a side has none. Lines that text was wrapped into are compared as one. is_list: lines as large as
 * a name are entries of a list, of which one does not become another but where renames (old name -> new name) says so, or where they differ in a
 * mark behind the name. same_title: the first line says the same on both sides, however it is put. */
OfLabelMerge *of_label_merge_new(const char *before, const char *after, bool is_list, bool same_title, GHashTable *renames);
void of_label_merge_free(OfLabelMerge *merge); /* takes NULL */

/* Whether a line is not the same on both sides. */
bool of_label_merge_differs(const OfLabelMerge *merge);

/* How the difference looks. */
typedef struct {
    OfDelta delta; /* of the whole: OF_DELTA_CHANGED marks single lines, OF_DELTA_UNCHANGED none */
    bool old_alone, new_alone;
    OfFonts *fonts;
    double width; /* points: an old and a new text share a line where it is no wider than this or the label's widest */
    /* The quiet colour for a colour. Borrowed. */
    const char *(*quiet)(gpointer data, const char *color);
    gpointer data;
} OfLabelLook;

/* The label for a panel; in all panels it takes about the same room. look: of OF_PANEL_DIFF, and its fonts of all. around: a label whose table,
 * if it has one, the lines are set in; or NULL. "" where there is nothing. Owned by the caller. */
char *of_label_merge_write(const OfLabelMerge *merge, OfPanel panel, const OfLabelLook *look, const char *around);

/* The size of a label as written: of its widest line, and of all lines' heights at the given distance. */
void of_label_measure(const char *html, OfFonts *fonts, double line_factor, double *width, double *height);

#endif
