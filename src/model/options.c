#include "model/options.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "base/shorten.h"

static const char *const themes[] = {"light", "dark", "print", NULL};
static const char *const darks[] = {"none", "auto", NULL};
static const char *const backgrounds[] = {"theme", "transparent", NULL};

const char *const of_text_mode_names[] = {"live", "embed", "outline", NULL};
static const char *const lane_modes[] = {"fixed", "free", NULL};
static const char *const efforts[] = {"fast", "normal", "best", NULL};
static const char *const periods[] = {"year", "quarter", "month", NULL};

static const OfOptionInfo table[] = {
    {"from", OF_OPTION_DATE, "DATE", NULL, "leave out what is over before DATE"},
    {"to", OF_OPTION_DATE, "DATE", NULL, "leave out what begins after DATE; the story ends there"},
    {"at", OF_OPTION_DATE, "DATE", NULL, "the day of a snapshot"},
    {"since", OF_OPTION_DATE, "DATE", NULL, "of a retention: who is there on that day; else each from the day they joined"},
    {"group", OF_OPTION_LIST, "ID", NULL, "only the people of this group"},
    {"lab", OF_OPTION_LIST, "ID", NULL, "only this lab and its children"},
    {"person", OF_OPTION_LIST, "ID", NULL, "only this person"},
    {"tag", OF_OPTION_LIST, "TAG", NULL, "only what bears this tag"},
    {"min-confidence", OF_OPTION_CHOICE, "LEVEL", of_confidence_names, "leave out what is less sure than LEVEL"},
    {"highlight", OF_OPTION_LIST, "ID", NULL, "keep these items in full colour while the rest recedes"},
    {"order", OF_OPTION_LIST, "ID", NULL, "the labs from top to bottom"},
    {"size", OF_OPTION_TEXT, "SIZE", NULL, "WIDTHxHEIGHT in pixels, or 16:9, 16:10, 4:3, 1:1, a0 … a4, letter, tabloid"},
    {"margin", OF_OPTION_TEXT, "ROOM", NULL,
     "pixels between the page's edge and everything on it, or a share of the shorter side: 5%"},
    {"bare", OF_OPTION_FLAG, NULL, NULL, "leave out title and subtitle, where the slide has its own"},
    {"poster", OF_OPTION_TEXT, "SHEET", NULL, "cut a PDF's page into sheets: a4, a3, letter or tabloid"},
    {"scale", OF_OPTION_NUMBER, "FACTOR", NULL, "pixels of an image for one of the drawing, up to 100"},
    {"theme", OF_OPTION_CHOICE, "THEME", themes, "the colours of the drawing"},
    {"dark", OF_OPTION_CHOICE, "MODE", darks, "auto: an SVG that has dark colours too, and follows the page that it stands on"},
    {"background", OF_OPTION_CHOICE, "KIND", backgrounds, "the theme's colour behind the drawing, or none"},
    {"text", OF_OPTION_CHOICE, "MODE", of_text_mode_names, "words as live text, with the fonts embedded, or as outlines"},
    {"title", OF_OPTION_TEXT, "TEXT", NULL, "the title of the drawing"},
    {"subtitle", OF_OPTION_TEXT, "TEXT", NULL, "a line below the title"},
    {"lanes", OF_OPTION_CHOICE, "MODE", lane_modes, "one order of labs throughout, or free at each moment or slice"},
    {"effort", OF_OPTION_CHOICE, "LEVEL", efforts, "how long to search for few crossings, in counted work"},
    {"accounts", OF_OPTION_FLAG, NULL, NULL, "draw rival accounts of moves as ghosts"},
    {"slices", OF_OPTION_DATES, "DATE", NULL, "of an alluvial drawing: the dates it cuts through"},
    {"every", OF_OPTION_CHOICE, "PERIOD", periods, "the same: its first and last day, and the first of every PERIOD between"},
    {"fold", OF_OPTION_TEXT, "SHARE", NULL, "fold labs that hold less than SHARE of all people, such as 2%, into one"},
    {"steps", OF_OPTION_TEXT, "STEPS", NULL,
     "draw up to each step, what is new emphasised: events, months, or dates with commas between"},
    {"animate", OF_OPTION_FLAG, NULL, NULL, "one SVG that plays the steps"},
    {"pace", OF_OPTION_NUMBER, "SECONDS", NULL, "how long each step of an animation is seen, up to 60"},
    {NULL, OF_OPTION_TEXT, NULL, NULL, NULL},
};

