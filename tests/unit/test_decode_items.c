/* What decoding makes of data that is right. */
#include "decode_fixture.h"

static const OfEvent *event_of(const Fixture *fixture, const char *key)
{
    const OfEvent *event = of_story_find_event(fixture->story, key);
    g_assert_nonnull(event);
    return event;
}

static void assert_texts(const OfTexts *texts, const char *expected)
{
    GString *joined = g_string_new(NULL);
    for (guint i = 0; i < texts->n; i++) {
        g_string_append_printf(joined, "%s%s", i > 0 ? " " : "", texts->items[i]);
    }
    g_assert_cmpstr(joined->str, ==, expected);
    g_string_free(joined, TRUE);
}

static void test_common_keys(void)
{
    Fixture fixture;
    fixture_read(&fixture,
                 "title: |\n"
                 "  A title  in a\n"
                 "  block\n"
                 "lang: de-CH\n"
                 "sources: {s: {title: S, author: A, publisher: P, date: 2023-05, accessed: 2024}, t: {}}\n"
                 "labs:\n"
                 "  fair: {name: 2024, note: \"\", url: \"HTTPS://example.org/a?b='c\\\"\", sources: [t, s], tags: [y, x, y],\n"
                 "         color: \"#ABC\", was: [old, 1e3], confidence: reported, founded: 2013-12-09}\n"
                 "  no: {sources: s, tags: x, color: \"#AbCdEf\", was: older, long_name: N, kind: company, country: FR}\n"
                 "  1e3: {url: \"mailto:a@example.org\"}\n"
                 "  2024: {parent: no}\n");
    fixture_assert_clean(&fixture);
    const OfStory *story = fixture.story;
    g_assert_cmpstr(story->title, ==, "A title  in a block");
    g_assert_cmpstr(story->lang, ==, "de-CH");
    g_assert_cmpuint(story->labs.n, ==, 4);
    g_assert_cmpstr(story->labs.items[0]->item.id, ==, "1e3");
    g_assert_cmpstr(story->labs.items[1]->item.id, ==, "2024");
    g_assert_cmpstr(story->labs.items[2]->item.id, ==, "fair");
    g_assert_cmpstr(story->labs.items[3]->item.id, ==, "no");
    g_assert_true(story->labs.items[1]->parent == story->labs.items[3]);

    const OfLab *fair = of_story_find_lab(story, "fair"), *no = of_story_find_lab(story, "no");
    g_assert_cmpuint(fair->index, ==, 2);
    g_assert_cmpstr(fair->item.name, ==, "2024");
    g_assert_cmpstr(of_item_label(&fair->item), ==, "2024");
    g_assert_cmpstr(of_item_label(&no->item), ==, "no");
    g_assert_cmpstr(fair->item.key, ==, "fair");
    g_assert_cmpstr(fair->item.note, ==, "");
    g_assert_cmpstr(fair->item.url, ==, "HTTPS://example.org/a?b='c\"");
    g_assert_cmpstr(fair->item.color, ==, "#aabbcc");
    g_assert_cmpstr(no->item.color, ==, "#abcdef");
    assert_texts(&fair->item.tags, "x y");
    assert_texts(&no->item.tags, "x");
    assert_texts(&fair->item.was, "1e3 old");
    assert_texts(&no->item.was, "older");
    g_assert_cmpuint(fair->item.sources.n, ==, 2);
    g_assert_cmpstr(fair->item.sources.items[0]->item.id, ==, "s");
    g_assert_cmpint(fair->item.confidence, ==, OF_CONFIDENCE_REPORTED);
    g_assert_true(fair->item.confidence_set);
    g_assert_cmpint(no->item.confidence, ==, OF_CONFIDENCE_CONFIRMED);
    g_assert_false(no->item.confidence_set);
    g_assert_cmpint(of_story_find_lab(story, "1e3")->item.confidence, ==, OF_CONFIDENCE_UNVERIFIED);
    g_assert_cmpuint(fair->item.place.line, ==, 8);
    g_assert_cmpuint(fair->item.place.column, ==, 3);
    g_assert_cmpuint(fair->item.place.length, ==, 4);

    const OfSource *source = story->sources.items[0];
    g_assert_cmpuint(source->n_uses, ==, 2);
    g_assert_cmpuint(story->sources.items[1]->n_uses, ==, 1);
    g_assert_cmpstr(source->item.name, ==, "S");
    g_assert_cmpstr(source->author, ==, "A");
    g_assert_cmpstr(source->publisher, ==, "P");
    g_autofree char *date = of_date_format(&source->date);
    g_assert_cmpstr(date, ==, "2023-05");
    g_assert_true(g_hash_table_contains(fixture.build->tags, "y"));
    fixture_clear(&fixture);
}

