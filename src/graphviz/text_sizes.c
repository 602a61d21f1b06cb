#include "graphviz/text_sizes.h"
#include "graphviz/channel.h"

#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_textlayout.h>
#include <string.h>

/* More than any other plugin claims: the best one is chosen. */
#define QUALITY 1000

/* Sent ahead of a graph, or asked for since. */
static GHashTable *known; /* GBytes of a question → OfTextSize */
static int asked = -1;

static OfTextSize ask(GBytes *question)
{
    gsize length = 0;
    const void *bytes = g_bytes_get_data(question, &length);
    OfTextSize size;
    if (!of_channel_write(asked, bytes, length) || !of_channel_read(asked, &size, sizeof size)) {
        _exit(EXIT_SUCCESS); /* the other side is gone */
    }
    return size;
}

bool of_text_sizes_learn(const char *bytes, gsize length)
{
    g_hash_table_remove_all(known);
    for (gsize at = 0; at < length;) {
        OfLayoutAnswer header;
        OfTextSize size;
        if (length - at < sizeof(OfTextQuestion) + sizeof size) {
            return false;
        }
        memcpy(&header, bytes + at, sizeof header);
        const gsize left = length - at - sizeof header - sizeof size;
        if (header.status != OF_LAYOUT_ASKS || header.length > left) {
            return false;
        }
        const gsize whole = sizeof header + (gsize) header.length;
        memcpy(&size, bytes + at + whole, sizeof size);
        g_hash_table_insert(known, g_bytes_new(bytes + at, whole), g_memdup2(&size, sizeof size));
        at += whole + sizeof size;
    }
    return true;
}

/* Sizes as Graphviz's plugin for pango gives them. */
static bool find_size(textspan_t *span)
{
    const textfont_t *font = span->font;
    GBytes *question =
        of_text_question(font->name, font->size, (font->flags & HTML_BF) != 0, (font->flags & HTML_IF) != 0, span->str);
    const OfTextSize *size = g_hash_table_lookup(known, question);
    if (size == NULL) {
        const OfTextSize answer = ask(question);
        size = g_memdup2(&answer, sizeof answer);
        g_hash_table_insert(known, question, (gpointer) size);
    } else {
        g_bytes_unref(question);
    }
    span->layout = NULL;
    span->free_layout = NULL;
    span->size.x = (int) (size->width + 1); /* whole points, rounded up */
    span->size.y = (int) (span->font->size * 1.1 + 0.5);
    span->yoffset_layout = 0; /* only Graphviz's own painters look at it */
    span->yoffset_centerline = 0.2 * span->font->size;
    return size->width > 0;
}

#ifdef ORGFLOW_TEXTLAYOUT_BOOL
static bool lay_text(textspan_t *span, char **font_path)
#else
static boolean lay_text(textspan_t *span, char **font_path)
#endif
{
    (void) font_path;
    return find_size(span);
}

const lt_symlist_t *of_text_sizes_plugin(int channel)
{
    static gvtextlayout_engine_t engine = {lay_text};
    static gvplugin_installed_t types[] = {{0, "textlayout", QUALITY, &engine, NULL}, {0, NULL, 0, NULL, NULL}};
    static gvplugin_api_t interfaces[] = {{API_textlayout, types}, {(api_t) 0, NULL}};
    static gvplugin_library_t library = {(char *) "orgflow", interfaces};
    static lt_symlist_t symbols[] = {{"gvplugin_orgflow_LTX_library", &library}, {NULL, NULL}};
    asked = channel;
    known = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);
    return symbols;
}
