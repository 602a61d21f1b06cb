/* THE table of keys. */
#include "model/schema.h"

#include "model/options.h"
#include <stddef.h>
#include <string.h>

#define T(type)    OF_EVENT_BIT(OF_EVENT_##type)
#define MILESTONES (T(RELEASE) | T(DELAY) | T(CANCEL) | T(ANNOUNCE) | T(REPORT) | T(DEAL) | T(NOTE))
#define ALWAYS     OF_EVENTS_ALL

/* A key of any event type (or of what is no event), and one of some event types. */
#define KEY(name, Type, field, kind, ...)                                                                                          \
    {                                                                                                                              \
        .key = (name), .value = OF_VALUE_##kind, .offset = offsetof(Type, field), .events = OF_EVENTS_ALL, __VA_ARGS__             \
    }
#define KEY_OF(types, name, Type, field, kind, ...)                                                                                \
    {                                                                                                                              \
        .key = (name), .value = OF_VALUE_##kind, .offset = offsetof(Type, field), .events = (types), __VA_ARGS__                   \
    }
#define SECTION(name, kind, holder, ...)                                                                                           \
    {                                                                                                                              \
        .key = (name), .value = OF_VALUE_##kind, .holds = OF_SCHEMA_##holder, .events = OF_EVENTS_ALL, __VA_ARGS__                 \
    }

#define NAME_KEY(words)  KEY("name", OfItem, name, LABEL, .summary = (words))
#define TITLE_KEY(words) KEY("title", OfItem, name, LABEL, .summary = (words))
#define NOTE_KEY         KEY("note", OfItem, note, TEXT, .summary = "A remark for readers of the data")
#define SOURCES_KEY                                                                                                                \
    KEY("sources", OfItem, sources, REFERENCES, .refers = OF_ITEM_SOURCE, .summary = "Where this is said: keys of `sources`")
#define CONFIDENCE_KEY                                                                                                             \
    KEY("confidence", OfItem, confidence, CHOICE, .set_offset = offsetof(OfItem, confidence_set), .choices = of_confidence_names,  \
        .summary = "How sure this is: `confirmed` where sources are given, else `unverified`")
/* What every item takes besides its name or title. */
#define COMMON_KEYS                                                                                                                \
    NOTE_KEY, KEY("url", OfItem, url, URL, .summary = "A link: http, https or mailto"), SOURCES_KEY, CONFIDENCE_KEY,               \
        KEY("tags", OfItem, tags, TAGS, .summary = "Words to filter by (`--tag`)"),                                                \
        KEY("color", OfItem, color, COLOR, .summary = "A colour: `#rgb` or `#rrggbb`"),                                            \
        KEY("was", OfItem, was, IDS, .summary = "The id or ids that this item had in earlier revisions")

const char *const of_schema_view_types[] = {"storyline", "moves", "strategy", "causes", "snapshot", "retention", "alluvial", NULL};

static const OfKeyInfo file_keys[] = {
    {.key = "orgflow", .value = OF_VALUE_VERSION, .events = ALWAYS, .required = ALWAYS, .summary = "The format's version: 1"},
    KEY("title", OfStory, title, LABEL, .summary = "The story's title; in one file only"),
    KEY("subtitle", OfStory, subtitle, LABEL, .summary = "A line below the title; in one file only"),
    KEY("lang", OfStory, lang, PATTERN, .pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", .example = "en",
        .summary = "The language of the texts as a BCP 47 tag, for the drawings; `en` where not said; in one file only"),
    SECTION("sources", MAP, SOURCE, .summary = "Bibliography: what items cite under `sources`"),
    SECTION("strategies", MAP, STRATEGY, .summary = "The vocabulary of stances"),
    SECTION("labs", MAP, LAB, .summary = "Labs, companies, teams, universities"),
    SECTION("groups", MAP, GROUP, .summary = "Named cohorts of people"),
    SECTION("people", MAP, PERSON, .summary = "People"),
    SECTION("events", MAPPINGS, EVENT, .summary = "What happened, dated"),
    SECTION("claims", MAPPINGS, CLAIM, .summary = "Statements that the data must bear out; `check` counts and compares"),
    SECTION("views", MAPPINGS, VIEW, .summary = "Saved views; `render` without `-v` draws them all"),
};

