/* 1. Bends: where lines change their height, and between which x (bends.c).
 * 2. A change of lane with an uncertain date takes up all the days that it may mean, but no more than half of the way to the
 *    same person's changes of lane before and after. Shifts within a lane that it covers become part of it.
 * 3. Each person's line is drawn from bend to bend; a new way begins where its kind, lane or stint changes.
 * 4. Twins run in rows of their own; each begins and ends on the main line. */
#include "layout/routing.h"

#include "layout/bends.h"

typedef struct {
    const OfSlots *slots;
    const OfLayoutStint *stints;
    const OfHeights *heights;
    const OfTimescale *timescale;
    const OfBends *bends;
    OfRoutes *routes;
    GArray *turns;      /* Turn, of one person */
    guint32 *next_twin; /* [person]: index of the first twin at or after the person's */
} Router;

/* A bend with the width that it takes in the end. */
typedef struct {
    OfBend bend;
    gboolean uncertain;
    gboolean covered; /* part of an uncertain change */
} Turn;

guint32 *of_routes_count_moves(const OfSlots *slots)
{
    guint32 *n_moves = g_new0(guint32, (gsize) slots->n_slots + 1);
    for (guint i = 0; i < slots->stays->len; i++) {
        const OfLaneStay *stay = &g_array_index(slots->stays, OfLaneStay, i);
        n_moves[stay->first] += i > slots->person_start[stay->person] ? 1 : 0;
    }
    return n_moves;
}

static const OfLaneStay *get_stay(const Router *router, guint32 index)
{
    return &g_array_index(router->slots->stays, OfLaneStay, index);
}

/* The days between which a person goes from one stay to the next at @slot: those that the end of the one and the beginning of
 * the other may mean, as far as they are what happens there. Returns whether that is uncertain. */
static gboolean get_days(const Router *router, guint slot, const OfLaneStay *before, const OfLaneStay *after, gint32 *first,
                         gint32 *last)
{
    gint32 day = router->slots->day[slot];
    *first = day;
    *last = day;
    if (before != NULL && before->last_stint != OF_STINT_NONE && router->stints[before->last_stint].to == day) {
        *first = MIN(*first, router->stints[before->last_stint].to_first);
        *last = MAX(*last, router->stints[before->last_stint].to_last);
    }
    if (after != NULL && after->first_stint != OF_STINT_NONE && router->stints[after->first_stint].from == day) {
        *first = MIN(*first, router->stints[after->first_stint].from_first);
        *last = MAX(*last, router->stints[after->first_stint].from_last);
    }
    return *first < *last;
}

/* Step 2 for one person's change of lane. */
static void widen_turn(Router *router, guint index, double left, double right)
{
    Turn *turn = &g_array_index(router->turns, Turn, index);
    const OfLaneStay *after = get_stay(router, turn->bend.stay);
    gint32 first = 0;
    gint32 last = 0;
    turn->uncertain = get_days(router, turn->bend.slot, after - 1, after, &first, &last);
    if (!turn->uncertain) {
        return;
    }
    turn->bend.from = MIN(turn->bend.from, MAX(of_timescale_get_x(router->timescale, first), left));
    turn->bend.to = MAX(turn->bend.to, MIN(of_timescale_get_x(router->timescale, last), right));
    for (guint i = index; i-- > 1;) {
        Turn *other = &g_array_index(router->turns, Turn, i);
        if (other->bend.changes_lane || other->bend.to <= turn->bend.from) {
            break;
        }
        other->covered = TRUE;
    }
    for (guint i = index + 1; i < router->turns->len; i++) {
        Turn *other = &g_array_index(router->turns, Turn, i);
        if (other->bend.changes_lane || other->bend.from >= turn->bend.to) {
            break;
        }
        other->covered = TRUE;
        turn->bend.y = other->bend.y;
    }
}

/* Lists the turns of a person, the uncertain ones widened. */
static void list_turns(Router *router, guint person, double end)
{
    const OfBends *bends = router->bends;
    double left = 0;
    g_array_set_size(router->turns, 0);
    for (guint32 i = bends->person_start[person]; i < bends->person_start[person + 1]; i++) {
        Turn turn = {.bend = g_array_index(bends->bends, OfBend, i)};
        g_array_append_val(router->turns, turn);
    }
    left = router->timescale->x[g_array_index(router->turns, Turn, 0).bend.slot];
    for (guint i = 1; i < router->turns->len; i++) {
        const OfBend *bend = &g_array_index(router->turns, Turn, i).bend;
        if (!bend->changes_lane) {
            continue;
        }
        double here = router->timescale->x[bend->slot];
        double right = end;
        for (guint j = i + 1; j < router->turns->len; j++) {
            const OfBend *next = &g_array_index(router->turns, Turn, j).bend;
            if (next->changes_lane) {
                right = (here + router->timescale->x[next->slot]) / 2;
                break;
            }
        }
        widen_turn(router, i, left, right);
        left = right;
    }
}

