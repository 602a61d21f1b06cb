/* Labs over time: lifetimes, the tree, stances, names, leads, causes; and what their ends do to people. */
#include "seal_fixture.h"

#define PEOPLE "people: {p: {lab: a}, q: {lab: b}}\n"
#define ABC    "labs: {a: {}, b: {}, c: {}}\n" PEOPLE "events:\n"

/* "a 2020..2021 [2020-07-01..oo]": lifetimes, as dates and as drawn. */
static char *tell_lifetimes(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        g_string_append_printf(text, "%s%s ", i > 0 ? ", " : "", lab->item.id);
        append_date(text, &lab->begin);
        g_string_append(text, "..");
        append_date(text, &lab->end);
        g_string_append(text, " [");
        append_day(text, lab->begin_day);
        g_string_append(text, "..");
        append_day(text, lab->end_day);
        g_string_append(text, "]");
    }
    return g_string_free(text, FALSE);
}

static void append_states(GString *text, const OfLabState *const *states, guint n, const char *(*word)(const OfLabState *state))
{
    for (guint i = 0; i < n; i++) {
        g_string_append_c(text, ' ');
        append_day(text, states[i]->day);
        g_string_append_printf(text, "=%s", word(states[i]));
    }
}

static const char *stance_word(const OfLabState *state)
{
    return state->strategy->item.id;
}

static const char *name_word(const OfLabState *state)
{
    return state->name;
}

static const char *parent_word(const OfLabState *state)
{
    return state->parent != NULL ? state->parent->item.id : "";
}

static const char *lead_word(const OfLabState *state)
{
    return state->person != NULL ? state->person->item.id : "";
}

static char *tell_states(const OfStory *story, guint kind)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        g_string_append_printf(text, "%s%s:", i > 0 ? "; " : "", lab->item.id);
        if (kind == 0) {
            append_states(text, lab->stances.items, lab->stances.n, stance_word);
        } else if (kind == 1) {
            append_states(text, lab->names.items, lab->names.n, name_word);
        } else if (kind == 2) {
            append_states(text, lab->parents.items, lab->parents.n, parent_word);
        } else {
            append_states(text, lab->leads.items, lab->leads.n, lead_word);
        }
    }
    return g_string_free(text, FALSE);
}

static char *tell_stances(const OfStory *story)
{
    return tell_states(story, 0);
}

static char *tell_names(const OfStory *story)
{
    return tell_states(story, 1);
}

static char *tell_parents(const OfStory *story)
{
    return tell_states(story, 2);
}

static char *tell_leads(const OfStory *story)
{
    return tell_states(story, 3);
}

static void test_lifetimes(void)
{
    assert_story("labs: {a: {founded: 2020, closed: 2022-03}, b: {}}", tell_lifetimes,
                 "a 2020..2022-03 [2020-07-01..2022-03-16], b .. [-oo..oo]");
    assert_problems("labs: {a: {founded: 2022, closed: 2020}}", "2 error end-before-start");
    assert_problems("labs: {a: {founded: 2022, closed: 2022}}", "");
    /* What surely happens in a lab holds its beginning and end where they can be. */
    assert_story("labs: {a: {founded: 2020, closed: 2022}}\nevents:\n- {date: 2020-02-01, type: note, lab: a, title: x}\n"
                 "- {date: 2022-11-01, type: note, lab: a, title: y}",
                 tell_lifetimes, "a 2020..2022 [2020-02-01..2022-11-01]");
    /* An event and a key that say the same agree as ranges: what is common to both counts. */
    assert_story("labs: {a: {founded: 2020, closed: 2022}}\nevents:\n- {date: 2020-03, type: found, lab: a}\n"
                 "- {date: 2021-12/2022-02, type: close, lab: a}",
                 tell_lifetimes, "a 2020-03..2022-01/2022-02 [2020-03-16..2022-01-30]");
    assert_problems("labs: {a: {founded: 2020}}\nevents:\n- {date: 2021, type: found, lab: a}", "2 error dates-disagree");
    assert_problems("labs: {a: {closed: 2020}}\nevents:\n- {date: 2021, type: close, lab: a}", "2 error dates-disagree");
    assert_message("labs: {a: {founded: 2020}}\nevents:\n- {date: 2021, type: found, lab: a}",
                   "`founded` of `a` is 2020, but the event `found:a:2021` says 2021");
    assert_problems("labs: {a: {}}\nevents:\n- {date: 2020, type: found, lab: a}\n- {date: 2021, type: found, lab: a}",
                    "5 error founded-twice");
    assert_problems("labs: {a: {}, b: {}}\nevents:\n- {date: 2020, type: close, lab: a}\n- {date: 2021, type: close, lab: a}",
                    "5 error closed-twice, 5 warning outside-lifetime");
    assert_problems("labs: {a: {}}\nevents:\n- {date: 2021, type: found, lab: a}\n- {date: 2020, type: close, lab: a}",
                    "5 error end-before-start");
}

