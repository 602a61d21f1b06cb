/* The two sides of a comparison, out of the arguments of `diff`. */
#ifndef OF_CLI_SIDES_H
#define OF_CLI_SIDES_H

#include "cli/command.h"

/* What is read as one story. */
typedef struct {
    char *name;       /* what records call it: a file, "HEAD~1:graphs/a.yaml", or a revision where several paths make the story */
    char *revision;   /* whose tree the paths are in; NULL: files, folders, "-" */
    GPtrArray *paths; /* of char * */
} Side;

/* Finds both sides, as git would: OLD NEW; REV REV -- PATH…; REV -- PATH… (against the work tree); A..B; A...B (from where they
 * parted); without a PATH the one story of the revisions. Returns ORGFLOW_OK, or a status after having said what is wrong;
 * sides_clear() is due in any case. */
int sides_parse(const Request *request, Side sides[2]);
void sides_clear(Side sides[2]);

/* Reads a side under the limits asked for; see request_read_side(). */
int side_read(const Request *request, const Side *side, OrgflowStory **story);

/* Whether writing to path would write over what a side reads. */
bool side_is_input(const Side *side, const char *path);

#endif