static const OfKeyInfo source_keys[] = {
    TITLE_KEY("The title of the article, page or book"),
    KEY("publisher", OfSource, publisher, LABEL, .summary = "Who published it"),
    KEY("author", OfSource, author, LABEL, .summary = "Who wrote it"),
    KEY("date", OfSource, date, DATE, .summary = "When it was published"),
    KEY("accessed", OfSource, accessed, DATE, .summary = "When it was read"),
    COMMON_KEYS,
};

static const OfKeyInfo strategy_keys[] = {
    NAME_KEY("What drawings call the strategy; without it, its id"),
    COMMON_KEYS,
};

static const OfKeyInfo lab_keys[] = {
    NAME_KEY("What drawings call the lab; without it, its id"),
    KEY("long_name", OfLab, long_name, LABEL, .summary = "The name written out"),
    KEY("kind", OfLab, kind, LABEL, .summary = "What it is: company, lab, team, university"),
    KEY("country", OfLab, country, LABEL, .summary = "Where it sits"),
    KEY("parent", OfLab, parent, REFERENCE, .refers = OF_ITEM_LAB, .summary = "The lab it belongs to at the start"),
    KEY("founded", OfLab, founded, DATE, .summary = "When it started"),
    KEY("closed", OfLab, closed, DATE, .summary = "When it ended"),
    KEY("strategy", OfLab, strategy, REFERENCE, .refers = OF_ITEM_STRATEGY, .summary = "Its stance at the start"),
    COMMON_KEYS,
};

static const OfKeyInfo group_keys[] = {
    NAME_KEY("What drawings call the group; without it, its id"),
    COMMON_KEYS,
};

static const OfKeyInfo person_keys[] = {
    NAME_KEY("What drawings call the person; without it, the id"),
    KEY("lab", OfPerson, lab, REFERENCE, .refers = OF_ITEM_LAB, .summary = "Where they are when the story opens"),
    KEY("since", OfPerson, since, DATE, .summary = "Since when they are at `lab`"),
    KEY("role", OfPerson, role, LABEL, .summary = "Their role at `lab`"),
    KEY("lead", OfPerson, lead, BOOL, .summary = "Whether they lead `lab` when the story opens"),
    KEY("groups", OfPerson, groups, REFERENCES, .refers = OF_ITEM_GROUP, .summary = "The groups they belong to"),
    KEY("orcid", OfPerson, orcid, PATTERN, .pattern = "^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$",
        .example = "0000-0002-1825-0097", .summary = "Their ORCID iD"),
    KEY("wikidata", OfPerson, wikidata, PATTERN, .pattern = "^Q[1-9][0-9]*$", .example = "Q42",
        .summary = "Their item in Wikidata"),
    KEY("stints", OfPerson, decls, MAPPINGS, .holds = OF_SCHEMA_STINT,
        .summary = "Their career, one stay after another; instead of `lab` and `since`"),
    COMMON_KEYS,
};

static const OfKeyInfo stint_keys[] = {
    KEY("lab", OfStintDecl, lab, REFERENCE, .refers = OF_ITEM_LAB, .required = ALWAYS, .summary = "Where they were"),
    KEY("from", OfStintDecl, from, DATE, .summary = "When they came; without it, they were there when the story opens"),
    KEY("to", OfStintDecl, to, DATE, .summary = "When they left; without it, they are still there"),
    KEY("role", OfStintDecl, role, LABEL, .summary = "Their role there"),
    KEY("lead", OfStintDecl, lead, BOOL, .summary = "Whether they led the lab"),
    KEY("concurrent", OfStintDecl, concurrent, BOOL, .summary = "Whether this is meant to run beside another stay"),
    NOTE_KEY,
    SOURCES_KEY,
    CONFIDENCE_KEY,
    KEY("accounts", OfStintDecl, accounts, MAPPINGS, .holds = OF_SCHEMA_ACCOUNT,
        .summary = "Rival versions, where sources disagree"),
};

