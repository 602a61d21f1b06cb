/* Pictures with steps: what of a graph is seen when, and each step as a picture. */
#include "graphviz/layout.h"
#include "picture/picture.h"

#include <string.h>

#define PAGE  "xdotversion=1.7, data_page=\"0,0,200,100\", data_title=\"Story\", data_description=\"All of it.\""
#define STEPS ", data_steps=\"10:Jan%202023:Step%201. 20:Feb%202023:Step%202. 30!:Mar%202023:Step%203.\""
#define LINE  "c 7 -#112233 "
#define TEXT  "F 12 5 -Inter c 7 -#112233 "

static OfPicture *read_text(const char *text)
{
    g_autoptr(GError) error = NULL;
    of_cgraph_lock();
    OfPicture *picture = of_picture_from_xdot(text, strlen(text), &error);
    of_cgraph_unlock();
    g_assert_no_error(error);
    return picture;
}

static const OfElement *find(const OfPicture *picture, const char *id)
{
    for (guint i = 0; i < picture->elements->len; i++) {
        const OfElement *element = picture->elements->pdata[i];
        if (strcmp(element->id, id) == 0) {
            return element;
        }
    }
    return NULL;
}

static const char *datum(const OfElement *element, const char *name)
{
    for (guint i = 0; i < element->data->len; i++) {
        const OfDatum *one = &g_array_index(element->data, OfDatum, i);
        g_assert_true(i == 0 || strcmp(g_array_index(element->data, OfDatum, i - 1).name, one->name) < 0);
        if (strcmp(one->name, name) == 0) {
            return one->value;
        }
    }
    return NULL;
}

static const OfShape *shape_at(const OfElement *element, guint index)
{
    g_assert_cmpuint(index, <, element->shapes->len);
    return &g_array_index(element->shapes, OfShape, index);
}

static void test_none(void)
{
    g_autoptr(OfPicture) picture =
        read_text("digraph { graph [" PAGE "] a [id=a, data_time=\"20:99\", _draw_=\"" LINE "e 50 50 10 10\"]; }");
    g_assert_null(picture->steps);
    g_assert_null(datum(find(picture, "a"), "step"));
    g_assert_null(datum(find(picture, "a"), "time"));
}

static void test_times(void)
{
    g_autoptr(OfPicture) picture = read_text("digraph { graph [" PAGE STEPS "]"
                                             " a [id=a, _draw_=\"" LINE "e 50 50 10 10\"];"
                                             " b [id=b, data_time=\"15:2932896\", _draw_=\"" LINE "e 50 50 10 10\"];"
                                             " c [id=c, data_time=\"10:30\", _draw_=\"" LINE "e 50 50 10 10\"];"
                                             " d [id=d, data_time=\"31:2932896\", _draw_=\"" LINE "e 50 50 10 10\"];"
                                             " e [id=e, data_time=\"21:2932896-\", _draw_=\"" LINE "e 50 50 10 10\"]; }");
    static const char *const seen[] = {"ac", "abc", "abe"};
    static const char *const news[] = {"", "b", ""};
    g_assert_cmpuint(picture->steps->len, ==, 3);
    g_assert_null(find(picture, "d")); /* no step comes to it */
    g_assert_cmpstr(datum(find(picture, "b"), "step"), ==, "2");
    for (guint k = 0; k < 3; k++) {
        g_autoptr(OfPicture) step = of_picture_at_step(picture, k);
        g_autoptr(GString) ids = g_string_new(NULL), fresh = g_string_new(NULL);
        for (guint i = 0; i < step->elements->len; i++) {
            const OfElement *element = step->elements->pdata[i];
            g_string_append(ids, element->id);
            g_string_append(fresh, datum(element, "new") != NULL ? element->id : "");
            g_assert_cmpfloat(shape_at(element, 0)->line_width, ==, datum(element, "new") != NULL ? 2.4 : 1);
        }
        g_assert_cmpstr(ids->str, ==, seen[k]);
        g_assert_cmpstr(fresh->str, ==, news[k]);
        g_assert_null(step->steps);
        g_assert_cmpfloat(step->width, ==, picture->width);
    }
}

static void test_headings(void)
{
    g_autoptr(OfPicture) picture =
        read_text("digraph { graph [id=x, " PAGE STEPS "] a [id=a, _draw_=\"" LINE "e 50 50 10 10\"]; }");
    g_autoptr(OfPicture) first = of_picture_at_step(picture, 0), last = of_picture_at_step(picture, 2);
    g_assert_cmpstr(first->title, ==, "Story, up to Jan 2023");
    g_assert_cmpstr(first->description, ==, "Step 1.");
    g_assert_cmpstr(first->id, ==, "x-step-1");
    g_assert_cmpstr(last->description, ==, "Step 3. All of it."); /* it says so behind its day */
}

