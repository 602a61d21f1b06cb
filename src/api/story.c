#include "api/handles.h"

#include "base/progress.h"
#include "view/view.h"

/* A saved view may name a type of the format that this version cannot draw. */
static void warn_undrawn_views(OrgflowStory *read)
{
    for (guint i = 0; read->story != NULL && i < read->story->views.n; i++) {
        const OfSavedView *saved = read->story->views.items[i];
        if (of_view_find(saved->type) == NULL) {
            of_diagnostics_add(read->diagnostics, OF_SEVERITY_WARNING, "undrawn-view", &saved->type_place, NULL,
                               "this version cannot draw `%s`: the saved view `%s` is passed over", saved->type, saved->item.key);
        }
    }
}

OrgflowStory *of_story_handle_new(const OrgflowInputs *inputs)
{
    OrgflowStory *made = g_new0(OrgflowStory, 1);
    made->diagnostics = of_diagnostics_new();
    made->limits = inputs->limits;
    made->name = g_strdup(inputs->name != NULL ? inputs->name : "story");
    made->findings = g_ptr_array_new_with_free_func(g_free);
    return made;
}

OrgflowStatus orgflow_story_read(OrgflowInputs *inputs, OrgflowStory **story)
{
    const gint64 begin = g_get_monotonic_time();
    OrgflowStory *read = of_story_handle_new(inputs);
    OfProgress progress = {.tell = inputs->progress, .data = inputs->progress_data};
    of_progress_begin(&progress);
    read->story = of_story_read((OfInput *) (gpointer) inputs->inputs->data, inputs->inputs->len, &read->limits,
                                of_view_format_names, read->diagnostics);
    of_progress_end(&progress);
    warn_undrawn_views(read);
    g_array_set_size(inputs->inputs, 0);
    of_diagnostics_sort(read->diagnostics);
    for (guint i = 0; read->story != NULL && i < read->story->claims.n; i++) {
        g_ptr_array_add(read->findings, of_claim_finding(read->story->claims.items[i]));
    }
    read->read_us = g_get_monotonic_time() - begin;
    *story = read;
    return progress.stopped                                                          ? ORGFLOW_STOPPED
           : of_diagnostics_has_limit(read->diagnostics)                             ? ORGFLOW_LIMIT
           : of_diagnostics_count_severity(read->diagnostics, OF_SEVERITY_ERROR) > 0 ? ORGFLOW_INVALID
                                                                                     : ORGFLOW_OK;
}

void orgflow_story_free(OrgflowStory *story)
{
    if (story == NULL) {
        return;
    }
    g_ptr_array_unref(story->findings);
    of_story_free(story->story);
    of_diagnostics_free(story->diagnostics);
    g_free(story->name);
    g_free(story);
}

bool orgflow_story_is_drawable(const OrgflowStory *story)
{
    return story->story != NULL;
}

const char *orgflow_story_digest(const OrgflowStory *story)
{
    return story->story != NULL ? of_story_digest(story->story) : NULL;
}

const char *orgflow_story_name(const OrgflowStory *story)
{
    return story->name;
}

const char *orgflow_story_view(const OrgflowStory *story, size_t index)
{
    return story->story != NULL && index < story->story->views.n ? story->story->views.items[index]->item.key : NULL;
}

size_t orgflow_story_count(const OrgflowStory *story, const char *what)
{
    const OfStory *model = story->story;
    if (model == NULL) {
        return 0;
    }
    const struct {
        const char *what;
        guint n;
    } counts[] = {
        {"labs", model->labs.n},
        {"people", model->people.n},
        {"groups", model->groups.n},
        {"events", model->events.n},
        {"sources", model->sources.n},
        {"claims", model->claims.n},
        {"strategies", model->strategies.n},
        {"views", model->views.n},
        {"moves", model->moves.n},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (g_str_equal(counts[i].what, what)) {
            return counts[i].n;
        }
    }
    return 0;
}

char *of_claim_finding(const OfClaim *claim)
{
    g_autofree char *at = of_date_is_set(&claim->at) ? of_date_display(&claim->at) : NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < claim->counted.n; i++) {
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : ": ", claim->counted.items[i]->item.id);
    }
    g_autofree char *range =
        claim->least == claim->most ? g_strdup_printf("%u", claim->most) : g_strdup_printf("%u to %u", claim->least, claim->most);
    return g_strdup_printf("%s of %u at `%s`%s%s%s", range, claim->n_of, claim->lab != NULL ? claim->lab->item.id : "?",
                           at != NULL ? " on " : "", at != NULL ? at : "", names->str);
}

bool orgflow_story_claim(const OrgflowStory *story, size_t index, OrgflowClaim *claim)
{
    if (story->story == NULL || index >= story->story->claims.n) {
        return false;
    }
    const OfClaim *found = story->story->claims.items[index];
    *claim = (OrgflowClaim){found->text, found->item.key, story->findings->pdata[index], found->holds};
    return true;
}

size_t orgflow_story_n_problems(const OrgflowStory *story)
{
    return of_diagnostics_count(story->diagnostics);
}

bool orgflow_story_problem(const OrgflowStory *story, size_t index, OrgflowProblem *problem)
{
    if (index >= of_diagnostics_count(story->diagnostics)) {
        return false;
    }
    const OfDiagnostic *found = of_diagnostics_get(story->diagnostics, (guint) index);
    *problem = (OrgflowProblem){
        .is_error = found->severity == OF_SEVERITY_ERROR,
        .is_limit = found->kind == OF_KIND_LIMIT,
        .is_claim = g_str_equal(found->code, "claim-contradicted"),
        .code = found->code,
        .message = found->message,
        .hint = found->hint,
    };
    if (found->place.text != NULL) {
        problem->file = found->place.text->name;
        problem->line = found->place.line;
        problem->column = found->place.column;
        problem->length = found->place.length;
    }
    return true;
}

void orgflow_story_format_problem(const OrgflowStory *story, size_t index, unsigned flags, char **text)
{
    OfDiagnostic shown = *of_diagnostics_get(story->diagnostics, (guint) index);
    if (flags & ORGFLOW_AS_WARNING) {
        shown.severity = OF_SEVERITY_WARNING;
    }
    *text = of_diagnostic_format(&shown, (flags & ORGFLOW_COLORED) != 0);
}
