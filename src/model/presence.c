#include "model/presence.h"

/* What is gathered for one person. */
typedef struct {
    GArray *parts; /* of OfPresence: parts of stints, in any order */
    const OfLab *lab;
    gint64 looks;
} Gathering;

static int compare_days(gconstpointer a, gconstpointer b)
{
    const OfDay x = *(const OfDay *) a, y = *(const OfDay *) b;
    return (x > y) - (x < y);
}

static int compare_parts(gconstpointer a, gconstpointer b)
{
    const OfPresence *x = a, *y = b;
    if (x->lab != y->lab) {
        return x->lab->index < y->lab->index ? -1 : 1;
    }
    return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1) : (x->end > y->end) - (x->end < y->end);
}

/* The whole stint; where its dates are ranges, the drawn days lie within them or were moved by what is known of others. */
static OfPresence whole_stint(const OfStint *stint)
{
    const OfDate *from = &stint->from, *to = &stint->to;
    const bool begins = of_date_is_set(from), ends = of_date_is_set(to) && stint->end_day != OF_DAY_MAX;
    return (OfPresence){
        .lab = stint->lab,
        .begin = stint->begin_day,
        .end = stint->end_day,
        .begin_first = begins && !from->open_first ? MIN(from->first, stint->begin_day) : stint->begin_day,
        .begin_last = begins && !from->open_last ? MAX(from->last, stint->begin_day) : stint->begin_day,
        .end_first = ends && !to->open_first ? MIN(to->first, stint->end_day) : stint->end_day,
        .end_last = ends && !to->open_last ? MAX(to->last, stint->end_day) : stint->end_day,
        .begins_known = begins,
        .first = stint,
        .last = stint,
    };
}

/* A part for the stint's lab and each lab over it on the part's first day. */
static void add_part(Gathering *gathering, OfPresence part)
{
    for (const OfLab *lab = part.first->lab; lab != NULL; lab = of_lab_parent_on(lab, part.begin)) {
        gathering->looks++;
        if (gathering->lab == NULL || gathering->lab == lab) {
            part.lab = lab;
            g_array_append_val(gathering->parts, part);
        }
    }
}

/* The days within a stint on which the tree over its lab changes, rising. Labs that are over it at any time are looked at, each once. */
static GArray *list_breaks(const OfStint *stint)
{
    GArray *breaks = g_array_new(FALSE, FALSE, sizeof(OfDay));
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) above = g_ptr_array_new();
    g_ptr_array_add(above, (gpointer) stint->lab);
    for (guint i = 0; i < above->len; i++) {
        const OfLab *lab = above->pdata[i];
        for (guint k = 0; k < lab->parents.n; k++) {
            const OfLabState *state = lab->parents.items[k];
            if (state->parent != NULL && g_hash_table_add(known, (gpointer) state->parent)) {
                g_ptr_array_add(above, (gpointer) state->parent);
            }
            if (state->day > stint->begin_day && state->day < stint->end_day) {
                g_array_append_val(breaks, state->day);
            }
        }
    }
    g_array_sort(breaks, compare_days);
    return breaks;
}

/* Whether no lab over a lab ever changed its place. */
static bool tree_stands(const OfLab *lab)
{
    for (const OfLab *at = lab; at != NULL; at = at->parents.items[0]->parent) {
        if (at->parents.n > 1) {
            return false;
        }
    }
    return true;
}

/* Where the tree changes, that day is certain. */
static void add_stint(Gathering *gathering, const OfStint *stint)
{
    if (tree_stands(stint->lab)) {
        add_part(gathering, whole_stint(stint));
        return;
    }
    g_autoptr(GArray) breaks = list_breaks(stint);
    for (guint i = 0; i <= breaks->len; i++) {
        OfPresence part = whole_stint(stint);
        if (i > 0) {
            part.begin = part.begin_first = part.begin_last = g_array_index(breaks, OfDay, i - 1);
            part.begins_known = true;
        }
        if (i < breaks->len) {
            part.end = part.end_first = part.end_last = g_array_index(breaks, OfDay, i);
        }
        if (part.begin < part.end) {
            add_part(gathering, part);
        }
    }
}

/* Parts of one lab that touch become one stay. */
static void join_parts(GArray *parts)
{
    guint n = 0;
    for (guint i = 0; i < parts->len; i++) {
        const OfPresence *part = &g_array_index(parts, OfPresence, i);
        OfPresence *stay = n > 0 ? &g_array_index(parts, OfPresence, n - 1) : NULL;
        if (stay == NULL || stay->lab != part->lab || part->begin > stay->end) {
            g_array_index(parts, OfPresence, n++) = *part;
        } else if (part->end > stay->end) {
            stay->end = part->end;
            stay->end_first = part->end_first;
            stay->end_last = part->end_last;
            stay->last = part->last;
        }
    }
    g_array_set_size(parts, n);
}

/* As a rule somebody has few stints, which stand in order but for their labs: then nothing is as fast as this. */
static void sort_parts(GArray *parts)
{
    enum { FEW = 16 };
    if (parts->len > FEW) {
        g_array_sort(parts, compare_parts);
        return;
    }
    OfPresence *part = (OfPresence *) (gpointer) parts->data;
    for (guint i = 1; i < parts->len; i++) {
        const OfPresence taken = part[i];
        guint k = i;
        for (; k > 0 && compare_parts(&part[k - 1], &taken) > 0; k--) {
            part[k] = part[k - 1];
        }
        part[k] = taken;
    }
}

void of_presence_list(GArray *stays, const OfPerson *person, const OfLab *lab, gint64 *looks)
{
    Gathering gathering = {stays, lab, 0};
    g_array_set_size(stays, 0);
    for (guint i = 0; i < person->stints.n; i++) {
        add_stint(&gathering, person->stints.items[i]);
    }
    sort_parts(stays);
    join_parts(stays);
    if (looks != NULL) {
        *looks -= gathering.looks;
    }
}
