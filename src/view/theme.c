#include "view/theme.h"

#include <math.h>
#include <string.h>

/* The light hues are Okabe and Ito's colour-blind safe set ("Color Universal Design", 2008), darkened until each has 4.5 : 1
 * on white. */
const OfTheme of_themes[] = {
    {
        .name = "light",
        .summary = "dark ink on white",
        .background = "#ffffff",
        .ink = "#1a202c",
        .muted = "#566070",
        .faint = "#cbd3dc",
        .panel = "#f4f6f9",
        .lab_hues = {"#b34700", "#0b5fa5", "#007a5e", "#a2267a", "#7a5b00", "#4338a8", "#00708a", "#8f1d2c"},
        .lab_rest = "#4a5560",
        .stance_tints = {"#d6e6f7", "#fbe3cb", "#dcedd6", "#ecdcf2", "#f8edc0", "#d3eeee", "#f9dadd", "#e2e4f7"},
        .stance_rest = "#e8ebef",
    },
    {
        .name = "dark",
        .summary = "light ink on near-black",
        .background = "#12161c",
        .ink = "#f1f4f8",
        .muted = "#a8b3c2",
        .faint = "#3a4552",
        .panel = "#1a2028",
        .lab_hues = {"#ff9d5c", "#6cb6ff", "#4ecb9c", "#f08bc8", "#e0be4f", "#aaa8ff", "#5fcfe6", "#ff8f8f"},
        .lab_rest = "#aab5c1",
        .stance_tints = {"#1d3a57", "#553417", "#26452c", "#45295a", "#4a3f12", "#164648", "#58262c", "#2e3263"},
        .stance_rest = "#2a323d",
    },
    {
        .name = "print",
        .summary = "greys on white, for paper",
        .background = "#ffffff",
        .ink = "#000000",
        .muted = "#4d4d4d",
        .faint = "#b8b8b8",
        .panel = "#f7f7f7",
        .lab_hues = {"#000000", "#595959", "#262626", "#6b6b6b", "#3d3d3d", "#4d4d4d", "#333333", "#616161"},
        .lab_rest = "#595959",
        .stance_tints = {"#f2f2f2", "#d9d9d9", "#e6e6e6", "#cccccc", "#ececec", "#d2d2d2", "#e0e0e0", "#c6c6c6"},
        .stance_rest = "#f7f7f7",
        .greys = true,
    },
    {.name = NULL},
};

const OfTheme *of_theme_find(const char *name)
{
    if (name == NULL) {
        return &of_themes[0];
    }
    for (const OfTheme *theme = of_themes; theme->name != NULL; theme++) {
        if (g_str_equal(theme->name, name)) {
            return theme;
        }
    }
    return NULL;
}

static guint channel(const char *color, guint index)
{
    const char *digits = color + 1 + 2 * index;
    return (guint) (g_ascii_xdigit_value(digits[0]) * 16 + g_ascii_xdigit_value(digits[1]));
}

