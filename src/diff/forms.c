#include "diff/forms.h"

#include "diff/words.h"

const OfDiffForm of_diff_forms[] = {
    {"text", "grouped by lab and person, a line a change", of_diff_write_text},
    {"json", "every change with its fields, for programs", of_diff_write_json},
    {"markdown", "counts and folded groups, for a comment on a pull request", of_diff_write_markdown},
    {"brief", "the counts on one line", of_diff_write_brief},
    {NULL, NULL, NULL},
};

const OfDiffForm *of_diff_form_find(const char *name)
{
    for (const OfDiffForm *form = of_diff_forms; form->name != NULL; form++) {
        if (g_str_equal(form->name, name)) {
            return form;
        }
    }
    return NULL;
}

void of_diff_write_brief(GString *out, const OfChanges *changes, const OfSideNames *names G_GNUC_UNUSED, bool colored G_GNUC_UNUSED)
{
    of_words_append_counts(out, changes);
    g_string_append_c(out, '\n');
}
