/* Other formats → format 1. */
#include <string.h>

#include "exchange/csv.h"
#include "exchange/import.h"
#include "exchange/slug.h"
#include "exchange/yaml_text.h"
#include "model/story.h"
#include "text/node.h"

static const char *const views[] = {"storyline", NULL};

typedef struct {
    OfDiagnostics *diagnostics;
    GString *text; /* or NULL */
    GArray *places;
} Import;

static void import_clear(Import *import)
{
    if (import->text != NULL) {
        g_string_free(import->text, TRUE);
    }
    g_array_unref(import->places);
    of_diagnostics_free(import->diagnostics);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

static Import import_bytes(const char *format, const char *bytes, gsize length, const char *columns)
{
    Import import = {of_diagnostics_new(), NULL, g_array_new(FALSE, FALSE, sizeof(OfPlace))};
    const OfLimits limits = of_limits_default();
    OfColumnNames names = {{NULL}};
    g_assert_true(columns == NULL || of_column_names_parse(&names, columns, NULL));
    const OfSourceText *text = of_diagnostics_add_text(import.diagnostics, "x", g_memdup2(bytes, length + 1), length);
    import.text = of_import_read(of_import_format_find(format), text, &names, "T", &limits, import.diagnostics, import.places);
    of_column_names_clear(&names);
    of_diagnostics_sort(import.diagnostics);
    g_assert_true((import.text == NULL) == (of_diagnostics_count_severity(import.diagnostics, OF_SEVERITY_ERROR) > 0));
    for (guint i = 0; i < of_diagnostics_count(import.diagnostics); i++) {
        g_autofree char *shown = of_diagnostic_format(of_diagnostics_get(import.diagnostics, i), false);
        g_assert_true(g_utf8_validate(shown, -1, NULL));
    }
    return import;
}

static Import import_text(const char *format, const char *text)
{
    return import_bytes(format, text, strlen(text), NULL);
}

/* "LINE:COLUMN+LENGTH code" of each problem, joined by "; ". */
static char *list_problems(const OfDiagnostics *diagnostics)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < of_diagnostics_count(diagnostics); i++) {
        const OfDiagnostic *problem = of_diagnostics_get(diagnostics, i);
        g_string_append_printf(list, "%s%u:%u+%u %s", i > 0 ? "; " : "", problem->place.line, problem->place.column, problem->place.length,
                               problem->code);
    }
    return g_string_free(list, FALSE);
}

/* Reads what was written; there must be no problem with it. */
static OfStory *read_result(const GString *text, OfDiagnostics *diagnostics)
{
    const OfLimits limits = of_limits_default();
    OfInput input = {"result", g_memdup2(text->str, text->len + 1), text->len};
    OfStory *story = of_story_read(&input, 1, &limits, views, diagnostics);
    g_autofree char *problems = list_problems(diagnostics);
    if (*problems != '\0') {
        g_test_message("%s\n%s", text->str, problems);
    }
    g_assert_cmpstr(problems, ==, "");
    g_assert_nonnull(story);
    return story;
}

/* ---- Ids and texts ---- */

static void test_slugs(void)
{
    static const struct {
        const char *name, *slug;
    } rows[] = {
        {"Ann-Sofie Ström", "ann-sofie-strom"}, {"Dwyane_Wade", "dwyane-wade"}, {"R2-D2", "r2-d2"},   {"  a  ", "a"},
        {"O'Neil", "oneil"},                    {"Łukasz Æ", "lukasz-ae"},      {"鹿丸", "item"},     {"…", "item"},
        {"", "item"},                           {"K.", "k"},                    {"76ers", "76ers"},   {"e\xcc\x81t\xc3\xa9", "ete"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *slug = of_slug_from_name(rows[i].name);
        g_assert_cmpstr(slug, ==, rows[i].slug);
    }
    g_autofree char *name = g_strnfill(100000, 'x');
    g_autofree char *slug = of_slug_from_name(name);
    g_assert_cmpuint(strlen(slug), ==, OF_SLUG_MOST);
}

static void test_slug_clashes(void)
{
    static const char *const names[] = {"a b", "A-2", "a", "A", "A B", "鹿", "丸", "a 2"};
    static const char *const ids[] = {"a-b-2", "a-2", "a-3", "a", "a-b", "item-2", "item", "a-2-2"};
    g_auto(GStrv) made = of_slug_list(names, G_N_ELEMENTS(names));
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_assert_cmpstr(made[i], ==, ids[i]);
    }
    g_assert_null(made[G_N_ELEMENTS(names)]);
}

