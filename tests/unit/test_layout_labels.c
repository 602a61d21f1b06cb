#include "layout/labels.h"

#include "layout/random.h"

enum { MOST_LABELS = 7, MOST_PLACES = 4 };

typedef struct {
    OfLayoutRect rects[MOST_LABELS][MOST_PLACES];
    OfLabel labels[MOST_LABELS];
    OfLayoutPoint points[3][7];
    OfLabelLine lines[3];
    OfLayoutRect taken[2];
    OfLabelInput input;
    gboolean possible[MOST_LABELS][MOST_PLACES];
} Instance;

static double draw(OfRandom *random, guint32 limit)
{
    return (double) of_random_below(random, limit);
}

static void make_instance(Instance *instance, guint64 seed)
{
    OfRandom random = {.state = seed};
    guint n_labels = 1 + of_random_below(&random, MOST_LABELS);
    for (guint i = 0; i < n_labels; i++) {
        guint n = of_random_below(&random, MOST_PLACES + 1);
        for (guint j = 0; j < n; j++) {
            instance->rects[i][j] = (OfLayoutRect){draw(&random, 120), draw(&random, 60), 30, 10};
        }
        instance->labels[i] = (OfLabel){instance->rects[i], n, of_random_below(&random, 5)};
    }
    for (guint i = 0; i < 3; i++) {
        g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(OfLayoutPoint));
        OfLayoutPoint start = {draw(&random, 50), draw(&random, 70)};
        g_array_append_val(points, start);
        of_bezier_line_to(points, start.x + 10 + draw(&random, 40), start.y);
        of_bezier_bend_to(points, start.x + 60 + draw(&random, 40), draw(&random, 70));
        for (guint j = 0; j < points->len; j++) {
            instance->points[i][j] = g_array_index(points, OfLayoutPoint, j);
        }
        instance->lines[i] = (OfLabelLine){instance->points[i], points->len, i, 1};
    }
    for (guint i = 0; i < 2; i++) {
        instance->taken[i] = (OfLayoutRect){draw(&random, 130), draw(&random, 60), 6, 6};
    }
    instance->input = (OfLabelInput){instance->labels, n_labels, instance->lines, 3, instance->taken, 2, 1};
}

static gboolean are_apart(OfLayoutRect a, OfLayoutRect b, double margin)
{
    return a.x >= b.x + b.width + margin || b.x >= a.x + a.width + margin || a.y >= b.y + b.height + margin ||
           b.y >= a.y + a.height + margin;
}

