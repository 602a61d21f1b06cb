#include "view/graph.h"

#include "base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#define WORD_JOINER "\xe2\x81\xa0" /* U+2060 */

typedef struct {
    const char *name, *value; /* the default */
} Attribute;

/* DESIGN §6: Graphviz is given only attributes from these lists. `data_*` it passes on without a look. */
static const Attribute graph_attributes[] = {
    {"bb", ""},
    {"bgcolor", ""},
    {"charset", "UTF-8"},
    {"class", ""},
    {"clusterrank", "local"},
    {"color", "#000000"},
    {"compound", "false"},
    {"data_change", ""},
    {"data_change_ids", ""},
    {"data_cuts", ""},
    {"data_description", ""},
    {"data_digest", ""},
    {"data_kind", ""},
    {"data_lab", ""},
    {"data_language", ""},
    {"data_page", ""},
    {"data_parts", ""},
    {"data_people", ""},
    {"data_pixels", ""},
    {"data_program", ""},
    {"data_scale", ""},
    {"data_stance", ""},
    {"data_steps", ""},
    {"data_time", ""},
    {"data_title", ""},
    {"data_view", ""},
    {"data_words", ""},
    {"fillcolor", ""},
    {"fontcolor", "#000000"},
    {"fontname", "Sans"},
    {"fontsize", "12"},
    {"id", ""},
    {"label", ""},
    {"labeljust", "c"},
    {"labelloc", "t"},
    {"lheight", ""},
    {"lp", ""},
    {"lwidth", ""},
    {"margin", ""},
    {"newrank", "true"}, /* ranks of all clusters together; Graphviz 2.43 does so where there is the attribute at all */
    {"nodesep", "0.25"},
    {"ordering", ""},
    {"outputorder", "breadthfirst"},
    {"pack", ""},
    {"pad", "0"},
    {"penwidth", "1"},
    {"rank", ""},
    {"rankdir", "TB"},
    {"ranksep", "0.5"},
    {"remincross", "true"},
    {"splines", "true"},
    {"style", ""},
    {"_background", ""},
};
static const Attribute node_attributes[] = {
    {"class", ""},
    {"color", "#000000"},
    {"data_area", ""},
    {"data_at", ""},
    {"data_change", ""},
    {"data_change_ids", ""},
    {"data_confidence", ""},
    {"data_count", ""},
    {"data_date", ""},
    {"data_event", ""},
    {"data_group", ""},
    {"data_kind", ""},
    {"data_lab", ""},
    {"data_lead", ""},
    {"data_more", ""},
    {"data_people", ""},
    {"data_parts", ""},
    {"data_person", ""},
    {"data_role", ""},
    {"data_share", ""},
    {"data_source", ""},
    {"data_stance", ""},
    {"data_time", ""},
    {"data_title", ""},
    {"data_type", ""},
    {"data_url", ""},
    {"data_words", ""},
    {"fillcolor", "#ffffff"},
    {"fixedsize", "false"},
    {"fontcolor", "#000000"},
    {"fontname", "Sans"},
    {"fontsize", "12"},
    {"group", ""},
    {"height", "0.5"},
    {"id", ""},
    {"label", "\\N"},
    {"margin", "0.11,0.055"},
    {"penwidth", "1"},
    {"pos", ""},
    {"shape", "box"},
    {"style", ""},
    {"width", "0.75"},
};
static const Attribute edge_attributes[] = {
    {"arrowhead", "normal"},
    {"arrowsize", "1"},
    {"class", ""},
    {"color", "#000000"},
    {"constraint", "true"},
    {"data_area", ""},
    {"data_change", ""},
    {"data_change_ids", ""},
    {"data_concurrent", ""},
    {"data_confidence", ""},
    {"data_count", ""},
    {"data_date", ""},
    {"data_dates", ""},
    {"data_event", ""},
    {"data_from", ""},
    {"data_group", ""},
    {"data_kind", ""},
    {"data_lab", ""},
    {"data_parts", ""},
    {"data_people", ""},
    {"data_person", ""},
    {"data_because", ""},
    {"data_time", ""},
    {"data_title", ""},
    {"data_titles", ""},
    {"data_to", ""},
    {"data_until", ""},
    {"data_weight", ""},
    {"data_widths", ""},
    {"data_words", ""},
    {"dir", "forward"},
    {"fontcolor", "#000000"},
    {"fontname", "Sans"},
    {"fontsize", "12"},
    {"headclip", "true"},
    {"headport", ""},
    {"id", ""},
    {"label", ""},
    {"lp", ""},
    {"minlen", "1"},
    {"penwidth", "1"},
    {"pos", ""},
    {"style", ""},
    {"tailclip", "true"},
    {"tailport", ""},
    {"weight", "1"},
};

static void declare(Agraph_t *graph, int kind, const Attribute *attributes, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (agattr(graph, kind, (char *) attributes[i].name, NULL) == NULL) {
            agattr(graph, kind, (char *) attributes[i].name, (char *) attributes[i].value);
        }
    }
}