/* Begins a way at the given point, or goes on with the last one of the person if it is alike. */
static void begin_way(Router *router, guint person, OfWayKind kind, gint32 lane, gint32 stint, OfLayoutPoint at)
{
    OfRoutes *routes = router->routes;
    if (routes->ways->len > routes->person_start[person]) {
        OfWay *last = &g_array_index(routes->ways, OfWay, routes->ways->len - 1);
        if (last->kind == kind && last->lane == lane && last->stint == stint) {
            return;
        }
        if (last->n == 1) {
            /* Nothing was drawn of it. */
            last->kind = kind;
            last->lane = lane;
            last->stint = stint;
            return;
        }
    }
    OfWay way = {.person = person, .kind = kind, .lane = lane, .stint = stint, .first = routes->points->len, .n = 1};
    g_array_append_val(routes->points, at);
    g_array_append_val(routes->ways, way);
}

static OfLayoutPoint get_end(const OfRoutes *routes)
{
    return g_array_index(routes->points, OfLayoutPoint, routes->points->len - 1);
}

static void close_way(OfRoutes *routes)
{
    OfWay *way = &g_array_index(routes->ways, OfWay, routes->ways->len - 1);
    way->n = routes->points->len - way->first;
}

/* Draws on to (@x, @y), level or with a bend, as a way of this kind. */
static void draw_to(Router *router, guint person, OfWayKind kind, const OfLaneStay *stay, double x, double y)
{
    OfRoutes *routes = router->routes;
    OfLayoutPoint at = get_end(routes);
    if (x <= at.x + 1e-9 && ABS(y - at.y) <= 1e-9) {
        return;
    }
    begin_way(router, person, kind, stay->lane, stay->first_stint, at);
    of_bezier_bend_to(routes->points, MAX(x, at.x), y);
    close_way(routes);
}

/* A level part of a stay; where the beginning or end of the person's story is uncertain, it says so. */
static void draw_stay(Router *router, guint person, const OfLaneStay *stay, double x, double y, double certain_from,
                      double certain_to)
{
    if (stay->lane < 0) {
        draw_to(router, person, OF_WAY_BETWEEN, stay, x, y);
        return;
    }
    double from = get_end(router->routes).x;
    if (from < certain_from) {
        draw_to(router, person, OF_WAY_UNCERTAIN, stay, MIN(certain_from, x), y);
    }
    if (from < certain_to) {
        draw_to(router, person, OF_WAY_STAY, stay, MIN(certain_to, x), y);
    }
    draw_to(router, person, x > certain_to ? OF_WAY_UNCERTAIN : OF_WAY_STAY, stay, x, y);
}

/* Step 3. */
static void draw_person(Router *router, guint person)
{
    const OfSlots *slots = router->slots;
    guint n_stays = 0;
    const OfLaneStay *stays = of_slots_get_stays(slots, person, &n_stays);
    double end = router->timescale->x[stays[n_stays - 1].end];
    gint32 first = 0;
    gint32 last = 0;
    double certain_from = -G_MAXDOUBLE;
    double certain_to = G_MAXDOUBLE;
    if (get_days(router, stays[0].first, NULL, &stays[0], &first, &last)) {
        certain_from = of_timescale_get_x(router->timescale, last);
    }
    if (get_days(router, stays[n_stays - 1].end, &stays[n_stays - 1], NULL, &first, &last)) {
        certain_to = of_timescale_get_x(router->timescale, first);
    }
    list_turns(router, person, end);
    const Turn *birth = &g_array_index(router->turns, Turn, 0);
    const OfLaneStay *stay = get_stay(router, birth->bend.stay);
    OfLayoutPoint start = {router->timescale->x[birth->bend.slot], birth->bend.y};
    begin_way(router, person, stay->lane < 0 ? OF_WAY_BETWEEN : OF_WAY_STAY, stay->lane, stay->first_stint, start);
    for (guint i = 1; i < router->turns->len; i++) {
        const Turn *turn = &g_array_index(router->turns, Turn, i);
        if (turn->covered) {
            continue;
        }
        draw_stay(router, person, stay, turn->bend.from, get_end(router->routes).y, certain_from, certain_to);
        gboolean moves = turn->bend.changes_lane;
        const OfLaneStay *next = get_stay(router, turn->bend.stay);
        gboolean outside = next->lane < 0 || (moves && stay->lane < 0);
        OfWayKind kind = outside ? OF_WAY_BETWEEN : !moves ? OF_WAY_STAY : OF_WAY_MOVE;
        kind = turn->uncertain ? OF_WAY_UNCERTAIN : kind;
        draw_to(router, person, kind, next, turn->bend.to, turn->bend.y);
        stay = next;
    }
    draw_stay(router, person, stay, end, get_end(router->routes).y, certain_from, certain_to);
}

/* Height of the main line just before or after the change at the beginning of @slot. */
static double get_main_y(const Router *router, guint person, guint slot)
{
    return of_bends_get_y(router->bends, person, slot);
}

