#include "base/date.h"

#include <string.h>

static OfDate parse(const char *text)
{
    OfDate date = {0};
    GError *error = NULL;
    bool is_date = of_date_parse(text, &date, &error);
    g_assert_no_error(error);
    g_assert_true(is_date);
    return date;
}

/* ---- The calendar ---- */

static void test_known_days(void)
{
    static const struct {
        int year, month, day;
        OfDay expected;
    } rows[] = {
        {1970, 1, 1, 0},      {1969, 12, 31, -1},      {2000, 1, 1, 10957},   {2000, 2, 29, 11016}, {2000, 3, 1, 11017},
        {1900, 1, 1, -25567}, {2023, 7, 18, 19556},    {0, 1, 1, OF_DAY_MIN}, {0, 3, 1, -719468},   {9999, 12, 31, OF_DAY_MAX},
        {2038, 1, 19, 24855}, {1582, 10, 15, -141427}, {2100, 3, 1, 47541},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(of_day_from_civil(rows[i].year, rows[i].month, rows[i].day), ==, rows[i].expected);
        int year, month, day;
        of_day_to_civil(rows[i].expected, &year, &month, &day);
        g_assert_cmpint(year, ==, rows[i].year);
        g_assert_cmpint(month, ==, rows[i].month);
        g_assert_cmpint(day, ==, rows[i].day);
    }
}

/* Every day is one after the day before it, and GLib's own calendar agrees. */
static void test_all_days(void)
{
    OfDay day = of_day_from_civil(1900, 1, 1);
    for (int year = 1900; year <= 2100; year++) {
        for (int month = 1; month <= 12; month++) {
            g_assert_cmpint(of_days_in_month(year, month), ==, g_date_get_days_in_month((GDateMonth) month, (GDateYear) year));
            for (int i = 1; i <= of_days_in_month(year, month); i++, day++) {
                int y, m, d;
                g_assert_cmpint(of_day_from_civil(year, month, i), ==, day);
                of_day_to_civil(day, &y, &m, &d);
                g_assert_true(y == year && m == month && d == i);
            }
        }
    }
    for (day = OF_DAY_MIN; day <= OF_DAY_MAX; day += 13) {
        int y, m, d;
        of_day_to_civil(day, &y, &m, &d);
        g_assert_cmpint(of_day_from_civil(y, m, d), ==, day);
        g_assert_cmpint(y, >=, 0);
        g_assert_cmpint(y, <=, 9999);
    }
}

/* ---- Reading ---- */

typedef struct {
    const char *text;
    int from[3], to[3];
    OfDatePrecision precision;
    const char *formatted, *displayed;
} Row;