#define WITH_PEOPLE   (T(JOIN) | T(LEAVE) | T(MOVE))
#define WITH_LAB      (T(FOUND) | T(CLOSE) | T(SPLIT) | T(RENAME) | T(REPARENT) | T(ROLE) | T(SHIFT) | MILESTONES)
#define LAB_REFERENCE .refers = OF_ITEM_LAB

static const OfKeyInfo event_keys[] = {
    {.key = "id", .value = OF_VALUE_ID, .events = ALWAYS, .summary = "Needed only to be referred to"},
    KEY("date", OfEvent, date, DATE, .required = ALWAYS, .summary = "When it happened"),
    {.key = "type", .value = OF_VALUE_EVENT_TYPE, .events = ALWAYS, .required = ALWAYS, .summary = "What happened"},
    {.key = "title",
     .value = OF_VALUE_LABEL,
     .offset = offsetof(OfItem, name),
     .events = ALWAYS,
     .required = MILESTONES,
     .summary = "What drawings call the event"},
    KEY_OF(WITH_PEOPLE, "people", OfEvent, people, REFERENCES, .refers = OF_ITEM_PERSON, .summary = "Who"),
    KEY_OF(T(FOUND), "people", OfEvent, people, REFERENCES, .refers = OF_ITEM_PERSON, .summary = "The founders"),
    KEY_OF(T(ROLE), "people", OfEvent, people, REFERENCES, .refers = OF_ITEM_PERSON, .required = T(ROLE), .summary = "Who"),
    KEY_OF(WITH_LAB, "lab", OfEvent, lab, REFERENCE, LAB_REFERENCE, .required = WITH_LAB, .summary = "The lab it is about"),
    KEY_OF(T(MERGE), "labs", OfEvent, labs, REFERENCES, LAB_REFERENCE, .required = T(MERGE), .summary = "The labs that become one"),
    KEY_OF(T(LEAVE) | T(MOVE), "from", OfEvent, from, REFERENCE, LAB_REFERENCE,
           .summary = "The lab they leave; may be left out where they are at one lab"),
    KEY_OF(T(FOUND), "from", OfEvent, from, REFERENCE, LAB_REFERENCE,
           .summary = "The lab the founders leave; without it, the one they are at, if any"),
    KEY_OF(T(TRANSFER), "from", OfEvent, from, REFERENCE, LAB_REFERENCE, .required = T(TRANSFER), .summary = "The lab that gives"),
    KEY_OF(T(SHIFT), "from", OfEvent, from_strategy, REFERENCE, .refers = OF_ITEM_STRATEGY,
           .summary = "The strategy given up; it must be the lab's stance"),
    KEY_OF(T(JOIN) | T(MOVE), "to", OfEvent, to, REFERENCE, LAB_REFERENCE, .required = T(JOIN) | T(MOVE),
           .summary = "The lab they arrive at"),
    KEY_OF(T(CLOSE), "to", OfEvent, to, REFERENCE, LAB_REFERENCE, .summary = "The lab its people move to; without it, they leave"),
    KEY_OF(T(MERGE), "to", OfEvent, to, REFERENCE, LAB_REFERENCE, .required = T(MERGE),
           .summary = "The lab they become; may be one of `labs`"),
    KEY_OF(T(REPARENT), "to", OfEvent, to, REFERENCE, LAB_REFERENCE,
           .summary = "The new parent; without it, the lab stands at the top"),
    KEY_OF(T(TRANSFER), "to", OfEvent, to, REFERENCE, LAB_REFERENCE, .required = T(TRANSFER), .summary = "The lab that gets it"),
    KEY_OF(T(SHIFT), "to", OfEvent, to_strategy, REFERENCE, .refers = OF_ITEM_STRATEGY, .required = T(SHIFT),
           .summary = "The strategy from then on"),
    KEY_OF(T(SPLIT), "into", OfEvent, into, PARTS, .required = T(SPLIT), .summary = "The parts: lab -> the people who go there"),
    KEY_OF(T(RENAME), "name", OfEvent, new_name, LABEL, .required = T(RENAME), .summary = "The lab's name from then on"),
    KEY_OF(T(JOIN) | T(MOVE), "role", OfEvent, role, LABEL, .summary = "Their role at `to`"),
    KEY_OF(T(ROLE), "role", OfEvent, role, LABEL, .summary = "Their new role"),
    KEY_OF(T(ROLE), "lead", OfEvent, lead, BOOL, .set_offset = offsetof(OfEvent, lead_set),
           .summary = "Whether they lead the lab from then on"),
    KEY_OF(T(TRANSFER), "what", OfEvent, what, LABEL, .required = T(TRANSFER),
           .summary = "What moves: compute, a project, a budget"),
    KEY("concurrent", OfEvent, concurrent, BOOL, .summary = "Whether a second affiliation is meant"),
    KEY_OF(WITH_PEOPLE, "weight", OfEvent, weight, INTEGER, .least = 1,
           .summary = "How many people, where data arrives aggregated; instead of `people`"),
    KEY("because", OfEvent, because, REFERENCES, .refers = OF_ITEM_EVENT, .summary = "The ids of the events that led to it"),
    KEY("accounts", OfEvent, accounts, MAPPINGS, .holds = OF_SCHEMA_ACCOUNT,
        .summary = "Rival versions, where sources disagree; this event is the one drawn, and counts as disputed"),
    COMMON_KEYS,
};