static void test_people(void)
{
    Fixture fixture;
    fixture_read(&fixture,
                 "labs: {fair: {}, genai: {}}\n"
                 "sources: {s: {}}\n"
                 "groups: {b: {}, a: {}}\n"
                 "people:\n"
                 "  z: {lab: fair, since: 2016~, role: Scientist, lead: true, groups: [b, a], orcid: 0000-0002-1825-0097}\n"
                 "  m: {groups: a, wikidata: Q42, stints: [{lab: genai, from: 2020}, {lab: genai, from: 2018, to: 2019},\n"
                 "      {lab: fair}, {lab: fair, from: 2020, to: 2021, concurrent: true, sources: [s],\n"
                 "       accounts: [{date: 2020-05, to: genai}, {date: 2020-03}]}]}\n");
    fixture_assert_clean(&fixture);
    const OfPerson *m = of_story_find_person(fixture.story, "m"), *z = of_story_find_person(fixture.story, "z");
    g_assert_true(fixture.story->people.items[0] == m);
    g_assert_cmpuint(z->index, ==, 1);
    g_assert_cmpstr(z->lab->item.id, ==, "fair");
    g_assert_true(z->lead);
    g_assert_true(z->since.approximate);
    g_assert_cmpstr(z->role, ==, "Scientist");
    g_assert_cmpstr(z->orcid, ==, "0000-0002-1825-0097");
    g_assert_cmpstr(m->wikidata, ==, "Q42");
    g_assert_cmpstr(z->groups.items[0]->item.id, ==, "a");
    const OfGroup *a = of_story_find_group(fixture.story, "a");
    g_assert_cmpuint(a->people.n, ==, 2);
    g_assert_true(a->people.items[0] == m && a->people.items[1] == z);
    g_assert_cmpuint(of_story_find_group(fixture.story, "b")->people.n, ==, 1);

    static const char *const keys[] = {"stint:m:..", "stint:m:2018", "stint:m:2020", "stint:m:2020#2"};
    g_assert_cmpuint(m->decls.n, ==, 4);
    for (guint i = 0; i < 4; i++) {
        g_assert_cmpstr(m->decls.items[i]->item.key, ==, keys[i]);
    }
    const OfStintDecl *disputed = m->decls.items[2];
    g_assert_true(disputed->concurrent);
    g_assert_cmpint(disputed->item.confidence, ==, OF_CONFIDENCE_DISPUTED);
    g_assert_cmpuint(disputed->accounts.n, ==, 2);
    g_assert_cmpint(disputed->accounts.items[0]->date.first, ==, of_day_from_civil(2020, 3, 1));
    g_assert_cmpstr(disputed->accounts.items[1]->to->item.id, ==, "genai");
    g_assert_cmpstr(disputed->accounts.items[1]->item.key, ==, "stint:m:2020:account:2");
    g_assert_cmpint(m->decls.items[3]->item.confidence, ==, OF_CONFIDENCE_UNVERIFIED);
    fixture_clear(&fixture);
}

