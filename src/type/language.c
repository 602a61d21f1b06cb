#include "type/language.h"

/* The language with most writers, as in the Unicode CLDR's likely subtags. */
static const struct {
    GUnicodeScript script;
    const char *language;
} usual[] = {
    {G_UNICODE_SCRIPT_LATIN, "en"},       {G_UNICODE_SCRIPT_GREEK, "el"},    {G_UNICODE_SCRIPT_CYRILLIC, "ru"},
    {G_UNICODE_SCRIPT_ARMENIAN, "hy"},    {G_UNICODE_SCRIPT_HEBREW, "he"},   {G_UNICODE_SCRIPT_ARABIC, "ar"},
    {G_UNICODE_SCRIPT_DEVANAGARI, "hi"},  {G_UNICODE_SCRIPT_BENGALI, "bn"},  {G_UNICODE_SCRIPT_GURMUKHI, "pa"},
    {G_UNICODE_SCRIPT_GUJARATI, "gu"},    {G_UNICODE_SCRIPT_ORIYA, "or"},    {G_UNICODE_SCRIPT_TAMIL, "ta"},
    {G_UNICODE_SCRIPT_TELUGU, "te"},      {G_UNICODE_SCRIPT_KANNADA, "kn"},  {G_UNICODE_SCRIPT_MALAYALAM, "ml"},
    {G_UNICODE_SCRIPT_SINHALA, "si"},     {G_UNICODE_SCRIPT_THAI, "th"},     {G_UNICODE_SCRIPT_LAO, "lo"},
    {G_UNICODE_SCRIPT_TIBETAN, "bo"},     {G_UNICODE_SCRIPT_MYANMAR, "my"},  {G_UNICODE_SCRIPT_GEORGIAN, "ka"},
    {G_UNICODE_SCRIPT_HANGUL, "ko"},      {G_UNICODE_SCRIPT_ETHIOPIC, "am"}, {G_UNICODE_SCRIPT_KHMER, "km"},
    {G_UNICODE_SCRIPT_HIRAGANA, "ja"},    {G_UNICODE_SCRIPT_KATAKANA, "ja"}, {G_UNICODE_SCRIPT_HAN, "zh-cn"},
    {G_UNICODE_SCRIPT_BOPOMOFO, "zh-tw"},
};

static PangoLanguage *choose_language(GUnicodeScript script, PangoLanguage *page)
{
    if (pango_language_includes_script(page, (PangoScript) script)) {
        return page;
    }
    for (guint i = 0; i < G_N_ELEMENTS(usual); i++) {
        if (usual[i].script == script) {
            return pango_language_from_string(usual[i].language);
        }
    }
    return pango_language_from_string("xx"); /* pango's own word for none, which it does not replace */
}

PangoAttrList *of_language_attributes(const char *literal, PangoLanguage *page)
{
    PangoAttrList *list = pango_attr_list_new();
    PangoScriptIter *stretch = pango_script_iter_new(literal, -1);
    do {
        const char *start, *end;
        PangoScript script;
        pango_script_iter_get_range(stretch, &start, &end, &script);
        PangoAttribute *attribute = pango_attr_language_new(choose_language((GUnicodeScript) script, page));
        attribute->start_index = (guint) (start - literal);
        attribute->end_index = (guint) (end - literal);
        pango_attr_list_insert(list, attribute);
    } while (pango_script_iter_next(stretch));
    pango_script_iter_free(stretch);
    return list;
}