#define ACCOUNT_FROM (T(LEAVE) | T(MOVE) | T(FOUND) | T(TRANSFER))
#define ACCOUNT_TO   (T(JOIN) | T(MOVE) | T(CLOSE) | T(MERGE) | T(REPARENT) | T(TRANSFER))

static const OfKeyInfo account_keys[] = {
    KEY("date", OfAccount, date, DATE, .summary = "When it happened, as this account says"),
    KEY_OF(ACCOUNT_FROM, "from", OfAccount, from, REFERENCE, LAB_REFERENCE, .summary = "The other `from`"),
    KEY_OF(T(SHIFT), "from", OfAccount, from_strategy, REFERENCE, .refers = OF_ITEM_STRATEGY, .summary = "The other `from`"),
    KEY_OF(ACCOUNT_TO, "to", OfAccount, to, REFERENCE, LAB_REFERENCE, .summary = "The other `to`"),
    KEY_OF(T(SHIFT), "to", OfAccount, to_strategy, REFERENCE, .refers = OF_ITEM_STRATEGY, .summary = "The other `to`"),
    TITLE_KEY("The other title"),
    KEY_OF(T(JOIN) | T(MOVE) | T(ROLE), "role", OfAccount, role, LABEL, .summary = "The other role"),
    NOTE_KEY,
    CONFIDENCE_KEY,
    SOURCES_KEY,
};

static const OfKeyInfo claim_keys[] = {
    {.key = "id", .value = OF_VALUE_ID, .events = ALWAYS, .summary = "Needed only to be referred to"},
    KEY("text", OfClaim, text, LABEL, .required = ALWAYS, .summary = "The statement in words"),
    KEY("count", OfClaim, count, INTEGER, .set_offset = offsetof(OfClaim, has_count), .least = 0, .summary = "How many are there"),
    KEY("share", OfClaim, share, NUMBER, .set_offset = offsetof(OfClaim, has_share), .least = 0, .most = 1,
        .summary = "Which part of the group is there, from 0 to 1"),
    KEY("group", OfClaim, group, REFERENCE, .refers = OF_ITEM_GROUP, .summary = "The group it is about"),
    KEY("person", OfClaim, person, REFERENCE, .refers = OF_ITEM_PERSON, .summary = "The person it is about"),
    KEY("lab", OfClaim, lab, REFERENCE, LAB_REFERENCE, .required = ALWAYS, .summary = "Where they are; children of the lab count"),
    KEY("at", OfClaim, at, DATE, .required = ALWAYS, .summary = "When"),
    COMMON_KEYS,
};

