#include "model/mentions.h"

#include "model/stages.h"

static void mention(OfMentionFunc each, gpointer data, OfMention mention)
{
    if (mention.lab != NULL) {
        each(&mention, data);
    }
}

void of_event_each_mention(const OfEvent *event, OfMentionFunc each, gpointer data)
{
    OfMention named = {OF_MENTION_EVENT, event->lab, &event->date, &event->item, event};
    mention(each, data, named);
    named.lab = event->from;
    mention(each, data, named);
    named.lab = event->to;
    mention(each, data, named);
    for (guint i = 0; i < event->labs.n; i++) {
        named.lab = event->labs.items[i];
        mention(each, data, named);
    }
    for (guint i = 0; i < event->into.n; i++) {
        named.lab = event->into.items[i]->lab;
        mention(each, data, named);
    }
}

static void mention_account(const OfAccount *account, OfMentionFunc each, gpointer data)
{
    mention(each, data, (OfMention){OF_MENTION_ACCOUNT, account->from, &account->date, &account->item, NULL});
    mention(each, data, (OfMention){OF_MENTION_ACCOUNT, account->to, &account->date, &account->item, NULL});
}

static void mention_person(const OfPerson *person, OfMentionFunc each, gpointer data)
{
    mention(each, data, (OfMention){OF_MENTION_OPENING, person->lab, &person->since, &person->item, NULL});
    for (guint i = 0; i < person->decls.n; i++) {
        const OfStintDecl *decl = person->decls.items[i];
        mention(each, data, (OfMention){OF_MENTION_FROM, decl->lab, &decl->from, &decl->item, NULL});
        mention(each, data, (OfMention){OF_MENTION_TO, decl->lab, &decl->to, &decl->item, NULL});
        for (guint k = 0; k < decl->accounts.n; k++) {
            mention_account(decl->accounts.items[k], each, data);
        }
    }
}

void of_story_each_mention(const OfStory *story, OfMentionFunc each, gpointer data)
{
    for (guint i = 0; i < story->labs.n; i++) {
        const OfLab *lab = story->labs.items[i];
        mention(each, data, (OfMention){OF_MENTION_PARENT, lab->parent, NULL, &lab->item, NULL});
    }
    for (guint i = 0; i < story->people.n; i++) {
        of_people_expect(story, i);
        mention_person(story->people.items[i], each, data);
    }
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        of_event_each_mention(event, each, data);
        for (guint k = 0; k < event->accounts.n; k++) {
            mention_account(event->accounts.items[k], each, data);
        }
    }
    for (guint i = 0; i < story->claims.n; i++) {
        const OfClaim *claim = story->claims.items[i];
        mention(each, data, (OfMention){OF_MENTION_CLAIM, claim->lab, &claim->at, &claim->item, NULL});
    }
}
