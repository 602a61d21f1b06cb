/* `orgflow check`. */
#include "cli/options.h"

#include <string.h>

static char *format = NULL;

const GOptionEntry check_entries[] = {
    {"format", 0, 0, G_OPTION_ARG_FILENAME, &format, "text (the default), json or sarif", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

/* The claims and what the data says to them, and what there is. For data without errors. */
static int write_summary(const OrgflowStory *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    OrgflowClaim claim;
    for (size_t i = 0; orgflow_story_claim(story, i, &claim); i++) {
        g_string_append_printf(text, "claim %s: %s (%s)\n", claim.holds ? "borne out" : "contradicted",
                               claim.text != NULL ? claim.text : claim.key, claim.finding);
    }
    static const struct {
        const char *many, *one;
    } kinds[] = {{"people", "person"}, {"labs", "lab"},     {"events", "event"},
                 {"moves", "move"},    {"claims", "claim"}, {"sources", "source"}};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const size_t n = orgflow_story_count(story, kinds[i].many);
        g_string_append_printf(text, "%s%zu %s", i > 0 ? ", " : "", n, n == 1 ? kinds[i].one : kinds[i].many);
    }
    const size_t n_warnings = orgflow_story_n_problems(story);
    if (n_warnings == 0) {
        g_string_append(text, ": all is well\n");
    } else {
        g_string_append_printf(text, ": %zu warning%s\n", n_warnings, n_warnings == 1 ? "" : "s");
    }
    return write_stdout(text->str, text->len);
}

static int write_problems(const OrgflowStory *story)
{
    char *text = NULL;
    orgflow_story_write_problems(story, format, &text);
    const int status = write_stdout(text, strlen(text));
    orgflow_free(text);
    return status;
}

int run_check(int argc, char **argv)
{
    Request request;
    OrgflowStory *story = NULL;
    int status = request_parse(&request, command_find("check"), argc, argv);
    const bool for_tools = format != NULL && strcmp(format, "text") != 0;
    if (status == ORGFLOW_OK && for_tools && !g_strv_contains(check_formats, format)) {
        g_autofree char *names = g_strjoinv(", ", (char **) (gsize) check_formats);
        say_error("`--format` is one of %s", names);
        status = ORGFLOW_USAGE;
    }
    if (status == ORGFLOW_OK) {
        status = request_read(&request, false, &story);
        int written = ORGFLOW_OK;
        if (story != NULL && for_tools) {
            written = write_problems(story);
        } else if (status == ORGFLOW_OK && !request.quiet) {
            written = write_summary(story);
        }
        status = written != ORGFLOW_OK ? written : status;
    }
    orgflow_story_free(story);
    request_clear(&request);
    g_clear_pointer(&format, g_free);
    return status;
}
