/* The markers that merging leaves in a file. */
#ifndef OF_TEXT_CONFLICT_H
#define OF_TEXT_CONFLICT_H

#include "base/diagnostics.h"

/* Reports every conflict of a text, from its line of `<<<<<<<` over `=======` to `>>>>>>>`, each as one error. Returns whether there was
 * one: then the text is not to be read. */
bool of_conflict_check(const OfSourceText *text, OfDiagnostics *diagnostics);

#endif
