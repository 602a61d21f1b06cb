/* Stage 5: warnings on what is never used, and on events outside a lab's lifetime. */
#include "base/prefetch.h"
#include "model/mentions.h"
#include "model/options.h"
#include "model/stages.h"
#include <string.h>

#define SOON 8 /* events */

typedef struct {
    OfStoryBuild *build;
    OfDiagnostics *diagnostics;
} Use;

static void use_item(const OfItem *item)
{
    OF_MUTABLE(OfItem, item)->used = true;
}

static void use_strategy(const OfStrategy *strategy)
{
    if (strategy != NULL) {
        use_item(&strategy->item);
    }
}

/* ---- Who names what ---- */

static void cite_sources(const OfItem *item)
{
    for (guint i = 0; i < item->sources.n; i++) {
        OF_MUTABLE(OfSource, item->sources.items[i])->n_uses++;
    }
}

static void use_accounts(const OfAccount *const *accounts, guint n)
{
    for (guint i = 0; i < n; i++) {
        cite_sources(&accounts[i]->item);
        use_strategy(accounts[i]->from_strategy);
        use_strategy(accounts[i]->to_strategy);
    }
}

static void use_by_people(Use *use)
{
    const OfStory *story = &use->build->story;
    if (story->sources.n == 0 && story->strategies.n == 0) {
        return; /* nothing that they could name */
    }
    for (guint i = 0; i < story->people.n; i++) {
        of_people_expect(story, i);
        const OfPerson *person = story->people.items[i];
        cite_sources(&person->item);
        for (guint k = 0; k < person->decls.n; k++) {
            const OfStintDecl *decl = person->decls.items[k];
            cite_sources(&decl->item);
            use_accounts(decl->accounts.items, decl->accounts.n);
        }
    }
}

static void use_by_events(Use *use)
{
    const OfStory *story = &use->build->story;
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        if (i + SOON < story->events.n && story->events.items[i + SOON]->people.n > 0) {
            OF_PREFETCH(&story->events.items[i + SOON]->people.items[0]->item.used);
        }
        cite_sources(&event->item);
        use_accounts(event->accounts.items, event->accounts.n);
        use_strategy(event->from_strategy);
        use_strategy(event->to_strategy);
        for (guint k = 0; k < event->people.n; k++) {
            use_item(&event->people.items[k]->item);
        }
        for (guint k = 0; k < event->into.n; k++) {
            for (guint j = 0; j < event->into.items[k]->people.n; j++) {
                use_item(&event->into.items[k]->people.items[j]->item);
            }
        }
    }
}

static void use_by_rest(Use *use)
{
    const OfStory *story = &use->build->story;
    for (guint i = 0; i < story->labs.n; i++) {
        cite_sources(&story->labs.items[i]->item);
        use_strategy(story->labs.items[i]->strategy);
    }
    for (guint i = 0; i < story->strategies.n; i++) {
        cite_sources(&story->strategies.items[i]->item);
    }
    for (guint i = 0; i < story->sources.n; i++) {
        cite_sources(&story->sources.items[i]->item);
    }
    for (guint i = 0; i < story->groups.n; i++) {
        cite_sources(&story->groups.items[i]->item);
    }
    for (guint i = 0; i < story->claims.n; i++) {
        const OfClaim *claim = story->claims.items[i];
        cite_sources(&claim->item);
        if (claim->person != NULL) {
            use_item(&claim->person->item);
        }
    }
}

/* The item that an id of a saved view names, of whatever kind. */
static void use_id(Use *use, const char *id)
{
    static const OfItemKind kinds[] = {OF_ITEM_LAB, OF_ITEM_PERSON, OF_ITEM_STRATEGY, OF_ITEM_GROUP};
    for (guint i = 0; id != NULL && i < G_N_ELEMENTS(kinds); i++) {
        const OfItem *item = of_story_build_find(use->build, kinds[i], id, strlen(id));
        if (item != NULL) {
            use_item(item);
        }
    }
}

static void use_by_views(Use *use)
{
    const OfStory *story = &use->build->story;
    for (guint i = 0; i < story->views.n; i++) {
        const OfOptions *options = story->views.items[i]->options;
        cite_sources(&story->views.items[i]->item);
        if (options == NULL) {
            continue;
        }
        char *const *lists[] = {options->group, options->lab, options->person, options->highlight, options->order};
        for (guint k = 0; k < G_N_ELEMENTS(lists); k++) {
            for (guint j = 0; lists[k] != NULL && lists[k][j] != NULL; j++) {
                use_id(use, lists[k][j]);
            }
        }
        for (guint k = 0; options->callouts != NULL && k < options->callouts->len; k++) {
            const OfCallout *callout = &g_array_index(options->callouts, OfCallout, k);
            use_id(use, callout->lab);
            use_id(use, callout->person);
        }
    }
}

