/* What libyaml finds wrong, in our own words. */
#ifndef OF_TEXT_PROBLEM_H
#define OF_TEXT_PROBLEM_H

#include "base/diagnostics.h"

typedef struct {
    const char *problem; /* libyaml's words; NULL: it had no memory */
    const char *context; /* what it was doing, or NULL */
    OfPlace at;          /* where it stopped */
    OfPlace context_at;  /* where what it was doing began; text == NULL: unknown */
    OfPlace open;        /* the innermost `[` or `{` that is open there; text == NULL: none */
} OfYamlProblem;

/* Adds the one error that a problem stands for. */
void of_yaml_problem_report(OfDiagnostics *diagnostics, const OfYamlProblem *problem);

#endif
