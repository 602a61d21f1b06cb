/* From stints to slots: the moments at which anything changes, and who is where in between.
 *
 * A slot is the time from one moment of change to the next. A person lives from the first to the last of their stints; at any
 * time the earliest stint that is open is where they are (a stay), later ones run beside it (twins), and between two labs they
 * are on their own. */
#ifndef OF_LAYOUT_SLOTS_H
#define OF_LAYOUT_SLOTS_H

#include <glib.h>

#define OF_DAY_OPEN   G_MAXINT32
#define OF_LANE_NONE  (-1)
#define OF_STINT_NONE (-1)

/* A lab. Days are counted from any common day; ends are excluded. */
typedef struct {
    gint32 parent; /* index of the lane that it stands under, or OF_LANE_NONE */
    gint32 begin;
    gint32 end; /* OF_DAY_OPEN: has not ended */
} OfLayoutLane;

/* What a person has at a lab. */
typedef struct {
    guint32 person;
    guint32 lane;
    gint32 from;
    gint32 to;         /* excluded; OF_DAY_OPEN: still there */
    gint32 from_first; /* @from may lie anywhere from this day … */
    gint32 from_last;  /* … to this one; both are @from where the date is certain */
    gint32 to_first;   /* the same for @to; both are @to where it is certain or open */
    gint32 to_last;
    gboolean concurrent; /* of two that begin on one day, this is not the main one */
    gboolean aside;      /* never the main one: a twin, as far as the person's other stints reach */
} OfLayoutStint;

/* A time over which a person is at one place. */
typedef struct {
    guint32 person;
    gint32 lane;        /* OF_LANE_NONE: between two labs */
    guint32 first;      /* first slot */
    guint32 end;        /* slot after the last */
    gint32 first_stint; /* the stint that it begins with, and the one that it ends with (another where two at one … */
    gint32 last_stint;  /* … lab follow each other); OF_STINT_NONE between two labs */
} OfLaneStay;

/* A time over which a person has a second place beside the main one. */
typedef struct {
    guint32 person;
    guint32 lane;
    guint32 first; /* first slot */
    guint32 end;   /* slot after the last */
    guint32 stint;
} OfTwin;

typedef struct {
    guint n_people;
    guint n_lanes;
    guint n_slots;
    gint32 *day;           /* [n_slots + 1]: first day of each slot; the last is the day after the story */
    GArray *stays;         /* OfLaneStay, by person, then time; a person's stays leave no gap */
    guint32 *person_start; /* [n_people + 1]: index of a person's first stay; equal to the next where there is none */
    GArray *twins;         /* OfTwin, by person, then stint */
    guint32 *lane_first;   /* [lane]: first slot at which it has begun */
    guint32 *lane_end;     /* [lane]: slot at which it has ended; not above lane_first where it is outside the story */
    guint32 *variant_of;   /* (nullable) [n_people]: see variants.h; set by the caller of of_slots_new(), freed with the slots */
} OfSlots;

/* of_slots_new:
 * @lanes: (array length=n_lanes): lanes
 * @n_lanes: their number
 * @n_people: number of people
 * @stints: (array length=n_stints): stints, in any order; those that end before they begin, or lie outside, are left out
 * @n_stints: their number
 * @first_day: first day of the story: what is earlier is cut off
 * @end_day: the day after its last: what is later is cut off
 *
 * O(n log n) in the number of stints.
 *
 * Returns: (transfer full): free with of_slots_free(). */
OfSlots *of_slots_new(const OfLayoutLane *lanes, guint n_lanes, guint n_people, const OfLayoutStint *stints, guint n_stints,
                      gint32 first_day, gint32 end_day);

/* of_slots_free:
 * @slots: (nullable): what to free */
void of_slots_free(OfSlots *slots);

/* of_slots_find:
 * @slots: slots
 * @day: a day
 *
 * Returns: the slot that @day lies in; the first slot for what is before it, n_slots for what is after the last. */
guint of_slots_find(const OfSlots *slots, gint32 day);

static inline const OfLaneStay *of_slots_get_stays(const OfSlots *slots, guint person, guint *n)
{
    *n = slots->person_start[person + 1] - slots->person_start[person];
    return &g_array_index(slots->stays, OfLaneStay, slots->person_start[person]);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfSlots, of_slots_free)

#endif
