/* What can be told of a file without reading it. */
#include "exchange/roster.h"

#include <string.h>

/* Levels of nesting, nodes of a stint, a person or a lab, and bytes of the longest id, as of_roster_write() writes them, or more. */
#define DEPTH    8
#define NODES    10
#define ID_BYTES 100

/* Whether a text stands on one line as it is: neither blanks at its ends nor controls. */
static bool is_plain_text(const char *text, const OfLimits *limits)
{
    const char *at = text;
    while ((guchar) *at >= ' ' && *at != 0x7f) {
        at++;
    }
    return *at == '\0' && at > text && *text != ' ' && at[-1] != ' ' && at - text <= limits->value[OF_LIMIT_LABEL_BYTES];
}

static bool are_plain_names(const GArray *names, const OfLimits *limits)
{
    for (guint i = 0; i < names->len; i++) {
        if (!is_plain_text(g_array_index(names, OfRosterName, i).name, limits)) {
            return false;
        }
    }
    return true;
}

/* Whether a date is not set, or has an end on either side, within the calendar. */
static bool is_plain_date(const OfDate *date)
{
    return !of_date_is_set(date) ||
           (!date->open_first && !date->open_last && date->first > OF_DAY_MIN + 1 && date->last < OF_DAY_MAX - 1);
}

/* Whether a stint lies wholly behind the one before it, or begins on the very date on which that ends, at another lab. before: NULL for the first one. */
static bool is_plain_stint(const OfRosterStint *stint, const OfRosterStint *before, const OfLimits *limits)
{
    const bool begins = of_date_is_set(&stint->from), ends = of_date_is_set(&stint->to);
    if (stint->in_steps || stint->concurrent || stint->left || !is_plain_date(&stint->from) || !is_plain_date(&stint->to) ||
        (stint->role != NULL && !is_plain_text(stint->role, limits)) || (begins && ends && stint->from.last >= stint->to.first)) {
        return false;
    }
    return before == NULL || (begins && of_date_is_set(&before->to) && before->lab != stint->lab &&
                              (before->to.last <= stint->from.first || of_date_compare(&before->to, &stint->from) == 0));
}

static bool is_within_limits(const OfRoster *roster, const OfLimits *limits)
{
    const guint64 n_items = (guint64) roster->people->len + roster->labs->len + roster->stints->len;
    return roster->people->len <= limits->value[OF_LIMIT_PEOPLE] && roster->stints->len <= limits->value[OF_LIMIT_EVENTS] &&
           (n_items + 1) * NODES <= (guint64) limits->value[OF_LIMIT_NODES] && limits->value[OF_LIMIT_DEPTH] >= DEPTH &&
           limits->value[OF_LIMIT_LABEL_BYTES] >= ID_BYTES;
}

bool of_roster_is_plain(const OfRoster *roster, const char *title, const OfLimits *limits)
{
    if (roster->flows->len > 0 || roster->last_day < OF_DAY_MAX || !is_within_limits(roster, limits) ||
        (title != NULL && !is_plain_text(title, limits)) || !are_plain_names(roster->people, limits) ||
        !are_plain_names(roster->labs, limits)) {
        return false;
    }
    const OfRosterStint *before = NULL;
    for (guint i = 0; i < roster->stints->len; i++) {
        const OfRosterStint *stint = &g_array_index(roster->stints, OfRosterStint, i);
        if (!is_plain_stint(stint, before != NULL && before->person == stint->person ? before : NULL, limits)) {
            return false;
        }
        before = stint;
    }
    return true;
}
