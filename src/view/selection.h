/* What the filters of a drawing let through, and what it highlights. */
#ifndef OF_VIEW_SELECTION_H
#define OF_VIEW_SELECTION_H

#include "model/options.h"
#include "model/story.h"

typedef struct {
    const OfStory *story;
    const OfOptions *options;
    OfDay from, to;        /* the window, both included: --from and --to, else the story's first and last day */
    bool from_set, to_set; /* whether the window was asked for */
    GHashTable *people;    /* OfPerson that --group and --person let through; NULL: all */
    GHashTable *labs;      /* OfLab that --lab names or that were below one of them on a day of the window; NULL: all */
    GPtrArray *named_labs; /* OfLab that --lab names; NULL: all */
    GHashTable *highlight; /* ids; NULL: nothing recedes */
} OfSelection;

/* first_day, last_day: the story's, or those of two revisions together. options: borrowed; unknown ids are an error (OF_ERROR_USAGE) with the nearest known one as a hint. Freed by
 * of_selection_clear(). */
bool of_selection_init(OfSelection *selection, const OfStory *story, const OfOptions *options, OfDay first_day, OfDay last_day,
                       GError **error);
void of_selection_clear(OfSelection *selection);

bool of_selection_has_person(const OfSelection *selection, const OfPerson *person);
bool of_selection_has_lab(const OfSelection *selection, const OfLab *lab);
/* Whether lab was one of those that --lab names, or below one, on that day. */
bool of_selection_has_lab_on(const OfSelection *selection, const OfLab *lab, OfDay day);
/* Whether a range of days and the window share a day. A date that is not set passes. */
bool of_selection_has_date(const OfSelection *selection, const OfDate *date);
/* Confidence and tags (of the person, the lab or the event that began it) of a stint; not the window, people or labs. */
bool of_selection_has_stint(const OfSelection *selection, const OfStint *stint);
/* The same, and a share in the window. */
bool of_selection_shows_stint(const OfSelection *selection, const OfStint *stint);
/* Whether a person is drawn, with all stints that are shown: where one of them is at a lab that --lab lets through. */
bool of_selection_shows_person(const OfSelection *selection, const OfPerson *person);
/* Window, people, labs (either end), tags (of the event, its people or labs) and confidence. */
bool of_selection_has_move(const OfSelection *selection, const OfMove *move);
/* The same but for the window. */
bool of_selection_has_move_ever(const OfSelection *selection, const OfMove *move);
/* The same for an event, with the window: one of its people, one of its labs. */
bool of_selection_has_event(const OfSelection *selection, const OfEvent *event);

/* Whether an item is in full colour: it is highlighted itself, or nothing is. */
bool of_selection_stands_out(const OfSelection *selection, const char *id);

/* All labs an event speaks of, without repetition, sorted by id. Returns how many were written, at most max (8 are enough but
 * for merge and split). */
GPtrArray *of_event_labs(const OfEvent *event);

#endif
