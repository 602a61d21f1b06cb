#include "api/details.h"

#include "base/hash.h"
#include "view/event_text.h"

#include <string.h>

typedef struct {
    const OfDrawing *drawing; /* one revision's */
    const OfStory *story;
    OfDetails *details;
    GHashTable *known;                  /* "person:lample": what is there already */
    GHashTable *people, *labs, *events; /* that the picture names, of this revision */
    GHashTable *sources, *strategies;   /* that come along */
} Collector;

/* ---- What the picture names ---- */

static void add_named(GHashTable *set, gconstpointer item)
{
    if (item != NULL) {
        g_hash_table_add(set, (gpointer) item);
    }
}

static void read_name(Collector *collector, const char *kind, const OfDatum *datum, const char *name)
{
    static const char *const of_people[] = {"person", "people", NULL}, *const of_labs[] = {"lab", "from", "to", NULL},
                             *const of_events[] = {"event", "because", NULL};
    const bool causes = g_str_equal(kind, "because");
    if (g_strv_contains(of_people, datum->name)) {
        add_named(collector->people, of_story_find_person(collector->story, name));
    } else if (g_strv_contains(of_events, datum->name) || causes) {
        add_named(collector->events, of_story_find_event(collector->story, name));
    } else if (g_strv_contains(of_labs, datum->name)) {
        add_named(collector->labs, of_story_find_lab(collector->story, name));
    }
}

static const char *kind_of(const OfElement *element)
{
    for (guint i = 0; i < element->data->len; i++) {
        const OfDatum *datum = &g_array_index(element->data, OfDatum, i);
        if (g_str_equal(datum->name, "kind")) {
            return datum->value;
        }
    }
    return "";
}

/* A datum is one name, or several with blanks between them, in which a blank is "%20". */
static void read_names(Collector *collector, const OfPicture *picture)
{
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        const char *kind = kind_of(element);
        for (guint k = 0; k < element->data->len; k++) {
            const OfDatum *datum = &g_array_index(element->data, OfDatum, k);
            g_auto(GStrv) names = g_strsplit(datum->value, " ", -1);
            read_name(collector, kind, datum, datum->value);
            for (char **name = names; *name != NULL; name++) {
                g_autofree char *plain = g_uri_unescape_string(*name, NULL);
                read_name(collector, kind, datum, plain != NULL ? plain : *name);
            }
        }
    }
}

/* ---- Items ---- */

static void copy_sources(Collector *collector, const OfItem *item, GPtrArray *ids)
{
    for (guint i = 0; i < item->sources.n; i++) {
        const OfSource *source = item->sources.items[i];
        g_ptr_array_add(ids, g_strdup(source->item.id));
        g_hash_table_add(collector->sources, (gpointer) source);
    }
}

/* "arXiv, 27 Feb 2023": what there is of it. Owned by the caller. */
static char *join(const char *first, const char *second)
{
    return first == NULL || *first == '\0' ? g_strdup(second)
           : second == NULL                ? g_strdup(first)
                                           : g_strdup_printf("%s, %s", first, second);
}

char *of_details_describe_source(const OfSource *source)
{
    g_autofree char *date = of_date_is_set(&source->date) ? of_date_display(&source->date) : NULL;
    g_autofree char *who = join(source->author, source->publisher);
    return join(who, date);
}

static OfDetailItem *add_item(Collector *collector, const char *kind, const OfItem *item, const char *name, char *about)
{
    char *ref = g_strdup_printf("%s:%s", kind, item->id);
    if (!g_hash_table_add(collector->known, ref)) {
        g_free(about);
        return NULL;
    }
    OfDetailItem *detail = of_details_add_item(collector->details, kind);
    detail->id = g_strdup(item->id);
    detail->name = g_strdup(name);
    detail->about = about;
    detail->note = g_strdup(item->note);
    detail->url = g_strdup(item->url);
    copy_sources(collector, item, detail->sources);
    return detail;
}

