/* What slides are added to: a presentation without slides, orgflow's own or a caller's template. Private to the painter `pptx`. */
#ifndef OF_PAINT_PPTX_BASE_H
#define OF_PAINT_PPTX_BASE_H

#include "paint/part.h"
#include "paint/template.h"

#define OF_PPTX_TYPE_BASE "application/vnd.openxmlformats-officedocument."

typedef struct OfPptxBase OfPptxBase;

/* template: NULL for orgflow's own. error: OF_ERROR_DATA. */
OfPptxBase *of_pptx_base_new(const OfTemplate *template, GError **error);
void of_pptx_base_free(OfPptxBase *base); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfPptxBase, of_pptx_base_free)

/* Sets the size of all slides, points. */
void of_pptx_base_set_size(OfPptxBase *base, double width, double height);

/* Adds a slide with its notes: parts of XML, and targets of their relationships `link1`, `link2` … */
void of_pptx_base_add_slide(OfPptxBase *base, const char *slide, const GPtrArray *links, const char *notes,
                            const GPtrArray *note_links);

/* Sets the part that tells of the whole document. */
void of_pptx_base_set_properties(OfPptxBase *base, const char *properties);

/* Completes the package, and gives its bytes. error: OF_ERROR_ENVIRONMENT. Owned by the caller. */
GBytes *of_pptx_base_write(OfPptxBase *base, GError **error);

#endif
