/* What agstrdup_html() gives is kept until the graph is closed: what agstrfree() takes depends on the version of cgraph. */
#include "view/graph_copy.h"

static int kind_of(void *object)
{
    return AGTYPE(object) == AGRAPH ? AGRAPH : AGTYPE(object) == AGNODE ? AGNODE : AGEDGE;
}

void of_graph_set_markup(void *object, const char *html)
{
    if (*html == '\0') {
        agset(object, (char *) "label", (char *) "");
        return;
    }
    agset(object, (char *) "label", agstrdup_html(agraphof(object), (char *) html));
}

const char *of_graph_markup(void *object)
{
    const char *label = agget(object, (char *) "label");
    return label != NULL && *label != '\0' && aghtmlstr((char *) label) ? label : NULL;
}

void of_graph_copy_attributes(void *from, void *to, const char *const *but)
{
    Agraph_t *root = agroot(agraphof(from));
    for (Agsym_t *symbol = agnxtattr(root, kind_of(from), NULL); symbol != NULL; symbol = agnxtattr(root, kind_of(from), symbol)) {
        char *value = agxget(from, symbol);
        if (but != NULL && g_strv_contains(but, symbol->name)) {
            continue;
        }
        if (value != NULL && *value != '\0' && aghtmlstr(value)) {
            agset(to, symbol->name, agstrdup_html(agraphof(to), value));
        } else {
            agset(to, symbol->name, value != NULL ? value : (char *) "");
        }
    }
}