static void add_people(Collector *collector)
{
    for (guint i = 0; i < collector->story->people.n; i++) {
        const OfPerson *person = collector->story->people.items[i];
        if (g_hash_table_contains(collector->people, person)) {
            GString *groups = g_string_new(NULL);
            for (guint k = 0; k < person->groups.n; k++) {
                g_string_append_printf(groups, "%s%s", k > 0 ? ", " : "", of_item_label(&person->groups.items[k]->item));
            }
            add_item(collector, "person", &person->item, of_item_label(&person->item), g_string_free(groups, groups->len == 0));
        }
    }
}

static void add_labs(Collector *collector)
{
    const OfDay day = collector->drawing->selection.to;
    for (guint i = 0; i < collector->story->labs.n; i++) {
        const OfLab *lab = collector->story->labs.items[i];
        if (g_hash_table_contains(collector->labs, lab)) {
            const OfLab *parent = of_lab_parent_on(lab, day);
            const char *name = of_lab_name_on(lab, day);
            const char *full = lab->long_name != NULL && !g_str_equal(lab->long_name, name) ? lab->long_name : NULL;
            g_autofree char *part_of = parent != NULL ? g_strdup_printf("part of %s", of_lab_name_on(parent, day)) : NULL;
            g_autofree char *place = join(lab->kind, lab->country), *more = join(full, place);
            add_item(collector, "lab", &lab->item, name, join(more, part_of));
        }
    }
}

static void add_strategies(Collector *collector)
{
    for (guint i = 0; i < collector->story->strategies.n; i++) {
        const OfStrategy *strategy = collector->story->strategies.items[i];
        if (g_hash_table_contains(collector->strategies, strategy)) {
            add_item(collector, "strategy", &strategy->item, of_item_label(&strategy->item), NULL);
        }
    }
}

static void add_sources(Collector *collector)
{
    for (guint i = 0; i < collector->story->sources.n; i++) {
        const OfSource *source = collector->story->sources.items[i];
        if (g_hash_table_contains(collector->sources, source)) {
            add_item(collector, "source", &source->item, of_item_label(&source->item), of_details_describe_source(source));
        }
    }
}

/* ---- Facts ---- */

static void add_ref(OfDetailFact *fact, const char *kind, const OfItem *item)
{
    char *ref = g_strdup_printf("%s:%s", kind, item->id);
    if (g_ptr_array_find_with_equal_func(fact->items, ref, g_str_equal, NULL)) {
        g_free(ref);
    } else {
        g_ptr_array_add(fact->items, ref);
    }
}

/* "First; second": what there is of them. Owned by the caller. */
static char *join_notes(const char *first, const char *second)
{
    return first == NULL ? g_strdup(second) : second == NULL ? g_strdup(first) : g_strdup_printf("%s; %s", first, second);
}

/* What is said of a rival account: "according to others Jun 2023: …". */
static void append_accounts(Collector *collector, const OfEvent *event, OfDetailFact *fact)
{
    for (guint i = 0; i < event->accounts.n; i++) {
        const OfAccount *account = event->accounts.items[i];
        g_autofree char *date = of_date_is_set(&account->date) ? of_date_display(&account->date) : NULL;
        g_autofree char *what = join(date, account->to != NULL            ? of_item_label(&account->to->item)
                                           : account->to_strategy != NULL ? of_item_label(&account->to_strategy->item)
                                                                          : account->item.name);
        g_autofree char *noted = join_notes(what, account->item.note), *before = fact->note;
        g_autofree char *other = g_strdup_printf("Other account: %s", noted != NULL ? noted : "");
        fact->note = join_notes(before, other);
        copy_sources(collector, &account->item, fact->sources);
    }
}

