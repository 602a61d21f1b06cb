/* The names of a storyline's people, and the words about what changed in their ways, with the places they could have. */
#include "view/storyline_scene.h"

#include <math.h>

#define COLUMN_SHARE 0.75 /* of a name's height that must be free in a column of names */

char *of_scene_person_name(const OfScene *scene, guint person, OfPanel panel, bool at_end, OfDifference *difference)
{
    const OfCast *cast = of_scene_cast(scene, person);
    const OfPerson *old = cast->sides[OF_OLD], *new = cast->sides[OF_NEW];
    *difference = (OfDifference){OF_DELTA_UNCHANGED, NULL};
    if (!of_scene_is_union(scene)) {
        return g_strdup(of_item_label(&new->item));
    }
    if (panel != OF_PANEL_DIFF) {
        const OfPerson *shown = panel == OF_PANEL_BEFORE ? old : new;
        return shown != NULL ? g_strdup(of_item_label(&shown->item)) : NULL;
    }
    const char *before = old != NULL ? of_item_label(&old->item) : NULL, *after = new != NULL ? of_item_label(&new->item) : NULL;
    const bool both = old != NULL && new != NULL;
    OfDifference renamed = {OF_DELTA_UNCHANGED, NULL};
    if (both && !g_str_equal(before, after)) {
        of_scene_add_change(scene, &renamed.changes, &new->item);
        renamed.delta = renamed.changes != NULL ? OF_DELTA_CHANGED : OF_DELTA_UNCHANGED;
    }
    of_difference_add(difference, &renamed);
    guint first = 0, end = 0;
    of_scene_person_parts(scene, person, &first, &end);
    for (guint i = first; i < end; i++) {
        of_difference_add(difference, &of_scene_part(scene, i)->difference);
    }
    if (difference->changes != NULL) {
        difference->delta = both ? OF_DELTA_CHANGED : of_scene_part(scene, first)->difference.delta;
    }
    char *text = both && renamed.delta == OF_DELTA_UNCHANGED
                     ? g_strdup(after)
                     : of_difference_text(difference->delta, both && !at_end ? after : before, after);
    of_difference_clear(&renamed);
    return text;
}

double of_scene_person_name_width(const OfScene *scene, guint person, bool at_end)
{
    double width = 0;
    for (OfPanel panel = OF_PANEL_DIFF; panel <= (of_scene_is_union(scene) ? OF_PANEL_AFTER : OF_PANEL_DIFF); panel++) {
        OfDifference difference;
        g_autofree char *name = of_scene_person_name(scene, person, panel, at_end, &difference);
        const OfFace face = difference.delta != OF_DELTA_UNCHANGED ? OF_FACE_BOLD : OF_FACE_REGULAR;
        of_difference_clear(&difference);
        width = name != NULL ? MAX(width, of_scene_text_width(scene, face, OF_SIZE_NAME, name)) : width;
    }
    return width;
}

double of_scene_cited_width(const OfScene *scene, guint person)
{
    OfDrawing *drawing = scene->drawing;
    const OfPanel shown = drawing->panel;
    double width = 0;
    for (OfPanel panel = OF_PANEL_DIFF; panel <= (of_scene_is_union(scene) ? OF_PANEL_AFTER : OF_PANEL_DIFF); panel++) {
        drawing->panel = panel;
        g_autofree char *cited = of_scene_cite_person(scene, person);
        width = cited != NULL ? MAX(width, of_scene_text_width(scene, OF_FACE_REGULAR, OF_SIZE_NOTE, cited) + OF_CITE_GAP) : width;
    }
    drawing->panel = shown;
    return width;
}

char *of_scene_old_name(const OfScene *scene, const OfPart *part)
{
    return g_strdup_printf("− %s", of_item_label(&of_scene_cast(scene, part->person)->sides[OF_OLD]->item));
}

/* A name beside the end of a line, or above or below it. */
static void add_end_places(OfScene *scene, OfWord *word, OfLayoutPoint point, bool at_start)
{
    g_auto(GStrv) lines = NULL;
    const OfLayoutRect rect = of_scene_measure(scene, word, 0, &lines);
    const double beside = at_start ? point.x - rect.width - 4 : point.x + 4;
    for (int far = 0; far < 6; far++) {
        const double dy = far * rect.height / 2;
        of_scene_add_place(scene, word, rect, beside, point.y - rect.height / 2 - dy, lines);
        of_scene_add_place(scene, word, rect, beside, point.y - rect.height / 2 + dy, lines);
        const double over = at_start ? point.x : point.x - rect.width;
        of_scene_add_place(scene, word, rect, over, point.y - rect.height - 1.5 - dy, lines);
        of_scene_add_place(scene, word, rect, over, point.y + 1.5 + dy, lines);
    }
}