static const OfKeyInfo view_keys[] = {
    {.key = "id", .value = OF_VALUE_ID, .events = ALWAYS, .required = ALWAYS, .summary = "What `render -v` calls it"},
    KEY("type", OfSavedView, type, VIEW_TYPE, .required = ALWAYS, .summary = "The kind of drawing"),
    TITLE_KEY("The title of the drawing"),
    KEY("subtitle", OfSavedView, subtitle, LABEL, .summary = "A line below the title"),
    COMMON_KEYS,
    SECTION("callouts", MAPPINGS, CALLOUT, .summary = "Remarks tied to a point of the drawing"),
};

static const OfKeyInfo callout_keys[] = {
    KEY("event", OfCallout, event, TARGET, .refers = OF_ITEM_EVENT, .summary = "The event it points at"),
    KEY("person", OfCallout, person, TARGET, .refers = OF_ITEM_PERSON, .summary = "The person it points at"),
    KEY("lab", OfCallout, lab, TARGET, .refers = OF_ITEM_LAB, .summary = "The lab it points at"),
    KEY("at", OfCallout, at, DATE, .summary = "The day it points at"),
    KEY("text", OfCallout, text, LABEL, .required = ALWAYS, .summary = "The remark"),
};

static const OfRule rules[] = {
    {OF_SCHEMA_PERSON,
     OF_RULE_NOT_BOTH,
     ALWAYS,
     {"stints", "lab"},
     "say where they are in `stints` alone, or in `lab` and `since`"},
    {OF_SCHEMA_PERSON, OF_RULE_NOT_BOTH, ALWAYS, {"stints", "lead"}, "say `lead` in the stint"},
    {OF_SCHEMA_PERSON, OF_RULE_NEEDS, ALWAYS, {"since", "lab"}, NULL},
    {OF_SCHEMA_PERSON, OF_RULE_NEEDS, ALWAYS, {"lead", "lab"}, NULL},
    {OF_SCHEMA_EVENT, OF_RULE_ONE_OF, WITH_PEOPLE, {"people", "weight"}, NULL},
    {OF_SCHEMA_EVENT, OF_RULE_NEEDS, T(LEAVE) | T(MOVE), {"weight", "from"}, NULL},
    {OF_SCHEMA_EVENT, OF_RULE_ANY_OF, T(ROLE), {"role", "lead"}, NULL},
    {OF_SCHEMA_CLAIM, OF_RULE_ONE_OF, ALWAYS, {"count", "share"}, NULL},
    {OF_SCHEMA_CLAIM, OF_RULE_ONE_OF, ALWAYS, {"group", "person"}, NULL},
    {OF_SCHEMA_CALLOUT, OF_RULE_ONE_OF, ALWAYS, {"event", "person", "lab"}, NULL},
};

typedef struct {
    const char *name, *words, *summary;
    const OfKeyInfo *keys;
    guint n;
} KindInfo;

#define KIND(name, words, summary, keys)                                                                                           \
    {                                                                                                                              \
        name, words, summary, keys, G_N_ELEMENTS(keys)                                                                             \
    }

static const KindInfo kinds[OF_N_SCHEMA_KINDS] = {
    [OF_SCHEMA_FILE] =
        KIND("file", "a file", "People, labs and dated events: who moved where, and how strategy shifted", file_keys),
    [OF_SCHEMA_SOURCE] = KIND("source", "a source", "A source that items cite", source_keys),
    [OF_SCHEMA_STRATEGY] = KIND("strategy", "a strategy", "A stance that labs take", strategy_keys),
    [OF_SCHEMA_LAB] = KIND("lab", "a lab", "A lab, company, team or university", lab_keys),
    [OF_SCHEMA_GROUP] = KIND("group", "a group", "A named cohort of people", group_keys),
    [OF_SCHEMA_PERSON] = KIND("person", "a person", "A person", person_keys),
    [OF_SCHEMA_STINT] = KIND("stint", "a stint", "One stay of a person at a lab", stint_keys),
    [OF_SCHEMA_EVENT] = KIND("event", "an event", "Something that happened on a date", event_keys),
    [OF_SCHEMA_ACCOUNT] = KIND("account", "an account", "A rival version; what is set overrides the event's own", account_keys),
    [OF_SCHEMA_CLAIM] = KIND("claim", "a claim", "A statement that the data must bear out", claim_keys),
    [OF_SCHEMA_VIEW] = KIND("view", "a view", "A saved view", view_keys),
    [OF_SCHEMA_CALLOUT] = KIND("callout", "a callout", "A remark tied to a point of the drawing", callout_keys),
};

