/* What the view `moves` writes: names and dates on its lines, notes on its labs, sentences. */
#include "view/moves.h"
#include "view/steps.h"

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

/* What a bundle's label says. */
typedef struct {
    const OfMoves *moves;
    const OfBundle *bundle;
    const OfPerson *person; /* of a name */
    GHashTable *shown;      /* people whose names stand above "and 3 more" */
} Words;

/* "Ann Ames ? ×2" by the end of a day. */
static char **name_on(gconstpointer data, OfDay day)
{
    const Words *words = data;
    OfDrawing *drawing = words->moves->drawing;
    const OfBundle *bundle = words->bundle;
    const bool moves = bundle->way.kind == OF_BUNDLE_MOVE;
    OfConfidence confidence = OF_CONFIDENCE_CONFIRMED;
    guint n = 0;
    for (guint i = 0; i < bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(bundle->entries, OfBundleEntry, i);
        if (entry->move->person == words->person && entry->day <= day) {
            confidence = MAX(confidence, entry->confidence);
            n += n == 0 || moves; /* the end of a second affiliation is no second one */
        }
    }
    if (n == 0) {
        return NULL;
    }
    const char *mark = confidence > of_bundle_confidence(bundle) ? of_drawing_doubt_mark(drawing, confidence) : "";
    g_autofree char *times = n > 1 ? g_strdup_printf(" ×%u", n) : g_strdup("");
    g_autofree char *text = g_strdup_printf("%s%s%s%s", of_item_label(&words->person->item), *mark != '\0' ? " " : "", mark, times);
    return of_fonts_wrap(drawing->fonts, moves ? OF_FACE_REGULAR : OF_FACE_ITALIC, OF_SIZE_NAME, text, words->moves->label_width);
}

static void add_name(const OfMoves *moves, OfMarkup *label, const OfBundle *bundle, const Name *name, const char *hue)
{
    OfDrawing *drawing = moves->drawing;
    const bool stands_out = name->stands_out || labs_stand_out(drawing, &bundle->way);
    const Words words = {moves, bundle, name->person, NULL};
    of_drawing_add_lines_on(drawing, label, bundle->way.kind == OF_BUNDLE_MOVE ? OF_MARKUP_PLAIN : OF_MARKUP_ITALIC, OF_SIZE_NAME,
                            of_drawing_text_color(drawing, hue, stands_out), 'l', name_on, &words);
}

/* "and 3 more" by the end of a day, or where no name is shown "3 people". */
static char **more_on(gconstpointer data, OfDay day)
{
    const Words *words = data;
    g_autoptr(GHashTable) others = g_hash_table_new(NULL, NULL);
    gint64 n = 0;
    for (guint i = 0; i < words->bundle->entries->len; i++) {
        const OfBundleEntry *entry = &g_array_index(words->bundle->entries, OfBundleEntry, i);
        const OfPerson *person = entry->move->person;
        if (entry->day <= day && person == NULL) {
            n += entry->move->weight;
        } else if (entry->day <= day && !g_hash_table_contains(words->shown, person)) {
            n += g_hash_table_add(others, (gpointer) person);
        }
    }
    char *text = n == 0                                ? NULL
                 : g_hash_table_size(words->shown) > 0 ? g_strdup_printf("and %" G_GINT64_FORMAT " more", n)
                                                       : of_text_people(n);
    char *lines[] = {text, NULL};
    return text != NULL ? g_memdup2(lines, sizeof lines) : NULL;
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
    g_autoptr(GHashTable) shown = g_hash_table_new(NULL, NULL);
    const guint fitting = names->len <= MAX(moves->most_names, 1) ? names->len : moves->most_names > 0 ? moves->most_names - 1 : 0;
    for (guint rank = 0; rank <= 2 && g_hash_table_size(shown) < fitting; rank++) {
        for (guint i = 0; i < names->len && g_hash_table_size(shown) < fitting; i++) {
            const Name *name = &g_array_index(names, Name, i);
            if (name_rank(drawing, name) == rank || (fitting == names->len && drawing->selection.highlight == NULL)) {
                add_name(moves, label, bundle, name, hue);
                g_hash_table_add(shown, (gpointer) name->person);
            }
        }
    }
    const bool stands_out =
        labs_stand_out(drawing, &bundle->way) || (g_hash_table_size(shown) == 0 && of_bundle_stands_out(drawing, bundle));
    const Words words = {moves, bundle, NULL, shown};
    of_drawing_add_lines_on(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NAME, of_drawing_text_color(drawing, hue, stands_out), 'l',
                            more_on, &words);
}

