/* What changed between two stories. */
#include "api/handles.h"

#include "diff/facts.h"
#include "diff/forms.h"

bool orgflow_diff_format(size_t index, OrgflowEntry *entry)
{
    size_t i = 0;
    for (const OfDiffForm *form = of_diff_forms; form->name != NULL; form++, i++) {
        if (i == index) {
            *entry = (OrgflowEntry){.name = form->name, .summary = form->summary};
            return true;
        }
    }
    return false;
}

OrgflowStatus orgflow_diff_new(const OrgflowStory *from, const OrgflowStory *to, OrgflowDiff **diff)
{
    *diff = NULL;
    if (from->story == NULL || to->story == NULL) {
        return ORGFLOW_INVALID;
    }
    *diff = g_new0(OrgflowDiff, 1);
    (*diff)->sides[0] = from;
    (*diff)->sides[1] = to;
    (*diff)->changes = of_changes_new(from->story, to->story, 0);
    (*diff)->filter = of_change_filter_new();
    return ORGFLOW_OK;
}

void orgflow_diff_find_renames(OrgflowDiff *diff, unsigned likeness)
{
    const OfStory *from = diff->changes->from, *to = diff->changes->to;
    of_changes_free(diff->changes);
    diff->changes = of_changes_new(from, to, MIN(likeness, 100));
}

void orgflow_diff_free(OrgflowDiff *diff)
{
    if (diff != NULL) {
        of_changes_free(diff->changes);
        of_change_filter_free(diff->filter);
        g_free(diff->from);
        g_free(diff->to);
        g_free(diff);
    }
}

void orgflow_diff_set_names(OrgflowDiff *diff, const char *from, const char *to)
{
    g_free(diff->from);
    g_free(diff->to);
    diff->from = g_strdup(from);
    diff->to = g_strdup(to);
}

void orgflow_diff_reverse(OrgflowDiff *diff)
{
    char *from = diff->from;
    const OrgflowStory *side = diff->sides[0];
    of_changes_invert(diff->changes);
    diff->sides[0] = diff->sides[1];
    diff->sides[1] = side;
    diff->from = diff->to;
    diff->to = from;
}

OrgflowStatus orgflow_diff_add_filter(OrgflowDiff *diff, const char *name, const char *value, char **message)
{
    GError *error = NULL;
    return of_change_filter_add(diff->filter, diff->changes, name, value, &error) ? ORGFLOW_OK : of_api_fail(error, message);
}

void orgflow_diff_filter(OrgflowDiff *diff)
{
    of_changes_filter(diff->changes, diff->filter);
}

size_t orgflow_diff_n_changes(const OrgflowDiff *diff)
{
    return diff->changes->list->len;
}

OrgflowStatus orgflow_diff_write(const OrgflowDiff *diff, const char *format, unsigned flags, char **text, char **message)
{
    const OfDiffForm *form = of_diff_form_find(format);
    *text = NULL;
    if (form == NULL) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_USAGE, "there is no format `%s` of a difference", format), message);
    }
    GString *out = g_string_new(NULL);
    const OfSideNames names = {diff->from, diff->to};
    form->write(out, diff->changes, &names, (flags & ORGFLOW_COLORED) != 0);
    *text = g_string_free(out, FALSE);
    return ORGFLOW_OK;
}

OrgflowStatus orgflow_story_write_facts(const OrgflowStory *story, char **text)
{
    *text = NULL;
    if (story->story == NULL) {
        return ORGFLOW_INVALID;
    }
    GString *out = g_string_new(NULL);
    of_facts_write(out, story->story);
    *text = g_string_free(out, FALSE);
    return ORGFLOW_OK;
}
