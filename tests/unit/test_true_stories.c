/* Stories that really happened: made up day by day, then written with dates as vague as ranges are. Whatever the vagueness, they are
 * valid, and where every day is known they are told as they happened. */
#include "seal_fixture.h"

#define N_LABS   6u
#define N_PEOPLE 3u
#define N_EVENTS 14u
#define N_ROUNDS 1500u

typedef struct {
    guint state; /* of the generator */
    bool at[N_PEOPLE][N_LABS];
    bool open[N_LABS]; /* not closed */
    bool vague;
    GString *events;
    GPtrArray *stays[N_PEOPLE]; /* texts "a 2020-01-02.." */
} Truth;

/* xorshift, Marsaglia 2003: a failure can be found again. */
static guint pick(Truth *truth, guint below)
{
    truth->state ^= truth->state << 13;
    truth->state ^= truth->state >> 17;
    truth->state ^= truth->state << 5;
    return truth->state % below;
}

/* A date that holds the day. */
static char *write_date(Truth *truth, OfDay day)
{
    int year, month, month_day;
    of_day_to_civil(day, &year, &month, &month_day);
    switch (truth->vague ? pick(truth, 7) : 0) {
    case 1:
        return g_strdup_printf("%04d-%02d", year, month);
    case 2:
        return g_strdup_printf("%04d-Q%d~", year, (month + 2) / 3);
    case 3:
        return g_strdup_printf("%04d", year);
    case 4:
        return g_strdup_printf("%04d/%04d", year - 1, year + 1);
    case 5:
        return g_strdup_printf("../%04d-%02d", year, month);
    case 6:
        return g_strdup_printf("%04d-%02d/..", year, month);
    default:
        return g_strdup_printf("%04d-%02d-%02d", year, month, month_day);
    }
}

static void arrive(Truth *truth, guint person, guint lab, const char *date)
{
    truth->at[person][lab] = true;
    g_ptr_array_add(truth->stays[person], g_strdup_printf("%c %s..", 'a' + (int) lab, date));
}

static void leave(Truth *truth, guint person, guint lab, const char *date)
{
    GPtrArray *stays = truth->stays[person];
    truth->at[person][lab] = false;
    for (guint i = stays->len; i-- > 0;) {
        char *stay = stays->pdata[i];
        if (stay[0] == 'a' + (char) lab) {
            stays->pdata[i] = g_strconcat(stay, date, NULL);
            g_free(stay);
            return;
        }
    }
}

static guint count_labs(const Truth *truth, guint person)
{
    guint n = 0;
    for (guint i = 0; i < N_LABS; i++) {
        n += truth->at[person][i];
    }
    return n;
}

/* A lab that is open, and where the person is or is not; N_LABS: none. */
static guint pick_lab(Truth *truth, guint person, bool at)
{
    guint first = pick(truth, N_LABS);
    for (guint i = 0; i < N_LABS; i++) {
        guint lab = (first + i) % N_LABS;
        if (truth->open[lab] && truth->at[person][lab] == at) {
            return lab;
        }
    }
    return N_LABS;
}

/* Carries everybody from one lab to another, N_LABS for none. */
static void carry_all(Truth *truth, guint from, guint to, const char *date)
{
    truth->open[from] = false;
    for (guint i = 0; i < N_PEOPLE; i++) {
        if (truth->at[i][from]) {
            leave(truth, i, from, date);
            if (to < N_LABS && !truth->at[i][to]) {
                arrive(truth, i, to, date);
            }
        }
    }
}

static void end_lab(Truth *truth, const char *date)
{
    guint from = pick(truth, N_LABS), to = pick(truth, N_LABS);
    if (!truth->open[from] || !truth->open[to] || from == to) {
        return;
    }
    switch (pick(truth, 3)) {
    case 0:
        g_string_append_printf(truth->events, "- {date: %s, type: close, lab: %c}\n", date, 'a' + from);
        carry_all(truth, from, N_LABS, date);
        break;
    case 1:
        g_string_append_printf(truth->events, "- {date: %s, type: close, lab: %c, to: %c}\n", date, 'a' + from, 'a' + to);
        carry_all(truth, from, to, date);
        break;
    default:
        g_string_append_printf(truth->events, "- {date: %s, type: merge, labs: [%c, %c], to: %c}\n", date, 'a' + from, 'a' + to,
                               'a' + to);
        carry_all(truth, from, to, date);
        break;
    }
}

