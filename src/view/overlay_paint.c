/* How an overlay looks: the difference, or one side in its place. */
#include "view/overlay_marks.h"

#include <string.h>

#include "view/change_summary.h"
#include "view/graph_copy.h"
#include "view/inline_labels.h"

/* Shares of their colour that lines and fills keep which are the same on both sides, and the ghost of an old way. */
#define QUIET_SHARE 0.4
#define GHOST_SHARE 0.75
#define QUIET_TEXT  0.6

/* Points. */
#define THICKER     1.6 /* lines that are new */
#define NODE_WIDTH  2.4 /* outlines of nodes that are new */
#define GHOST_WIDTH 0.9
#define LABEL_WIDTH 110.0

static const char *mix(const OfDrawing *drawing, const char *color, double share)
{
    g_autofree char *mixed = of_color_mix(color, drawing->theme->background, share);
    return g_intern_string(mixed); /* at most as many as a theme and the data have colours */
}

static bool is_plain_color(const char *color)
{
    return color != NULL && color[0] == '#' && strlen(color) == 7;
}

static const char *quiet_text(gpointer data, const char *color)
{
    const OfDrawing *drawing = data;
    if (!is_plain_color(color)) {
        return color;
    }
    g_autofree char *receded = of_color_mix(color, drawing->theme->background, QUIET_TEXT);
    g_autofree char *legible = of_color_mix_until(receded, color, drawing->theme->background, OF_CONTRAST_TEXT);
    return g_intern_string(legible);
}

static void recede(const OfDrawing *drawing, void *element, const char *name, double share)
{
    const char *color = agget(element, (char *) name);
    if (is_plain_color(color)) {
        of_graph_set(element, name, mix(drawing, color, share), NULL);
    }
}

/* A style without the words that say how a line is dashed, and one that does. Owned by the caller. */
static char *style_with(const char *style, const char *dash)
{
    static const char *const dashes[] = {"dashed", "dotted", "solid", NULL};
    g_auto(GStrv) words = g_strsplit(style, ",", -1);
    g_autoptr(GStrvBuilder) kept = g_strv_builder_new();
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0' && !g_strv_contains(dashes, *word)) {
            g_strv_builder_add(kept, *word);
        }
    }
    g_strv_builder_add(kept, dash);
    g_auto(GStrv) all = g_strv_builder_end(kept);
    return g_strjoinv(",", all);
}

/* What a line's dashes say of confidence, they do not say here. Owned by the caller. */
static char *class_with(const char *classes, const char *delta)
{
    g_auto(GStrv) words = g_strsplit(classes, " ", -1);
    GString *text = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0' && !g_str_equal(*word, "disputed")) {
            g_string_append_printf(text, "%s ", *word);
        }
    }
    g_string_append(text, delta);
    return g_string_free(text, FALSE);
}

static void set_marks(void *element, const OfMark *mark)
{
    g_autofree char *ids = of_change_ids(mark->changes);
    of_graph_set(element, "data_change", of_delta_names[mark->delta], "data_change_ids", ids, NULL);
}

static void hide(void *element)
{
    if (AGTYPE(element) != AGNODE || !of_inline_label_is(element)) {
        of_graph_set(element, "style", "invis", NULL);
    }
    /* A blank: without a label of its own a cluster has that of the one around it. */
    of_graph_set(element, "label", AGTYPE(element) == AGRAPH ? " " : "", NULL);
}

static OfLabelLook look_of(OfDrawing *drawing, const OfMark *mark)
{
    return (OfLabelLook){.delta = mark->delta,
                         .old_alone = mark->sides[1] == NULL,
                         .new_alone = mark->sides[0] == NULL,
                         .fonts = drawing->fonts,
                         .width = LABEL_WIDTH,
                         .quiet = quiet_text,
                         .data = drawing};
}

static void write_label(OfDrawing *drawing, void *element, const OfMark *mark, OfPanel panel)
{
    if (mark->label != NULL) {
        const OfLabelLook look = look_of(drawing, mark);
        const char *around = of_graph_markup(element);
        if (around == NULL) { /* hidden in the difference */
            around = of_graph_markup(mark->sides[0] != NULL ? mark->sides[0] : mark->sides[1]);
        }
        g_autofree char *html = of_label_merge_write(mark->label, panel, &look, around);
        of_graph_set_markup(element, html);
    }
}

