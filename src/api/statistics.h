/* The forms in which a story's numbers are written. */
#ifndef OF_API_STATISTICS_H
#define OF_API_STATISTICS_H

#include "model/statistics.h"

typedef struct {
    const char *name, *summary;
    /* Appends to out, ending with a newline. */
    void (*write)(GString *out, const OfStory *story, const OfStatistics *statistics);
} OfStatisticsForm;

/* Ended by a row whose name is NULL; the first is the default. */
extern const OfStatisticsForm of_statistics_forms[];

void of_statistics_write_text(GString *out, const OfStory *story, const OfStatistics *statistics);
void of_statistics_write_json(GString *out, const OfStory *story, const OfStatistics *statistics);
void of_statistics_write_csv(GString *out, const OfStory *story, const OfStatistics *statistics);

#endif
