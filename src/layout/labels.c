/* 1. Lines are cut into short straight segments; a place that comes too near to a foreign one, or to a taken area, is dropped.
 * 2. Places of two labels that are too near to each other exclude each other.
 * 3. Labels with the fewest places left choose first, each the place that excludes the fewest places of labels still without
 *    one; among equals the better one.
 * 4. A label without a place takes one whose holders can all move to other free places, and those whose way they stand in too,
 *    up to MOST_DEPTH, as long as that takes no more than MOST_WORK trials.
 * 5. A label gives way where two others can stand instead of it. Steps 4 and 5 are repeated while they help, up to MOST_ROUNDS.
 * 6. Each label moves to the best place that is free now.
 *
 * The largest set of labels is NP-hard to find (Formann and Wagner, SoCG 1991); the greedy choice with repair is after
 * Christensen, Marks and Shieber, ACM TOG 14 (1995). */
#include "layout/labels.h"

#include <math.h>
#include <stdlib.h>

#include "layout/label_grid.h"

enum { MOST_DEPTH = 5, MOST_WORK = 20000, MOST_ROUNDS = 8 };
static const double MOST_CHORDS = 200, MOST_ERROR = 0.05;
static const double CELL = 24; /* about the size of a word */

typedef struct {
    double x1, y1, x2, y2;
    guint32 owner;
    double half_width;
} Segment;

typedef struct {
    guint32 label;
    guint32 index; /* among the places of the label */
    OfLayoutRect rect;
    guint32 first; /* its rivals: indices of places, in Placer.rivals */
    guint32 n;
} Place;

typedef struct {
    const OfLabelInput *input;
    GArray *places;  /* Place: those that touch nothing, by label, best first */
    guint32 *start;  /* [n_labels + 1]: a label's first place */
    GArray *rivals;  /* guint32 */
    gint32 *chosen;  /* [label]: index of its place in @places, or −1 */
    gint32 *kept;    /* [label]: as it was before an attempt */
    GArray *touched; /* guint32: labels that the attempt changed, in order */
    guint work;      /* places that the attempt tried */
} Placer;