/* A line in three pieces: those that were there are one again, the new one stands out; that a line goes on is no news. */
static void test_parts(void)
{
    g_autoptr(OfPicture) picture = read_text("digraph { graph [" PAGE STEPS "] a [style=invis]; b [style=invis];"
                                             " a -> b [id=way, data_parts=\"10 20- 30\", _draw_=\"S 6 -dashed " LINE
                                             "B 4 0 0 10 0 20 0 30 0 B 4 30 0 40 0 50 0 60 0 B 4 60 0 70 0 80 0 90 0\"]; }");
    static const guint n_shapes[] = {1, 1, 2};
    static const double ends[] = {30, 60, 90};
    for (guint k = 0; k < 3; k++) {
        g_autoptr(OfPicture) step = of_picture_at_step(picture, k);
        const OfElement *way = find(step, "way");
        g_assert_cmpuint(way->shapes->len, ==, n_shapes[k]);
        const OfShape *last = shape_at(way, way->shapes->len - 1);
        g_assert_cmpfloat(last->points[last->n_points - 1].x, ==, ends[k]);
        g_assert_cmpfloat(shape_at(way, 0)->points[0].x, ==, 0);
        g_assert_cmpfloat(shape_at(way, 0)->line_width, ==, 1);
        g_assert_true((datum(way, "new") != NULL) == (k == 2));
        g_assert_cmpfloat(last->dash_offset, ==, k == 2 ? 60 : 0);
    }
}

static void test_widths_and_titles(void)
{
    g_autoptr(OfPicture) picture =
        read_text("digraph { graph [" PAGE STEPS "] a [style=invis]; b [style=invis];"
                  " a -> b [id=way, data_time=\"20:2932896\", data_widths=\"20:2 30:4\", data_title=All,"
                  " data_titles=\"20:One%20goes 30:Two%20go\", _draw_=\"" LINE "B 4 0 0 10 0 20 0 30 0\"]; }");
    g_autoptr(OfPicture) second = of_picture_at_step(picture, 1), third = of_picture_at_step(picture, 2);
    g_assert_cmpfloat_with_epsilon(shape_at(find(second, "way"), 0)->line_width, 2 * 1.5 + 0.9, 1e-9);
    g_assert_cmpfloat_with_epsilon(shape_at(find(third, "way"), 0)->line_width, 4 * 1.5 + 0.9, 1e-9);
    g_assert_cmpstr(find(second, "way")->title, ==, "One goes");
    g_assert_cmpstr(find(third, "way")->title, ==, "Two go");
    g_assert_cmpstr(find(picture, "way")->title, ==, "All");
}

/* Words in their places: as ever, never, and in two forms. A new word is underlined, another form of it is no news. */
static void test_words(void)
{
    g_autoptr(OfPicture) picture =
        read_text("digraph { graph [" PAGE STEPS "] a [id=a, data_words=\"* - 20:30:Ann%20%3A%3B 10:20:y;30:2932896:x\","
                  " _ldraw_=\"" TEXT "T 10 90 -1 30 4 -ever T 10 80 -1 30 5 -never T 10 70 -1 30 4 -many T 10 60 -1 30 1 -z\"]; }");
    static const char *const texts[] = {"ever|y|", "ever|Ann :;|", "ever|x|"};
    static const guint n_lines[] = {0, 1, 0};
    for (guint k = 0; k < 3; k++) {
        g_autoptr(OfPicture) step = of_picture_at_step(picture, k);
        g_autoptr(GString) words = g_string_new(NULL);
        const OfElement *element = find(step, "a");
        guint lines = 0;
        for (guint i = 0; i < element->shapes->len; i++) {
            const OfShape *shape = shape_at(element, i);
            if (shape->kind == OF_SHAPE_TEXT) {
                g_string_append_printf(words, "%s|", shape->text);
                g_assert_cmpfloat(shape->points[0].x, ==, 10);
            } else {
                lines++;
            }
        }
        g_assert_cmpstr(words->str, ==, texts[k]);
        g_assert_cmpuint(lines, ==, n_lines[k]);
    }
}

/* Words that make no sense are passed over: nothing is read beyond them. */
static void test_nonsense(void)
{
    g_autoptr(OfPicture) picture =
        read_text("digraph { graph [" PAGE ", data_steps=\"x 10 10:a 10:%zz:%00 ::\"]"
                  " a [id=a, data_time=\"::\", data_words=\";;: a:b %:%:%\", data_parts=\"x - ::\", data_titles=\": x\","
                  " _draw_=\"" LINE "e 50 50 10 10\", _ldraw_=\"" TEXT "T 10 90 -1 30 4 -ever T 10 80 -1 30 4 -more\"]; }");
    g_assert_cmpuint(picture->steps->len, ==, 2);
    for (guint k = 0; k < picture->steps->len; k++) {
        g_autoptr(OfPicture) step = of_picture_at_step(picture, k);
        g_assert_nonnull(step->title);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/steps/none", test_none);
    g_test_add_func("/steps/times", test_times);
    g_test_add_func("/steps/headings", test_headings);
    g_test_add_func("/steps/parts", test_parts);
    g_test_add_func("/steps/widths-and-titles", test_widths_and_titles);
    g_test_add_func("/steps/words", test_words);
    g_test_add_func("/steps/nonsense", test_nonsense);
    return g_test_run();
}