/* Solid and thick what is new, dashed what is gone, a thin ghost the old way of what goes elsewhere now, quiet what is as it was. */
static void paint_outline(OfDrawing *drawing, void *element, const OfMark *mark)
{
    const bool old_alone = mark->sides[1] == NULL, edge = AGTYPE(element) != AGRAPH && AGTYPE(element) != AGNODE;
    const bool fresh = mark->sides[0] == NULL || (mark->delta == OF_DELTA_RETARGETED && !old_alone);
    const double width = g_ascii_strtod(agget(element, (char *) "penwidth"), NULL);
    g_autofree char *style =
        style_with(agget(element, (char *) "style"), old_alone && mark->delta != OF_DELTA_UNCHANGED ? "dashed" : "solid");
    g_autofree char *class = class_with(agget(element, (char *) "class"), of_delta_names[mark->delta]);
    of_graph_set(element, "style", style, "class", class, NULL);
    if (mark->delta == OF_DELTA_UNCHANGED) {
        recede(drawing, element, "color", QUIET_SHARE);
        if (!edge) {
            recede(drawing, element, "fillcolor", QUIET_SHARE);
        }
        return;
    }
    /* A box whose edge is as its fill has an edge to be marked. */
    const char *fill = edge ? NULL : agget(element, (char *) "fillcolor");
    if (fill != NULL && is_plain_color(fill) && g_strcmp0(fill, agget(element, (char *) "color")) == 0) {
        of_graph_set(element, "color", drawing->theme->ink, NULL);
    }
    if (old_alone) {
        recede(drawing, element, "fillcolor", edge ? 1 : QUIET_SHARE);
        recede(drawing, element, "color", mark->delta == OF_DELTA_RETARGETED ? GHOST_SHARE : 1);
        if (mark->delta == OF_DELTA_RETARGETED) {
            of_graph_set_number(element, "penwidth", MIN(width, GHOST_WIDTH));
        }
    } else if (edge) {
        of_graph_set_number(element, "penwidth", width + (fresh ? THICKER : 0));
    } else {
        of_graph_set_number(element, "penwidth", fresh ? NODE_WIDTH : MAX(width, 1.5));
    }
}

static void paint_element(OfDrawing *drawing, void *element, OfMark *mark)
{
    if (mark->hidden) {
        hide(element);
        return;
    }
    if (AGTYPE(element) == AGNODE && of_inline_label_is(element)) {
        write_label(drawing, element, mark, OF_PANEL_DIFF);
        return;
    }
    g_autofree char *whole =
        AGTYPE(element) != AGRAPH && AGTYPE(element) != AGNODE ? of_inline_label_whole(agnameof(element)) : NULL;
    if (!mark->has_ink && whole == NULL) {
        if (g_strcmp0(agget(element, (char *) "data_kind"), "callout") == 0) {
            set_marks(element, mark); /* remarks of the view stand in full colour: they are of no revision */
        }
        return;
    }
    set_marks(element, mark);
    paint_outline(drawing, element, mark);
    write_label(drawing, element, mark, OF_PANEL_DIFF);
}

void of_overlay_paint_difference(OfDrawing *drawing)
{
    static const int kinds[] = {AGRAPH, AGNODE, AGEDGE};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        of_overlay_each(drawing, kinds[i], paint_element);
    }
}

/* Where a thing stands, what it is called and what happened to it, whichever side is seen. */
static const char *const kept[] = {"bb",       "pos",      "lp",     "width",       "height",          "lwidth", "lheight", "id",
                                   "headport", "tailport", "margin", "data_change", "data_change_ids", "label",  NULL};

static void paint_side(OfDrawing *drawing, void *element, OfMark *mark)
{
    const guint side = drawing->panel == OF_PANEL_BEFORE ? 0 : 1;
    if (mark->sides[side] == NULL) {
        hide(element);
        return;
    }
    of_graph_copy_attributes(mark->sides[side], element, kept);
    write_label(drawing, element, mark, drawing->panel);
}

void of_overlay_paint_side(OfDrawing *drawing)
{
    static const int kinds[] = {AGRAPH, AGNODE, AGEDGE};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        of_overlay_each(drawing, kinds[i], paint_side);
    }
}