static const Row rows[] = {
    {"2023", {2023, 1, 1}, {2023, 12, 31}, OF_DATE_YEAR, "2023", "2023"},
    {"0000", {0, 1, 1}, {0, 12, 31}, OF_DATE_YEAR, "0000", "0000"},
    {"9999", {9999, 1, 1}, {9999, 12, 31}, OF_DATE_YEAR, "9999", "9999"},
    {"2023-04", {2023, 4, 1}, {2023, 4, 30}, OF_DATE_MONTH, "2023-04", "Apr 2023"},
    {"2024-02", {2024, 2, 1}, {2024, 2, 29}, OF_DATE_MONTH, "2024-02", "Feb 2024"},
    {"2023-06-14", {2023, 6, 14}, {2023, 6, 14}, OF_DATE_DAY, "2023-06-14", "14 Jun 2023"},
    {"2024-02-29", {2024, 2, 29}, {2024, 2, 29}, OF_DATE_DAY, "2024-02-29", "29 Feb 2024"},
    {"2000-02-29", {2000, 2, 29}, {2000, 2, 29}, OF_DATE_DAY, "2000-02-29", "29 Feb 2000"},
    {"2023-33", {2023, 1, 1}, {2023, 3, 31}, OF_DATE_QUARTER, "2023-33", "Q1 2023"},
    {"2023-36", {2023, 10, 1}, {2023, 12, 31}, OF_DATE_QUARTER, "2023-36", "Q4 2023"},
    {"2023-Q2", {2023, 4, 1}, {2023, 6, 30}, OF_DATE_QUARTER, "2023-34", "Q2 2023"},
    {"2023-Q3~", {2023, 7, 1}, {2023, 9, 30}, OF_DATE_QUARTER, "2023-35~", "c. Q3 2023"},
    {"2016~", {2016, 1, 1}, {2016, 12, 31}, OF_DATE_YEAR, "2016~", "c. 2016"},
    {"2023-06?", {2023, 6, 1}, {2023, 6, 30}, OF_DATE_MONTH, "2023-06?", "Jun 2023?"},
    {"2023-06-14%", {2023, 6, 14}, {2023, 6, 14}, OF_DATE_DAY, "2023-06-14%", "c. 14 Jun 2023?"},
    {"2023-02/2023-04", {2023, 2, 1}, {2023, 4, 30}, OF_DATE_INTERVAL, "2023-02/2023-04", "Feb–Apr 2023"},
    {"2023-01/2023-04", {2023, 1, 1}, {2023, 4, 30}, OF_DATE_INTERVAL, "2023-01/2023-04", "Jan–Apr 2023"},
    {"2023-33/2023-34", {2023, 1, 1}, {2023, 6, 30}, OF_DATE_INTERVAL, "2023-01/2023-06", "Jan–Jun 2023"},
    {"2022-11/2023-02", {2022, 11, 1}, {2023, 2, 28}, OF_DATE_INTERVAL, "2022-11/2023-02", "Nov 2022 – Feb 2023"},
    {"2016/2018", {2016, 1, 1}, {2018, 12, 31}, OF_DATE_INTERVAL, "2016/2018", "2016–2018"},
    {"2016-01/2018-12-31", {2016, 1, 1}, {2018, 12, 31}, OF_DATE_INTERVAL, "2016/2018", "2016–2018"},
    {"2016/2023-04-28", {2016, 1, 1}, {2023, 4, 28}, OF_DATE_INTERVAL, "2016/2023-04-28", "2016 – 28 Apr 2023"},
    {"2023-06-14/2023-06-20", {2023, 6, 14}, {2023, 6, 20}, OF_DATE_INTERVAL, "2023-06-14/2023-06-20", "14–20 Jun 2023"},
    {"2023-06-01/2023-06-20", {2023, 6, 1}, {2023, 6, 20}, OF_DATE_INTERVAL, "2023-06-01/2023-06-20", "1–20 Jun 2023"},
    {"2023-06-14/2023-07-02", {2023, 6, 14}, {2023, 7, 2}, OF_DATE_INTERVAL, "2023-06-14/2023-07-02", "14 Jun – 2 Jul 2023"},
    {"2023-06-14/2024-01-02", {2023, 6, 14}, {2024, 1, 2}, OF_DATE_INTERVAL, "2023-06-14/2024-01-02", "14 Jun 2023 – 2 Jan 2024"},
    {"2023-06-14/2023-06-14", {2023, 6, 14}, {2023, 6, 14}, OF_DATE_INTERVAL, "2023-06-14/2023-06-14", "14 Jun 2023"},
    {"2023-04/2023-04", {2023, 4, 1}, {2023, 4, 30}, OF_DATE_INTERVAL, "2023-04/2023-04", "Apr 2023"},
    {"2023/2023", {2023, 1, 1}, {2023, 12, 31}, OF_DATE_INTERVAL, "2023/2023", "2023"},
    {"2023-04/2023", {2023, 4, 1}, {2023, 12, 31}, OF_DATE_INTERVAL, "2023-04/2023-12", "Apr–Dec 2023"},
    {"../2023-04", {0, 1, 1}, {2023, 4, 30}, OF_DATE_INTERVAL, "../2023-04", "until Apr 2023"},
    {"2023-04/..", {2023, 4, 1}, {9999, 12, 31}, OF_DATE_INTERVAL, "2023-04/..", "from Apr 2023"},
    {"../2023-04-28~", {0, 1, 1}, {2023, 4, 28}, OF_DATE_INTERVAL, "../2023-04-28~", "until c. 28 Apr 2023"},
    {"2023?/..", {2023, 1, 1}, {9999, 12, 31}, OF_DATE_INTERVAL, "2023?/..", "from 2023?"},
    {"2023-02~/2023-04", {2023, 2, 1}, {2023, 4, 30}, OF_DATE_INTERVAL, "2023-02~/2023-04~", "c. Feb–Apr 2023"},
    {"2023-02~/2023-04?", {2023, 2, 1}, {2023, 4, 30}, OF_DATE_INTERVAL, "2023-02%/2023-04%", "c. Feb–Apr 2023?"},
    {"0000/9999", {0, 1, 1}, {9999, 12, 31}, OF_DATE_INTERVAL, "0000/9999", "0000–9999"},
};

