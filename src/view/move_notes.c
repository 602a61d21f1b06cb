/* What the view `moves` writes at its labs: how many people there are, and what became of the lab. */
#include "view/moves.h"
#include "view/steps.h"

static void clear_note(gpointer data)
{
    g_free(((OfMovesNote *) data)->text);
}

/* People at a lab by the end of a day. */
static guint count_on(const OfMovesNote *note, OfDay day)
{
    const OfMovesLab *known = &note->moves->labs[note->lab->index];
    const GArray *steps = note->moves->drawing->steps;
    for (guint k = 0; steps != NULL && k < steps->len; k++) {
        if (g_array_index(steps, OfStep, k).day == day) {
            const OfMovesCount *count =
                &g_array_index(note->moves->counts, OfMovesCount, k * note->moves->drawing->story->labs.n + note->lab->index);
            return note->within ? count->within : count->itself;
        }
    }
    return note->within ? known->after_within : known->after;
}

/* "14 → 3 people": at the beginning of the window and on a day. Or NULL. */
static char *count_text(const OfMovesNote *note, OfDay day)
{
    const OfMovesLab *known = &note->moves->labs[note->lab->index];
    const guint first = note->within ? known->before_within : known->before, last = count_on(note, day);
    if (first == last) {
        return last > 0 ? of_text_people(last) : NULL;
    }
    g_autofree char *people = of_text_people(last);
    return g_strdup_printf("%u → %s", first, people);
}

char **of_moves_note_on(gconstpointer data, OfDay day)
{
    const OfMovesNote *note = data;
    if (!note->counts && note->day > day) {
        return NULL;
    }
    g_autofree char *text = note->counts ? count_text(note, day) : g_strdup(note->text);
    if (text != NULL && note->width > 0) {
        return of_fonts_wrap(note->moves->drawing->fonts, OF_FACE_REGULAR, OF_SIZE_NOTE, text, note->width);
    }
    char *lines[] = {text != NULL ? g_strconcat("   ", text, NULL) : NULL, NULL}; /* behind a name */
    return text != NULL ? g_memdup2(lines, sizeof lines) : NULL;
}

static void add_note(GArray *notes, const OfMovesNote *like, char *text, OfDay day)
{
    OfMovesNote note = *like;
    note.text = text;
    note.day = day;
    g_array_append_val(notes, note);
}

/* Where the lines do not say as much. */
static void add_count(GArray *notes, const OfMovesNote *like)
{
    const OfMovesLab *known = &like->moves->labs[like->lab->index];
    const guint first = like->within ? known->before_within : known->before,
                last = like->within ? known->after_within : known->after;
    if (known->unnamed || (first < 2 && last < 2)) {
        return;
    }
    OfMovesNote count = *like;
    count.counts = true;
    add_note(notes, &count, count_text(&count, OF_DAY_MAX), OF_DAY_MIN);
}

static void add_parents(GArray *notes, const OfMovesNote *like)
{
    const OfLab *lab = like->lab;
    const OfSelection *selection = &like->moves->drawing->selection;
    const OfLab *shown = of_moves_parent(like->moves, lab);
    for (guint i = 0; i < lab->parents.n; i++) {
        const OfLabState *state = lab->parents.items[i], *next = i + 1 < lab->parents.n ? lab->parents.items[i + 1] : NULL;
        const bool ends = next != NULL && next->day <= selection->to, begins = state->event != NULL && state->day > selection->from;
        if (state->day > selection->to || state->parent == shown || (ends && next->day <= selection->from) || (!begins && !ends)) {
            continue;
        }
        g_autofree char *day = of_date_display(begins ? &state->date : &next->date);
        g_autofree char *where =
            state->parent != NULL ? g_strdup_printf("in %s", of_lab_name_on(state->parent, selection->to)) : g_strdup("on its own");
        add_note(notes, like, g_strdup_printf("%s %s %s", where, begins ? "from" : "until", day), begins ? state->day : next->day);
    }
}

GArray *of_moves_lab_notes(const OfMoves *moves, const OfLab *lab, bool within, bool with_notes, double width)
{
    const OfSelection *selection = &moves->drawing->selection;
    const char *name = of_lab_name_on(lab, selection->to);
    const OfMovesNote like = {.moves = moves, .lab = lab, .within = within, .width = width};
    GArray *notes = g_array_new(FALSE, FALSE, sizeof(OfMovesNote));
    g_array_set_clear_func(notes, clear_note);
    add_count(notes, &like);
    for (guint i = 0; with_notes && i + 1 < lab->names.n; i++) {
        const OfLabState *earlier = lab->names.items[i], *next = lab->names.items[i + 1];
        if (next->day > selection->from && next->day <= selection->to && !g_str_equal(earlier->name, name)) {
            g_autofree char *until = of_date_display(&next->date);
            add_note(notes, &like, g_strdup_printf("until %s: %s", until, earlier->name), next->day);
        }
    }
    if (with_notes) {
        add_parents(notes, &like);
    }
    if (with_notes && of_date_is_set(&lab->end) && lab->end_day <= selection->to) {
        g_autofree char *end = of_date_display(&lab->end);
        add_note(notes, &like, g_strdup_printf("until %s", end), lab->end_day);
    }
    return notes;
}
