/* Claims against the sealed story, and warnings on what is never used. */
#include "seal_fixture.h"

#define BASE                                                                                                                       \
    "labs: {meta: {}, fair: {parent: meta}, genai: {parent: meta}, b: {}}\ngroups: {g: {}}\nsources: {s: {}}\npeople:\n"           \
    "  p: {groups: [g], stints: [{lab: fair, from: 2020, to: 2023-05}, {lab: genai, from: 2023-05}]}\n"                            \
    "  q: {groups: [g], stints: [{lab: meta, from: 2020, to: 2022-06}, {lab: b, from: 2022-06}]}\n"                                \
    "  r: {groups: [g], stints: [{lab: b, from: 2021}]}\nclaims:\n"
#define CLAIM(keys) "- {text: t, sources: [s], " keys "}\n"

/* "2..3 of 3 p q r": what was counted. */
static char *tell_counts(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->claims.n; i++) {
        const OfClaim *claim = story->claims.items[i];
        g_string_append_printf(text, "%s%u..%u of %u", i > 0 ? "; " : "", claim->least, claim->most, claim->n_of);
        for (guint k = 0; k < claim->counted.n; k++) {
            g_string_append_printf(text, " %s", claim->counted.items[k]->item.id);
        }
        g_string_append(text, claim->holds ? "" : " !");
    }
    return g_string_free(text, FALSE);
}

static void test_children_count(void)
{
    assert_story(BASE CLAIM("group: g, lab: meta, at: 2021, count: 2"), tell_counts, "2..2 of 3 p q");
    assert_story(BASE CLAIM("group: g, lab: fair, at: 2021, count: 1"), tell_counts, "1..1 of 3 p");
    assert_story(BASE CLAIM("group: g, lab: meta, at: 2024-01-01, count: 1"), tell_counts, "1..1 of 3 p");
    /* … where they belong to the lab on that day. */
    const char *moved = "labs: {meta: {}, fair: {parent: meta}, b: {}}\npeople: {p: {lab: fair}}\nsources: {s: {}}\n"
                        "events: [{date: 2022-01-01, type: reparent, lab: fair, to: b}]\nclaims:\n"
                        "- {id: x, text: t, sources: [s], person: p, lab: meta, at: 2021-12-31, count: 1}\n"
                        "- {id: y, text: t, sources: [s], person: p, lab: meta, at: 2022-01-01, count: 0}\n"
                        "- {id: z, text: t, sources: [s], person: p, lab: meta, at: 2022, count: 0}\n"
                        "- {id: zz, text: t, sources: [s], person: p, lab: meta, at: 2021-12/2022-01, count: 0}\n";
    assert_story(moved, tell_counts, "1..1 of 1 p; 0..0 of 1; 0..0 of 1; 0..1 of 1 p");
}

