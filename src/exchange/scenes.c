#include "exchange/scenes.h"

#include <string.h>

#include "base/text_index.h"

void of_scenes_add(OfRoster *roster, const OfSceneSpan *span)
{
    g_autofree char *name = g_strdup_printf("Scene %" G_GINT64_FORMAT, span->number);
    OfRosterStint stint = {.lab = of_roster_lab(roster, name, &span->place), .place = span->place, .in_steps = true};
    OfDay day;
    if (of_roster_step_day(span->first, &day)) {
        stint.from = of_date_from_day(day);
    }
    if (of_roster_step_day(span->last + 1, &day)) {
        stint.to = of_date_from_day(day);
    }
    for (guint i = 0; i < span->n_people; i++) {
        stint.person = span->people[i];
        of_roster_add(roster, &stint);
    }
}

void of_scenes_close(OfRoster *roster, gint64 last_step)
{
    OfDay day;
    if (roster->stints->len > 0 && of_roster_step_day(last_step, &day)) {
        roster->last_day = day;
    }
    roster->free_lanes = true;
}

void of_import_scenes(OfRoster *roster, const OfSourceText *text, const OfColumnNames *columns G_GNUC_UNUSED,
                      const OfLimits *limits, OfDiagnostics *diagnostics)
{
    const char *bytes = text->bytes + of_text_mark_start(text).offset;
    if (bytes[strspn(bytes, " \t\r\n")] == '{') {
        of_import_story(roster, text, limits, diagnostics);
    } else {
        of_import_film(roster, text, diagnostics);
    }
}
