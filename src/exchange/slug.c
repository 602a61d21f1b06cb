#include "exchange/slug.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text_table.h"

/* Bytes of a name that are looked at: more than enough for the longest id. */
#define LONGEST_LOOK 512

static char *slug_from_ascii(const char *ascii)
{
    GString *slug = g_string_new(NULL);
    for (const char *at = ascii; *at != '\0' && slug->len < OF_SLUG_MOST; at++) {
        if (g_ascii_isalnum(*at)) {
            g_string_append_c(slug, g_ascii_tolower(*at));
        } else if (slug->len > 0 && slug->str[slug->len - 1] != '-' && *at != '\'') {
            g_string_append_c(slug, '-');
        }
    }
    if (slug->len > 0 && slug->str[slug->len - 1] == '-') {
        g_string_truncate(slug, slug->len - 1);
    }
    if (strcmp(slug->str, "null") == 0) {
        g_string_prepend(slug, "item-"); /* what YAML reads as nothing is no id */
    }
    g_string_append(slug, slug->len == 0 ? "item" : "");
    return g_string_free(slug, FALSE);
}

char *of_slug_from_name(const char *name)
{
    const char *end = name;
    while (*end != '\0' && end - name < LONGEST_LOOK) {
        end = g_utf8_next_char(end);
    }
    g_autofree char *head = g_strndup(name, (gsize) (end - name));
    if (g_str_is_ascii(head)) { /* is its own transliteration */
        return slug_from_ascii(head);
    }
    g_autofree char *composed = g_utf8_normalize(head, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *ascii = g_str_to_ascii(composed != NULL ? composed : head, "C");
    return slug_from_ascii(ascii);
}

typedef struct {
    const char *name;
    guint index;
} Named;

static int compare_named(const void *a, const void *b)
{
    return strcmp(((const Named *) a)->name, ((const Named *) b)->name);
}

/* Whether n texts are all different. */
static bool all_differ(char *const *texts, guint n)
{
    OfTextTable known = {0};
    bool differ = true;
    of_text_table_reserve(&known, n);
    for (guint i = 0; i < n && differ; i++) {
        OfTextEntry *entry = of_text_table_claim(&known, texts[i], strlen(texts[i]));
        differ = entry->value == NULL;
        entry->value = (gpointer) texts[i];
    }
    of_text_table_clear(&known);
    return differ;
}

char **of_slug_list(const char *const *names, guint n)
{
    char **ids = g_new0(char *, (gsize) n + 1);
    for (guint i = 0; i < n; i++) {
        ids[i] = of_slug_from_name(names[i]);
    }
    if (all_differ(ids, n)) {
        return ids;
    }
    g_autofree Named *sorted = g_new(Named, (gsize) n + 1);
    /* Every id given out, with the last number that was tried behind it. */
    g_autoptr(GHashTable) taken = g_hash_table_new(of_text_hash, g_str_equal);
    for (guint i = 0; i < n; i++) {
        sorted[i] = (Named){names[i], i};
    }
    qsort(sorted, n, sizeof(Named), compare_named);
    for (guint i = 0; i < n; i++) {
        char *slug = ids[sorted[i].index];
        gpointer key, last;
        if (g_hash_table_lookup_extended(taken, slug, &key, &last)) {
            guint number = MAX(GPOINTER_TO_UINT(last), 1);
            char *numbered = NULL;
            do {
                g_free(numbered);
                numbered = g_strdup_printf("%s-%u", slug, ++number);
            } while (g_hash_table_contains(taken, numbered));
            g_hash_table_insert(taken, key, GUINT_TO_POINTER(number));
            g_free(slug);
            slug = numbered;
        }
        g_hash_table_insert(taken, slug, GUINT_TO_POINTER(1));
        ids[sorted[i].index] = slug;
    }
    return ids;
}
