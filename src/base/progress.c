#include "base/progress.h"

#include <stddef.h>

static _Thread_local OfProgress *current = NULL;

void of_progress_begin(OfProgress *progress)
{
    progress->outside = current;
    current = progress;
}

void of_progress_end(OfProgress *progress)
{
    current = progress->outside;
}

bool of_progress_tell(const char *stage, double share)
{
    if (current == NULL || current->tell == NULL) {
        return true;
    }
    current->stopped = current->stopped || !current->tell(stage, share, current->data);
    return !current->stopped;
}
