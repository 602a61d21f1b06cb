/* How people's chains are sealed: what the files of this stage share. Private to model/.
 *
 * The chains of different people do not depend on each other. What closings, mergers and splits do to a person is a step of the
 * person's own chain: everybody who is ever at a lab that ends, by what they declare or by another ending that carries them
 * there, gets a step "if at the lab, goes along", dated like the ending. Whether they are there then, the order of their chain
 * says. So one pass over the people is enough:
 *
 *   1. steps.c   lists a person's dated steps: opening, declared stints, events, endings of labs
 *   2. chain.c   puts them into an order (see chain.h)
 *   3. stints.c  walks along that order and gives stints, roles, moves, days, and the changes of leads
 *   4. leads.c, moves.c  gather what concerns labs and the story, when all people are done */
#ifndef OF_MODEL_PEOPLE_H
#define OF_MODEL_PEOPLE_H

#include "model/seal.h"

/* A dated step of one person. */
typedef struct {
    OfStep step;        /* labs are tokens: their indices */
    OfDate date;        /* of the change; not set: was there when the story opens */
    OfDate arrival;     /* as date, but for stints of which one begins just after another ended */
    OfDay wanted;       /* to be drawn at, if the step were alone */
    OfDay last;         /* to be drawn at, at the latest */
    const OfItem *item; /* what says so */
    const OfEvent *event;
    const OfStintDecl *decl;
} OfPersonStep;

/* An event that names a person. */
typedef struct {
    const OfEvent *event;
    const OfLab *part; /* of a split: into which lab */
} OfNaming;

/* A change of who leads a lab. */
typedef struct {
    const OfLab *lab;
    const OfPerson *person;
    OfDay day;
    OfDate date;
    const OfEvent *event;
    bool leads; /* from then on; else no longer */
    guint serial;
} OfLeadChange;

/* Somebody whom a split does not list. */
typedef struct {
    const OfEvent *event;
    const OfPerson *person;
} OfUnlisted;

/* A stint that is being made. */
typedef struct {
    OfStint *stint;
    const OfItem *begun_by, *ended_by;
    bool guessed;     /* ended by what says that they leave another lab, where they are not: it must mean this one */
    guint first_role; /* index of its first in roles */
    guint n_roles;
    const char *role;
    bool lead;
} OfStay;

/* A role of a stint that is being made. */
typedef struct {
    guint stay;
    OfRole role;
} OfStayRole;

typedef struct {
    OfStoryBuild *build;
    OfDiagnostics *diagnostics;
    OfChain *chain;

    /* Which events name whom: person i is named by namings[start[i]] … namings[start[i + 1] - 1], in the order of events. */
    guint *start;
    OfNaming *namings;
    guint n_namings;

    /* of the person at hand */
    const OfPerson *person;
    GArray *steps;        /* of OfPersonStep, in order once listed */
    GArray *plain;        /* of OfStep, alike */
    GArray *links;        /* of OfLink */
    GArray *days;         /* of OfDrawnDay, one a link */
    GArray *stays;        /* of OfStay */
    GArray *roles;        /* of OfStayRole */
    OfTokenSet at;        /* the labs where they are */
    guint *stay_at;       /* [lab]: the latest stay there; of the person at hand only where touched says so */
    guint *touched;       /* [lab]: 1 + index of the last person who can have been there */
    GArray *touched_labs; /* of guint: those of the person at hand */
    guint *outlived;      /* [lab]: 1 + index of the last person with a step that needs the lab when it has surely ended */
    guint *listed;        /* [event]: 1 + index of the last person whom a split lists */
    gint64 n_carried;     /* steps that endings of labs may still give */

    /* of all */
    GArray *moves;    /* of OfKeyed: OfMoves by day and person */
    GArray *stints;   /* of OfKeyed: OfStints by lab and day */
    GArray *leads;    /* of OfLeadChange */
    GArray *unlisted; /* of OfUnlisted */
    bool *drawn;      /* [event]: its day comes from a chain */
} OfPeople;

/* steps.c: fills steps, in order. Returns false where the bound on carried steps was reached. */
bool of_people_list_steps(OfPeople *people);

/* stints.c: makes stints, roles and moves of links. */
void of_people_make_stints(OfPeople *people);
/* The latest stay of the person at hand at a lab, open or not, or NULL. Good until a stay is added. */
OfStay *of_people_stay_at(const OfPeople *people, guint lab);

/* misfits.c: reports how a step does not fit; `at` is as it was before the step. */
void of_people_report_misfit(OfPeople *people, const OfPersonStep *step, const OfLink *link);
/* Reports whom splits do not list, one message a split. */
void of_people_report_unlisted(OfPeople *people);
/* "2023-04~", or "when the story opens". Owned by the caller. */
char *of_people_format_date(const OfDate *date);

/* leads.c: OfLab.leads. */
void of_people_give_leads(OfPeople *people);

/* moves.c */
void of_people_add_move(OfPeople *people, const OfMove *move);
/* Adds the moves of aggregated events, and gives the story its list. */
void of_people_give_moves(OfPeople *people);

#endif
