#include "view/axis.h"

/* Least room of a label, points. */
#define YEAR_WIDTH  34.0 /* also of the first quarter and month of a year */
#define MONTH_WIDTH 28.0
#define DAY_WIDTH   16.0

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static void add_tick(GArray *ticks, OfDay first, OfDay last, OfDay day, bool major, const char *format, ...) G_GNUC_PRINTF(6, 7);

static void add_tick(GArray *ticks, OfDay first, OfDay last, OfDay day, bool major, const char *format, ...)
{
    if (day < first || day > last) {
        return;
    }
    OfTick tick = {.day = day, .major = major};
    va_list arguments;
    va_start(arguments, format);
    g_vsnprintf(tick.text, sizeof tick.text, format, arguments);
    va_end(arguments);
    g_array_append_val(ticks, tick);
}

/* 1, 2, 5, 10, 20, 50 … years. */
static int year_step(double year_width)
{
    static const int factors[] = {1, 2, 5};
    for (int power = 1;; power *= 10) {
        for (gsize i = 0; i < G_N_ELEMENTS(factors); i++) {
            const int step = factors[i] * power;
            if (step * year_width >= YEAR_WIDTH || step >= 10000) {
                return step;
            }
        }
    }
}

static void add_months(GArray *ticks, OfDay first, OfDay last, int year, int step)
{
    for (int month = 1; month <= 12; month += step) {
        const OfDay day = of_day_from_civil(year, month, 1);
        if (month == 1) {
            add_tick(ticks, first, last, day, true, "%d", year);
        } else if (step == 3) {
            add_tick(ticks, first, last, day, false, "Q%d", (month - 1) / 3 + 1);
        } else {
            add_tick(ticks, first, last, day, false, "%s", months[month - 1]);
        }
    }
}

/* Days of a short span: the first of a month carries its name. */
static void add_days(GArray *ticks, OfDay first, OfDay last, double day_width)
{
    const int step = day_width >= DAY_WIDTH ? 1 : day_width * 7 >= DAY_WIDTH ? 7 : 14;
    for (OfDay day = first; day <= last; day++) {
        int year = 0, month = 0, of_month = 0;
        of_day_to_civil(day, &year, &month, &of_month);
        const bool near_next_month = of_month + step > of_days_in_month(year, month) + step / 2;
        if (of_month == 1 || day == first) {
            add_tick(ticks, first, last, day, true, "%d %s %d", of_month, months[month - 1], year);
        } else if ((of_month - 1) % step == 0 && !near_next_month && (day - first) * day_width > 3 * DAY_WIDTH) {
            add_tick(ticks, first, last, day, false, "%d", of_month);
        }
    }
}

GArray *of_axis_ticks(OfDay first, OfDay last, double day_width)
{
    GArray *ticks = g_array_new(FALSE, TRUE, sizeof(OfTick));
    const double year_width = 365.25 * day_width;
    int first_year = 0, last_year = 0, month = 0, day = 0;
    of_day_to_civil(first, &first_year, &month, &day);
    of_day_to_civil(last, &last_year, &month, &day);
    if (last - first < 120 && day_width * 30 >= 3 * MONTH_WIDTH) {
        add_days(ticks, first, last, day_width);
        return ticks;
    }
    const int step = year_step(year_width);
    for (int year = first_year; year <= last_year; year++) {
        if (year_width >= 12 * YEAR_WIDTH) {
            add_months(ticks, first, last, year, 1);
        } else if (year_width >= 4 * YEAR_WIDTH) {
            add_months(ticks, first, last, year, 3);
        } else if (year % step == 0) {
            add_tick(ticks, first, last, of_day_from_civil(year, 1, 1), true, "%d", year);
        }
    }
    if (ticks->len == 0) {
        add_tick(ticks, first, last, first, true, "%d", first_year);
    }
    return ticks;
}
