#include "base/date.h"

#include <string.h>

#include "base/shorten.h"

#define DAYS_PER_ERA 146097 /* 400 years, after which the calendar repeats */

GQuark of_date_error_quark(void)
{
    return g_quark_from_static_string("orgflow-date-error-quark");
}

static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};

/* ---- The civil calendar ---- */

OfDay of_day_from_civil(int year, int month, int day)
{
    /* Years are counted from March, so that the leap day is the last of its year. */
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - 719468;
}

void of_day_to_civil(OfDay day, int *year, int *month, int *month_day)
{
    enum { ERAS = 10 }; /* so that no number is negative, for some thousand years before year 0 */
    const guint32 quarter_days = 4 * (guint32) (day + 719468 + ERAS * DAYS_PER_ERA) + 3;
    const guint32 century = quarter_days / DAYS_PER_ERA;
    const guint64 of_century = G_GUINT64_CONSTANT(2939745) * (quarter_days % DAYS_PER_ERA / 4 * 4 + 3); /* 2^32 a year of 365¼ days */
    const guint32 day_of_year = (guint32) of_century / 2939745 / 4;
    const guint32 months = 2141 * day_of_year + 197913; /* 2^16 a month, from March on */
    const int after_december = day_of_year >= 306;
    *year = (int) (100 * century + (guint32) (of_century >> 32)) - ERAS * 400 + after_december;
    *month = (int) (months >> 16) - 12 * after_december;
    *month_day = (int) ((months & 0xffff) / 2141) + 1;
}

int of_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* ---- Reading ---- */

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(OF_DATE_ERROR, 0, format, arguments));
    va_end(arguments);
    return false;
}

static bool refuse_text(GError **error, const char *text, gsize length)
{
    g_autofree char *quoted = of_text_shorten(text, (gssize) length);
    return refuse(error, "not a date: `%s` (dates are written 2023, 2023-04, 2023-04-28, 2023-Q2 or 2023-02/2023-04)", quoted);
}

