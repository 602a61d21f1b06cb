#include "decode_fixture.h"

/* Labs, people and what else the rows below speak of; the text of a row begins on line 9. */
#define GROUND                                                                                                                     \
    "sources: {s: {title: S}, s2: {}}\n"                                                                                           \
    "strategies: {open: {name: Open research}, product: {}}\n"                                                                     \
    "labs: {fair: {name: FAIR}, genai: {}, mistral: {name: Mistral AI}}\n"                                                         \
    "groups: {authors: {}}\n"                                                                                                      \
    "people:\n"                                                                                                                    \
    "  lample: {name: Guillaume Lample, lab: fair, groups: [authors]}\n"                                                           \
    "  joulin: {lab: fair, groups: [authors]}\n"

typedef struct {
    const char *text; /* behind GROUND */
    const char *code;
    guint line, column;  /* counted within text */
    const char *message; /* a part of it, or NULL */
    const char *hint;    /* a part of it, or NULL */
    bool sound;          /* sealing may go on */
} Problem;

static const Problem problems[] = {
    /* keys */
    {"titel: x\n", "unknown-key", 1, 1, "unknown key `titel` in a file", "did you mean `title`?", true},
    {"image: /etc/passwd\n", "unknown-key", 1, 1, "`image`", "a file takes `orgflow`", true},
    {"events: [{type: note, lab: fair, title: x, date: 2023, colour: red}]\n", "unknown-key", 1, 56, "in a `note` event", "`color`",
     true},
    {"events: [{type: note, lab: fair, title: x, dat: 2023}]\n", "unknown-key", 1, 44, NULL, "`date`", false},
    {"events: [{type: rename, lab: fair, name: x, date: 2023, from: genai}]\n", "misplaced-key", 1, 57,
     "`from` is no key of a `rename` event", "a `rename` event takes `lab`, `name` and what all events take", false},
    {"events: [{type: announce, lab: fair, title: x, date: 2023, role: x}]\n", "misplaced-key", 1, 60, "an `announce` event", NULL,
     true},
    {"views: [{id: v, type: moves, title: Who left, and where to, from: 2023}]\n", "unknown-key", 1, 47, NULL, "needs quotes",
     true},
    {"events: [{type: note, lab: fair, title: x}]\n", "required-key", 1, 11, "a `note` event needs `date`", NULL, false},
    {"events: [{date: 2023, lab: fair}]\n", "required-key", 1, 11, "an event needs `type`", NULL, false},
    {"events: [{date: 2023, type: release, lab: fair}]\n", "required-key", 1, 11, "needs `title`", NULL, true},
    {"events: [{id: x, date: 2023, type: move, people: lample}]\n", "required-key", 1, 15, "needs `to`", NULL, false},
    {"events: [{date: 2023, type: join, to: fair}]\n", "required-key", 1, 11, "needs `people` or `weight`", NULL, false},
    {"events: [{date: 2023, type: role, lab: fair, people: lample}]\n", "required-key", 1, 11, "needs `role` or `lead`", NULL,
     true},
    {"events: [{date: 2023, type: leave, weight: 3}]\n", "required-key", 1, 11, "with `weight` needs `from`", NULL, false},
    {"events: [{date: 2023, type: join, to: fair, weight: 3, people: lample}]\n", "conflicting-keys", 1, 11,
     "`people` and `weight`", NULL, false},
    {"claims: [{text: x, count: 1, share: 0.5, group: authors, lab: fair, at: 2023}]\n", "conflicting-keys", 1, 11,
     "`count` and `share`", NULL, true},
    {"claims: [{text: x, count: 1, lab: fair, at: 2023}]\n", "required-key", 1, 11, "`group` or `person`", NULL, true},
    {"views: [{type: moves}]\n", "required-key", 1, 10, "a view needs `id`", NULL, true},
    /* kinds of values */
    {"events:\n", "null-value", 1, 8, "null where a sequence of mappings belongs", "[]", false},
    {"claims: {}\n", "wrong-type", 1, 9, "takes a sequence of mappings, not a mapping", NULL, true},
    {"events: [x]\n", "wrong-type", 1, 10, "this is a scalar", NULL, false},
    {"events: [{date: 2023, type: note, lab: [fair], title: x}]\n", "wrong-type", 1, 40,
     "`lab` of a `note` event takes an id, not a sequence", NULL, false},
    {"events: [{date: 2023, type: note, lab: ~, title: x}]\n", "null-value", 1, 40, "null where an id belongs", NULL, false},
    {"views: [{id: v, type: moves, title: Null}]\n", "null-value", 1, 37, "null where a text belongs",
     "nothing to say, or put it in quotes", true},
    {"views: [{id: v, type: moves, theme: null}]\n", "null-value", 1, 37, NULL, "leave `theme` out", true},
    {"events: [{date: 2023, type: note, lab: fair, title: NULL}]\n", "null-value", 1, 53, "null where a text belongs",
     "takes a text: put it in quotes", true},
    {"events: [{date: 2023, type: join, people: [lample, ~], to: genai}]\n", "null-value", 1, 52, "a list of plain words", NULL,
     false},
    {"events: [{date: 2023, type: join, people: [], to: genai}]\n", "empty-list", 1, 43, "is empty", NULL, false},
    {"events: [{date: 2023, type: note, lab: fair, title: \" \"}]\n", "empty-text", 1, 53, "`title` of a `note` event is empty",
     NULL, true},
    {"events: [{date: 2023, type: note, lab: fair, title: x, color: #fff\n  }]\n", "null-value", 2, 3, NULL, "begins a comment",
     true},
    {"events: [{date: 2023, type: note, lab: fair, title: x, color: red}]\n", "bad-color", 1, 63, "not `red`", NULL, true},
    {"events: [{date: 2023, type: note, lab: fair, title: x, concurrent: yes}]\n", "bad-value", 1, 68, "true or false, not `yes`",
     "`true`", false},
    {"events: [{date: 2023, type: join, weight: many, to: fair}]\n", "bad-value", 1, 43, "a whole number, 1 or more, not `many`",
     NULL, false},
    {"events: [{date: 2023, type: join, weight: -1, to: fair}]\n", "bad-value", 1, 43, "not `-1`", NULL, false},
    {"events: [{date: 2023, type: join, weight: \"3\", to: fair}]\n", "bad-value", 1, 43, NULL, "without quotes", false},
    {"claims: [{text: x, share: 75%, group: authors, lab: fair, at: 2023}]\n", "bad-value", 1, 27, "from 0 to 1, not `75%`", NULL,
     true},
    {"claims: [{text: x, count: -1, group: authors, lab: fair, at: 2023}]\n", "bad-value", 1, 27, "0 or more", NULL, true},
    {"claims: [{text: x, count: 1, group: authors, lab: fair, at: 2023, confidence: sure}]\n", "bad-value", 1, 79,
     "one of confirmed, reported", NULL, true},
    {"lang: english language\n", "bad-value", 1, 7, NULL, NULL, true},
    {"events: [{date: 2023-02-29, type: note, lab: fair, title: x}]\n", "bad-date", 1, 17, "February 2023 has 28 days", NULL,
     false},
    {"events: [{date: yesterday, type: note, lab: fair, title: x}]\n", "bad-date", 1, 17, "`date` of a `note` event", NULL, false},
    /* names of what is not there */
    {"events: [{date: 2023, type: mov, people: lample, to: genai}]\n", "unknown-event-type", 1, 29, "`mov`", "did you mean `move`?",
     false},
    {"events: [{date: 2023, type: move, people: lample, to: mistrl}]\n", "unknown-lab", 1, 55, "unknown lab `mistrl`", "`mistral`",
     false},
    {"events: [{date: 2023, type: move, people: lample, to: Mistral AI}]\n", "unknown-lab", 1, 55, NULL, "did you mean `mistral`?",
     false},
    {"events: [{date: 2023, type: move, people: lample, to: joulin}]\n", "unknown-lab", 1, 55, NULL,
     "`joulin` is the id of a person", false},
    {"events: [{date: 2023, type: move, people: [lampel], to: genai}]\n", "unknown-person", 1, 44, NULL, "`lample`", false},
    {"events: [{date: 2023, type: shift, lab: fair, to: opne}]\n", "unknown-strategy", 1, 51, NULL, "`open`", false},
    {"events: [{date: 2023, type: note, lab: fair, title: x, because: nope}]\n", "unknown-event", 1, 65, NULL, NULL, true},
    {"events: [{date: 2023, type: note, lab: fair, title: x, sources: [s3]}]\n", "unknown-source", 1, 66, NULL, "did you mean `s",
     true},
    {"claims: [{text: x, count: 1, group: author, lab: fair, at: 2023}]\n", "unknown-group", 1, 37, NULL, "`authors`", true},
    {"events: [{date: 2023, type: split, lab: fair, into: {genai: [lample], mistrl: ~}}]\n", "unknown-lab", 1, 71, NULL,
     "`mistral`", false},
    {"views: [{id: v, type: move}]\n", "unknown-view-type", 1, 23, NULL, "did you mean `moves`?", true},
    {"views: [{id: v, type: moves, order: [fair, genia]}]\n", "unknown-lab", 1, 44, NULL, "`genai`", true},
    {"views: [{id: v, type: moves, highlight: \"fair, opne\"}]\n", "unknown-item", 1, 41, "`opne`", "`open`", true},
    {"views: [{id: v, type: moves, tag: x}]\n", "unknown-tag", 1, 35, NULL, NULL, true},
    {"views: [{id: v, type: moves, theme: blue}]\n", "bad-value", 1, 37, "`theme` is one of light, dark, print, not `blue`", NULL,
     true},
    {"views: [{id: v, type: moves, callouts: [{event: x, text: y}]}]\n", "unknown-event", 1, 49, NULL, NULL, true},
    {"views: [{id: v, type: moves, callouts: [{text: y}]}]\n", "required-key", 1, 42, "`event`, `person` or `lab`", NULL, true},
    /* what cannot be */
    {"events: [{id: a, date: 2023, type: note, lab: fair, title: x}, {id: a, date: 2024, type: note, lab: fair, title: y}]\n",
     "duplicate-id", 1, 69, "duplicate event `a`", NULL, false},
    {"events: [{id: a, date: 2023, type: note, lab: fair, title: x, because: [a]}]\n", "self-cause", 1, 15, NULL, NULL, false},
    {"events: [{date: 2023, type: move, people: lample, from: fair, to: fair}]\n", "impossible-event", 1, 11, "the same lab", NULL,
     false},
    {"events: [{date: 2023, type: shift, lab: fair, from: open, to: open}]\n", "impossible-event", 1, 11, "the same strategy", NULL,
     false},
    {"events: [{date: 2023, type: merge, labs: [fair], to: fair}]\n", "impossible-event", 1, 11, NULL, NULL, false},
    {"events: [{date: 2023, type: split, lab: fair, into: {fair: []}}]\n", "impossible-event", 1, 11, NULL, NULL, false},
    {"events: [{date: 2023, type: split, lab: fair, into: {fair: lample, genai: lample}}]\n", "split-person", 1, 53,
     "`lample` into two parts", NULL, false},
    {"events: [{id: X y, date: 2023, type: note, lab: fair, title: x}]\n", "bad-id", 1, 15, "no capital letters", "`x-y`", true},
    {"events: [{id: ~, date: 2023, type: note, lab: fair, title: x}]\n", "null-value", 1, 15, NULL, NULL, true},
    {"views: [{id: ñ, type: moves}]\n", "bad-id", 1, 14, "ASCII", "write `n`", true},
};