/* 200,000 names of one slug take no more than a blink, and get ids that all differ. */
static void test_slug_flood(void)
{
    enum { N = 200000 };
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < N; i++) {
        GString *name = g_string_new(NULL);
        g_string_append_unichar(name, 0x4e00 + i % 1000);
        g_string_append_unichar(name, 0x4e00 + i / 1000);
        g_ptr_array_add(names, g_string_free(name, FALSE));
    }
    g_auto(GStrv) ids = of_slug_list((const char *const *) names->pdata, N);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < N; i++) {
        g_assert_true(g_hash_table_add(known, ids[i]));
    }
}

/* Whatever a text holds, it is read as it was written. */
static void test_quoting(void)
{
    static const char *const texts[] = {
        "",       "plain",       "\"", "\\", "\\\"\\", "a: b", "#c", "- x", "{a, b}", "line\nbreak", "\r\n\t", "'", "%", "@", "`", "~", "null",
        " blanks ", "é鹿\U0001f600", "\xe2\x80\xa8\xe2\x80\xa9", "\xef\xbb\xbf", "\\u0041", "x\\", "&amp; <b>", "*a", "!t", "\xc2\xa0",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
        const OfLimits limits = of_limits_default();
        GString *yaml = g_string_new("a: {b: ");
        of_yaml_append_quoted(yaml, texts[i]);
        g_string_append(yaml, ", c: 1}\n");
        const gsize length = yaml->len;
        const OfSourceText *text = of_diagnostics_add_text(diagnostics, "q.yaml", g_string_free(yaml, FALSE), length);
        g_autoptr(OfDocument) document = of_document_read(text, &limits, diagnostics);
        g_assert_nonnull(document);
        const OfNode *node = &of_node_get(&of_node_get(of_document_root(document), "a")->value, "b")->value;
        g_assert_cmpstr(node->text, ==, texts[i]);
        g_assert_false(node->plain);
    }
}

static void test_ids(void)
{
    static const struct {
        const char *id, *yaml;
    } rows[] = {{"ann", "ann"}, {"null", "\"null\""}, {"no", "\"no\""}, {"1e3", "\"1e3\""}, {"76ers", "\"76ers\""}, {"a-2.b_c", "a-2.b_c"}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        of_yaml_append_id(out, rows[i].id);
        g_assert_cmpstr(out->str, ==, rows[i].yaml);
    }
}

/* ---- CSV ---- */

/* Records as "[a|b][c]", a broken one as "!". */
static char *list_records(const char *bytes, OfDiagnostics *diagnostics)
{
    GString *list = g_string_new(NULL);
    OfCsv csv;
    of_csv_init(&csv, of_diagnostics_add_text(diagnostics, "x.csv", g_strdup(bytes), strlen(bytes)), diagnostics);
    while (of_csv_next(&csv)) {
        for (guint i = 0; !csv.broken && i < csv.cells->len; i++) {
            g_assert_cmpuint(of_csv_cell(&csv, i)->length, ==, strlen(of_csv_cell(&csv, i)->text));
            g_string_append_printf(list, "%s%s", i > 0 ? "|" : "[", of_csv_cell(&csv, i)->text);
        }
        g_string_append(list, csv.broken ? "!" : "]");
    }
    of_csv_clear(&csv);
    return g_string_free(list, FALSE);
}

