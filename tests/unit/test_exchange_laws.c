/* What holds for any import: random careers, films and broken input. */
#include "exchange_fixture.h"

typedef struct {
    guint person, lab;
    gint from, last;
} Stint;

static int compare_stints(gconstpointer a, gconstpointer b)
{
    const Stint *x = a, *y = b;
    const gint64 keys[] = {x->person, y->person, x->from, y->from, x->lab, y->lab, x->last, y->last};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i += 2) {
        if (keys[i] != keys[i + 1]) {
            return keys[i] < keys[i + 1] ? -1 : 1;
        }
    }
    return 0;
}

static gint find_lab(const OfStory *story, const Stint *stint)
{
    g_autofree char *id = g_strdup_printf("l%u", stint->lab);
    return (gint) of_story_find_lab(story, id)->index;
}

/* Compares the stints of a person in the story with those that went in; those at one lab without a gap are one. */
static void check_person(const OfStory *story, guint person, const GArray *stints, gint last_step)
{
    g_autofree char *id = g_strdup_printf("p%u", person);
    const OfPerson *found = of_story_find_person(story, id);
    guint n = 0;
    for (guint i = 0; i < stints->len; i++) {
        Stint stint = g_array_index(stints, Stint, i);
        bool begins = stint.person == person;
        for (guint k = 0; begins && k < stints->len; k++) {
            const Stint *other = &g_array_index(stints, Stint, k);
            begins = other->person != person || other->lab != stint.lab || other->last + 1 != stint.from;
        }
        if (!begins) {
            continue;
        }
        for (guint k = 0; k < stints->len; k++) {
            const Stint *other = &g_array_index(stints, Stint, k);
            if (other->person == person && other->lab == stint.lab && other->from == stint.last + 1) {
                stint.last = other->last;
                k = G_MAXUINT;
            }
        }
        n++;
        bool there = false;
        for (guint k = 0; found != NULL && k < found->stints.n; k++) {
            const OfStint *made = found->stints.items[k];
            const OfDay end = stint.last == last_step ? OF_DAY_MAX : OF_STEP_ZERO + stint.last + 1;
            there = there || ((gint) made->lab->index == find_lab(story, &stint) && made->begin_day == OF_STEP_ZERO + stint.from &&
                              made->end_day == end);
        }
        if (!there) {
            g_test_message("%s is not at l%u in the steps %d to %d", id, stint.lab, stint.from, stint.last);
        }
        g_assert_true(there);
    }
    g_assert_cmpuint(found != NULL ? found->stints.n : 0, ==, n);
}

/* Random careers in steps: what is written is read without any problem, warnings included, and tells the same stints: gaps of one
 * step are gaps, and what overlaps stays. busy: of ten, how often a stint begins while another lasts. */
static void check_random_steps(GRand *random, gint busy)
{
    enum { PEOPLE = 4, LABS = 5 };
    g_autoptr(GArray) stints = g_array_new(FALSE, FALSE, sizeof(Stint));
    g_autoptr(GString) csv = g_string_new("character,group,timestep_start,timestep_stop\n");
    gint last_step = -1;
    for (guint person = 0; person < PEOPLE; person++) {
        gint free_from[LABS] = {0}, step = g_rand_int_range(random, 0, 5);
        for (gint n = g_rand_int_range(random, 1, 6); n > 0; n--) {
            Stint stint = {person, (guint) g_rand_int_range(random, 0, LABS), step, step + g_rand_int_range(random, 0, 5)};
            if (stint.from >= free_from[stint.lab]) {
                g_array_append_val(stints, stint);
                free_from[stint.lab] = stint.last + 1;
                last_step = MAX(last_step, stint.last);
            }
            step = g_rand_int_range(random, 0, 10) < busy ? g_rand_int_range(random, stint.from, stint.last + 2)
                                                          : stint.last + 1 + g_rand_int_range(random, 0, 3);
        }
    }
    g_array_sort(stints, compare_stints);
    for (guint i = 0; i < stints->len; i++) {
        const Stint *stint = &g_array_index(stints, Stint, i);
        g_string_append_printf(csv, "P%u,L%u,%d,%d\n", stint->person, stint->lab, stint->from, stint->last);
    }
    g_auto(Import) import = import_text("csv", csv->str);
    g_assert_cmpuint(of_diagnostics_count(import.diagnostics), ==, 0);
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(import.text, found);
    g_test_message("%s", import.text->str);
    for (guint person = 0; person < PEOPLE; person++) {
        check_person(story, person, stints, last_step);
    }
}