#define N_OPTIONS         (G_N_ELEMENTS(table) - 1)
#define MOST_SCALE        100.0
#define MOST_PACE         60.0    /* seconds */
#define MOST_MARGIN       1000.0  /* pixels */
#define MOST_MARGIN_SHARE 40.0    /* percent */
#define MOST_PIXELS       1000000 /* of one side; the limit `pixels` is the narrower one */

/* Where and how the value of an option is kept. */
typedef enum {
    STORE_PLAIN, /* bytes */
    STORE_TEXT,  /* char * */
    STORE_LIST,  /* char ** */
} Store;

typedef bool (*Setter)(OfOptions *options, guint row, const char *value, GError **error);

static bool set_date(OfOptions *options, guint row, const char *value, GError **error);
static bool set_list(OfOptions *options, guint row, const char *value, GError **error);
static bool set_dates(OfOptions *options, guint row, const char *value, GError **error);
static bool set_share(OfOptions *options, guint row, const char *value, GError **error);
static bool set_dates(OfOptions *options, guint row, const char *value, GError **error)
{
    g_auto(GStrv) items = g_strsplit(value, ",", -1);
    const guint n = g_strv_length(items);
    for (guint i = 0; i < MAX(n, 1); i++) {
        g_autoptr(GError) cause = NULL;
        OfDate date;
        if (!of_date_parse(n > 0 ? g_strstrip(items[i]) : "", &date, &cause)) {
            g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "`%s`: %s", table[row].name, cause->message);
            return false;
        }
        g_free(items[i]);
        items[i] = of_date_format(&date);
    }
    of_options_add_items(options, row, (const char *const *) items, n);
    return true;
}

static bool set_choice(OfOptions *options, guint row, const char *value, GError **error);
static bool set_text(OfOptions *options, guint row, const char *value, GError **error);
static bool set_size(OfOptions *options, guint row, const char *value, GError **error);
static bool set_scale(OfOptions *options, guint row, const char *value, GError **error);
static bool set_margin(OfOptions *options, guint row, const char *value, GError **error);
static bool set_poster(OfOptions *options, guint row, const char *value, GError **error);
static bool set_flag(OfOptions *options, guint row, const char *value, GError **error);
static bool set_steps(OfOptions *options, guint row, const char *value, GError **error);
static bool set_pace(OfOptions *options, guint row, const char *value, GError **error);

#define FIELD(field, store, setter)                                                                                                \
    {                                                                                                                              \
        offsetof(OfOptions, field), sizeof(((OfOptions *) NULL)->field), store, setter                                             \
    }

/* Row by row as in the table. */
static const struct {
    gsize offset, size;
    Store store;
    Setter set;
} fields[N_OPTIONS] = {
    FIELD(from, STORE_PLAIN, set_date),
    FIELD(to, STORE_PLAIN, set_date),
    FIELD(at, STORE_PLAIN, set_date),
    FIELD(since, STORE_PLAIN, set_date),
    FIELD(group, STORE_LIST, set_list),
    FIELD(lab, STORE_LIST, set_list),
    FIELD(person, STORE_LIST, set_list),
    FIELD(tag, STORE_LIST, set_list),
    FIELD(min_confidence, STORE_PLAIN, set_choice),
    FIELD(highlight, STORE_LIST, set_list),
    FIELD(order, STORE_LIST, set_list),
    FIELD(size, STORE_PLAIN, set_size),
    FIELD(margin, STORE_PLAIN, set_margin),
    FIELD(bare, STORE_PLAIN, set_flag),
    FIELD(poster, STORE_PLAIN, set_poster),
    FIELD(scale, STORE_PLAIN, set_scale),
    FIELD(theme, STORE_TEXT, set_choice),
    FIELD(dark, STORE_PLAIN, set_choice),
    FIELD(transparent, STORE_PLAIN, set_choice),
    FIELD(text, STORE_TEXT, set_choice),
    FIELD(title, STORE_TEXT, set_text),
    FIELD(subtitle, STORE_TEXT, set_text),
    FIELD(lanes, STORE_TEXT, set_choice),
    FIELD(effort, STORE_TEXT, set_choice),
    FIELD(accounts, STORE_PLAIN, set_flag),
    FIELD(slices, STORE_LIST, set_dates),
    FIELD(every, STORE_TEXT, set_choice),
    FIELD(fold, STORE_PLAIN, set_share),
    FIELD(steps, STORE_TEXT, set_steps),
    FIELD(animate, STORE_PLAIN, set_flag),
    FIELD(pace, STORE_PLAIN, set_pace),
};
G_STATIC_ASSERT(N_OPTIONS <= 64);