char *of_color_mix(const char *over, const char *under, double share)
{
    guint mixed[3];
    for (guint i = 0; i < 3; i++) {
        mixed[i] = (guint) (share * channel(over, i) + (1 - share) * channel(under, i) + 0.5);
    }
    return g_strdup_printf("#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
}

/* Relative luminance of a colour, and the contrast of two, after the Web Content Accessibility Guidelines 2.1. */
static double luminance(const char *color)
{
    static const double share[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(share); i++) {
        const double value = channel(color, i) / 255.0;
        sum += share[i] * (value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double of_color_contrast(const char *a, const char *b)
{
    const double left = luminance(a), right = luminance(b);
    return (MAX(left, right) + 0.05) / (MIN(left, right) + 0.05);
}

char *of_color_mix_until(const char *color, const char *towards, const char *against, double contrast)
{
    static const int STEPS = 20;
    char *mixed = g_ascii_strdown(color, -1);
    for (guint i = 1; i <= STEPS && of_color_contrast(mixed, against) < contrast; i++) {
        g_free(mixed);
        mixed = of_color_mix(towards, color, (double) i / STEPS);
    }
    return mixed;
}

static char *grey_of(const char *color)
{
    /* The sum above is of light; a grey's own value is what that light is written as. */
    const double light = luminance(color);
    const guint value = (guint) (255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055) + 0.5);
    return g_strdup_printf("#%02x%02x%02x", value, value, value);
}

struct OfColoring {
    const OfTheme *theme;
    GHashTable *labs;    /* lab -> colour, borrowed from the theme or from `made` */
    GHashTable *stances; /* strategy -> colour */
    GPtrArray *made;     /* colours of the data as this theme shows them */
    guint hue, tint;     /* the next ones to take */
};

typedef struct {
    const OfLab *lab;
    guint n_stints;
    double aggregated; /* people */
} RootLab;

/* "#rgb" or "#rrggbb" of the data, fit for the theme: text and lines in it can be told from the background, words in ink stand
 * out on it. */
static const char *fit_color(OfColoring *coloring, const char *declared, bool is_fill)
{
    const OfTheme *theme = coloring->theme;
    g_autofree char *full = strlen(declared) == 4 ? g_strdup_printf("#%c%c%c%c%c%c", declared[1], declared[1], declared[2],
                                                                    declared[2], declared[3], declared[3])
                                                  : g_strdup(declared);
    g_autofree char *shown = theme->greys ? grey_of(full) : g_strdup(full);
    char *fit = is_fill ? of_color_mix_until(shown, theme->background, theme->ink, OF_CONTRAST_TEXT)
                        : of_color_mix_until(shown, theme->ink, theme->background, OF_CONTRAST_TEXT);
    g_ptr_array_add(coloring->made, fit);
    return fit;
}

static gint compare_roots(gconstpointer a, gconstpointer b)
{
    const RootLab *left = a, *right = b;
    if (left->n_stints != right->n_stints) {
        return left->n_stints > right->n_stints ? -1 : 1;
    }
    if (left->n_stints == 0 && left->aggregated != right->aggregated) {
        return left->aggregated > right->aggregated ? -1 : 1;
    }
    return strcmp(left->lab->item.id, right->lab->item.id);
}

/* The colour that an item of an earlier revision has in the later one, or NULL. */
static gpointer known_color(GHashTable *colors, const OfRevisions *revisions, const OfItem *item)
{
    const OfItem *mate = revisions != NULL ? of_revisions_mate(revisions, item) : NULL;
    return mate != NULL ? g_hash_table_lookup(colors, mate) : NULL;
}

/* How many came to each lab, or left it where that is more, by aggregated moves. Owned by the caller. */
static double *count_aggregated(const OfStory *story)
{
    double *people = g_new0(double, (gsize) story->labs.n + 1);
    g_autofree double *gone = g_new0(double, (gsize) story->labs.n + 1);
    for (guint i = 0; i < story->aggregated.n; i++) {
        const OfMove *move = story->aggregated.items[i];
        if (move->to != NULL) {
            people[move->to->index] += (double) move->weight;
        }
        if (move->from != NULL) {
            gone[move->from->index] += (double) move->weight;
        }
    }
    for (guint i = 0; i < story->labs.n; i++) {
        people[i] = MAX(people[i], gone[i]);
    }
    return people;
}

/* revisions: NULL, or of which story is the earlier one. */
static void color_labs(OfColoring *coloring, const OfStory *story, const OfRevisions *revisions)
{
    g_autoptr(GHashTable) index_of = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) roots = g_array_new(FALSE, FALSE, sizeof(RootLab));
    g_autofree double *aggregated = count_aggregated(story);
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *root = of_lab_root_on(story->labs.items[i], OF_DAY_MAX);
        gpointer known = g_hash_table_lookup(index_of, root);
        if (known == NULL) {
            RootLab fresh = {.lab = root};
            g_array_append_val(roots, fresh);
            known = GUINT_TO_POINTER(roots->len);
            g_hash_table_insert(index_of, (gpointer) root, known);
        }
        RootLab *counted = &g_array_index(roots, RootLab, GPOINTER_TO_UINT(known) - 1);
        counted->n_stints += story->labs.items[i]->stints.n;
        counted->aggregated += aggregated[i];
    }
    g_array_sort(roots, compare_roots);
    for (guint i = 0; i < roots->len; i++) {
        const OfLab *lab = g_array_index(roots, RootLab, i).lab;
        const char *color = known_color(coloring->labs, revisions, &lab->item);
        if (color == NULL && lab->item.color != NULL) {
            color = fit_color(coloring, lab->item.color, false);
        }
        if (color == NULL) {
            color = coloring->hue < OF_THEME_HUES ? coloring->theme->lab_hues[coloring->hue++] : coloring->theme->lab_rest;
        }
        g_hash_table_insert(coloring->labs, (gpointer) lab, (gpointer) color);
    }
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        const char *color = known_color(coloring->labs, revisions, &lab->item);
        if (color == NULL) {
            color = lab->item.color != NULL ? fit_color(coloring, lab->item.color, false)
                                            : g_hash_table_lookup(coloring->labs, of_lab_root_on(lab, OF_DAY_MAX));
        }
        g_hash_table_insert(coloring->labs, (gpointer) lab, (gpointer) color);
    }
}

