/* Other formats → format 1. */
#include "exchange_fixture.h"

#include "exchange/csv.h"
#include "exchange/slug.h"
#include "text/node.h"
#include "text/yaml_text.h"

/* ---- Ids and texts ---- */

static void test_slugs(void)
{
    static const struct {
        const char *name, *slug;
    } rows[] = {
        {"Ann-Sofie Ström", "ann-sofie-strom"},
        {"Dwyane_Wade", "dwyane-wade"},
        {"R2-D2", "r2-d2"},
        {"  a  ", "a"},
        {"O'Neil", "oneil"},
        {"Łukasz Æ", "lukasz-ae"},
        {"鹿丸", "item"},
        {"…", "item"},
        {"", "item"},
        {"K.", "k"},
        {"NULL", "item-null"},
        {"76ers", "76ers"},
        {"e\xcc\x81t\xc3\xa9", "ete"},
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
        "",
        "plain",
        "\"",
        "\\",
        "\\\"\\",
        "a: b",
        "#c",
        "- x",
        "{a, b}",
        "line\nbreak",
        "\r\n\t",
        "'",
        "%",
        "@",
        "`",
        "~",
        "null",
        " blanks ",
        "é鹿\U0001f600",
        "\xe2\x80\xa8\xe2\x80\xa9",
        "\xef\xbb\xbf",
        "\\u0041",
        "x\\",
        "&amp; <b>",
        "*a",
        "!t",
        "\xc2\xa0",
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
    } rows[] = {{"ann", "ann"},     {"null", "\"null\""},   {"no", "\"no\""},
                {"1e3", "\"1e3\""}, {"76ers", "\"76ers\""}, {"a-2.b_c", "a-2.b_c"}};
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
        {"\xef\xbb\xbf"
         "a,b",
         "[a|b]", ""},
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

/* A flood of cells is stopped where it would take much memory. */
static void test_many_cells(void)
{
    g_autofree char *bytes = g_strnfill(1000000, ',');
    g_autoptr(OfDiagnostics) diagnostics = of_diagnostics_new();
    g_autofree char *records = list_records(bytes, diagnostics);
    g_autofree char *problems = list_problems(diagnostics);
    g_assert_cmpstr(records, ==, "!");
    g_assert_cmpstr(problems, ==, "1:1+1 too-many-cells");
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
    static const char *const wrong[] = {
        "", "Name", "person", "people=Name", "person=", "person=,lab=x", "person=a,person=b", ",person=a"};
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
                    "      - {lab: lab-x, from: 2019~, to: 2021-06, role: \"Engineer\"}\n"
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
        {"person,lab,from,to\n", "1:1+1 nobody"},
        {"\xef\xbb\xbf \r\n", "1:1+1 empty-document"},
        {"person,lab,from,to\nAnn,\xff,2019,\n", "2:5+1 invalid-utf8"},
        {"group,character,timestep_start,timestep_stop\nA,Ann,5,4\n", "2:9+1 end-before-start"},
        {"group,character,timestep_start,timestep_stop\nA,Ann,1.5,x\nA,Bob,0,99999999999999999999\nA,Cem,2921939,\nA,Dan,-730486,"
         "\n",
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
    g_assert_cmpstr(
        import.text->str, ==,
        "orgflow: 1\ntitle: \"T\"\nlabs:\n"
        "  scene-1: {name: \"Scene 1\"}\n  scene-2: {name: \"Scene 2\"}\n  scene-3: {name: \"Scene 3\"}\n  scene-4: {name: \"Scene "
        "4\"}\n"
        "people:\n"
        "  a-b:\n    name: \"A B\"\n    stints:\n"
        "      - {lab: scene-1, from: 2000-01-01, to: 2000-01-03}\n      - {lab: scene-3, from: 2000-01-03, to: 2000-01-04}\n"
        "  c:\n    name: \"C\"\n    stints:\n"
        "      - {lab: scene-1, from: 2000-01-01, to: 2000-01-03}\n      - {lab: scene-3, from: 2000-01-03, to: 2000-01-04}\n"
        "  d:\n    name: \"D\"\n    stints:\n"
        "      - {lab: scene-2, from: 2000-01-01, to: 2000-01-03}\n      - {lab: scene-3, from: 2000-01-03}\n      - {lab: "
        "scene-4, from: 2000-01-05}\n"
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
        {"A,B\tA\n", "1:5+1 named-twice"},      {"A,,B\n,C\nD,\n", "1:3+1 missing-value; 2:1+1 missing-value; 3:3+1 missing-value"},
        {"A,A\n", "1:3+1 named-twice"},         {"A\t\tB\t\n", ""},
        {"A\x01\n", "1:2+1 control-character"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Import) import = import_text("scenes", rows[i].bytes);
        g_autofree char *problems = list_problems(import.diagnostics);
        g_assert_cmpstr(problems, ==, rows[i].problems);
    }
}

static void test_story(void)
{
    g_auto(Import) import = import_text(
        "scenes", STORY("{\"Z \": [{\"Start\": 0, \"End\": 2, \"Session\": 7},{\"Start\":2,\"End\":3,\"Session\":7},"
                        "{\"Start\": 4, \"End\": 9, \"Session\": 3}], \"Y\": [{\"Start\": 2, \"End\": 4, \"Session\": 7}]}"));
    g_autofree char *problems = list_problems(import.diagnostics);
    g_assert_cmpstr(problems, ==, "");
    g_assert_nonnull(strstr(
        import.text->str,
        "    name: \"Z\"\n    stints:\n      - {lab: scene-7, from: 2000-01-01}\n      - {lab: scene-3, from: 2000-01-05}\n"));
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
        {STORY("{}"), "1:1+1 nobody"},
        {STORY("{\"A\": 1, \" \": [], \"B\": [1, {}]}"), "1:59+1 wrong-type; 1:62+3 missing-value; 1:77+1 wrong-type; 1:80+2 "
                                                         "required-key; 1:80+2 required-key; 1:80+2 required-key"},
        {STORY("{\"A\": [{\"Start\": 2, \"End\": 2, \"Session\": 1}]}"), "1:80+1 end-before-start"},
        {STORY("{\"A\": [{\"Start\": \"2\", \"End\": 1.5, \"Session\": null}]}"),
         "1:70+3 wrong-type; 1:82+3 wrong-type; 1:98+4 wrong-type"},
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
    g_assert_null(import.text);
    g_assert_true(of_diagnostics_has_limit(import.diagnostics));
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
    g_test_add_func("/exchange/many-cells", test_many_cells);
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
    return g_test_run();
}
