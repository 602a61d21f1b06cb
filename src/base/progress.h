/* How far a long piece of work has got: told from deep inside to whoever asked for it, who may stop it. */
#ifndef OF_BASE_PROGRESS_H
#define OF_BASE_PROGRESS_H

#include <stdbool.h>

/* stage: "reading"; static. share: of the stage, 0 to 1; negative where it is not known. Returns whether to go on. */
typedef bool (*OfProgressTell)(const char *stage, double share, void *data);

/* One piece of work of one thread, on the stack of who begins it. */
typedef struct OfProgress {
    OfProgressTell tell; /* NULL: nobody asked */
    void *data;
    bool stopped;               /* tell has asked for it; it is not called again */
    struct OfProgress *outside; /* the work that this one is a part of */
} OfProgress;

/* From begin to end, which come in pairs, of_progress_tell() of this thread speaks to progress. It is a matter of the thread and no argument, since
 * what takes long lies many calls below what asks, and next to none of what lies between has to do with it. */
void of_progress_begin(OfProgress *progress);
void of_progress_end(OfProgress *progress);

/* Cheap where nobody asked; else a call: a loop calls it a few thousand times in all at most. Returns false where the work is to stop: what is then
 * returned is thrown away, whatever it is. */
bool of_progress_tell(const char *stage, double share);

#endif