static void test_found(void)
{
    /* They leave their one lab, or join; with `from` they move from there. They arrive when the lab begins. */
    const char *yaml = "labs: {a: {}, b: {founded: 2023-04-28}}\npeople: {p: {lab: a}, q: {}}\nevents:\n"
                       "- {date: 2023-04, type: found, lab: b, people: [p, q]}";
    assert_people(yaml, "p: a ..2023-04-28, b 2023-04-28..; q: b 2023-04-28..");
    assert_days(yaml, "p a -oo..2023-04-28, p b 2023-04-28..oo, q b 2023-04-28..oo");
    assert_moves(yaml, "p a>b 2023-04-28, q >b 2023-04-28");
    assert_problems(yaml, "");
    assert_people("labs: {a: {}, b: {}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2023, type: found, lab: b, people: [p], from: a}",
                  "p: a ..2023, b 2023..");
    assert_problems(
        "labs: {a: {}, b: {}, c: {}}\npeople: {p: {lab: c}}\nevents:\n- {date: 2023, type: found, lab: b, people: [p], from: a}",
        "5 error not-at-lab");
    assert_people(
        "labs: {a: {}, b: {}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2023, type: found, lab: b, people: [p], concurrent: true}",
        "p: a .., +b 2023..");
    /* At two labs they join besides. */
    assert_problems(
        "labs: {a: {}, b: {}, c: {}}\npeople: {p: {lab: a}}\nevents:\n"
        "- {date: 2022, type: join, people: [p], to: c, concurrent: true}\n- {date: 2023, type: found, lab: b, people: [p]}",
        "6 warning joins-while-elsewhere");
}

static void test_close(void)
{
    assert_people(ABC "- {date: 2023, type: close, lab: a}", "p: a ..2023; q: b ..");
    assert_moves(ABC "- {date: 2023, type: close, lab: a}", "p a> 2023");
    assert_people(ABC "- {date: 2023, type: close, lab: a, to: b}", "p: a ..2023, b 2023..; q: b ..");
    /* Who has left before is not concerned, on whatever date within the ranges. */
    assert_people(ABC "- {date: 2023, type: close, lab: a, to: b}\n- {date: 2023-11, type: move, people: [p], to: c}",
                  "p: a ..2023-11, c 2023-11..; q: b ..");
    assert_problems(ABC "- {date: 2023, type: close, lab: a}\n- {date: 2024, type: leave, people: [p], from: a}",
                    "6 error not-at-lab");
    /* Where only `closed` says so, people leave too, but an event that knows better is only warned of. */
    assert_moves("labs: {a: {closed: 2023}}\npeople: {p: {lab: a}}", "p a> 2023");
    assert_problems("labs: {a: {closed: 2023}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2024, type: leave, people: [p]}",
                    "5 error not-at-lab");
    assert_problems("labs: {a: {closed: 2023}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2024, type: leave, people: [p], from: a}",
                    "5 warning outside-lifetime");
}