static const char *const value_words[OF_N_VALUES] = {
    [OF_VALUE_VERSION] = "the number 1",
    [OF_VALUE_TEXT] = "a text",
    [OF_VALUE_LABEL] = "a text",
    [OF_VALUE_PATTERN] = "a text",
    [OF_VALUE_ID] = "an id",
    [OF_VALUE_IDS] = "an id or a list of ids",
    [OF_VALUE_TAGS] = "a list of tags",
    [OF_VALUE_REFERENCE] = "an id",
    [OF_VALUE_REFERENCES] = "a list of ids",
    [OF_VALUE_TARGET] = "an id",
    [OF_VALUE_PARTS] = "a mapping from labs to lists of people",
    [OF_VALUE_DATE] = "a date",
    [OF_VALUE_BOOL] = "true or false",
    [OF_VALUE_INTEGER] = "a whole number",
    [OF_VALUE_NUMBER] = "a number",
    [OF_VALUE_CHOICE] = "a word",
    [OF_VALUE_EVENT_TYPE] = "a type of event",
    [OF_VALUE_VIEW_TYPE] = "a type of view",
    [OF_VALUE_COLOR] = "a colour",
    [OF_VALUE_URL] = "a URL",
    [OF_VALUE_MAPPINGS] = "a sequence of mappings",
    [OF_VALUE_MAP] = "a mapping",
};

bool of_id_is_valid(const char *text)
{
    if (!g_ascii_islower(text[0]) && !g_ascii_isdigit(text[0]))
        return false;
    for (const char *p = text + 1; *p; p++)
        if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && *p != '.' && *p != '_' && *p != '-')
            return false;
    /* Written plain as a value, this is nothing at all. */
    return strcmp(text, "null") != 0;
}

const OfKeyInfo *of_schema_keys(OfSchemaKind kind, guint *n)
{
    *n = kinds[kind].n;
    return kinds[kind].keys;
}

const OfRule *of_schema_rules(guint *n)
{
    *n = G_N_ELEMENTS(rules);
    return rules;
}

const OfKeyInfo *of_schema_find_key(OfSchemaKind kind, guint32 events, const char *key)
{
    for (guint i = 0; i < kinds[kind].n; i++) {
        const OfKeyInfo *info = &kinds[kind].keys[i];
        if ((info->events & events) && strcmp(info->key, key) == 0)
            return info;
    }
    return NULL;
}

const char *of_schema_kind_name(OfSchemaKind kind)
{
    return kinds[kind].name;
}

const char *of_schema_kind_words(OfSchemaKind kind)
{
    return kinds[kind].words;
}

const char *of_schema_kind_summary(OfSchemaKind kind)
{
    return kinds[kind].summary;
}

const char *of_value_words(OfValueKind value)
{
    return value_words[value];
}

OfSchemaKind of_schema_of_item(OfItemKind kind)
{
    static const OfSchemaKind of_item[] = {
        [OF_ITEM_STORY] = OF_SCHEMA_FILE,  [OF_ITEM_SOURCE] = OF_SCHEMA_SOURCE, [OF_ITEM_STRATEGY] = OF_SCHEMA_STRATEGY,
        [OF_ITEM_LAB] = OF_SCHEMA_LAB,     [OF_ITEM_GROUP] = OF_SCHEMA_GROUP,   [OF_ITEM_PERSON] = OF_SCHEMA_PERSON,
        [OF_ITEM_EVENT] = OF_SCHEMA_EVENT, [OF_ITEM_CLAIM] = OF_SCHEMA_CLAIM,   [OF_ITEM_VIEW] = OF_SCHEMA_VIEW,
    };
    return of_item[kind];
}