#define EVENT_GROUND                                                                                                               \
    "labs: {fair: {}, genai: {}, mistral: {}}\nstrategies: {open: {}, product: {}}\npeople: {a: {}, b: {}, c: {}}\n"

static void test_events(void)
{
    Fixture fixture;
    fixture_read(
        &fixture, EVENT_GROUND
        "events:\n"
        "  - {date: 2024, type: shift, lab: fair, to: product, from: open, because: [late, early, late-too],\n"
        "     accounts: [{date: 2023-12, to: open, title: T, note: N, confidence: confirmed}]}\n"
        "  - {id: late, date: 2023-07-18, type: release, lab: genai, title: Llama 2}\n"
        "  - {id: late-too, date: 2023-07-18, type: note, lab: genai, title: x, because: early}\n"
        "  - {id: early, date: 2023-02/2023-04, type: move, people: [c, a], from: fair, to: mistral, role: R, concurrent: true}\n"
        "  - {date: 2022, type: split, lab: fair, into: {mistral: ~, genai: [b, a], fair: []}}\n"
        "  - {date: 2022, type: join, weight: 120, to: fair, confidence: reported}\n"
        "  - {date: 2022-Q2, type: merge, labs: [mistral, genai], to: fair}\n"
        "  - {date: 2021, type: rename, lab: fair, name: FAIR 2}\n"
        "  - {date: 2021, type: role, lab: fair, people: [a], lead: false}\n"
        "  - {date: 2021, type: transfer, what: Compute, from: fair, to: genai}\n"
        "  - {date: 2020, type: found, lab: mistral, people: []}\n");
    fixture_assert_clean(&fixture);
    static const char *const keys[] = {
        "found:mistral:2020",
        "rename:fair:2021",
        "role:a:2021",
        "transfer:genai:2021",
        "join:fair:2022",
        "split:fair:2022",
        "merge:fair:2022-34",
        "early",
        "late",
        "late-too",
        "shift:fair:2024",
    };
    g_assert_cmpuint(fixture.story->events.n, ==, G_N_ELEMENTS(keys));
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        /* by earliest day, latest day, key; a quarter begins after its year */
        g_assert_cmpstr(fixture.story->events.items[i]->item.key, ==, keys[i]);
        g_assert_cmpuint(fixture.story->events.items[i]->index, ==, i);
        g_assert_true(event_of(&fixture, keys[i]) == fixture.story->events.items[i]);
    }
    const OfEvent *shift = event_of(&fixture, "shift:fair:2024"), *early = event_of(&fixture, "early");
    g_assert_cmpstr(shift->to_strategy->item.id, ==, "product");
    g_assert_cmpstr(shift->from_strategy->item.id, ==, "open");
    g_assert_null(shift->to);
    g_assert_cmpuint(shift->because.n, ==, 3);
    g_assert_true(shift->because.items[0] == early);
    g_assert_cmpstr(shift->because.items[2]->item.id, ==, "late-too");
    g_assert_cmpint(shift->item.confidence, ==, OF_CONFIDENCE_DISPUTED);
    const OfAccount *account = shift->accounts.items[0];
    g_assert_cmpstr(account->to_strategy->item.id, ==, "open");
    g_assert_cmpstr(account->item.name, ==, "T");
    g_assert_cmpint(account->item.confidence, ==, OF_CONFIDENCE_CONFIRMED);
    g_assert_cmpstr(account->item.key, ==, "shift:fair:2024:account:1");
    g_assert_cmpuint(early->effects.n, ==, 2);
    g_assert_cmpstr(early->effects.items[0]->item.id, ==, "late-too");
    g_assert_true(early->effects.items[1] == shift);
    g_assert_cmpstr(early->people.items[0]->item.id, ==, "a");
    g_assert_true(early->concurrent);

    const OfEvent *split = event_of(&fixture, "split:fair:2022");
    g_assert_cmpuint(split->into.n, ==, 3);
    g_assert_cmpstr(split->into.items[1]->lab->item.id, ==, "genai");
    g_assert_cmpuint(split->into.items[0]->people.n, ==, 0);
    g_assert_cmpuint(split->into.items[1]->people.n, ==, 2);
    g_assert_cmpstr(split->into.items[1]->people.items[0]->item.id, ==, "a");
    g_assert_cmpint(event_of(&fixture, "join:fair:2022")->weight, ==, 120);
    g_assert_cmpuint(event_of(&fixture, "merge:fair:2022-34")->labs.n, ==, 2);
    g_assert_cmpstr(event_of(&fixture, "rename:fair:2021")->new_name, ==, "FAIR 2");
    g_assert_null(event_of(&fixture, "rename:fair:2021")->item.name);
    g_assert_true(event_of(&fixture, "role:a:2021")->lead_set);
    g_assert_false(event_of(&fixture, "role:a:2021")->lead);
    g_assert_cmpstr(event_of(&fixture, "transfer:genai:2021")->what, ==, "Compute");
    fixture_clear(&fixture);
}