static void test_merge(void)
{
    const char *yaml = ABC "- {date: 2023, type: merge, labs: [a, b], to: c}";
    assert_people(yaml, "p: a ..2023, c 2023..; q: b ..2023, c 2023..");
    assert_moves(yaml, "p a>c 2023, q b>c 2023");
    assert_story(yaml, tell_lifetimes, "a ..2023 [-oo..2023-07-02], b ..2023 [-oo..2023-07-02], c 2023.. [2023-07-02..oo]");
    assert_people(ABC "- {date: 2023, type: merge, labs: [a, b], to: b}", "p: a ..2023, b 2023..; q: b ..");
    assert_story(ABC "- {date: 2023, type: merge, labs: [a, b], to: b}", tell_lifetimes,
                 "a ..2023 [-oo..2023-07-02], b .. [-oo..oo], c .. [-oo..oo]");
    /* Who is in two of them is in one then. */
    assert_people(
        ABC "- {date: 2020, type: join, people: [p], to: b, concurrent: true}\n- {date: 2023, type: merge, labs: [a, b], to: c}",
        "p: a ..2023, +b 2020..2023, +c 2023..; q: b ..2023, c 2023..");
    /* The lab was there before, so it does not begin. */
    assert_story("labs: {a: {}, c: {}}\npeople: {p: {lab: a}, q: {lab: c}}\nevents:\n- {date: 2023, type: merge, labs: [a], to: c}",
                 tell_lifetimes, "a ..2023 [-oo..2023-07-02], c .. [-oo..oo]");
    assert_story("labs: {a: {parent: c}, c: {}}\nevents:\n- {date: 2023, type: merge, labs: [a], to: c}", tell_lifetimes,
                 "a ..2023 [-oo..2023-07-02], c .. [-oo..oo]");
    assert_story("labs: {a: {}, c: {}}\nevents:\n- {date: 2023, type: merge, labs: [a], to: c}\n- {date: 2022, type: note, lab: c, "
                 "title: x}",
                 tell_lifetimes, "a ..2023 [-oo..2023-07-02], c .. [-oo..oo]");
    /* Carried along twice. */
    assert_people(ABC "- {date: 2023, type: merge, labs: [a], to: b}\n- {date: 2023, type: merge, labs: [b], to: c}",
                  "p: a ..2023, b 2023..2023, c 2023..; q: b ..2023, c 2023..");
}

static void test_split(void)
{
    const char *yaml = ABC "- {date: 2023, type: split, lab: a, into: {b: [p], c: []}}";
    assert_people(yaml, "p: a ..2023, b 2023..; q: b ..");
    assert_story(yaml, tell_lifetimes, "a ..2023 [-oo..2023-07-02], b .. [-oo..oo], c 2023.. [2023-07-02..oo]");
    /* Who is not listed stays where the lab goes on, else must be listed. */
    const char *two = "labs: {a: {}, b: {}, c: {}}\npeople: {p: {lab: a}, q: {lab: a}, r: {lab: a}}\nevents:\n";
    g_autofree char *goes_on = g_strconcat(two, "- {date: 2023, type: split, lab: a, into: {a: [r], b: [p]}}", NULL);
    g_autofree char *ends = g_strconcat(two, "- {date: 2023, type: split, lab: a, into: {c: [], b: [p]}}", NULL);
    assert_people(goes_on, "p: a ..2023, b 2023..; q: a ..; r: a ..");
    assert_problems(ends, "5 error split-unlisted");
    assert_message(ends, "`a` ends, but `into` does not say where its people go: `q`, `r`");
    assert_problems(ABC "- {date: 2023, type: split, lab: a, into: {b: [p, q], c: []}}", "5 error not-at-lab");
    assert_problems(ABC "- {date: 2023, type: split, lab: a, into: {b: [p], c: [p]}}", "5 error split-person");
    assert_problems(ABC "- {date: 2023, type: split, lab: a, into: {a: [p], c: [p]}}", "5 error split-person");
    /* Who left before need not be listed. */
    assert_problems(ABC "- {date: 2023, type: split, lab: a, into: {b: [], c: []}}\n- {date: 2023-12, type: leave, people: [p]}",
                    "");
}

