/* Who was where and when, as other formats tell it: what every reader of this layer fills, and what is written as format 1. */
#ifndef OF_EXCHANGE_ROSTER_H
#define OF_EXCHANGE_ROSTER_H

#include "base/arena.h"
#include "base/date.h"
#include "base/diagnostics.h"
#include "base/limits.h"
#include "base/text_table.h"

/* Step 0 of formats that count steps is this day, 2000-01-01; each step is a day. */
#define OF_STEP_ZERO ((OfDay) 10957)

/* A person or a lab. */
typedef struct {
    const char *name;
    OfPlace place; /* where it is named first */
} OfRosterName;

typedef struct {
    guint person, lab; /* indices */
    OfDate from, to;   /* either may be not set; where counted in steps, `to` is the day after the last step */
    const char *role;  /* or NULL */
    OfPlace place;     /* what a message about the stint points at */
    bool in_steps;     /* both dates were counted in steps: a gap of one day is a gap */
    bool concurrent;   /* set by of_roster_close() */
    bool left;         /* set by of_roster_close(): its end has to be an event of its own */
} OfRosterStint;

#define OF_ROSTER_OUTSIDE G_MAXUINT

/* How many people went from one lab to another. */
typedef struct {
    guint from, to; /* indices of labs; OF_ROSTER_OUTSIDE: they joined, or left; not both */
    OfDate date;
    gint64 weight; /* above 0 */
    OfPlace place;
} OfRosterFlow;

typedef struct {
    OfArena *arena;                /* owns all texts */
    GArray *people, *labs;         /* of OfRosterName, in the order in which they were named first */
    OfTextTable person_of, lab_of; /* name -> index + 1 */
    GArray *stints;                /* of OfRosterStint */
    GArray *flows;                 /* of OfRosterFlow, in their order */
    OfDay last_day;                /* the last step of all as a day, or OF_DAY_MAX where there are no steps */
    bool free_lanes;               /* no order of labs is meant to last */
} OfRoster;

OfRoster *of_roster_new(void);
void of_roster_free(OfRoster *roster); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfRoster, of_roster_free)

/* The index of a person or lab of this name, who or which is new where it is named first. The name is copied. */
guint of_roster_person(OfRoster *roster, const char *name, const OfPlace *place);
guint of_roster_lab(OfRoster *roster, const char *name, const OfPlace *place);

/* Adds a stint; its role is copied. */
void of_roster_add(OfRoster *roster, const OfRosterStint *stint);

/* The day of a step. Returns false where that lies outside the years 0000 to 9999, the day after it included. */
bool of_roster_step_day(gint64 step, OfDay *day);

/* Puts the stints in order (by person, beginning, end, place), joins those of one person at one lab in one role that follow each
 * other without a gap, marks what runs beside another stay as concurrent, and reports who is at one lab twice at once. Ends at
 * the last step are taken off where the roster counts in steps: what comes after is not known, so nobody left. O(n log n).
 * Returns whether there was no error. */
bool of_roster_close(OfRoster *roster, OfDiagnostics *diagnostics);

/* Whether it can be told without reading the file that of_roster_write() makes of a closed roster that reading it, under these limits, finds no error: so
 * it is for stints one after the other under names of the usual kind, of which large tables are made. False where that cannot be told. title: or NULL.
 * The size of the file is not looked at. */
bool of_roster_is_plain(const OfRoster *roster, const char *title, const OfLimits *limits);

/* The closed roster as a file of format 1. title: or NULL. places: of OfPlace, filled with what each line of the result, from the
 * first, comes from; or NULL. */
GString *of_roster_write(const OfRoster *roster, const char *title, GArray *places);

#endif
