/* The canonical form of the declared data. */
#include "seal_fixture.h"

#include "model/canonical.h"
#include "model/options.h"
#include "model/stages.h"

#define FULL                                                                                                                       \
    "title: T\nsources: {s: {title: S, date: 2020-Q1}, t: {}}\nstrategies: {x: {}, y: {color: '#abc'}}\n"                          \
    "labs: {a: {name: A, strategy: x, founded: 2020, sources: [s]}, b: {parent: a, was: z}, c: {}}\ngroups: {g: {name: G}}\n"      \
    "people: {p: {lab: a, since: 2021~, lead: true, groups: [g], tags: [u, v]}, "                                                  \
    "q: {stints: [{lab: a, from: 2020, to: 2021, role: R, concurrent: true, accounts: [{date: 2022, to: b, sources: [s]}]}]}}\n"   \
    "events:\n- {id: m, date: 2022, type: move, people: [p], from: a, to: b, confidence: reported, sources: [s, t]}\n"             \
    "- {date: 2023, type: split, lab: b, into: {b: [p], c: []}, because: [m]}\n"                                                   \
    "- {date: 2023, type: role, people: [p], lab: b, lead: false}\n- {date: 2023, type: shift, lab: a, from: x, to: y}\n"          \
    "- {date: 2024, type: leave, weight: 3, from: c}\n"                                                                            \
    "claims: [{text: C, group: g, lab: b, at: 2024, count: 1}, {text: D, person: p, lab: b, at: 2024, share: 1}]\n"                \
    "views: [{id: v, type: moves, from: 2020, group: g, order: [b, a], callouts: [{event: m, text: X}]}]\n"

static void append_piece(const char *piece, gsize length, gpointer text)
{
    g_string_append_len(text, piece, (gssize) length);
}

static char *canonical_of(const char *yaml)
{
    Sealed sealed = sealed_read(yaml);
    g_autofree char *messages = tell_messages(sealed.diagnostics);
    if (sealed.story == NULL) {
        g_error("%s: %s", yaml, messages);
    }
    GString *text = g_string_new(NULL);
    of_story_write_canonical(sealed.story, append_piece, text);
    sealed_clear(&sealed);
    return g_string_free(text, FALSE);
}

static void test_whole(void)
{
    g_autofree char *text = canonical_of(FULL);
    g_assert_cmpstr(text, ==,
                    "{\"claims\":{\"claim:g:2024\":{\"at\":\"2024\",\"count\":1,\"group\":\"g\",\"lab\":\"b\",\"text\":\"C\"},"
                    "\"claim:p:2024\":{\"at\":\"2024\",\"lab\":\"b\",\"person\":\"p\",\"share\":1,\"text\":\"D\"}},"
                    "\"events\":{\"leave:c:2024\":{\"date\":\"2024\",\"from\":\"c\",\"type\":\"leave\",\"weight\":3},"
                    "\"m\":{\"confidence\":\"reported\",\"date\":\"2022\",\"from\":\"a\",\"people\":[\"p\"],\"sources\":[\"s\","
                    "\"t\"],\"to\":\"b\","
                    "\"type\":\"move\"},"
                    "\"role:p:2023\":{\"date\":\"2023\",\"lab\":\"b\",\"lead\":false,\"people\":[\"p\"],\"type\":\"role\"},"
                    "\"shift:a:2023\":{\"date\":\"2023\",\"from\":\"x\",\"lab\":\"a\",\"to\":\"y\",\"type\":\"shift\"},"
                    "\"split:b:2023\":{\"because\":[\"m\"],\"date\":\"2023\",\"into\":{\"b\":[\"p\"],\"c\":[]},\"lab\":\"b\","
                    "\"type\":\"split\"}},"
                    "\"groups\":{\"g\":{\"name\":\"G\"}},"
                    "\"labs\":{\"a\":{\"founded\":\"2020\",\"name\":\"A\",\"sources\":[\"s\"],\"strategy\":\"x\"},"
                    "\"b\":{\"parent\":\"a\",\"was\":[\"z\"]},\"c\":{}},"
                    "\"people\":{\"p\":{\"groups\":[\"g\"],\"lab\":\"a\",\"lead\":true,\"since\":\"2021~\",\"tags\":[\"u\",\"v\"]},"
                    "\"q\":{\"stints\":[{\"accounts\":[{\"date\":\"2022\",\"sources\":[\"s\"],\"to\":\"b\"}],\"concurrent\":true,"
                    "\"from\":\"2020\","
                    "\"lab\":\"a\",\"role\":\"R\",\"to\":\"2021\"}]}},"
                    "\"sources\":{\"s\":{\"date\":\"2020-33\",\"title\":\"S\"},\"t\":{}},"
                    "\"story\":{\"title\":\"T\"},"
                    "\"strategies\":{\"x\":{},\"y\":{\"color\":\"#aabbcc\"}},"
                    "\"views\":{\"v\":{\"callouts\":[{\"event\":\"m\",\"text\":\"X\"}],\"from\":\"2020\",\"group\":[\"g\"],"
                    "\"order\":[\"b\",\"a\"],"
                    "\"type\":\"moves\"}}}");
    /* It is JSON. */
    g_autoptr(JsonNode) node = json_from_string(text, NULL);
    g_assert_nonnull(node);
}