static void test_tree_at_start(void)
{
    assert_problems("labs: {a: {parent: a}}", "2 error self-parent");
    assert_problems("labs:\n  a: {parent: c}\n  b: {parent: a}\n  c: {parent: b}\n  d: {parent: a}", "3 error parent-cycle");
    assert_message("labs:\n  a: {parent: c}\n  b: {parent: a}\n  c: {parent: b}\n",
                   "parents run in a circle: `a`, `c`, `b`, and again `a`; each names the next as its parent");
    assert_story("labs: {a: {}, b: {parent: a}, c: {parent: b}}", tell_parents, "a: -oo=; b: -oo=a; c: -oo=b");
}

static void test_reparent(void)
{
    const char *yaml = "labs: {a: {}, b: {parent: a}, c: {}}\nevents:\n- {date: 2022, type: reparent, lab: b, to: c}\n"
                       "- {date: 2023, type: reparent, lab: b}";
    assert_story(yaml, tell_parents, "a: -oo=; b: -oo=a 2022-07-02=c 2023-07-02=; c: -oo=");
    Sealed sealed = sealed_read(yaml);
    const OfLab *a = of_story_find_lab(sealed.story, "a"), *b = of_story_find_lab(sealed.story, "b"),
                *c = of_story_find_lab(sealed.story, "c");
    OfDay day = of_day_from_civil(2022, 12, 1);
    g_assert_true(of_lab_parent_on(b, OF_DAY_MIN) == a && of_lab_parent_on(b, day) == c && of_lab_parent_on(b, OF_DAY_MAX) == NULL);
    g_assert_true(of_lab_is_within(b, c, day) && of_lab_is_within(b, b, day));
    g_assert_false(of_lab_is_within(b, a, day) || of_lab_is_within(c, b, day));
    g_assert_cmpuint(a->children.n, ==, 1);
    g_assert_true(a->children.items[0] == b && c->children.items[0] == b);
    sealed_clear(&sealed);
    assert_problems("labs: {a: {}, b: {parent: a}, c: {parent: b}}\nevents:\n- {date: 2022, type: reparent, lab: a, to: c}",
                    "4 error parent-cycle");
    assert_message("labs: {a: {}, b: {parent: a}, c: {parent: b}}\nevents:\n- {date: 2022, type: reparent, lab: a, to: c}",
                   "`a` cannot become part of `c`, which is below it: `c`, `b`, `a`");
    assert_problems("labs: {a: {}, b: {parent: a}}\nevents:\n- {date: 2022, type: reparent, lab: b, to: a}", "4 warning no-change");
    /* Exchanging two labs works where the dates allow the order. */
    const char *exchange = "labs: {a: {}, b: {parent: a}}\nevents:\n- {date: %s, type: reparent, lab: a, to: b}\n"
                           "- {date: 2022-11, type: reparent, lab: b}";
    for (guint i = 0; i < 2; i++) {
        g_auto(GStrv) parts = g_strsplit(exchange, "%s", 2);
        g_autofree char *text = g_strjoinv(i == 0 ? "2022" : "2021", parts);
        assert_problems(text, i == 0 ? "" : "4 error parent-cycle");
        if (i == 0) {
            assert_story(text, tell_parents, "a: -oo= 2022-11-15=b; b: -oo=a 2022-11-15=");
        }
    }
}