const OfOptionInfo *of_option_table(void)
{
    return table;
}

int of_option_find(const char *name)
{
    for (guint i = 0; i < N_OPTIONS; i++) {
        if (strcmp(table[i].name, name) == 0) {
            return (int) i;
        }
    }
    return -1;
}

static gpointer field_of(const OfOptions *options, guint row)
{
    return (char *) (gsize) options + fields[row].offset;
}

OfOptions *of_options_new(void)
{
    OfOptions *options = g_new0(OfOptions, 1);
    options->min_confidence = OF_CONFIDENCE_DISPUTED;
    options->fold = OF_FOLD_AS_NEEDED;
    return options;
}

static void clear_field(OfOptions *options, guint row)
{
    gpointer field = field_of(options, row);
    if (fields[row].store == STORE_TEXT) {
        g_clear_pointer((char **) field, g_free);
    } else if (fields[row].store == STORE_LIST) {
        g_clear_pointer((char ***) field, g_strfreev);
    }
}

static void copy_field(OfOptions *options, const OfOptions *source, guint row)
{
    gpointer field = field_of(options, row);
    gconstpointer origin = field_of(source, row);
    clear_field(options, row);
    switch (fields[row].store) {
    case STORE_PLAIN:
        memcpy(field, origin, fields[row].size);
        break;
    case STORE_TEXT:
        *(char **) field = g_strdup(*(char *const *) origin);
        break;
    case STORE_LIST:
        *(char ***) field = g_strdupv(*(char **const *) origin);
        break;
    }
}

OfOptions *of_options_copy(const OfOptions *options)
{
    OfOptions *copy = of_options_new();
    for (guint row = 0; row < N_OPTIONS; row++) {
        copy_field(copy, options, row);
    }
    copy->callouts = options->callouts != NULL ? g_array_copy(options->callouts) : NULL;
    copy->set = options->set;
    return copy;
}

void of_options_free(OfOptions *options)
{
    if (options == NULL) {
        return;
    }
    for (guint row = 0; row < N_OPTIONS; row++) {
        clear_field(options, row);
    }
    g_clear_pointer(&options->callouts, g_array_unref);
    g_free(options);
}

void of_options_override(OfOptions *options, const OfOptions *over)
{
    for (guint row = 0; row < N_OPTIONS; row++) {
        if (over->set & (G_GUINT64_CONSTANT(1) << row)) {
            copy_field(options, over, row);
        }
    }
    options->set |= over->set;
    if (over->callouts != NULL) {
        g_clear_pointer(&options->callouts, g_array_unref);
        options->callouts = g_array_copy(over->callouts);
    }
}

static bool refuse(GError **error, guint row, const char *expected, const char *value)
{
    g_autofree char *given = of_text_shorten(value, -1);
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "`%s` is %s, not `%s`", table[row].name, expected, given);
    return false;
}

static bool set_date(OfOptions *options, guint row, const char *value, GError **error)
{
    g_autoptr(GError) cause = NULL;
    OfDate date;
    if (!of_date_parse(value, &date, &cause)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "`%s`: %s", table[row].name, cause->message);
        return false;
    }
    *(OfDate *) field_of(options, row) = date;
    return true;
}

void of_options_add_items(OfOptions *options, guint row, const char *const *items, guint n_items)
{
    g_return_if_fail(row < N_OPTIONS && fields[row].store == STORE_LIST);
    char ***list = field_of(options, row);
    guint n = *list != NULL ? g_strv_length(*list) : 0;
    g_autoptr(GHashTable) known = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < n; i++) {
        g_hash_table_add(known, (*list)[i]);
    }
    *list = g_renew(char *, *list, (gsize) n + n_items + 1);
    for (guint i = 0; i < n_items; i++) {
        if (!g_hash_table_contains(known, items[i])) {
            (*list)[n] = g_strdup(items[i]);
            g_hash_table_add(known, (*list)[n++]);
        }
    }
    (*list)[n] = NULL;
    options->set |= G_GUINT64_CONSTANT(1) << row;
}

