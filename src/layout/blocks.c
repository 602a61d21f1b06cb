#include "layout/blocks.h"

/* Whether the lines stand in one group at @step. */
static gboolean are_together(const OfGrouping *grouping, const guint32 *lines, guint n, guint step)
{
    gint32 group = of_grouping_get_group(grouping, lines[0], step);
    for (guint i = 1; i < n; i++) {
        if (of_grouping_get_group(grouping, lines[i], step) != group) {
            return FALSE;
        }
    }
    return group != OF_GROUP_ABSENT;
}

/* Lists the lines of each group at @step, group after group; @start[g] … @start[g + 1] are those of group g. */
static void list_groups(const OfGrouping *grouping, guint step, guint32 *start, guint32 *lines)
{
    guint n_groups = (guint) grouping->n_groups;
    for (guint i = 0; i <= n_groups + 1; i++) {
        start[i] = 0;
    }
    for (guint line = 0; line < grouping->n_lines; line++) {
        gint32 group = of_grouping_get_group(grouping, line, step);
        if (group >= 0 && !of_grouping_is_alone(grouping, group)) {
            start[group + 2]++;
        }
    }
    for (guint i = 2; i <= n_groups; i++) {
        start[i] += start[i - 1];
    }
    for (guint line = 0; line < grouping->n_lines; line++) {
        gint32 group = of_grouping_get_group(grouping, line, step);
        if (group >= 0 && !of_grouping_is_alone(grouping, group)) {
            lines[start[group + 1]++] = line;
        }
    }
}

static guint64 mix_key(guint64 key, guint64 value)
{
    key ^= value + 0x9e3779b97f4a7c15u + (key << 6) + (key >> 2);
    return key * 0xff51afd7ed558ccdu;
}

/* Appends the block of @lines around @step, unless it is listed. */
static void add_block(OfBlocks *blocks, GHashTable *known, const OfGrouping *grouping, const guint32 *lines, guint n, guint step)
{
    OfBlock block = {.member = blocks->members->len, .n_members = n, .first = step, .last = step};
    while (block.first > 0 && are_together(grouping, lines, n, block.first - 1)) {
        block.first--;
    }
    while (block.last + 1 < grouping->n_steps && are_together(grouping, lines, n, block.last + 1)) {
        block.last++;
    }
    guint64 key = mix_key(block.first, block.last);
    for (guint i = 0; i < n; i++) {
        key = mix_key(key, lines[i]);
    }
    gint64 *stored = g_new(gint64, 1);
    *stored = (gint64) key;
    if (g_hash_table_add(known, stored)) {
        g_array_append_vals(blocks->members, lines, n);
        g_array_append_val(blocks->blocks, block);
    }
}

OfBlocks *of_blocks_new(const OfGrouping *grouping)
{
    OfBlocks *blocks = g_new0(OfBlocks, 1);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    guint n_groups = (guint) grouping->n_groups;
    g_autofree guint32 *start = g_new(guint32, (gsize) n_groups + 2);
    g_autofree guint32 *lines = g_new(guint32, (gsize) grouping->n_lines + 1);
    blocks->blocks = g_array_new(FALSE, FALSE, sizeof(OfBlock));
    blocks->members = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint step = 0; step < grouping->n_steps; step++) {
        list_groups(grouping, step, start, lines);
        for (guint group = 0; group < n_groups; group++) {
            guint n = start[group + 1] - start[group];
            const guint32 *members = lines + start[group];
            if (n < 2) {
                continue;
            }
            /* The same lines and no others a step earlier: this block is listed already. */
            if (step > 0 && are_together(grouping, members, n, step - 1)) {
                gint32 before = of_grouping_get_group(grouping, members[0], step - 1);
                guint n_before = 0;
                for (guint line = 0; line < grouping->n_lines && n_before <= n; line++) {
                    n_before += of_grouping_get_group(grouping, line, step - 1) == before ? 1 : 0;
                }
                if (n_before == n) {
                    continue;
                }
            }
            add_block(blocks, known, grouping, members, n, step);
        }
    }
    return blocks;
}

void of_blocks_free(OfBlocks *blocks)
{
    if (blocks == NULL) {
        return;
    }
    g_array_unref(blocks->blocks);
    g_array_unref(blocks->members);
    g_free(blocks);
}
