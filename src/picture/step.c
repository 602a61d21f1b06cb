/* One step of a picture as a picture of its own. */
#include "picture/picture.h"

#include <math.h>
#include <string.h>

/* How what is new stands out. */
#define THICKER       1.5  /* times, and … */
#define THICKER_BY    0.9  /* … points */
#define UNDERLINE     0.09 /* of the type size: width … */
#define UNDERLINE_GAP 0.16 /* … and distance from the baseline */

static bool is_seen(const OfShape *shape, guint step)
{
    return shape->first_step <= step && step < shape->end_step;
}

double of_shape_new_width(const OfShape *shape)
{
    return shape->line_width * THICKER + THICKER_BY;
}

bool of_shape_is_new(const OfShape *shape, guint step)
{
    return step > 0 && shape->first_step == step && !shape->follows;
}

static bool same_color(OfColor a, OfColor b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

/* Whether one piece of a line goes on where the one before ends. */
static bool continues(const OfShape *before, const OfShape *shape)
{
    const OfPoint end = before->points[before->n_points - 1], begin = shape->points[0];
    return before->kind == OF_SHAPE_BEZIER && shape->kind == OF_SHAPE_BEZIER && !before->filled && !shape->filled &&
           same_color(before->stroke, shape->stroke) && before->dash == shape->dash && before->line_width == shape->line_width &&
           hypot(end.x - begin.x, end.y - begin.y) < 0.02;
}

static void join(OfShape *before, const OfShape *shape)
{
    before->points = g_renew(OfPoint, before->points, before->n_points + shape->n_points - 1);
    memcpy(before->points + before->n_points, shape->points + 1, (shape->n_points - 1) * sizeof *shape->points);
    before->n_points += shape->n_points - 1;
}

/* A line under a text. */
static OfShape underline(const OfShape *text)
{
    const double before = text->align == OF_ALIGN_LEFT     ? 0
                          : text->align == OF_ALIGN_CENTER ? text->text_width / 2
                                                           : text->text_width;
    const double x = text->points[0].x - before, y = text->points[0].y + text->font_size * UNDERLINE_GAP;
    OfShape line = {.kind = OF_SHAPE_POLYLINE,
                    .stroked = true,
                    .stroke = text->fill,
                    .dark_stroke = text->dark_fill,
                    .line_width = text->font_size * UNDERLINE,
                    .n_points = 2};
    line.points = g_new(OfPoint, 2);
    line.points[0] = (OfPoint){x, y};
    line.points[1] = (OfPoint){x + text->text_width, y};
    return line;
}

/* An edge in the colour of its fill cannot be seen: it gets that of the words. */
static void color_edge(OfShape *shape, const OfElement *element)
{
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *text = &g_array_index(element->shapes, OfShape, i);
        if (text->kind == OF_SHAPE_TEXT) {
            shape->stroke = text->fill;
            shape->dark_stroke = text->dark_fill;
            return;
        }
    }
}

/* The pieces that were there before are one line again. What is new is thicker; words that are new are underlined, unless
 * all that they belong to is new and has a line. */
static GArray *shapes_at(const OfElement *element, guint step, bool *has_news)
{
    GArray *shapes = g_array_new(FALSE, FALSE, sizeof(OfShape));
    bool thick = false, old = false;
    *has_news = false;
    for (guint i = 0; i < element->shapes->len; i++) {
        const OfShape *shape = &g_array_index(element->shapes, OfShape, i);
        if (!is_seen(shape, step)) {
            continue;
        }
        const bool is_new = of_shape_is_new(shape, step);
        OfShape *before = shapes->len > 0 ? &g_array_index(shapes, OfShape, shapes->len - 1) : NULL;
        *has_news = *has_news || is_new;
        old = old || shape->first_step < step;
        if (before != NULL && !is_new && continues(before, shape)) {
            join(before, shape);
            continue;
        }
        OfShape copy = of_shape_copy(shape);
        if (is_new && shape->stroked && shape->kind != OF_SHAPE_TEXT) {
            copy.line_width = of_shape_new_width(shape);
            if (shape->filled && same_color(shape->fill, shape->stroke)) {
                color_edge(&copy, element);
            }
            thick = true;
        }
        g_array_append_val(shapes, copy);
    }
    const guint n = shapes->len;
    for (guint i = 0; *has_news && (old || !thick) && i < n; i++) {
        const OfShape shape = g_array_index(shapes, OfShape, i);
        if (shape.kind == OF_SHAPE_TEXT && of_shape_is_new(&shape, step)) {
            const OfShape line = underline(&shape);
            g_array_append_val(shapes, line);
        }
    }
    return shapes;
}

static GArray *data_at(const OfElement *element, bool has_news)
{
    GArray *data = g_array_new(FALSE, FALSE, sizeof(OfDatum));
    for (guint i = 0; i <= element->data->len; i++) {
        const OfDatum *datum = i < element->data->len ? &g_array_index(element->data, OfDatum, i) : NULL;
        if (has_news && (datum == NULL || strcmp(datum->name, "new") > 0)) {
            const OfDatum news = {g_strdup("new"), g_strdup("true")};
            g_array_append_val(data, news);
            has_news = false;
        }
        if (datum != NULL) {
            const OfDatum copy = {g_strdup(datum->name), g_strdup(datum->value)};
            g_array_append_val(data, copy);
        }
    }
    return data;
}

static const char *title_at(const OfElement *element, guint step)
{
    const char *title = element->title;
    for (guint i = 0; element->titles != NULL && i < element->titles->len; i++) {
        const OfStepTitle *from = &g_array_index(element->titles, OfStepTitle, i);
        title = from->first_step <= step ? from->title : title;
    }
    return title;
}

static OfElement *element_at(const OfElement *element, guint step)
{
    bool has_news = false;
    GArray *shapes = shapes_at(element, step, &has_news);
    if (shapes->len == 0) {
        g_array_unref(shapes);
        return NULL;
    }
    OfElement *copy = g_new0(OfElement, 1);
    copy->kind = element->kind;
    copy->id = g_strdup(element->id);
    copy->classes = g_strdup(element->classes);
    copy->title = g_strdup(title_at(element, step));
    copy->url = g_strdup(element->url);
    copy->tail = g_strdup(element->tail);
    copy->head = g_strdup(element->head);
    copy->data = data_at(element, has_news);
    copy->shapes = shapes;
    return copy;
}

OfPicture *of_picture_at_step(const OfPicture *picture, guint step)
{
    const OfPictureStep *seen = &g_array_index(picture->steps, OfPictureStep, step);
    const bool whole = seen->is_whole && picture->description != NULL;
    OfPicture *copy = g_new(OfPicture, 1);
    *copy = *picture;
    copy->steps = NULL;
    copy->details = NULL;
    copy->id = g_strdup_printf("%s-step-%u", picture->id, step + 1);
    copy->title = g_strdup_printf("%s, up to %s", picture->title != NULL ? picture->title : "", seen->label);
    copy->description = g_strdup_printf("%s%s%s", seen->description, whole ? " " : "", whole ? picture->description : "");
    copy->language = g_strdup(picture->language);
    copy->digest = g_strdup(picture->digest);
    copy->program = g_strdup(picture->program);
    copy->elements = g_ptr_array_new();
    for (guint i = 0; i < picture->elements->len; i++) {
        OfElement *element = element_at(picture->elements->pdata[i], step);
        if (element != NULL) {
            g_ptr_array_add(copy->elements, element);
        }
    }
    return copy;
}
