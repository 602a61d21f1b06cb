/* Data that was changed: by a record of changes, or by merging three revisions. */
#include "api/handles.h"

#include <string.h>

#include "diff/merge.h"
#include "diff/patch.h"
#include "edit/files.h"
#include "view/view.h"

struct OrgflowResult {
    GPtrArray *files;     /* of OfWrittenFile */
    GPtrArray *originals; /* of const OfSourceText: the story's, borrowed */
    OfMerge *merge;       /* or NULL */
    GPtrArray *told;      /* of char *: conflicts in words */
    OrgflowStory *story;  /* the result as it reads; NULL where there are conflicts */
};

static GPtrArray *texts_of(const OrgflowStory *story)
{
    GPtrArray *texts = g_ptr_array_new();
    for (guint i = 0; i < of_diagnostics_count_texts(story->diagnostics); i++) {
        g_ptr_array_add(texts, (gpointer) (gsize) of_diagnostics_get_text(story->diagnostics, i));
    }
    return texts;
}

void orgflow_result_free(OrgflowResult *result)
{
    if (result != NULL) {
        g_clear_pointer(&result->files, g_ptr_array_unref);
        g_ptr_array_unref(result->originals);
        g_ptr_array_unref(result->told);
        of_merge_free(result->merge);
        orgflow_story_free(result->story);
        g_free(result);
    }
}

static OrgflowResult *result_new(const OrgflowStory *story)
{
    OrgflowResult *result = g_new0(OrgflowResult, 1);
    result->originals = texts_of(story);
    result->told = g_ptr_array_new_with_free_func(g_free);
    return result;
}

/* Reads what was written, under the limits that hold for the story. */
static void read_result(OrgflowResult *result, const OrgflowStory *story)
{
    OrgflowInputs *inputs = orgflow_inputs_new();
    inputs->limits = story->limits;
    for (guint i = 0; i < result->files->len; i++) {
        const OfWrittenFile *file = result->files->pdata[i];
        orgflow_inputs_add_memory(inputs, file->name, file->bytes, file->length);
    }
    orgflow_story_read(inputs, &result->story);
    orgflow_inputs_free(inputs);
}

/* ---- Merging ---- */

static const char *or_nothing(const char *json)
{
    return json != NULL ? json : "nothing";
}

/* "event `x`: `/date`: ours "2023-05", theirs "2023-06", base "2023-04~"". Owned by the caller. */
static char *tell_conflict(const OfConflict *conflict, const OfSideLabels *labels)
{
    const char *kind = of_kind_name(conflict->kind);
    if (conflict->path != NULL) {
        return g_strdup_printf("%s `%s`: `%s` is %s in %s and %s in %s (%s: %s)", kind, conflict->key, conflict->path + 1,
                               or_nothing(conflict->ours), labels->ours, or_nothing(conflict->theirs), labels->theirs, labels->base,
                               or_nothing(conflict->base));
    }
    if (conflict->base == NULL) {
        return g_strdup_printf("%s `%s` is added in %s and, differently, in %s", kind, conflict->key, labels->ours, labels->theirs);
    }
    const bool removed_by_ours = conflict->ours == NULL;
    return g_strdup_printf("%s `%s` is removed in %s and changed in %s", kind, conflict->key,
                           removed_by_ours ? labels->ours : labels->theirs, removed_by_ours ? labels->theirs : labels->ours);
}

static bool is_contradicted(const OfStory *story, const char *key)
{
    bool found = false;
    for (guint i = 0; i < story->claims.n; i++) {
        const OfClaim *claim = story->claims.items[i];
        found = found || (!claim->holds && g_str_equal(claim->item.key, key));
    }
    return found;
}

/* Whether the merged data contradicts a claim that each side by itself bears out. */
static bool contradicts_new_claim(const OfStory *merged, const OfStory *ours, const OfStory *theirs)
{
    bool found = false;
    for (guint i = 0; i < merged->claims.n; i++) {
        const OfClaim *claim = merged->claims.items[i];
        found = found || (!claim->holds && !is_contradicted(ours, claim->item.key) && !is_contradicted(theirs, claim->item.key));
    }
    return found;
}

static OrgflowStatus write_merge(OrgflowResult *result, const OrgflowStory *base, const OrgflowStory *ours,
                                 const OrgflowStory *theirs, const OfSideLabels *labels, char **message)
{
    GError *error = NULL;
    result->merge = of_merge_new(base->story, ours->story, theirs->story);
    for (guint i = 0; i < result->merge->conflicts->len; i++) {
        g_ptr_array_add(result->told, tell_conflict(result->merge->conflicts->pdata[i], labels));
    }
    result->files = of_files_write(result->merge->draft, result->originals, &ours->limits, of_view_format_names, labels, &error);
    if (result->files == NULL) {
        return of_api_fail(error, message);
    }
    if (result->merge->conflicts->len > 0) {
        return ORGFLOW_DIFFERENT;
    }
    read_result(result, ours);
    return result->story->story != NULL && !contradicts_new_claim(result->story->story, ours->story, theirs->story)
               ? ORGFLOW_OK
               : ORGFLOW_DIFFERENT;
}