static void test_records(void)
{
    static const struct {
        const char *bytes, *records, *problems;
    } rows[] = {
        {"a,b\n1,2\n", "[a|b][1|2]", ""},
        {"a,b\r\n1,2\r\n", "[a|b][1|2]", ""},
        {"a,b\r1,2", "[a|b][1|2]", ""},
        {"\xef\xbb\xbf" "a,b", "[a|b]", ""},
        {"\n \n\na,b\n\n\n1,2\n\n", "[a|b][1|2]", ""},
        {"a;b,c\n1;2,3\n", "[a;b|c][1;2|3]", ""}, /* of equally many the comma wins */
        {"a;b;c,d\n", "[a|b|c,d]", ""},
        {"a\tb\n1\t\n\t2\n", "[a|b][1|][|2]", ""},
        {"\"a,b,c\";d\n1;2\n", "[a,b,c|d][1|2]", ""},
        {"a,b\n\"x \"\"y\"\"\",\"1,\n2\"\n", "[a|b][x \"y\"|1,\n2]", ""},
        {"a,b\n 1 , \"2\" \n", "[a|b][1|2]", ""},
        {"a,b\nx \"y\" z,5\"\n", "[a|b][x \"y\" z|5\"]", ""},
        {"a,b\n\"1\"x,2\n3,4\n", "[a|b]![3|4]", "2:4+1 text-after-quote"},
        {"a,b\n1,\"2\n3,4\n", "[a|b]!", "2:3+1 unclosed-quote"},
        {"a,b\n\"\",\"\"\n", "[a|b][|]", ""},
        {"a,b,\n,,\n", "[a|b|][||]", ""},
        {"a", "[a]", ""},
        {"", "", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
        g_autofree char *records = list_records(rows[i].bytes, diagnostics);
        g_autofree char *problems = list_problems(diagnostics);
        g_assert_cmpstr(records, ==, rows[i].records);
        g_assert_cmpstr(problems, ==, rows[i].problems);
    }
}

static void test_cell_places(void)
{
    static const guint places[][3] = {{3, 1, 3}, {3, 6, 1}, {4, 4, 1}, {4, 6, 1}};
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    const char *bytes = "a,b,c,d\n\n\xc3\xa9\xc3\xa9\xc3\xa9, \"x\ny\",z,\n";
    OfCsv csv;
    of_csv_init(&csv, of_diagnostics_add_text(diagnostics, "x.csv", g_strdup(bytes), strlen(bytes)), diagnostics);
    g_assert_true(of_csv_next(&csv) && of_csv_next(&csv));
    g_assert_cmpuint(csv.cells->len, ==, 4);
    for (guint i = 0; i < 4; i++) {
        const OfPlace *place = &of_csv_cell(&csv, i)->place;
        g_assert_cmpuint(place->line, ==, places[i][0]);
        g_assert_cmpuint(place->column, ==, places[i][1]);
        g_assert_cmpuint(place->length, ==, places[i][2]);
    }
    of_csv_clear(&csv);
}

static void test_column_names(void)
{
    OfColumnNames names = {{NULL}};
    g_autoptr(GError) error = NULL;
    g_assert_true(of_column_names_parse(&names, "person=Last, first,lab=A=b,to=end,", &error));
    g_assert_no_error(error);
    g_assert_cmpstr(names.name[OF_COLUMN_PERSON], ==, "Last, first");
    g_assert_cmpstr(names.name[OF_COLUMN_LAB], ==, "A=b");
    g_assert_null(names.name[OF_COLUMN_FROM]);
    g_assert_cmpstr(names.name[OF_COLUMN_TO], ==, "end,");
    of_column_names_clear(&names);
    static const char *const wrong[] = {"", "Name", "person", "people=Name", "person=", "person=,lab=x", "person=a,person=b", ",person=a"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_false(of_column_names_parse(&names, wrong[i], &error));
        g_assert_error(error, OF_ERROR, OF_ERROR_USAGE);
        g_clear_error(&error);
        of_column_names_clear(&names);
    }
}

/* ---- Tables ---- */

static void test_table(void)
{
    g_auto(Import) import = import_text("csv", "role,to,from,lab,person\n"
                                               "Engineer,2021-06,2019~,Lab \"X\",Ann\n"
                                               ",,2021-Q2,B,Ann\n"
                                               ",2023,2022,C,Ann\n"
                                               ",..,2020,B,bob\n");
    g_autofree char *problems = list_problems(import.diagnostics);
    g_assert_cmpstr(problems, ==, "5:2+2 invalid-date");
    g_auto(Import) good = import_text("csv", "role,to,from,lab,person\n"
                                             "Engineer,2021-06,2019~,Lab \"\"X,Ann\n"
                                             ",,2021-Q2,B,Ann\n"
                                             ",2023,2022,C,Ann\n"
                                             ",2021,,b,ann\n");
    g_assert_cmpstr(good.text->str, ==,
                    "orgflow: 1\ntitle: \"T\"\nlabs:\n"
                    "  lab-x: {name: \"Lab \\\"\\\"X\"}\n  b: {name: \"B\"}\n  c: {name: \"C\"}\n  b-2: {name: \"b\"}\n"
                    "people:\n"
                    "  ann:\n    name: \"Ann\"\n    stints:\n"
                    "      - {lab: lab-x, from: \"2019~\", to: 2021-06, role: \"Engineer\"}\n"
                    "      - {lab: b, from: 2021-34}\n"
                    "      - {lab: c, from: 2022, to: 2023, concurrent: true}\n"
                    "  ann-2:\n    name: \"ann\"\n    stints:\n"
                    "      - {lab: b-2, to: 2021}\n");
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(good.text, found);
    g_assert_cmpuint(story->people.n, ==, 2);
    g_assert_cmpuint(good.places->len, ==, 18);
    g_assert_cmpuint(g_array_index(good.places, OfPlace, 12).line, ==, 3);
}

/* What is wrong with a table is said all at once, at its place. */
static void test_table_problems(void)
{
    static const struct {
        const char *bytes, *problems;
    } rows[] = {
        {"person,lab,from,to\nAnn,A,2019,2021\nAnn,A,2020,\n", "3:1+1 already-there"},
        {"person,lab,from,to\nAnn,A,2019,2021\nAnn,A,2019,2021\n", "3:1+1 already-there"},
        {"person,lab,from,to\nAnn,A,2019,2021\nAnn,A,2021,2022\n", ""},
        {"person,lab,from,to\nAnn,A,2019\n,,,\n ,A,2019,\nAnn,,2019,\nAnn,A,2019,,\n",
         "2:1+1 ragged-row; 4:2+1 missing-value; 5:5+1 missing-value; 6:1+1 ragged-row"},
        {"person,lab,from,to\nAnn,A,2019-02-29,2018-13\n", "2:7+10 invalid-date; 2:18+7 invalid-date"},
        {"person,lab,from,to\nAnn,A,2020,2019\nBob,A,2020-05,2020\n", "2:12+4 end-before-start"},
        {"person,lab\nAnn,A\n", "1:1+1 missing-column; 1:1+1 missing-column"},
        {"person,lab,from,to,Person,note\nAnn,A,2019,,B,\n", "1:20+6 column-twice"},
        {"person,lab,from,to,note,\nAnn,A,2019,,x,\n", "1:20+4 unread-column"},
        {"person,lab,group,from,to\nAnn,A,x,2019,\n", "1:12+5 unread-column"},
        {"person,lab,from,to\n", "1:1+1 no-rows"},
        {"\xef\xbb\xbf \r\n", "1:1+1 empty-document"},
        {"person,lab,from,to\nAnn,\xff,2019,\n", "2:5+1 invalid-utf8"},
        {"group,character,timestep_start,timestep_stop\nA,Ann,5,4\n", "2:9+1 end-before-start"},
        {"group,character,timestep_start,timestep_stop\nA,Ann,1.5,x\nA,Bob,0,99999999999999999999\nA,Cem,2921939,\nA,Dan,-730486,\n",
         "2:7+3 invalid-step; 2:11+1 invalid-step; 3:9+20 invalid-step; 4:7+7 invalid-step; 5:7+7 invalid-step"},
        {"group,character,timestep_start,timestep_stop\nA,Ann,2921938,\nA,Dan,-730485,\n", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Import) import = import_text("csv", rows[i].bytes);
        g_autofree char *problems = list_problems(import.diagnostics);
        g_assert_cmpstr(problems, ==, rows[i].problems);
    }
}

static void test_table_columns(void)
{
    const char *bytes = "Name;Team;start;END\nAnn;A;2019;\n";
    g_auto(Import) import = import_bytes("csv", bytes, strlen(bytes), "person=name,lab=Team,from=start,to=end");
    g_assert_nonnull(import.text);
    g_assert_nonnull(strstr(import.text->str, "      - {lab: a, from: 2019}\n"));
    g_auto(Import) missing = import_bytes("csv", bytes, strlen(bytes), "person=Name,lab=Teams,from=start,to=end");
    g_assert_null(missing.text);
    g_assert_nonnull(strstr(of_diagnostics_get(missing.diagnostics, 0)->hint, "did you mean `Team`?"));
}

/* ---- Scenes ---- */

static void test_film(void)
{
    g_auto(Import) import = import_text("scenes", "A B,C\tD\r\nC,A B\tD\r\nA B,C,D\r\n\r\nD\r\n\r\n");
    g_autofree char *problems = list_problems(import.diagnostics);
    g_assert_cmpstr(problems, ==, "");
    g_assert_cmpstr(import.text->str, ==,
                    "orgflow: 1\ntitle: \"T\"\nlabs:\n"
                    "  scene-1: {name: \"Scene 1\"}\n  scene-2: {name: \"Scene 2\"}\n  scene-3: {name: \"Scene 3\"}\n  scene-4: {name: \"Scene 4\"}\n"
                    "people:\n"
                    "  a-b:\n    name: \"A B\"\n    stints:\n"
                    "      - {lab: scene-1, from: 2000-01-01, to: 2000-01-03}\n      - {lab: scene-3, from: 2000-01-03, to: 2000-01-04}\n"
                    "  c:\n    name: \"C\"\n    stints:\n"
                    "      - {lab: scene-1, from: 2000-01-01, to: 2000-01-03}\n      - {lab: scene-3, from: 2000-01-03, to: 2000-01-04}\n"
                    "  d:\n    name: \"D\"\n    stints:\n"
                    "      - {lab: scene-2, from: 2000-01-01, to: 2000-01-03}\n      - {lab: scene-3, from: 2000-01-03}\n      - {lab: scene-4, from: 2000-01-05}\n"
                    "events:\n  - {type: leave, date: 2000-01-04, people: [d], from: scene-3}\n"
                    "views:\n  - {id: storyline, type: storyline, to: 2000-01-05, lanes: free}\n");
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(import.text, found);
    g_assert_cmpuint(story->labs.n, ==, 4);
}

static void test_film_problems(void)
{
    static const struct {
        const char *bytes, *problems;
    } rows[] = {
        {"A,B\tA\n", "1:5+1 named-twice"}, {"A,,B\n,C\nD,\n", "1:3+1 missing-value; 2:1+1 missing-value; 3:3+1 missing-value"},
        {"A,A\n", "1:3+1 named-twice"},    {"A\t\tB\t\n", ""},
        {"A\x01\n", "1:2+1 control-character"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Import) import = import_text("scenes", rows[i].bytes);
        g_autofree char *problems = list_problems(import.diagnostics);
        g_assert_cmpstr(problems, ==, rows[i].problems);
    }
}

#define STORY(characters) "{\"Story\": {\"Locations\": {\"All\": [1]}, \"Characters\": " characters "}}"

static void test_story(void)
{
    g_auto(Import) import = import_text("scenes", STORY("{\"Z \": [{\"Start\": 0, \"End\": 2, \"Session\": 7},{\"Start\":2,\"End\":3,\"Session\":7},"
                                                        "{\"Start\": 4, \"End\": 9, \"Session\": 3}], \"Y\": [{\"Start\": 2, \"End\": 4, \"Session\": 7}]}"));
    g_autofree char *problems = list_problems(import.diagnostics);
    g_assert_cmpstr(problems, ==, "");
    g_assert_nonnull(strstr(import.text->str, "    name: \"Z\"\n    stints:\n      - {lab: scene-7, from: 2000-01-01}\n      - {lab: scene-3, from: 2000-01-05}\n"));
    g_assert_nonnull(strstr(import.text->str, "      - {lab: scene-7, from: 2000-01-03, to: 2000-01-05}\n"));
    g_assert_nonnull(strstr(import.text->str, "  - {type: leave, date: 2000-01-04, people: [z], from: scene-7}\n"));
    g_assert_nonnull(strstr(import.text->str, "to: 2000-01-09, lanes: free}"));
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(import.text, found);
    g_assert_cmpuint(story->people.n, ==, 2);
}

static void test_story_problems(void)
{
    static const struct {
        const char *bytes, *problems;
    } rows[] = {
        {"{", "1:1+1 unclosed-mapping"},
        {"{}", "1:1+2 required-key"},
        {"{\"Story\": 1}", "1:11+1 wrong-type"},
        {"{\"Story\": {\"Characters\": []}}", "1:26+2 wrong-type"},
        {STORY("{}"), ""},
        {STORY("{\"A\": 1, \" \": [], \"B\": [1, {}]}"),
         "1:59+1 wrong-type; 1:62+3 missing-value; 1:77+1 wrong-type; 1:80+2 required-key; 1:80+2 required-key; 1:80+2 required-key"},
        {STORY("{\"A\": [{\"Start\": 2, \"End\": 2, \"Session\": 1}]}"), "1:80+1 end-before-start"},
        {STORY("{\"A\": [{\"Start\": \"2\", \"End\": 1.5, \"Session\": null}]}"), "1:70+3 wrong-type; 1:82+3 wrong-type; 1:98+4 wrong-type"},
        {STORY("{\"A\": [{\"Start\": 2, \"End\": 9000000, \"Session\": 1}]}"), "1:60+42 invalid-step"},
        {STORY("{\"A\": [], \"A\": []}"), "1:63+3 duplicate-key"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Import) import = import_text("scenes", rows[i].bytes);
        g_autofree char *problems = list_problems(import.diagnostics);
        g_assert_cmpstr(problems, ==, rows[i].problems);
    }
}

/* Nesting without end stops at the limit. */
static void test_story_depth(void)
{
    g_autofree char *bytes = g_strnfill(200000, '[');
    bytes[0] = '{';
    g_auto(Import) import = import_text("scenes", bytes);
    g_assert_true(of_diagnostics_has_limit(import.diagnostics) || import.text == NULL);
}

/* ---- Laws ---- */

typedef struct {
    guint person, lab;
    gint from, last;
} Stint;

static int compare_stints(gconstpointer a, gconstpointer b)
{
    const Stint *x = a, *y = b;
    const gint64 keys[] = {x->person, y->person, x->from, y->from, x->lab, y->lab, x->last, y->last};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i += 2) {
        if (keys[i] != keys[i + 1]) {
            return keys[i] < keys[i + 1] ? -1 : 1;
        }
    }
    return 0;
}

