#include "base/number.h"
#include <math.h>

#define MOST_DIGITS 24

void of_number_append(GString *text, double value, guint decimals)
{
    static const double powers[] = {1, 10, 100, 1000, 10000};

    /* Integers all the way: printf's %f would ask the locale for its decimal point, and drawings of thousands hold millions of numbers. */
    decimals = MIN(decimals, G_N_ELEMENTS(powers) - 1);
    gint64 parts = (gint64) llround(value * powers[decimals]);
    if (parts < 0) {
        g_string_append_c(text, '-');
        parts = -parts;
    }
    while (decimals > 0 && parts % 10 == 0) {
        parts /= 10;
        decimals--;
    }
    char digits[MOST_DIGITS];
    gsize at = sizeof digits;
    for (guint place = 0; parts > 0 || place <= decimals; place++) {
        if (place == decimals && place > 0) {
            digits[--at] = '.';
        }
        digits[--at] = (char) ('0' + parts % 10);
        parts /= 10;
    }
    g_string_append_len(text, digits + at, (gssize) (sizeof digits - at));
}

void of_number_append_exact(GString *text, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.15g", value);
    const double again = g_ascii_strtod(digits, NULL);
    if (again < value || again > value) {
        g_ascii_formatd(digits, sizeof digits, "%.17g", value);
    }
    g_string_append(text, digits);
}
