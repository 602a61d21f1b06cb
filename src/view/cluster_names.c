/* Where the names of clusters stand. dot keeps a strip free of nodes for them along the upper edge of a cluster, but lets
 * lines run through it, and puts the name at the strip's left end. */
#include "view/moves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points. */
#define GAP  3.0 /* between a line and a name */
#define STEP 4.0 /* of the places tried */

typedef struct {
    double x, y;
} Point;

/* A piece of a line, with half its width. */
typedef struct {
    Point a, b;
    double half;
} Piece;

static guint read_numbers(const char *text, double *numbers, guint n)
{
    guint read = 0;
    for (char *at = (char *) text; at != NULL && *at != '\0' && read < n; at += *at == ',' || *at == ' ') {
        char *end = at;
        numbers[read] = g_ascii_strtod(at, &end);
        if (end == at) {
            break;
        }
        read++;
        at = end;
    }
    return read;
}

static void add_curve(GArray *pieces, const Point *p, double half)
{
    static const int STEPS = 12;
    Point before = p[0];
    for (int i = 1; i <= STEPS; i++) {
        const double t = (double) i / STEPS, s = 1 - t;
        const double weight[] = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
        Point here = {0, 0};
        for (int j = 0; j < 4; j++) {
            here.x += weight[j] * p[j].x;
            here.y += weight[j] * p[j].y;
        }
        const Piece piece = {before, here, half};
        g_array_append_val(pieces, piece);
        before = here;
    }
}

static GArray *collect_pieces(Agraph_t *graph)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    for (Agnode_t *node = agfstnode(graph); node != NULL; node = agnxtnode(graph, node)) {
        for (Agedge_t *edge = agfstout(graph, node); edge != NULL; edge = agnxtout(graph, edge)) {
            g_auto(GStrv) words = g_strsplit(agget(edge, (char *) "pos"), " ", -1);
            const double half = g_ascii_strtod(agget(edge, (char *) "penwidth"), NULL) / 2;
            g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
            for (char **word = words; *word != NULL; word++) {
                double xy[2];
                if (read_numbers(*word, xy, 2) == 2) {
                    const Point point = {xy[0], xy[1]};
                    g_array_append_val(points, point);
                }
            }
            for (guint i = 0; i + 3 < points->len; i += 3) {
                add_curve(pieces, &g_array_index(points, Point, i), half);
            }
        }
    }
    return pieces;
}

/* Whether a piece touches the box; pieces are short against it, so that their ends and middles tell. */
static bool piece_hits(const Piece *piece, double left, double bottom, double right, double top)
{
    const double room = piece->half + GAP;
    for (int i = 0; i <= 4; i++) {
        const double x = piece->a.x + i * (piece->b.x - piece->a.x) / 4, y = piece->a.y + i * (piece->b.y - piece->a.y) / 4;
        if (x > left - room && x < right + room && y > bottom - room && y < top + room) {
            return true;
        }
    }
    return false;
}

static guint count_hits(const GArray *pieces, double left, double bottom, double right, double top)
{
    guint n = 0;
    for (guint i = 0; i < pieces->len; i++) {
        n += piece_hits(&g_array_index(pieces, Piece, i), left, bottom, right, top);
    }
    return n;
}

static void settle_one(Agraph_t *cluster, const GArray *pieces)
{
    double box[4], place[2];
    const double width = g_ascii_strtod(agget(cluster, (char *) "lwidth"), NULL) * 72;
    const double height = g_ascii_strtod(agget(cluster, (char *) "lheight"), NULL) * 72;
    if (read_numbers(agget(cluster, (char *) "bb"), box, 4) < 4 || read_numbers(agget(cluster, (char *) "lp"), place, 2) < 2 ||
        width <= 0 || height <= 0) {
        return;
    }
    double best = place[0];
    guint fewest = G_MAXUINT;
    const double bottom = place[1] - height / 2, top = place[1] + height / 2, first = place[0];
    /* From where it stands to the right, then to the left: names are looked for on the left. */
    for (double x = first; x + width / 2 <= box[2] && fewest > 0; x += STEP) {
        const guint hits = count_hits(pieces, x - width / 2, bottom, x + width / 2, top);
        if (hits < fewest) {
            fewest = hits;
            best = x;
        }
    }
    if (best != first) {
        g_autofree char *x = of_number_text(best);
        g_autofree char *y = of_number_text(place[1]);
        g_autofree char *lp = g_strdup_printf("%s,%s", x, y);
        of_graph_set(cluster, "lp", lp, NULL);
    }
}

static void settle_within(Agraph_t *graph, const GArray *pieces)
{
    for (Agraph_t *inner = agfstsubg(graph); inner != NULL; inner = agnxtsubg(inner)) {
        if (g_str_has_prefix(agnameof(inner), "cluster")) {
            settle_one(inner, pieces);
        }
        settle_within(inner, pieces);
    }
}

void of_cluster_names_settle(Agraph_t *graph)
{
    g_autoptr(GArray) pieces = collect_pieces(graph);
    settle_within(graph, pieces);
}
