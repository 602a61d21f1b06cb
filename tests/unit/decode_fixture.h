/* Texts decoded for tests of the model: everything lives until fixture_clear(). */
#ifndef OF_TEST_DECODE_FIXTURE_H
#define OF_TEST_DECODE_FIXTURE_H

#include <string.h>

#include "model/options.h"
#include "model/stages.h"

typedef struct {
    OfDiagnostics *diagnostics;
    OfStoryBuild *build;
    const OfStory *story;
    OfLimits limits;
    GPtrArray *documents;
    bool sound;
} Fixture;

static const char *const fixture_views[] = {"storyline", "moves", "causes", NULL};

static void fixture_init(Fixture *fixture)
{
    fixture->diagnostics = of_diagnostics_new();
    fixture->build = of_story_build_new();
    fixture->story = &fixture->build->story;
    fixture->limits = of_limits_default();
    fixture->documents = g_ptr_array_new_with_free_func((GDestroyNotify) of_document_free);
}

/* Adds one file, with the version before text on its own first line. */
static void fixture_add(Fixture *fixture, const char *name, const char *text)
{
    char *bytes = g_strconcat("orgflow: 1\n", text, NULL);
    const OfSourceText *source = of_diagnostics_add_text(fixture->diagnostics, name, bytes, strlen(bytes));
    OfDocument *document = of_document_read(source, &fixture->limits, fixture->diagnostics);
    g_assert_nonnull(document);
    g_ptr_array_add(fixture->documents, document);
}

static void fixture_decode(Fixture *fixture)
{
    fixture->sound = of_story_decode(fixture->build, (OfDocument *const *) fixture->documents->pdata, fixture->documents->len,
                                     &fixture->limits, fixture_views, fixture->diagnostics);
    of_diagnostics_sort(fixture->diagnostics);
}

static void fixture_clear(Fixture *fixture)
{
    g_ptr_array_unref(fixture->documents);
    of_story_free(&fixture->build->story);
    of_diagnostics_free(fixture->diagnostics);
}

static void fixture_read(Fixture *fixture, const char *text)
{
    fixture_init(fixture);
    fixture_add(fixture, "a.yaml", text);
    fixture_decode(fixture);
}

/* Fails with the problems in words where there is any. */
static void fixture_assert_clean(const Fixture *fixture)
{
    for (guint i = 0; i < of_diagnostics_count(fixture->diagnostics); i++) {
        g_autofree char *words = of_diagnostic_format(of_diagnostics_get(fixture->diagnostics, i), false);
        g_test_message("%s", words);
    }
    g_assert_cmpuint(of_diagnostics_count(fixture->diagnostics), ==, 0);
    g_assert_true(fixture->sound);
}

#endif