static void test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const Row *row = &rows[i];
        OfDate date = parse(row->text);
        g_assert_cmpint(date.first, ==, of_day_from_civil(row->from[0], row->from[1], row->from[2]));
        g_assert_cmpint(date.last, ==, of_day_from_civil(row->to[0], row->to[1], row->to[2]));
        g_assert_cmpint(date.precision, ==, row->precision);
        g_assert_true(of_date_is_set(&date));
        g_autofree char *formatted = of_date_format(&date);
        g_assert_cmpstr(formatted, ==, row->formatted);
        g_autofree char *displayed = of_date_display(&date);
        g_assert_cmpstr(displayed, ==, row->displayed);
        g_assert_cmpint(date.open_first, ==, g_str_has_prefix(row->text, ".."));
        g_assert_cmpint(date.open_last, ==, g_str_has_suffix(row->text, ".."));
    }
}

static void test_doubt(void)
{
    static const struct {
        const char *text;
        bool approximate, uncertain;
    } doubts[] = {{"2023", false, false},      {"2023~", true, false},      {"2023?", false, true},      {"2023%", true, true},
                  {"2023~/2024", true, false}, {"2023/2024?", false, true}, {"2023?/2024~", true, true}, {"2023%/..", true, true}};
    OfDate plain = parse("2023");
    for (gsize i = 0; i < G_N_ELEMENTS(doubts); i++) {
        OfDate date = parse(doubts[i].text);
        g_assert_cmpint(date.approximate, ==, doubts[i].approximate);
        g_assert_cmpint(date.uncertain, ==, doubts[i].uncertain);
        g_assert_cmpint(date.first, ==, plain.first); /* never a wider range */
    }
}

