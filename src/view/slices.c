#include "view/slices.h"

/* A step in months, or in days where months are 0. */
typedef struct {
    const char *name; /* as `every` has it, or NULL */
    int months, days;
} Period;

/* From fine to coarse. */
static const Period periods[] = {
    {NULL, 0, 1},   {NULL, 0, 7},   {"month", 1, 0}, {"quarter", 3, 0}, {"year", 12, 0}, {NULL, 24, 0},    {NULL, 60, 0},
    {NULL, 120, 0}, {NULL, 240, 0}, {NULL, 600, 0},  {NULL, 1200, 0},   {NULL, 6000, 0}, {NULL, 12000, 0},
};
enum { YEAR = 4, LEAST = 3 };

static gint compare_slices(gconstpointer a, gconstpointer b)
{
    const OfSlice *p = a, *q = b;
    return p->day != q->day ? (p->day < q->day ? -1 : 1) : of_date_compare(&p->date, &q->date);
}

/* Days that are the first of a month are shown as that month. */
static OfDate shown_date(OfDay day)
{
    int year = 0, month = 0, of_month = 0;
    OfDate date = of_date_from_day(day);
    of_day_to_civil(day, &year, &month, &of_month);
    if (of_month == 1) {
        date.precision = OF_DATE_MONTH;
        date.last = day + of_days_in_month(year, month) - 1;
    }
    return date;
}

static GArray *read_slices(char **texts)
{
    GArray *slices = g_array_new(FALSE, FALSE, sizeof(OfSlice));
    for (char **text = texts; *text != NULL; text++) {
        OfSlice slice;
        if (of_date_parse(*text, &slice.date, NULL)) { /* as the option has made sure */
            slice.day = of_date_middle(&slice.date);
            slice.date = slice.date.precision == OF_DATE_DAY ? shown_date(slice.day) : slice.date;
            g_array_append_val(slices, slice);
        }
    }
    g_array_sort(slices, compare_slices);
    guint n = 0;
    for (guint i = 0; i < slices->len; i++) {
        const OfSlice slice = g_array_index(slices, OfSlice, i);
        if (n == 0 || slice.day != g_array_index(slices, OfSlice, n - 1).day) {
            g_array_index(slices, OfSlice, n++) = slice;
        }
    }
    g_array_set_size(slices, n);
    return slices;
}

/* The first day of the period that a day is in, steps periods later; OF_DAY_MAX where the calendar ends. */
static OfDay period_start(const Period *period, OfDay day, int steps)
{
    if (period->months == 0) {
        /* Weeks begin on Mondays: day 4 of 1970 was one. */
        const int phase = period->days == 7 ? 4 : 0, behind = (day - phase) % period->days;
        return day - (behind < 0 ? behind + period->days : behind) + steps * period->days;
    }
    int year = 0, month = 0, of_month = 0;
    of_day_to_civil(day, &year, &month, &of_month);
    const int months = (year * 12 + month - 1) / period->months * period->months + steps * period->months;
    return months / 12 > 9999 ? OF_DAY_MAX : of_day_from_civil(months / 12, months % 12 + 1, 1);
}

static void add_slice(GArray *slices, OfDay day)
{
    const OfSlice slice = {day, shown_date(day)};
    g_array_append_val(slices, slice);
}

static GArray *cut(const Period *period, OfDay first, OfDay last)
{
    GArray *slices = g_array_new(FALSE, FALSE, sizeof(OfSlice));
    const double days = period->months > 0 ? period->months * 365.25 / 12 : period->days;
    add_slice(slices, first);
    for (int step = 1;; step++) {
        const OfDay day = period_start(period, first, step);
        if (day >= last) {
            break;
        }
        if (day - first >= days / 3 && last - day >= days / 3) {
            add_slice(slices, day);
        }
    }
    if (last > first) {
        add_slice(slices, last);
    }
    return slices;
}

/* How many cuts there are about, without making them. */
static double count_cuts(const Period *period, OfDay first, OfDay last)
{
    return 2 + (last - first) / (period->months > 0 ? period->months * 365.25 / 12 : period->days);
}

GArray *of_slices_choose(const OfSelection *selection, OfDay first_day, guint most)
{
    const OfOptions *options = selection->options;
    if (options->slices != NULL) {
        return read_slices(options->slices);
    }
    const OfDay last = selection->to, first = MIN(selection->from_set ? selection->from : first_day, last);
    for (gsize i = 0; options->every != NULL && i < G_N_ELEMENTS(periods); i++) {
        if (g_strcmp0(periods[i].name, options->every) == 0) {
            return cut(&periods[i], first, last);
        }
    }
    gsize chosen = YEAR;
    while (chosen + 1 < G_N_ELEMENTS(periods) && count_cuts(&periods[chosen], first, last) > most) {
        chosen++;
    }
    g_autoptr(GArray) slices = cut(&periods[chosen], first, last);
    while (chosen > 0 && chosen <= YEAR && slices->len < LEAST && count_cuts(&periods[chosen - 1], first, last) <= most) {
        g_array_unref(slices);
        slices = cut(&periods[--chosen], first, last);
    }
    return g_steal_pointer(&slices);
}
