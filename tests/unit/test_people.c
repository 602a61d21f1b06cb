/* Where people are: chains of stints from openings, declared stints and events. */
#include "seal_fixture.h"

#define LABS       "labs: {a: {}, b: {}, c: {}, d: {}}\n"
#define AT_A       LABS "people: {p: {lab: a}}\nevents:\n"
#define MOVE(keys) "- {type: move, people: [p], " keys "}\n"

static void test_opening(void)
{
    assert_people(LABS "people: {p: {lab: a, since: 2016~, role: Boss}, q: {lab: b}, r: {}}", "p: a(Boss) 2016~..; q: b ..; r:");
    assert_moves(LABS "people: {p: {lab: a, since: 2016~}, q: {lab: b}}", "");
    assert_days(LABS "people: {p: {lab: a, since: 2016}, q: {lab: b}}", "p a 2016-07-01..oo, q b -oo..oo");
    /* What is before `since` cannot be told from `lab`. */
    assert_problems(LABS "people: {p: {lab: a, since: 2016}}\nevents:\n- {date: 2015, type: join, people: [p], to: b}",
                    "5 error before-since");
    assert_problems(LABS "people: {p: {lab: a, since: 2016}}\nevents:\n- {date: 2015, type: leave, people: [p]}",
                    "5 error before-since");
    assert_people(LABS "people: {p: {lab: a, since: 2016}}\nevents:\n- {date: 2016-01-01, type: leave, people: [p]}",
                  "p: a 2016..2016-01-01");
}

static void test_join(void)
{
    assert_people(LABS "people: {p: {}}\nevents:\n- {date: 2023-02, type: join, people: [p], to: b, role: Chief}",
                  "p: b(Chief) 2023-02..");
    assert_moves(LABS "people: {p: {}}\nevents:\n- {date: 2023-02, type: join, people: [p], to: b}", "p >b 2023-02");
    assert_problems(AT_A "- {date: 2023, type: join, people: [p], to: a}", "5 error already-there");
    assert_problems(AT_A "- {date: 2023, type: join, people: [p], to: b}", "5 warning joins-while-elsewhere");
    assert_problems(AT_A "- {date: 2023, type: join, people: [p], to: b, concurrent: true}", "");
    assert_moves(AT_A "- {date: 2023, type: join, people: [p], to: b, concurrent: true}", "p >b 2023 +");
    assert_people(AT_A "- {date: 2023, type: join, people: [p], to: b, concurrent: true}", "p: a .., +b 2023..");
    assert_message(AT_A "- {date: 2023-05, type: join, people: [p], to: b}", "`p` joins `b` on 2023-05 while at `a`");
}

static void test_leave(void)
{
    assert_people(AT_A "- {date: 2023, type: leave, people: [p], from: a}", "p: a ..2023");
    assert_people(AT_A "- {date: 2023, type: leave, people: [p]}", "p: a ..2023");
    assert_moves(AT_A "- {date: 2023, type: leave, people: [p]}", "p a> 2023");
    assert_problems(AT_A "- {date: 2023, type: leave, people: [p], from: b}", "5 error not-at-lab");
    assert_message(AT_A "- {date: 2023, type: leave, people: [p], from: b}", "`p` is not at `b` on 2023, but at `a`");
    assert_problems(LABS "people: {p: {}}\nevents:\n- {date: 2023, type: leave, people: [p]}", "5 error not-at-lab");
    assert_problems(AT_A "- {date: 2023, type: leave, people: [p]}\n- {date: 2024, type: leave, people: [p], from: a}",
                    "6 error not-at-lab");
    assert_message(AT_A "- {date: 2023, type: leave, people: [p]}\n- {date: 2024, type: leave, people: [p], from: a}",
                   "`p` is not at `a` on 2024, but at no lab = they left `a` on 2023");
    assert_problems(AT_A
                    "- {date: 2022, type: join, people: [p], to: b, concurrent: true}\n- {date: 2023, type: leave, people: [p]}",
                    "6 error ambiguous-from");
    assert_message(AT_A
                   "- {date: 2022, type: join, people: [p], to: b, concurrent: true}\n- {date: 2023, type: leave, people: [p]}",
                   "`p` is at `a` and `b` on 2023: it is not clear which one they leave");
}

