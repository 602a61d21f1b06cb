/* EDTF dates (ISO 8601-2) as ranges of days. */
#ifndef OF_BASE_DATE_H
#define OF_BASE_DATE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A day: the number of days since 1970-01-01 in the proleptic Gregorian calendar; negative before. */
typedef int32_t OfDay;

#define OF_DAY_MIN ((OfDay) -719528) /* 0000-01-01: the earliest day that can be written */
#define OF_DAY_MAX ((OfDay) 2932896) /* 9999-12-31: the latest */

typedef enum {
    OF_DATE_NONE, /* not set */
    OF_DATE_DAY,
    OF_DATE_MONTH,
    OF_DATE_QUARTER,
    OF_DATE_YEAR,
    OF_DATE_INTERVAL, /* `A/B`, `../B`, `A/..` */
} OfDatePrecision;

/* A date is a range of days. first == OF_DAY_MIN where the interval is open to the left, last == OF_DAY_MAX where it is
 * open to the right. `~`, `?`, `%` mark doubt and never widen the range. */
typedef struct {
    OfDay first, last; /* both included */
    OfDatePrecision precision;
    bool approximate; /* `~` or `%` */
    bool uncertain;   /* `?` or `%` */
    bool open_first;  /* `../B` */
    bool open_last;   /* `A/..` */
} OfDate;

#define OF_DATE_ERROR (of_date_error_quark())
GQuark of_date_error_quark(void);

/* Reads one EDTF date: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-33…36, YYYY-Q1…Q4, each with `~`, `?` or `%` behind it, and
 * intervals of two of them or of one and `..`. Years are 0000 to 9999.
 * text:  NUL-terminated. date: set on success. error: domain OF_DATE_ERROR, a message that says what cannot be
 * ("February 2023 has 28 days"). Returns false with error set where the text is no date. */
bool of_date_parse(const char *text, OfDate *date, GError **error);

#define OF_DATE_TEXT_SIZE 24 /* bytes: `2023-02-03%/2024-05-06%` and the NUL */

/* The date in canonical EDTF (quarters as `2023-33`): equal dates give equal text; nothing for a date that is not set. */
void of_date_write(const OfDate *date, char text[OF_DATE_TEXT_SIZE]);
char *of_date_format(const OfDate *date); /* the same, owned by the caller */

/* The date for a reader, in English, short: "14 Jun 2023", "Jun 2023", "Q2 2023", "2023", "Feb–Apr 2023",
 * "until Apr 2023", "from Apr 2023"; doubt as "c. Jun 2023" (approximate) and "Jun 2023?" (uncertain). Owned by the caller. */
char *of_date_display(const OfDate *date);

/* A number of days for a reader: "6 y 7 mo", "5 mo", "12 d". Owned by the caller. */
char *of_days_display(int32_t days);

/* The day a date is drawn at: the middle of its range, rounded down; the known end of an open interval. */
OfDay of_date_middle(const OfDate *date);

/* The date that is exactly one day. */
OfDate of_date_from_day(OfDay day);

static inline bool of_date_is_set(const OfDate *date)
{
    return date->precision != OF_DATE_NONE;
}

/* Whether a can stand before or on the same day as b: false only where every day of a lies after every day of b. */
bool of_date_may_precede(const OfDate *a, const OfDate *b);

/* Orders by first day, then last day, then precision and doubt: -1, 0 or 1. */
int of_date_compare(const OfDate *a, const OfDate *b);

/* Civil calendar, to days after Howard Hinnant's "chrono-compatible low-level date algorithms", from days after Neri and Schneider,
 * "Euclidean affine functions and their application to calendar algorithms", 2023. month 1…12, day 1…31. */
OfDay of_day_from_civil(int year, int month, int day);
void of_day_to_civil(OfDay day, int *year, int *month, int *month_day);
int of_days_in_month(int year, int month);

#endif