/* Reads exactly n digits; -1 where there are others. */
static int read_digits(const char *text, gsize length, gsize n)
{
    if (length != n) {
        return -1;
    }
    int number = 0;
    for (gsize i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i])) {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* How many digits the text begins with. */
static gsize count_digits(const char *text, gsize length)
{
    gsize n = 0;
    while (n < length && g_ascii_isdigit(text[n])) {
        n++;
    }
    return n;
}

static void set_months(OfDate *date, int year, int first_month, int last_month, OfDatePrecision precision)
{
    date->first = of_day_from_civil(year, first_month, 1);
    date->last = of_day_from_civil(year, last_month, of_days_in_month(year, last_month));
    date->precision = precision;
}

/* Reads what stands in the place of a month: 01…12, 33…36 or Q1…Q4. */
static bool read_month(const char *text, gsize length, int year, OfDate *date, GError **error)
{
    if (length == 2 && text[0] == 'Q' && g_ascii_isdigit(text[1])) {
        int quarter = text[1] - '0';
        if (quarter < 1 || quarter > 4) {
            return refuse(error, "there is no quarter %d", quarter);
        }
        set_months(date, year, quarter * 3 - 2, quarter * 3, OF_DATE_QUARTER);
        return true;
    }
    int month = read_digits(text, length, 2);
    if (month >= 33 && month <= 36) {
        int quarter = month - 32;
        set_months(date, year, quarter * 3 - 2, quarter * 3, OF_DATE_QUARTER);
        return true;
    }
    if (month < 1 || month > 12) {
        return refuse(error, "there is no month %.2s (for quarters write %04d-33 or %04d-Q1)", text, year, year);
    }
    set_months(date, year, month, month, OF_DATE_MONTH);
    return true;
}

static bool read_day(const char *text, gsize length, int year, OfDate *date, GError **error)
{
    int day = read_digits(text, length, 2), month, first_year, first_day;
    of_day_to_civil(date->first, &first_year, &month, &first_day);
    if (date->precision != OF_DATE_MONTH) {
        return refuse(error, "a quarter has no day of the month");
    }
    if (day < 1) {
        return refuse(error, "there is no day 00");
    }
    int n_days = of_days_in_month(year, month);
    if (day > n_days) {
        return refuse(error, "%s %04d has %d days", month_names[month - 1], year, n_days);
    }
    date->first = date->last = of_day_from_civil(year, month, day);
    date->precision = OF_DATE_DAY;
    return true;
}

/* Takes the sign of doubt off the end, if there is one. */
static gsize take_doubt(const char *text, gsize length, OfDate *date)
{
    char sign = length > 0 ? text[length - 1] : '\0';
    date->approximate = sign == '~' || sign == '%';
    date->uncertain = sign == '?' || sign == '%';
    return date->approximate || date->uncertain ? length - 1 : length;
}

/* Whether one part of a date looks like what belongs there. Otherwise sets the error that says how it is written, or that the whole
 * is no date. */
static bool check_part(const char *part, gsize length, const char *name, const char *whole, gsize whole_length, GError **error)
{
    bool is_quarter = part[0] == 'Q' && length == 2 && g_ascii_isdigit(part[1]) && *name == 'm';
    if (is_quarter || read_digits(part, length, 2) >= 0) {
        return true;
    }
    if (length > 0 && count_digits(part, length) == length) {
        g_autofree char *quoted = of_text_shorten(part, (gssize) length);
        return refuse(error, "a %s is written with two digits, not as `%s`", name, quoted);
    }
    return refuse_text(error, whole, whole_length);
}

/* Reads a date that is no interval. */
static bool read_point(const char *text, gsize length, OfDate *date, GError **error)
{
    *date = (OfDate){0};
    gsize end = take_doubt(text, length, date);
    gsize year_end = count_digits(text, end);
    if (year_end == 0 || (year_end < end && text[year_end] != '-')) {
        return refuse_text(error, text, length);
    }
    int year = read_digits(text, year_end, 4);
    if (year < 0) {
        g_autofree char *quoted = of_text_shorten(text, (gssize) year_end);
        return refuse(error, "years are 0000 to 9999, written with four digits, not `%s`", quoted);
    }
    if (year_end == end) {
        set_months(date, year, 1, 12, OF_DATE_YEAR);
        return true;
    }
    const char *month = text + year_end + 1;
    gsize rest = end - year_end - 1;
    const char *dash = memchr(month, '-', rest);
    gsize month_length = dash != NULL ? (gsize) (dash - month) : rest;
    if (!check_part(month, month_length, "month", text, length, error)) {
        return false;
    }
    if (dash != NULL && !check_part(dash + 1, rest - month_length - 1, "day", text, length, error)) {
        return false;
    }
    return read_month(month, month_length, year, date, error) &&
           (dash == NULL || read_day(dash + 1, rest - month_length - 1, year, date, error));
}

static bool is_open(const char *text, gsize length)
{
    return length == 2 && memcmp(text, "..", 2) == 0;
}

static bool read_interval(const char *text, const char *slash, OfDate *date, GError **error)
{
    const char *second = slash + 1;
    gsize first_length = (gsize) (slash - text), second_length = strlen(second);
    if (strchr(second, '/') != NULL) {
        return refuse(error, "an interval has two ends: more than one `/`");
    }
    if (first_length == 0 || second_length == 0) {
        return refuse(error, "an interval has two ends: write `..` for one that is open");
    }
    bool open_first = is_open(text, first_length), open_last = is_open(second, second_length);
    if (open_first && open_last) {
        return refuse(error, "an interval that is open at both ends says nothing");
    }
    OfDate from = {.first = OF_DAY_MIN}, to = {.last = OF_DAY_MAX};
    if ((!open_first && !read_point(text, first_length, &from, error)) ||
        (!open_last && !read_point(second, second_length, &to, error))) {
        return false;
    }
    if (to.last < from.first) {
        return refuse(error, "the interval ends before it starts");
    }
    *date = (OfDate){
        .first = from.first,
        .last = to.last,
        .precision = OF_DATE_INTERVAL,
        .approximate = from.approximate || to.approximate,
        .uncertain = from.uncertain || to.uncertain,
        .open_first = open_first,
        .open_last = open_last,
    };
    return true;
}

/* A day of the calendar as nearly all dates of large inputs are written, 2023-04-28, and nothing else: then there is nothing to say. */
static bool read_plain_day(const char *text, OfDate *date)
{
    static const char form[] = "0000-00-00";
    for (gsize i = 0; i < sizeof form; i++) {
        if (form[i] == '0' ? !g_ascii_isdigit(text[i]) : text[i] != form[i]) {
            return false; /* at its end at the latest */
        }
    }
    const int year = read_digits(text, 4, 4), month = read_digits(text + 5, 2, 2), day = read_digits(text + 8, 2, 2);
    if (month < 1 || month > 12 || day < 1 || day > of_days_in_month(year, month)) {
        return false;
    }
    *date = of_date_from_day(of_day_from_civil(year, month, day));
    return true;
}

bool of_date_parse(const char *text, OfDate *date, GError **error)
{
    if (read_plain_day(text, date)) {
        return true;
    }
    OfDate read;
    const char *slash = strchr(text, '/');
    bool is_date = slash != NULL ? read_interval(text, slash, &read, error) : read_point(text, strlen(text), &read, error);
    if (is_date) {
        *date = read;
    }
    return is_date;
}

/* ---- Comparing ---- */

OfDay of_date_middle(const OfDate *date)
{
    if (date->open_first) {
        return date->last;
    }
    return date->open_last ? date->first : date->first + (date->last - date->first) / 2;
}

OfDate of_date_from_day(OfDay day)
{
    return (OfDate){.first = day, .last = day, .precision = OF_DATE_DAY};
}

bool of_date_may_precede(const OfDate *a, const OfDate *b)
{
    return a->first <= b->last;
}

int of_date_compare(const OfDate *a, const OfDate *b)
{
    const int pairs[][2] = {
        {a->first, b->first},
        {a->last, b->last},
        {(int) a->precision, (int) b->precision},
        {a->approximate, b->approximate},
        {a->uncertain, b->uncertain},
        {a->open_first, b->open_first},
        {a->open_last, b->open_last},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (pairs[i][0] != pairs[i][1]) {
            return pairs[i][0] < pairs[i][1] ? -1 : 1;
        }
    }
    return 0;
}