static bool set_list(OfOptions *options, guint row, const char *value, GError **error)
{
    g_auto(GStrv) items = g_strsplit(value, ",", -1);
    guint n = g_strv_length(items);
    for (guint i = 0; i < n; i++) {
        if (*g_strstrip(items[i]) == '\0') {
            return refuse(error, row, "a list of names with commas between them", value);
        }
    }
    if (n == 0) {
        return refuse(error, row, "a list of names with commas between them", value);
    }
    of_options_add_items(options, row, (const char *const *) items, n);
    return true;
}

static bool set_choice(OfOptions *options, guint row, const char *value, GError **error)
{
    const char *const *choices = table[row].choices;
    guint index = 0;
    while (choices[index] != NULL && strcmp(choices[index], value) != 0) {
        index++;
    }
    if (choices[index] == NULL) {
        g_autofree char *names = g_strjoinv(", ", (char **) (gsize) choices);
        g_autofree char *expected = g_strdup_printf("one of %s", names);
        return refuse(error, row, expected, value);
    }
    if (choices == of_confidence_names) {
        options->min_confidence = (OfConfidence) index;
    } else if (choices == darks) {
        options->dark = index == 1;
    } else if (choices == backgrounds) {
        options->transparent = index == 1;
    } else {
        clear_field(options, row);
        *(char **) field_of(options, row) = g_strdup(value);
    }
    return true;
}

static bool set_text(OfOptions *options, guint row, const char *value, GError **error)
{
    for (const char *at = value; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_unichar_iscntrl(g_utf8_get_char(at))) {
            return refuse(error, row, "a text without control characters", value);
        }
    }
    clear_field(options, row);
    *(char **) field_of(options, row) = g_strdup(value);
    return true;
}

/* One side in pixels: digits alone. */
static bool read_pixels(const char *text, gsize length, double *pixels)
{
    guint n = 0;
    if (length == 0 || length > 7) {
        return false;
    }
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return false;
        }
        n = n * 10 + (guint) (text[i] - '0');
    }
    *pixels = n;
    return n > 0 && n <= MOST_PIXELS;
}

/* Sizes that have a name, in points: slides 7.5 inches high, and paper lying. */
static const struct {
    const char *name;
    double width, height;
    bool is_sheet; /* of paper that printers take */
} named_sizes[] = {
    {"16:9", 960, 540, false},       {"16:10", 864, 540, false},      {"4:3", 720, 540, false},
    {"1:1", 540, 540, false},        {"a0", 3370.39, 2383.94, false}, {"a1", 2383.94, 1683.78, false},
    {"a2", 1683.78, 1190.55, false}, {"a3", 1190.55, 841.89, true},   {"a4", 841.89, 595.28, true},
    {"letter", 792, 612, true},      {"tabloid", 1224, 792, true},
};

static bool find_size(const char *name, bool sheets, OfPageSize *size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(named_sizes); i++) {
        if (g_ascii_strcasecmp(named_sizes[i].name, name) == 0 && (!sheets || named_sizes[i].is_sheet)) {
            *size = (OfPageSize){.width = named_sizes[i].width, .height = named_sizes[i].height};
            return true;
        }
    }
    return false;
}

static bool set_size(OfOptions *options, guint row, const char *value, GError **error)
{
    if (find_size(value, false, &options->size)) {
        return true;
    }
    const char *cross = strchr(value, 'x');
    double width, height;
    if (cross == NULL || !read_pixels(value, (gsize) (cross - value), &width) ||
        !read_pixels(cross + 1, strlen(cross + 1), &height)) {
        return refuse(
            error, row,
            "WIDTHxHEIGHT in pixels (such as 1920x1080), or one of 16:9, 16:10, 4:3, 1:1, a0, a1, a2, a3, a4, letter, tabloid",
            value);
    }
    options->size = (OfPageSize){.width = width / 2, .height = height / 2, .pixels = true};
    return true;
}

const char *of_page_size_name(const OfPageSize *size)
{
    for (gsize i = 0; !size->pixels && i < G_N_ELEMENTS(named_sizes); i++) {
        if (fabs(named_sizes[i].width - size->width) < 0.005 && fabs(named_sizes[i].height - size->height) < 0.005) {
            return named_sizes[i].name;
        }
    }
    return NULL;
}

static bool set_poster(OfOptions *options, guint row, const char *value, GError **error)
{
    return find_size(value, true, &options->poster) || refuse(error, row, "one of a4, a3, letter, tabloid", value);
}

