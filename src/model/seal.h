/* The parts of sealing, in the order in which they run, and what they share. Private to model/. */
#ifndef OF_MODEL_SEAL_H
#define OF_MODEL_SEAL_H

#include "model/chain.h"
#include "model/stages.h"

/* Adds an error with a second place. Takes hint over. */
#define of_seal_error(diagnostics, code, place, other_place, hint, ...)                                                            \
    of_seal_set_other(of_diagnostics_add((diagnostics), OF_SEVERITY_ERROR, (code), (place), (hint), __VA_ARGS__), (other_place))
void of_seal_set_other(OfDiagnostic *diagnostic, const OfPlace *other); /* other: NULL for none */

/* "`a`, `b`, `c`", at most 20 of n, then "and 4 more". key_of gives the i-th. Owned by the caller. */
char *of_seal_list_keys(guint n, const char *(*key_of)(guint i, gconstpointer data), gconstpointer data);

/* Whether two dates have a day in common. */
bool of_date_meets(const OfDate *a, const OfDate *b);

/* The days that are in both: as written where one holds the other or one is not set, else an interval. The dates meet. */
OfDate of_date_join(const OfDate *a, const OfDate *b);

/* Whether the lab of a split goes on as one of its parts. */
bool of_split_keeps_lab(const OfEvent *event);

/* The day within the lab's drawn lifetime that is nearest to day. */
OfDay of_lab_clamp_day(const OfLab *lab, OfDay day);

/* States of labs as they are found, in the order of time for each lab. */
typedef struct {
    guint lab;
    OfLabState state;
} OfLabStateEntry;

/* Gives each lab its states: the list at offset in OfLab. entries: of OfLabStateEntry. */
void of_seal_give_states(OfStoryBuild *build, const GArray *entries, gsize offset);

/* causes.c: effects before their causes; causes that run in a circle. */
void of_seal_causes(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* lifetimes.c: begin, end and their days and events; what speaks against them. */
void of_seal_lifetimes(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* tree.c: parents and children over time. */
void of_seal_tree(OfStoryBuild *build, OfDiagnostics *diagnostics);

/* stances.c: stances and names over time. */
void of_seal_stances(OfStoryBuild *build, OfDiagnostics *diagnostics);

#endif
