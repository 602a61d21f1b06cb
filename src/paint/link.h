/* Links of untrusted data: only to the web and to mail, and nothing but a link. */
#ifndef OF_PAINT_LINK_H
#define OF_PAINT_LINK_H

#include <glib.h>

/* The target as ASCII that can stand in any format's attribute: what RFC 3986 does not allow in a URI is percent-encoded,
 * quotes, parentheses and backslashes too. NULL where the scheme is not http, https or mailto (then there is no link) or url is
 * NULL. Owned by the caller. */
char *of_link_target(const char *url);

#endif
