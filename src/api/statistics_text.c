/* Numbers as tables for a terminal. */
#include <math.h>
#include <string.h>

#include "api/handles.h"
#include "api/statistics.h"

#define MOST_SOURCES 3 /* of a claim; `json` has all */
#define GAP          2 /* columns between cells */

/* A table whose first columns stand left, the others right. */
typedef struct {
    GPtrArray *cells; /* of char *, row after row */
    guint n_columns, n_left;
} Table;

static void table_init(Table *table, guint n_left, const char *const *titles)
{
    *table = (Table){g_ptr_array_new_with_free_func(g_free), g_strv_length((char **) (gsize) titles), n_left};
    for (; *titles != NULL; titles++) {
        g_ptr_array_add(table->cells, g_strdup(*titles));
    }
}

static void add_text(Table *table, const char *text)
{
    g_ptr_array_add(table->cells, of_text_escape(text, -1));
}

static void add_number(Table *table, gint64 number)
{
    g_ptr_array_add(table->cells, g_strdup_printf("%" G_GINT64_FORMAT, number));
}

/* Columns of a terminal. */
static guint width_of(const char *text)
{
    guint width = 0;
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        const gunichar c = g_utf8_get_char(text);
        width += c < 0x80 ? 1 : g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}

static void append_blanks(GString *out, guint n)
{
    for (; n > 0; n--) {
        g_string_append_c(out, ' ');
    }
}

/* Writes and frees it. */
static void table_finish(GString *out, Table *table)
{
    g_autofree guint *widths = g_new0(guint, table->n_columns);
    for (guint i = 0; i < table->cells->len; i++) {
        widths[i % table->n_columns] = MAX(widths[i % table->n_columns], width_of(table->cells->pdata[i]));
    }
    for (guint i = 0; i < table->cells->len; i++) {
        const guint column = i % table->n_columns, rest = widths[column] - width_of(table->cells->pdata[i]);
        const bool last = column + 1 == table->n_columns;
        append_blanks(out, GAP + (column < table->n_left ? 0 : rest));
        g_string_append(out, table->cells->pdata[i]);
        append_blanks(out, column < table->n_left && !last ? rest : 0);
        g_string_append(out, last ? "\n" : "");
    }
    g_ptr_array_unref(table->cells);
}

static void append_labs(GString *out, const OfStatistics *statistics, guint first, guint end)
{
    static const char *const titles[] = {"lab", "people", "ever", "joins", "leaves", "median stay", "left", NULL};
    Table table;
    table_init(&table, 1, titles);
    for (guint i = first; i < end; i++) {
        const OfLabNumbers *lab = statistics->labs->pdata[i];
        add_text(&table, of_item_label(&lab->lab->item));
        add_number(&table, lab->people);
        add_number(&table, lab->ever);
        add_number(&table, lab->joins);
        add_number(&table, lab->leaves);
        g_ptr_array_add(table.cells, lab->median_stay >= 0 ? of_days_display(lab->median_stay) : g_strdup("–"));
        g_ptr_array_add(table.cells, g_strdup_printf("%ld %%", lround(lab->share_left * 100)));
    }
    table_finish(out, &table);
}

static void append_years(GString *out, const OfStatistics *statistics, guint first, guint end)
{
    static const char *const titles[] = {"lab", "year", "people", "joins", "leaves", NULL};
    Table table;
    table_init(&table, 2, titles);
    for (guint i = first; i < end; i++) {
        const OfLabNumbers *lab = statistics->labs->pdata[i];
        for (guint k = 0; k < lab->years->len; k++) {
            const OfYearNumbers *year = &g_array_index(lab->years, OfYearNumbers, k);
            add_text(&table, k == 0 ? of_item_label(&lab->lab->item) : "");
            g_ptr_array_add(table.cells, g_strdup_printf("%04d", year->year));
            add_number(&table, year->people);
            add_number(&table, year->joins);
            add_number(&table, year->leaves);
        }
    }
    table_finish(out, &table);
}

static void append_pairs(GString *out, const OfStatistics *statistics, const OfGroup *group)
{
    static const char *const titles[] = {"from", "to", "year", "people", NULL};
    Table table;
    table_init(&table, 3, titles);
    for (guint i = 0; i < statistics->pairs->len; i++) {
        const OfPairNumbers *pair = &g_array_index(statistics->pairs, OfPairNumbers, i);
        if (pair->group == group) {
            add_text(&table, of_item_label(&pair->from->item));
            add_text(&table, of_item_label(&pair->to->item));
            g_ptr_array_add(table.cells, g_strdup_printf("%04d", pair->year));
            add_number(&table, pair->people);
        }
    }
    table_finish(out, &table);
}

/* first to end: labs of one group. */
static void append_group(GString *out, const OfStatistics *statistics, guint first, guint end)
{
    const OfGroup *group = ((const OfLabNumbers *) statistics->labs->pdata[first])->group;
    g_autofree char *name = group != NULL ? of_text_escape(of_item_label(&group->item), -1) : g_strdup("Everyone");
    g_string_append_printf(out, "%s%s\n\n", first > 0 ? "\n" : "", name);
    append_labs(out, statistics, first, end);
    g_string_append_c(out, '\n');
    append_years(out, statistics, first, end);
    g_string_append_c(out, '\n');
    append_pairs(out, statistics, group);
}

static void append_claim(GString *out, const OfClaimSources *claim)
{
    g_autofree char *finding = of_claim_finding(claim->claim);
    g_autofree char *text = of_text_escape(claim->claim->text != NULL ? claim->claim->text : claim->claim->item.key, -1);
    g_autofree char *found = of_text_escape(finding, -1);
    g_string_append_printf(out, "  %s: %s (%s)\n", claim->claim->holds ? "borne out" : "contradicted", text, found);
    for (guint i = 0; i < MIN(claim->sources->len, MOST_SOURCES); i++) {
        const OfSourceCount *count = &g_array_index(claim->sources, OfSourceCount, i);
        g_autofree char *label = of_text_escape(of_item_label(&count->source->item), -1);
        g_string_append_printf(out, "    %ux %s: %s\n", count->n, count->source->item.id, label);
    }
    if (claim->sources->len > MOST_SOURCES) {
        g_string_append_printf(out, "    and %u more\n", claim->sources->len - MOST_SOURCES);
    }
}

void of_statistics_write_text(GString *out, const OfStory *story G_GNUC_UNUSED, const OfStatistics *statistics)
{
    for (guint i = 0, end = 0; i < statistics->labs->len; i = end) {
        const OfGroup *group = ((const OfLabNumbers *) statistics->labs->pdata[i])->group;
        for (end = i; end < statistics->labs->len && ((const OfLabNumbers *) statistics->labs->pdata[end])->group == group;) {
            end++;
        }
        append_group(out, statistics, i, end);
    }
    if (statistics->labs->len == 0) {
        g_string_append(out, "Nobody was at a lab.\n");
    }
    if (statistics->claims->len > 0) {
        g_string_append(out, "\nClaims, and the sources of what they count\n\n");
    }
    for (guint i = 0; i < statistics->claims->len; i++) {
        append_claim(out, statistics->claims->pdata[i]);
    }
}