/* Step 4: one unbroken part of a twin, from slot @first to before @end. */
static void draw_twin(Router *router, guint32 index, guint first, guint end)
{
    const OfTwin *twin = &g_array_index(router->slots->twins, OfTwin, index);
    const OfTimescale *timescale = router->timescale;
    GArray *points = router->routes->points;
    guint n_stays = 0;
    const OfLaneStay *stays = of_slots_get_stays(router->slots, twin->person, &n_stays);
    gboolean born_here = first == stays[0].first;
    gboolean goes_on = end < stays[n_stays - 1].end;
    OfWay way = {.person = twin->person,
                 .kind = OF_WAY_TWIN,
                 .lane = (gint32) twin->lane,
                 .stint = (gint32) twin->stint,
                 .first = points->len};
    OfLayoutPoint start = {timescale->x[first] - (born_here ? 0 : timescale->half[first]),
                           get_main_y(router, twin->person, born_here ? first : first - 1)};
    g_array_append_val(points, start);
    for (guint slot = first; slot < end; slot++) {
        guint32 at = router->heights->twin_start[index] + (slot - twin->first);
        const OfBox *box = &g_array_index(router->heights->boxes, OfBox, router->heights->twin_box[at]);
        double y = of_heights_get_row_y(router->heights, box, router->heights->twin_row[at]);
        double last_y = g_array_index(points, OfLayoutPoint, points->len - 1).y;
        if (slot == first || ABS(y - last_y) > 1e-6) {
            if (slot > first) {
                of_bezier_line_to(points, timescale->x[slot] - timescale->half[slot], last_y);
            }
            of_bezier_bend_to(points, timescale->x[slot] + timescale->half[slot], y);
        }
    }
    double last_y = g_array_index(points, OfLayoutPoint, points->len - 1).y;
    of_bezier_line_to(points, timescale->x[end] - (goes_on ? timescale->half[end] : 0), last_y);
    if (goes_on) {
        of_bezier_bend_to(points, timescale->x[end] + timescale->half[end], get_main_y(router, twin->person, end));
    }
    way.n = points->len - way.first;
    g_array_append_val(router->routes->ways, way);
}

static void draw_twins(Router *router, guint person)
{
    const GArray *twins = router->slots->twins;
    for (guint32 i = router->next_twin[person]; i < router->next_twin[person + 1]; i++) {
        const OfTwin *twin = &g_array_index(twins, OfTwin, i);
        const guint32 *box = router->heights->twin_box + router->heights->twin_start[i];
        guint n = twin->end - twin->first;
        for (guint start = 0, end = 0; start < n; start = end) {
            gboolean away = box[start] != OF_RUN_NONE;
            while (end < n && (box[end] != OF_RUN_NONE) == away) {
                end++;
            }
            if (away) {
                draw_twin(router, i, twin->first + start, twin->first + end);
            }
        }
    }
}

/* Changes between going up and going down along a person's main line. */
static guint64 count_wiggles(const OfBends *bends, guint person)
{
    guint64 wiggles = 0;
    double before = 0;
    for (guint32 i = bends->person_start[person] + 1; i < bends->person_start[person + 1]; i++) {
        const OfBend *bend = &g_array_index(bends->bends, OfBend, i);
        double way = bend->y - bend->y_before;
        if (way == 0) {
            continue;
        }
        wiggles += before * way < 0 ? 1 : 0;
        before = way;
    }
    return wiggles;
}

OfRoutes *of_routes_new(const OfSlots *slots, const OfLayoutStint *stints, const OfOrder *order, const OfHeights *heights,
                        const OfTimescale *timescale)
{
    OfRoutes *routes = g_new0(OfRoutes, 1);
    g_autoptr(OfBends) bends = of_bends_new(slots, order, heights, timescale);
    g_autofree guint32 *next_twin = g_new0(guint32, (gsize) slots->n_people + 2);
    g_autoptr(GArray) turns = g_array_new(FALSE, FALSE, sizeof(Turn));
    Router router = {slots, stints, heights, timescale, bends, routes, turns, next_twin};
    routes->ways = g_array_new(FALSE, FALSE, sizeof(OfWay));
    routes->points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
    routes->person_start = g_new0(guint32, (gsize) slots->n_people + 1);
    for (guint i = 0; i < slots->twins->len; i++) {
        next_twin[g_array_index(slots->twins, OfTwin, i).person + 1]++;
    }
    for (guint person = 0; person < slots->n_people; person++) {
        next_twin[person + 1] += next_twin[person];
        routes->person_start[person] = routes->ways->len;
        if (bends->person_start[person] < bends->person_start[person + 1]) {
            draw_person(&router, person);
            draw_twins(&router, person);
            routes->wiggles += count_wiggles(bends, person);
        }
        routes->person_start[person + 1] = routes->ways->len;
    }
    return routes;
}

void of_routes_free(OfRoutes *routes)
{
    if (routes == NULL) {
        return;
    }
    g_array_unref(routes->ways);
    g_array_unref(routes->points);
    g_free(routes->person_start);
    g_free(routes);
}