static void assert_same(const char *a, const char *b)
{
    g_autofree char *first = canonical_of(a);
    g_autofree char *second = canonical_of(b);
    g_assert_cmpstr(first, ==, second);
}

static void assert_other(const char *a, const char *b)
{
    g_autofree char *first = canonical_of(a);
    g_autofree char *second = canonical_of(b);
    g_assert_cmpstr(first, !=, second);
}

static void test_what_makes_no_difference(void)
{
    assert_same("labs: {a: {name: A}, b: {}}", "labs:\n  b: {}\n  # a remark\n  a:\n    name: 'A'\n");
    assert_same("labs: {a: {}}", "lang: en\nlabs: {a: {confidence: unverified}}");
    assert_same("sources: {s: {}}\nlabs: {a: {sources: [s]}}", "sources: {s: {}}\nlabs: {a: {sources: s, confidence: confirmed}}");
    assert_same("labs: {a: {founded: 2020-Q2}}", "labs: {a: {founded: 2020-34}}");
    assert_same("labs: {a: {}}\npeople: {p: {lab: a, tags: [y, x]}}",
                "people: {p: {tags: [x, y], lab: a, lead: false}}\nlabs: {a: {}}");
    assert_same(
        "labs: {a: {}}\nevents:\n- {date: 2020, type: note, lab: a, title: t}\n- {date: 2021, type: note, lab: a, title: u}",
        "events:\n- {title: u, date: 2021, type: note, lab: a}\n- {date: 2020, type: note, lab: a, title: t, concurrent: false}\n"
        "labs: {a: {}}");
    assert_same("labs: {a: {}, b: {}}\nviews: [{id: v, type: moves, lab: [b, a]}]",
                "labs: {a: {}, b: {}}\nviews: [{id: v, type: moves, lab: [a, b], theme: light, background: theme}]");
    assert_same("labs: {a: {color: '#abc'}}", "labs: {a: {color: '#AABBCC'}}");
}

static void test_what_makes_a_difference(void)
{
    assert_other("labs: {a: {}}", "labs: {b: {}}");
    assert_other("labs: {a: {}}", "labs: {a: {name: a}}");
    assert_other("labs: {a: {founded: 2020}}", "labs: {a: {founded: 2020~}}");
    assert_other("labs: {a: {}}", "title: T\nlabs: {a: {}}");
    assert_other("labs: {a: {}}", "lang: de\nlabs: {a: {}}");
    assert_other("labs: {a: {}}", "labs: {a: {confidence: confirmed}}");
    assert_other(
        "labs: {a: {}}\npeople: {p: {lab: a}}\nevents: [{date: 2020, type: role, people: [p], lab: a, role: x}]",
        "labs: {a: {}}\npeople: {p: {lab: a}}\nevents: [{date: 2020, type: role, people: [p], lab: a, role: x, lead: false}]");
    assert_other("labs: {a: {}, b: {}}\nviews: [{id: v, type: moves, order: [a, b]}]",
                 "labs: {a: {}, b: {}}\nviews: [{id: v, type: moves, order: [b, a]}]");
}