/* "Feb 2019 and Feb 2021" for two moves, "Feb–Apr 2019" for more. */
static char *when_text(const OfBundle *bundle, const GPtrArray *entries)
{
    const OfBundleEntry *first = entries->pdata[0], *last = first;
    for (guint i = 0; i < entries->len; i++) {
        const OfBundleEntry *entry = entries->pdata[i];
        first = of_date_compare(&entry->date, &first->date) < 0 ? entry : first;
        last = of_date_compare(&entry->date, &last->date) >= 0 ? entry : last;
    }
    g_autofree char *from = of_date_display(&first->date);
    g_autofree char *to = of_date_display(&last->date);
    const bool short_ones = first->date.precision != OF_DATE_INTERVAL && last->date.precision != OF_DATE_INTERVAL;
    if (bundle->way.kind == OF_BUNDLE_MOVE && entries->len == 2 && short_ones && !g_str_equal(from, to)) {
        return g_strdup_printf("%s and %s", from, to);
    }
    g_autofree char *span = of_text_span(&first->date, &last->date);
    switch (bundle->way.kind) {
    case OF_BUNDLE_ALSO:
        return entries->len > 1 || !first->ends ? g_strdup_printf("also, %s", span) : g_strdup_printf("also, until %s", span);
    case OF_BUNDLE_ACCOUNT:
        return g_strdup_printf("or %s", span);
    default:
        return g_steal_pointer(&span);
    }
}

/* When, and the numbers of the sources. */
static char **dates_on(gconstpointer data, OfDay day)
{
    const Words *words = data;
    OfDrawing *drawing = words->moves->drawing;
    const double width = words->moves->label_width;
    g_autoptr(GPtrArray) entries = g_ptr_array_new(), items = g_ptr_array_new();
    for (guint i = 0; i < words->bundle->entries->len; i++) {
        OfBundleEntry *entry = &g_array_index(words->bundle->entries, OfBundleEntry, i);
        if (entry->day <= day) {
            g_ptr_array_add(entries, entry);
            g_ptr_array_add(items, (gpointer) entry->item);
        }
    }
    if (entries->len == 0) {
        return NULL;
    }
    g_autofree char *when = when_text(words->bundle, entries);
    g_autofree char *cited = of_drawing_cite_all(drawing, (const OfItem *const *) items->pdata, items->len);
    g_autofree char *text = cited != NULL ? g_strdup_printf("%s %s", when, cited) : g_strdup(when);
    /* Numbers in brackets stay together. */
    const bool fits = of_fonts_width(drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, text) <= width;
    const char *const parts[] = {fits ? text : when, fits ? NULL : cited, NULL};
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    for (guint i = 0; parts[i] != NULL; i++) {
        g_auto(GStrv) lines = of_fonts_wrap(drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, parts[i], width);
        g_strv_builder_addv(all, (const char **) lines);
    }
    return g_strv_builder_end(all);
}

void of_bundle_add_words(const OfMoves *moves, OfMarkup *label, const OfBundle *bundle, const char *hue)
{
    OfDrawing *drawing = moves->drawing;
    const Words words = {moves, bundle, NULL, NULL};
    add_names(moves, label, bundle, hue);
    of_drawing_add_lines_on(drawing, label, OF_MARKUP_PLAIN, OF_SIZE_NOTE,
                            of_drawing_text_color(drawing, drawing->theme->muted, of_bundle_stands_out(drawing, bundle)), 'l',
                            dates_on, &words);
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
