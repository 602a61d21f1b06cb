/* A roster as a file of format 1. */
#include "exchange/roster.h"
#include "exchange/slug.h"
#include "text/yaml_text.h"

typedef struct {
    const OfRoster *roster;
    GString *text;
    GArray *places;        /* of OfPlace, one a line; or NULL */
    char **people, **labs; /* ids as YAML */
} Writer;

/* Ends a line, which comes from a place (NULL: from none). */
static void end_line(Writer *writer, const OfPlace *place)
{
    const OfPlace none = {.text = NULL};
    g_string_append_c(writer->text, '\n');
    if (writer->places != NULL) {
        g_array_append_vals(writer->places, place != NULL ? place : &none, 1);
    }
}

static void write_line(Writer *writer, const char *line)
{
    g_string_append(writer->text, line);
    end_line(writer, NULL);
}

static char **make_ids(const GArray *names)
{
    g_autofree const char **texts = g_new(const char *, (gsize) names->len + 1);
    for (guint i = 0; i < names->len; i++) {
        texts[i] = g_array_index(names, OfRosterName, i).name;
    }
    char **ids = of_slug_list(texts, names->len);
    g_autoptr(GString) written = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        g_string_truncate(written, 0);
        of_yaml_append_id(written, ids[i]);
        if (!g_str_equal(written->str, ids[i])) {
            g_free(ids[i]);
            ids[i] = g_strdup(written->str);
        }
    }
    return ids;
}

static void append_key(Writer *writer, const char *key)
{
    g_string_append(writer->text, ", ");
    g_string_append(writer->text, key);
    g_string_append(writer->text, ": ");
}

static void append_date(Writer *writer, const char *key, const OfDate *date)
{
    if (of_date_is_set(date)) {
        char text[OF_DATE_TEXT_SIZE];
        of_date_write(date, text);
        append_key(writer, key);
        of_yaml_append_date(writer->text, text);
    }
}

static void write_labs(Writer *writer)
{
    const GArray *labs = writer->roster->labs;
    if (labs->len > 0) {
        write_line(writer, "labs:");
    }
    for (guint i = 0; i < labs->len; i++) {
        const OfRosterName *lab = &g_array_index(labs, OfRosterName, i);
        g_string_append(writer->text, "  ");
        g_string_append(writer->text, writer->labs[i]);
        g_string_append(writer->text, ": {name: ");
        of_yaml_append_quoted(writer->text, lab->name);
        g_string_append_c(writer->text, '}');
        end_line(writer, &lab->place);
    }
}

static void write_stint(Writer *writer, const OfRosterStint *stint)
{
    g_string_append(writer->text, "      - {lab: ");
    g_string_append(writer->text, writer->labs[stint->lab]);
    append_date(writer, "from", &stint->from);
    if (!stint->left) {
        append_date(writer, "to", &stint->to);
    }
    if (stint->role != NULL) {
        g_string_append(writer->text, ", role: ");
        of_yaml_append_quoted(writer->text, stint->role);
    }
    g_string_append(writer->text, stint->concurrent ? ", concurrent: true}" : "}");
    end_line(writer, &stint->place);
}

/* People with their stints, which stand together; returns how many of these end by an event. */
static guint write_people(Writer *writer)
{
    const OfRoster *roster = writer->roster;
    guint n_left = 0, next = 0;
    if (roster->people->len > 0) {
        write_line(writer, "people:");
    }
    for (guint i = 0; i < roster->people->len; i++) {
        const OfRosterName *person = &g_array_index(roster->people, OfRosterName, i);
        g_string_append(writer->text, "  ");
        g_string_append(writer->text, writer->people[i]);
        g_string_append_c(writer->text, ':');
        end_line(writer, &person->place);
        g_string_append(writer->text, "    name: ");
        of_yaml_append_quoted(writer->text, person->name);
        end_line(writer, &person->place);
        g_string_append(writer->text, "    stints:");
        end_line(writer, &person->place);
        for (; next < roster->stints->len && g_array_index(roster->stints, OfRosterStint, next).person == i; next++) {
            write_stint(writer, &g_array_index(roster->stints, OfRosterStint, next));
            n_left += g_array_index(roster->stints, OfRosterStint, next).left;
        }
    }
    return n_left;
}

static void write_leaving(Writer *writer)
{
    for (guint i = 0; i < writer->roster->stints->len; i++) {
        const OfRosterStint *stint = &g_array_index(writer->roster->stints, OfRosterStint, i);
        if (stint->left) {
            g_string_append(writer->text, "  - {type: leave");
            append_date(writer, "date", &stint->to);
            g_string_append(writer->text, ", people: [");
            g_string_append(writer->text, writer->people[stint->person]);
            g_string_append(writer->text, "], from: ");
            g_string_append(writer->text, writer->labs[stint->lab]);
            g_string_append_c(writer->text, '}');
            end_line(writer, &stint->place);
        }
    }
}

static void append_lab(Writer *writer, const char *key, guint lab)
{
    if (lab != OF_ROSTER_OUTSIDE) {
        append_key(writer, key);
        g_string_append(writer->text, writer->labs[lab]);
    }
}

static void write_flows(Writer *writer)
{
    for (guint i = 0; i < writer->roster->flows->len; i++) {
        const OfRosterFlow *flow = &g_array_index(writer->roster->flows, OfRosterFlow, i);
        g_string_append_printf(writer->text, "  - {type: %s",
                               flow->from == OF_ROSTER_OUTSIDE ? "join"
                               : flow->to == OF_ROSTER_OUTSIDE ? "leave"
                                                               : "move");
        append_date(writer, "date", &flow->date);
        append_lab(writer, "from", flow->from);
        append_lab(writer, "to", flow->to);
        g_string_append_printf(writer->text, ", weight: %" G_GINT64_FORMAT "}", flow->weight);
        end_line(writer, &flow->place);
    }
}

/* Steps end with the last one, though nothing may change there: the saved view keeps the whole span. */
static void write_view(Writer *writer)
{
    const OfDate last = of_date_from_day(writer->roster->last_day);
    write_line(writer, "views:");
    g_string_append(writer->text, "  - {id: storyline, type: storyline");
    append_date(writer, "to", &last);
    g_string_append(writer->text, writer->roster->free_lanes ? ", lanes: free}" : "}");
    end_line(writer, NULL);
}

GString *of_roster_write(const OfRoster *roster, const char *title, GArray *places)
{
    Writer writer = {.roster = roster, .text = g_string_new(NULL), .places = places};
    writer.people = make_ids(roster->people);
    writer.labs = make_ids(roster->labs);
    write_line(&writer, "orgflow: 1");
    if (title != NULL) {
        g_string_append(writer.text, "title: ");
        of_yaml_append_quoted(writer.text, title);
        end_line(&writer, NULL);
    }
    write_labs(&writer);
    const guint n_leaving = write_people(&writer);
    if (n_leaving > 0 || roster->flows->len > 0) {
        write_line(&writer, "events:");
    }
    if (n_leaving > 0) {
        write_leaving(&writer);
    }
    write_flows(&writer);
    if (roster->last_day < OF_DAY_MAX) {
        write_view(&writer);
    }
    g_strfreev(writer.people);
    g_strfreev(writer.labs);
    return writer.text;
}