/* Right of where a line ends, which may reach into the column of names: where a revision ends that column is empty. Lines stand closer than
 * names need to be apart from what is not a name in the column. */
static void add_column_place(const OfScene *scene, OfWord *word, OfLayoutPoint point)
{
    char **lines = NULL;
    OfLayoutRect rect = of_scene_measure(scene, word, 0, &lines);
    rect.height *= COLUMN_SHARE;
    rect.x = point.x + OF_COLUMN_GAP - 2;
    rect.y = point.y - rect.height / 2;
    if (rect.x + rect.width <= scene->input.page.right + scene->right_names + 0.5) {
        g_array_append_val(word->places, rect);
        g_ptr_array_add(word->lines, lines);
    } else {
        g_strfreev(lines);
    }
}

/* Names where a line begins or ends within the plot; at its edges they stand in the columns beside it. */
void of_scene_add_line_names(OfScene *scene)
{
    if (!of_scene_has_names(scene)) {
        char *text = g_strdup_printf(
            "The names of %u people are left out: --group, --lab, --person or --from show fewer people, with names.",
            scene->people->len);
        if (of_scene_is_union(scene)) {
            of_drawing_add_remark(of_scene_side(scene, OF_OLD), g_strdup(text));
        }
        of_drawing_add_remark(scene->drawing, text);
        return;
    }
    for (guint person = 0; person < scene->people->len; person++) {
        g_autoptr(GArray) way = of_scene_main_way(scene, person);
        if (way->len == 0) {
            continue;
        }
        const OfLayoutPoint ends[] = {g_array_index(way, OfLayoutPoint, 0), g_array_index(way, OfLayoutPoint, way->len - 1)};
        const bool inside[] = {ends[0].x > scene->input.page.left + 0.5, ends[1].x < scene->input.page.right - 0.5};
        for (int at = 0; at < 2; at++) {
            if (!inside[at]) {
                continue;
            }
            OfDifference difference, none;
            char *name = of_scene_person_name(scene, person, OF_PANEL_DIFF, at == 1, &difference);
            const bool marked = difference.delta != OF_DELTA_UNCHANGED;
            OfWord *word =
                of_scene_add_word(scene, at == 0 ? OF_WORD_START : OF_WORD_END, name, marked ? OF_FACE_BOLD : OF_FACE_REGULAR,
                                  OF_SIZE_NAME, of_scene_person_color(scene, person));
            word->plain = OF_FACE_REGULAR;
            word->owner = person;
            word->difference = difference;
            word->alone[OF_OLD] =
                of_scene_is_union(scene) ? of_scene_person_name(scene, person, OF_PANEL_BEFORE, true, &none) : NULL;
            word->alone[OF_NEW] =
                of_scene_is_union(scene) ? of_scene_person_name(scene, person, OF_PANEL_AFTER, true, &none) : NULL;
            add_end_places(scene, word, ends[at], at == 0);
        }
    }
}

/* The middle of the way on which a note's day falls. */
static OfLayoutPoint note_point(const OfScene *scene, const OfPart *part)
{
    g_autoptr(GArray) way = of_scene_main_way(scene, part->person);
    const double x = scene->line->timescale->x[of_slots_find(scene->line->slots, part->note_day)];
    const OfLayoutPoint *points = (const OfLayoutPoint *) (gpointer) way->data;
    return (OfLayoutPoint){x, way->len > 0 ? of_bezier_get_y(points, way->len, x) : 0};
}

static bool has_note(const OfScene *scene, const OfPart *part)
{
    for (guint i = 0; i < scene->words->len; i++) {
        const OfWord *word = &g_array_index(scene->words, OfWord, i);
        if (word->kind == OF_WORD_CHANGE && g_str_equal(word->text, part->note) &&
            g_hash_table_size(word->difference.changes) == g_hash_table_size(part->difference.changes)) {
            bool same = true;
            GHashTableIter iter;
            gpointer change;
            g_hash_table_iter_init(&iter, word->difference.changes);
            while (same && g_hash_table_iter_next(&iter, &change, NULL)) {
                same = g_hash_table_contains(part->difference.changes, change);
            }
            if (same) {
                return true;
            }
        }
    }
    return false;
}

