/* Renames that nobody declared, guessed by likeness. Private to diff/. */
#ifndef OF_DIFF_LIKELY_H
#define OF_DIFF_LIKELY_H

#include "diff/matching.h"

/* Pairs items of a kind that have different ids and no mate but are alike by `likeness` percent or more: what both say alike, over all that either
 * says, what tells items apart counted more; whose ORCID iD or Wikidata item differs are two. Pairs must share something that tells them apart, such as
 * a name, a title, a URL or a career; a value that more than 100 items of a side share tells nothing. The most alike pair comes first; the result is
 * the same with the sides swapped. Says of each pair why, and notes its rename. */
void of_sides_match_likely(OfSide *from, OfSide *to, OfItemKind kind, guint likeness);

#endif
