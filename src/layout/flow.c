#include "layout/flow.h"

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

void of_flows_merge(GArray *flows)
{
    guint n = 0;
    g_array_sort(flows, of_flow_compare);
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