static OfLayoutRect grow(OfLayoutRect rect, double by)
{
    return (OfLayoutRect){rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
}

static gboolean overlap(OfLayoutRect a, OfLayoutRect b, double margin)
{
    return a.x < b.x + b.width + margin && b.x < a.x + a.width + margin && a.y < b.y + b.height + margin &&
           b.y < a.y + a.height + margin;
}

/* Cuts the parameter range of a segment by one side of a rectangle, as Liang and Barsky do. */
static gboolean clip(double step, double distance, double *from, double *to)
{
    if (step == 0) {
        return distance >= 0;
    }
    double t = distance / step;
    if (step < 0) {
        *from = MAX(*from, t);
    } else {
        *to = MIN(*to, t);
    }
    return *from <= *to;
}

static gboolean meets(OfLayoutRect rect, const Segment *segment)
{
    double dx = segment->x2 - segment->x1;
    double dy = segment->y2 - segment->y1;
    double from = 0;
    double to = 1;
    return clip(-dx, segment->x1 - rect.x, &from, &to) && clip(dx, rect.x + rect.width - segment->x1, &from, &to) &&
           clip(-dy, segment->y1 - rect.y, &from, &to) && clip(dy, rect.y + rect.height - segment->y1, &from, &to);
}

static OfLayoutPoint get_point(const OfLayoutPoint *p, double t)
{
    double u = 1 - t;
    return (OfLayoutPoint){
        u * u * u * p[0].x + 3 * u * u * t * p[1].x + 3 * u * t * t * p[2].x + t * t * t * p[3].x,
        u * u * u * p[0].y + 3 * u * u * t * p[1].y + 3 * u * t * t * p[2].y + t * t * t * p[3].y,
    };
}

/* How many chords follow a curve to a twentieth of a point: a chord is off by at most 3/4 of the largest second difference of
 * the control points, over the square of their number. */
static guint count_chords(const OfLayoutPoint *p)
{
    double bend = 0;
    for (guint i = 0; i < 2; i++) {
        double x = ABS(p[i].x - 2 * p[i + 1].x + p[i + 2].x);
        double y = ABS(p[i].y - 2 * p[i + 1].y + p[i + 2].y);
        bend = MAX(bend, x + y);
    }
    return (guint) CLAMP(ceil(sqrt(0.75 * bend / MOST_ERROR)), 1, MOST_CHORDS);
}

static void cut_line(const OfLabelLine *line, GArray *segments)
{
    for (guint i = 0; i + 3 < line->n_points; i += 3) {
        guint n = count_chords(line->points + i);
        OfLayoutPoint from = line->points[i];
        for (guint j = 1; j <= n; j++) {
            OfLayoutPoint to = get_point(line->points + i, (double) j / n);
            Segment segment = {from.x, from.y, to.x, to.y, line->owner, line->half_width};
            g_array_append_val(segments, segment);
            from = to;
        }
    }
}

gboolean of_labels_touches(const OfLayoutRect *rect, const OfLabelLine *line, double margin)
{
    g_autoptr(GArray) segments = g_array_new(FALSE, FALSE, sizeof(Segment));
    cut_line(line, segments);
    for (guint i = 0; i < segments->len; i++) {
        if (meets(grow(*rect, margin + line->half_width), &g_array_index(segments, Segment, i))) {
            return TRUE;
        }
    }
    return FALSE;
}

static OfLayoutRect get_area(const OfLabelInput *input)
{
    double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
    for (guint i = 0; i < input->n_labels; i++) {
        for (guint j = 0; j < input->labels[i].n_places; j++) {
            OfLayoutRect rect = input->labels[i].places[j];
            left = MIN(left, rect.x);
            top = MIN(top, rect.y);
            right = MAX(right, rect.x + rect.width);
            bottom = MAX(bottom, rect.y + rect.height);
        }
    }
    return left <= right ? (OfLayoutRect){left, top, right - left, bottom - top} : (OfLayoutRect){0, 0, 1, 1};
}

/* A long level line lies in many cells, a long steep one in very many: it is added piece by piece. */
static void add_segment(OfLabelGrid *grid, const Segment *segment, guint32 index, double margin)
{
    double length = MAX(ABS(segment->x2 - segment->x1), ABS(segment->y2 - segment->y1));
    guint n = (guint) CLAMP(ceil(length / (4 * CELL)), 1, 4096);
    for (guint i = 0; i < n; i++) {
        double a = (double) i / n;
        double b = (double) (i + 1) / n;
        double x1 = segment->x1 + (segment->x2 - segment->x1) * a;
        double x2 = segment->x1 + (segment->x2 - segment->x1) * b;
        double y1 = segment->y1 + (segment->y2 - segment->y1) * a;
        double y2 = segment->y1 + (segment->y2 - segment->y1) * b;
        OfLayoutRect rect = {MIN(x1, x2), MIN(y1, y2), ABS(x2 - x1), ABS(y2 - y1)};
        of_label_grid_add(grid, grow(rect, margin + segment->half_width), index);
    }
}

/* Step 1. */
static void list_places(Placer *placer)
{
    const OfLabelInput *input = placer->input;
    g_autoptr(GArray) segments = g_array_new(FALSE, FALSE, sizeof(Segment));
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(OfLabelGrid) grid = of_label_grid_new(get_area(input), CELL);
    for (guint i = 0; i < input->n_lines; i++) {
        cut_line(&input->lines[i], segments);
    }
    for (guint i = 0; i < segments->len; i++) {
        add_segment(grid, &g_array_index(segments, Segment, i), i, input->margin);
    }
    for (guint i = 0; i < input->n_taken; i++) {
        of_label_grid_add(grid, grow(input->taken[i], input->margin), segments->len + i);
    }
    for (guint32 label = 0; label < input->n_labels; label++) {
        placer->start[label] = placer->places->len;
        for (guint32 index = 0; index < input->labels[label].n_places; index++) {
            OfLayoutRect rect = input->labels[label].places[index];
            gboolean free = TRUE;
            of_label_grid_find(grid, rect, near);
            for (guint i = 0; i < near->len && free; i++) {
                guint32 item = g_array_index(near, guint32, i);
                if (item >= segments->len) {
                    free = !overlap(rect, input->taken[item - segments->len], input->margin);
                    continue;
                }
                const Segment *segment = &g_array_index(segments, Segment, item);
                gboolean own = segment->owner == input->labels[label].owner && segment->owner != OF_OWNER_NONE;
                free = own || !meets(grow(rect, input->margin + segment->half_width), segment);
            }
            if (free) {
                Place place = {.label = label, .index = index, .rect = rect};
                g_array_append_val(placer->places, place);
            }
        }
    }
    placer->start[input->n_labels] = placer->places->len;
}

/* Step 2. */
static void list_rivals(Placer *placer)
{
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(OfLabelGrid) grid = of_label_grid_new(get_area(placer->input), CELL);
    for (guint32 i = 0; i < placer->places->len; i++) {
        of_label_grid_add(grid, grow(g_array_index(placer->places, Place, i).rect, placer->input->margin), i);
    }
    for (guint32 i = 0; i < placer->places->len; i++) {
        Place *place = &g_array_index(placer->places, Place, i);
        place->first = placer->rivals->len;
        of_label_grid_find(grid, place->rect, near);
        for (guint j = 0; j < near->len; j++) {
            guint32 other = g_array_index(near, guint32, j);
            const Place *rival = &g_array_index(placer->places, Place, other);
            if (rival->label != place->label && overlap(place->rect, rival->rect, placer->input->margin)) {
                g_array_append_val(placer->rivals, other);
            }
        }
        place->n = placer->rivals->len - place->first;
    }
}

static const Place *get_place(const Placer *placer, guint32 index)
{
    return &g_array_index(placer->places, Place, index);
}

static const Place *get_rival(const Placer *placer, const Place *place, guint i, guint32 *index)
{
    *index = g_array_index(placer->rivals, guint32, place->first + i);
    return get_place(placer, *index);
}

static gboolean is_free(const Placer *placer, guint32 index)
{
    const Place *place = get_place(placer, index);
    for (guint i = 0; i < place->n; i++) {
        guint32 rival_index = 0;
        const Place *rival = get_rival(placer, place, i, &rival_index);
        if (placer->chosen[rival->label] == (gint32) rival_index) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Step 3: the free place of the label that excludes the fewest places of others without one; −1 if none is free. */
static gint32 choose(const Placer *placer, guint32 label)
{
    gint32 best = -1;
    guint fewest = G_MAXUINT;
    for (guint32 i = placer->start[label]; i < placer->start[label + 1]; i++) {
        const Place *place = get_place(placer, i);
        guint excluded = 0;
        if (!is_free(placer, i)) {
            continue;
        }
        for (guint j = 0; j < place->n; j++) {
            guint32 rival_index = 0;
            excluded += placer->chosen[get_rival(placer, place, j, &rival_index)->label] < 0 ? 1 : 0;
        }
        if (excluded < fewest) {
            fewest = excluded;
            best = (gint32) i;
        }
    }
    return best;
}

static void set_place(Placer *placer, guint32 label, gint32 place)
{
    g_array_append_val(placer->touched, label);
    placer->kept[placer->touched->len - 1] = placer->chosen[label];
    placer->chosen[label] = place;
}

static void undo_to(Placer *placer, guint n_touched)
{
    while (placer->touched->len > n_touched) {
        guint32 last = placer->touched->len - 1;
        placer->chosen[g_array_index(placer->touched, guint32, last)] = placer->kept[last];
        g_array_set_size(placer->touched, last);
    }
}

static gboolean is_touched(const Placer *placer, guint32 label)
{
    for (guint i = 0; i < placer->touched->len; i++) {
        if (g_array_index(placer->touched, guint32, i) == label) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Step 4: gives the label a place, moving those in the way. A label that the attempt has moved is not moved again. */
static gboolean make_room(Placer *placer, guint32 label, guint depth)
{
    guint before = placer->touched->len;
    for (guint32 i = placer->start[label]; i < placer->start[label + 1]; i++) {
        const Place *place = get_place(placer, i);
        gboolean possible = placer->work++ < MOST_WORK;
        set_place(placer, label, (gint32) i);
        for (guint j = 0; j < place->n && possible; j++) {
            guint32 rival_index = 0;
            guint32 rival = get_rival(placer, place, j, &rival_index)->label;
            if (placer->chosen[rival] == (gint32) rival_index) {
                possible = depth > 0 && !is_touched(placer, rival) && make_room(placer, rival, depth - 1);
            }
        }
        if (possible) {
            return TRUE;
        }
        undo_to(placer, before);
    }
    return FALSE;
}

/* Step 5: takes a label away if two or more that have no place can stand then. Labels near it are those with a rival place. */
static gboolean give_way(Placer *placer, guint32 label)
{
    gint32 old = placer->chosen[label];
    guint n_placed = 0;
    if (old < 0) {
        return FALSE;
    }
    const Place *place = get_place(placer, (guint32) old);
    g_array_set_size(placer->touched, 0);
    set_place(placer, label, -1);
    for (guint i = 0; i < place->n; i++) {
        guint32 rival_index = 0;
        guint32 rival = get_rival(placer, place, i, &rival_index)->label;
        if (placer->chosen[rival] < 0 && !is_touched(placer, rival) && is_free(placer, rival_index)) {
            set_place(placer, rival, (gint32) rival_index);
            n_placed++;
        }
    }
    if (n_placed < 2) {
        undo_to(placer, 0);
    }
    return n_placed >= 2;
}

/* Steps 4 and 5 for every label; returns whether more are placed than before. */
static gboolean repair(Placer *placer)
{
    gboolean better = FALSE;
    for (guint label = 0; label < placer->input->n_labels; label++) {
        for (guint depth = 1; placer->chosen[label] < 0 && depth <= MOST_DEPTH; depth++) {
            g_array_set_size(placer->touched, 0);
            placer->work = 0;
            better = make_room(placer, label, depth) || better;
        }
    }
    for (guint label = 0; label < placer->input->n_labels; label++) {
        better = give_way(placer, label) || better;
    }
    return better;
}

typedef struct {
    guint32 n_places;
    guint32 label;
} Turn;

static int compare_turns(const void *a, const void *b)
{
    const Turn *p = a;
    const Turn *q = b;
    if (p->n_places != q->n_places) {
        return p->n_places < q->n_places ? -1 : 1;
    }
    return p->label < q->label ? -1 : p->label > q->label;
}

static void place_all(Placer *placer)
{
    guint n = placer->input->n_labels;
    g_autofree Turn *turns = g_new(Turn, (gsize) n + 1);
    for (guint32 label = 0; label < n; label++) {
        turns[label] = (Turn){placer->start[label + 1] - placer->start[label], label};
    }
    qsort(turns, n, sizeof(Turn), compare_turns);
    for (guint i = 0; i < n; i++) {
        placer->chosen[turns[i].label] = choose(placer, turns[i].label);
    }
    for (guint round = 0; round < MOST_ROUNDS && repair(placer); round++) {
    }
    for (guint label = 0; label < n; label++) {
        for (guint32 i = placer->start[label]; placer->chosen[label] > (gint32) i; i++) {
            if (is_free(placer, i)) {
                placer->chosen[label] = (gint32) i;
            }
        }
    }
}

gint32 *of_labels_place(const OfLabelInput *input, guint *n_unplaced)
{
    guint unplaced = 0;
    Placer placer = {.input = input,
                     .places = g_array_new(FALSE, FALSE, sizeof(Place)),
                     .start = g_new0(guint32, (gsize) input->n_labels + 1),
                     .rivals = g_array_new(FALSE, FALSE, sizeof(guint32)),
                     .chosen = g_new0(gint32, (gsize) input->n_labels + 1),
                     .kept = g_new0(gint32, (gsize) input->n_labels + 1),
                     .touched = g_array_new(FALSE, FALSE, sizeof(guint32))};
    for (guint label = 0; label < input->n_labels; label++) {
        placer.chosen[label] = -1;
    }
    list_places(&placer);
    list_rivals(&placer);
    place_all(&placer);
    for (guint label = 0; label < input->n_labels; label++) {
        gint32 chosen = placer.chosen[label];
        placer.chosen[label] = chosen < 0 ? -1 : (gint32) get_place(&placer, (guint32) chosen)->index;
        unplaced += chosen < 0 ? 1 : 0;
    }
    if (n_unplaced != NULL) {
        *n_unplaced = unplaced;
    }
    g_array_unref(placer.places);
    g_free(placer.start);
    g_array_unref(placer.rivals);
    g_free(placer.kept);
    g_array_unref(placer.touched);
    return placer.chosen;
}
