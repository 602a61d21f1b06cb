/* Dates in words: canonical EDTF, and English for a reader. */
#include "base/date.h"

#include <string.h>

static const char *const short_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* How exactly one end of an interval has to be said. */
typedef enum { UNIT_YEAR, UNIT_MONTH, UNIT_DAY } Unit;

typedef struct {
    int year, month, day;
    Unit unit;
} End;

static End end_from_day(OfDay day, bool is_first)
{
    End end;
    of_day_to_civil(day, &end.year, &end.month, &end.day);
    bool whole_month = end.day == (is_first ? 1 : of_days_in_month(end.year, end.month));
    bool whole_year = whole_month && end.month == (is_first ? 1 : 12);
    end.unit = whole_year ? UNIT_YEAR : whole_month ? UNIT_MONTH : UNIT_DAY;
    return end;
}

/* The two ends of an interval, each in its largest unit, but in the smaller one of both where they lie in one larger unit: January
 * to April 2023 is 2023-01/2023-04, not 2023/2023-04. */
static void ends_of_interval(const OfDate *date, End *first, End *last)
{
    *first = end_from_day(date->first, true);
    *last = end_from_day(date->last, false);
    if (date->open_first || date->open_last || first->year != last->year) {
        return;
    }
    Unit finer = MAX(first->unit, last->unit);
    if (finer > UNIT_YEAR) {
        first->unit = MAX(first->unit, UNIT_MONTH);
        last->unit = MAX(last->unit, UNIT_MONTH);
    }
    if (finer == UNIT_DAY && first->month == last->month) {
        first->unit = last->unit = UNIT_DAY;
    }
}

/* Writes a number of n digits and returns what is behind it. By hand: every event and stint has a date in its key. */
static char *append_number(char *to, int number, int n)
{
    for (int i = n - 1; i >= 0; i--, number /= 10) {
        to[i] = (char) ('0' + number % 10);
    }
    return to + n;
}

static char *append_edtf(char *to, const End *end)
{
    to = append_number(to, end->year, 4);
    if (end->unit >= UNIT_MONTH) {
        *to++ = '-';
        to = append_number(to, end->month, 2);
    }
    if (end->unit >= UNIT_DAY) {
        *to++ = '-';
        to = append_number(to, end->day, 2);
    }
    return to;
}

static const char *doubt_sign(const OfDate *date)
{
    if (date->approximate && date->uncertain) {
        return "%";
    }
    return date->approximate ? "~" : date->uncertain ? "?" : "";
}

static char *append_end(char *to, const End *end, bool open, const char *doubt)
{
    return open ? g_stpcpy(to, "..") : g_stpcpy(append_edtf(to, end), doubt);
}

void of_date_write(const OfDate *date, char text[OF_DATE_TEXT_SIZE])
{
    const char *doubt = doubt_sign(date);
    char *to = text;
    End first, last;
    switch (date->precision) {
    case OF_DATE_NONE:
        break;
    case OF_DATE_YEAR:
    case OF_DATE_MONTH:
    case OF_DATE_DAY:
    case OF_DATE_QUARTER:
        of_day_to_civil(date->first, &first.year, &first.month, &first.day);
        first.unit = date->precision == OF_DATE_YEAR ? UNIT_YEAR : date->precision == OF_DATE_DAY ? UNIT_DAY : UNIT_MONTH;
        first.month = date->precision == OF_DATE_QUARTER ? 33 + (first.month - 1) / 3 : first.month;
        to = append_end(to, &first, false, doubt);
        break;
    case OF_DATE_INTERVAL:
        ends_of_interval(date, &first, &last);
        to = append_end(to, &first, date->open_first, doubt);
        *to++ = '/';
        to = append_end(to, &last, date->open_last, doubt);
        break;
    }
    *to = '\0';
}

char *of_date_format(const OfDate *date)
{
    char text[OF_DATE_TEXT_SIZE];
    of_date_write(date, text);
    return g_strdup(text);
}

