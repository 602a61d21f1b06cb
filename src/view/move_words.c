/* What the view `moves` writes: names and dates on its lines, notes on its labs, sentences. */
#include "view/moves.h"

#include <string.h>

/* A person of a bundle, who may come more than once. */
typedef struct {
    const OfPerson *person;
    guint times;
    OfConfidence confidence; /* the least of their moves' */
    bool stands_out;
    bool changed; /* of two revisions: a move of theirs, or they themselves */
} Name;

/* Of two revisions, whether a move is not the same in both. */
static bool is_changed(const OfDrawing *drawing, const OfMove *move)
{
    return drawing->revisions != NULL &&
           ((move->event != NULL && of_revisions_find(drawing->revisions, &move->event->item) != NULL) ||
            of_revisions_find(drawing->revisions, &move->person->item) != NULL);
}

static GArray *collect_names(const OfDrawing *drawing, const OfBundle *bundle, gint64 *n_unnamed)
{
    GArray *names = g_array_new(FALSE, FALSE, sizeof(Name));
    g_autoptr(GHashTable) place_of = g_hash_table_new(NULL, NULL);
    *n_unnamed = 0;
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, i);
        const OfPerson *person = entry->move->person;
        if (person == NULL) {
            *n_unnamed += entry->move->weight;
            continue;
        }
        const bool stands_out =
            of_selection_stands_out(&drawing->selection, person->item.id) ||
            (entry->move->event != NULL && of_selection_stands_out(&drawing->selection, entry->move->event->item.key));
        const gpointer known = g_hash_table_lookup(place_of, person);
        if (known != NULL) {
            Name *name = &g_array_index(names, Name, GPOINTER_TO_UINT(known) - 1);
            name->times += bundle->way.kind == OF_BUNDLE_MOVE; /* the end of a second affiliation is no second one */
            name->confidence = MAX(name->confidence, entry->confidence);
            name->stands_out = name->stands_out || stands_out;
            name->changed = name->changed || is_changed(drawing, entry->move);
            continue;
        }
        const Name name = {person, 1, entry->confidence, stands_out, is_changed(drawing, entry->move)};
        g_array_append_val(names, name);
        g_hash_table_insert(place_of, (gpointer) person, GUINT_TO_POINTER(names->len));
    }
    return names;
}

/* Whether all names of a bundle are in full colour, for the sake of the labs that it joins. */
static bool labs_stand_out(const OfDrawing *drawing, const OfBundleWay *way)
{
    const OfSelection *selection = &drawing->selection;
    return selection->highlight == NULL || (way->to != NULL && of_selection_stands_out(selection, way->to->item.id)) ||
           (way->from != NULL && of_selection_stands_out(selection, way->from->item.id));
}

static void add_name(const OfMoves *moves, OfMarkup *label, const OfBundle *bundle, const Name *name, const char *hue)
{
    OfDrawing *drawing = moves->drawing;
    const bool stands_out = name->stands_out || labs_stand_out(drawing, &bundle->way);
    const char *mark = name->confidence > of_bundle_confidence(bundle) ? of_drawing_doubt_mark(drawing, name->confidence) : "";
    g_autofree char *times = name->times > 1 ? g_strdup_printf(" ×%u", name->times) : g_strdup("");
    g_autofree char *text = g_strdup_printf("%s%s%s%s", of_item_label(&name->person->item), *mark != '\0' ? " " : "", mark, times);
    of_drawing_add_lines(drawing, label, bundle->way.kind == OF_BUNDLE_MOVE ? OF_MARKUP_PLAIN : OF_MARKUP_ITALIC, OF_SIZE_NAME,
                         of_drawing_text_color(drawing, hue, stands_out), text, moves->label_width, 'l');
}

/* 0 for what is highlighted, 1 for what changed, else 2. */
static guint name_rank(const OfDrawing *drawing, const Name *name)
{
    return drawing->selection.highlight != NULL && name->stands_out ? 0 : name->changed ? 1 : 2;
}

/* The names while they fit, those that are highlighted and those that changed first, then how many more. */
static void add_names(const OfMoves *moves, OfMarkup *label, const OfBundle *bundle, const char *hue)
{
    OfDrawing *drawing = moves->drawing;
    gint64 unnamed = 0;
    g_autoptr(GArray) names = collect_names(drawing, bundle, &unnamed);
    const guint fitting = names->len <= MAX(moves->most_names, 1) ? names->len : moves->most_names > 0 ? moves->most_names - 1 : 0;
    guint shown = 0;
    for (guint rank = 0; rank <= 2 && shown < fitting; rank++) {
        for (guint i = 0; i < names->len && shown < fitting; i++) {
            const Name *name = &g_array_index(names, Name, i);
            if (name_rank(drawing, name) == rank || (fitting == names->len && drawing->selection.highlight == NULL)) {
                add_name(moves, label, bundle, name, hue);
                shown++;
            }
        }
    }
    const gint64 more = (gint64) (names->len - shown) + unnamed;
    if (more > 0) {
        g_autofree char *people = of_text_people(more);
        g_autofree char *text = shown > 0 ? g_strdup_printf("and %" G_GINT64_FORMAT " more", more) : g_steal_pointer(&people);
        const bool stands_out = labs_stand_out(drawing, &bundle->way) || (shown == 0 && of_bundle_stands_out(drawing, bundle));
        of_markup_add(label, OF_MARKUP_PLAIN, OF_SIZE_NAME, of_drawing_text_color(drawing, hue, stands_out), text);
        of_markup_break(label, 'l');
    }
}