static void test_move(void)
{
    assert_people(AT_A MOVE("date: 2023, from: a, to: b, role: Chief"), "p: a ..2023, b(Chief) 2023..");
    assert_people(AT_A MOVE("date: 2023, to: b"), "p: a ..2023, b 2023..");
    assert_moves(AT_A MOVE("date: 2023, to: b"), "p a>b 2023");
    assert_problems(AT_A MOVE("date: 2023, from: c, to: b"), "5 error not-at-lab");
    assert_problems(AT_A MOVE("date: 2023, from: a, to: a"), "5 error impossible-event");
    assert_problems(AT_A MOVE("date: 2023, to: a"), "5 error already-there");
    /* One wrong move does not make what follows wrong. */
    assert_problems(AT_A MOVE("date: 2022, from: c, to: b") MOVE("date: 2023, from: b, to: d"), "5 error not-at-lab");
    /* Only one of two concurrent ones is left. */
    assert_people(AT_A "- {date: 2021, type: join, people: [p], to: b, concurrent: true}\n" MOVE("date: 2022, from: a, to: c"),
                  "p: a ..2022, +b 2021.., +c 2022..");
    assert_problems(AT_A "- {date: 2021, type: join, people: [p], to: b, concurrent: true}\n" MOVE("date: 2022, to: c"),
                    "6 error ambiguous-from");
    /* Coming back is a new stint, but not on the very day. */
    assert_people(AT_A MOVE("date: 2022, to: b") MOVE("date: 2023, to: a"), "p: a ..2022, b 2022..2023, a 2023..");
    assert_problems(AT_A "- {date: 2022-05-01, type: leave, people: [p]}\n- {date: 2022-05-01, type: join, people: [p], to: a}",
                    "6 error leaves-and-stays");
    assert_problems(AT_A "- {date: 2022-05, type: leave, people: [p]}\n- {date: 2022-05, type: join, people: [p], to: a}", "");
    assert_problems(AT_A MOVE("date: 2022-05-01, from: a, to: b") MOVE("date: 2022-05-01, from: a, to: c"), "6 error not-at-lab");
}

static void test_parent_and_child(void)
{
    const char *at_child = "labs: {meta: {}, fair: {parent: meta}, b: {}}\npeople: {p: {lab: fair}}\nevents:\n"
                           "- {date: 2023, type: move, people: [p], from: meta, to: b}";
    assert_problems(at_child, "5 error not-at-lab");
    assert_message(at_child, "`p` is not at `meta` on 2023, but at `fair` = they are at `fair`, which is part of `meta`");
    /* The tree of that day counts. */
    assert_message("labs: {meta: {}, fair: {}, b: {}}\npeople: {p: {lab: fair}}\nevents:\n- {date: 2022, type: reparent, lab: "
                   "fair, to: meta}\n"
                   "- {date: 2023, type: move, people: [p], from: meta, to: b}",
                   "part of `meta`");
}