static void test_uncertain(void)
{
    /* On a day of an uncertain month both are possible. */
    assert_story(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, count: 1"), tell_counts, "1..2 of 3 p q");
    assert_story(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, count: 2"), tell_counts, "1..2 of 3 p q");
    assert_problems(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, count: 2"), "");
    assert_problems(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, count: 3"), "10 error claim-contradicted");
    assert_problems(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, count: 0"), "10 error claim-contradicted");
    /* A move within the lab is no absence, however uncertain its date. */
    assert_story(BASE CLAIM("person: p, lab: meta, at: 2023-05-10, count: 1"), tell_counts, "1..1 of 1 p");
    assert_story(BASE CLAIM("person: p, lab: fair, at: 2023-05-10, count: 1"), tell_counts, "0..1 of 1 p");
    assert_story(BASE CLAIM("person: p, lab: genai, at: 2023-05-10, count: 0"), tell_counts, "0..1 of 1 p");
    /* Arriving within the range. */
    assert_story(BASE CLAIM("group: g, lab: meta, at: 2020-06-01, count: 0"), tell_counts, "0..2 of 3 p q");
    assert_story(BASE CLAIM("group: g, lab: meta, at: 2019, count: 0"), tell_counts, "0..0 of 3");
}

static void test_shares(void)
{
    assert_problems(BASE CLAIM("group: g, lab: meta, at: 2021, share: 0.67"), "");
    assert_problems(BASE CLAIM("group: g, lab: meta, at: 2021, share: 0.66"), "10 error claim-contradicted");
    assert_problems(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, share: 0.5"), "");
    assert_problems("labs: {a: {}}\ngroups: {g: {}}\nsources: {s: {}}\nclaims:\n" CLAIM("group: g, lab: a, at: 2021, share: 0.5"),
                    "6 error claim-contradicted");
}

static void test_messages(void)
{
    assert_message(BASE CLAIM("group: g, lab: meta, at: 2021, count: 3"), "2 of 3 are at `meta` on 2021, the claim says 3: p, q");
    assert_message(BASE CLAIM("group: g, lab: meta, at: 2021, share: 0.25"),
                   "2 of 3 are at `meta` on 2021, the claim says 0.25: p, q");
    assert_message(BASE CLAIM("group: g, lab: meta, at: 2022-06-10, count: 3"),
                   "between 1 and 2 of 3 are at `meta` on 2022-06-10, the claim says 3: p, q");
    assert_message(BASE CLAIM("person: p, lab: b, at: 2022-06-10, count: 1"), "`p` is not at `b` on 2022-06-10, the claim says 1");
    assert_message(BASE CLAIM("person: p, lab: fair, at: 2022-06-10, count: 0"),
                   "`p` is at `fair` on 2022-06-10, the claim says 0");
    /* The story stands although a claim does not. */
    Sealed sealed = sealed_read(BASE CLAIM("group: g, lab: meta, at: 2021, count: 3"));
    g_assert_nonnull(sealed.story);
    g_assert_false(sealed.story->claims.items[0]->holds);
    sealed_clear(&sealed);
}

/* Many people in labs nested deep are counted in one look at each. */
static void test_deep_tree(void)
{
    enum { N = 20000 };
    g_autoptr(GString) yaml = g_string_new("labs:\n l0: {}\n");
    for (guint i = 1; i < N; i++) {
        g_string_append_printf(yaml, " l%u: {parent: l%u}\n", i, i - 1);
    }
    g_string_append(yaml, "groups: {g: {}}\npeople:\n");
    for (guint i = 0; i < N; i++) {
        g_string_append_printf(yaml, " p%u: {lab: l%u, groups: [g]}\n", i, i);
    }
    g_string_append(yaml, "claims: [{text: t, group: g, lab: l10000, at: 2020, count: 10000}]\n");
    Sealed sealed = sealed_read(yaml->str);
    g_assert_nonnull(sealed.story);
    g_assert_true(sealed.story->claims.items[0]->holds);
    sealed_clear(&sealed);
}

static void assert_all_problems(const char *yaml, const char *expected)
{
    Sealed sealed = sealed_read(yaml);
    g_autofree char *told = tell_problems(sealed.diagnostics, true);
    g_assert_cmpstr(told, ==, expected);
    sealed_clear(&sealed);
}

static void test_unused(void)
{
    assert_all_problems("labs:\n  a: {}\n  b: {}\n  c: {parent: b}\npeople:\n  p: {lab: a}\n", "5 warning unused-lab");
    assert_all_problems("labs: {a: {}}\npeople:\n  p: {lab: a}\n  q: {}\n", "5 warning unused-person");
    assert_all_problems("labs: {a: {}}\npeople:\n  p: {lab: a}\n  q: {}\nsources: {s: {}}\n"
                        "claims: [{text: t, person: q, lab: a, at: 2020, count: 0, sources: [s]}]",
                        "5 warning no-stint");
    assert_all_problems("sources:\n  s: {}\n  t: {}\nlabs: {a: {sources: [s]}, b: {parent: a}}\npeople: {p: {lab: b}}",
                        "4 warning unused-source");
    assert_all_problems(
        "strategies:\n  x: {}\n  y: {}\n  z: {}\nlabs: {a: {strategy: x}}\nevents:\n- {date: 2020, type: shift, lab: a, to: y}",
        "5 warning unused-strategy");
    assert_all_problems("groups:\n  g: {}\n  h: {}\nlabs: {a: {}}\npeople: {p: {lab: a, groups: [h]}}", "3 warning unused-group");
    assert_all_problems("labs: {a: {}}\npeople: {p: {lab: a}}\nclaims:\n- {text: t, person: p, lab: a, at: 2020, count: 1}",
                        "5 warning claim-without-source");
    /* Saved views use what they name. */
    assert_all_problems("labs: {a: {}, b: {}}\nviews: [{id: v, type: moves, lab: [a], callouts: [{lab: b, text: t}]}]", "");
    Sealed sealed = sealed_read("sources: {s: {}}\nlabs: {a: {sources: [s]}}\npeople: {p: {lab: a, sources: [s]}}");
    g_assert_cmpuint(sealed.story->sources.items[0]->n_uses, ==, 2);
    sealed_clear(&sealed);
}

static void test_outside_lifetime(void)
{
#define LIVES "labs: {a: {founded: 2020, closed: 2022}, b: {}}\npeople: {p: {lab: b}}\nevents:\n"
    assert_problems(LIVES "- {date: 2019, type: note, lab: a, title: t}", "5 warning outside-lifetime");
    assert_problems(LIVES "- {date: 2023, type: note, lab: a, title: t}", "5 warning outside-lifetime");
    assert_problems(LIVES "- {date: 2019/2020, type: note, lab: a, title: t}\n- {date: 2022-12-31, type: note, lab: a, title: u}",
                    "");
    assert_problems(LIVES "- {date: 2019, type: move, people: [p], to: a}", "5 warning outside-lifetime");
    assert_message(LIVES "- {id: n, date: 2023, type: note, lab: a, title: t}", "`n` has `a` on 2023, after it has ended (2022)");
    assert_problems("labs: {a: {founded: 2020}}\npeople: {p: {lab: a, since: 2019}}", "3 warning outside-lifetime");
    assert_problems("labs: {a: {founded: 2020}}\npeople:\n  p: {stints: [{lab: a, from: 2019}]}", "4 warning outside-lifetime");
    /* An account that is not drawn may say what it likes. */
    assert_problems(LIVES "- {date: 2021, type: move, people: [p], to: a, accounts: [{date: 2019}]}", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/claims/children-count", test_children_count);
    g_test_add_func("/claims/uncertain", test_uncertain);
    g_test_add_func("/claims/shares", test_shares);
    g_test_add_func("/claims/messages", test_messages);
    g_test_add_func("/claims/deep-tree", test_deep_tree);
    g_test_add_func("/use/unused", test_unused);
    g_test_add_func("/use/outside-lifetime", test_outside_lifetime);
    return g_test_run();
}
