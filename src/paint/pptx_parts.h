/* The fixed parts of a presentation: theme, master, layout with a title, notes' master. Private to the painter `pptx`. */
#ifndef OF_PAINT_PPTX_PARTS_H
#define OF_PAINT_PPTX_PARTS_H

typedef struct {
    const char *name, *content_type; /* content_type NULL: a relationship part */
    const char *text;
} OfFixedPart;

/* Ended by a row whose name is NULL. */
extern const OfFixedPart of_pptx_fixed_parts[];

#endif