static void test_order(void)
{
    /* Chain first, whatever the order of the lines and the middles of the dates. */
    assert_people(AT_A MOVE("date: 2023, from: c, to: d") MOVE("date: 2023, from: b, to: c") MOVE("date: 2023, from: a, to: b"),
                  "p: a ..2023, b 2023..2023, c 2023..2023, d 2023..");
    assert_people(AT_A MOVE("date: 2023-02, from: b, to: c") MOVE("date: 2023, from: a, to: b"),
                  "p: a ..2023, b 2023..2023-02, c 2023-02..");
    assert_days(AT_A MOVE("date: 2023-02, from: b, to: c") MOVE("date: 2023, from: a, to: b"),
                "p a -oo..2023-02-28, p b 2023-02-28..2023-02-28, p c 2023-02-28..oo");
    /* Ranges that cannot be ordered as required: one mistake, told once. */
    assert_problems(AT_A MOVE("date: 2023-02, from: b, to: c") MOVE("date: 2023-03, from: a, to: b"), "5 error not-at-lab");
    /* What does not follow from it is told. */
    assert_problems(AT_A MOVE("date: 2023-02, from: b, to: c") MOVE("date: 2023-03, from: d, to: b"),
                    "5 error not-at-lab, 6 error not-at-lab");
    /* Where the chain does not say, the earlier day, then the later end, then the key. */
    assert_people(LABS "people: {p: {}}\nevents:\n- {date: 2023-02, type: join, people: [p], to: c, concurrent: true}\n"
                       "- {date: 2023, type: join, people: [p], to: b, concurrent: true}\n",
                  "p: b 2023.., +c 2023-02..");
    assert_people(LABS "people: {p: {}}\nevents:\n- {date: 2023, type: join, people: [p], to: c, concurrent: true, id: x}\n"
                       "- {date: 2023, type: join, people: [p], to: b, concurrent: true, id: y}\n",
                  "p: c 2023.., +b 2023..");
    /* Leaving before joining, so that it is not joining while elsewhere. */
    assert_problems(AT_A "- {date: 2023, type: join, people: [p], to: b}\n- {date: 2023, type: leave, people: [p], from: a}", "");
    /* A loop that the straight way would miss. */
    assert_people(AT_A MOVE("date: 2023, from: a, to: d") MOVE("date: 2023, from: a, to: b") MOVE("date: 2023, from: b, to: a"),
                  "p: a ..2023, b 2023..2023, a 2023..2023, d 2023..");
}

static void test_declared_stints(void)
{
#define STINTS(...) LABS "people:\n  p:\n    stints:\n" __VA_ARGS__
    /* The first is where they are when the story opens. */
    assert_moves(STINTS("    - {lab: a, from: 2014}"), "");
    /* A common day makes a move, on the days that are common. */
    assert_moves(STINTS("    - {lab: a, from: 2014, to: 2023}\n    - {lab: b, from: 2023-06}"), "p a>b 2023-06");
    assert_people(STINTS("    - {lab: a, from: 2014, to: 2023-05/2023-07}\n    - {lab: b, from: 2023-06/2023-08}"),
                  "p: a 2014..2023-06/2023-07, b 2023-06/2023-07..");
    /* So does the day after. */
    assert_moves(STINTS("    - {lab: a, from: 2014, to: 2023-05}\n    - {lab: b, from: 2023-06~}"), "p a>b 2023-05>2023-06~");
    assert_days(STINTS("    - {lab: a, from: 2014-01-01, to: 2023-05}\n    - {lab: b, from: 2023-06~}"),
                "p a 2014-01-01..2023-06-01, p b 2023-06-01..oo");
    /* A gap is a leave and a join. */
    assert_moves(STINTS("    - {lab: a, from: 2014, to: 2023-05}\n    - {lab: b, from: 2023-07}"), "p a> 2023-05, p >b 2023-07");
    /* No end is still there; beginning then is concurrent. */
    assert_problems(STINTS("    - {lab: a, from: 2014}\n    - {lab: b, from: 2023}"), "7 warning joins-while-elsewhere");
    assert_problems(STINTS("    - {lab: a, from: 2014}\n    - {lab: b, from: 2023, concurrent: true}"), "");
    assert_people(STINTS("    - {lab: a, from: 2014, to: 2020}\n    - {lab: b, from: 2016, to: 2018, concurrent: true}\n"
                         "    - {lab: c, from: 2020}"),
                  "p: a 2014..2020, +b 2016..2018, c 2020..");
    assert_moves(STINTS("    - {lab: a, from: 2014}\n    - {lab: b, from: 2016, to: 2018, concurrent: true}\n"
                        "    - {lab: c, from: 2018, concurrent: true}"),
                 "p >b 2016 +, p b>c 2018");
    /* A new role in the same lab is one stint. */
    assert_people(STINTS("    - {lab: a, from: 2014, to: 2018, role: Fellow}\n    - {lab: a, from: 2018, role: Head, lead: true}"),
                  "p: a(Fellow|Head!) 2014..");
    assert_problems(STINTS("    - {lab: a, from: 2014, to: 2018}\n    - {lab: a, from: 2016}"), "7 error already-there");
    assert_problems(STINTS("    - {lab: a, from: 2014, to: 2013}"), "6 error end-before-start");
    assert_people(STINTS("    - {lab: a, to: 2013}\n    - {lab: b, from: 2013}"), "p: a ..2013, b 2013..");
    /* Back to the same lab after a gap. */
    assert_people(STINTS("    - {lab: a, from: 2014, to: 2016}\n    - {lab: a, from: 2018}"), "p: a 2014..2016, a 2018..");
    /* Events add to them. */
    assert_people(STINTS("    - {lab: a, from: 2014}\n") "events:\n- {date: 2020, type: move, people: [p], to: b}",
                  "p: a 2014..2020, b 2020..");
    assert_problems(
        STINTS("    - {lab: a, from: 2014, to: 2019}\n") "events:\n- {date: 2020, type: move, people: [p], from: a, to: b}",
        "8 error not-at-lab");
}

