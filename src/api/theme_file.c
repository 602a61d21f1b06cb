#include "api/theme_file.h"

#include <stddef.h>
#include <string.h>

#include "text/node.h"

#define LEAST_LINES 0.25
#define MOST_LINES  4.0

typedef struct {
    const OfDocument *document;
    OfArena *arena;
    OfDiagnostics *diagnostics;
    OfTheme *theme;
    bool failed;
} Reading;

typedef void (*ReadValue)(Reading *reading, const OfNode *node, gsize offset);

/* A key of a mapping, what reads its value, and where in the theme it goes. */
typedef struct {
    const char *name;
    ReadValue read;
    gsize offset;
} Key;

static OfDiagnostic *fail(Reading *reading, const OfPlace *place, const char *code, char *hint, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

static OfDiagnostic *fail(Reading *reading, const OfPlace *place, const char *code, char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    reading->failed = true;
    return of_diagnostics_add(reading->diagnostics, OF_SEVERITY_ERROR, code, place, hint, "%s", message);
}

static void fail_value(Reading *reading, const OfNode *node, const char *expected)
{
    const OfPlace place = of_node_place(reading->document, node);
    fail(reading, &place, "wrong-value", NULL, "expected %s here, not %s", expected, of_node_describe(node));
}

static gpointer field(const Reading *reading, gsize offset)
{
    return (char *) reading->theme + offset;
}

static bool is_color(const OfNode *node)
{
    if (node->type != OF_NODE_SCALAR || node->text[0] != '#' || (node->n != 4 && node->n != 7)) {
        return false;
    }
    return strspn(node->text + 1, "0123456789abcdefABCDEF") == node->n - 1;
}

/* "#rrggbb" in lower case. */
static void read_color(Reading *reading, const OfNode *node, gsize offset)
{
    if (!is_color(node)) {
        fail_value(reading, node, "a colour such as \"#0b5fa5\" (in quotes)");
        return;
    }
    char text[8] = "#";
    for (guint i = 0; i < 6; i++) {
        text[1 + i] = g_ascii_tolower(node->text[1 + (node->n == 4 ? i / 2 : i)]);
    }
    *(const char **) field(reading, offset) = of_arena_text(reading->arena, text);
}

static void read_colors(Reading *reading, const OfNode *node, gsize offset)
{
    if (node->type != OF_NODE_SEQUENCE || node->n == 0 || node->n > OF_THEME_HUES) {
        fail_value(reading, node, "a list of one to eight colours");
        return;
    }
    for (guint i = 0; i < node->n; i++) {
        read_color(reading, &node->items[i], offset + i * sizeof(const char *));
    }
}

static void read_font(Reading *reading, const OfNode *node, gsize offset)
{
    if (node->type != OF_NODE_SCALAR || node->n == 0 || strpbrk(node->text, ",;:\"'<>&\\=") != NULL) {
        fail_value(reading, node, "the name of one family of fonts");
        return;
    }
    *(const char **) field(reading, offset) = of_arena_text(reading->arena, node->text);
}

static void read_factor(Reading *reading, const OfNode *node, gsize offset)
{
    double value = 0;
    if (node->type != OF_NODE_SCALAR || !of_node_get_double(node, &value) || value < LEAST_LINES || value > MOST_LINES) {
        fail_value(reading, node, "a factor from 0.25 to 4");
        return;
    }
    *(double *) field(reading, offset) = value;
}

static void read_lanes(Reading *reading, const OfNode *node, gsize offset)
{
    const bool outlined = node->type == OF_NODE_SCALAR && g_str_equal(node->text, "outlined");
    if (!outlined && (node->type != OF_NODE_SCALAR || !g_str_equal(node->text, "filled"))) {
        fail_value(reading, node, "one of filled, outlined");
        return;
    }
    *(bool *) field(reading, offset) = outlined;
}

static void read_nothing(Reading *reading G_GNUC_UNUSED, const OfNode *node G_GNUC_UNUSED, gsize offset G_GNUC_UNUSED)
{
}

static void read_palette(Reading *reading, const OfNode *node, gsize offset);

static const Key color_keys[] = {
    {"background", read_color, offsetof(OfTheme, background)},
    {"ink", read_color, offsetof(OfTheme, ink)},
    {"muted", read_color, offsetof(OfTheme, muted)},
    {"faint", read_color, offsetof(OfTheme, faint)},
    {"panel", read_color, offsetof(OfTheme, panel)},
    {"labs", read_colors, offsetof(OfTheme, lab_hues)},
    {"lab_rest", read_color, offsetof(OfTheme, lab_rest)},
    {"stances", read_colors, offsetof(OfTheme, stance_tints)},
    {"stance_rest", read_color, offsetof(OfTheme, stance_rest)},
};

/* The version and the base are read first. */
static const Key theme_keys[] = {
    {"orgflow-theme", read_nothing, 0},
    {"base", read_nothing, 0},
    {"colors", read_palette, 0},
    {"font", read_font, offsetof(OfTheme, font)},
    {"lines", read_factor, offsetof(OfTheme, lines)},
    {"lanes", read_lanes, offsetof(OfTheme, outlined)},
};

static void read_pair(Reading *reading, const OfNodePair *pair, const Key *keys, guint n)
{
    const char *names[G_N_ELEMENTS(color_keys) + G_N_ELEMENTS(theme_keys)];
    for (guint i = 0; i < n; i++) {
        if (g_str_equal(keys[i].name, pair->key)) {
            keys[i].read(reading, &pair->value, keys[i].offset);
            return;
        }
        names[i] = keys[i].name;
    }
    const OfPlace place = of_node_key_place(reading->document, pair);
    g_autofree char *shown = of_text_escape(pair->key, -1);
    fail(reading, &place, "unknown-key", of_hint_nearest(pair->key, names, (gssize) n), "a theme has no key `%s`", shown);
}

static void read_mapping(Reading *reading, const OfNode *node, const Key *keys, guint n)
{
    if (node->type != OF_NODE_MAPPING) {
        fail_value(reading, node, "a mapping");
        return;
    }
    for (guint i = 0; i < node->n; i++) {
        read_pair(reading, &node->pairs[i], keys, n);
    }
}

static void read_palette(Reading *reading, const OfNode *node, gsize offset G_GNUC_UNUSED)
{
    read_mapping(reading, node, color_keys, G_N_ELEMENTS(color_keys));
}

static bool check_version(Reading *reading, const OfNode *root)
{
    const OfNodePair *version = of_node_get(root, "orgflow-theme");
    gint64 number = 0;
    if (version != NULL && version->value.type == OF_NODE_SCALAR && of_node_get_integer(&version->value, &number) && number == 1) {
        return true;
    }
    const OfPlace place = of_node_place(reading->document, version != NULL ? &version->value : root);
    fail(reading, &place, version != NULL ? "wrong-version" : "no-version", g_strdup("write `orgflow-theme: 1`"),
         version != NULL ? "this program reads themes of version 1" : "a theme begins with its version");
    return false;
}

static void read_base(Reading *reading, const OfNode *root)
{
    const OfNodePair *pair = of_node_get(root, "base");
    const OfTheme *base = of_theme_find(NULL);
    if (pair != NULL) {
        const OfTheme *named = pair->value.type == OF_NODE_SCALAR ? of_theme_find(pair->value.text) : NULL;
        if (named == NULL) {
            fail_value(reading, &pair->value, "the name of a theme (see `orgflow themes`)");
        }
        base = named != NULL ? named : base;
    }
    *reading->theme = *base;
}

/* ---- Contrast ---- */

static void warn_contrast(const Reading *reading, const char *what, const char *color, const char *on, const char *role,
                          double least)
{
    const double contrast = of_color_contrast(color, on);
    if (contrast >= least) {
        return;
    }
    const OfPlace place = of_node_place(reading->document, of_document_root(reading->document));
    char is[G_ASCII_DTOSTR_BUF_SIZE], wanted[G_ASCII_DTOSTR_BUF_SIZE];
    of_diagnostics_add(reading->diagnostics, OF_SEVERITY_WARNING, "low-contrast", &place, NULL,
                       "%s %s has a contrast of %s : 1 with %s %s; at least %s : 1 can be read", what, color,
                       g_ascii_formatd(is, sizeof is, "%.1f", contrast), role, on,
                       g_ascii_formatd(wanted, sizeof wanted, "%.1f", least));
}

static void check_contrast(const Reading *reading)
{
    const OfTheme *theme = reading->theme;
    warn_contrast(reading, "`ink`", theme->ink, theme->background, "the background", OF_CONTRAST_TEXT);
    warn_contrast(reading, "`ink`", theme->ink, theme->panel, "`panel`", OF_CONTRAST_TEXT);
    warn_contrast(reading, "`muted`", theme->muted, theme->background, "the background", OF_CONTRAST_TEXT);
    warn_contrast(reading, "`lab_rest`", theme->lab_rest, theme->background, "the background", OF_CONTRAST_TEXT);
    for (guint i = 0; i < OF_THEME_HUES; i++) {
        g_autofree char *hue = g_strdup_printf("`labs` %u,", i + 1);
        g_autofree char *tint = g_strdup_printf("`stances` %u,", i + 1);
        warn_contrast(reading, hue, theme->lab_hues[i], theme->background, "the background", OF_CONTRAST_TEXT);
        warn_contrast(reading, "`ink`", theme->ink, theme->stance_tints[i], tint, OF_CONTRAST_TEXT);
    }
}

const OfTheme *of_theme_read(const OfSourceText *text, const OfLimits *limits, OfArena *arena, OfDiagnostics *diagnostics)
{
    g_autoptr(OfDocument) document = of_document_read(text, limits, diagnostics);
    if (document == NULL) {
        return NULL;
    }
    Reading reading = {document, arena, diagnostics, of_arena_new_array(arena, OfTheme, 1), false};
    const OfNode *root = of_document_root(document);
    if (root->type != OF_NODE_MAPPING) {
        fail_value(&reading, root, "a mapping");
        return NULL;
    }
    if (check_version(&reading, root)) {
        read_base(&reading, root);
        read_mapping(&reading, root, theme_keys, G_N_ELEMENTS(theme_keys));
    }
    if (reading.failed) {
        return NULL;
    }
    reading.theme->name = "file";
    check_contrast(&reading);
    return reading.theme;
}