static void happen(Truth *truth, OfDay day)
{
    g_autofree char *date = write_date(truth, day);
    guint person = pick(truth, N_PEOPLE), n = count_labs(truth, person);
    guint from = pick_lab(truth, person, true), to = pick_lab(truth, person, false);
    char id = (char) ('p' + (char) person);
    guint kind = pick(truth, 6);
    if (kind == 0) {
        end_lab(truth, date);
    } else if (kind == 1 && to < N_LABS) {
        g_string_append_printf(truth->events, "- {date: %s, type: join, people: [%c], to: %c, concurrent: true}\n", date, id,
                               'a' + to);
        arrive(truth, person, to, date);
    } else if (kind == 2 && from < N_LABS) {
        bool said = n > 1 || pick(truth, 2) == 0;
        g_string_append_printf(truth->events, "- {date: %s, type: leave, people: [%c]", date, id);
        g_string_append_printf(truth->events, said ? ", from: %c}\n" : "}\n", 'a' + from);
        leave(truth, person, from, date);
    } else if (kind == 3 && from < N_LABS) {
        g_string_append_printf(truth->events, "- {date: %s, type: role, people: [%c], lab: %c, role: x}\n", date, id, 'a' + from);
    } else if (kind > 3 && from < N_LABS && to < N_LABS) {
        bool said = n > 1 || pick(truth, 2) == 0;
        g_string_append_printf(truth->events, "- {date: %s, type: move, people: [%c], to: %c", date, id, 'a' + to);
        g_string_append_printf(truth->events, said ? ", from: %c}\n" : "}\n", 'a' + from);
        leave(truth, person, from, date);
        arrive(truth, person, to, date);
    }
}

/* One story as YAML; what tell_people() must tell of it, where every day is known, in told. */
static char *make_story(Truth *truth, char **told)
{
    GString *yaml = g_string_new("labs: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}}\npeople:\n");
    truth->events = g_string_new("events:\n");
    memset(truth->at, 0, sizeof truth->at);
    for (guint i = 0; i < N_LABS; i++) {
        truth->open[i] = true;
    }
    for (guint i = 0; i < N_PEOPLE; i++) {
        guint lab = pick(truth, N_LABS);
        truth->stays[i] = g_ptr_array_new_with_free_func(g_free);
        arrive(truth, i, lab, "");
        g_string_append_printf(yaml, "  %c: {lab: %c}\n", 'p' + i, 'a' + lab);
    }
    OfDay day = of_day_from_civil(2015, 1, 1);
    for (guint i = 0; i < N_EVENTS; i++) {
        day += 1 + (OfDay) pick(truth, 200);
        happen(truth, day);
    }
    GString *expected = g_string_new(NULL);
    for (guint i = 0; i < N_PEOPLE; i++) {
        g_string_append_printf(expected, "%s%c: ", i > 0 ? "; " : "", 'p' + i);
        for (guint k = 0; k < truth->stays[i]->len; k++) {
            g_string_append_printf(expected, "%s%s", k > 0 ? ", " : "", (const char *) truth->stays[i]->pdata[k]);
        }
        g_ptr_array_unref(truth->stays[i]);
    }
    *told = g_string_free(expected, FALSE);
    g_string_append(yaml, truth->events->len > strlen("events:\n") ? truth->events->str : "");
    g_string_free(truth->events, TRUE);
    return g_string_free(yaml, FALSE);
}

/* Without marks of what is concurrent, and roles. */
static char *tell_plainly(const OfStory *story)
{
    g_autofree char *text = tell_people(story);
    g_autoptr(GRegex) marks = g_regex_new("\\+|\\(x\\)", 0, 0, NULL);
    return g_regex_replace_literal(marks, text, -1, 0, "", 0, NULL);
}

static void test_known_days(void)
{
    Truth truth = {.state = 1815, .vague = false};
    for (guint round = 0; round < N_ROUNDS; round++) {
        g_autofree char *told = NULL;
        g_autofree char *yaml = make_story(&truth, &told);
        assert_story(yaml, tell_plainly, told);
    }
}

static void test_vague_dates(void)
{
    Truth truth = {.state = 1848, .vague = true};
    for (guint round = 0; round < N_ROUNDS; round++) {
        g_autofree char *told = NULL;
        g_autofree char *yaml = make_story(&truth, &told);
        Sealed sealed = sealed_read(yaml);
        if (sealed.story == NULL) {
            g_autofree char *messages = tell_messages(sealed.diagnostics);
            g_error("%s%s", yaml, messages);
        }
        sealed_clear(&sealed);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/true-stories/known-days", test_known_days);
    g_test_add_func("/true-stories/vague-dates", test_vague_dates);
    return g_test_run();
}