static void test_open_children(void)
{
    const char *labs = "labs: {a: {}, b: {parent: a}, c: {}}\nevents:\n- {date: 2023, type: close, lab: a}\n";
    assert_problems(labs, "4 error open-children");
    g_autofree char *closed = g_strconcat(labs, "- {date: 2023, type: close, lab: b}", NULL);
    g_autofree char *later = g_strconcat(labs, "- {date: 2024, type: close, lab: b}", NULL);
    g_autofree char *moved = g_strconcat(labs, "- {date: 2022, type: reparent, lab: b, to: c}", NULL);
    g_autofree char *moved_later = g_strconcat(labs, "- {date: 2024, type: reparent, lab: b, to: c}", NULL);
    assert_problems(closed, "");
    assert_problems(later, "4 error open-children");
    assert_problems(moved, "");
    assert_problems(moved_later, "4 error open-children");
    assert_problems("labs: {a: {closed: 2020}, b: {parent: a}}", "2 error open-children");
    assert_problems("labs: {a: {closed: 2020}, b: {parent: a, closed: 2019}}", "");
    assert_problems("labs: {a: {closed: 2020}, b: {parent: a, founded: 2021}}", "2 warning outside-lifetime");
    assert_problems("labs: {a: {}, b: {parent: a}, c: {}}\nevents:\n- {date: 2023, type: merge, labs: [a], to: c}",
                    "4 error open-children");
    assert_problems("labs: {a: {}, b: {parent: a}, c: {}}\nevents:\n- {date: 2023, type: merge, labs: [a, b], to: c}", "");
}

static void test_stances(void)
{
#define STRATEGIES "strategies: {x: {}, y: {}, z: {}}\nlabs: {a: {strategy: x}, b: {}}\nevents:\n"
    assert_story(STRATEGIES "- {date: 2022, type: shift, lab: a, to: y}\n- {date: 2023-01-01, type: shift, lab: b, to: z}",
                 tell_stances, "a: -oo=x 2022-07-02=y; b: 2023-01-01=z");
    assert_problems(STRATEGIES "- {date: 2022, type: shift, lab: a, from: x, to: y}", "");
    assert_problems(STRATEGIES "- {date: 2022, type: shift, lab: a, from: z, to: y}", "5 error not-the-stance");
    assert_message(STRATEGIES "- {date: 2022, type: shift, lab: a, from: z, to: y}",
                   "`a` cannot shift from `z`: its stance is `x` then");
    assert_message(STRATEGIES "- {date: 2022, type: shift, lab: b, from: z, to: y}",
                   "`b` cannot shift from `z`: it has no stance then");
    assert_problems(STRATEGIES "- {date: 2022, type: shift, lab: a, to: x}", "5 warning no-change");
    /* Chain first, within the ranges. */
    assert_story(STRATEGIES
                 "- {date: 2022, type: shift, lab: a, from: y, to: z}\n- {date: 2022, type: shift, lab: a, from: x, to: y}",
                 tell_stances, "a: -oo=x 2022-07-02=y 2022-07-02=z; b:");
    assert_problems(
        STRATEGIES "- {date: 2022-03, type: shift, lab: a, from: y, to: z}\n- {date: 2022-04, type: shift, lab: a, from: x, to: y}",
        "5 error not-the-stance, 6 error not-the-stance");
    Sealed sealed =
        sealed_read(STRATEGIES "- {date: 2022, type: shift, lab: a, to: y}\n- {date: 2023-01-01, type: shift, lab: b, to: z}");
    const OfLab *a = of_story_find_lab(sealed.story, "a"), *b = of_story_find_lab(sealed.story, "b");
    g_assert_cmpstr(of_lab_stance_on(a, OF_DAY_MIN)->strategy->item.id, ==, "x");
    g_assert_cmpstr(of_lab_stance_on(a, of_day_from_civil(2022, 7, 1))->strategy->item.id, ==, "x");
    g_assert_cmpstr(of_lab_stance_on(a, of_day_from_civil(2022, 7, 2))->strategy->item.id, ==, "y");
    g_assert_null(of_lab_stance_on(b, of_day_from_civil(2022, 12, 31)));
    sealed_clear(&sealed);
}