/* A revision in which there was nothing yet. */
static OrgflowStory *read_nothing(void)
{
    static const char text[] = "orgflow: 1\n";
    OrgflowInputs *inputs = orgflow_inputs_new();
    OrgflowStory *story;
    orgflow_inputs_add_memory(inputs, "<nothing>", text, sizeof text - 1);
    orgflow_story_read(inputs, &story);
    orgflow_inputs_free(inputs);
    return story;
}

static const char *label_at(const char *const *labels, guint index, const char *otherwise)
{
    return labels != NULL && labels[index] != NULL ? labels[index] : otherwise;
}

OrgflowStatus orgflow_merge(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs,
                            const char *const *labels, OrgflowResult **result, char **message)
{
    *result = NULL;
    if ((base != NULL && base->story == NULL) || ours->story == NULL || theirs->story == NULL) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_DATA, "a side of the merge does not make sense by itself"), message);
    }
    OrgflowStory *nothing = base == NULL ? read_nothing() : NULL;
    const OfSideLabels names = {label_at(labels, 0, "ours"), label_at(labels, 1, "base"), label_at(labels, 2, "theirs")};
    OrgflowResult *merged = result_new(ours);
    const OrgflowStatus status = write_merge(merged, base != NULL ? base : nothing, ours, theirs, &names, message);
    orgflow_story_free(nothing);
    if (merged->files == NULL) {
        orgflow_result_free(merged);
        return status;
    }
    *result = merged;
    return status;
}

/* ---- Applying ---- */

static OrgflowStatus check_applied(OrgflowResult *result, const OrgflowStory *story, const OfRecord *record, char **message)
{
    read_result(result, story);
    if (result->story->story == NULL) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_DATA,
                                       "`%s`: with these changes the data would not make sense: nothing is changed", record->name),
                           message);
    }
    if (g_strcmp0(record->from_digest, of_story_digest(story->story)) == 0 &&
        g_strcmp0(record->to_digest, of_story_digest(result->story->story)) != 0) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_DATA,
                                       "`%s`: the changes do not lead to the data whose digest is under `to`: nothing is changed",
                                       record->name),
                           message);
    }
    return ORGFLOW_OK;
}

OrgflowStatus orgflow_apply(const OrgflowStory *story, const char *name, const void *record, size_t length, OrgflowResult **result,
                            char **message)
{
    GError *error = NULL;
    *result = NULL;
    if (story->story == NULL) {
        return of_api_fail(g_error_new(OF_ERROR, OF_ERROR_DATA, "the data does not make sense by itself"), message);
    }
    g_autoptr(OfRecord) changes = of_record_read(name, record, length, &story->limits, &error);
    g_autoptr(OfDraft) draft = changes != NULL ? of_record_apply(changes, story->story, &error) : NULL;
    if (draft == NULL) {
        return of_api_fail(error, message);
    }
    OrgflowResult *applied = result_new(story);
    const OfSideLabels no_labels = {"", "", ""};
    applied->files = of_files_write(draft, applied->originals, &story->limits, of_view_format_names, &no_labels, &error);
    const OrgflowStatus status =
        applied->files != NULL ? check_applied(applied, story, changes, message) : of_api_fail(error, message);
    if (applied->files == NULL) {
        orgflow_result_free(applied);
        return status;
    }
    if (status != ORGFLOW_OK) {
        g_ptr_array_set_size(applied->files, 0); /* all or nothing */
    }
    *result = applied;
    return status;
}

/* ---- What came of it ---- */

size_t orgflow_result_n_files(const OrgflowResult *result)
{
    return result->files->len;
}

bool orgflow_result_file(const OrgflowResult *result, size_t index, OrgflowFile *file)
{
    if (index >= result->files->len) {
        return false;
    }
    const OfWrittenFile *written = result->files->pdata[index];
    const OfSourceText *original = result->originals->pdata[index];
    const bool same = written->length == original->length && memcmp(written->bytes, original->bytes, written->length) == 0;
    *file = (OrgflowFile){written->name, written->bytes, written->length, !same};
    return true;
}

size_t orgflow_result_n_conflicts(const OrgflowResult *result)
{
    return result->told->len;
}

const char *orgflow_result_conflict(const OrgflowResult *result, size_t index)
{
    return index < result->told->len ? result->told->pdata[index] : NULL;
}

const OrgflowStory *orgflow_result_story(const OrgflowResult *result)
{
    return result->story;
}
