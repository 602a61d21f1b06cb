#include "model/options.h"

#include <string.h>

static void test_table(void)
{
    const OfOptionInfo *table = of_option_table();
    guint n = 0;
    for (; table[n].name != NULL; n++) {
        g_assert_cmpint(of_option_find(table[n].name), ==, n);
        g_assert_cmpuint(strlen(table[n].summary), >, 0);
        g_assert_true((table[n].argument == NULL) == (table[n].kind == OF_OPTION_FLAG));
        g_assert_true((table[n].choices != NULL) == (table[n].kind == OF_OPTION_CHOICE));
    }
    g_assert_cmpuint(n, >=, 16);
    g_assert_cmpuint(n, <=, 64); /* OfOptions.set has a bit for each */
    g_assert_cmpint(of_option_find("nothing"), ==, -1);
}

static void set(OfOptions *options, const char *name, const char *value)
{
    GError *error = NULL;
    bool done = of_options_set(options, name, value, &error);
    g_assert_no_error(error);
    g_assert_true(done);
}

static void test_set(void)
{
    g_autoptr(OfOptions) options = of_options_new();
    g_assert_cmpuint(options->set, ==, 0);
    g_assert_cmpint(options->min_confidence, ==, OF_CONFIDENCE_DISPUTED);
    set(options, "from", "2023-04~");
    set(options, "lab", " fair ,genai");
    set(options, "lab", "genai,mistral");
    set(options, "min-confidence", "confirmed");
    set(options, "theme", "dark");
    set(options, "theme", "print");
    set(options, "background", "transparent");
    set(options, "scale", "0.5");
    set(options, "title", "");
    g_assert_cmpint(options->from.first, ==, of_day_from_civil(2023, 4, 1));
    g_assert_true(options->from.approximate);
    g_assert_cmpuint(g_strv_length(options->lab), ==, 3);
    g_assert_cmpstr(options->lab[0], ==, "fair");
    g_assert_cmpstr(options->lab[2], ==, "mistral");
    g_assert_cmpint(options->min_confidence, ==, OF_CONFIDENCE_CONFIRMED);
    g_assert_cmpstr(options->theme, ==, "print");
    g_assert_true(options->transparent);
    g_assert_cmpfloat(options->scale, ==, 0.5);
    g_assert_cmpstr(options->title, ==, "");
    guint64 expected = 0;
    static const char *const names[] = {"from", "lab", "min-confidence", "theme", "background", "scale", "title"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        expected |= G_GUINT64_CONSTANT(1) << of_option_find(names[i]);
    }
    g_assert_cmpuint(options->set, ==, expected);
    set(options, "lanes", "free");
    set(options, "effort", "best");
    g_assert_cmpstr(options->lanes, ==, "free");
    g_assert_cmpstr(options->effort, ==, "best");
    set(options, "accounts", "true");
    g_assert_true(options->accounts);
    set(options, "accounts", "false");
    g_assert_false(options->accounts);
    set(options, "background", "theme");
    g_assert_false(options->transparent);
}

static void test_size(void)
{
    static const struct {
        const char *text;
        double width, height;
        bool pixels;
    } rows[] = {
        {"1920x1080", 960, 540, true}, {"16:9", 960, 540, false},   {"4:3", 720, 540, false}, {"a4", 841.89, 595.28, false},
        {"A4", 841.89, 595.28, false}, {"letter", 792, 612, false}, {"1x1", 0.5, 0.5, true},
    };
    g_autoptr(OfOptions) options = of_options_new();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        set(options, "size", rows[i].text);
        g_assert_cmpfloat(options->size.width, ==, rows[i].width);
        g_assert_cmpfloat(options->size.height, ==, rows[i].height);
        g_assert_true(options->size.pixels == rows[i].pixels);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *name, *value, *message;
    } rows[] = {
        {"theme", "drak", "`theme` is one of light, dark, print, not `drak`"},
        {"background", "red", "one of theme, transparent"},
        {"min-confidence", "sure", "one of confirmed, reported, unverified, disputed"},
        {"from", "2023-02-29", "`from`: February 2023 has 28 days"},
        {"at", "today", "`at`: not a date: `today`"},
        {"size", "1920", "`size` is WIDTHxHEIGHT in pixels"},
        {"size", "0x10", "WIDTHxHEIGHT"},
        {"size", "10x-1", "WIDTHxHEIGHT"},
        {"size", "10x10x10", "WIDTHxHEIGHT"},
        {"size", "99999999x1", "WIDTHxHEIGHT"},
        {"size", "", "WIDTHxHEIGHT"},
        {"scale", "0", "`scale` is a number above 0, at most 100"},
        {"scale", "-1", "above 0"},
        {"scale", "101", "at most 100"},
        {"scale", "inf", "above 0"},
        {"scale", "nan", "above 0"},
        {"scale", "0x10", "above 0"},
        {"scale", "1,5", "above 0"},
        {"scale", " 1", "above 0"},
        {"scale", "", "above 0"},
        {"lanes", "wide", "`lanes` is one of fixed, free"},
        {"accounts", "maybe", "`accounts` is true or false"},
        {"lab", "", "`lab` is a list of names"},
        {"lab", "a,,b", "a list of names"},
        {"lab", "a\xff", "not valid UTF-8"},
        {"title", "\xff", "not valid UTF-8"},
        {"tilte", "x", "there is no option `tilte`: did you mean `title`?"},
    };
    g_autoptr(OfOptions) options = of_options_new();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(of_options_set(options, rows[i].name, rows[i].value, &error));
        g_test_message("%s", error->message);
        g_assert_true(error->domain == G_OPTION_ERROR);
        g_assert_nonnull(strstr(error->message, rows[i].message));
    }
    g_assert_cmpuint(options->set, ==, 0);
    g_assert_null(options->lab);
}