static void test_names(void)
{
    const char *yaml = "labs: {a: {name: Brain}}\nevents:\n- {date: 2023, type: rename, lab: a, name: GDM}\n- {date: 2022-02, "
                       "type: rename, lab: a, name: GB}";
    assert_story(yaml, tell_names, "a: -oo=Brain 2022-02-14=GB 2023-07-02=GDM");
    Sealed sealed = sealed_read(yaml);
    g_assert_cmpstr(of_lab_name_on(sealed.story->labs.items[0], OF_DAY_MIN), ==, "Brain");
    g_assert_cmpstr(of_lab_name_on(sealed.story->labs.items[0], OF_DAY_MAX), ==, "GDM");
    sealed_clear(&sealed);
    assert_problems("labs: {a: {name: Brain}}\nevents:\n- {date: 2023, type: rename, lab: a, name: Brain}", "4 warning no-change");
}

static void test_leads(void)
{
    assert_story(
        "labs: {a: {}, b: {}}\npeople: {p: {lab: a, lead: true}, q: {lab: a}}\nevents:\n"
        "- {date: 2020-01-01, type: role, people: [q], lab: a, lead: true}\n- {date: 2021-01-01, type: move, people: [q], to: b}",
        tell_leads, "a: -oo=p 2020-01-01=q 2021-01-01=; b:");
    assert_story("labs: {a: {}}\npeople: {p: {lab: a}, q: {lab: a}}\nevents:\n"
                 "- {date: 2020-01-01, type: role, people: [q], lab: a, lead: true}\n- {date: 2021-01-01, type: role, people: [q], "
                 "lab: a, lead: false}\n"
                 "- {date: 2021-01-01, type: role, people: [p], lab: a, lead: true}\n",
                 tell_leads, "a: 2020-01-01=q 2021-01-01=p");
    Sealed sealed = sealed_read("labs: {a: {}}\npeople: {p: {stints: [{lab: a, from: 2020-01-01, to: 2021-01-01, lead: true}]}}");
    const OfLab *lab = sealed.story->labs.items[0];
    g_assert_null(of_lab_lead_on(lab, of_day_from_civil(2019, 12, 31)));
    g_assert_cmpstr(of_lab_lead_on(lab, of_day_from_civil(2020, 1, 1))->item.id, ==, "p");
    g_assert_null(of_lab_lead_on(lab, of_day_from_civil(2021, 1, 1)));
    sealed_clear(&sealed);
}

static void test_causes(void)
{
#define NOTE(id, date, because) "- {id: " id ", date: " date ", type: note, lab: a, title: t, because: [" because "]}\n"
#define LAB                     "labs: {a: {}}\nevents:\n"
    assert_problems(LAB NOTE("x", "2020", "") NOTE("y", "2021", "x"), "");
    assert_problems(LAB NOTE("x", "2021", "") NOTE("y", "2020", "x"), "5 error effect-before-cause");
    assert_problems(LAB NOTE("x", "2020-06", "") NOTE("y", "2020", "x"), "");
    assert_message(LAB NOTE("x", "2021", "") NOTE("y", "2020", "x"), "`y` (2020) comes before its cause `x` (2021)");
    /* What follows from something later is later itself. */
    assert_problems(LAB NOTE("x", "2021-06", "") NOTE("y", "2020/2022", "x") NOTE("z", "2021-02", "y"),
                    "6 error effect-before-cause");
    assert_message(LAB NOTE("x", "2021-06", "") NOTE("y", "2020/2022", "x") NOTE("z", "2021-02", "y"),
                   "`y` itself follows from `x` (2021-06)");
    /* On one date any order is possible, but no circle. */
    assert_problems(LAB NOTE("x", "2020", "z") NOTE("y", "2020", "x") NOTE("z", "2020", "y"), "4 error cause-cycle");
    assert_message(LAB NOTE("x", "2020", "z") NOTE("y", "2020", "x") NOTE("z", "2020", "y"),
                   "causes run in a circle: `x`, `z`, `y`, and again `x`");
    Sealed sealed = sealed_read(LAB NOTE("x", "2020", "") NOTE("z", "2021", "x") NOTE("y", "2021", "x, z"));
    const OfEvent *x = of_story_find_event(sealed.story, "x");
    g_assert_cmpuint(x->effects.n, ==, 2);
    g_assert_cmpstr(x->effects.items[0]->item.id, ==, "y");
    sealed_clear(&sealed);
}