Agraph_t *of_graph_new(const char *name, Agdisc_t *discipline)
{
    Agraph_t *graph = agopen((char *) name, Agdirected, discipline);
    of_graph_declare(graph);
    return graph;
}

void of_graph_declare(Agraph_t *graph)
{
    declare(graph, AGRAPH, graph_attributes, G_N_ELEMENTS(graph_attributes));
    declare(graph, AGNODE, node_attributes, G_N_ELEMENTS(node_attributes));
    declare(graph, AGEDGE, edge_attributes, G_N_ELEMENTS(edge_attributes));
}

Agnode_t *of_graph_node(Agraph_t *graph, const char *name)
{
    return agnode(graph, (char *) name, TRUE);
}

Agedge_t *of_graph_edge(Agraph_t *graph, Agnode_t *tail, Agnode_t *head, const char *name)
{
    return agedge(graph, tail, head, (char *) name, TRUE);
}

Agraph_t *of_graph_cluster(Agraph_t *graph, const char *name)
{
    g_autofree char *full = g_strconcat("cluster-", name, NULL);
    return agsubg(graph, full, TRUE);
}

static void set_one(void *object, const char *name, const char *value)
{
    const int set = agset(object, (char *) name, (char *) value);
    g_assert(set == 0); /* a name that is not in the lists is a mistake of ours */
}

static bool is_bidi_control(gunichar c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

/* Calls for each character that may be shown; others are dropped, white space of any kind is one blank. */
static void append_visible(GString *out, const char *text, void (*append)(GString *, gunichar))
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c == '\n' || c == '\t' || c == '\r') {
            append(out, ' ');
        } else if (!g_unichar_iscntrl(c) && !is_bidi_control(c)) {
            append(out, c);
        }
    }
}

static void append_as_is(GString *out, gunichar c)
{
    g_string_append_unichar(out, c);
}

void of_graph_set(void *object, ...)
{
    va_list pairs;
    va_start(pairs, object);
    for (const char *name = va_arg(pairs, const char *); name != NULL; name = va_arg(pairs, const char *)) {
        const char *value = va_arg(pairs, const char *);
        if (value != NULL && (g_str_equal(name, "data_title") || g_str_equal(name, "data_description"))) {
            g_autoptr(GString) visible = g_string_new(NULL);
            append_visible(visible, value, append_as_is);
            set_one(object, name, visible->str);
        } else if (value != NULL) {
            set_one(object, name, value);
        }
    }
    va_end(pairs);
}

char *of_number_text(double value)
{
    GString *text = g_string_sized_new(16);
    of_number_append(text, value, 4);
    return g_string_free(text, FALSE);
}

void of_graph_set_number(void *object, const char *name, double value)
{
    g_autofree char *text = of_number_text(value);
    set_one(object, name, text);
}

static void append_plain(GString *out, gunichar c)
{
    if (c == '\\') {
        g_string_append(out, "\\\\" WORD_JOINER); /* for of_graph_operations() */
    } else if (c == '&') {
        g_string_append(out, "&amp;");
    } else {
        g_string_append_unichar(out, c);
    }
}

static void append_html(GString *out, gunichar c)
{
    switch (c) {
    case '&':
        g_string_append(out, "&amp;");
        break;
    case '<':
        g_string_append(out, "&lt;");
        break;
    case '>':
        g_string_append(out, "&gt;");
        break;
    case '"':
        g_string_append(out, "&quot;");
        break;
    case '\\':
        g_string_append(
            out, "\\" WORD_JOINER); /* Graphviz takes `\N` and the like for names even here; readers take the joiner out again */
        break;
    case ']':
        g_string_append(out, "&#93;"); /* at a line's end expat waits for `]]>`, and Graphviz takes that for an error */
        break;
    default:
        g_string_append_unichar(out, c);
    }
}

char *of_label_escape(const char *text)
{
    GString *out = g_string_new(NULL);
    append_visible(out, text, append_plain);
    return g_string_free(out, FALSE);
}

char *of_label_visible(const char *text)
{
    GString *out = g_string_new(NULL);
    append_visible(out, text, append_as_is);
    return g_string_free(out, FALSE);
}

struct OfMarkup {
    GString *html;
    GString *words; /* a word a run that can be seen: how it changes in time */
    char *time;     /* of the run that comes next, or NULL */
    bool changes;   /* one of the runs does */
};

char *of_markup_unescape(const char *html)
{
    static const char *const pairs[][2] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#93;", "]"}, {"\\" WORD_JOINER, "\\"},
                                           {"&amp;", "&"}};
    GString *text = g_string_new(html);
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_string_replace(text, pairs[i][0], pairs[i][1], 0);
    }
    return g_string_free(text, FALSE);
}

