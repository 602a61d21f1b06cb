/* A job: what is to be drawn, and what came of it. Private to api/. */
#ifndef OF_API_JOB_H
#define OF_API_JOB_H

#include "api/draw.h"
#include "api/handles.h"
#include "base/arena.h"
#include "paint/paint.h"
#include "paint/template.h"

#define OF_N_PANELS 3

/* One view to draw. */
typedef struct {
    char *name; /* id of the saved view, or the type */
    const OfView *view;
    OfOptions *saved;           /* NULL for a type */
    OfDrawn drawn[OF_N_PANELS]; /* one a panel of the job */
    gint64 paint_us[OF_N_PANELS];
} OfPlan;

typedef struct {
    const char *view, *panel;
    guint step, steps;
    GBytes *bytes;
} OfArtefact;

struct OrgflowJob {
    const OrgflowStory *story;   /* the new revision's, where two are drawn */
    const OrgflowDiff *diff;     /* or NULL */
    int panel;                   /* that was asked for: an OfPanel, OF_N_PANELS for all; negative: none was */
    OfPanel panels[OF_N_PANELS]; /* that are drawn, see of_job_choose_panels() */
    guint n_panels;
    int context;
    OfOptions *options;
    GPtrArray *plans; /* of OfPlan */
    bool defaulted;   /* plans are the default ones, made by run */
    const OfPainter *painter;
    const char *text_format; /* instead of a painter */
    bool joined;
    const OfTheme *theme; /* of a file, or NULL; lives in theme_texts */
    OfArena *theme_texts;
    OfTemplate *template; /* of slides, or NULL */
    gint64 epoch;
    GArray *artefacts; /* of OfArtefact */
    char *report;
    GHashTable *earlier; /* name of a plan -> OfFacts of a storyline to stay near */
    OrgflowProgress progress;
    void *progress_data;
};

/* The names of panels, by OfPanel, and NULL. Static. */
extern const char *const of_job_panel_names[];

/* ORGFLOW_USAGE with a text, which is taken over, in *message unless that is NULL. */
OrgflowStatus of_job_fail_usage(char **message, char *text);

/* Whether the format shows all panels of a difference together, one at a time. */
bool of_job_shows_panels(const OrgflowJob *job);

/* Sets which panels are drawn, by what was asked for and the format. */
void of_job_choose_panels(OrgflowJob *job);

/* The saved views, else the storyline, where no view was added. */
void of_job_add_default_plans(OrgflowJob *job);

/* The plan's options as they hold: the caller's over a saved view's. Owned by the caller. */
OfOptions *of_job_plan_options(const OrgflowJob *job, const OfPlan *plan);

/* Whether the format plays the steps of a drawing with these options. */
bool of_job_plays_steps(const OrgflowJob *job, const OfOptions *options);

#endif