static gint find_lab(const OfStory *story, const Stint *stint)
{
    g_autofree char *id = g_strdup_printf("l%u", stint->lab);
    return (gint) of_story_find_lab(story, id)->index;
}

/* Compares the stints of a person in the story with those that went in; those at one lab without a gap are one. */
static void check_person(const OfStory *story, guint person, const GArray *stints, gint last_step)
{
    g_autofree char *id = g_strdup_printf("p%u", person);
    const OfPerson *found = of_story_find_person(story, id);
    guint n = 0;
    for (guint i = 0; i < stints->len; i++) {
        Stint stint = g_array_index(stints, Stint, i);
        bool begins = stint.person == person;
        for (guint k = 0; begins && k < stints->len; k++) {
            const Stint *other = &g_array_index(stints, Stint, k);
            begins = other->person != person || other->lab != stint.lab || other->last + 1 != stint.from;
        }
        if (!begins) {
            continue;
        }
        for (guint k = 0; k < stints->len; k++) {
            const Stint *other = &g_array_index(stints, Stint, k);
            if (other->person == person && other->lab == stint.lab && other->from == stint.last + 1) {
                stint.last = other->last;
                k = G_MAXUINT;
            }
        }
        n++;
        bool there = false;
        for (guint k = 0; found != NULL && k < found->stints.n; k++) {
            const OfStint *made = found->stints.items[k];
            const OfDay end = stint.last == last_step ? OF_DAY_MAX : OF_STEP_ZERO + stint.last + 1;
            there = there || ((gint) made->lab->index == find_lab(story, &stint) && made->begin_day == OF_STEP_ZERO + stint.from && made->end_day == end);
        }
        if (!there) {
            g_test_message("%s is not at l%u in the steps %d to %d", id, stint.lab, stint.from, stint.last);
        }
        g_assert_true(there);
    }
    g_assert_cmpuint(found != NULL ? found->stints.n : 0, ==, n);
}

