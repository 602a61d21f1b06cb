/* Changing a text in place: bytes that are replaced, and elements of collections that come and go in the style of their siblings. */
#ifndef OF_TEXT_EDITS_H
#define OF_TEXT_EDITS_H

#include "text/marks.h"

/* The bytes from start to end give way to text; an insertion where both are the same. */
typedef struct {
    gsize start, end;
    char *text;
} OfTextEdit;

/* Edits of one text, in the order in which they were added. */
typedef struct {
    const OfSourceText *text; /* borrowed */
    const char *newline;      /* as the text ends its lines */
    GArray *list;             /* of OfTextEdit */
} OfTextEdits;

OfTextEdits *of_edits_new(const OfSourceText *text);
void of_edits_free(OfTextEdits *edits); /* takes NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfTextEdits, of_edits_free)

/* Takes text over. */
void of_edits_add(OfTextEdits *edits, gsize start, gsize end, char *text);

/* Sorts them by place; of insertions at one place the earlier added comes first. Returns false where two overlap. */
bool of_edits_sort(OfTextEdits *edits);

/* The index of the first sorted edit that begins at a place or behind it. */
guint of_edits_find(const OfTextEdits *edits, gsize start);

/* Appends the text from start to end with those sorted edits done that lie in it, bounds included. */
void of_edits_apply(const OfTextEdits *edits, gsize start, gsize end, GString *out);

/* The beginning of the line that holds a byte; the beginning of the line behind it, or the end of the text. */
gsize of_line_start(const OfSourceText *text, gsize at);
gsize of_line_next(const OfSourceText *text, gsize at);

/* Whether nothing but blanks stands before a byte on its line. */
bool of_line_begins_at(const OfSourceText *text, gsize at);

/* What comes into a collection. */
typedef struct {
    int after; /* the index of the element behind which it is put; -1: before the first */
    char *
        text; /* the element: of a mapping with its key. In a block its lines end with "\n" but for the last, and are indented here */
} OfNewElement;

/* Removes elements and puts in others (of OfNewElement, in their order). An element of a mapping is a key with its value. removed: a
 * flag an element. Its comments at the end of its lines go with an element. What is left empty becomes `{}` or `[]`. Changes of what stands within
 * the elements are to be added before. Returns false where the collection is written in a way that cannot be edited; then nothing is added. */
bool of_edits_change_collection(OfTextEdits *edits, OfMark *mark, const bool *removed, const GArray *added);

/* Gives a key another value: one line, in flow style. */
void of_edits_set_value(OfTextEdits *edits, const OfMark *key, const OfMark *value, const char *text);

#endif