/* The keys of ties follow from what is said, in whichever order it stands. */
static void test_ties(void)
{
    static const char *const lines[] = {
        "  - {date: 2023, type: note, lab: fair, title: b}\n",
        "  - {date: 2023, type: note, lab: fair, title: a}\n",
        "  - {date: 2023, type: note, lab: fair, title: c, note: y}\n",
        "  - {date: 2023, type: note, lab: fair, title: c, note: x}\n",
    };
    static const char *const titles[] = {"a", "b", "c", "c"}, *const keys[] = {"note:fair:2023", "note:fair:2023#2",
                                                                               "note:fair:2023#3", "note:fair:2023#4"};
    for (guint turn = 0; turn < G_N_ELEMENTS(lines); turn++) {
        GString *text = g_string_new(EVENT_GROUND "events:\n");
        for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
            g_string_append(text, lines[(i + turn) % G_N_ELEMENTS(lines)]);
        }
        Fixture fixture;
        fixture_read(&fixture, text->str);
        fixture_assert_clean(&fixture);
        for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
            const OfEvent *event = fixture.story->events.items[i];
            g_assert_cmpstr(event->item.key, ==, keys[i]);
            g_assert_cmpstr(event->item.name, ==, titles[i]);
        }
        g_assert_cmpstr(fixture.story->events.items[2]->item.note, ==, "x");
        fixture_clear(&fixture);
        g_string_free(text, TRUE);
    }
}

static void test_duplicates(void)
{
    GString *text = g_string_new(EVENT_GROUND "events:\n");
    for (guint i = 0; i < 12; i++) {
        g_string_append(text, "  - {date: 2023, type: note, lab: fair, title: a}\n");
    }
    Fixture fixture;
    fixture_read(&fixture, text->str);
    g_assert_true(fixture.sound);
    g_assert_cmpuint(fixture.story->events.n, ==, 12);
    g_assert_cmpuint(of_diagnostics_count(fixture.diagnostics), ==, 11);
    const OfDiagnostic *entry = of_diagnostics_get(fixture.diagnostics, 0);
    g_assert_cmpint(entry->severity, ==, OF_SEVERITY_WARNING);
    g_assert_cmpstr(entry->code, ==, "duplicate-event");
    g_assert_cmpuint(entry->place.line, ==, 7);
    g_assert_cmpuint(entry->other.line, ==, 6);
    g_assert_cmpstr(fixture.story->events.items[1]->item.key, ==, "note:fair:2023#10"); /* in the order of keys */
    g_assert_cmpstr(fixture.story->events.items[11]->item.key, ==, "note:fair:2023#9");
    fixture_clear(&fixture);
    g_string_free(text, TRUE);
}

