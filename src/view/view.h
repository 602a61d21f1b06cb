/* Views: what a drawing shows. One file and one table row each. */
#ifndef OF_VIEW_VIEW_H
#define OF_VIEW_VIEW_H

#include "view/drawing.h"

struct OfView {
    const char *name;    /* "moves" */
    const char *answers; /* "who moved where" */
    const char *engine;  /* "dot", or "nop2" where the view sets positions itself */
    guint n_variants;    /* arrangements to choose from when a size is asked for, at least 1; 0 is the natural one */
    guint n_full;        /* the first of them: those that show all there is; the others are for what does not fit otherwise */
    /* Fills drawing->graph, description, legend, citations and remarks. error: OF_ERROR_LIMIT and others. */
    bool (*build)(OfDrawing *drawing, GError **error);
    /* What is left to do on the graph that has been built, of two revisions on that of both: where the view sets positions itself, these. Or NULL. */
    void (*place)(OfDrawing *drawing);
    /* What is left to do on the graph that Graphviz has laid out, or NULL. */
    void (*finish)(OfDrawing *drawing);
    /* Of two revisions: what it shows of items that both have, "kind/field", ended by NULL, so that of_overlay_build() can draw them together from a
     * graph of each. NULL: build draws both together, for drawing->panel, with all things at one place in all panels; it calls
     * of_drawing_draw_change() and of_change_summary_make(). */
    const char *const *shows;
    /* Of two revisions: it can show one alone, and nothing of what changed; all changes are listed under it. */
    bool alone;
    /* Whether it says when what it draws begins, so that it can be drawn in steps. */
    bool has_steps;
};

/* The table, ended by a row whose name is NULL. */
extern const OfView of_views[];
const OfView *of_view_find(const char *name); /* NULL where there is none */
/* The names that format version 1 knows: of_schema_view_types. */
extern const char *const *const of_view_format_names;

bool of_view_build_storyline(OfDrawing *drawing, GError **error);
bool of_view_build_moves(OfDrawing *drawing, GError **error);
void of_view_finish_moves(OfDrawing *drawing);
bool of_view_build_strategy(OfDrawing *drawing, GError **error);
void of_view_place_strategy(OfDrawing *drawing);
bool of_view_build_causes(OfDrawing *drawing, GError **error);
bool of_view_build_snapshot(OfDrawing *drawing, GError **error);
void of_view_place_snapshot(OfDrawing *drawing);
bool of_view_build_retention(OfDrawing *drawing, GError **error);
bool of_view_build_alluvial(OfDrawing *drawing, GError **error);

#endif