static void test_random_steps(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (guint i = 0; i < 3000; i++) {
        check_random_steps(random, 0);
    }
}

static void test_random_overlaps(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2);
    for (guint i = 0; i < 3000; i++) {
        check_random_steps(random, 4);
    }
}

/* A date of any precision near a month. */
static void append_random_date(GRand *random, GString *csv, gint month)
{
    const gint year = 2000 + month / 12;
    switch (g_rand_int_range(random, 0, 8)) {
    case 0:
        g_string_append_printf(csv, "%d", year);
        break;
    case 1:
        g_string_append_printf(csv, "%d-%02d~", year, month % 12 + 1);
        break;
    case 2:
    case 3:
        g_string_append_printf(csv, "%d-%02d", year, month % 12 + 1);
        break;
    default:
        g_string_append_printf(csv, "%d-%02d-%02d", year, month % 12 + 1, g_rand_int_range(random, 1, 29));
        break;
    }
}

/* Random careers in dates, with gaps, overlaps, ends before starts, rows out of order, names of every kind: where it is said without reading it that the
 * result reads without an error, it does (import_bytes() looks); and that is said of many. */
static void test_random_dates(void)
{
    static const char *const names[] = {"Ann", "\"B\nc\"", "Ström", "007", "null", "a-b", "A b", "李", "\"x\"\"y\"", "Ann "};
    g_autoptr(GRand) random = g_rand_new_with_seed(6);
    guint n_plain = 0, n_read = 0;
    for (guint round = 0; round < 6000; round++) {
        g_autoptr(GString) csv = g_string_new("person,lab,from,to,role\n");
        const gint kinds = g_rand_int_range(random, 1, (gint) G_N_ELEMENTS(names) + 1), rough = g_rand_int_range(random, 0, 4);
        for (gint person = g_rand_int_range(random, 1, 4); person > 0; person--) {
            const char *name = names[g_rand_int_range(random, 0, kinds)];
            gint month = g_rand_int_range(random, 0, 20);
            for (gint n = g_rand_int_range(random, 1, 5); n > 0; n--) {
                g_string_append_printf(csv, "%s,L%d,", name, g_rand_int_range(random, 0, 5));
                if (g_rand_int_range(random, 0, 20) > 0) {
                    append_random_date(random, csv, month);
                }
                g_string_append_c(csv, ',');
                month += g_rand_int_range(random, rough == 0 ? -3 : 1, 24);
                month = MAX(month, 0);
                if (g_rand_int_range(random, 0, 20) > 0) {
                    append_random_date(random, csv, month);
                }
                g_string_append(csv, g_rand_int_range(random, 0, 6) == 0 ? ",boss\n" : ",\n");
                month += g_rand_int_range(random, rough == 0 ? -2 : 0, 3);
                month = MAX(month, 0);
            }
        }
        g_auto(Import) import = import_text("csv", csv->str);
        n_plain += import.plain ? 1 : 0;
        n_read += import.text != NULL ? 1 : 0;
    }
    g_test_message("%u of %u are plain", n_plain, n_read);
    g_assert_cmpuint(n_plain, >, 500);
    g_assert_cmpuint(n_read, >, n_plain);
}

