#include "paint/embedded_fonts.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

#include "base/limits.h"

#define DIGEST_LETTERS 16

/* OpenType, OS/2: the bits of fsType that forbid to embed, and to embed a part. */
#define FS_TYPE_OFFSET     8
#define FS_TYPE_RESTRICTED 0x0002
#define FS_TYPE_NO_SUBSETS 0x0100

/* One face in one weight and slant. */
typedef struct {
    hb_face_t *face;
    guint weight;
    const char *slant;
    hb_set_t *letters;
    char *name;     /* "Inter Bold", for messages */
    char *family;   /* once finished */
    GBytes *subset; /* alike */
} Entry;

struct OfEmbeddedFonts {
    GPtrArray *entries; /* of Entry, as they were first needed */
};

static void free_entry(gpointer data)
{
    Entry *entry = data;
    hb_face_destroy(entry->face);
    hb_set_destroy(entry->letters);
    g_free(entry->name);
    g_free(entry->family);
    g_clear_pointer(&entry->subset, g_bytes_unref);
    g_free(entry);
}

OfEmbeddedFonts *of_embedded_fonts_new(void)
{
    OfEmbeddedFonts *fonts = g_new(OfEmbeddedFonts, 1);
    fonts->entries = g_ptr_array_new_with_free_func(free_entry);
    return fonts;
}

void of_embedded_fonts_free(OfEmbeddedFonts *fonts)
{
    if (fonts != NULL) {
        g_ptr_array_unref(fonts->entries);
        g_free(fonts);
    }
}

/* Borrowed from the run's font. */
static hb_face_t *face_of(const PangoGlyphItem *run)
{
    hb_font_t *font = pango_font_get_hb_font(run->item->analysis.font);
    return font != NULL ? hb_font_get_face(font) : NULL;
}

static Entry *find_entry(const OfEmbeddedFonts *fonts, hb_face_t *face, guint weight, const char *slant)
{
    for (guint i = 0; i < fonts->entries->len; i++) {
        Entry *entry = fonts->entries->pdata[i];
        if (entry->face == face && entry->weight == weight && strcmp(entry->slant, slant) == 0) {
            return entry;
        }
    }
    return NULL;
}

static char *name_of(const PangoGlyphItem *run)
{
    PangoFontDescription *description = pango_font_describe(run->item->analysis.font);
    pango_font_description_unset_fields(description, PANGO_FONT_MASK_SIZE);
    char *name = pango_font_description_to_string(description);
    pango_font_description_free(description);
    return name;
}

static Entry *need_entry(OfEmbeddedFonts *fonts, const PangoGlyphItem *run, guint weight, const char *slant)
{
    hb_face_t *face = face_of(run);
    Entry *entry = face != NULL ? find_entry(fonts, face, weight, slant) : NULL;
    if (entry == NULL && face != NULL) {
        entry = g_new0(Entry, 1);
        *entry = (Entry){hb_face_reference(face), weight, slant, hb_set_create(), name_of(run), NULL, NULL};
        g_ptr_array_add(fonts->entries, entry);
    }
    return entry;
}

void of_embedded_fonts_add(OfEmbeddedFonts *fonts, const OfShapedLine *line, guint weight, const char *slant)
{
    for (const GSList *l = line->line->runs; l != NULL; l = l->next) {
        const PangoGlyphItem *run = l->data;
        const Entry *entry = need_entry(fonts, run, weight, slant);
        const char *end = line->literal + run->item->offset + run->item->length;
        for (const char *at = line->literal + run->item->offset; entry != NULL && at < end; at = g_utf8_next_char(at)) {
            hb_set_add(entry->letters, g_utf8_get_char(at));
        }
    }
}

static bool may_embed(const Entry *entry)
{
    hb_blob_t *table = hb_face_reference_table(entry->face, HB_TAG('O', 'S', '/', '2'));
    unsigned int length = 0;
    const char *bytes = hb_blob_get_data(table, &length);
    guint16 type = 0;
    if (length >= FS_TYPE_OFFSET + sizeof type) {
        memcpy(&type, bytes + FS_TYPE_OFFSET, sizeof type);
        type = GUINT16_FROM_BE(type);
    }
    hb_blob_destroy(table);
    return (type & (FS_TYPE_RESTRICTED | FS_TYPE_NO_SUBSETS)) == 0;
}

static GBytes *make_subset(const Entry *entry)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL) {
        return NULL;
    }
    hb_set_union(hb_subset_input_unicode_set(input), entry->letters);
    hb_face_t *face = hb_subset_or_fail(entry->face, input);
    hb_subset_input_destroy(input);
    if (face == NULL) {
        return NULL;
    }
    hb_blob_t *blob = hb_face_reference_blob(face);
    unsigned int length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    GBytes *subset = length > 0 ? g_bytes_new(bytes, length) : NULL;
    hb_blob_destroy(blob);
    hb_face_destroy(face);
    return subset;
}

bool of_embedded_fonts_finish(OfEmbeddedFonts *fonts, GError **error)
{
    for (guint i = 0; i < fonts->entries->len; i++) {
        Entry *entry = fonts->entries->pdata[i];
        if (!may_embed(entry)) {
            g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT,
                        "the font `%s` does not let itself be embedded; with --text outline the words are drawn as shapes",
                        entry->name);
            return false;
        }
        entry->subset = make_subset(entry);
        if (entry->subset == NULL) {
            g_set_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT, "cannot make a subset of the font `%s`", entry->name);
            return false;
        }
        g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, entry->subset);
        entry->family = g_strdup_printf("orgflow-%.*s", DIGEST_LETTERS, digest);
    }
    return true;
}

char *of_embedded_fonts_css(const OfEmbeddedFonts *fonts)
{
    GString *css = g_string_new(NULL);
    for (guint i = 0; i < fonts->entries->len; i++) {
        const Entry *entry = fonts->entries->pdata[i];
        gsize length = 0;
        const guchar *bytes = g_bytes_get_data(entry->subset, &length);
        g_autofree char *text = g_base64_encode(bytes, length);
        g_string_append_printf(css, "@font-face{font-family:%s;font-style:%s;", entry->family, entry->slant);
        /* A variable font has all weights in one. */
        g_string_append_printf(css, hb_ot_var_has_data(entry->face) ? "font-weight:1 1000;" : "font-weight:%u;", entry->weight);
        g_string_append_printf(css, "src:url(data:font/otf;base64,%s)}", text);
    }
    return g_string_free(css, FALSE);
}

char *of_embedded_fonts_families(const OfEmbeddedFonts *fonts, const OfShapedLine *line, guint weight, const char *slant)
{
    GString *families = g_string_new(NULL);
    for (const GSList *l = line->line->runs; l != NULL; l = l->next) {
        hb_face_t *face = face_of(l->data);
        const Entry *entry = face != NULL ? find_entry(fonts, face, weight, slant) : NULL;
        if (entry != NULL && strstr(families->str, entry->family) == NULL) {
            g_string_append_printf(families, "%s, ", entry->family);
        }
    }
    return g_string_free(families, FALSE);
}
