/* EDTF dates. The input is two dates, a line each. */
#include "target.h"

#include "base/date.h"

#include <string.h>

static bool same(const OfDate *a, const OfDate *b)
{
    return a->first == b->first && a->last == b->last && a->precision == b->precision && a->approximate == b->approximate &&
           a->uncertain == b->uncertain && a->open_first == b->open_first && a->open_last == b->open_last;
}

/* Returns whether the text is a date. */
static bool check_date(const char *text, OfDate *date)
{
    GError *error = NULL;
    if (!of_date_parse(text, date, &error)) {
        LAW(error != NULL && error->domain == OF_DATE_ERROR && *error->message != '\0', "a refusal says why");
        g_error_free(error);
        return false;
    }
    LAW(error == NULL && of_date_is_set(date), "a date is set");
    LAW(date->first <= date->last && date->first >= OF_DAY_MIN && date->last <= OF_DAY_MAX, "a date is a range of days");
    const OfDay middle = of_date_middle(date);
    LAW(middle >= date->first && middle <= date->last, "the middle lies within the range");
    g_autofree char *formatted = of_date_format(date), *displayed = of_date_display(date);
    target_check_shown(displayed);
    OfDate again = {0};
    LAW(of_date_parse(formatted, &again, NULL) && same(date, &again), "what is formatted reads as the same date");
    g_autofree char *twice = of_date_format(&again);
    LAW(strcmp(formatted, twice) == 0, "the canonical form stays as it is");
    int year, month, day;
    of_day_to_civil(date->first, &year, &month, &day);
    LAW(of_day_from_civil(year, month, day) == date->first && day <= of_days_in_month(year, month), "days and civil dates agree");
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autofree char *text = g_strndup((const char *) bytes, length);
    char *second = strchr(text, '\n');
    if (second != NULL) {
        *second++ = '\0';
    }
    OfDate a = {0}, b = {0};
    if (!check_date(text, &a) || second == NULL || !check_date(second, &b)) {
        return 0;
    }
    const int order = of_date_compare(&a, &b);
    LAW(order == -of_date_compare(&b, &a), "the order of dates turns with its sides");
    LAW((order == 0) == same(&a, &b), "dates are level where they are the same");
    LAW(of_date_may_precede(&a, &b) || of_date_may_precede(&b, &a), "of two dates one may precede the other");
    LAW(of_date_may_precede(&a, &b) == (a.first <= b.last), "a date may precede where its first day does");
    return 0;
}
