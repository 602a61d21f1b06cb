/* What is made of declared people: keys of stints, members of groups. */
#include "model/decode.h"

/* A stint's key is `stint:PERSON:FROM`, with `..` where it was open when the story opens. */
static void set_stint_keys(OfDecoder *decoder, const OfPerson *person, GString *key)
{
    guint n_same = 0;
    g_string_assign(key, "stint:");
    g_string_append(key, person->item.id);
    g_string_append_c(key, ':');
    const gsize n_shared = key->len;
    for (guint i = 0; i < person->decls.n; i++) {
        OfStintDecl *stint = OF_MUTABLE(OfStintDecl, person->decls.items[i]);
        bool same = i > 0 && of_decode_compare_dates(&stint->from, &person->decls.items[i - 1]->from) == 0;
        n_same = same ? n_same + 1 : 1;
        char date[OF_DATE_TEXT_SIZE] = "..";
        if (of_date_is_set(&stint->from)) {
            of_date_write(&stint->from, date);
        }
        g_string_truncate(key, n_shared);
        g_string_append(key, date);
        if (n_same > 1) {
            g_string_append_printf(key, "#%u", n_same);
        }
        stint->item.key = of_arena_text_n(decoder->arena, key->str, key->len);
        of_decode_set_account_keys(decoder, stint->item.key, of_list_at(&stint->accounts));
    }
}

/* Groups learn their people, who come sorted by id and so stay. */
static void fill_groups(OfDecoder *decoder)
{
    OfStory *story = &decoder->build->story;
    g_autoptr(GHashTable) members = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
    for (guint i = 0; i < story->people.n; i++) {
        OfPerson *person = OF_MUTABLE(OfPerson, story->people.items[i]);
        for (guint k = 0; k < person->groups.n; k++) {
            gpointer group = OF_MUTABLE(OfGroup, person->groups.items[k]);
            GPtrArray *people = g_hash_table_lookup(members, group);
            if (people == NULL) {
                people = g_ptr_array_new();
                g_hash_table_insert(members, group, people);
            }
            g_ptr_array_add(people, person);
        }
    }
    for (guint i = 0; i < story->groups.n; i++) {
        OfGroup *group = OF_MUTABLE(OfGroup, story->groups.items[i]);
        const GPtrArray *people = g_hash_table_lookup(members, group);
        if (people != NULL) {
            OfAnyList list = {of_arena_copy(decoder->arena, people->pdata, people->len * sizeof(gpointer)), people->len};
            memcpy(&group->people, &list, sizeof list);
        }
    }
}

void of_decode_finish_people(OfDecoder *decoder)
{
    OfStory *story = &decoder->build->story;
    g_autoptr(GString) key = g_string_new(NULL);
    for (guint i = 0; i < story->labs.n; i++) {
        OF_MUTABLE(OfLab, story->labs.items[i])->index = i;
    }
    for (guint i = 0; i < story->people.n; i++) {
        OfPerson *person = OF_MUTABLE(OfPerson, story->people.items[i]);
        person->index = i;
        of_people_expect(story, i);
        set_stint_keys(decoder, person, key);
    }
    fill_groups(decoder);
}
