#include "view/side_options.h"

/* A name as one side has it: found there by its id or key, or NULL. */
typedef const OfItem *(*Find)(const OfStory *story, const char *name);

static const OfItem *find_lab(const OfStory *story, const char *name)
{
    return (gconstpointer) of_story_find_lab(story, name);
}

static const OfItem *find_person(const OfStory *story, const char *name)
{
    return (gconstpointer) of_story_find_person(story, name);
}

static const OfItem *find_group(const OfStory *story, const char *name)
{
    return (gconstpointer) of_story_find_group(story, name);
}

static const OfItem *find_any(const OfStory *story, const char *name)
{
    const OfItem *item = find_lab(story, name);
    item = item != NULL ? item : find_person(story, name);
    item = item != NULL ? item : find_group(story, name);
    item = item != NULL ? item : (gconstpointer) of_story_find_event(story, name);
    for (guint i = 0; item == NULL && i < story->strategies.n; i++) {
        item = g_str_equal(story->strategies.items[i]->item.id, name) ? &story->strategies.items[i]->item : NULL;
    }
    return item;
}

static void translate(char ***list, const OfRevisions *revisions, bool old, Find find)
{
    const OfChanges *changes = of_revisions_changes(revisions);
    const OfStory *story = old ? changes->from : changes->to, *other = old ? changes->to : changes->from;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (char **name = *list; name != NULL && *name != NULL; name++) {
        const OfItem *elsewhere = find(other, *name);
        const OfItem *here = elsewhere != NULL ? of_revisions_mate(revisions, elsewhere) : NULL;
        if (find(story, *name) != NULL || elsewhere == NULL) {
            g_strv_builder_add(names, *name);
        } else if (here != NULL) {
            g_strv_builder_add(names, here->key);
        }
    }
    if (*list != NULL) {
        g_strfreev(*list);
        *list = g_strv_builder_end(names);
    }
}

static void translate_tags(char ***list, const OfRevisions *revisions, bool old)
{
    const OfChanges *changes = of_revisions_changes(revisions);
    const OfStory *story = old ? changes->from : changes->to, *other = old ? changes->to : changes->from;
    g_autoptr(GStrvBuilder) tags = g_strv_builder_new();
    for (char **tag = *list; tag != NULL && *tag != NULL; tag++) {
        if (of_story_has_tag(story, *tag) || !of_story_has_tag(other, *tag)) {
            g_strv_builder_add(tags, *tag);
        }
    }
    if (*list != NULL) {
        g_strfreev(*list);
        *list = g_strv_builder_end(tags);
    }
}

OfOptions *of_options_for_side(const OfOptions *options, const OfRevisions *revisions, bool old)
{
    OfOptions *side = of_options_copy(options);
    translate(&side->group, revisions, old, find_group);
    translate(&side->lab, revisions, old, find_lab);
    translate(&side->person, revisions, old, find_person);
    translate(&side->highlight, revisions, old, find_any);
    translate(&side->order, revisions, old, find_lab);
    translate_tags(&side->tag, revisions, old);
    return side;
}