static void add_note(OfScene *scene, const char *text, const char *about, const OfDifference *difference, OfLayoutPoint point)
{
    OfWord *word = of_scene_add_word(scene, OF_WORD_CHANGE, g_strdup(text), OF_FACE_BOLD, OF_SIZE_NOTE, scene->drawing->theme->ink);
    word->listed = g_strdup(about);
    word->difference = of_difference_copy(difference);
    word->mark_x = point.x;
    word->mark_y = point.y;
    of_scene_add_places_around(scene, word, point.x, point.y);
}

/* What is said otherwise about the day on which a lab begins (ends). */
static void add_lane_note(OfScene *scene, guint lane, bool end)
{
    const OfSceneLane *sides = of_scene_lane_sides(scene, lane);
    const OfLab *old = sides->sides[OF_OLD], *new = sides->sides[OF_NEW];
    const OfDay day = end ? sides->end[OF_NEW] : sides->begin[OF_NEW];
    if (old == NULL || new == NULL || (end ? sides->end[OF_OLD] : sides->begin[OF_OLD]) == day || day == OF_DAY_OPEN) {
        return;
    }
    const OfDate *before = end ? &old->end : &old->begin, *after = end ? &new->end : &new->begin;
    if (!of_date_is_set(before) || !of_date_is_set(after) || of_date_compare(before, after) == 0) {
        return;
    }
    const double x = scene->line->timescale->x[of_slots_find(scene->line->slots, day)];
    const OfOutline *outline = of_scene_outline_at(scene, (gint32) lane, x);
    OfDifference difference;
    g_free(of_scene_lane_name(scene, lane, scene->drawing->selection.to, OF_PANEL_DIFF, &difference));
    if (outline != NULL && difference.delta != OF_DELTA_UNCHANGED) {
        g_autofree char *from = of_date_format(before), *to = of_date_format(after), *text = g_strdup_printf("Δ %s → %s", from, to);
        double top = 0, bottom = 0;
        of_outlines_get_span(scene->line->outlines, outline, x, &top, &bottom);
        add_note(scene, text, of_item_label(&new->item), &difference, (OfLayoutPoint){x, bottom});
    }
    of_difference_clear(&difference);
}

/* A note stands once for all whom one event concerns. */
void of_scene_add_change_notes(OfScene *scene)
{
    if (!of_scene_is_union(scene) || !of_scene_has_names(scene)) {
        return;
    }
    for (guint i = 0; i < scene->parts->len; i++) {
        const OfPart *part = of_scene_part(scene, i);
        if (part->note != NULL && part->difference.changes != NULL && !has_note(scene, part)) {
            add_note(scene, part->note, of_item_label(&((const OfPerson *) scene->people->pdata[part->person])->item),
                     &part->difference, note_point(scene, part));
        }
    }
    for (guint lane = 0; lane < scene->labs->len; lane++) {
        add_lane_note(scene, lane, false);
        add_lane_note(scene, lane, true);
    }
}

void of_scene_add_own_names(OfScene *scene)
{
    const OfPanel panel = scene->drawing->panel;
    const OfRevisionSide side = of_scene_shown(scene);
    for (guint person = 0; person < scene->people->len; person++) {
        g_autoptr(GArray) way = of_scene_main_way(scene, person);
        OfLayoutPoint ends[2];
        if (way->len == 0 || !of_scene_find_ends(scene, person, panel, ends)) {
            continue;
        }
        const OfLayoutPoint *whole = (const OfLayoutPoint *) (gpointer) way->data;
        for (int at = 0; at < 2; at++) {
            const OfLayoutPoint *other = at == 0 ? &whole[0] : &whole[way->len - 1];
            const bool at_left = at == 0 && ends[at].x <= scene->input.page.left + 0.5;
            if ((fabs(ends[at].x - other->x) <= 0.05 && fabs(ends[at].y - other->y) <= 0.05) || at_left) {
                continue;
            }
            OfDifference none;
            char *name = of_scene_person_name(scene, person, panel, true, &none);
            OfWord *word = of_scene_add_word(scene, at == 0 ? OF_WORD_START : OF_WORD_END, name, OF_FACE_REGULAR, OF_SIZE_NAME,
                                             of_scene_person_color(scene, person));
            word->alone[side] = g_strdup(name);
            word->owner = person;
            if (at == 1) {
                add_column_place(scene, word, ends[at]);
            }
            add_end_places(scene, word, ends[at], at == 0);
        }
    }
}
