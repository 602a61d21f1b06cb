/* Stories read from texts, and told in short words, for tests of sealing: everything lives until sealed_clear(). */
#ifndef OF_TEST_SEAL_FIXTURE_H
#define OF_TEST_SEAL_FIXTURE_H

#include <string.h>

#include "model/story.h"

typedef struct {
    OfDiagnostics *diagnostics;
    OfStory *story; /* NULL where there were errors */
} Sealed;

static const char *const sealed_views[] = {"storyline", "moves", NULL};

/* text: behind the version. */
G_GNUC_UNUSED static Sealed sealed_read(const char *text)
{
    OfLimits limits = of_limits_default();
    Sealed sealed = {.diagnostics = of_diagnostics_new()};
    OfInput input = {.name = "a.yaml", .bytes = g_strconcat("orgflow: 1\n", text, NULL)};
    input.length = strlen(input.bytes);
    sealed.story = of_story_read(&input, 1, &limits, sealed_views, sealed.diagnostics);
    of_diagnostics_sort(sealed.diagnostics);
    return sealed;
}

G_GNUC_UNUSED static void sealed_clear(Sealed *sealed)
{
    of_story_free(sealed->story);
    of_diagnostics_free(sealed->diagnostics);
}

G_GNUC_UNUSED static void append_date(GString *text, const OfDate *date)
{
    if (of_date_is_set(date)) {
        g_autofree char *words = of_date_format(date);
        g_string_append(text, words);
    }
}

G_GNUC_UNUSED static void append_day(GString *text, OfDay day)
{
    if (day == OF_DAY_MIN || day == OF_DAY_MAX) {
        g_string_append(text, day == OF_DAY_MIN ? "-oo" : "oo");
    } else {
        OfDate date = of_date_from_day(day);
        append_date(text, &date);
    }
}

/* "ann: a ..2023, +b 2023-02..": the stints of all people, a concurrent one with a plus; with roles as "b(Boss!) …" where there
 * are. */
G_GNUC_UNUSED static char *tell_people(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->people.n; i++) {
        const OfPerson *person = story->people.items[i];
        g_string_append_printf(text, "%s%s:", i > 0 ? "; " : "", person->item.id);
        for (guint k = 0; k < person->stints.n; k++) {
            const OfStint *stint = person->stints.items[k];
            g_string_append_printf(text, "%s%s%s", k > 0 ? ", " : " ", stint->concurrent ? "+" : "", stint->lab->item.id);
            for (guint j = 0; j < stint->roles.n; j++) {
                const OfRole *role = stint->roles.items[j];
                g_string_append_printf(text, "%s%s%s", j == 0 ? "(" : "|", role->role != NULL ? role->role : "",
                                       role->lead ? "!" : "");
            }
            g_string_append(text, stint->roles.n > 0 ? ") " : " ");
            append_date(text, &stint->from);
            g_string_append(text, "..");
            append_date(text, &stint->to);
        }
    }
    return g_string_free(text, FALSE);
}

/* "ann a 2023-01-01..oo": the drawn days of all stints. */
G_GNUC_UNUSED static char *tell_days(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->people.n; i++) {
        const OfPerson *person = story->people.items[i];
        for (guint k = 0; k < person->stints.n; k++) {
            const OfStint *stint = person->stints.items[k];
            g_string_append_printf(text, "%s%s %s ", text->len > 0 ? ", " : "", person->item.id, stint->lab->item.id);
            append_day(text, stint->begin_day);
            g_string_append(text, "..");
            append_day(text, stint->end_day);
        }
    }
    return g_string_free(text, FALSE);
}

/* "ann a>b 2023-05, >c 2023 +": all moves, with the weight of aggregated ones, the arrival where it is another date, and a plus for
 * concurrent ones. */
