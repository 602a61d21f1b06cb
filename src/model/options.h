/* Filters and drawing options: one table for saved views, the command, the API, `help` and the JSON Schema. */
#ifndef OF_MODEL_OPTIONS_H
#define OF_MODEL_OPTIONS_H

#include "base/date.h"
#include "model/story.h"

typedef enum {
    OF_OPTION_TEXT,
    OF_OPTION_LIST,
    OF_OPTION_DATE,
    OF_OPTION_DATES, /* a list of dates */
    OF_OPTION_CHOICE,
    OF_OPTION_NUMBER,
    OF_OPTION_FLAG,
} OfOptionKind;

typedef struct {
    const char *name; /* long name: `--from`, and the key `from` of a saved view */
    OfOptionKind kind;
    const char *argument;       /* "DATE", or NULL for a flag */
    const char *const *choices; /* NULL-terminated, for OF_OPTION_CHOICE */
    const char *summary;
} OfOptionInfo;

/* The table, ended by a row whose name is NULL. Static. */
const OfOptionInfo *of_option_table(void);

/* The row of name, or -1. */
int of_option_find(const char *name);

/* How words stand in a file, ended by NULL. */
extern const char *const of_text_mode_names[];

typedef struct {
    double width, height; /* points; 0 where not asked for */
    bool pixels;          /* asked for in pixels: 2 px are 1 pt */
    bool fixed;           /* the room that a template leaves: no other can be asked for */
    bool grows;           /* the shape alone is wanted: where the drawing needs more room the page is larger */
} OfPageSize;

/* The name that a size goes by ("16:9", "a4"), or NULL. Static. */
const char *of_page_size_name(const OfPageSize *size);

/* Room at the edge of a page. */
typedef struct {
    bool set;
    bool is_share;
    double amount; /* points, or a share of the shorter side */
} OfMargin;

/* A remark tied to a point of the drawing: exactly one of event, person, lab is set. */
typedef struct {
    const char *event, *person, *lab; /* ids */
    OfDate at;
    const char *text;
    OfPlace place;
} OfCallout;

/* No share is asked for: as many labs are folded as it takes to fit. */
#define OF_FOLD_AS_NEEDED (-1.0)

/* Values of all options. Lists are NULL-terminated arrays or NULL. Text and lists are owned by the options. */
typedef struct OfOptions {
    OfDate from, to, at, since;
    char **group, **lab, **person, **tag;
    char **highlight;
    char **order;
    OfConfidence min_confidence; /* OF_CONFIDENCE_DISPUTED, the lowest: all pass */
    OfPageSize size;
    double scale; /* 0: not set */
    OfMargin margin;
    OfPageSize poster; /* the sheets that a page is cut into; 0: it is not */
    bool bare;         /* without title and subtitle */
    char *theme;       /* NULL: light */
    char *text;        /* of of_text_mode_names; NULL: the first */
    bool dark;         /* `dark: auto` */
    bool transparent;  /* `background: transparent` */
    char *title, *subtitle;
    char *lanes;      /* "fixed" or "free"; NULL: fixed */
    char *effort;     /* "fast", "normal" or "best"; NULL: normal */
    bool accounts;    /* rival versions are drawn as ghosts */
    char **slices;    /* dates in canonical form */
    char *every;      /* "year", "quarter" or "month"; NULL: not said */
    double fold;      /* 0 … 1, or OF_FOLD_AS_NEEDED */
    char *steps;      /* "events", "months" or dates with commas between them; NULL: none */
    bool animate;     /* the steps are played in one file */
    double pace;      /* seconds of one step; 0: not set */
    GArray *callouts; /* of OfCallout, NULL where there are none; ids point into the story */
    guint64 set;      /* bit i: row i of the table was set */
} OfOptions;

OfOptions *of_options_new(void);
OfOptions *of_options_copy(const OfOptions *options);
void of_options_free(OfOptions *options); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfOptions, of_options_free)

/* Sets one option from text. A list takes the items of a comma-separated text and adds them to what is there.
 * error: G_OPTION_ERROR, "`--theme` is one of light, dark, print" without the leading dashes (the caller knows its own syntax).
 * Returns false on an unknown name or a value that cannot be. */
bool of_options_set(OfOptions *options, const char *name, const char *value, GError **error);

/* Adds n_items items, each as it stands, to the list option of a row; those that are there already are left out. */
void of_options_add_items(OfOptions *options, guint row, const char *const *items, guint n_items);

/* Takes over from `over` what is set there (a command's options over a saved view's). */
void of_options_override(OfOptions *options, const OfOptions *over);

#endif
