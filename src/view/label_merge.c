#include "view/label_merge.h"

#include <string.h>

#include "view/drawing.h"
#include "view/label_runs.h"

#define NO_BREAK_SPACE "\xc2\xa0"

/* A line. */
typedef struct {
    GArray *runs; /* of OfLabelRun */
    char *ends;   /* the break behind it as written, or "" */
    bool goes_on; /* the next line is wrapped off this one */
} Line;

/* Lines that are one text. */
typedef struct {
    GArray *lines; /* of Line */
    char *text;    /* all of it, for comparison */
} Unit;

typedef struct {
    char *prefix, *suffix; /* the table around the lines */
    GArray *units;         /* of Unit */
} Label;

/* A unit of the old side (-1: none) beside one of the new side. */
typedef struct {
    gint old, new;
} Pair;

struct OfLabelMerge {
    Label sides[2];
    GArray *pairs; /* of Pair, from top to bottom */
};

static void clear_run(gpointer data)
{
    of_label_run_clear(data);
}

static void clear_line(gpointer data)
{
    g_array_unref(((Line *) data)->runs);
    g_free(((Line *) data)->ends);
}

static void clear_unit(gpointer data)
{
    g_array_unref(((Unit *) data)->lines);
    g_free(((Unit *) data)->text);
}

static void clear_label(Label *label)
{
    g_free(label->prefix);
    g_free(label->suffix);
    g_array_unref(label->units);
}

/* ---- Reading ---- */

static GArray *new_array(gsize size, GDestroyNotify clear)
{
    GArray *array = g_array_new(FALSE, TRUE, (guint) size);
    g_array_set_clear_func(array, clear);
    return array;
}

/* Where a text is wrapped makes no difference. */
static void add_unit(Label *label, GArray *lines)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        for (guint j = 0; j < line->runs->len; j++) {
            const OfLabelRun *run = &g_array_index(line->runs, OfLabelRun, j);
            const bool styled = i == 0 && j == 0 && (run->bold || run->italic);
            g_string_append_printf(text, "%s%s%s", styled ? (run->bold ? "\1" : "\2") : "", i > 0 && j == 0 ? " " : "", run->text);
        }
    }
    const Unit unit = {lines, g_string_free(text, FALSE)};
    g_array_append_val(label->units, unit);
}

/* A label of one line that ends without a break is a row of facts: each is a text of its own. */
static void split_row(Label *label)
{
    if (label->units->len != 1) {
        return;
    }
    const Unit *whole = &g_array_index(label->units, Unit, 0);
    const Line *line = &g_array_index(whole->lines, Line, 0);
    if (whole->lines->len != 1 || line->runs->len < 2 || line->ends[0] != '\0') {
        return;
    }
    GArray *const units = label->units;
    label->units = new_array(sizeof(Unit), clear_unit);
    for (guint i = 0; i < line->runs->len; i++) {
        const OfLabelRun *run = &g_array_index(line->runs, OfLabelRun, i);
        const OfLabelRun copy = {run->size, g_strdup(run->color), run->bold, run->italic, g_strdup(run->text)};
        const Line part = {new_array(sizeof(OfLabelRun), clear_run), g_strdup(""), false};
        GArray *lines = new_array(sizeof(Line), clear_line);
        g_array_append_val(part.runs, copy);
        g_array_append_val(lines, part);
        add_unit(label, lines);
    }
    g_array_unref(units);
}

