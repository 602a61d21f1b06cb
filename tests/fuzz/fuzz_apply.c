/* `apply` of records that nobody has written: the input's first half is a story, its second the record. */
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GBytes) first = NULL, second = NULL;
    target_split(bytes, length, &first, &second);
    gsize n_first = 0, n_second = 0;
    const uint8_t *first_bytes = g_bytes_get_data(first, &n_first), *second_bytes = g_bytes_get_data(second, &n_second);
    OrgflowStory *story = target_read_story(first_bytes, n_first);
    OrgflowResult *result = NULL;
    char *message = NULL;
    const OrgflowStatus status = orgflow_apply(story, "record", second_bytes, n_second, &result, &message);
    LAW(status == ORGFLOW_OK || message != NULL || result != NULL, "a failure is said");
    LAW(message == NULL || g_utf8_validate(message, -1, NULL), "a message is UTF-8");
    OrgflowFile file;
    if (status == ORGFLOW_OK && orgflow_result_file(result, 0, &file)) {
        OrgflowStory *read = target_read_story(file.bytes, file.length);
        LAW(orgflow_story_is_drawable(read), "what comes of a record makes sense");
        orgflow_story_free(read);
    }
    orgflow_result_free(result);
    orgflow_story_free(story);
    orgflow_free(message);
    return 0;
}
