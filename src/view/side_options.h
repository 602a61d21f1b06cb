/* Options of a drawing of two revisions, as one of them understands them. */
#ifndef OF_VIEW_SIDE_OPTIONS_H
#define OF_VIEW_SIDE_OPTIONS_H

#include "model/options.h"
#include "view/revisions.h"

/* A copy in which ids are those of one side (old: the earlier one): what is called otherwise there goes by that name, what only the other
 * side knows is left out, and what neither knows stays for the selection to refuse. A list that becomes empty lets nothing through. Owned
 * by the caller. */
OfOptions *of_options_for_side(const OfOptions *options, const OfRevisions *revisions, bool old);

#endif