/* ---- Lifetimes ---- */

static void warn_outside(Use *use, const OfMention *mention, bool before)
{
    const OfLab *lab = mention->lab;
    const OfEvent *event = before ? lab->begin_event : lab->end_event;
    g_autofree char *date = of_date_format(mention->date);
    g_autofree char *bound = of_date_format(before ? &lab->begin : &lab->end);
    OfDiagnostic *diagnostic = of_diagnostics_add(use->diagnostics, OF_SEVERITY_WARNING, "outside-lifetime", &mention->item->place,
                                                  NULL, "`%s` has `%s` on %s, %s (%s)", mention->item->key, lab->item.id, date,
                                                  before ? "before it begins" : "after it has ended", bound);
    diagnostic->other = event != NULL ? event->item.place : lab->item.place;
}

static void check_mention(const OfMention *mention, gpointer data)
{
    Use *use = data;
    const OfLab *lab = mention->lab;
    use_item(&lab->item);
    bool dated = mention->date != NULL && of_date_is_set(mention->date) && mention->kind != OF_MENTION_CLAIM &&
                 mention->kind != OF_MENTION_ACCOUNT;
    if (!dated || (mention->event != NULL && (mention->event == lab->begin_event || mention->event == lab->end_event))) {
        return;
    }
    if (of_date_is_set(&lab->begin) && !of_date_may_precede(&lab->begin, mention->date)) {
        warn_outside(use, mention, true);
    } else if (of_date_is_set(&lab->end) && !of_date_may_precede(mention->date, &lab->end)) {
        warn_outside(use, mention, false);
    }
}

/* ---- Warnings ---- */

static void warn_unused(Use *use, const char *code, const OfItem *item, const char *kind)
{
    of_diagnostics_add(use->diagnostics, OF_SEVERITY_WARNING, code, &item->place, NULL, "nothing uses the %s `%s`", kind, item->id);
}

static void warn_people(Use *use)
{
    const OfStory *story = &use->build->story;
    for (guint i = 0; i < story->people.n; i++) {
        const OfPerson *person = story->people.items[i];
        if (person->stints.n > 0) {
            continue;
        }
        if (!person->item.used) {
            warn_unused(use, "unused-person", &person->item, "person");
        } else {
            of_diagnostics_add(use->diagnostics, OF_SEVERITY_WARNING, "no-stint", &person->item.place,
                               g_strdup("say where they are by `lab`, `stints` or a `join`"), "`%s` is never at any lab",
                               person->item.id);
        }
    }
}

static void warn_rest(Use *use)
{
    const OfStory *story = &use->build->story;
    for (guint i = 0; i < story->labs.n; i++) {
        if (!story->labs.items[i]->item.used) {
            warn_unused(use, "unused-lab", &story->labs.items[i]->item, "lab");
        }
    }
    for (guint i = 0; i < story->strategies.n; i++) {
        if (!story->strategies.items[i]->item.used) {
            warn_unused(use, "unused-strategy", &story->strategies.items[i]->item, "strategy");
        }
    }
    for (guint i = 0; i < story->sources.n; i++) {
        if (story->sources.items[i]->n_uses == 0) {
            warn_unused(use, "unused-source", &story->sources.items[i]->item, "source");
        }
    }
    for (guint i = 0; i < story->groups.n; i++) {
        if (story->groups.items[i]->people.n == 0) {
            of_diagnostics_add(use->diagnostics, OF_SEVERITY_WARNING, "unused-group", &story->groups.items[i]->item.place, NULL,
                               "nobody is in the group `%s`", story->groups.items[i]->item.id);
        }
    }
    for (guint i = 0; i < story->claims.n; i++) {
        const OfClaim *claim = story->claims.items[i];
        if (claim->item.sources.n == 0) {
            of_diagnostics_add(use->diagnostics, OF_SEVERITY_WARNING, "claim-without-source", &claim->item.place, NULL,
                               "the claim `%s` names no source", claim->item.key);
        }
    }
}

void of_story_check_use(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    Use use = {build, diagnostics};
    for (guint i = 0; i < build->story.sources.n; i++) {
        OF_MUTABLE(OfSource, build->story.sources.items[i])->n_uses = 0;
    }
    use_by_people(&use);
    use_by_events(&use);
    use_by_rest(&use);
    use_by_views(&use);
    of_story_each_mention(&build->story, check_mention, &use);
    warn_people(&use);
    warn_rest(&use);
}
