/* What a difference looks like in a storyline, and what it says. */
#include "view/change_summary.h"
#include "view/storyline_scene.h"

/* Lines on which nothing changed keep this share of their colour. */
#define QUIET_SHARE 0.42

void of_scene_add_change(const OfScene *scene, OfChangeSet **changes, const OfItem *item)
{
    const OfChange *change = of_scene_is_union(scene) && item != NULL ? of_revisions_find(scene->drawing->revisions, item) : NULL;
    if (change != NULL) {
        *changes = *changes != NULL ? *changes : g_hash_table_new(NULL, NULL);
        g_hash_table_add(*changes, (gpointer) change);
    }
}

OfDelta of_scene_delta(OfChangeSet *changes)
{
    bool has[OF_N_DELTAS] = {false};
    GHashTableIter iter;
    gpointer change;
    if (changes == NULL) {
        return OF_DELTA_UNCHANGED;
    }
    g_hash_table_iter_init(&iter, changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        has[of_change_delta(change)] = true;
    }
    if (has[OF_DELTA_RETARGETED]) {
        return OF_DELTA_RETARGETED;
    }
    if (has[OF_DELTA_CHANGED] || (has[OF_DELTA_ADDED] && has[OF_DELTA_REMOVED])) {
        return OF_DELTA_CHANGED;
    }
    return has[OF_DELTA_ADDED] ? OF_DELTA_ADDED : OF_DELTA_REMOVED;
}

void of_difference_clear(OfDifference *difference)
{
    g_clear_pointer(&difference->changes, g_hash_table_unref);
    difference->delta = OF_DELTA_UNCHANGED;
}

OfDifference of_difference_copy(const OfDifference *difference)
{
    return (OfDifference){difference->delta, difference->changes != NULL ? g_hash_table_ref(difference->changes) : NULL};
}

void of_difference_add(OfDifference *difference, const OfDifference *other)
{
    GHashTableIter iter;
    gpointer change;
    if (other->changes == NULL) {
        return;
    }
    difference->changes = difference->changes != NULL ? difference->changes : g_hash_table_new(NULL, NULL);
    g_hash_table_iter_init(&iter, other->changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        g_hash_table_add(difference->changes, change);
    }
}

void of_scene_tell_change(const OfScene *scene, const OfDifference *difference)
{
    GHashTableIter iter;
    gpointer change;
    if (difference->delta == OF_DELTA_UNCHANGED || difference->changes == NULL) {
        return;
    }
    g_hash_table_iter_init(&iter, difference->changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        of_drawing_draw_change(scene->drawing, change);
    }
}

void of_scene_set_change(const OfScene *scene, void *object, const OfDifference *difference)
{
    if (!of_scene_is_union(scene)) {
        return;
    }
    const bool changed = difference->delta != OF_DELTA_UNCHANGED && difference->changes != NULL;
    g_autofree char *ids = changed ? of_change_ids(difference->changes) : NULL;
    of_graph_set(object, "data_change", of_delta_names[changed ? difference->delta : OF_DELTA_UNCHANGED], "data_change_ids", ids,
                 NULL);
}

char *of_difference_text(OfDelta delta, const char *old, const char *new)
{
    switch (delta) {
    case OF_DELTA_ADDED:
        return g_strdup_printf("+ %s", new != NULL ? new : old);
    case OF_DELTA_REMOVED:
        return g_strdup_printf("− %s", old != NULL ? old : new);
    case OF_DELTA_CHANGED:
    case OF_DELTA_RETARGETED:
        return old != NULL && new != NULL && !g_str_equal(old, new) ? g_strdup_printf("Δ %s → %s", old, new)
                                                                    : g_strdup_printf("Δ %s", new != NULL ? new : old);
    default:
        return g_strdup(new != NULL ? new : old);
    }
}

bool of_scene_is_marked(const OfScene *scene, OfDelta delta)
{
    return of_scene_is_union(scene) && scene->drawing->panel == OF_PANEL_DIFF && delta != OF_DELTA_UNCHANGED;
}

static bool is_quiet(const OfScene *scene, OfDelta delta)
{
    return of_scene_is_union(scene) && scene->drawing->panel == OF_PANEL_DIFF && delta == OF_DELTA_UNCHANGED;
}

const char *of_scene_word_color(const OfScene *scene, OfDelta delta, const char *color)
{
    return is_quiet(scene, delta) ? scene->drawing->theme->muted : color;
}

const char *of_scene_line_color(const OfScene *scene, OfDelta delta, const char *color)
{
    if (!is_quiet(scene, delta)) {
        return color;
    }
    g_autofree char *quiet = of_color_mix(color, scene->drawing->theme->background, QUIET_SHARE);
    return g_intern_string(quiet); /* at most as many as a theme and the data have colours */
}