static void test_roles(void)
{
    assert_people(
        AT_A
        "- {date: 2020, type: role, people: [p], lab: a, role: Head}\n- {date: 2021, type: role, people: [p], lab: a, lead: true}\n"
        "- {date: 2022, type: role, people: [p], lab: a, lead: false}",
        "p: a(Head|Head!|Head) ..");
    assert_problems(AT_A "- {date: 2020, type: role, people: [p], lab: b, role: Head}", "5 error not-at-lab");
    assert_people(LABS "people: {p: {lab: a, role: Fellow}}\nevents:\n- {date: 2020, type: move, people: [p], to: b, role: Head}",
                  "p: a(Fellow) ..2020, b(Head) 2020..");
    assert_people(LABS "people: {p: {role: Fellow}}\nevents:\n- {date: 2020, type: join, people: [p], to: b}",
                  "p: b(Fellow) 2020..");
}

static void test_several_people(void)
{
    assert_people(LABS "people: {p: {lab: a}, q: {lab: b}, r: {}}\nevents:\n- {date: 2020, type: move, people: [p, q], to: c}",
                  "p: a ..2020, c 2020..; q: b ..2020, c 2020..; r:");
    assert_problems(LABS "people: {p: {lab: a}, q: {lab: b}}\nevents:\n- {date: 2020, type: move, people: [q, p], from: a, to: c}",
                    "5 error not-at-lab");
}

static void test_aggregated(void)
{
    const char *yaml = LABS "people: {p: {lab: a}}\nevents:\n- {date: 2020, type: move, weight: 120, from: a, to: b}\n"
                            "- {date: 2020, type: join, weight: 7, to: b}\n- {date: 2020, type: leave, weight: 3, from: c}\n"
                            "- {date: 2020, type: move, people: [p], to: b}";
    assert_moves(yaml, "p a>b 2020, 7 >b 2020, 3 c> 2020, 120 a>b 2020");
    assert_people(yaml, "p: a ..2020, b 2020..");
}

static void test_confidence(void)
{
    Sealed sealed = sealed_read(LABS "sources: {s: {}}\npeople: {p: {lab: a}, q: {lab: a, sources: [s]}}\nevents:\n"
                                     "- {date: 2020, type: move, people: [p], to: b, sources: [s], accounts: [{date: 2021}]}\n"
                                     "- {date: 2021, type: move, people: [p], to: c, sources: [s]}");
    const OfStory *story = sealed.story;
    g_assert_nonnull(story);
    g_assert_cmpint(story->moves.items[0]->confidence, ==, OF_CONFIDENCE_DISPUTED);
    g_assert_cmpint(story->moves.items[1]->confidence, ==, OF_CONFIDENCE_CONFIRMED);
    g_assert_cmpint(of_story_find_person(story, "p")->stints.items[0]->confidence, ==, OF_CONFIDENCE_UNVERIFIED);
    g_assert_cmpint(of_story_find_person(story, "q")->stints.items[0]->confidence, ==, OF_CONFIDENCE_CONFIRMED);
    g_assert_true(story->moves.items[0]->item == &story->moves.items[0]->event->item);
    sealed_clear(&sealed);
}

