/* `import -f csv`: tables of stints. A first line `#columns NAMES` names the columns as --columns does. */
#include <string.h>

#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char mark[] = "#columns ";
    const uint8_t *end = length > 0 ? memchr(bytes, '\n', length) : NULL;
    g_autofree char *columns = NULL;
    if (length >= sizeof mark && memcmp(bytes, mark, sizeof mark - 1) == 0 && end != NULL) {
        columns = g_strndup((const char *) bytes + sizeof mark - 1, (gsize) (end - bytes) - (sizeof mark - 1));
        length -= (size_t) (end + 1 - bytes);
        bytes = end + 1;
    }
    if (columns != NULL) { /* names that cannot be are the one thing that is wrong usage */
        OrgflowInputs *inputs = target_inputs("x", bytes, length);
        OrgflowStory *problems = NULL;
        char *text = NULL, *message = NULL;
        const OrgflowStatus status = orgflow_import(inputs, "csv", columns, &text, &problems, &message);
        LAW((status == ORGFLOW_USAGE) == (problems == NULL) && (status == ORGFLOW_USAGE) == (message != NULL),
            "wrong usage is said and gives nothing else");
        orgflow_inputs_free(inputs);
        orgflow_story_free(problems);
        orgflow_free(text);
        orgflow_free(message);
        if (status == ORGFLOW_USAGE) {
            return 0;
        }
    }
    check_import("csv", columns, bytes, length);
    return 0;
}