G_GNUC_UNUSED static char *tell_moves(const OfStory *story)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < story->moves.n; i++) {
        const OfMove *move = story->moves.items[i];
        g_string_append(text, i > 0 ? ", " : "");
        if (move->person != NULL) {
            g_string_append_printf(text, "%s ", move->person->item.id);
        } else {
            g_string_append_printf(text, "%" G_GINT64_FORMAT " ", move->weight);
        }
        g_string_append_printf(text, "%s>%s ", move->from != NULL ? move->from->item.id : "",
                               move->to != NULL ? move->to->item.id : "");
        append_date(text, &move->date);
        if (of_date_compare(&move->date, &move->arrival) != 0) {
            g_string_append_c(text, '>');
            append_date(text, &move->arrival);
        }
        g_string_append(text, move->concurrent ? " +" : "");
    }
    return g_string_free(text, FALSE);
}

/* "5 error not-at-lab": line, severity and code of all problems; warnings of what is never used and of what has no source are
 * left out unless all is set. */
G_GNUC_UNUSED static char *tell_problems(const OfDiagnostics *diagnostics, bool all)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < of_diagnostics_count(diagnostics); i++) {
        const OfDiagnostic *problem = of_diagnostics_get(diagnostics, i);
        if (!all && (g_str_has_prefix(problem->code, "unused-") || strcmp(problem->code, "claim-without-source") == 0)) {
            continue;
        }
        g_string_append_printf(text, "%s%u %s%s %s", text->len > 0 ? ", " : "", problem->place.line,
                               problem->kind == OF_KIND_LIMIT ? "limit " : "",
                               problem->severity == OF_SEVERITY_ERROR ? "error" : "warning", problem->code);
    }
    return g_string_free(text, FALSE);
}

/* All messages and hints, in words, a line each. */
G_GNUC_UNUSED static char *tell_messages(const OfDiagnostics *diagnostics)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < of_diagnostics_count(diagnostics); i++) {
        const OfDiagnostic *problem = of_diagnostics_get(diagnostics, i);
        g_string_append_printf(text, "%s%s%s\n", problem->message, problem->hint != NULL ? " = " : "",
                               problem->hint != NULL ? problem->hint : "");
    }
    return g_string_free(text, FALSE);
}

typedef char *(*TellStory)(const OfStory *story);

G_GNUC_UNUSED static void assert_story(const char *yaml, TellStory tell, const char *expected)
{
    Sealed sealed = sealed_read(yaml);
    if (sealed.story == NULL) {
        g_autofree char *messages = tell_messages(sealed.diagnostics);
        g_error("%s: %s", yaml, messages);
    }
    g_autofree char *told = tell(sealed.story);
    g_assert_cmpstr(told, ==, expected);
    sealed_clear(&sealed);
}

G_GNUC_UNUSED static void assert_people(const char *yaml, const char *expected)
{
    assert_story(yaml, tell_people, expected);
}

G_GNUC_UNUSED static void assert_days(const char *yaml, const char *expected)
{
    assert_story(yaml, tell_days, expected);
}

G_GNUC_UNUSED static void assert_moves(const char *yaml, const char *expected)
{
    assert_story(yaml, tell_moves, expected);
}

G_GNUC_UNUSED static void assert_problems(const char *yaml, const char *expected)
{
    Sealed sealed = sealed_read(yaml);
    g_autofree char *told = tell_problems(sealed.diagnostics, false);
    g_autofree char *messages = tell_messages(sealed.diagnostics);
    if (strcmp(told, expected) != 0) {
        g_test_message("%s", messages);
    }
    g_assert_cmpstr(told, ==, expected);
    sealed_clear(&sealed);
}

/* Whether the messages of reading hold a text. */
G_GNUC_UNUSED static void assert_message(const char *yaml, const char *expected)
{
    Sealed sealed = sealed_read(yaml);
    g_autofree char *messages = tell_messages(sealed.diagnostics);
    if (strstr(messages, expected) == NULL) {
        g_error("`%s` is not in: %s", expected, messages);
    }
    sealed_clear(&sealed);
}

#endif