typedef struct {
    const OfStrategy *strategy;
    OfDay day;
    const OfLab *lab;
} FirstTurn;

static gint compare_turns(gconstpointer a, gconstpointer b)
{
    const FirstTurn *left = a, *right = b;
    if (left->day != right->day) {
        return left->day < right->day ? -1 : 1;
    }
    const int by_strategy = strcmp(left->strategy->item.id, right->strategy->item.id);
    return by_strategy != 0 ? by_strategy : strcmp(left->lab->item.id, right->lab->item.id);
}

static void color_stances(OfColoring *coloring, const OfStory *story, const OfRevisions *revisions)
{
    g_autoptr(GArray) turns = g_array_new(FALSE, FALSE, sizeof(FirstTurn));
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        for (guint j = 0; j < lab->stances.n; j++) {
            FirstTurn turn = {lab->stances.items[j]->strategy, lab->stances.items[j]->day, lab};
            if (turn.strategy != NULL) {
                g_array_append_val(turns, turn);
            }
        }
    }
    g_array_sort(turns, compare_turns);
    for (guint i = 0; i < turns->len; i++) {
        const OfStrategy *strategy = g_array_index(turns, FirstTurn, i).strategy;
        if (g_hash_table_contains(coloring->stances, strategy)) {
            continue;
        }
        const char *color = known_color(coloring->stances, revisions, &strategy->item);
        if (color == NULL && strategy->item.color != NULL) {
            color = fit_color(coloring, strategy->item.color, true);
        }
        if (color == NULL) {
            color = coloring->tint < OF_THEME_HUES ? coloring->theme->stance_tints[coloring->tint++] : coloring->theme->stance_rest;
        }
        g_hash_table_insert(coloring->stances, (gpointer) strategy, (gpointer) color);
    }
}

OfColoring *of_coloring_new(const OfStory *story, const OfTheme *theme)
{
    OfColoring *coloring = g_new0(OfColoring, 1);
    coloring->theme = theme;
    coloring->labs = g_hash_table_new(NULL, NULL);
    coloring->stances = g_hash_table_new(NULL, NULL);
    coloring->made = g_ptr_array_new_with_free_func(g_free);
    color_labs(coloring, story, NULL);
    color_stances(coloring, story, NULL);
    return coloring;
}

void of_coloring_add(OfColoring *coloring, const OfStory *old, const OfRevisions *revisions)
{
    color_labs(coloring, old, revisions);
    color_stances(coloring, old, revisions);
}

void of_coloring_free(OfColoring *coloring)
{
    if (coloring == NULL) {
        return;
    }
    g_hash_table_unref(coloring->labs);
    g_hash_table_unref(coloring->stances);
    g_ptr_array_unref(coloring->made);
    g_free(coloring);
}

const char *of_coloring_lab(const OfColoring *coloring, const OfLab *lab)
{
    const char *color = lab != NULL ? g_hash_table_lookup(coloring->labs, lab) : NULL;
    return color != NULL ? color : coloring->theme->muted;
}

const char *of_coloring_stance(const OfColoring *coloring, const OfStrategy *strategy)
{
    const char *color = strategy != NULL ? g_hash_table_lookup(coloring->stances, strategy) : NULL;
    return color != NULL ? color : coloring->theme->stance_rest;
}
