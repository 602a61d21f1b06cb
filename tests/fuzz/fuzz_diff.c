/* What changed between two stories, the input's halves; doing it, and merging it. */
#include "target.h"

#include <string.h>

#define MOST_MARKDOWN 60000

static char *write_form(OrgflowDiff *diff, const char *form)
{
    char *text = NULL;
    LAW(orgflow_diff_write(diff, form, 0, &text, NULL) == ORGFLOW_OK, "a form of the table can be written");
    return text;
}

static OrgflowDiff *compare(const OrgflowStory *from, const OrgflowStory *to)
{
    OrgflowDiff *diff = NULL;
    LAW(orgflow_diff_new(from, to, &diff) == ORGFLOW_OK, "stories that can be drawn can be compared");
    return diff;
}

static void check_forms(OrgflowDiff *diff)
{
    OrgflowEntry entry;
    for (size_t i = 0; orgflow_diff_format(i, &entry); i++) {
        char *text = write_form(diff, entry.name);
        target_check_shown(text);
        if (strcmp(entry.name, "json") == 0) {
            target_check_json(text);
        } else if (strcmp(entry.name, "markdown") == 0) {
            LAW(strlen(text) <= MOST_MARKDOWN, "Markdown keeps to its size");
        }
        orgflow_free(text);
    }
}

/* The files of a result read as the story that was to come of it. */
static void check_result(const OrgflowResult *result, const OrgflowStory *wanted)
{
    OrgflowFile file;
    LAW(orgflow_result_n_files(result) == 1 && orgflow_result_file(result, 0, &file), "of one file comes one file");
    OrgflowStory *read = target_read_story(file.bytes, file.length);
    LAW(g_strcmp0(orgflow_story_digest(read), orgflow_story_digest(wanted)) == 0, "the changed file says what it was to say");
    orgflow_story_free(read);
}

/* Not all forms of YAML can be edited: then a message says so. */
static void check_apply(const OrgflowStory *from, const OrgflowStory *to, const OrgflowDiff *diff)
{
    OrgflowResult *result = NULL;
    char *record = NULL, *message = NULL;
    LAW(orgflow_diff_write(diff, "json", 0, &record, NULL) == ORGFLOW_OK, "a record can be written");
    const OrgflowStatus status = orgflow_apply(from, "record", record, strlen(record), &result, &message);
    LAW(status == ORGFLOW_OK || message != NULL || result != NULL, "a failure is said");
    if (status == ORGFLOW_OK) {
        check_result(result, to);
    }
    orgflow_result_free(result);
    orgflow_free(record);
    orgflow_free(message);
}

/* What one side alone has changed is taken. */
static void check_merge(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs, const OrgflowStory *wanted)
{
    OrgflowResult *result = NULL;
    char *message = NULL;
    const OrgflowStatus status = orgflow_merge(base, ours, theirs, NULL, &result, &message);
    LAW(status != ORGFLOW_DIFFERENT, "where one side has changed nothing there is no conflict");
    LAW(status == ORGFLOW_OK || message != NULL, "a failure is said");
    if (status == ORGFLOW_OK) {
        check_result(result, wanted);
    }
    orgflow_result_free(result);
    orgflow_free(message);
}

static void check_pair(const OrgflowStory *from, const OrgflowStory *to)
{
    OrgflowDiff *there = compare(from, to), *back = compare(to, from);
    const bool same = strcmp(orgflow_story_digest(from), orgflow_story_digest(to)) == 0;
    LAW(same == (orgflow_diff_n_changes(there) == 0), "there are no changes where the digests are the same, and nowhere else");
    check_forms(there);
    check_apply(from, to, there);
    check_merge(from, from, to, to);
    check_merge(from, to, from, to);
    char *undone = write_form(back, "json");
    orgflow_diff_reverse(there);
    char *reversed = write_form(there, "json");
    LAW(strcmp(undone, reversed) == 0, "the way back is the way there, reversed");
    orgflow_free(undone);
    orgflow_free(reversed);
    orgflow_diff_free(there);
    orgflow_diff_free(back);
    OrgflowDiff *guessed = compare(from, to);
    orgflow_diff_find_renames(guessed, 60);
    check_forms(guessed);
    check_apply(from, to, guessed);
    orgflow_diff_free(guessed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GBytes) first = NULL, second = NULL;
    target_split(bytes, length, &first, &second);
    gsize n_first = 0, n_second = 0;
    const uint8_t *first_bytes = g_bytes_get_data(first, &n_first), *second_bytes = g_bytes_get_data(second, &n_second);
    OrgflowStory *from = target_read_story(first_bytes, n_first), *to = NULL;
    if (orgflow_story_is_drawable(from)) {
        to = target_read_story(second_bytes, n_second);
    }
    if (to != NULL && orgflow_story_is_drawable(to)) {
        check_pair(from, to);
        OrgflowDiff *none = compare(from, from);
        LAW(orgflow_diff_n_changes(none) == 0, "a story does not differ from itself");
        orgflow_diff_free(none);
    }
    orgflow_story_free(from);
    orgflow_story_free(to);
    return 0;
}