static void test_problems(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(problems); i++) {
        const Problem *row = &problems[i];
        Fixture fixture;
        g_autofree char *text = g_strconcat(GROUND, row->text, NULL);
        fixture_read(&fixture, text);
        g_test_message("%s", row->text);
        g_assert_cmpuint(of_diagnostics_count(fixture.diagnostics), ==, 1);
        const OfDiagnostic *entry = of_diagnostics_get(fixture.diagnostics, 0);
        g_test_message("%s (%s)", entry->message, entry->hint != NULL ? entry->hint : "");
        g_assert_cmpstr(entry->code, ==, row->code);
        g_assert_cmpint(entry->severity, ==, OF_SEVERITY_ERROR);
        g_assert_cmpint(entry->kind, ==, OF_KIND_DATA);
        g_assert_cmpuint(entry->place.line, ==, row->line + 8);
        g_assert_cmpuint(entry->place.column, ==, row->column);
        g_assert_true(row->message == NULL || strstr(entry->message, row->message) != NULL);
        g_assert_true(row->hint == NULL || (entry->hint != NULL && strstr(entry->hint, row->hint) != NULL));
        g_assert_true(fixture.sound == row->sound);
        fixture_clear(&fixture);
    }
}

/* Problems in the maps of items, each in a file of its own. */
static const Problem map_problems[] = {
    {"labs:\n", "null-value", 1, 6, "null where a mapping belongs", "labs: {}", false},
    {"labs: [fair]\n", "wrong-type", 1, 7, "takes a mapping, not a sequence", NULL, false},
    {"labs: {fair: }\n", "null-value", 1, 8, "lab `fair` is null", "fair: {}", false},
    {"labs: {fair: x}\n", "wrong-type", 1, 14, "lab `fair` is a scalar", NULL, false},
    {"labs: {FAIR: {}}\n", "bad-id", 1, 8, "capital", "write `fair`", false},
    {"labs: {~: {}}\n", "bad-id", 1, 8, "what YAML reads as nothing", NULL, false},
    {"labs: {\"\": {}}\n", "bad-id", 1, 8, "empty", NULL, false},
    {"labs: {-x: {}}\n", "bad-id", 1, 8, "begins with a letter", "write `x`", false},
    {"labs: {fair: {founded: 20231}}\n", "bad-date", 1, 24, NULL, NULL, false},
    {"labs: {fair: {parent: fiar}}\n", "unknown-lab", 1, 23, NULL, "`fair`", false},
    {"labs: {fair: {url: \"javascript:alert(1)\"}}\n", "bad-url", 1, 20, "begins with http://", NULL, true},
    {"labs: {fair: {url: \"data:text/html,x\"}}\n", "bad-url", 1, 20, NULL, NULL, true},
    {"labs: {fair: {url: \"file:///etc/passwd\"}}\n", "bad-url", 1, 20, NULL, NULL, true},
    {"labs: {fair: {url: //host/path}}\n", "bad-url", 1, 20, NULL, NULL, true},
    {"labs: {fair: {url: \"https:///path\"}}\n", "bad-url", 1, 20, "host", NULL, true},
    {"labs: {fair: {url: \"https://a b\"}}\n", "bad-url", 1, 20, "spaces", NULL, true},
    {"labs: {fair: {url: \"mailto:x\"}}\n", "bad-url", 1, 20, "address", NULL, true},
    {"labs: {fair: {was: Fair}}\n", "bad-id", 1, 20, NULL, "`fair`", true},
    {"people: {a: {orcid: 12}}\n", "bad-value", 1, 21, "0000-0002-1825-0097", NULL, true},
    {"people: {a: {wikidata: q1}}\n", "bad-value", 1, 24, "Q42", NULL, true},
    {"people: {a: {since: 2020}}\n", "required-key", 1, 10, "with `since` needs `lab`", NULL, false},
    {"people: {a: {lead: true}}\n", "required-key", 1, 10, "with `lead` needs `lab`", NULL, false},
    {"people: {a: {lab: l, stints: [{lab: l}]}}\nlabs: {l: {}}\n", "conflicting-keys", 1, 10, "`stints` and `lab`",
     "in `stints` alone", false},
    {"people: {a: {stints: [{from: 2023}]}}\n", "required-key", 1, 24, "a stint needs `lab`", NULL, false},
    {"people: {a: {stints: {lab: l}}}\nlabs: {l: {}}\n", "wrong-type", 1, 22, "takes a sequence of mappings", NULL, false},
    {"people: {a: {stints: [{lab: l, accounts: [{to: 2023-06}]}]}}\nlabs: {l: {}}\n", "unknown-lab", 1, 48, NULL,
     "the rival day is its `date`", true},
};

