/* Stays within labs and their children. */
#include "model/presence.h"
#include "seal_fixture.h"

/* "p meta 2020-07-01..oo": the first person's stays, lab by lab. */
static char *tell_stays(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->people.n; i++) {
        g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(OfPresence));
        g_autoptr(GArray) alone = g_array_new(FALSE, FALSE, sizeof(OfPresence));
        of_presence_list(stays, story->people.items[i], NULL, NULL);
        for (guint k = 0; k < stays->len; k++) {
            const OfPresence *stay = &g_array_index(stays, OfPresence, k);
            g_string_append_printf(text, "%s%s %s ", text->len > 0 ? "; " : "", story->people.items[i]->item.id,
                                   stay->lab->item.id);
            append_day(text, stay->begin);
            g_string_append(text, "..");
            append_day(text, stay->end);
            g_string_append(text, stay->begins_known ? "" : " (from the beginning)");
            of_presence_list(alone, story->people.items[i], stay->lab, NULL);
            g_assert_cmpint(g_array_index(alone, OfPresence, 0).lab == stay->lab, ==, true);
        }
    }
    return g_string_free(text, FALSE);
}

static void test_children(void)
{
    assert_story(
        "labs: {meta: {}, fair: {parent: meta}, genai: {parent: meta}, b: {}}\npeople:\n"
        "  p: {stints: [{lab: fair, from: 2020-01-01, to: 2023-05-01}, {lab: genai, from: 2023-05-01, to: 2024-01-01}, {lab: b, "
        "from: 2024-01-01}]}\n",
        tell_stays,
        "p b 2024-01-01..oo; p fair 2020-01-01..2023-05-01; p genai 2023-05-01..2024-01-01; p meta 2020-01-01..2024-01-01");
}

static void test_returns(void)
{
    assert_story("labs: {a: {}, b: {}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2021-01-01, type: move, people: [p], to: b}\n"
                 "- {date: 2022-01-01, type: move, people: [p], to: a}\n",
                 tell_stays, "p a -oo..2021-01-01 (from the beginning); p a 2022-01-01..oo; p b 2021-01-01..2022-01-01");
}

/* A lab that changes its place ends the stay at the one and begins that at the other. */
static void test_reparent(void)
{
    assert_story("labs: {a: {}, b: {}, c: {parent: a}}\npeople: {p: {stints: [{lab: c, from: 2020-01-01}]}}\n"
                 "events: [{date: 2021-01-01, type: reparent, lab: c, to: b}, {date: 2022-01-01, type: reparent, lab: c, to: a}]\n",
                 tell_stays, "p a 2020-01-01..2021-01-01; p a 2022-01-01..oo; p b 2021-01-01..2022-01-01; p c 2020-01-01..oo");
}

/* Two stints at once within one lab are one stay. */
static void test_concurrent(void)
{
    assert_story("labs: {a: {}, b: {parent: a}, c: {parent: a}}\npeople: {p: {stints: [{lab: b, from: 2020-01-01, to: 2022-01-01}, "
                 "{lab: c, from: 2021-01-01, to: 2021-06-01, concurrent: true}]}}\n",
                 tell_stays, "p a 2020-01-01..2022-01-01; p b 2020-01-01..2022-01-01; p c 2021-01-01..2021-06-01");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/presence/children", test_children);
    g_test_add_func("/presence/returns", test_returns);
    g_test_add_func("/presence/reparent", test_reparent);
    g_test_add_func("/presence/concurrent", test_concurrent);
    return g_test_run();
}
