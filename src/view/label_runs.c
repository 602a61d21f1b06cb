#include "view/label_runs.h"

#include <string.h>

/* The value of an attribute of the tag at `tag`, or NULL. */
static char *read_value(const char *tag, const char *end, const char *name)
{
    const char *at = g_strstr_len(tag, end - tag, name);
    if (at == NULL) {
        return NULL;
    }
    at += strlen(name);
    return g_strndup(at, strcspn(at, "\""));
}

const char *of_label_run_read(const char *at, OfLabelRun *run)
{
    const char *end = strchr(at, '>');
    g_autofree char *size = read_value(at, end, " POINT-SIZE=\"");
    *run = (OfLabelRun){.size = size != NULL ? g_ascii_strtod(size, NULL) : 0, .color = read_value(at, end, " COLOR=\"")};
    for (at = end + 1; *at == '<' && at[2] == '>'; at += 3) {
        run->bold = run->bold || at[1] == 'B';
        run->italic = run->italic || at[1] == 'I';
    }
    run->text = g_strndup(at, strcspn(at, "<"));
    return strstr(at, "</FONT>") + strlen("</FONT>");
}

void of_label_run_clear(OfLabelRun *run)
{
    g_free(run->color);
    g_free(run->text);
}
