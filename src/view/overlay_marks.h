/* What an overlay knows of each of its elements. */
#ifndef OF_VIEW_OVERLAY_MARKS_H
#define OF_VIEW_OVERLAY_MARKS_H

#include "view/label_merge.h"
#include "view/overlay.h"

/* A cluster, node or edge of the graph of both revisions. */
typedef struct {
    void *sides[2];      /* the element in the old and in the new revision's own graph; NULL where it is not there */
    OfLabelMerge *label; /* or NULL where it has none */
    OfDelta delta;       /* how it is marked */
    bool hidden;         /* left out of the difference: gone, by a change that has been filtered away */
    bool has_ink;
    GHashTable *changes; /* OfChange behind the mark */
} OfMark;

struct OfOverlay {
    Agraph_t *graphs[2]; /* the revisions' own, without positions; the old one is its drawing's */
    GHashTable *marks;   /* what an element is called, with its kind -> OfMark */
};

/* The mark of an element of the graph of both. Never NULL for one that of_overlay_build() has seen. */
OfMark *of_overlay_find(const OfOverlay *overlay, void *element);

/* Finds out what each element's mark is, and tells the drawing which changes are drawn. Returns bits 1 << OfDelta of the marks there are. */
guint of_overlay_mark_all(OfDrawing *drawing);

/* Paints the graph as the difference, or as the panel of one side; see overlay.h. */
void of_overlay_paint_difference(OfDrawing *drawing);
void of_overlay_paint_side(OfDrawing *drawing);

/* Calls for all clusters, nodes and edges of a graph, in its order. */
typedef void (*OfElementCall)(OfDrawing *drawing, void *element, OfMark *mark);
void of_overlay_each(OfDrawing *drawing, int kind, OfElementCall call);

#endif
