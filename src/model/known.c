#include "model/known.h"

#include "base/diagnostics.h"
#include "base/limits.h"

bool of_known_fail(const char *kind, const char *id, const GPtrArray *known, GError **error)
{
    g_autofree char *hint = of_hint_nearest(id, (const char *const *) known->pdata, (gssize) known->len);
    g_autofree char *shown = of_text_escape(id, -1);
    g_set_error(error, OF_ERROR, OF_ERROR_USAGE, "there is no %s `%s`%s%s", kind, shown, hint != NULL ? "; " : "",
                hint != NULL ? hint : "");
    return false;
}

#define KNOWN(Type, kind, list)                                                                                                    \
    const Type *of_known_##kind(const OfStory *story, const char *id, GError **error)                                              \
    {                                                                                                                              \
        const Type *found = of_story_find_##kind(story, id);                                                                       \
        if (found == NULL) {                                                                                                       \
            g_autoptr(GPtrArray) ids = g_ptr_array_new();                                                                          \
            for (guint i = 0; i < story->list.n; i++) {                                                                            \
                g_ptr_array_add(ids, (gpointer) story->list.items[i]->item.id);                                                    \
            }                                                                                                                      \
            of_known_fail(#kind, id, ids, error);                                                                                  \
        }                                                                                                                          \
        return found;                                                                                                              \
    }

KNOWN(OfLab, lab, labs)
KNOWN(OfPerson, person, people)
KNOWN(OfGroup, group, groups)
