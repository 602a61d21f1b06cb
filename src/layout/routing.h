/* The way of each person through the picture, as smooth curves in points. */
#ifndef OF_LAYOUT_ROUTING_H
#define OF_LAYOUT_ROUTING_H

#include "layout/bezier.h"
#include "layout/heights.h"
#include "layout/timescale.h"

typedef enum {
    OF_WAY_STAY,      /* within a lane */
    OF_WAY_MOVE,      /* from lane to lane */
    OF_WAY_UNCERTAIN, /* the same, or a beginning or an end within a lane, where the date is not certain */
    OF_WAY_BETWEEN,   /* outside the lanes, between two labs */
    OF_WAY_TWIN,      /* a second affiliation: leaves the main line and returns to it */
} OfWayKind;

typedef struct {
    guint32 person;
    OfWayKind kind;
    gint32 lane;   /* where it runs, or leads to; OF_LANE_NONE: outside */
    gint32 stint;  /* the stint that it belongs to, or leads to; OF_STINT_NONE: none */
    guint32 first; /* index of its first point in OfRoutes.points */
    guint32 n;     /* 3 k + 1 points; x never falls */
} OfWay;

typedef struct {
    GArray *ways;          /* OfWay: those of a person follow each other from left to right, each beginning where the one */
    GArray *points;        /* before ended; then the person's twins. OfLayoutPoint */
    guint32 *person_start; /* [n_people + 1]: a person's first way */
    guint64 wiggles;       /* changes of direction, up or down, of the main lines */
} OfRoutes;

/* of_routes_count_moves:
 * @slots: who is where
 *
 * Returns: (transfer full): [n_slots + 1]: number of people who change lane at the beginning of each slot. */
guint32 *of_routes_count_moves(const OfSlots *slots);

/* of_routes_new:
 * @slots: who is where
 * @stints: the stints that @slots were made of, for their uncertain dates
 * @order: vertical order
 * @heights: boxes
 * @timescale: where changes are drawn
 *
 * A change of height takes place within the width that the time scale gives it. People who change lane at one moment share that
 * width, one after the other: of those going down the lowest first, of those going up the highest, so that ways in one
 * direction keep apart. An uncertain date stretches the change over all days that it may mean, as far as the neighbouring
 * changes of the same person allow.
 *
 * Returns: (transfer full): free with of_routes_free(). */
OfRoutes *of_routes_new(const OfSlots *slots, const OfLayoutStint *stints, const OfOrder *order, const OfHeights *heights,
                        const OfTimescale *timescale);

/* of_routes_free:
 * @routes: (nullable): what to free */
void of_routes_free(OfRoutes *routes);

static inline const OfWay *of_routes_get_ways(const OfRoutes *routes, guint person, guint *n)
{
    *n = routes->person_start[person + 1] - routes->person_start[person];
    return &g_array_index(routes->ways, OfWay, routes->person_start[person]);
}

static inline const OfLayoutPoint *of_routes_get_points(const OfRoutes *routes, const OfWay *way)
{
    return &g_array_index(routes->points, OfLayoutPoint, way->first);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfRoutes, of_routes_free)

#endif