static void read_label(Label *label, const char *html)
{
    const char *at = html != NULL ? strstr(html, "<FONT") : NULL;
    label->units = new_array(sizeof(Unit), clear_unit);
    label->prefix = at != NULL ? g_strndup(html, (gsize) (at - html)) : NULL;
    GArray *lines = NULL;
    while (at != NULL && (g_str_has_prefix(at, "<FONT") || g_str_has_prefix(at, "<BR"))) {
        Line line = {new_array(sizeof(OfLabelRun), clear_run), NULL, false};
        while (g_str_has_prefix(at, "<FONT")) {
            OfLabelRun run;
            at = of_label_run_read(at, &run);
            g_array_append_val(line.runs, run);
        }
        const bool broken = g_str_has_prefix(at, "<BR");
        const gsize length = broken ? (gsize) (strchr(at, '>') + 1 - at) : 0;
        line.ends = g_strndup(at, length);
        line.goes_on = broken && g_ascii_islower(line.ends[strlen("<BR ALIGN=\"")]);
        at += length;
        lines = lines != NULL ? lines : new_array(sizeof(Line), clear_line);
        const bool goes_on = line.goes_on;
        g_array_append_val(lines, line);
        if (!goes_on) {
            add_unit(label, lines);
            lines = NULL;
        }
    }
    if (lines != NULL) {
        add_unit(label, lines);
    }
    label->suffix = at != NULL ? g_strdup(at) : NULL;
    split_row(label);
}

/* ---- Putting together ---- */

static const Unit *unit_at(const OfLabelMerge *merge, guint side, gint index)
{
    return &g_array_index(merge->sides[side].units, Unit, (guint) index);
}

static const OfLabelRun *first_run(const Unit *unit)
{
    const Line *line = &g_array_index(unit->lines, Line, 0);
    return line->runs->len > 0 ? &g_array_index(line->runs, OfLabelRun, 0) : NULL;
}

static bool is_entry(const Unit *unit)
{
    const OfLabelRun *run = first_run(unit);
    return run != NULL && run->size >= OF_SIZE_NAME;
}

static bool is_renamed(const Unit *old, const Unit *new, GHashTable *renames)
{
    const OfLabelRun *before = first_run(old), *after = first_run(new);
    const char *name = before != NULL && renames != NULL ? g_hash_table_lookup(renames, before->text) : NULL;
    return name != NULL && after != NULL && g_str_equal(name, after->text);
}

/* Whether two texts have a word of some length in common: "3 people" may have become "3 → 2 people". */
static bool shares_word(const Unit *old, const Unit *new)
{
    enum { LEAST = 4 };
    g_auto(GStrv) words = g_strsplit_set(old->text, " \1\2", -1), others = g_strsplit_set(new->text, " \1\2", -1);
    for (char **word = words; *word != NULL; word++) {
        if (strlen(*word) >= LEAST && g_strv_contains((const char *const *) others, *word)) {
            return true;
        }
    }
    return false;
}

/* Whether two entries are one name, of which one bears a mark: "Ann Ames ?". */
static bool is_marked_alike(const Unit *old, const Unit *new)
{
    const bool grows = strlen(old->text) < strlen(new->text);
    const char *plain = grows ? old->text : new->text, *marked = grows ? new->text : old->text;
    return g_str_has_prefix(marked, plain) && marked[strlen(plain)] == ' ';
}

/* "12 people", "and 3 more": no name, but how many. */
static bool is_count(const Unit *unit)
{
    const char *text = unit->text + strspn(unit->text, "\1\2");
    return g_ascii_isdigit(g_str_has_prefix(text, "and ") ? text[strlen("and ")] : text[0]);
}

/* Whether one text may have become the other. only: neither has another to be paired with. */
static bool may_pair(const Unit *old, const Unit *new, bool only, bool is_list, GHashTable *renames)
{
    if (is_renamed(old, new, renames)) {
        return true;
    }
    if (is_list && (is_entry(old) || is_entry(new))) {
        return is_marked_alike(old, new) || (is_count(old) && is_count(new));
    }
    return is_entry(old) == is_entry(new) && (only || shares_word(old, new));
}

/* What lies between two lines that are the same: an old text and a new one are a pair where the one may have become the other, others stand alone,
 * the old ones first. */
