#include "view/change_summary.h"

#include <string.h>

#include "diff/counts.h"
#include "view/event_text.h"
#include "view/view.h"

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

char *of_change_ids(GHashTable *changes)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer change;
    g_hash_table_iter_init(&iter, changes);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        g_autofree char *id = g_strdup_printf("%s:%s", ((const OfChange *) change)->verb, of_change_key(change));
        g_auto(GStrv) words = g_strsplit(id, " ", -1);
        g_ptr_array_add(ids, g_strjoinv("%20", words));
    }
    g_ptr_array_sort(ids, compare_texts); /* whatever order the table has */
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(" ", (char **) ids->pdata);
}

/* ---- The legend ---- */

static void add_marks(OfDrawing *drawing, guint marked)
{
    static const struct {
        const char *sign, *counted, *uncounted;
        const char *style;
        double width;
    } marks[OF_N_DELTAS] = {
        [OF_DELTA_ADDED] = {"+", "added", "new here", "solid", 3},
        [OF_DELTA_REMOVED] = {"−", "removed", "gone from here", "dashed", 1.5},
        [OF_DELTA_CHANGED] = {"Δ", "changed", "differs", NULL, 0},
        [OF_DELTA_RETARGETED] = {"↪", "retargeted", "elsewhere now", "dashed", 0.9},
        [OF_DELTA_UNCHANGED] = {NULL, NULL, "unchanged", "solid", 1.5},
    };
    guint counts[OF_N_DELTAS] = {0};
    GHashTableIter iter;
    gpointer change;
    g_hash_table_iter_init(&iter, drawing->drawn);
    while (g_hash_table_iter_next(&iter, &change, NULL)) {
        counts[of_change_delta(change)]++;
    }
    static const OfDelta order[] = {OF_DELTA_ADDED, OF_DELTA_REMOVED, OF_DELTA_CHANGED, OF_DELTA_RETARGETED, OF_DELTA_UNCHANGED};
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        const OfDelta delta = order[i];
        if (counts[delta] == 0 && (marked & 1u << delta) == 0) {
            continue;
        }
        g_autofree char *text = counts[delta] > 0
                                    ? g_strdup_printf("%s %u %s", marks[delta].sign, counts[delta], marks[delta].counted)
                                : marks[delta].sign != NULL ? g_strdup_printf("%s %s", marks[delta].sign, marks[delta].uncounted)
                                                            : g_strdup(marks[delta].uncounted);
        of_drawing_add_legend(drawing,
                              (OfLegendEntry){.kind = marks[delta].style != NULL ? OF_LEGEND_LINE : OF_LEGEND_MARK,
                                              .style = marks[delta].style,
                                              .color = delta == OF_DELTA_UNCHANGED ? drawing->theme->faint : drawing->theme->ink,
                                              .width = marks[delta].width,
                                              .panels = 1 << OF_PANEL_DIFF,
                                              .order = -10 + (int) i},
                              text);
    }
}

/* ---- What is not drawn ---- */

/* Changes of one kind that share an action. */
typedef struct {
    OfItemKind kind;
    const char *action;
    GHashTable *changes;
    GPtrArray *names; /* of char * */
} Group;

static void clear_group(gpointer data)
{
    Group *group = data;
    g_hash_table_unref(group->changes);
    g_ptr_array_unref(group->names);
}

/* What a reader knows the item by, or NULL. Owned by the caller. */
static char *name_of(const OfChange *change)
{
    const OfItem *item = change->to != NULL ? change->to : change->from;
    return item == NULL                    ? NULL
           : change->kind == OF_ITEM_EVENT ? of_event_text((gconstpointer) item)
                                           : g_strdup(of_item_label(item));
}

static void add_to_groups(GArray *groups, const OfChange *change)
{
    Group *group = NULL;
    for (guint i = 0; i < groups->len && group == NULL; i++) {
        Group *known = &g_array_index(groups, Group, i);
        group = known->kind == change->kind && g_str_equal(known->action, of_words_action(change)) ? known : NULL;
    }
    if (group == NULL) {
        const Group fresh = {change->kind, of_words_action(change), g_hash_table_new(NULL, NULL),
                             g_ptr_array_new_with_free_func(g_free)};
        g_array_append_val(groups, fresh);
        group = &g_array_index(groups, Group, groups->len - 1);
    }
    g_hash_table_add(group->changes, (gpointer) change);
    char *name = name_of(change);
    if (name != NULL) {
        g_ptr_array_add(group->names, name);
    }
}