static void add_event(Collector *collector, const OfEvent *event)
{
    char *ref = g_strdup_printf("event:%s", event->item.key);
    if (!g_hash_table_add(collector->known, ref)) {
        return;
    }
    OfDetailFact *fact = of_details_add_fact(collector->details);
    g_autoptr(GPtrArray) labs = of_event_labs(event);
    fact->event = g_strdup(event->item.key);
    fact->day = event->day;
    fact->date = of_date_display(&event->date);
    fact->text = of_event_text(event);
    fact->note = g_strdup(event->item.note);
    fact->url = g_strdup(event->item.url);
    fact->confidence = of_confidence_names[event->item.confidence];
    for (guint i = 0; i < event->people.n; i++) {
        add_ref(fact, "person", &event->people.items[i]->item);
    }
    for (guint i = 0; i < labs->len; i++) {
        const OfLab *lab = labs->pdata[i];
        add_ref(fact, "lab", &lab->item);
    }
    const OfStrategy *const strategies[] = {event->from_strategy, event->to_strategy};
    for (guint i = 0; i < G_N_ELEMENTS(strategies); i++) {
        if (strategies[i] != NULL) {
            add_ref(fact, "strategy", &strategies[i]->item);
            g_hash_table_add(collector->strategies, (gpointer) strategies[i]);
        }
    }
    for (guint i = 0; i < event->because.n; i++) {
        g_ptr_array_add(fact->because, g_strdup(event->because.items[i]->item.key));
    }
    copy_sources(collector, &event->item, fact->sources);
    append_accounts(collector, event, fact);
}

/* What a reader who asks for something named wants to see: what happened to its people, and to its labs themselves. */
static bool is_told(const Collector *collector, const OfEvent *event)
{
    if (g_hash_table_contains(collector->events, event)) {
        return true;
    }
    if (!of_selection_has_event(&collector->drawing->selection, event)) {
        return false;
    }
    bool told = false;
    for (guint i = 0; i < event->people.n; i++) {
        told = told || g_hash_table_contains(collector->people, event->people.items[i]);
    }
    g_autoptr(GPtrArray) labs = of_event_labs(event);
    for (guint i = 0; i < labs->len && event->people.n == 0; i++) {
        told = told || g_hash_table_contains(collector->labs, labs->pdata[i]);
    }
    return told;
}

static void add_stint(Collector *collector, const OfStint *stint)
{
    const OfRole *role = stint->roles.n > 0 ? stint->roles.items[0] : NULL;
    g_autofree char *ref = g_strdup_printf("stint:%s:%s:%d", stint->person->item.id, stint->lab->item.id, stint->begin_day);
    if (!g_hash_table_add(collector->known, g_steal_pointer(&ref))) {
        return;
    }
    OfDetailFact *fact = of_details_add_fact(collector->details);
    g_autofree char *from = of_date_is_set(&stint->from) ? of_date_display(&stint->from) : g_strdup("");
    g_autofree char *to = of_date_is_set(&stint->to) ? of_date_display(&stint->to) : g_strdup("");
    fact->day = MAX(stint->begin_day, OF_DAY_MIN);
    fact->date = *from == '\0' && *to == '\0' ? g_strdup("throughout")
                 : *to == '\0'                ? g_strdup_printf("since %s", from)
                 : *from == '\0'              ? g_strdup_printf("until %s", to)
                                              : g_strdup_printf("%s to %s", from, to);
    fact->text = g_strdup(role != NULL ? role->role : NULL);
    fact->confidence = of_confidence_names[stint->confidence];
    add_ref(fact, "person", &stint->person->item);
    add_ref(fact, "lab", &stint->lab->item);
    if (stint->decl != NULL) {
        fact->note = g_strdup(stint->decl->item.note);
        copy_sources(collector, &stint->decl->item, fact->sources);
    }
}

static bool is_claimed_of_drawn(const Collector *collector, const OfClaim *claim)
{
    const bool named =
        g_hash_table_contains(collector->labs, claim->lab) || g_hash_table_contains(collector->people, claim->person);
    return named && of_selection_has_date(&collector->drawing->selection, &claim->at);
}

static void add_claim(Collector *collector, const OfClaim *claim)
{
    char *ref = g_strdup_printf("claim:%s", claim->item.key);
    if (!g_hash_table_add(collector->known, ref)) {
        return;
    }
    OfDetailFact *fact = of_details_add_fact(collector->details);
    fact->claim = g_strdup(claim->item.key);
    fact->day = of_date_middle(&claim->at);
    fact->date = of_date_display(&claim->at);
    fact->text = g_strdup(claim->text);
    fact->note = claim->holds ? g_strdup(claim->item.note) : join_notes("The data says otherwise", claim->item.note);
    fact->url = g_strdup(claim->item.url);
    fact->confidence = of_confidence_names[claim->item.confidence];
    if (claim->person != NULL) {
        add_ref(fact, "person", &claim->person->item);
    }
    add_ref(fact, "lab", &claim->lab->item);
    copy_sources(collector, &claim->item, fact->sources);
}

