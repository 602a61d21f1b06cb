/* `orgflow manual format`: the manual page of the data format, written from its table of keys. */
#include "cli/command.h"
#include "cli/roff.h"

#include <string.h>

static const char description[] =
    "Facts are written in YAML: a file, several, or a folder whose files *.yaml are read together in the order of their names; "
    "JSON is\n"
    "read as YAML. Each is a mapping that begins with `orgflow: 1`. Other keys than these are errors.\n"
    "\n"
    "Ids are made of the letters a to z, digits, full stops, underscores and hyphens, and begin with a letter or a digit. "
    "Sources,\n"
    "strategies, labs, groups and people are mappings from an id to the item; events, claims and views are lists of items.\n";

static const char dates[] = "Dates follow EDTF (ISO 8601-2): a year (2023), a month (2023-04), a day (2023-04-28), a quarter "
                            "(2023-Q2 or 2023-34), or a time\n"
                            "between two of them (2023-02/2023-04), where either end may be left open (../2023-04, 2023-04/..). "
                            "Behind a date, `~` says that it is\n"
                            "approximate, `?` that it is uncertain, `%` both; they never widen the days that it covers. Two dates "
                            "contradict each other only\n"
                            "where none of their days can be in the order asked for.\n";

static const char example[] = "orgflow: 1\n"
                              "title: A move\n"
                              "sources:\n"
                              "  letter: {title: To all of us, date: 2023-04-28, url: \"https://example.org/letter\"}\n"
                              "labs:\n"
                              "  old: {name: Old lab, founded: 2015}\n"
                              "  new: {name: New lab, founded: 2023-04}\n"
                              "people:\n"
                              "  ann: {name: Ann, lab: old, since: 2019~}\n"
                              "events:\n"
                              "  - {date: 2023-04-28, type: move, people: [ann], to: new, role: Founder, sources: [letter]}\n"
                              "claims:\n"
                              "  - {text: Ann is at the new lab, person: ann, lab: new, at: 2024, count: 1, sources: [letter]}\n";

/* "join, move" for the bits of types, the rows of orgflow_event_type(). Owned by the caller. */
static char *type_names(unsigned long types)
{
    GString *names = g_string_new(NULL);
    OrgflowEntry type;
    for (size_t i = 0; orgflow_event_type(i, &type); i++) {
        if (types >> i & 1) {
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", type.name);
        }
    }
    return g_string_free(names, FALSE);
}

static void append_key(GString *page, const OrgflowKey *key)
{
    g_string_append(page, ".TP\n.BR ");
    roff_text(page, key->name);
    g_string_append(page, " \": ");
    roff_text(page, key->value);
    if (key->refers != NULL || key->choices != NULL) {
        g_autofree char *choices = key->choices != NULL ? g_strjoinv(", ", (char **) key->choices) : NULL;
        g_string_append(page, " (");
        roff_text(page, choices != NULL ? choices : key->refers);
        g_string_append_c(page, ')');
    }
    g_string_append(page, key->required == key->events ? ", required\"\n" : "\"\n");
    g_autofree char *summary = g_strconcat(key->summary, ".", NULL);
    roff_text(page, summary);
    g_string_append_c(page, '\n');
    g_autofree char *types = type_names(key->any_event ? 0 : key->events);
    g_autofree char *required = type_names(key->required == key->events ? 0 : key->required);
    if (*types != '\0') {
        g_string_append_printf(page, "In: %s.\n", types);
    }
    if (*required != '\0') {
        g_string_append_printf(page, "Required in: %s.\n", required);
    }
}

static void append_keys(GString *page)
{
    const char *kind = NULL;
    OrgflowKey key;
    for (size_t i = 0; orgflow_key(i, &key); i++) {
        if (g_strcmp0(kind, key.kind) != 0) {
            kind = key.kind;
            g_autofree char *heading = g_ascii_strup(kind, -1);
            g_string_append_printf(page, ".SH KEYS OF %s %s\n", strchr("AEIOU", *heading) != NULL ? "AN" : "A", heading);
            roff_text(page, key.kind_summary);
            g_string_append(page, ".\n");
        }
        append_key(page, &key);
    }
    g_string_append(page, ".PP\nA view takes every filter and drawing option of\n.BR orgflow (1)\nunder its long name too.\n");
}

static void append_event_types(GString *page)
{
    OrgflowEntry type;
    g_string_append(page, ".SH EVENT TYPES\n");
    for (size_t i = 0; orgflow_event_type(i, &type); i++) {
        roff_item(page, type.name, type.summary);
    }
}

int write_format_manual(void)
{
    g_autoptr(GString) page = g_string_new(NULL);
    g_string_append_printf(page, ".TH ORGFLOW\\-FORMAT 5 \"\" \"orgflow %s\" \"File Formats\"\n", orgflow_version());
    g_string_append(page, ".SH NAME\norgflow\\-format \\- people, labs and dated events in YAML\n.SH DESCRIPTION\n");
    roff_paragraphs(page, description);
    append_keys(page);
    append_event_types(page);
    g_string_append(page, ".SH DATES\n");
    roff_paragraphs(page, dates);
    g_string_append(page, ".SH EXAMPLES\n");
    roff_lines(page, example);
    g_string_append(page, ".SH SEE ALSO\n.BR orgflow (1)\n.PP\nEditors read the JSON Schema that\n.B orgflow schema\nprints.\n");
    return write_stdout(page->str, page->len);
}
