/* The list of elementary changes of affiliation. */
#include "model/people.h"

#include "base/keyed.h"
#include <string.h>

void of_people_add_move(OfPeople *people, const OfMove *move)
{
    const OfKeyed entry = {
        of_arena_copy(people->build->arena, move, sizeof *move),
        of_key_from_pair(move->day, move->person != NULL ? (gint32) move->person->index : G_MAXINT32),
    };
    g_array_append_val(people->moves, entry);
}

static void add_aggregated(OfPeople *people)
{
    static const OfMoveKind kinds[] = {
        [OF_EVENT_JOIN] = OF_MOVE_JOIN, [OF_EVENT_LEAVE] = OF_MOVE_LEAVE, [OF_EVENT_MOVE] = OF_MOVE_MOVE};
    const OfStory *story = &people->build->story;
    for (guint i = 0; i < story->events.n; i++) {
        const OfEvent *event = story->events.items[i];
        if (event->type < G_N_ELEMENTS(kinds) && event->people.n == 0 && event->weight > 0) {
            OfMove move = {
                .kind = kinds[event->type],
                .weight = event->weight,
                .from = event->from,
                .to = event->to,
                .date = event->date,
                .day = event->day,
                .arrival = event->date,
                .confidence = event->item.confidence,
                .event = event,
                .item = &event->item,
            };
            of_people_add_move(people, &move);
        }
    }
}

/* Of one day. Sorting is stable, so that one person's moves stay in the order they were made in; aggregated ones are in the
 * order of their keys. */
static int compare_moves(gconstpointer a, gconstpointer b)
{
    const OfMove *x = *(const OfMove *const *) a, *y = *(const OfMove *const *) b;
    return x->person == NULL && y->person == NULL ? strcmp(x->item->key, y->item->key) : 0;
}

void of_people_give_moves(OfPeople *people)
{
    OfStory *story = &people->build->story;
    const guint n_personal = people->moves->len;
    add_aggregated(people);
    OfKeyed *moves = (OfKeyed *) (gpointer) people->moves->data;
    const guint n = people->moves->len;
    of_keyed_sort(moves, n);
    of_keyed_settle(moves, n, compare_moves);
    const OfMove **items = of_arena_new_array(people->build->arena, const OfMove *, n);
    const OfMove **aggregated = of_arena_new_array(people->build->arena, const OfMove *, n - n_personal);
    story->aggregated.items = aggregated;
    for (guint i = 0; i < n; i++) {
        items[i] = moves[i].item;
        if (n > n_personal && items[i]->person == NULL) {
            aggregated[story->aggregated.n++] = items[i];
        }
    }
    story->moves.items = items;
    story->moves.n = n;
}