static void test_stints_on(void)
{
    Sealed sealed = sealed_read(AT_A "- {date: 2020-01-01, type: join, people: [p], to: b, concurrent: true}\n"
                                     "- {date: 2021-01-01, type: leave, people: [p], from: a}\n");
    const OfPerson *person = of_story_find_person(sealed.story, "p");
    const OfStint *stints[3];
    const struct {
        int year;
        const char *labs;
    } rows[] = {{2019, "a"}, {2020, "ab"}, {2021, "b"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        guint n = of_person_stints_on(person, of_day_from_civil(rows[i].year, 1, 1), stints, 3);
        g_assert_cmpuint(n, ==, strlen(rows[i].labs));
        for (guint k = 0; k < n; k++) {
            g_assert_cmpint(stints[k]->lab->item.id[0], ==, rows[i].labs[k]);
        }
    }
    g_assert_cmpuint(of_person_stints_on(person, of_day_from_civil(2020, 6, 1), stints, 1), ==, 1);
    g_assert_cmpuint(of_story_find_lab(sealed.story, "b")->stints.n, ==, 1);
    sealed_clear(&sealed);
}

/* Any order of the lines gives the same story. */
static void test_shuffled(void)
{
    static const char *const lines[] = {
        "- {date: 2015, type: join, people: [q], to: a}\n",
        "- {date: 2016, type: move, people: [p, q], from: a, to: b}\n",
        "- {date: 2016~, type: move, people: [p], from: b, to: c}\n",
        "- {date: 2016, type: join, people: [p], to: d, concurrent: true}\n",
        "- {date: 2016/2018, type: role, people: [q], lab: b, role: X, lead: true}\n",
        "- {date: 2018, type: merge, labs: [b, c], to: c}\n",
        "- {date: 2019, type: split, lab: c, into: {a: [p], c: [q]}}\n",
        "- {date: 2019, type: move, people: [p], from: a, to: e}\n",
        "- {date: 2020, type: close, lab: d, to: e}\n",
        "- {date: 2016, type: move, weight: 5, from: a, to: b}\n",
        "- {date: 2016, type: move, weight: 6, from: a, to: b}\n",
    };
    guint order[G_N_ELEMENTS(lines)];
    g_autofree char *first = NULL;
    g_autofree char *first_digest = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        order[i] = i;
    }
    for (guint round = 0; round < 100; round++) {
        g_autoptr(GString) yaml =
            g_string_new("labs: {a: {}, b: {}, c: {}, d: {}, e: {}}\npeople: {p: {lab: a}, q: {}}\nevents:\n");
        for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
            g_string_append(yaml, lines[order[i]]);
        }
        Sealed sealed = sealed_read(yaml->str);
        g_autofree char *messages = tell_messages(sealed.diagnostics);
        if (sealed.story == NULL) {
            g_error("%s", messages);
        }
        g_autofree char *people = tell_people(sealed.story);
        g_autofree char *days = tell_days(sealed.story);
        g_autofree char *moves = tell_moves(sealed.story);
        g_autofree char *all = g_strjoin("\n", people, days, moves, NULL);
        if (first == NULL) {
            g_assert_cmpstr(people, ==,
                            "p: a ..2016, +d 2016..2020, +b 2016..2016~, +c 2016~..2019, +a 2019..2019, +e 2019..; "
                            "q: a 2015..2016, b(X!) 2016..2018, c 2018..");
            first = g_strdup(all);
            first_digest = g_strdup(of_story_digest(sealed.story));
        }
        g_assert_cmpstr(all, ==, first);
        g_assert_cmpstr(of_story_digest(sealed.story), ==, first_digest);
        sealed_clear(&sealed);
        for (guint i = G_N_ELEMENTS(lines) - 1; i > 0; i--) {
            guint k = (guint) g_test_rand_int_range(0, (gint32) i + 1);
            guint kept = order[i];
            order[i] = order[k];
            order[k] = kept;
        }
    }
}

