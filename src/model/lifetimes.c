/* When labs begin and end. */
#include "model/mentions.h"
#include "model/seal.h"

/* What the other data says about when a lab was there. */
typedef struct {
    OfDay known_by; /* some mention is surely not after this day; OF_DAY_MAX: none */
    OfDay still_on; /* some mention is surely not before this day; OF_DAY_MIN: none */
} LabTraces;

typedef struct {
    OfStoryBuild *build;
    OfDiagnostics *diagnostics;
    LabTraces *traces; /* [lab] */
    bool changes;      /* some event merges or splits labs */
} Lifetimes;

static OfLab *mutable_lab(const OfLab *lab)
{
    return OF_MUTABLE(OfLab, lab);
}

/* ---- What events say ---- */

static void begin_lab(Lifetimes *lifetimes, const OfLab *const_lab, const OfEvent *event)
{
    OfLab *lab = mutable_lab(const_lab);
    if (lab->begin_event != NULL) {
        of_seal_error(lifetimes->diagnostics, "founded-twice", &event->item.place, &lab->begin_event->item.place, NULL,
                      "`%s` is founded a second time", lab->item.id);
        return;
    }
    lab->begin = event->date;
    lab->begin_event = event;
}

static void end_lab(Lifetimes *lifetimes, const OfLab *const_lab, const OfEvent *event)
{
    OfLab *lab = mutable_lab(const_lab);
    if (lab->end_event != NULL) {
        of_seal_error(lifetimes->diagnostics, "closed-twice", &event->item.place, &lab->end_event->item.place, NULL,
                      "`%s` ends a second time", lab->item.id);
        return;
    }
    lab->end = event->date;
    lab->end_event = event;
}

static void end_merged_labs(Lifetimes *lifetimes, const OfEvent *event)
{
    for (guint i = 0; i < event->labs.n; i++) {
        if (event->labs.items[i] != event->to) {
            end_lab(lifetimes, event->labs.items[i], event);
        }
    }
}

static void apply_events(Lifetimes *lifetimes)
{
    const OfStory *story = &lifetimes->build->story;
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        lifetimes->changes = lifetimes->changes || event->type == OF_EVENT_MERGE || event->type == OF_EVENT_SPLIT;
        if (event->type == OF_EVENT_FOUND) {
            begin_lab(lifetimes, event->lab, event);
        } else if (event->type == OF_EVENT_CLOSE) {
            end_lab(lifetimes, event->lab, event);
        } else if (event->type == OF_EVENT_MERGE) {
            end_merged_labs(lifetimes, event);
        } else if (event->type == OF_EVENT_SPLIT && !of_split_keeps_lab(event)) {
            end_lab(lifetimes, event->lab, event);
        }
    }
}

/* ---- What labs say themselves ---- */

/* Joins the date that a lab declares with that of the event that says the same. */
static void join_declared(Lifetimes *lifetimes, const OfLab *lab, const char *key, const OfDate *declared, const OfEvent *event,
                          OfDate *date)
{
    if (!of_date_is_set(declared) || event == NULL || of_date_meets(declared, date)) {
        *date = of_date_join(declared, date);
        return;
    }
    g_autofree char *declared_text = of_date_format(declared);
    g_autofree char *event_text = of_date_format(date);
    of_seal_error(lifetimes->diagnostics, "dates-disagree", &lab->item.place, &event->item.place, NULL,
                  "`%s` of `%s` is %s, but the event `%s` says %s", key, lab->item.id, declared_text, event->item.key, event_text);
}

/* A merger or split begins `lab`, unless something else does or the lab was surely there before. */
static void begin_by_change(Lifetimes *lifetimes, const OfLab *lab, const OfEvent *event)
{
    if (!of_date_is_set(&lab->begin) && lifetimes->traces[lab->index].known_by >= event->date.first) {
        mutable_lab(lab)->begin = event->date;
        mutable_lab(lab)->begin_event = event;
    }
}

static void begin_by_changes(Lifetimes *lifetimes)
{
    const OfStory *story = &lifetimes->build->story;
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        if (event->type == OF_EVENT_MERGE) {
            bool was_there = false; /* as one of them, or as the parent of one */
            for (guint k = 0; k < event->labs.n; k++) {
                was_there = was_there || event->labs.items[k] == event->to || event->labs.items[k]->parent == event->to;
            }
            if (!was_there) {
                begin_by_change(lifetimes, event->to, event);
            }
        } else if (event->type == OF_EVENT_SPLIT) {
            for (guint k = 0; k < event->into.n; k++) {
                const OfLab *part = event->into.items[k]->lab;
                if (part != event->lab && part != event->lab->parent) {
                    begin_by_change(lifetimes, part, event);
                }
            }
        }
    }
}

/* ---- Days ---- */