/* What has errors is like nothing else, even where what could be read of it is; and it hides no two others that are alike. */
static void test_duplicates_with_errors(void)
{
    static const char *const same = "  - {date: 2023, type: note, lab: fair, title: a}\n",
                             *const flawed = "  - {date: 2023, type: note, lab: fair, title: a, weight: -1}\n";
    g_autofree char *text = g_strconcat(EVENT_GROUND "events:\n", flawed, same, flawed, same, flawed, NULL);
    Fixture fixture;
    fixture_read(&fixture, text);
    g_assert_cmpuint(of_diagnostics_count_severity(fixture.diagnostics, OF_SEVERITY_ERROR), ==, 3);
    g_assert_cmpuint(of_diagnostics_count_severity(fixture.diagnostics, OF_SEVERITY_WARNING), ==, 1);
    for (guint i = 0; i < of_diagnostics_count(fixture.diagnostics); i++) {
        const OfDiagnostic *entry = of_diagnostics_get(fixture.diagnostics, i);
        if (entry->severity == OF_SEVERITY_WARNING) {
            g_assert_cmpstr(entry->code, ==, "duplicate-event");
            g_assert_cmpuint(entry->place.line, ==, 9);
            g_assert_cmpuint(entry->other.line, ==, 7);
        }
    }
    fixture_clear(&fixture);
}

static void test_claims(void)
{
    Fixture fixture;
    fixture_read(&fixture, EVENT_GROUND "groups: {g: {}}\n"
                                        "claims:\n"
                                        "  - {text: T, group: g, lab: fair, at: 2023, share: 0.25}\n"
                                        "  - {text: S, group: g, lab: fair, at: 2023, count: 0}\n"
                                        "  - {id: mine, text: U, person: a, lab: fair, at: 2022, count: 1}\n");
    fixture_assert_clean(&fixture);
    g_assert_cmpuint(fixture.story->claims.n, ==, 3);
    const OfClaim *first = fixture.story->claims.items[0], *second = fixture.story->claims.items[1];
    g_assert_cmpstr(first->item.key, ==, "claim:g:2023");
    g_assert_cmpstr(first->text, ==, "S");
    g_assert_true(first->has_count && !first->has_share);
    g_assert_cmpint(first->count, ==, 0);
    g_assert_cmpstr(second->item.key, ==, "claim:g:2023#2");
    g_assert_true(second->has_share);
    g_assert_cmpfloat(second->share, ==, 0.25);
    g_assert_cmpstr(fixture.story->claims.items[2]->item.key, ==, "mine");
    g_assert_cmpstr(fixture.story->claims.items[2]->person->item.id, ==, "a");
    fixture_clear(&fixture);
}