static char *tell_span(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    append_day(text, story->first_day);
    g_string_append(text, "..");
    append_day(text, story->last_day);
    return g_string_free(text, FALSE);
}

static void test_span(void)
{
    assert_story("labs: {a: {founded: 2013}}\npeople: {p: {lab: a, since: 2012-05}}\nevents:\n- {date: 2020-02, type: note, lab: "
                 "a, title: t}",
                 tell_span, "2012-05-01..2020-02-29");
    /* Open ends, sources, claims and views say nothing of when the story is. */
    assert_story("labs: {a: {founded: ../2013}}\nsources: {s: {date: 2030, accessed: 2031}}\npeople: {p: {lab: a}}\n"
                 "events:\n- {date: 2020-02-03/.., type: note, lab: a, title: t}\n"
                 "claims: [{text: t, person: p, lab: a, at: 2040, count: 1}]\nviews: [{id: v, type: moves, to: 2050}]",
                 tell_span, "2013-12-31..2020-02-03");
    assert_story("labs: {a: {}}", tell_span, "1970-01-01..1970-01-01");
}

static void test_drawn_days(void)
{
    /* A day is held within the lab's lifetime. */
    assert_days("labs: {a: {}, b: {founded: 2023-04-28}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2023-04, type: move, people: "
                "[p], to: b}",
                "p a -oo..2023-04-28, p b 2023-04-28..oo");
    /* A lab founded some time in a year is there for who joins on a known day. */
    assert_days(
        "labs: {a: {}, b: {founded: 2023}}\npeople: {p: {lab: a}}\nevents:\n- {date: 2023-03-01, type: move, people: [p], to: b}",
        "p a -oo..2023-03-01, p b 2023-03-01..oo");
    assert_days("labs: {a: {founded: 2010}}\npeople: {p: {lab: a}}", "p a 2010-07-02..oo");
    Sealed sealed = sealed_read(
        "labs: {a: {}, b: {founded: 2023-04-28}}\npeople: {p: {lab: a}}\nevents:\n"
        "- {id: m, date: 2023-04, type: move, people: [p], to: b}\n- {id: n, date: 2023, type: note, lab: b, title: t}");
    g_assert_cmpint(of_story_find_event(sealed.story, "m")->day, ==, of_day_from_civil(2023, 4, 28));
    g_assert_cmpint(of_story_find_event(sealed.story, "n")->day, ==, of_day_from_civil(2023, 7, 2));
    sealed_clear(&sealed);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/seal/lifetimes", test_lifetimes);
    g_test_add_func("/seal/found", test_found);
    g_test_add_func("/seal/close", test_close);
    g_test_add_func("/seal/merge", test_merge);
    g_test_add_func("/seal/split", test_split);
    g_test_add_func("/seal/tree-at-start", test_tree_at_start);
    g_test_add_func("/seal/reparent", test_reparent);
    g_test_add_func("/seal/open-children", test_open_children);
    g_test_add_func("/seal/stances", test_stances);
    g_test_add_func("/seal/names", test_names);
    g_test_add_func("/seal/leads", test_leads);
    g_test_add_func("/seal/causes", test_causes);
    g_test_add_func("/seal/span", test_span);
    g_test_add_func("/seal/drawn-days", test_drawn_days);
    return g_test_run();
}
