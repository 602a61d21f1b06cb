#include "paint/number.h"
#include <math.h>

void of_number_append(GString *text, double value, guint decimals)
{
    static const gint64 powers[] = {1, 10, 100, 1000};

    /* Integers all the way: printf's %f would ask the locale for its decimal point. */
    decimals = MIN(decimals, G_N_ELEMENTS(powers) - 1);
    gint64 parts = (gint64) llround(value * (double) powers[decimals]);
    if (parts < 0) {
        g_string_append_c(text, '-');
        parts = -parts;
    }
    while (decimals > 0 && parts % 10 == 0) {
        parts /= 10;
        decimals--;
    }
    g_string_append_printf(text, "%" G_GINT64_FORMAT, parts / powers[decimals]);
    if (decimals > 0) {
        g_string_append_printf(text, ".%0*" G_GINT64_FORMAT, (int) decimals, parts % powers[decimals]);
    }
}