/* "Feb 2019 and Feb 2021" for two moves, "Feb–Apr 2019" for more. */
static char *when_text(const OfBundle *bundle)
{
    const OfBundleEntry *entries = (const OfBundleEntry *) (gpointer) bundle->entries->data;
    const OfBundleEntry *first = &entries[0], *last = first;
    for (guint i = 0; i < bundle->entries->len; i++) {
        first = of_date_compare(&entries[i].date, &first->date) < 0 ? &entries[i] : first;
        last = of_date_compare(&entries[i].date, &last->date) >= 0 ? &entries[i] : last;
    }
    g_autofree char *from = of_date_display(&first->date);
    g_autofree char *to = of_date_display(&last->date);
    const bool short_ones = first->date.precision != OF_DATE_INTERVAL && last->date.precision != OF_DATE_INTERVAL;
    if (bundle->way.kind == OF_BUNDLE_MOVE && bundle->entries->len == 2 && short_ones && !g_str_equal(from, to)) {
        return g_strdup_printf("%s and %s", from, to);
    }
    g_autofree char *span = of_text_span(&first->date, &last->date);
    switch (bundle->way.kind) {
    case OF_BUNDLE_ALSO:
        return bundle->entries->len > 1 || !first->ends ? g_strdup_printf("also, %s", span)
                                                        : g_strdup_printf("also, until %s", span);
    case OF_BUNDLE_ACCOUNT:
        return g_strdup_printf("or %s", span);
    default:
        return g_steal_pointer(&span);
    }
}

void of_bundle_add_words(const OfMoves *moves, OfMarkup *label, const OfBundle *bundle, const char *hue)
{
    OfDrawing *drawing = moves->drawing;
    add_names(moves, label, bundle, hue);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < bundle->entries->len; i++) {
        g_ptr_array_add(items, (gpointer) g_array_index(bundle->entries, OfBundleEntry, i).item);
    }
    g_autofree char *when = when_text(bundle);
    g_autofree char *cited = of_drawing_cite_all(drawing, (const OfItem *const *) items->pdata, items->len);
    g_autofree char *text = cited != NULL ? g_strdup_printf("%s %s", when, cited) : g_strdup(when);
    const char *color = of_drawing_text_color(drawing, drawing->theme->muted, of_bundle_stands_out(drawing, bundle));
    /* Numbers in brackets stay together. */
    const bool fits = of_fonts_width(drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, text) <= moves->label_width;
    of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, fits ? text : when, moves->label_width, 'l');
    if (cited != NULL && !fits) {
        of_drawing_add_lines(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE, color, cited, moves->label_width, 'l');
    }
}

/* Who goes the bundle's way, in words, and whether they are more than one. */
static char *who_text(const OfMoves *moves, const OfBundle *bundle, bool *several)
{
    enum { NAMES_MOST = 6 };
    gint64 unnamed = 0;
    g_autoptr(GArray) names = collect_names(moves->drawing, bundle, &unnamed);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < names->len; i++) {
        const Name *name = &g_array_index(names, Name, i);
        const char *label = of_item_label(&name->person->item);
        g_ptr_array_add(texts, name->times == 1   ? g_strdup(label)
                               : name->times == 2 ? g_strdup_printf("%s (twice)", label)
                                                  : g_strdup_printf("%s (%u times)", label, name->times));
    }
    *several = unnamed + names->len != 1;
    return unnamed > 0 ? of_text_people(unnamed + names->len)
                       : of_text_list((const char *const *) texts->pdata, texts->len, NAMES_MOST);
}

char *of_bundle_sentence(const OfMoves *moves, const OfBundle *bundle)
{
    const OfDay day = moves->drawing->selection.to;
    bool several = false;
    g_autofree char *who = who_text(moves, bundle, &several);
    const char *from = bundle->way.from != NULL ? of_lab_name_on(bundle->way.from, day) : NULL;
    const char *to = bundle->way.to != NULL ? of_lab_name_on(bundle->way.to, day) : NULL;
    const char *lead = bundle->way.kind == OF_BUNDLE_ACCOUNT ? "By another account: " : "";
    if (bundle->way.kind == OF_BUNDLE_ALSO) {
        return g_strdup_printf("%s %s also at %s, besides %s", who, several ? "are" : "is", to, from);
    }
    if (from == NULL) {
        return g_strdup_printf("%s%s %s to %s", lead, who, several ? "come" : "comes", to != NULL ? to : "the story");
    }
    return to != NULL ? g_strdup_printf("%s%s %s from %s to %s", lead, who, several ? "move" : "moves", from, to)
                      : g_strdup_printf("%s%s %s %s", lead, who, several ? "leave" : "leaves", from);
}