/* Random careers in steps: what is written is read without any problem, warnings included, and tells the same stints: gaps of one step are gaps,
 * and what overlaps stays. busy: of ten, how often a stint begins while another lasts. */
static void check_random_steps(GRand *random, gint busy)
{
    enum { PEOPLE = 4, LABS = 5 };
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(Stint));
    g_autoptr(GString) csv = g_string_new("character,group,timestep_start,timestep_stop\n");
    gint last_step = -1;
    for (guint person = 0; person < PEOPLE; person++) {
        gint free_from[LABS] = {0}, step = g_rand_int_range(random, 0, 5);
        for (gint n = g_rand_int_range(random, 1, 6); n > 0; n--) {
            Stint stint = {person, (guint) g_rand_int_range(random, 0, LABS), step, step + g_rand_int_range(random, 0, 5)};
            if (stint.from >= free_from[stint.lab]) {
                g_array_append_val(stints, stint);
                free_from[stint.lab] = stint.last + 1;
                last_step = MAX(last_step, stint.last);
            }
            step = g_rand_int_range(random, 0, 10) < busy ? g_rand_int_range(random, stint.from, stint.last + 2)
                                                          : stint.last + 1 + g_rand_int_range(random, 0, 3);
        }
    }
    g_array_sort(stints, compare_stints);
    for (guint i = 0; i < stints->len; i++) {
        const Stint *stint = &g_array_index(stints, Stint, i);
        g_string_append_printf(csv, "P%u,L%u,%d,%d\n", stint->person, stint->lab, stint->from, stint->last);
    }
    g_auto(Import) import = import_text("csv", csv->str);
    g_assert_cmpuint(of_diagnostics_count(import.diagnostics), ==, 0);
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(import.text, found);
    g_test_message("%s", import.text->str);
    for (guint person = 0; person < PEOPLE; person++) {
        check_person(story, person, stints, last_step);
    }
}