static void test_map_problems(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(map_problems); i++) {
        const Problem *row = &map_problems[i];
        Fixture fixture;
        fixture_read(&fixture, row->text);
        g_test_message("%s", row->text);
        g_assert_cmpuint(of_diagnostics_count(fixture.diagnostics), ==, 1);
        const OfDiagnostic *entry = of_diagnostics_get(fixture.diagnostics, 0);
        g_test_message("%s (%s)", entry->message, entry->hint != NULL ? entry->hint : "");
        g_assert_cmpstr(entry->code, ==, row->code);
        g_assert_cmpuint(entry->place.line, ==, row->line + 1);
        g_assert_cmpuint(entry->place.column, ==, row->column);
        g_assert_true(row->message == NULL || strstr(entry->message, row->message) != NULL);
        g_assert_true(row->hint == NULL || (entry->hint != NULL && strstr(entry->hint, row->hint) != NULL));
        g_assert_true(fixture.sound == row->sound);
        fixture_clear(&fixture);
    }
}

static void test_versions(void)
{
    static const struct {
        const char *text, *code;
    } rows[] = {
        {"title: x\n", "missing-version"}, {"orgflow: 2\n", "wrong-version"}, {"orgflow: one\n", "wrong-version"},
        {"orgflow:\n", "null-value"},      {"[orgflow]\n", "wrong-type"},     {"orgflow\n", "wrong-type"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        OfDiagnostics *diagnostics = of_diagnostics_new();
        OfLimits limits = of_limits_default();
        OfInput input = {"a.yaml", g_strdup(rows[i].text), strlen(rows[i].text)};
        g_assert_null(of_story_read(&input, 1, &limits, fixture_views, diagnostics));
        g_assert_null(input.bytes);
        g_assert_cmpuint(of_diagnostics_count(diagnostics), ==, 1);
        g_assert_cmpstr(of_diagnostics_get(diagnostics, 0)->code, ==, rows[i].code);
        of_diagnostics_free(diagnostics);
    }
}

static void test_two_files(void)
{
    Fixture fixture;
    fixture_init(&fixture);
    fixture_add(&fixture, "a.yaml", "title: A\nlabs: {fair: {parent: meta}}\npeople: {lample: {}}\n");
    fixture_add(&fixture, "b.yaml", "title: B\nlabs: {meta: {}}\npeople: {lample: {lab: fair}}\n");
    fixture_decode(&fixture);
    g_assert_cmpuint(of_diagnostics_count(fixture.diagnostics), ==, 2);
    static const char *const codes[] = {"said-twice", "duplicate-id"};
    for (guint i = 0; i < 2; i++) {
        const OfDiagnostic *entry = of_diagnostics_get(fixture.diagnostics, i);
        g_assert_cmpstr(entry->code, ==, codes[i]);
        g_assert_cmpstr(entry->place.text->name, ==, "b.yaml");
        g_assert_cmpstr(entry->other.text->name, ==, "a.yaml");
    }
    g_assert_cmpstr(fixture.story->title, ==, "A");
    g_assert_cmpuint(fixture.story->people.n, ==, 1);
    g_assert_cmpstr(fixture.story->labs.items[0]->parent->item.id, ==, "meta");
    fixture_clear(&fixture);
}

static void test_limits(void)
{
    static const struct {
        OfLimitId limit;
        gint64 value;
        const char *text, *code;
    } rows[] = {
        {OF_LIMIT_PEOPLE, 2, "people: {a: {}, b: {}, c: {}}\n", "limit-people"},
        {OF_LIMIT_EVENTS, 1, "labs: {l: {}}\nevents: [{date: 1, type: x}, {date: 2, type: x}]\n", "limit-events"},
        {OF_LIMIT_EVENTS, 1, "labs: {l: {}}\npeople: {a: {stints: [{lab: l, from: 2001, to: 2002}, {lab: l, from: 2003}]}}\n",
         "limit-events"},
        {OF_LIMIT_LABEL_BYTES, 5, "labs: {l: {name: abcdef}}\n", "limit-label-bytes"},
        {OF_LIMIT_LABEL_BYTES, 5, "labs: {abcdef: {}}\n", "limit-label-bytes"},
        {OF_LIMIT_LABEL_BYTES, 5, "labs: {l: {tags: [abcdef]}}\n", "limit-label-bytes"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        Fixture fixture;
        fixture_init(&fixture);
        fixture_add(&fixture, "a.yaml", rows[i].text);
        fixture.limits.value[rows[i].limit] = rows[i].value;
        fixture_decode(&fixture);
        g_assert_cmpuint(of_diagnostics_count(fixture.diagnostics), ==, 1);
        g_assert_cmpstr(of_diagnostics_get(fixture.diagnostics, 0)->code, ==, rows[i].code);
        g_assert_cmpint(of_diagnostics_get(fixture.diagnostics, 0)->kind, ==, OF_KIND_LIMIT);
        fixture_clear(&fixture);
    }
}

/* Aliases that stand for 40 million references and a gigabyte of text take next to nothing. */
static void test_shared_aliases(void)
{
    GString *text = g_string_new("labs: {a: {}, b: {}}\npeople:\n");
    for (guint i = 0; i < 2000; i++) {
        g_string_append_printf(text, "  p%u: {}\n", i);
    }
    g_string_append(text, "events:\n  - {date: 2023, type: join, to: a, note: &n \"");
    for (guint i = 0; i < 100000; i++) {
        g_string_append(text, "0123456789");
    }
    g_string_append(text, "\", people: &p [p0");
    for (guint i = 1; i < 2000; i++) {
        g_string_append_printf(text, ", p%u", i);
    }
    g_string_append(text, "]}\n");
    for (guint i = 0; i < 5000; i++) {
        g_string_append_printf(text, "  - {id: e%u, date: 2023, type: leave, note: *n, people: *p}\n", i);
    }
    Fixture fixture;
    fixture_read(&fixture, text->str);
    fixture_assert_clean(&fixture);
    g_assert_cmpuint(fixture.story->events.n, ==, 5001);
    const OfEvent *first = fixture.story->events.items[0], *last = fixture.story->events.items[4999];
    g_assert_cmpuint(first->people.n, ==, 2000);
    g_assert_true(first->people.items == last->people.items);
    g_assert_true(first->item.note == last->item.note);
    fixture_clear(&fixture);
    g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decode/problems", test_problems);
    g_test_add_func("/decode/map-problems", test_map_problems);
    g_test_add_func("/decode/versions", test_versions);
    g_test_add_func("/decode/two-files", test_two_files);
    g_test_add_func("/decode/limits", test_limits);
    g_test_add_func("/decode/shared-aliases", test_shared_aliases);
    return g_test_run();
}
