/* The keys of format version 1: one static table that decoding, messages and the JSON Schema walk. */
#ifndef OF_MODEL_SCHEMA_H
#define OF_MODEL_SCHEMA_H

#include "model/story.h"

/* The kinds of mappings. */
typedef enum {
    OF_SCHEMA_FILE,
    OF_SCHEMA_SOURCE,
    OF_SCHEMA_STRATEGY,
    OF_SCHEMA_LAB,
    OF_SCHEMA_GROUP,
    OF_SCHEMA_PERSON,
    OF_SCHEMA_STINT,
    OF_SCHEMA_EVENT,
    OF_SCHEMA_ACCOUNT, /* its types follow those of the event that holds it */
    OF_SCHEMA_CLAIM,
    OF_SCHEMA_VIEW, /* takes the rows of of_option_table() too */
    OF_SCHEMA_CALLOUT,
    OF_N_SCHEMA_KINDS
} OfSchemaKind;

/* The kinds of values. The comment names the type of the field that takes one. */
typedef enum {
    OF_VALUE_VERSION,    /* the number 1; no field */
    OF_VALUE_TEXT,       /* const char *: any text */
    OF_VALUE_LABEL,      /* const char *: text that is drawn: not empty, on one line, limited in length */
    OF_VALUE_PATTERN,    /* const char *: text that fits `pattern` */
    OF_VALUE_ID,         /* none: an item's own id, read when items are declared */
    OF_VALUE_IDS,        /* OfTexts: ids that need not exist */
    OF_VALUE_TAGS,       /* OfTexts */
    OF_VALUE_REFERENCE,  /* pointer to an item of the kind `refers` */
    OF_VALUE_REFERENCES, /* OF_LIST of such pointers */
    OF_VALUE_TARGET,     /* const char *: the key of an item of the kind `refers` */
    OF_VALUE_PARTS,      /* OF_LIST(OfSplitPart): a mapping lab -> people */
    OF_VALUE_DATE,       /* OfDate */
    OF_VALUE_BOOL,       /* bool */
    OF_VALUE_INTEGER,    /* gint64, from `least` on */
    OF_VALUE_NUMBER,     /* double, from `least` to `most` */
    OF_VALUE_CHOICE,     /* an enum: the index into `choices` */
    OF_VALUE_EVENT_TYPE, /* none: read before the other keys */
    OF_VALUE_VIEW_TYPE,  /* OfSavedView.type and .type_place */
    OF_VALUE_COLOR,      /* const char *: `#rrggbb` */
    OF_VALUE_URL,        /* const char * */
    OF_VALUE_MAPPINGS,   /* OF_LIST of structs: a sequence of mappings of the kind `holds` */
    OF_VALUE_MAP,        /* none: a mapping id -> mapping of the kind `holds` */
    OF_N_VALUES
} OfValueKind;

#define OF_EVENT_BIT(type) (1u << (unsigned) (type))
#define OF_EVENTS_ALL      (OF_EVENT_BIT(OF_N_EVENT_TYPES) - 1u)

/* One key of one kind of mapping. Where a key means something else in some event types, it has several rows. */
typedef struct {
    const char *key;
    OfValueKind value;
    OfItemKind refers;  /* of references and targets */
    OfSchemaKind holds; /* of mappings and maps */
    gsize offset;       /* of the field in the struct */
    gsize set_offset;   /* of a bool that says that the key was there; 0: none */
    guint32 events;     /* the event types that take it; all bits in what is no event */
    guint32 required;   /* those that must have it */
    const char *const *choices;
    const char *pattern; /* a regular expression, anchored */
    const char *example; /* of a pattern */
    double least, most;
    const char *summary; /* one line for messages, help and editors */
} OfKeyInfo;

/* Rules between the keys of one mapping. */
typedef enum {
    OF_RULE_ONE_OF,   /* exactly one of keys */
    OF_RULE_ANY_OF,   /* at least one */
    OF_RULE_NOT_BOTH, /* at most one of two */
    OF_RULE_NEEDS,    /* where the first is there, so is the second */
} OfRuleKind;

#define OF_RULE_KEYS 4 /* room for the keys of a rule and the NULL behind them */

typedef struct {
    OfSchemaKind kind;
    OfRuleKind rule;
    guint32 events;                 /* the event types it holds for */
    const char *keys[OF_RULE_KEYS]; /* NULL-terminated */
    const char *hint;               /* NULL or what to do */
} OfRule;

/* The types of views that format version 1 knows, NULL-terminated: more than this program draws. Static. */
extern const char *const of_schema_view_types[];

/* The ids of items. */
#define OF_ID_PATTERN "[a-z0-9][a-z0-9._-]*"
bool of_id_is_valid(const char *text);

/* The rows of a kind, their number in n. Static. */
const OfKeyInfo *of_schema_keys(OfSchemaKind kind, guint *n);

/* The rows of all rules, their number in n. Static. */
const OfRule *of_schema_rules(guint *n);

/* The row of key, for an event of one of the types in the bits of events (of what is no event: OF_EVENTS_ALL), or NULL. */
const OfKeyInfo *of_schema_find_key(OfSchemaKind kind, guint32 events, const char *key);

/* "lab", "event"; "a lab", "an event". Static. */
const char *of_schema_kind_name(OfSchemaKind kind);
const char *of_schema_kind_words(OfSchemaKind kind);

/* What a kind is, in one line. Static. */
const char *of_schema_kind_summary(OfSchemaKind kind);

/* "a date", "a list of tags": for messages. Static. */
const char *of_value_words(OfValueKind value);

/* The kind of mapping that an item's kind is written as, and the kind's name with its article ("a lab"). */
OfSchemaKind of_schema_of_item(OfItemKind kind);

#endif
