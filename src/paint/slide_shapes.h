/* Shapes of a display list as shapes of DrawingML. Private to the painter `pptx`. */
#ifndef OF_PAINT_SLIDE_SHAPES_H
#define OF_PAINT_SLIDE_SHAPES_H

#include "paint/template.h"
#include "paint/xml.h"
#include "picture/picture.h"

/* A frame in points. */
typedef struct {
    double left, top, right, bottom;
} OfSlideBox;

/* What a shape is called and does. */
typedef struct {
    guint id;                /* unique on the slide */
    const char *name;        /* literal */
    const char *description; /* alt text, literal, or NULL */
    const char *link;        /* id of a relationship, or NULL */
} OfSlideName;

/* What all shapes of a slide share. */
typedef struct {
    const char *language;       /* BCP 47, or NULL */
    const OfTemplate *template; /* whose colours and font are meant where they are the same, or NULL */
} OfSlideStyle;

/* Ends of a connector: ids of shapes and the number of one of their connection sites; id 0: not glued. */
typedef struct {
    guint id, site;
} OfSlideGlue;

/* Whether anything of a shape is seen. */
bool of_slide_shape_is_seen(const OfShape *shape);

/* The frame of a shape, of text as high as its font. */
OfSlideBox of_slide_shape_box(const OfShape *shape);
OfSlideBox of_slide_box_join(OfSlideBox a, OfSlideBox b);
extern const OfSlideBox of_slide_box_none;

/* Writes the frame `a:xfrm` in whole units. inner: of a group, the frame of what is in it in its own units, else NULL. */
void of_slide_write_frame(OfXml *xml, OfSlideBox box, const OfSlideBox *inner);

/* Writes the attributes of `p:cNvPr` as an element. */
void of_slide_write_name(OfXml *xml, const OfSlideName *name);

/* Writes a shape (`p:sp`). */
void of_slide_write_shape(OfXml *xml, const OfShape *shape, const OfSlideName *name, const OfSlideStyle *style);

/* Writes lines of text as the slide's title, which programs list slides by. frame: where it stands. */
void of_slide_write_title(OfXml *xml, const OfShape *const *lines, guint n, OfSlideBox frame, const OfSlideName *name,
                          const OfSlideStyle *style);

/* Writes text into the title that the layout has a place and a look for. */
void of_slide_write_layout_title(OfXml *xml, const char *text, const OfSlideName *name, const OfSlideStyle *style);

/* Writes a line as a connector (`p:cxnSp`). */
void of_slide_write_connector(OfXml *xml, const OfShape *shape, const OfSlideName *name, OfSlideGlue begin, OfSlideGlue end,
                              const OfSlideStyle *style);

/* The connection site of an outline nearest to a point. */
guint of_slide_shape_site(const OfShape *shape, OfPoint point);

#endif