static void add_gap(OfLabelMerge *merge, gint old, gint old_end, gint new, gint new_end, bool is_list, GHashTable *renames)
{
    const bool only = old_end - old == 1 && new_end - new == 1;
    for (; old < old_end; old++) {
        const Unit *before = unit_at(merge, 0, old);
        gint mate = new;
        while (mate < new_end && !may_pair(before, unit_at(merge, 1, mate), only, is_list, renames)) {
            mate++;
        }
        for (gint i = new; mate < new_end &&i < mate; i++) {
            const Pair alone = {-1, i};
            g_array_append_val(merge->pairs, alone);
        }
        const Pair pair = {old, mate < new_end ? mate : -1};
        g_array_append_val(merge->pairs, pair);
        new = mate < new_end ? mate + 1 : new;
    }
    for (; new < new_end; new ++) {
        const Pair alone = {-1, new};
        g_array_append_val(merge->pairs, alone);
    }
}

/* The longest common subsequence of the lines (Wagner and Fischer 1974), and what lies between. A label has a few dozen lines at most. */
static void align(OfLabelMerge *merge, bool is_list, GHashTable *renames)
{
    const guint n = merge->sides[0].units->len, m = merge->sides[1].units->len;
    g_autofree guint *best = g_new0(guint, (gsize) (n + 1) * (m + 1)); /* of what stands from old i, new j on */
    for (guint i = n; i-- > 0;) {
        for (guint j = m; j-- > 0;) {
            const bool same = g_str_equal(unit_at(merge, 0, (gint) i)->text, unit_at(merge, 1, (gint) j)->text);
            const guint down = best[(i + 1) * (m + 1) + j], right = best[i * (m + 1) + j + 1];
            best[i * (m + 1) + j] = same ? 1 + best[(i + 1) * (m + 1) + j + 1] : MAX(down, right);
        }
    }
    guint i = 0, j = 0, old = 0, new = 0;
    while (i < n && j < m) {
        if (g_str_equal(unit_at(merge, 0, (gint) i)->text, unit_at(merge, 1, (gint) j)->text)) {
            add_gap(merge, (gint) old, (gint) i, (gint) new, (gint) j, is_list, renames);
            const Pair same = {(gint) i++, (gint) j++};
            g_array_append_val(merge->pairs, same);
            old = i;
            new = j;
        } else if (best[(i + 1) * (m + 1) + j] >= best[i * (m + 1) + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    add_gap(merge, (gint) old, (gint) n, (gint) new, (gint) m, is_list, renames);
}

OfLabelMerge *of_label_merge_new(const char *before, const char *after, bool is_list, bool same_title, GHashTable *renames)
{
    OfLabelMerge *merge = g_new0(OfLabelMerge, 1);
    read_label(&merge->sides[0], before);
    read_label(&merge->sides[1], after);
    if (same_title && merge->sides[0].units->len > 0 && merge->sides[1].units->len > 0) {
        Unit *old = &g_array_index(merge->sides[0].units, Unit, 0);
        g_free(old->text);
        old->text = g_strdup(g_array_index(merge->sides[1].units, Unit, 0).text);
    }
    merge->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    align(merge, is_list, renames);
    return merge;
}

void of_label_merge_free(OfLabelMerge *merge)
{
    if (merge != NULL) {
        clear_label(&merge->sides[0]);
        clear_label(&merge->sides[1]);
        g_array_unref(merge->pairs);
        g_free(merge);
    }
}

static bool is_same(const OfLabelMerge *merge, const Pair *pair)
{
    return pair->old >= 0 && pair->new >= 0 && g_str_equal(unit_at(merge, 0, pair->old)->text, unit_at(merge, 1, pair->new)->text);
}

bool of_label_merge_differs(const OfLabelMerge *merge)
{
    for (guint i = 0; i < merge->pairs->len; i++) {
        if (!is_same(merge, &g_array_index(merge->pairs, Pair, i))) {
            return true;
        }
    }
    return false;
}

/* ---- Writing ---- */

/* How a run comes out. */
typedef struct {
    const OfLabelLook *look;
    bool quiet, struck, blank;
} Ink;

static double run_width(OfFonts *fonts, const OfLabelRun *run)
{
    const OfFace face = run->bold ? OF_FACE_BOLD : run->italic ? OF_FACE_ITALIC : OF_FACE_REGULAR;
    g_autofree char *text = of_markup_unescape(run->text);
    return of_fonts_width(fonts, face, run->size, text);
}

static void write_run(GString *out, const OfLabelRun *run, const char *text, Ink ink)
{
    g_autofree char *size = of_number_text(run->size);
    g_string_append_printf(out, "<FONT POINT-SIZE=\"%s\"", size);
    const char *color = ink.quiet && run->color != NULL ? ink.look->quiet(ink.look->data, run->color) : run->color;
    if (color != NULL) {
        g_string_append_printf(out, " COLOR=\"%s\"", color);
    }
    g_string_append_printf(out, ">%s%s%s%s%s%s%s</FONT>", run->bold ? "<B>" : "", run->italic ? "<I>" : "", ink.struck ? "<S>" : "",
                           text, ink.struck ? "</S>" : "", run->italic ? "</I>" : "", run->bold ? "</B>" : "");
}

/* Nothing to be seen, in about the room that the line takes. */
static void write_blank(GString *out, const Line *line, OfFonts *fonts)
{
    double width = 0, size = 1;
    for (guint i = 0; i < line->runs->len; i++) {
        const OfLabelRun *run = &g_array_index(line->runs, OfLabelRun, i);
        width += run_width(fonts, run);
        size = MAX(size, run->size);
    }
    const double one = of_fonts_width(fonts, OF_FACE_REGULAR, size, NO_BREAK_SPACE);
    g_autofree char *points = of_number_text(size);
    g_string_append_printf(out, "<FONT POINT-SIZE=\"%s\" COLOR=\"#00000000\">", points);
    /* Graphviz measures in whole pixels: rather less, so that no node grows. */
    for (double filled = 0; filled <= 0 || (filled + one) * 1.05 <= width; filled += MAX(one, 1)) {
        g_string_append(out, NO_BREAK_SPACE);
    }
    g_string_append(out, "</FONT>");
}

static void write_sign(GString *out, const OfLabelRun *like, const char *sign)
{
    if (sign != NULL && like != NULL) {
        const OfLabelRun run = {.size = like->size, .color = like->color, .bold = true};
        g_autofree char *text = g_strconcat(sign, NO_BREAK_SPACE, NULL);
        write_run(out, &run, text, (Ink){.look = NULL});
    }
}

static void write_line(GString *out, const Line *line, Ink ink)
{
    if (ink.blank) {
        write_blank(out, line, ink.look->fonts);
        return;
    }
    for (guint i = 0; i < line->runs->len; i++) {
        const OfLabelRun *run = &g_array_index(line->runs, OfLabelRun, i);
        /* Blanks before a fact of a row are not struck. */
        const gsize blanks = ink.struck ? strspn(run->text, " ") : 0;
        g_autofree char *space = g_strndup(run->text, blanks);
        if (blanks > 0) {
            write_run(out, run, space, (Ink){.look = NULL});
        }
        write_run(out, run, run->text + blanks, ink);
    }
}

static void write_unit(GString *out, const Unit *unit, const char *sign, Ink ink)
{
    for (guint i = 0; i < unit->lines->len; i++) {
        const Line *line = &g_array_index(unit->lines, Line, i);
        if (i == 0) {
            write_sign(out, first_run(unit), sign);
        }
        write_line(out, line, ink);
        g_string_append(out, line->ends);
    }
}

static double line_width(const Line *line, OfFonts *fonts)
{
    double width = 0;
    for (guint i = 0; i < line->runs->len; i++) {
        width += run_width(fonts, &g_array_index(line->runs, OfLabelRun, i));
    }
    return width;
}

static double unit_width(const Unit *unit, OfFonts *fonts)
{
    double width = 0;
    for (guint i = 0; i < unit->lines->len; i++) {
        width = MAX(width, line_width(&g_array_index(unit->lines, Line, i), fonts));
    }
    return width;
}

/* Whether "Δ old → new" takes no more room than look allows. */
static bool fits_one_line(const Unit *old, const Unit *new, const OfLabelLook *look)
{
    const double around = 24; /* points: of what stands around and between */
    const Line *before = &g_array_index(old->lines, Line, 0), *after = &g_array_index(new->lines, Line, 0);
    return old->lines->len == 1 && new->lines->len == 1 &&
           (before->ends[0] == '\0' || line_width(before, look->fonts) + line_width(after, look->fonts) + around <= look->width);
}

static const char *arrow_between(const Unit *old, const Unit *new)
{
    return strstr(old->text, "→") != NULL || strstr(new->text, "→") != NULL ? NO_BREAK_SPACE " " : " → ";
}

/* Whether the lines of two texts differ in some of their runs alone, behind others that are the same. */
static bool shares_runs(const Line *before, const Line *after)
{
    return before->runs->len > 1 && before->runs->len == after->runs->len &&
           g_str_equal(g_array_index(before->runs, OfLabelRun, 0).text, g_array_index(after->runs, OfLabelRun, 0).text);
}

static void write_changed_run(GString *out, const OfLabelRun *before, const OfLabelRun *after, const char *arrow,
                              const OfLabelLook *look)
{
    write_sign(out, after, "Δ");
    write_run(out, before, before->text + strspn(before->text, " "), (Ink){.look = look, .struck = true});
    write_run(out, after, arrow, (Ink){.look = look});
    write_run(out, after, after->text + strspn(after->text, " "), (Ink){.look = look});
}

/* "Δ old → new", on one line where there is room, else the new text below the old one. */
static void write_changed(GString *out, const Unit *old, const Unit *new, const OfLabelLook *look)
{
    const Line *before = &g_array_index(old->lines, Line, 0), *after = &g_array_index(new->lines, Line, 0);
    if (!fits_one_line(old, new, look)) {
        write_unit(out, old, "Δ", (Ink){.look = look, .struck = true});
        write_unit(out, new, "→", (Ink){.look = look});
        return;
    }
    if (shares_runs(before, after)) {
        for (guint i = 0; i < before->runs->len; i++) {
            const OfLabelRun *left = &g_array_index(before->runs, OfLabelRun, i),
                             *right = &g_array_index(after->runs, OfLabelRun, i);
            if (g_str_equal(left->text, right->text)) {
                write_run(out, right, right->text, (Ink){.look = look, .quiet = true});
            } else {
                write_run(out, right, " ", (Ink){.look = look});
                write_changed_run(out, left, right, arrow_between(old, new), look);
            }
        }
    } else {
        const OfLabelRun *run = first_run(new);
        const gsize blanks = run != NULL ? strspn(run->text, " ") : 0;
        g_autofree char *space = run != NULL ? g_strndup(run->text, blanks) : NULL;
        if (blanks > 0) {
            write_run(out, run, space, (Ink){.look = look});
        }
        write_sign(out, run, "Δ");
        write_line(out, before, (Ink){.look = look, .struck = true});
        if (run != NULL) {
            write_run(out, run, arrow_between(old, new), (Ink){.look = look});
        }
        write_line(out, after, (Ink){.look = look});
    }
    g_string_append(out, after->ends);
}

/* One side's text, and blank lines where the difference has lines of the other side. */
static void write_side(GString *out, const OfLabelMerge *merge, const Pair *pair, guint side, Ink ink)
{
    const gint index = side == 0 ? pair->old : pair->new, elsewhere = side == 0 ? pair->new : pair->old;
    const Unit *unit = index >= 0 ? unit_at(merge, side, index) : NULL,
               *other = elsewhere >= 0 ? unit_at(merge, 1 - side, elsewhere) : NULL;
    if (unit != NULL) {
        write_unit(out, unit, NULL, ink);
    }
    const bool one = unit != NULL && other != NULL && (is_same(merge, pair) || fits_one_line(unit, other, ink.look));
    if (other != NULL && !one) {
        write_unit(out, other, NULL, (Ink){.look = ink.look, .blank = true});
    }
}

static void write_difference(GString *out, const OfLabelMerge *merge, const Pair *pair, bool first, const OfLabelLook *look)
{
    const Unit *old = pair->old >= 0 ? unit_at(merge, 0, pair->old) : NULL,
               *new = pair->new >= 0 ? unit_at(merge, 1, pair->new) : NULL;
    const bool whole = look->old_alone || look->new_alone;
    if (look->delta == OF_DELTA_UNCHANGED) {
        write_side(out, merge, pair, look->old_alone ? 0 : 1, (Ink){.look = look, .quiet = true});
    } else if (whole) {
        const char *sign = look->old_alone ? "−" : look->delta == OF_DELTA_RETARGETED ? "↪" : "+";
        write_unit(out, new != NULL ? new : old, first ? sign : NULL, (Ink){.look = look, .struck = look->old_alone});
    } else if (is_same(merge, pair)) {
        /* What is put otherwise though it says the same keeps the room of either side. */
        const bool longer = unit_width(old, look->fonts) > unit_width(new, look->fonts);
        write_unit(out, longer ? old : new, NULL, (Ink){.look = look, .quiet = true});
    } else if (old != NULL && new != NULL) {
        write_changed(out, old, new, look);
    } else {
        write_unit(out, old != NULL ? old : new, old != NULL ? "−" : "+", (Ink){.look = look, .struck = old != NULL});
    }
}

/* A label is as wide as its widest line in any case. */
static double widest_line(const OfLabelMerge *merge, OfFonts *fonts)
{
    double widest = 0;
    for (guint side = 0; side < 2; side++) {
        for (guint i = 0; i < merge->sides[side].units->len; i++) {
            widest = MAX(widest, unit_width(unit_at(merge, side, (gint) i), fonts));
        }
    }
    return widest;
}

char *of_label_merge_write(const OfLabelMerge *merge, OfPanel panel, const OfLabelLook *wanted, const char *around)
{
    OfLabelLook own = *wanted;
    const OfLabelLook *look = &own;
    own.width = MAX(own.width, widest_line(merge, own.fonts));
    Label frame;
    read_label(&frame, around);
    GString *out = g_string_new(frame.prefix);
    const gsize length = out->len;
    for (guint i = 0; i < merge->pairs->len; i++) {
        const Pair *pair = &g_array_index(merge->pairs, Pair, i);
        if (panel == OF_PANEL_DIFF) {
            write_difference(out, merge, pair, i == 0, look);
        } else {
            write_side(out, merge, pair, panel == OF_PANEL_BEFORE ? 0 : 1, (Ink){.look = look});
        }
    }
    if (out->len == length) {
        g_string_truncate(out, 0); /* a table of nothing is an error to Graphviz */
    } else {
        g_string_append(out, frame.suffix != NULL ? frame.suffix : "");
    }
    clear_label(&frame);
    return g_string_free(out, FALSE);
}

void of_label_measure(const char *html, OfFonts *fonts, double line_factor, double *width, double *height)
{
    Label label;
    read_label(&label, html);
    *width = *height = 0;
    for (guint i = 0; i < label.units->len; i++) {
        const Unit *unit = &g_array_index(label.units, Unit, i);
        for (guint j = 0; j < unit->lines->len; j++) {
            const Line *line = &g_array_index(unit->lines, Line, j);
            double size = 0;
            for (guint k = 0; k < line->runs->len; k++) {
                size = MAX(size, g_array_index(line->runs, OfLabelRun, k).size);
            }
            *width = MAX(*width, line_width(line, fonts));
            *height += size * line_factor;
        }
    }
    clear_label(&label);
}
