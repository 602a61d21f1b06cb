/* The nearest word: what the author of a misspelt one may have meant. */
#include <stdlib.h>
#include <string.h>

#include "base/diagnostics.h"

/* Longer words are not compared: their distance costs the square of their length, and nobody types them. */
#define LONGEST_WORD 64

typedef struct {
    gunichar letters[LONGEST_WORD];
    int n;
} Word;

/* Letters in lower case, so that `FAIR` finds `fair`. Returns false where the word is too long, empty or not UTF-8. */
static bool word_from_text(Word *word, const char *text)
{
    word->n = 0;
    if (!g_utf8_validate(text, -1, NULL)) {
        return false;
    }
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        if (word->n == LONGEST_WORD) {
            return false;
        }
        word->letters[word->n++] = g_unichar_tolower(g_utf8_get_char(at));
    }
    return word->n > 0;
}

/* The Damerau-Levenshtein distance in its restricted form (no part is edited twice), or most + 1 where it is above most.
 *
 * Source: Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964; dynamic
 * programming after Wagner and Fischer, JACM 21(1), 1974, with three rows kept. */
static int distance(const Word *a, const Word *b, int most)
{
    if (abs(a->n - b->n) > most) {
        return most + 1;
    }
    int rows[3][LONGEST_WORD + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (int j = 0; j <= b->n; j++) {
        above[j] = before[j] = j;
    }
    for (int i = 1; i <= a->n; i++) {
        int least = row[0] = i;
        for (int j = 1; j <= b->n; j++) {
            bool same = a->letters[i - 1] == b->letters[j - 1];
            row[j] = MIN(above[j - 1] + (same ? 0 : 1), MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a->letters[i - 1] == b->letters[j - 2] && a->letters[i - 2] == b->letters[j - 1]) {
                row[j] = MIN(row[j], before[j - 2] + 1);
            }
            least = MIN(least, row[j]);
        }
        if (least > most) {
            return most + 1;
        }
        int *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b->n];
}

char *of_hint_nearest(const char *word, const char *const *candidates, gssize n_candidates)
{
    Word wanted, candidate;
    if (candidates == NULL || !word_from_text(&wanted, word)) {
        return NULL;
    }
    int most = MAX(1, wanted.n / 3);
    const char *nearest = NULL;
    for (gssize i = 0; n_candidates < 0 ? candidates[i] != NULL : i < n_candidates; i++) {
        /* A candidate in which not one letter is right is no suggestion, however short. */
        if (!word_from_text(&candidate, candidates[i]) || strcmp(word, candidates[i]) == 0) {
            continue;
        }
        int edits = distance(&wanted, &candidate, most);
        if (edits > most || edits >= MAX(wanted.n, candidate.n)) {
            continue;
        }
        if (edits < most || nearest == NULL || strcmp(candidates[i], nearest) < 0) {
            nearest = candidates[i];
        }
        most = edits;
    }
    return nearest != NULL ? g_strdup_printf("did you mean `%s`?", nearest) : NULL;
}
