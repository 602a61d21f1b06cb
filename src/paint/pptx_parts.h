/* The fixed parts of a presentation: theme, master, layout with a title, notes' master. Private to the painter `pptx`. */
#ifndef OF_PAINT_PPTX_PARTS_H
#define OF_PAINT_PPTX_PARTS_H

typedef struct {
    const char *name, *text;
} OfFixedPart;

/* Ended by a row whose name is NULL. */
extern const OfFixedPart of_pptx_fixed_parts[];

/* The text of one of them. Static. */
const char *of_pptx_fixed_part(const char *name);

#endif