static void test_copy_and_override(void)
{
    g_autoptr(OfOptions) saved = of_options_new();
    set(saved, "theme", "dark");
    set(saved, "lab", "a,b");
    set(saved, "title", "Saved");
    OfCallout callout = {.person = "p", .text = "T"};
    saved->callouts = g_array_new(FALSE, FALSE, sizeof callout);
    g_array_append_val(saved->callouts, callout);
    g_autoptr(OfOptions) copy = of_options_copy(saved);
    g_assert_cmpstr(copy->lab[1], ==, "b");
    g_assert_true(copy->lab != saved->lab);
    g_assert_cmpuint(copy->set, ==, saved->set);
    g_assert_cmpstr(g_array_index(copy->callouts, OfCallout, 0).text, ==, "T");

    g_autoptr(OfOptions) over = of_options_new();
    set(over, "lab", "c");
    set(over, "scale", "2");
    of_options_override(copy, over);
    g_assert_cmpstr(copy->lab[0], ==, "c");
    g_assert_null(copy->lab[1]);
    g_assert_cmpfloat(copy->scale, ==, 2);
    g_assert_cmpstr(copy->theme, ==, "dark");
    g_assert_cmpstr(copy->title, ==, "Saved");
    g_assert_cmpuint(copy->callouts->len, ==, 1);
    g_assert_cmpuint(copy->set, ==, saved->set | over->set);
    g_assert_cmpuint(g_strv_length(saved->lab), ==, 2);
    of_options_free(NULL);
}

static void test_add_items(void)
{
    g_autoptr(OfOptions) options = of_options_new();
    guint row = (guint) of_option_find("tag");
    of_options_add_items(options, row, (const char *const[]){"a, b", "c", "a, b"}, 3);
    of_options_add_items(options, row, (const char *const[]){"c", "d"}, 2);
    g_assert_cmpuint(g_strv_length(options->tag), ==, 3);
    g_assert_cmpstr(options->tag[0], ==, "a, b");
    g_assert_cmpstr(options->tag[2], ==, "d");
    g_assert_cmpuint(options->set, ==, G_GUINT64_CONSTANT(1) << row);
}

static void test_steps(void)
{
    static const char *const good[] = {"events", "months", "2023", "2023,2024-02-29", " 2023 , 2024~", "../2023,2024/.."};
    static const char *const bad[] = {"", "event", "events,months", "2023,,2024", "2023,", "2023-13", "2023;2024"};
    g_autoptr(OfOptions) options = of_options_new();
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        set(options, "steps", good[i]);
        g_assert_cmpstr(options->steps, ==, good[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(of_options_set(options, "steps", bad[i], &error));
        g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    }
    set(options, "pace", "0.5");
    g_assert_cmpfloat(options->pace, ==, 0.5);
    g_assert_false(of_options_set(options, "pace", "61", NULL));
    g_assert_false(of_options_set(options, "pace", "inf", NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/options/table", test_table);
    g_test_add_func("/options/set", test_set);
    g_test_add_func("/options/size", test_size);
    g_test_add_func("/options/refused", test_refused);
    g_test_add_func("/options/copy-and-override", test_copy_and_override);
    g_test_add_func("/options/add-items", test_add_items);
    g_test_add_func("/options/steps", test_steps);
    return g_test_run();
}
