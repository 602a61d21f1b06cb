/* What a page's script works with, as JSON. */
#ifndef OF_PAINT_PAGE_DATA_H
#define OF_PAINT_PAGE_DATA_H

#include "picture/change_list.h"
#include "picture/picture.h"

/* A view of a page. */
typedef struct {
    const char *name;
    const OfPicture *picture; /* with the id that it has in the page */
    OfPicture *const *panels; /* of a difference its panels, else the one picture: whose details are told */
    guint n_panels;
} OfPageView;

/* The views of a page by the ids that their pictures have in it, their steps and panels, and the details of all of them, each item and fact once:
 *
 *     {"views": [{"id": prefix, "name": …, "pace": seconds, "steps": [[day, label, description, cut or null], …],
 *                 "panels": [{"name": "before", "title", "subtitle", "description"}]}],
 *      "sides": [name of the old revision, of the new one],
 *      "items": {"person:lample": {"name", "about", "note", "url", "sources"}},
 *      "facts": [{"event" or "claim", "day", "date", "text", "note", "url", "confidence", "items", "because", "sources"}]}
 *
 * What there is nothing to say of is left out, and so is the confidence "confirmed". `items` and `sources` are places in the list of items,
 * from 0; a fact that is neither event nor claim is a stay. It can stand in a `script` of HTML: `<` is escaped. changes: or NULL. listed: ids
 * of sources whose name and link the page's own lists tell. Owned by the caller. */
char *of_page_data_write(const OfPageView *views, guint n, const OfChangeList *changes, GHashTable *listed, double pace);

#endif