static void test_random_steps(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (guint i = 0; i < 3000; i++) {
        check_random_steps(random, 0);
    }
}

static void test_random_overlaps(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2);
    for (guint i = 0; i < 3000; i++) {
        check_random_steps(random, 4);
    }
}

/* Random films: at each step the same people are together as in the file. */
static void check_random_film(GRand *random)
{
    enum { PEOPLE = 6, STEPS = 12, GROUPS = 3 };
    gint group[STEPS][PEOPLE];
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint step = 0; step < STEPS; step++) {
        bool again = step > 0 && g_rand_boolean(random);
        for (guint person = 0; person < PEOPLE; person++) {
            group[step][person] = again ? group[step - 1][person] : g_rand_int_range(random, -1, GROUPS);
        }
        group[step][0] = step == 0 || step == STEPS - 1 ? 0 : group[step][0];
        for (gint g = 0; g < GROUPS; g++) {
            bool any = false;
            for (guint person = 0; person < PEOPLE; person++) {
                if (group[step][person] == g) {
                    g_string_append_printf(text, "%sP%u", any ? "," : "", person);
                    any = true;
                }
            }
            g_string_append(text, g + 1 < GROUPS ? "\t" : "\n");
        }
    }
    g_auto(Import) import = import_text("scenes", text->str);
    g_assert_cmpuint(of_diagnostics_count(import.diagnostics), ==, 0);
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(import.text, found);
    for (guint step = 0; step < STEPS; step++) {
        const OfLab *at[PEOPLE] = {NULL};
        for (guint i = 0; i < story->people.n; i++) {
            const OfPerson *person = story->people.items[i];
            for (guint k = 0; k < person->stints.n; k++) {
                const OfStint *stint = person->stints.items[k];
                if (stint->begin_day <= OF_STEP_ZERO + (OfDay) step && stint->end_day > OF_STEP_ZERO + (OfDay) step) {
                    at[person->item.id[1] - '0'] = stint->lab;
                }
            }
        }
        for (guint a = 0; a < PEOPLE; a++) {
            g_assert_true((at[a] != NULL) == (group[step][a] >= 0));
            for (guint b = 0; b < a; b++) {
                g_assert_true(at[a] == NULL || (at[a] == at[b]) == (group[step][a] == group[step][b]));
            }
        }
    }
}

