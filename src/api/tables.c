/* The tables of the layers, seen through the public header. */
#include "api/handles.h"

#include "base/output.h"
#include "graphviz/layout.h"
#include "model/schema.h"
#include "paint/paint.h"
#include "view/view.h"

void orgflow_free(void *memory)
{
    g_free(memory);
}

const char *orgflow_version(void)
{
    return ORGFLOW_VERSION;
}

bool orgflow_view(size_t index, OrgflowEntry *entry)
{
    guint i = 0;
    for (const OfView *view = of_views; view->name != NULL; view++, i++) {
        if (i == index) {
            *entry = (OrgflowEntry){.name = view->name, .summary = view->answers};
            return true;
        }
    }
    return false;
}

bool orgflow_format(size_t index, OrgflowEntry *entry)
{
    guint n = 0;
    for (const OfPainter *painter = of_painters; painter->name != NULL; painter++, n++) {
        if (n == index) {
            *entry = (OrgflowEntry){painter->name, painter->summary, painter->media_type, painter->many_pages};
            return true;
        }
    }
    const char *const *texts = of_layout_text_formats();
    if (index - n < g_strv_length((char **) texts)) {
        *entry = (OrgflowEntry){.name = texts[index - n], .summary = "the graph with its positions, as Graphviz writes it"};
        return true;
    }
    return false;
}

bool orgflow_theme(size_t index, OrgflowEntry *entry)
{
    guint i = 0;
    for (const OfTheme *theme = of_themes; theme->name != NULL; theme++, i++) {
        if (i == index) {
            *entry = (OrgflowEntry){.name = theme->name, .summary = theme->summary};
            return true;
        }
    }
    return false;
}

bool orgflow_event_type(size_t index, OrgflowEntry *entry)
{
    if (index >= OF_N_EVENT_TYPES) {
        return false;
    }
    const OfEventTypeInfo *info = of_event_type_info((OfEventType) index);
    *entry = (OrgflowEntry){.name = info->name, .summary = info->meaning};
    return true;
}

/* What the ids under a key name, or the mappings in it are. */
static const char *kind_behind(const OfKeyInfo *info)
{
    switch (info->value) {
    case OF_VALUE_REFERENCE:
    case OF_VALUE_REFERENCES:
    case OF_VALUE_TARGET:
        return of_kind_name(info->refers);
    case OF_VALUE_MAP:
    case OF_VALUE_MAPPINGS:
        return of_schema_kind_name(info->holds);
    default:
        return NULL;
    }
}

bool orgflow_key(size_t index, OrgflowKey *key)
{
    for (OfSchemaKind kind = OF_SCHEMA_FILE; kind < OF_N_SCHEMA_KINDS; kind++) {
        guint n;
        const OfKeyInfo *rows = of_schema_keys(kind, &n);
        if (index < n) {
            const OfKeyInfo *info = &rows[index];
            *key = (OrgflowKey){
                .kind = of_schema_kind_name(kind),
                .kind_summary = of_schema_kind_summary(kind),
                .name = info->key,
                .value = of_value_words(info->value),
                .summary = info->summary,
                .refers = kind_behind(info),
                .choices = info->value == OF_VALUE_CHOICE ? info->choices : NULL,
                .events = info->events,
                .required = info->required,
                .any_event = info->events == OF_EVENTS_ALL,
            };
            return true;
        }
        index -= n;
    }
    return false;
}

bool orgflow_option(size_t index, OrgflowOption *option)
{
    guint i = 0;
    for (const OfOptionInfo *info = of_option_table(); info->name != NULL; info++, i++) {
        if (i == index) {
            *option = (OrgflowOption){info->name, info->summary, info->argument, info->choices};
            return true;
        }
    }
    return false;
}

bool orgflow_limit(size_t index, OrgflowLimit *limit)
{
    if (index >= OF_N_LIMITS) {
        return false;
    }
    const OfLimitInfo *info = of_limit_info((OfLimitId) index);
    *limit = (OrgflowLimit){info->name, info->summary, info->value};
    return true;
}

void orgflow_schema(char **text)
{
    *text = of_schema_write();
}

OrgflowStatus orgflow_write_file(const char *path, const void *bytes, size_t length, char **message)
{
    GError *error = NULL;
    return of_output_write_file(path, bytes, length, &error) ? ORGFLOW_OK : of_api_fail(error, message);
}