/* Walks along the lines in small steps, apart from how labels.c looks at them; the steps are exact to @slack. */
static gboolean is_possible(const OfLabelInput *input, guint label, OfLayoutRect rect, double slack)
{
    for (guint i = 0; i < input->n_taken; i++) {
        if (!are_apart(rect, input->taken[i], input->margin)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < input->n_lines; i++) {
        const OfLabelLine *line = &input->lines[i];
        double room = input->margin + line->half_width - slack;
        double end = line->points[line->n_points - 1].x;
        double last = line->points[0].y;
        for (double x = line->points[0].x; line->owner != input->labels[label].owner && x <= end; x += 0.05) {
            double y = of_bezier_get_y(line->points, line->n_points, x);
            if (x >= rect.x - room && x <= rect.x + rect.width + room && MAX(y, last) >= rect.y - room &&
                MIN(y, last) <= rect.y + rect.height + room) {
                return FALSE;
            }
            last = y;
        }
    }
    return TRUE;
}

static void find_possible(Instance *instance)
{
    for (guint i = 0; i < instance->input.n_labels; i++) {
        for (guint j = 0; j < instance->labels[i].n_places; j++) {
            instance->possible[i][j] = is_possible(&instance->input, i, instance->rects[i][j], -0.2);
        }
    }
}

/* The most labels that can stand at once, by trying everything. */
static guint count_most(const Instance *instance, guint label, OfLayoutRect *placed, guint n_placed)
{
    const OfLabelInput *input = &instance->input;
    if (label == input->n_labels) {
        return n_placed;
    }
    guint most = count_most(instance, label + 1, placed, n_placed);
    for (guint i = 0; i < input->labels[label].n_places; i++) {
        OfLayoutRect rect = input->labels[label].places[i];
        gboolean fits = instance->possible[label][i];
        for (guint j = 0; j < n_placed && fits; j++) {
            fits = are_apart(rect, placed[j], input->margin);
        }
        if (fits) {
            placed[n_placed] = rect;
            most = MAX(most, count_most(instance, label + 1, placed, n_placed + 1));
        }
    }
    return most;
}

static void test_nothing_touches(void)
{
    guint n_short = 0; /* labels that could have been placed */
    guint n_all = 0;
    for (guint64 seed = 1; seed <= 250; seed++) {
        Instance instance;
        OfLayoutRect placed[MOST_LABELS];
        guint n_placed = 0;
        guint n_unplaced = 0;
        make_instance(&instance, seed);
        const OfLabelInput *input = &instance.input;
        find_possible(&instance);
        g_autofree gint32 *chosen = of_labels_place(input, &n_unplaced);
        for (guint i = 0; i < input->n_labels; i++) {
            if (chosen[i] < 0) {
                continue;
            }
            OfLayoutRect rect = input->labels[i].places[chosen[i]];
            g_assert_true(is_possible(input, i, rect, 0.2));
            for (guint j = 0; j < n_placed; j++) {
                g_assert_true(are_apart(rect, placed[j], input->margin));
            }
            placed[n_placed++] = rect;
        }
        g_assert_cmpuint(n_placed + n_unplaced, ==, input->n_labels);
        guint most = count_most(&instance, 0, placed, 0);
        n_short += most > n_placed ? most - n_placed : 0;
        n_all += most;
    }
    /* The repair is not exhaustive; it misses next to nothing on crowded little pictures. */
    g_assert_cmpuint(n_short * 200, <=, n_all);
}

static void test_best_place_first(void)
{
    const OfLayoutRect places[] = {{0, 0, 10, 5}, {20, 0, 10, 5}};
    const OfLabel labels[] = {{places, 2, OF_OWNER_NONE}, {places, 2, OF_OWNER_NONE}, {places, 2, OF_OWNER_NONE}};
    OfLabelInput input = {.labels = labels, .n_labels = 3, .margin = 1};
    guint n_unplaced = 0;
    g_autofree gint32 *chosen = of_labels_place(&input, &n_unplaced);
    g_assert_cmpuint(n_unplaced, ==, 1);
    g_assert_cmpint(chosen[0], ==, 0);
    g_assert_cmpint(chosen[1], ==, 1);
    g_assert_cmpint(chosen[2], ==, -1);
}

static void test_own_line_may_touch(void)
{
    const OfLayoutRect place = {0, 0, 10, 5};
    const OfLayoutPoint points[] = {{-5, 2}, {0, 2}, {5, 2}, {30, 2}};
    const OfLabelLine line = {points, 4, 3, 0.5};
    OfLabel label = {&place, 1, 3};
    OfLabelInput input = {.labels = &label, .n_labels = 1, .lines = &line, .n_lines = 1};
    g_autofree gint32 *own = of_labels_place(&input, NULL);
    g_assert_cmpint(own[0], ==, 0);
    label.owner = 4;
    g_autofree gint32 *foreign = of_labels_place(&input, NULL);
    g_assert_cmpint(foreign[0], ==, -1);
    g_assert_true(of_labels_touches(&place, &line, 0));
}

static void test_one_moves_aside(void)
{
    /* The first label could stand at either place, the second at the first one only. */
    const OfLayoutRect both[] = {{0, 0, 10, 5}, {0, 20, 10, 5}};
    const OfLabel labels[] = {{both, 2, OF_OWNER_NONE}, {both, 1, OF_OWNER_NONE}};
    OfLabelInput input = {.labels = labels, .n_labels = 2};
    g_autofree gint32 *chosen = of_labels_place(&input, NULL);
    g_assert_cmpint(chosen[0], ==, 1);
    g_assert_cmpint(chosen[1], ==, 0);
}

static void test_thousands(void)
{
    enum { N = 3000 };
    OfRandom random = {.state = 2};
    g_autofree OfLayoutRect *rects = g_new(OfLayoutRect, 4 * N);
    g_autofree OfLabel *labels = g_new(OfLabel, N);
    for (guint i = 0; i < N; i++) {
        for (guint j = 0; j < 4; j++) {
            rects[4 * i + j] = (OfLayoutRect){draw(&random, 1900), draw(&random, 1000), 60, 12};
        }
        labels[i] = (OfLabel){rects + 4 * i, 4, OF_OWNER_NONE};
    }
    OfLabelInput input = {.labels = labels, .n_labels = N, .margin = 2};
    guint n_unplaced = 0;
    g_autofree gint32 *chosen = of_labels_place(&input, &n_unplaced);
    guint n_without = 0;
    for (guint i = 0; i < N; i++) {
        n_without += chosen[i] < 0 ? 1 : 0;
    }
    g_assert_cmpuint(n_without, ==, n_unplaced);
    g_assert_cmpuint(n_unplaced, <, N);
    g_assert_cmpuint(n_unplaced, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout/labels/nothing_touches", test_nothing_touches);
    g_test_add_func("/layout/labels/best_place_first", test_best_place_first);
    g_test_add_func("/layout/labels/own_line_may_touch", test_own_line_may_touch);
    g_test_add_func("/layout/labels/one_moves_aside", test_one_moves_aside);
    g_test_add_func("/layout/labels/thousands", test_thousands);
    return g_test_run();
}