/* Digits, and a percent sign for a share. */
static bool set_margin(OfOptions *options, guint row, const char *value, GError **error)
{
    const gsize length = strlen(value);
    const bool is_share = length > 1 && value[length - 1] == '%';
    const double most = is_share ? MOST_MARGIN_SHARE : MOST_MARGIN;
    char *end = NULL;
    const double number = length > 0 && strspn(value, "0123456789.") == length - is_share ? g_ascii_strtod(value, &end) : NAN;
    if (end != value + length - is_share || !(number >= 0 && number <= most)) {
        return refuse(error, row, "a number of pixels (up to 1000), or a share of the shorter side (up to 40%)", value);
    }
    options->margin = (OfMargin){true, is_share, is_share ? number / 100 : number / 2};
    return true;
}

/* A number above 0 and at most `most`. */
static bool read_factor(const char *value, double most, double *factor)
{
    /* g_ascii_strtod would take `inf`, `0x1p3` and leading blanks too. */
    char *end = NULL;
    *factor = strspn(value, "0123456789.eE+-") == strlen(value) ? g_ascii_strtod(value, &end) : NAN;
    return end != NULL && end != value && *end == '\0' && *factor > 0 && *factor <= most;
}

static bool set_scale(OfOptions *options, guint row, const char *value, GError **error)
{
    double scale = 0;
    if (!read_factor(value, MOST_SCALE, &scale)) {
        return refuse(error, row, "a number above 0, at most 100", value);
    }
    options->scale = scale;
    return true;
}

static bool set_pace(OfOptions *options, guint row, const char *value, GError **error)
{
    double pace = 0;
    if (!read_factor(value, MOST_PACE, &pace)) {
        return refuse(error, row, "a number of seconds above 0, at most 60", value);
    }
    options->pace = pace;
    return true;
}

/* A word, or dates with commas between them. */
static bool set_steps(OfOptions *options, guint row, const char *value, GError **error)
{
    if (strcmp(value, "events") != 0 && strcmp(value, "months") != 0) {
        g_auto(GStrv) dates = g_strsplit(value, ",", -1);
        for (char **date = dates; *date != NULL; date++) {
            g_autoptr(GError) cause = NULL;
            OfDate read;
            if (!of_date_parse(g_strstrip(*date), &read, &cause)) {
                g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "`%s` is events, months, or dates with commas between them: %s", table[row].name, cause->message);
                return false;
            }
        }
        if (*dates == NULL) {
            return refuse(error, row, "events, months, or dates with commas between them", value);
        }
    }
    clear_field(options, row);
    options->steps = g_strdup(value);
    return true;
}

/* "2%" or "0.02". */
static bool set_share(OfOptions *options, guint row, const char *value, GError **error)
{
    char *end = NULL;
    const double number = strspn(value, "0123456789.%") == strlen(value) ? g_ascii_strtod(value, &end) : NAN;
    const bool percent = end != NULL && strcmp(end, "%") == 0;
    const double share = percent ? number / 100 : number;
    if (end == NULL || end == value || (*end != '\0' && !percent) || !(share >= 0 && share < 1)) {
        return refuse(error, row, "a share below 1, such as 2% or 0.02", value);
    }
    *(double *) field_of(options, row) = share;
    return true;
}

static bool set_flag(OfOptions *options, guint row, const char *value, GError **error)
{
    if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0) {
        return refuse(error, row, "true or false", value);
    }
    *(bool *) field_of(options, row) = value[0] == 't';
    return true;
}

bool of_options_set(OfOptions *options, const char *name, const char *value, GError **error)
{
    int row = of_option_find(name);
    if (row < 0) {
        const char *names[N_OPTIONS];
        for (guint i = 0; i < N_OPTIONS; i++) {
            names[i] = table[i].name;
        }
        g_autofree char *given = of_text_shorten(name, -1);
        g_autofree char *hint = of_hint_nearest(name, names, (gssize) N_OPTIONS);
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "there is no option `%s`%s%s", given,
                    hint != NULL ? ": " : "", hint != NULL ? hint : "");
        return false;
    }
    if (!g_utf8_validate(value, -1, NULL)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "`%s` is not valid UTF-8", table[row].name);
        return false;
    }
    if (!fields[row].set(options, (guint) row, value, error)) {
        return false;
    }
    options->set |= G_GUINT64_CONSTANT(1) << row;
    return true;
}