static void test_refused(void)
{
    static const struct {
        const char *text, *message; /* a part of it */
    } refused[] = {
        {"2023-02-29", "February 2023 has 28 days"},
        {"1900-02-29", "February 1900 has 28 days"},
        {"2024-02-30", "February 2024 has 29 days"},
        {"2023-04-31", "April 2023 has 30 days"},
        {"2023-01-32", "January 2023 has 31 days"},
        {"2023-01-00", "there is no day 00"},
        {"2023-13", "there is no month 13 (for quarters write 2023-33 or 2023-Q1)"},
        {"2023-00", "there is no month 00"},
        {"2023-21", "there is no month 21"},
        {"2023-37", "there is no month 37"},
        {"2023-Q0", "there is no quarter 0"},
        {"2023-Q5", "there is no quarter 5"},
        {"2023-33-01", "a quarter has no day"},
        {"2023-Q1-01", "a quarter has no day"},
        {"99999", "years are 0000 to 9999"},
        {"10000-01", "years are 0000 to 9999"},
        {"23", "years are 0000 to 9999"},
        {"20230428", "years are 0000 to 9999"},
        {"2023-4", "a month is written with two digits"},
        {"2023-04-5", "a day is written with two digits"},
        {"2023-004", "a month is written with two digits"},
        {"yesterday", "not a date: `yesterday`"},
        {"", "not a date"},
        {"~", "not a date"},
        {"-", "not a date"},
        {"-0001", "not a date"},
        {"2023-", "not a date"},
        {"2023-04-", "not a date"},
        {"2023-q1", "not a date"},
        {"2023-04-28T00:00", "not a date"},
        {"2023-04-28-01", "not a date"},
        {" 2023", "not a date"},
        {"2023 ", "not a date"},
        {"2023~~", "not a date"},
        {"2023~-04", "not a date"},
        {"2023-XX", "not a date"},
        {"202X", "not a date"},
        {"..", "not a date"},
        {"2023..", "not a date"},
        {"..~/2023", "not a date"},
        {"2023/..~", "not a date"},
        {"2023/yesterday", "not a date: `yesterday`"},
        {"2023-04/2023-02", "ends before it starts"},
        {"2023-04-15/2023-04-14", "ends before it starts"},
        {"../..", "open at both ends"},
        {"2023/2024/2025", "an interval has two ends"},
        {"../2024/..", "an interval has two ends"},
        {"/", "an interval has two ends"},
        {"/2023", "an interval has two ends"},
        {"2023/", "an interval has two ends"},
        {"\xff", "not a date"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        OfDate date = of_date_from_day(42), before = date;
        g_autoptr(GError) error = NULL;
        g_assert_false(of_date_parse(refused[i].text, &date, &error));
        g_assert_nonnull(error);
        g_assert_true(error->domain == OF_DATE_ERROR);
        if (strstr(error->message, refused[i].message) == NULL) {
            g_error("`%s`: `%s` does not hold `%s`", refused[i].text, error->message, refused[i].message);
        }
        g_assert_cmpint(of_date_compare(&date, &before), ==, 0);
        g_assert_false(of_date_parse(refused[i].text, &date, NULL)); /* who does not care need not take the error */
    }
}

/* A long text is not repeated in a message. */
static void test_long_text(void)
{
    g_autofree char *text = g_strnfill(1000000, 'x');
    OfDate date;
    g_autoptr(GError) error = NULL;
    g_assert_false(of_date_parse(text, &date, &error));
    g_assert_cmpuint(strlen(error->message), <, 200);
}

/* ---- Laws ---- */

static OfDay random_day(void)
{
    /* Every third one lies at the edge of a month or year, where the forms differ. */
    OfDay day = g_test_rand_int_range(OF_DAY_MIN, OF_DAY_MAX + 1);
    int year, month, month_day;
    of_day_to_civil(day, &year, &month, &month_day);
    switch (g_test_rand_int_range(0, 6)) {
    case 0:
        return of_day_from_civil(year, month, 1);
    case 1:
        return of_day_from_civil(year, month, of_days_in_month(year, month));
    case 2:
        return of_day_from_civil(year, 1, 1);
    case 3:
        return of_day_from_civil(year, 12, 31);
    default:
        return day;
    }
}

static OfDate random_date(void)
{
    OfDate date = {.first = random_day(), .approximate = g_test_rand_bit(), .uncertain = g_test_rand_bit()};
    int year, month, month_day;
    of_day_to_civil(date.first, &year, &month, &month_day);
    date.precision = (OfDatePrecision) g_test_rand_int_range(OF_DATE_DAY, OF_DATE_INTERVAL + 1);
    switch (date.precision) {
    case OF_DATE_NONE:
    case OF_DATE_DAY:
        date.last = date.first;
        break;
    case OF_DATE_MONTH:
        date.first = of_day_from_civil(year, month, 1);
        date.last = of_day_from_civil(year, month, of_days_in_month(year, month));
        break;
    case OF_DATE_QUARTER:
        month = (month - 1) / 3 * 3 + 1;
        date.first = of_day_from_civil(year, month, 1);
        date.last = of_day_from_civil(year, month + 2, of_days_in_month(year, month + 2));
        break;
    case OF_DATE_YEAR:
        date.first = of_day_from_civil(year, 1, 1);
        date.last = of_day_from_civil(year, 12, 31);
        break;
    case OF_DATE_INTERVAL:
        date.last = g_test_rand_bit() ? random_day() : date.first + g_test_rand_int_range(0, 400);
        date.last = MIN(date.last, OF_DAY_MAX);
        if (date.last < date.first) {
            OfDay first = date.last;
            date.last = date.first;
            date.first = first;
        }
        int open = g_test_rand_int_range(0, 4);
        date.open_first = open == 0;
        date.open_last = open == 1;
        date.first = date.open_first ? OF_DAY_MIN : date.first;
        date.last = date.open_last ? OF_DAY_MAX : date.last;
        break;
    }
    return date;
}

/* What is formatted reads back as the same date, and equal dates give equal text. */
static void test_round_trip(void)
{
    for (int i = 0; i < 200000; i++) {
        OfDate date = random_date();
        g_autofree char *text = of_date_format(&date);
        OfDate again = parse(text);
        if (of_date_compare(&date, &again) != 0) {
            g_error("%s reads back as another date", text);
        }
        g_autofree char *second = of_date_format(&again);
        g_assert_cmpstr(text, ==, second);
        g_autofree char *shown = of_date_display(&date);
        g_assert_cmpuint(strlen(shown), >, 3);
        OfDay middle = of_date_middle(&date);
        g_assert_true(date.first <= middle && middle <= date.last);
    }
}

static void test_order(void)
{
    for (int i = 0; i < 100000; i++) {
        OfDate a = random_date(), b = random_date(), c = random_date();
        g_assert_cmpint(of_date_compare(&a, &a), ==, 0);
        g_assert_cmpint(of_date_compare(&a, &b), ==, -of_date_compare(&b, &a));
        if (of_date_compare(&a, &b) <= 0 && of_date_compare(&b, &c) <= 0) {
            g_assert_cmpint(of_date_compare(&a, &c), <=, 0);
        }
        /* At least one of two dates may stand first. */
        g_assert_true(of_date_may_precede(&a, &b) || of_date_may_precede(&b, &a));
    }
    OfDate year = parse("2023"), march = parse("2023-03"), april = parse("2023-04"), day = parse("2023-03-31");
    g_assert_true(of_date_may_precede(&march, &april));
    g_assert_false(of_date_may_precede(&april, &march));
    g_assert_true(of_date_may_precede(&april, &year));
    g_assert_true(of_date_may_precede(&year, &march));
    g_assert_true(of_date_may_precede(&day, &day));
    OfDate from = parse("2023-04/.."), until = parse("../2023-02");
    g_assert_true(of_date_may_precede(&until, &from));
    g_assert_false(of_date_may_precede(&from, &until));
    g_assert_cmpint(of_date_compare(&march, &april), ==, -1);
    g_assert_cmpint(of_date_compare(&year, &march), ==, -1);
}

static void test_middle(void)
{
    static const struct {
        const char *text;
        int year, month, day;
    } middles[] = {{"2023-06-14", 2023, 6, 14},
                   {"2023-02", 2023, 2, 14},
                   {"2023", 2023, 7, 2},
                   {"2024", 2024, 7, 1},
                   {"../2023-04", 2023, 4, 30},
                   {"2023-04/..", 2023, 4, 1},
                   {"1969-12-31/1970-01-01", 1969, 12, 31}};
    for (gsize i = 0; i < G_N_ELEMENTS(middles); i++) {
        OfDate date = parse(middles[i].text);
        g_assert_cmpint(of_date_middle(&date), ==, of_day_from_civil(middles[i].year, middles[i].month, middles[i].day));
    }
}

static void test_unset(void)
{
    OfDate none = {0};
    g_assert_false(of_date_is_set(&none));
    g_autofree char *formatted = of_date_format(&none);
    g_autofree char *displayed = of_date_display(&none);
    g_assert_cmpstr(formatted, ==, "");
    g_assert_cmpstr(displayed, ==, "");
    OfDate day = of_date_from_day(19556);
    g_autofree char *text = of_date_format(&day);
    g_assert_cmpstr(text, ==, "2023-07-18");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/date/known-days", test_known_days);
    g_test_add_func("/date/all-days", test_all_days);
    g_test_add_func("/date/rows", test_rows);
    g_test_add_func("/date/doubt", test_doubt);
    g_test_add_func("/date/refused", test_refused);
    g_test_add_func("/date/long-text", test_long_text);
    g_test_add_func("/date/round-trip", test_round_trip);
    g_test_add_func("/date/order", test_order);
    g_test_add_func("/date/middle", test_middle);
    g_test_add_func("/date/unset", test_unset);
    return g_test_run();
}