static void test_random_films(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (guint i = 0; i < 1000; i++) {
        check_random_film(random);
    }
}

/* Broken input of all kinds: an error or a file, never a crash. */
static void test_broken(void)
{
    static const char *const seeds[] = {
        "person,lab,from,to,role\nAnn,\"A\"\"x\",2019,2021-06,\"b\nc\"\nAnn,B,2021-06~,,\nBob;A;2020;2021;\n",
        "group,character,timestep_start,timestep_stop\nA,x,0,5\nB,x,6,9\n",
        "A,B\tC\nA\tB,C\n\nC\n",
        STORY("{\"A\": [{\"Start\": 0, \"End\": 2, \"Session\": 7}], \"B\": [{\"Start\": 1, \"End\": 2, \"Session\": 7}]}"),
    };
    static const char letters[] = "\",;\t\n\r{}[]:0129-~./ \\aA\xc3\xff";
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (guint i = 0; i < 20000; i++) {
        const char *seed = seeds[i % G_N_ELEMENTS(seeds)];
        g_autofree char *bytes = g_strdup(seed);
        gsize length = strlen(bytes);
        for (gint n = g_rand_int_range(random, 1, 6); n > 0; n--) {
            bytes[g_rand_int_range(random, 0, (gint) length)] = letters[g_rand_int_range(random, 0, sizeof letters - 1)];
        }
        length = g_rand_int_range(random, 0, 10) == 0 ? (gsize) g_rand_int_range(random, 0, (gint) length) : length;
        bytes[length] = '\0';
        g_auto(Import) import = import_bytes(i % G_N_ELEMENTS(seeds) < 2 ? "csv" : "scenes", bytes, length, NULL);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/exchange/slugs", test_slugs);
    g_test_add_func("/exchange/slug-clashes", test_slug_clashes);
    g_test_add_func("/exchange/slug-flood", test_slug_flood);
    g_test_add_func("/exchange/quoting", test_quoting);
    g_test_add_func("/exchange/ids", test_ids);
    g_test_add_func("/exchange/records", test_records);
    g_test_add_func("/exchange/cell-places", test_cell_places);
    g_test_add_func("/exchange/column-names", test_column_names);
    g_test_add_func("/exchange/table", test_table);
    g_test_add_func("/exchange/table-problems", test_table_problems);
    g_test_add_func("/exchange/table-columns", test_table_columns);
    g_test_add_func("/exchange/film", test_film);
    g_test_add_func("/exchange/film-problems", test_film_problems);
    g_test_add_func("/exchange/story", test_story);
    g_test_add_func("/exchange/story-problems", test_story_problems);
    g_test_add_func("/exchange/story-depth", test_story_depth);
    g_test_add_func("/exchange/random-steps", test_random_steps);
    g_test_add_func("/exchange/random-overlaps", test_random_overlaps);
    g_test_add_func("/exchange/random-films", test_random_films);
    g_test_add_func("/exchange/broken", test_broken);
    return g_test_run();
}