static void trace_first_mention(const OfMention *mention, gpointer data)
{
    Lifetimes *lifetimes = data;
    LabTraces *traces = &lifetimes->traces[mention->lab->index];
    bool dated = mention->date != NULL && of_date_is_set(mention->date);
    if (mention->kind == OF_MENTION_OPENING || mention->kind == OF_MENTION_FROM) {
        /* Who is there without a date was there when the story opened. */
        traces->known_by = MIN(traces->known_by, dated ? mention->date->last : OF_DAY_MIN);
    } else if (dated && (mention->kind == OF_MENTION_EVENT || mention->kind == OF_MENTION_TO)) {
        traces->known_by = MIN(traces->known_by, mention->date->last);
    }
}

/* Whether a mention says that the lab was there on its date, and can be right. */
static bool speaks_of_life(const OfMention *mention)
{
    const OfLab *lab = mention->lab;
    if (mention->date == NULL || !of_date_is_set(mention->date) || mention->kind == OF_MENTION_ACCOUNT ||
        mention->kind == OF_MENTION_CLAIM) {
        return false;
    }
    if (mention->event != NULL && (mention->event == lab->begin_event || mention->event == lab->end_event)) {
        return false;
    }
    return (!of_date_is_set(&lab->begin) || of_date_may_precede(&lab->begin, mention->date)) &&
           (!of_date_is_set(&lab->end) || of_date_may_precede(mention->date, &lab->end));
}

static void trace_mention(const OfMention *mention, gpointer data)
{
    Lifetimes *lifetimes = data;
    if (speaks_of_life(mention)) {
        LabTraces *traces = &lifetimes->traces[mention->lab->index];
        traces->known_by = MIN(traces->known_by, mention->date->last);
        traces->still_on = MAX(traces->still_on, mention->date->first);
    }
}

/* Beginning and end are drawn at the middle of their ranges, but not after what surely happened in the lab, nor before it, as
 * far as the ranges allow: a lab founded "in 2023" is there for somebody who joins on 1 March. */
static void draw_lifetime(OfLab *lab, const LabTraces *traces)
{
    lab->begin_day = OF_DAY_MIN;
    lab->end_day = OF_DAY_MAX;
    if (of_date_is_set(&lab->begin)) {
        OfDay day = MIN(of_date_middle(&lab->begin), traces->known_by);
        if (of_date_is_set(&lab->end)) {
            day = MIN(day, lab->end.last);
        }
        lab->begin_day = MAX(day, lab->begin.first);
    }
    if (of_date_is_set(&lab->end)) {
        OfDay day = MAX(of_date_middle(&lab->end), traces->still_on);
        lab->end_day = MAX(MIN(day, lab->end.last), lab->begin_day);
    }
}

static void check_lifetime(Lifetimes *lifetimes, const OfLab *lab)
{
    if (!of_date_is_set(&lab->begin) || !of_date_is_set(&lab->end) || of_date_may_precede(&lab->begin, &lab->end)) {
        return;
    }
    g_autofree char *begin = of_date_format(&lab->begin);
    g_autofree char *end = of_date_format(&lab->end);
    const OfPlace *end_place = lab->end_event != NULL ? &lab->end_event->item.place : &lab->item.place;
    const OfPlace *begin_place = lab->begin_event != NULL ? &lab->begin_event->item.place : &lab->item.place;
    of_seal_error(lifetimes->diagnostics, "end-before-start", end_place, begin_place == end_place ? NULL : begin_place, NULL,
                  "`%s` ends (%s) before it begins (%s)", lab->item.id, end, begin);
}

static void clear_traces(Lifetimes *lifetimes)
{
    for (guint i = 0; i < lifetimes->build->story.labs.n; i++) {
        lifetimes->traces[i] = (LabTraces){.known_by = OF_DAY_MAX, .still_on = OF_DAY_MIN};
    }
}

/* Whether it is known of some lab when it began or ended. */
static bool any_lifetime(const OfStory *story)
{
    bool any = false;
    for (guint i = 0; i < story->labs.n; i++) {
        any = any || of_date_is_set(&story->labs.items[i]->begin) || of_date_is_set(&story->labs.items[i]->end);
    }
    return any;
}

void of_seal_lifetimes(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    const OfStory *story = &build->story;
    g_autofree LabTraces *traces = g_new0(LabTraces, (gsize) story->labs.n + 1);
    Lifetimes lifetimes = {build, diagnostics, traces, false};
    apply_events(&lifetimes);
    for (guint i = 0; i < story->labs.n; i++) {
        OfLab *lab = mutable_lab(story->labs.items[i]);
        join_declared(&lifetimes, lab, "founded", &lab->founded, lab->begin_event, &lab->begin);
        join_declared(&lifetimes, lab, "closed", &lab->closed, lab->end_event, &lab->end);
    }
    if (lifetimes.changes) {
        clear_traces(&lifetimes);
        of_story_each_mention(story, trace_first_mention, &lifetimes);
        begin_by_changes(&lifetimes);
    }
    clear_traces(&lifetimes);
    if (any_lifetime(story)) {
        of_story_each_mention(story, trace_mention, &lifetimes);
    }
    for (guint i = 0; i < story->labs.n; i++) {
        check_lifetime(&lifetimes, story->labs.items[i]);
        draw_lifetime(mutable_lab(story->labs.items[i]), &traces[i]);
    }
}
