/* The same in JSON: {"Story": {"Characters": {NAME: [{"Start": STEP, "End": STEP, "Session": NUMBER}, …]}}}, End excluded. Who is
 * in one session at one step is together. Read as what it is too, YAML, since that knows places, doubles and limits; what else it
 * holds is passed over. */
#include <string.h>

#include "base/shorten.h"
#include "exchange/scenes.h"
#include "text/node.h"

typedef struct {
    gint64 session, first, end;
    OfPlace place;
} Span;

typedef struct {
    OfRoster *roster;
    const OfDocument *document;
    OfDiagnostics *diagnostics;
    GArray *spans; /* of Span: of the person being read */
    gint64 last_step;
} Story;

static void fail(Story *story, const char *code, const OfNode *node, const char *message)
{
    const OfPlace place = of_node_place(story->document, node);
    of_diagnostics_add(story->diagnostics, OF_SEVERITY_ERROR, code, &place, NULL, "%s", message);
}

/* The value of a key that must be there and of this type; NULL with the error reported. */
static const OfNode *get_value(Story *story, const OfNode *node, const char *key, OfNodeType type)
{
    static const char *const types[] = {
        [OF_NODE_SCALAR] = "a number", [OF_NODE_SEQUENCE] = "a sequence", [OF_NODE_MAPPING] = "a mapping"};
    const OfNodePair *pair = of_node_get(node, key);
    if (pair != NULL && pair->value.type == type) {
        return &pair->value;
    }
    g_autofree char *message = pair == NULL
                                   ? g_strdup_printf("`%s` is missing", key)
                                   : g_strdup_printf("`%s` is %s, not %s", key, types[type], of_node_describe(&pair->value));
    fail(story, pair == NULL ? "required-key" : "wrong-type", pair == NULL ? node : &pair->value, message);
    return NULL;
}

static bool get_number(Story *story, const OfNode *node, const char *key, gint64 *number)
{
    const OfNode *value = get_value(story, node, key, OF_NODE_SCALAR);
    if (value == NULL) {
        return false;
    }
    if (!of_node_get_integer(value, number)) {
        g_autofree char *shown = of_text_shorten(value->text, (gssize) value->n);
        g_autofree char *message = g_strdup_printf("`%s` is a whole number, not `%s`", key, shown);
        fail(story, "wrong-type", value, message);
        return false;
    }
    return true;
}

static void read_span(Story *story, const OfNode *node)
{
    Span span = {.place = of_node_place(story->document, node)};
    OfDay day;
    if (node->type != OF_NODE_MAPPING) {
        fail(story, "wrong-type", node, "a mapping of `Start`, `End` and `Session` belongs here");
        return;
    }
    bool fine = get_number(story, node, "Start", &span.first);
    fine = get_number(story, node, "End", &span.end) && fine;
    fine = get_number(story, node, "Session", &span.session) && fine;
    if (!fine) {
        return;
    }
    if (span.end <= span.first) {
        fail(story, "end-before-start", &of_node_get(node, "End")->value,
             "`End` lies behind `Start`: it is the first step that is not part of it");
        return;
    }
    if (!of_roster_step_day(span.first, &day) || !of_roster_step_day(span.end, &day)) {
        fail(story, "invalid-step", node, "the steps, in days from 2000-01-01, lie outside the years 0000 to 9999");
        return;
    }
    story->last_step = MAX(story->last_step, span.end - 1);
    g_array_append_val(story->spans, span);
}

static int compare_spans(gconstpointer a, gconstpointer b)
{
    const Span *x = a, *y = b;
    const gint64 differences[] = {x->session, y->session, x->first, y->first, x->end, y->end};
    for (guint i = 0; i < G_N_ELEMENTS(differences); i += 2) {
        if (differences[i] != differences[i + 1]) {
            return differences[i] < differences[i + 1] ? -1 : 1;
        }
    }
    return 0;
}

/* Adds the person's spans, those of one session that touch each other as one. */
static void add_spans(Story *story, guint person)
{
    g_array_sort(story->spans, compare_spans);
    for (guint i = 0, next; i < story->spans->len; i = next) {
        Span span = g_array_index(story->spans, Span, i);
        for (next = i + 1; next < story->spans->len; next++) {
            const Span *other = &g_array_index(story->spans, Span, next);
            if (other->session != span.session || other->first > span.end) {
                break;
            }
            span.end = MAX(span.end, other->end);
        }
        of_scenes_add(story->roster, &(OfSceneSpan){&person, 1, span.session, span.first, span.end - 1, span.place});
    }
}

static void read_character(Story *story, const OfNodePair *pair)
{
    const OfPlace place = of_node_key_place(story->document, pair);
    g_autofree char *name = g_strstrip(g_strdup(pair->key));
    if (*name == '\0') {
        of_diagnostics_add(story->diagnostics, OF_SEVERITY_ERROR, "missing-value", &place, NULL, "a name is missing");
        return;
    }
    if (pair->value.type != OF_NODE_SEQUENCE) {
        fail(story, "wrong-type", &pair->value, "a sequence of `Start`, `End` and `Session` belongs here");
        return;
    }
    g_array_set_size(story->spans, 0);
    for (guint i = 0; i < pair->value.n; i++) {
        read_span(story, &pair->value.items[i]);
    }
    if (story->spans->len > 0) {
        add_spans(story, of_roster_person(story->roster, name, &place));
    }
}

void of_import_story(OfRoster *roster, const OfSourceText *text, const OfLimits *limits, OfDiagnostics *diagnostics)
{
    g_autoptr(OfDocument) document = of_document_read(text, limits, diagnostics);
    if (document == NULL) {
        return;
    }
    Story story = {.roster = roster, .document = document, .diagnostics = diagnostics, .last_step = G_MININT64};
    story.spans = g_array_new(FALSE, FALSE, sizeof(Span));
    const OfNode *inner = get_value(&story, of_document_root(document), "Story", OF_NODE_MAPPING);
    const OfNode *characters = inner != NULL ? get_value(&story, inner, "Characters", OF_NODE_MAPPING) : NULL;
    for (guint i = 0; characters != NULL && i < characters->n; i++) {
        read_character(&story, &characters->pairs[i]);
    }
    of_scenes_close(roster, story.last_step);
    g_array_unref(story.spans);
}
