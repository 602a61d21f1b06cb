/* The sections of a file: which items stand in it, which come and go. Private to edit/. */
#ifndef OF_EDIT_SECTIONS_H
#define OF_EDIT_SECTIONS_H

#include "diff/draft.h"
#include "edit/fields.h"

/* An entry of the draft on its way into a file. */
typedef struct {
    const OfDraftEntry *entry;
    guint file; /* the index of the file that it stands in, or that it is put into */
    OfEditDepth depth;
} OfPlacedEntry;

/* One file that is edited. */
typedef struct {
    OfSourceText text; /* its bytes belong to it; no index */
    OfMarks *marks;
    bool is_json;
    guint first[OF_N_KINDS]; /* how many items of a kind stand in the files before it */
    guint n[OF_N_KINDS];     /* how many stand in it */
    bool rewrites;           /* changed sections are written anew */
    OfTextEdits *edits[OF_MOST_VERSIONS];
} OfEditedText;

/* The draft by files. */
typedef struct {
    const OfDraft *draft;
    GPtrArray *files;             /* of OfEditedText */
    GArray *placed;               /* of OfPlacedEntry: one an entry of the draft */
    GArray *standing[OF_N_KINDS]; /* of guint: indices in placed of the items that stand in the files, in their order */
    GArray *coming[OF_N_KINDS];   /* of guint: indices in placed of what is new */
} OfPlacedDraft;

/* The file's mark of a section, or NULL; its index among the root's children in index, unless that is NULL. */
OfMark *of_section_find(const OfEditedText *file, OfItemKind kind, guint *index);

/* Adds to a file's edits those that lead to one version. Returns false where its YAML is in a form that cannot be edited. */
bool of_sections_edit(const OfPlacedDraft *placed, guint file, guint version);

#endif