GPtrArray *of_moves_lab_notes(const OfMoves *moves, const OfLab *lab)
{
    const OfSelection *selection = &moves->drawing->selection;
    const char *name = of_lab_name_on(lab, selection->to);
    const OfLab *shown = of_moves_parent(moves, lab);
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i + 1 < lab->names.n; i++) {
        const OfLabState *earlier = lab->names.items[i], *next = lab->names.items[i + 1];
        if (next->day > selection->from && next->day <= selection->to && !g_str_equal(earlier->name, name)) {
            g_autofree char *until = of_date_display(&next->date);
            g_ptr_array_add(notes, g_strdup_printf("until %s: %s", until, earlier->name));
        }
    }
    for (guint i = 0; i < lab->parents.n; i++) {
        const OfLabState *state = lab->parents.items[i], *next = i + 1 < lab->parents.n ? lab->parents.items[i + 1] : NULL;
        const bool ends = next != NULL && next->day <= selection->to, begins = state->event != NULL && state->day > selection->from;
        if (state->day > selection->to || state->parent == shown || (ends && next->day <= selection->from) || (!begins && !ends)) {
            continue;
        }
        g_autofree char *day = of_date_display(begins ? &state->date : &next->date);
        g_autofree char *where =
            state->parent != NULL ? g_strdup_printf("in %s", of_lab_name_on(state->parent, selection->to)) : g_strdup("on its own");
        g_ptr_array_add(notes, g_strdup_printf("%s %s %s", where, begins ? "from" : "until", day));
    }
    if (of_date_is_set(&lab->end) && lab->end_day <= selection->to) {
        g_autofree char *end = of_date_display(&lab->end);
        g_ptr_array_add(notes, g_strdup_printf("until %s", end));
    }
    return notes;
}

static char *most_text(const OfMoves *moves, const OfBundle *heaviest)
{
    const OfDay day = moves->drawing->selection.to;
    const OfBundleWay *way = &heaviest->way;
    bool several = false;
    g_autofree char *who = who_text(moves, heaviest, &several);
    g_autofree char *from =
        way->from != NULL ? g_strdup_printf(" from %s", of_lab_name_on(way->from, day)) : g_strdup(" from outside");
    g_autofree char *to = way->to != NULL ? g_strdup_printf(" to %s", of_lab_name_on(way->to, day)) : g_strdup(" to outside");
    return g_strdup_printf("The most on one way: %" G_GINT64_FORMAT "%s%s (%s).", heaviest->weight, from, to, who);
}

void of_moves_describe(const OfMoves *moves)
{
    OfDrawing *drawing = moves->drawing;
    g_autoptr(GHashTable) people = g_hash_table_new(NULL, NULL), labs = g_hash_table_new(NULL, NULL);
    const OfBundle *heaviest = NULL;
    gint64 n_moves = 0;
    for (guint i = 0; i < moves->bundles->len; i++) {
        const OfBundle *bundle = moves->bundles->pdata[i];
        if (bundle->way.kind == OF_BUNDLE_ACCOUNT) {
            continue;
        }
        n_moves += bundle->weight;
        heaviest = heaviest == NULL || bundle->weight > heaviest->weight ? bundle : heaviest;
        for (guint j = 0; j < bundle->entries->len; j++) {
            g_hash_table_add(people, (gpointer) g_array_index(bundle->entries, OfBundleEntry, j).move->person);
        }
        g_hash_table_add(labs, (gpointer) bundle->way.from);
        g_hash_table_add(labs, (gpointer) bundle->way.to);
    }
    if (heaviest == NULL) {
        drawing->description = g_strdup("Nobody moves in this part of the story.");
        return;
    }
    g_hash_table_remove(labs, NULL);
    g_hash_table_remove(people, NULL);
    const guint n_people = g_hash_table_size(people);
    g_autofree char *counted = of_text_count(n_moves, "move", "moves");
    g_autofree char *people_text = of_text_people(n_people);
    g_autofree char *named = n_people > 0 ? g_strdup_printf(", %s by name,", people_text) : g_strdup("");
    const guint n_labs = g_hash_table_size(labs);
    g_autofree char *between = n_labs == 1 ? g_strdup("to or from one lab") : g_strdup_printf("between %u labs", n_labs);
    g_autofree char *most = heaviest->weight > 1 ? most_text(moves, heaviest) : of_bundle_sentence(moves, heaviest);
    drawing->description = heaviest->weight > 1
                               ? g_strdup_printf("Who moved where: %s%s %s. %s", counted, named, between, most)
                               : g_strdup_printf("Who moved where: %s%s %s. First: %s.", counted, named, between, most);
}
