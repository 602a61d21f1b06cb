/* Orders items by what they say, so that ties between items without an id are broken by content and never by the order of files. */
#include "model/decode.h"

typedef int (*CompareFields)(const OfKeyInfo *row, guint32 events, gconstpointer a, gconstpointer b);

static int compare_texts(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    const char *first = *(const char *const *) a, *second = *(const char *const *) b;
    return first == second ? 0 : g_strcmp0(first, second);
}

static int compare_counts(guint a, guint b)
{
    return (a > b) - (a < b);
}

static int compare_text_lists(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    OfAnyList first = of_list_at(a), second = of_list_at(b);
    int order = compare_counts(first.n, second.n);
    for (guint i = 0; order == 0 && i < first.n; i++) {
        order = strcmp(first.items[i], second.items[i]);
    }
    return order;
}

/* Items that can be referred to have an id. */
static int compare_items(gconstpointer a, gconstpointer b)
{
    const OfItem *first = a, *second = b;
    return g_strcmp0(first != NULL ? first->id : NULL, second != NULL ? second->id : NULL);
}

static int compare_references(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    return compare_items(*(const OfItem *const *) a, *(const OfItem *const *) b);
}

static int compare_item_lists(OfAnyList first, OfAnyList second)
{
    int order = compare_counts(first.n, second.n);
    if (first.items == second.items) {
        return order; /* aliases share their list */
    }
    for (guint i = 0; order == 0 && i < first.n; i++) {
        order = compare_items(first.items[i], second.items[i]);
    }
    return order;
}

static int compare_reference_lists(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a,
                                   gconstpointer b)
{
    return compare_item_lists(of_list_at(a), of_list_at(b));
}

static int compare_parts(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    OfAnyList first = of_list_at(a), second = of_list_at(b);
    int order = compare_counts(first.n, second.n);
    for (guint i = 0; order == 0 && i < first.n; i++) {
        const OfSplitPart *x = first.items[i], *y = second.items[i];
        order = compare_items(x->lab, y->lab);
        order = order != 0 ? order : compare_item_lists(of_list_at(&x->people), of_list_at(&y->people));
    }
    return order;
}

int of_decode_compare_dates(const OfDate *a, const OfDate *b)
{
    bool first = of_date_is_set(a), second = of_date_is_set(b);
    if (!first || !second) {
        return (int) first - (int) second;
    }
    return of_date_compare(a, b);
}

static int compare_date_fields(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    return of_decode_compare_dates(a, b);
}

static int compare_bools(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    return (int) *(const bool *) a - (int) *(const bool *) b;
}

static int compare_integers(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;
    return (first > second) - (first < second);
}

static int compare_numbers(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    double first = *(const double *) a, second = *(const double *) b;
    return (first > second) - (first < second);
}

static int compare_choices(G_GNUC_UNUSED const OfKeyInfo *row, G_GNUC_UNUSED guint32 events, gconstpointer a, gconstpointer b)
{
    guint first, second;
    memcpy(&first, a, sizeof first);
    memcpy(&second, b, sizeof second);
    return compare_counts(first, second);
}

static int compare_mappings(const OfKeyInfo *row, guint32 events, gconstpointer a, gconstpointer b)
{
    OfAnyList first = of_list_at(a), second = of_list_at(b);
    guint32 inner = row->holds == OF_SCHEMA_ACCOUNT && events == OF_EVENTS_ALL ? OF_EVENT_BIT(OF_EVENT_MOVE) : events;
    int order = compare_counts(first.n, second.n);
    for (guint i = 0; order == 0 && i < first.n; i++) {
        order = of_decode_compare(row->holds, inner, first.items[i], second.items[i]);
    }
    return order;
}

/* NULL: nothing to compare. */
static const CompareFields comparers[OF_N_VALUES] = {
    [OF_VALUE_TEXT] = compare_texts,
    [OF_VALUE_LABEL] = compare_texts,
    [OF_VALUE_PATTERN] = compare_texts,
    [OF_VALUE_IDS] = compare_text_lists,
    [OF_VALUE_TAGS] = compare_text_lists,
    [OF_VALUE_REFERENCE] = compare_references,
    [OF_VALUE_REFERENCES] = compare_reference_lists,
    [OF_VALUE_PARTS] = compare_parts,
    [OF_VALUE_DATE] = compare_date_fields,
    [OF_VALUE_BOOL] = compare_bools,
    [OF_VALUE_INTEGER] = compare_integers,
    [OF_VALUE_NUMBER] = compare_numbers,
    [OF_VALUE_CHOICE] = compare_choices,
    [OF_VALUE_COLOR] = compare_texts,
    [OF_VALUE_URL] = compare_texts,
    [OF_VALUE_MAPPINGS] = compare_mappings,
};

int of_decode_compare(OfSchemaKind kind, guint32 events, gconstpointer a, gconstpointer b)
{
    guint n;
    const OfKeyInfo *rows = of_schema_keys(kind, &n);
    for (guint i = 0; i < n; i++) {
        CompareFields compare = comparers[rows[i].value];
        if (compare == NULL || !(rows[i].events & events)) {
            continue;
        }
        int order = compare(&rows[i], events, (const char *) a + rows[i].offset, (const char *) b + rows[i].offset);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}
