#include "graphviz/text_sizes.h"
#include "graphviz/channel.h"

#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_textlayout.h>
#include <string.h>

/* More than any other plugin claims: the best one is chosen. */
#define QUALITY 1000

/* Asked for before: texts are laid out anew with each graph that they stand in. */
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

/* One message, which is its own key. */
static GBytes *write_question(const textspan_t *span)
{
    const gsize font = strlen(span->font->name) + 1, text = strlen(span->str) + 1;
    OfTextQuestion question;
    memset(&question, 0, sizeof question); /* the padding too */
    question.answer = (OfLayoutAnswer){.magic = OF_LAYOUT_ANSWER_MAGIC,
                                       .status = OF_LAYOUT_ASKS,
                                       .length = sizeof question - sizeof question.answer + font + text};
    question.size = span->font->size;
    question.bold = (span->font->flags & HTML_BF) != 0;
    question.italic = (span->font->flags & HTML_IF) != 0;
    question.text_at = (guint32) font;
    char *message = g_malloc(sizeof question + font + text);
    memcpy(message, &question, sizeof question);
    memcpy(message + sizeof question, span->font->name, font);
    memcpy(message + sizeof question + font, span->str, text);
    return g_bytes_new_take(message, sizeof question + font + text);
}

/* Sizes as Graphviz's plugin for pango gives them. */
static bool find_size(textspan_t *span)
{
    GBytes *question = write_question(span);
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
    known = g_hash_table_new(g_bytes_hash, g_bytes_equal);
    return symbols;
}