/* One end for a reader. `from` is the largest unit to say: the first end of "Feb–Apr 2023" leaves its year out. */
static void append_words(GString *text, const End *end, Unit from)
{
    if (end->unit == UNIT_DAY) {
        g_string_append_printf(text, "%d", end->day);
    }
    if (end->unit >= UNIT_MONTH && from <= UNIT_MONTH) {
        g_string_append_printf(text, "%s%s", end->unit == UNIT_DAY ? " " : "", short_months[end->month - 1]);
    }
    if (from == UNIT_YEAR) {
        g_string_append_printf(text, "%s%04d", end->unit == UNIT_YEAR ? "" : " ", end->year);
    }
}

static void append_closed_interval(GString *text, const End *first, const End *last)
{
    bool same_year = first->year == last->year, same_month = same_year && first->month == last->month;
    if (first->unit == last->unit && same_year &&
        (first->unit == UNIT_YEAR || (same_month && (first->unit == UNIT_MONTH || first->day == last->day)))) {
        append_words(text, last, UNIT_YEAR); /* both ends are the same */
        return;
    }
    Unit from = UNIT_YEAR;
    if (same_year && last->unit >= UNIT_MONTH) {
        from = same_month && first->unit == UNIT_DAY && last->unit == UNIT_DAY ? UNIT_DAY : UNIT_MONTH;
    }
    g_autoptr(GString) start = g_string_new(NULL);
    g_autoptr(GString) finish = g_string_new(NULL);
    append_words(start, first, from);
    append_words(finish, last, UNIT_YEAR);
    /* The dash stands tight between single words: "Feb–Apr 2023", "14–20 Jun 2023", but "14 Jun – 2 Jul 2023". */
    bool is_tight =
        strchr(start->str, ' ') == NULL && (from != UNIT_YEAR || strchr(finish->str, ' ') == NULL) && first->unit == last->unit;
    g_string_append_printf(text, "%s%s%s", start->str, is_tight ? "–" : " – ", finish->str);
}

char *of_date_display(const OfDate *date)
{
    GString *text = g_string_new(NULL);
    if (date->precision == OF_DATE_NONE) {
        return g_string_free(text, FALSE);
    }
    const char *circa = date->approximate ? "c. " : "";
    End first, last;
    ends_of_interval(date, &first, &last);
    switch (date->precision) {
    case OF_DATE_NONE:
        break;
    case OF_DATE_DAY:
    case OF_DATE_MONTH:
    case OF_DATE_YEAR:
        first.unit = date->precision == OF_DATE_YEAR ? UNIT_YEAR : date->precision == OF_DATE_MONTH ? UNIT_MONTH : UNIT_DAY;
        g_string_append(text, circa);
        append_words(text, &first, UNIT_YEAR);
        break;
    case OF_DATE_QUARTER:
        g_string_append_printf(text, "%sQ%d %04d", circa, 1 + (first.month - 1) / 3, first.year);
        break;
    case OF_DATE_INTERVAL:
        if (date->open_first || date->open_last) {
            g_string_append_printf(text, "%s %s", date->open_first ? "until" : "from", circa);
            append_words(text, date->open_first ? &last : &first, UNIT_YEAR);
        } else {
            g_string_append(text, circa);
            append_closed_interval(text, &first, &last);
        }
        break;
    }
    g_string_append(text, date->uncertain ? "?" : "");
    return g_string_free(text, FALSE);
}

char *of_days_display(int32_t days)
{
    const int months = (int) (days / 30.436875 + 0.5);
    return months == 0        ? g_strdup_printf("%d d", days)
           : months < 12      ? g_strdup_printf("%d mo", months)
           : months % 12 == 0 ? g_strdup_printf("%d y", months / 12)
                              : g_strdup_printf("%d y %d mo", months / 12, months % 12);
}
