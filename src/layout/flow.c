#include "layout/flow.h"

#include <string.h>

gint of_flow_compare(gconstpointer a, gconstpointer b)
{
    const OfLayoutFlow *p = a, *q = b;
    if (p->slice != q->slice) {
        return p->slice < q->slice ? -1 : 1;
    }
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    return p->to < q->to ? -1 : p->to > q->to;
}

/* The fields of a flow's place in the order, the least important first; numbers from 0. */
static guint32 field_of(const OfLayoutFlow *flow, guint field)
{
    return field == 0 ? (guint32) (flow->to - OF_LANE_NONE) : field == 1 ? (guint32) (flow->from - OF_LANE_NONE) : flow->slice;
}

/* One pass of a sort in linear time (Knuth, The Art of Computer Programming 3, 5.2.5, algorithm R). counts: zeroed, one more than there are values. */
static void distribute(const OfLayoutFlow *from, OfLayoutFlow *to, guint n, guint field, guint *counts, guint32 n_values)
{
    for (guint i = 0; i < n; i++) {
        counts[field_of(&from[i], field) + 1]++;
    }
    for (guint32 value = 1; value <= n_values; value++) {
        counts[value] += counts[value - 1];
    }
    for (guint i = 0; i < n; i++) {
        to[counts[field_of(&from[i], field)]++] = from[i];
    }
}

/* A flow for each of a million people is sorted ten times as fast by its three small numbers as by comparing. */
static void sort_flows(GArray *flows)
{
    enum { FIELDS = 3 };
    guint32 most = 0;
    OfLayoutFlow *flow = (OfLayoutFlow *) (gpointer) flows->data;
    for (guint i = 0; i < flows->len; i++) {
        for (guint field = 0; field < FIELDS; field++) {
            most = MAX(most, field_of(&flow[i], field));
        }
    }
    if (most >= flows->len) {
        g_array_sort(flows, of_flow_compare);
        return;
    }
    g_autofree OfLayoutFlow *other = g_new(OfLayoutFlow, flows->len);
    OfLayoutFlow *ends[] = {flow, other};
    for (guint field = 0; field < FIELDS; field++) {
        g_autofree guint *counts = g_new0(guint, (gsize) most + 2);
        distribute(ends[field % 2], ends[(field + 1) % 2], flows->len, field, counts, most + 1);
    }
    memcpy(flow, other, flows->len * sizeof *flow); /* an odd number of passes */
}

void of_flows_merge(GArray *flows)
{
    guint n = 0;
    sort_flows(flows);
    OfLayoutFlow *flow = (OfLayoutFlow *) (gpointer) flows->data;
    for (guint i = 0; i < flows->len; i++) {
        if (n > 0 && of_flow_compare(&flow[n - 1], &flow[i]) == 0) {
            flow[n - 1].people += flow[i].people;
        } else {
            flow[n++] = flow[i];
        }
    }
    g_array_set_size(flows, n);
}