OfMarkup *of_markup_new(void)
{
    OfMarkup *label = g_new0(OfMarkup, 1);
    label->html = g_string_new(NULL);
    label->words = g_string_new(NULL);
    return label;
}

void of_markup_set_time(OfMarkup *label, const char *time)
{
    g_free(label->time);
    label->time = g_strdup(time);
    label->changes = true;
}

/* Text of blanks alone is not drawn, and has no word. */
static void add_word(OfMarkup *label, const char *text)
{
    g_autofree char *visible = of_label_visible(text);
    g_autofree char *time = g_steal_pointer(&label->time);
    if (visible[strspn(visible, " ")] != '\0') {
        g_string_append_printf(label->words, "%s%s", label->words->len > 0 ? " " : "", time != NULL ? time : OF_WORD_ALWAYS);
    }
}

void of_markup_add(OfMarkup *label, OfMarkupStyle style, double size, const char *color, const char *text)
{
    if (*text == '\0') {
        return; /* an empty FONT is a syntax error to Graphviz */
    }
    add_word(label, text);
    g_autofree char *points = of_number_text(size);
    g_string_append_printf(label->html, "<FONT POINT-SIZE=\"%s\"", points);
    if (color != NULL) {
        g_string_append_printf(label->html, " COLOR=\"%s\"", color);
    }
    g_string_append_printf(label->html, ">%s%s%s", style & OF_MARKUP_BOLD ? "<B>" : "", style & OF_MARKUP_ITALIC ? "<I>" : "",
                           style & OF_MARKUP_STRUCK ? "<S>" : "");
    append_visible(label->html, text, append_html);
    g_string_append_printf(label->html, "%s%s%s</FONT>", style & OF_MARKUP_STRUCK ? "</S>" : "",
                           style & OF_MARKUP_ITALIC ? "</I>" : "", style & OF_MARKUP_BOLD ? "</B>" : "");
}

void of_markup_break(OfMarkup *label, char align)
{
    g_string_append_printf(label->html, "<BR ALIGN=\"%s\"/>", align == 'l' ? "LEFT" : align == 'r' ? "RIGHT" : "CENTER");
}

/* Graphviz reads small letters alike. */
void of_markup_wrap(OfMarkup *label, char align)
{
    g_string_append_printf(label->html, "<BR ALIGN=\"%s\"/>", align == 'l' ? "left" : align == 'r' ? "right" : "center");
}

void of_markup_finish(OfMarkup *label, void *object)
{
    if (label->html->len > 0) {
        Agraph_t *graph = agraphof(object);
        set_one(object, "label", agstrdup_html(graph, label->html->str)); /* kept until the graph is closed */
    }
    if (label->changes) {
        set_one(object, "data_words", label->words->str);
    }
    g_string_free(label->html, TRUE);
    g_string_free(label->words, TRUE);
    g_free(label->time);
    g_free(label);
}

/* The table around a block of lines. Owned by the caller. */
static char *block_open(double width, char align)
{
    const char *side = align == 'l' ? "LEFT" : "RIGHT";
    return g_strdup_printf("<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\">"
                           "<TR><TD WIDTH=\"%.0f\" ALIGN=\"%s\" BALIGN=\"%s\">",
                           ceil(width), side, side);
}

#define BLOCK_CLOSE "</TD></TR></TABLE>"

void of_markup_finish_block(OfMarkup *label, void *object, double width, char align)
{
    g_autofree char *open = block_open(width, align);
    if (label->html->len > 0) {
        g_string_prepend(label->html, open);
        g_string_append(label->html, BLOCK_CLOSE);
    }
    of_markup_finish(label, object);
}

void of_markup_make_block(void *object, double width, char align)
{
    const char *lines = agget(object, (char *) "label");
    if (*lines != '\0') {
        OfMarkup *label = of_markup_new();
        g_string_append(label->html, lines);
        of_markup_finish_block(label, object, width, align);
    }
}

void of_markup_finish_beside(OfMarkup *label, void *object, double room, bool horizontal)
{
    const char *table = "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\"><TR>";
    const int points = 2 * (int) ceil(room) + 1;
    if (label->html->len > 0 && horizontal) {
        g_string_prepend(label->html, "<TD BALIGN=\"LEFT\">");
        g_string_prepend(label->html, table);
        g_string_append_printf(label->html, "</TD></TR><TR><TD PORT=\"" OF_MARKUP_PORT "\" HEIGHT=\"%d\"></TD></TR></TABLE>",
                               points);
    } else if (label->html->len > 0) {
        g_autofree char *spacer = g_strdup_printf(
            "%s<TD PORT=\"" OF_MARKUP_PORT "\" WIDTH=\"%d\"></TD><TD WIDTH=\"3\"></TD><TD BALIGN=\"LEFT\">", table, points);
        g_string_prepend(label->html, spacer);
        g_string_append(label->html, "</TD></TR></TABLE>");
    }
    of_markup_finish(label, object);
}
