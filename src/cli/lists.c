/* The commands that list what there is. */
#include "cli/command.h"

#include <string.h>

int refuse_arguments(int argc, char **argv)
{
    if (argc > 1) {
        say_error("`%s` takes no argument `%s` (see `orgflow help %s`)", argv[0], argv[1], argv[0]);
        return ORGFLOW_USAGE;
    }
    return ORGFLOW_OK;
}

static int write_table(int argc, char **argv, bool (*row)(size_t index, OrgflowEntry *entry))
{
    g_autoptr(GString) text = g_string_new(NULL);
    OrgflowEntry entry;
    const int status = refuse_arguments(argc, argv);
    if (status != ORGFLOW_OK) {
        return status;
    }
    for (size_t i = 0; row(i, &entry); i++) {
        g_string_append_printf(text, "%-12s %s\n", entry.name, entry.summary);
    }
    return write_stdout(text->str, text->len);
}

int run_formats(int argc, char **argv)
{
    return write_table(argc, argv, orgflow_format);
}

int run_views(int argc, char **argv)
{
    return write_table(argc, argv, orgflow_view);
}

int run_themes(int argc, char **argv)
{
    return write_table(argc, argv, orgflow_theme);
}

int run_schema(int argc, char **argv)
{
    const int status = refuse_arguments(argc, argv);
    if (status != ORGFLOW_OK) {
        return status;
    }
    char *text = NULL;
    orgflow_schema(&text);
    const int written = write_stdout(text, strlen(text));
    orgflow_free(text);
    return written;
}

int run_version(int argc, char **argv G_GNUC_UNUSED)
{
    if (argc > 1) {
        return refuse_arguments(argc, argv);
    }
    g_autofree char *text = g_strdup_printf("orgflow %s\n", orgflow_version());
    return write_stdout(text, strlen(text));
}
