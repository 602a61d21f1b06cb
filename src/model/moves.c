/* The list of elementary changes of affiliation. */
#include "model/people.h"

#include <string.h>

void of_people_add_move(OfPeople *people, const OfMove *move)
{
    g_ptr_array_add(people->moves, of_arena_copy(people->build->arena, move, sizeof *move));
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

/* By day, then person; sorting is stable, so that one person's moves of one day stay in the order they were made in. */
static int compare_moves(gconstpointer a, gconstpointer b)
{
    const OfMove *x = *(const OfMove *const *) a, *y = *(const OfMove *const *) b;
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    if (x->person == NULL || y->person == NULL) {
        return x->person != y->person ? (x->person == NULL ? 1 : -1) : strcmp(x->item->key, y->item->key);
    }
    return x->person->index < y->person->index ? -1 : x->person->index > y->person->index;
}

void of_people_give_moves(OfPeople *people)
{
    OfStory *story = &people->build->story;
    add_aggregated(people);
    g_ptr_array_sort(people->moves, compare_moves);
    story->moves.items = of_arena_copy(people->build->arena, people->moves->pdata, people->moves->len * sizeof(gpointer));
    story->moves.n = people->moves->len;
}