/* Random films: at each step the same people are together as in the file. */
static void check_random_film(GRand *random)
{
    enum { PEOPLE = 6, STEPS = 12, GROUPS = 3 };
    gint group[STEPS][PEOPLE];
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint step = 0; step < STEPS; step++) {
        bool again = step > 0 && g_rand_boolean(random);
        for (guint person = 0; person < PEOPLE; person++) {
            group[step][person] = again ? group[step - 1][person] : g_rand_int_range(random, -1, GROUPS);
        }
        group[step][0] = step == 0 || step == STEPS - 1 ? 0 : group[step][0];
        for (gint g = 0; g < GROUPS; g++) {
            bool any = false;
            for (guint person = 0; person < PEOPLE; person++) {
                if (group[step][person] == g) {
                    g_string_append_printf(text, "%sP%u", any ? "," : "", person);
                    any = true;
                }
            }
            g_string_append(text, g + 1 < GROUPS ? "\t" : "\n");
        }
    }
    g_auto(Import) import = import_text("scenes", text->str);
    g_assert_cmpuint(of_diagnostics_count(import.diagnostics), ==, 0);
    g_autoptr(OfDiagnostics) found = of_diagnostics_new();
    g_autoptr(OfStory) story = read_result(import.text, found);
    for (guint step = 0; step < STEPS; step++) {
        const OfLab *at[PEOPLE] = {NULL};
        for (guint i = 0; i < story->people.n; i++) {
            const OfPerson *person = story->people.items[i];
            for (guint k = 0; k < person->stints.n; k++) {
                const OfStint *stint = person->stints.items[k];
                if (stint->begin_day <= OF_STEP_ZERO + (OfDay) step && stint->end_day > OF_STEP_ZERO + (OfDay) step) {
                    at[person->item.id[1] - '0'] = stint->lab;
                }
            }
        }
        for (guint a = 0; a < PEOPLE; a++) {
            g_assert_true((at[a] != NULL) == (group[step][a] >= 0));
            for (guint b = 0; b < a; b++) {
                g_assert_true(at[a] == NULL || (at[a] == at[b]) == (group[step][a] == group[step][b]));
            }
        }
    }
}

static void test_random_films(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (guint i = 0; i < 1000; i++) {
        check_random_film(random);
    }
}

/* Broken input of all kinds: an error or a file, never a crash. */
static void test_broken(void)
{
    static const char *const seeds[] = {
        "person,lab,from,to,role\nAnn,\"A\"\"x\",2019,2021-06,\"b\nc\"\nAnn,B,2021-06~,,\nBob;A;2020;2021;\n",
        "group,character,timestep_start,timestep_stop\nA,x,0,5\nB,x,6,9\n",
        "A,B\tC\nA\tB,C\n\nC\n",
        STORY("{\"A\": [{\"Start\": 0, \"End\": 2, \"Session\": 7}], \"B\": [{\"Start\": 1, \"End\": 2, \"Session\": 7}]}"),
    };
    static const char letters[] = "\",;\t\n\r{}[]:0129-~./ \\aA\xc3\xff";
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (guint i = 0; i < 20000; i++) {
        const char *seed = seeds[i % G_N_ELEMENTS(seeds)];
        g_autofree char *bytes = g_strdup(seed);
        gsize length = strlen(bytes);
        for (gint n = g_rand_int_range(random, 1, 6); n > 0; n--) {
            bytes[g_rand_int_range(random, 0, (gint) length)] = letters[g_rand_int_range(random, 0, sizeof letters - 1)];
        }
        length = g_rand_int_range(random, 0, 10) == 0 ? (gsize) g_rand_int_range(random, 0, (gint) length) : length;
        bytes[length] = '\0';
        Import import = import_bytes(i % G_N_ELEMENTS(seeds) < 2 ? "csv" : "scenes", bytes, length, NULL); /* its laws hold */
        import_clear(&import);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/exchange/random-dates", test_random_dates);
    g_test_add_func("/exchange/random-steps", test_random_steps);
    g_test_add_func("/exchange/random-overlaps", test_random_overlaps);
    g_test_add_func("/exchange/random-films", test_random_films);
    g_test_add_func("/exchange/broken", test_broken);
    return g_test_run();
}
