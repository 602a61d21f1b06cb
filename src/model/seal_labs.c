/* Stage 2: labs, and what concerns the story as a whole. */
#include "model/seal.h"

/* ---- The span of the story ---- */

static void span_date(OfStory *story, const OfDate *date)
{
    if (of_date_is_set(date)) {
        /* The open end of an interval says nothing of when the story is. */
        story->first_day = MIN(story->first_day, date->open_first ? date->last : date->first);
        story->last_day = MAX(story->last_day, date->open_last ? date->first : date->last);
    }
}

static void span_people(OfStory *story)
{
    for (guint i = 0; i < story->people.n; i++) {
        of_people_expect(story, i);
        const OfPerson *person = story->people.items[i];
        span_date(story, &person->since);
        for (guint k = 0; k < person->decls.n; k++) {
            const OfStintDecl *decl = person->decls.items[k];
            span_date(story, &decl->from);
            span_date(story, &decl->to);
            for (guint j = 0; j < decl->accounts.n; j++) {
                span_date(story, &decl->accounts.items[j]->date);
            }
        }
    }
}

static void span_story(OfStory *story)
{
    story->first_day = OF_DAY_MAX;
    story->last_day = OF_DAY_MIN;
    for (guint i = 0; i < story->labs.n; i++) {
        span_date(story, &story->labs.items[i]->founded);
        span_date(story, &story->labs.items[i]->closed);
    }
    span_people(story);
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        const OfEvent *event = story->events.items[i];
        span_date(story, &event->date);
        for (guint k = 0; k < event->accounts.n; k++) {
            span_date(story, &event->accounts.items[k]->date);
        }
    }
    if (story->first_day > story->last_day) {
        story->first_day = story->last_day = 0; /* no date at all */
    }
}

static OfDay draw_merger(const OfEvent *event)
{
    OfDay day = OF_DAY_MIN;
    for (guint i = 0; i < event->labs.n; i++) {
        day = event->labs.items[i]->end_event == event ? MAX(day, event->labs.items[i]->end_day) : day;
    }
    return day;
}

/* The day of an event that changes no state of a lab. People's chains may still move it. */
static OfDay draw_event(const OfEvent *event)
{
    if (event->lab != NULL && event->lab->end_event == event) {
        return event->lab->end_day;
    }
    if (event->lab != NULL && event->lab->begin_event == event) {
        return event->lab->begin_day;
    }
    OfDay day = of_date_middle(&event->date);
    day = event->from != NULL ? of_lab_clamp_day(event->from, day) : day;
    day = event->to != NULL ? of_lab_clamp_day(event->to, day) : day;
    return event->lab != NULL ? of_lab_clamp_day(event->lab, day) : day;
}

static void draw_events(OfStory *story)
{
    for (guint i = 0; i < story->events.n; i++) {
        of_events_expect(story, i);
        OfEvent *event = OF_MUTABLE(OfEvent, story->events.items[i]);
        if (event->type == OF_EVENT_MERGE) {
            event->day = draw_merger(event);
        } else if (event->type != OF_EVENT_REPARENT && event->type != OF_EVENT_RENAME && event->type != OF_EVENT_SHIFT) {
            event->day = draw_event(event);
        }
    }
}

bool of_story_seal_labs(OfStoryBuild *build, OfDiagnostics *diagnostics)
{
    span_story(&build->story);
    of_seal_causes(build, diagnostics);
    of_seal_lifetimes(build, diagnostics);
    of_seal_tree(build, diagnostics);
    of_seal_stances(build, diagnostics);
    draw_events(&build->story);
    /* What is wrong with labs does not keep people from being looked at: each part leaves something that makes sense. */
    return !of_diagnostics_has_limit(diagnostics);
}