/* "28 sources added", and which ones where they are few. */
static void append_group(GString *text, const Group *group)
{
    enum { NAMES_MOST = 3 };
    const guint n = g_hash_table_size(group->changes);
    g_string_append(text, text->len > 0 ? ", " : "Not drawn: ");
    if (group->kind == OF_ITEM_STORY) {
        g_string_append_printf(text, "title, subtitle or language %s", group->action);
        return;
    }
    g_string_append_printf(text, "%u %s %s", n, of_words_kind(group->kind, n), group->action);
    if (n <= NAMES_MOST) {
        g_autofree char *list = of_text_list((const char *const *) group->names->pdata, group->names->len, NAMES_MOST);
        g_string_append_printf(text, " (%s)", list);
    }
}

static void list_rest(OfDrawing *drawing)
{
    const OfChanges *changes = of_revisions_changes(drawing->revisions);
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));
    g_array_set_clear_func(groups, clear_group);
    g_autoptr(GHashTable) rest = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < changes->list->len; i++) {
        if (!g_hash_table_contains(drawing->drawn, changes->list->pdata[i])) {
            add_to_groups(groups, changes->list->pdata[i]);
            g_hash_table_add(rest, changes->list->pdata[i]);
        }
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < groups->len; i++) {
        append_group(text, &g_array_index(groups, Group, i));
    }
    if (groups->len > 0) {
        drawing->not_drawn = g_strdup(text->str);
        drawing->not_drawn_ids = of_change_ids(rest);
    }
}

/* ---- In words ---- */

/* What a reader would tell first: what is drawn, events before people before labs before the rest, a new way before what came, went or changed. */
static guint telling_rank(const OfDrawing *drawing, const OfChange *change)
{
    static const OfDelta order[] = {OF_DELTA_RETARGETED, OF_DELTA_ADDED, OF_DELTA_REMOVED, OF_DELTA_CHANGED};
    static const OfItemKind kinds[] = {OF_ITEM_EVENT, OF_ITEM_PERSON, OF_ITEM_LAB, OF_ITEM_STRATEGY};
    guint by_kind = 0, by_delta = 0;
    while (by_kind < G_N_ELEMENTS(kinds) && kinds[by_kind] != change->kind) {
        by_kind++;
    }
    while (order[by_delta] != of_change_delta(change)) {
        by_delta++;
    }
    const guint elsewhere = g_hash_table_contains(drawing->drawn, change) ? 0 : 100;
    return elsewhere + by_kind * (guint) G_N_ELEMENTS(order) + by_delta;
}

static char *telling_text(const OfChange *change)
{
    static const char *const leads[] = {[OF_DELTA_ADDED] = "New",
                                        [OF_DELTA_REMOVED] = "Gone",
                                        [OF_DELTA_CHANGED] = "Changed",
                                        [OF_DELTA_RETARGETED] = "Elsewhere now"};
    g_autofree char *name = name_of(change);
    return name != NULL ? g_strdup_printf(" %s: %s.", leads[of_change_delta(change)], name) : g_strdup("");
}

static void describe(OfDrawing *drawing)
{
    const OfChanges *changes = of_revisions_changes(drawing->revisions);
    const char *from = of_drawing_side_name(drawing, 0), *to = of_drawing_side_name(drawing, 1);
    const OfChange *most = NULL;
    for (guint i = 0; i < changes->list->len; i++) {
        const OfChange *change = changes->list->pdata[i];
        most = most == NULL || telling_rank(drawing, change) < telling_rank(drawing, most) ? change : most;
    }
    g_autoptr(GString) counts = g_string_new(NULL);
    of_words_append_counts(counts, changes);
    g_autofree char *told = most != NULL ? telling_text(most) : g_strdup("");
    g_autofree char *sides = from != NULL && to != NULL ? g_strdup_printf(" from %s to %s", from, to) : g_strdup("");
    drawing->what_changed = g_strdup_printf("What changed%s: %s.%s", sides, counts->str, told);
}

void of_change_summary_make(OfDrawing *drawing, guint marked)
{
    add_marks(drawing, marked);
    list_rest(drawing);
    describe(drawing);
}