/* Dates that touch without a common day leave no room for anything between them. */
static void test_edges(void)
{
    const char *closed = "labs: {a: {closed: 2018}}\npeople: {p: {lab: a, since: 2019}}";
    assert_people(closed, "p: a 2019..");
    assert_problems(closed, "3 warning outside-lifetime");
    const char *touching =
        "labs: {a: {}, b: {closed: 2020-07}}\npeople: {p: {stints: [{lab: a, to: 2020}, {lab: b, from: 2021~}]}}";
    assert_people(touching, "p: a ..2020, b 2021~..");
    assert_problems(touching, "3 warning outside-lifetime");
    assert_problems(LABS "people: {p: {stints: [{lab: a, to: 2020}, {lab: b, from: 2021}]}}\nevents:\n"
                         "- {date: 2020-12-31, type: role, people: [p], lab: a, role: x}\n"
                         "- {date: 2021-01-01, type: role, people: [p], lab: b, role: x}",
                    "");
    assert_problems(LABS "people: {p: {stints: [{lab: a, to: 2020}, {lab: b, from: 2021}]}}\nevents:\n"
                         "- {date: 2020-12-31, type: role, people: [p], lab: b, role: x}",
                    "5 error not-at-lab");
}

/* Second places and what is told of those before. */
static void test_places(void)
{
    Sealed sealed = sealed_read(AT_A MOVE("date: 2021, to: b") MOVE("date: 2022, from: a, to: c"));
    const OfDiagnostic *problem = of_diagnostics_get(sealed.diagnostics, 0);
    g_assert_cmpuint(problem->place.line, ==, 6);
    g_assert_cmpuint(problem->other.line, ==, 5);
    sealed_clear(&sealed);
}

/* Labs that merge into each other, one after another, with all their people: the product is bounded. */
static void test_bound_on_endings(void)
{
    g_autoptr(GString) yaml = g_string_new("labs:\n");
    for (guint i = 0; i <= 1001; i++) {
        g_string_append_printf(yaml, " l%u: {}\n", i);
    }
    g_string_append(yaml, "people:\n");
    for (guint i = 0; i < 2000; i++) {
        g_string_append_printf(yaml, " p%u: {lab: l0}\n", i);
    }
    g_string_append(yaml, "events:\n");
    for (guint i = 0; i <= 1000; i++) {
        g_string_append_printf(yaml, "- {date: %u, type: merge, labs: [l%u], to: l%u}\n", 1000 + i, i, i + 1);
    }
    assert_problems(yaml->str, "0 limit error too-many-moves");
}

/* A hundred thousand moves of one person on one date, in any order of lines. */
static void test_many(void)
{
    enum { N = 100000 };
    g_autoptr(GString) yaml = g_string_new("labs:\n");
    for (guint i = 0; i <= N; i++) {
        g_string_append_printf(yaml, " l%u: {}\n", i);
    }
    g_string_append(yaml, "people:\n p: {lab: l0}\nevents:\n");
    for (guint i = 0; i < N; i++) {
        guint k = (guint) (((guint64) i * 7919) % N);
        g_string_append_printf(yaml, "- {date: 2023, type: move, people: [p], from: l%u, to: l%u}\n", k, k + 1);
    }
    Sealed sealed = sealed_read(yaml->str);
    g_assert_nonnull(sealed.story);
    const OfPerson *person = of_story_find_person(sealed.story, "p");
    g_assert_cmpuint(person->stints.n, ==, N + 1);
    g_assert_cmpstr(person->stints.items[N]->lab->item.id, ==, "l100000");
    sealed_clear(&sealed);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/people/opening", test_opening);
    g_test_add_func("/people/join", test_join);
    g_test_add_func("/people/leave", test_leave);
    g_test_add_func("/people/move", test_move);
    g_test_add_func("/people/parent-and-child", test_parent_and_child);
    g_test_add_func("/people/order", test_order);
    g_test_add_func("/people/declared-stints", test_declared_stints);
    g_test_add_func("/people/roles", test_roles);
    g_test_add_func("/people/several-people", test_several_people);
    g_test_add_func("/people/aggregated", test_aggregated);
    g_test_add_func("/people/confidence", test_confidence);
    g_test_add_func("/people/stints-on", test_stints_on);
    g_test_add_func("/people/shuffled", test_shuffled);
    g_test_add_func("/people/edges", test_edges);
    g_test_add_func("/people/places", test_places);
    g_test_add_func("/people/bound-on-endings", test_bound_on_endings);
    g_test_add_func("/people/many", test_many);
    return g_test_run();
}