static gint compare_facts(gconstpointer a, gconstpointer b)
{
    const OfDetailFact *x = *(const OfDetailFact *const *) a, *y = *(const OfDetailFact *const *) b;
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    const int by_event = g_strcmp0(x->event, y->event), by_claim = g_strcmp0(x->claim, y->claim);
    return by_event != 0 ? by_event : by_claim != 0 ? by_claim : g_strcmp0(x->text, y->text);
}

static gint compare_items(gconstpointer a, gconstpointer b)
{
    const OfDetailItem *x = *(const OfDetailItem *const *) a, *y = *(const OfDetailItem *const *) b;
    const int by_kind = strcmp(x->kind, y->kind);
    return by_kind != 0 ? by_kind : strcmp(x->id, y->id);
}

static void add_facts(Collector *collector)
{
    for (guint i = 0; i < collector->story->events.n; i++) {
        if (is_told(collector, collector->story->events.items[i])) {
            add_event(collector, collector->story->events.items[i]);
        }
    }
    for (guint i = 0; i < collector->story->claims.n; i++) {
        if (is_claimed_of_drawn(collector, collector->story->claims.items[i])) {
            add_claim(collector, collector->story->claims.items[i]);
        }
    }
    for (guint i = 0; i < collector->story->people.n; i++) {
        const OfPerson *person = collector->story->people.items[i];
        for (guint k = 0; k < person->stints.n && g_hash_table_contains(collector->people, person); k++) {
            if (of_selection_shows_stint(&collector->drawing->selection, person->stints.items[k])) {
                add_stint(collector, person->stints.items[k]);
            }
        }
    }
}

/* Labs and people of what is told are items too, so that they can be named; they bring nothing else along. */
static void add_companions(Collector *collector)
{
    for (guint i = 0; i < collector->details->facts->len; i++) {
        const OfDetailFact *fact = collector->details->facts->pdata[i];
        for (guint k = 0; k < fact->items->len; k++) {
            const char *ref = fact->items->pdata[k], *id = strchr(ref, ':') + 1;
            if (g_str_has_prefix(ref, "lab:")) {
                add_named(collector->labs, of_story_find_lab(collector->story, id));
            } else if (g_str_has_prefix(ref, "person:")) {
                add_named(collector->people, of_story_find_person(collector->story, id));
            }
        }
    }
}

static void collect(const OfDrawing *drawing, const OfPicture *picture, OfDetails *details, GHashTable *known)
{
    GHashTable *sets[5];
    for (guint i = 0; i < G_N_ELEMENTS(sets); i++) {
        sets[i] = g_hash_table_new(NULL, NULL);
    }
    Collector collector = {drawing, drawing->story, details, known, sets[0], sets[1], sets[2], sets[3], sets[4]};
    read_names(&collector, picture);
    add_facts(&collector);
    add_companions(&collector);
    add_people(&collector);
    add_labs(&collector);
    add_strategies(&collector);
    add_sources(&collector);
    for (guint i = 0; i < G_N_ELEMENTS(sets); i++) {
        g_hash_table_destroy(sets[i]);
    }
}

OfDetails *of_details_collect(const OfDrawing *drawing, const OfPicture *picture)
{
    OfDetails *details = of_details_new();
    g_autoptr(GHashTable) known = g_hash_table_new_full(of_text_hash, g_str_equal, g_free, NULL);
    collect(drawing, picture, details, known);
    if (drawing->other != NULL) {
        collect(drawing->other, picture, details, known);
    }
    g_ptr_array_sort(details->items, compare_items);
    g_ptr_array_sort(details->facts, compare_facts);
    return details;
}