/* Every option of a saved view that says something is told, in a form that reads back as the same. */
static void test_every_option(void)
{
    static const struct {
        const char *name, *value;
    } values[] = {
        {"from", "2020"},
        {"to", "2021-05"},
        {"at", "2020-02-03"},
        {"group", "[g]"},
        {"lab", "[a]"},
        {"person", "[p]"},
        {"tag", "[x]"},
        {"min-confidence", "reported"},
        {"highlight", "[a, p]"},
        {"order", "[b, a]"},
        {"size", "1920x1080"},
        {"scale", "1.5"},
        {"theme", "dark"},
        {"background", "transparent"},
        {"title", "T"},
        {"subtitle", "U"},
        {"lanes", "free"},
        {"effort", "best"},
        {"accounts", "true"},
        {"since", "2021-03"},
        {"slices", "[2020, 2021-Q2]"},
        {"every", "month"},
        {"fold", "2%"},
        {"bare", "true"},
        {"margin", "5%"},
        {"poster", "a3"},
        {"dark", "auto"},
        {"text", "embed"},
        {"steps", "months"},
        {"animate", "true"},
        {"pace", "2.5"},
    };
    const char *base =
        "labs: {a: {}, b: {}}\ngroups: {g: {}}\npeople: {p: {lab: a, groups: [g], tags: [x]}}\nviews: [{id: v, type: moves";
    g_autofree char *plain = g_strconcat(base, "}]", NULL);
    for (const OfOptionInfo *option = of_option_table(); option->name != NULL; option++) {
        guint i = 0;
        while (i < G_N_ELEMENTS(values) && strcmp(values[i].name, option->name) != 0) {
            i++;
        }
        if (i == G_N_ELEMENTS(values)) {
            g_error("say a value of `%s`", option->name);
        }
        g_autofree char *yaml = g_strdup_printf("%s, %s: %s}]", base, values[i].name, values[i].value);
        assert_other(yaml, plain);
        Sealed sealed = sealed_read(yaml);
        GString *fields = g_string_new(NULL);
        of_item_write_fields(fields, sealed.story, OF_ITEM_VIEW, &sealed.story->views.items[0]->item);
        g_autofree char *again = g_strdup_printf("%s, %s]", base, fields->str + 1);
        again[strlen(base)] = ',';
        sealed_clear(&sealed);
        g_string_free(fields, TRUE);
        g_autofree char *without_type = g_strdup(again);
        char *type = strstr(without_type, ",\"type\":\"moves\"");
        g_assert_nonnull(type);
        memmove(type, type + strlen(",\"type\":\"moves\""), strlen(type + strlen(",\"type\":\"moves\"")) + 1);
        assert_same(yaml, without_type);
    }
}

static void test_sizes(void)
{
    static const char *const sizes[] = {"16:9", "4:3", "a4", "letter", "1280x721", "\"1920x1080\""};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *yaml = g_strdup_printf("labs: {a: {}}\nviews: [{id: v, type: moves, size: %s%s%s}]",
                                                sizes[i][0] == '"' ? "" : "'", sizes[i], sizes[i][0] == '"' ? "" : "'");
        g_autofree char *text = canonical_of(yaml);
        g_autofree char *bare = g_strdup(sizes[i]);
        g_strdelimit(bare, "\"", ' ');
        g_autofree char *expected = g_strdup_printf("\"size\":\"%s\"", g_strstrip(bare));
        g_assert_nonnull(strstr(text, expected));
    }
}

static void test_fields(void)
{
    Sealed sealed = sealed_read(FULL);
    g_autoptr(JsonNode) node = of_item_fields(sealed.story, OF_ITEM_EVENT, &of_story_find_event(sealed.story, "m")->item);
    JsonObject *object = json_node_get_object(node);
    g_assert_cmpstr(json_object_get_string_member(object, "date"), ==, "2022");
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(object, "sources")), ==, 2);
    g_assert_false(json_object_has_member(object, "id"));
    g_autoptr(JsonNode) story = of_item_fields(sealed.story, OF_ITEM_STORY, NULL);
    g_assert_cmpstr(json_object_get_string_member(json_node_get_object(story), "title"), ==, "T");
    sealed_clear(&sealed);
}

static void test_escapes(void)
{
    g_autofree char *text = canonical_of("labs: {a: {name: \"\\\"\\\\ é 😀\", note: \"x\\ty\\nz\"}}");
    g_assert_nonnull(strstr(text, "\"name\":\"\\\"\\\\ é 😀\""));
    g_assert_nonnull(strstr(text, "\"note\":\"x\\u0009y\\u000az\""));
}

static void test_digest(void)
{
    Sealed one = sealed_read("labs: {a: {}, b: {}}"), two = sealed_read("labs: {b: {}, a: {}}"),
           three = sealed_read("labs: {a: {}}");
    g_assert_cmpuint(strlen(of_story_digest(one.story)), ==, 64);
    g_assert_cmpstr(of_story_digest(one.story), ==, of_story_digest(two.story));
    g_assert_cmpstr(of_story_digest(one.story), !=, of_story_digest(three.story));
    sealed_clear(&one);
    sealed_clear(&two);
    sealed_clear(&three);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canonical/whole", test_whole);
    g_test_add_func("/canonical/what-makes-no-difference", test_what_makes_no_difference);
    g_test_add_func("/canonical/what-makes-a-difference", test_what_makes_a_difference);
    g_test_add_func("/canonical/every-option", test_every_option);
    g_test_add_func("/canonical/sizes", test_sizes);
    g_test_add_func("/canonical/fields", test_fields);
    g_test_add_func("/canonical/escapes", test_escapes);
    g_test_add_func("/canonical/digest", test_digest);
    return g_test_run();
}
