#include "paint/link.h"
#include <stdbool.h>
#include <string.h>

static const char *const schemes[] = {"http://", "https://", "mailto:"};

static bool has_known_scheme(const char *url)
{
    for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0) {
            return true;
        }
    }
    return false;
}

char *of_link_target(const char *url)
{
    if (url == NULL || !has_known_scheme(url)) {
        return NULL;
    }
    /* Unreserved and reserved characters of RFC 3986, section 2, and the percent sign of what is encoded already. The
     * sub-delimiters ' ( ) are left out: they end strings in the attributes of cairo's tags and in PDF. */
    static const char kept[] = "-._~:/?#[]@!$&*+,;=%";
    GString *target = g_string_sized_new(strlen(url));
    for (const char *p = url; *p != '\0'; p++) {
        if (g_ascii_isalnum(*p) || strchr(kept, *p) != NULL) {
            g_string_append_c(target, *p);
        } else {
            g_string_append_printf(target, "%%%02X", (guint) (guchar) *p);
        }
    }
    return g_string_free(target, FALSE);
}
