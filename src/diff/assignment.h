/* Pairing of what has no id, by what it says. */
#ifndef OF_DIFF_ASSIGNMENT_H
#define OF_DIFF_ASSIGNMENT_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

/* What is compared to tell whether two things may be the same one. */
typedef struct {
    const char *date;           /* the member that holds its date */
    const char *const *owners;  /* NULL-terminated members; the first that is there says whose it is. Empty: nobody's */
    const char *const *telling; /* NULL-terminated members of which one shared makes two things alike */
    const char *type;           /* the member that both must share, or NULL */
} OfLikeness;

/* One thing that is looked for on the other side. */
typedef struct {
    const char *text;   /* its fields, canonical; borrowed */
    const char *id;     /* or NULL; two things with ids are never paired here. Borrowed */
    JsonObject *fields; /* the same as text; borrowed; made by of_assignment_prepare() */
    GPtrArray *owners;  /* of char *, sorted: type and owner */
    JsonNode *node;     /* holds fields */
    gint mate;          /* index on the other side, or -1 */
} OfCandidate;

/* Pairs equal things first, then those of one owner and type that share their date or a telling member, by least cost: exactly
 * (H. W. Kuhn, "The Hungarian method for the assignment problem", 1955, in the form with potentials) among at most 64 on each side
 * that hang together by their owners, else step by step: all equal but the date, the same date, the same telling members. The result is the
 * same with the sides swapped, and depends on nothing but what the candidates say. Sets mate in both arrays (of OfCandidate, with
 * text, id and mate == -1 set by the caller). */
void of_assignment_pair(GArray *from, GArray *to, const OfLikeness *likeness);

/* Clears what pairing made in a candidate; a GDestroyNotify for arrays. */
void of_candidate_clear(gpointer candidate);

#endif
