/* Names of columns, as `--columns` has them. */
#include "exchange/columns.h"

#include <string.h>

#include "base/limits.h"

const OfColumnInfo of_columns[OF_N_COLUMNS] = {
    [OF_COLUMN_PERSON] = {"person", "character", {OF_COLUMN_REQUIRED, OF_COLUMN_UNKNOWN}},
    [OF_COLUMN_LAB] = {"lab", "group", {OF_COLUMN_REQUIRED, OF_COLUMN_UNKNOWN}},
    [OF_COLUMN_FROM] = {"from", "timestep_start", {OF_COLUMN_REQUIRED, OF_COLUMN_REQUIRED}},
    [OF_COLUMN_TO] = {"to", "timestep_stop", {OF_COLUMN_REQUIRED, OF_COLUMN_REQUIRED}},
    [OF_COLUMN_ROLE] = {"role", NULL, {OF_COLUMN_OPTIONAL, OF_COLUMN_UNKNOWN}},
    [OF_COLUMN_DATE] = {"date", NULL, {OF_COLUMN_UNKNOWN, OF_COLUMN_REQUIRED}},
    [OF_COLUMN_WEIGHT] = {"weight", NULL, {OF_COLUMN_UNKNOWN, OF_COLUMN_REQUIRED}},
};

/* The column whose key and `=` the text begins with, or OF_N_COLUMNS; value: what follows. */
static guint find_key(const char *text, const char **value)
{
    for (guint i = 0; i < OF_N_COLUMNS; i++) {
        const gsize n = strlen(of_columns[i].key);
        if (strncmp(text, of_columns[i].key, n) == 0 && text[n] == '=') {
            *value = text + n + 1;
            return i;
        }
    }
    return OF_N_COLUMNS;
}

/* Where the value that begins here ends. */
static const char *find_end(const char *value)
{
    const char *next, *rest;
    for (next = strchr(value, ','); next != NULL && find_key(next + 1, &rest) == OF_N_COLUMNS; next = strchr(next + 1, ',')) {
    }
    return next != NULL ? next : value + strlen(value);
}

bool of_column_names_parse(OfColumnNames *names, const char *text, GError **error)
{
    const char *at = text;
    for (;;) {
        const char *value = NULL;
        const guint column = find_key(at, &value);
        if (column == OF_N_COLUMNS) {
            g_set_error(error, OF_ERROR, OF_ERROR_USAGE,
                        "columns are named as person=NAME,lab=NAME,from=NAME,to=NAME,role=NAME or "
                        "from=NAME,to=NAME,date=NAME,weight=NAME (any of "
                        "these), not as `%s`",
                        at);
            return false;
        }
        const char *end = find_end(value);
        if (names->name[column] != NULL || end == value) {
            g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "the column of `%s` is named %s", of_columns[column].key,
                        end == value ? "by nothing" : "twice");
            return false;
        }
        names->name[column] = g_strndup(value, (gsize) (end - value));
        if (*end == '\0') {
            return true;
        }
        at = end + 1;
    }
}

void of_column_names_clear(OfColumnNames *names)
{
    for (guint i = 0; i < OF_N_COLUMNS; i++) {
        g_clear_pointer(&names->name[i], g_free);
    }
}