static void test_views(void)
{
    Fixture fixture;
    fixture_read(
        &fixture,
        "labs: {fair: {tags: [\"a, b\"]}, genai: {}}\nstrategies: {open: {}}\ngroups: {g: {}}\npeople: {p: {}}\n"
        "events: [{date: 2023, type: note, lab: fair, title: x}]\n"
        "views:\n"
        "  - {id: z, type: moves, title: T, subtitle: S, group: g, lab: [fair, genai], order: \"genai, fair\", from: 2023-01,\n"
        "     highlight: [p, open, \"note:fair:2023\", p], tag: [\"a, b\"], size: 1920x1080, scale: 1.5, theme: dark,\n"
        "     background: transparent, min-confidence: reported, tags: [own],\n"
        "     callouts: [{event: \"note:fair:2023\", text: First}, {lab: fair, at: 2024, text: Second}]}\n"
        "  - {id: a, type: causes}\n");
    fixture_assert_clean(&fixture);
    g_assert_cmpuint(fixture.story->views.n, ==, 2);
    const OfSavedView *view = fixture.story->views.items[0];
    g_assert_cmpstr(view->item.id, ==, "z"); /* in the order of the file */
    g_assert_true(of_story_find_view(fixture.story, "z") == view);
    g_assert_cmpstr(view->type, ==, "moves");
    g_assert_cmpuint(view->type_place.line, ==, 8);
    g_assert_cmpuint(view->type_place.column, ==, 19);
    g_assert_cmpstr(view->item.name, ==, "T");
    const OfOptions *options = view->options;
    g_assert_cmpstr(options->title, ==, "T");
    g_assert_cmpstr(options->subtitle, ==, "S");
    g_assert_cmpuint(g_strv_length(options->lab), ==, 2);
    g_assert_cmpstr(options->order[0], ==, "genai");
    g_assert_cmpuint(g_strv_length(options->highlight), ==, 3);
    g_assert_cmpuint(g_strv_length(options->tag), ==, 1);
    g_assert_cmpstr(options->tag[0], ==, "a, b");
    g_assert_cmpfloat(options->size.width, ==, 960);
    g_assert_cmpfloat(options->scale, ==, 1.5);
    g_assert_cmpstr(options->theme, ==, "dark");
    g_assert_true(options->transparent);
    g_assert_cmpint(options->min_confidence, ==, OF_CONFIDENCE_REPORTED);
    g_assert_cmpuint(options->callouts->len, ==, 2);
    const OfCallout *callout = &g_array_index(options->callouts, OfCallout, 0);
    g_assert_cmpstr(callout->event, ==, "note:fair:2023");
    g_assert_cmpstr(callout->text, ==, "First");
    g_assert_true(of_date_is_set(&g_array_index(options->callouts, OfCallout, 1).at));
    g_assert_cmpint(fixture.story->views.items[1]->options->min_confidence, ==, OF_CONFIDENCE_DISPUTED);
    g_assert_null(fixture.story->views.items[1]->options->callouts);
    fixture_clear(&fixture);
}

static void test_repeated(void)
{
    Fixture fixture;
    fixture_read(&fixture, EVENT_GROUND "events: [{date: 2023, type: join, to: fair, people: [a, b, a]}]\n");
    g_assert_true(fixture.sound);
    g_assert_cmpuint(of_diagnostics_count(fixture.diagnostics), ==, 1);
    g_assert_cmpstr(of_diagnostics_get(fixture.diagnostics, 0)->code, ==, "repeated-reference");
    g_assert_cmpint(of_diagnostics_get(fixture.diagnostics, 0)->severity, ==, OF_SEVERITY_WARNING);
    g_assert_cmpuint(fixture.story->events.items[0]->people.n, ==, 2);
    fixture_clear(&fixture);
}

/* The key of very many people stays short. */
static void test_long_key(void)
{
    GString *text = g_string_new("labs: {fair: {}}\npeople:\n");
    for (guint i = 0; i < 100; i++) {
        g_string_append_printf(text, "  person%02u: {}\n", i);
    }
    g_string_append(text, "events: [{date: 2023, type: join, to: fair, people: [person00");
    for (guint i = 1; i < 100; i++) {
        g_string_append_printf(text, ", person%02u", i);
    }
    g_string_append(text, "]}]\n");
    Fixture fixture;
    fixture_read(&fixture, text->str);
    fixture_assert_clean(&fixture);
    const char *key = fixture.story->events.items[0]->item.key;
    g_assert_true(g_str_has_prefix(key, "join:person00+person01+"));
    g_assert_true(g_str_has_suffix(key, "+person31+68-more:2023"));
    fixture_clear(&fixture);
    g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decode/common-keys", test_common_keys);
    g_test_add_func("/decode/people", test_people);
    g_test_add_func("/decode/events", test_events);
    g_test_add_func("/decode/ties", test_ties);
    g_test_add_func("/decode/duplicates", test_duplicates);
    g_test_add_func("/decode/duplicates-with-errors", test_duplicates_with_errors);
    g_test_add_func("/decode/claims", test_claims);
    g_test_add_func("/decode/views", test_views);
    g_test_add_func("/decode/repeated", test_repeated);
    g_test_add_func("/decode/long-key", test_long_key);
    return g_test_run();
}
