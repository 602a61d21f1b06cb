/* The commands of orgflow: a table, and what they share. Only the public header and GLib are used here. */
#ifndef OF_CLI_COMMAND_H
#define OF_CLI_COMMAND_H

#include "orgflow/orgflow.h"
#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name, *summary;
    const char *usage;                 /* lines of the synopsis, each without the program's name */
    const char *details;               /* paragraphs for `help NAME`, or NULL */
    const char *examples;              /* lines that a test runs, or NULL */
    bool takes_inputs;                 /* reads FILE…, takes --limit */
    bool takes_drawing;                /* takes the filters and drawing options */
    const GOptionEntry *entries;       /* its own options, or NULL */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns the exit status */
} Command;

/* The table, ended by a row whose name is NULL. */
extern const Command commands[];
const Command *command_find(const char *name);

int run_render(int argc, char **argv);
int run_check(int argc, char **argv);
int run_import(int argc, char **argv);
int run_diff(int argc, char **argv);
int run_apply(int argc, char **argv);
int run_merge(int argc, char **argv);
int run_git(int argc, char **argv);
int run_stats(int argc, char **argv);
int run_schema(int argc, char **argv);
int run_formats(int argc, char **argv);
int run_views(int argc, char **argv);
int run_themes(int argc, char **argv);
int run_help(int argc, char **argv);
int run_manual(int argc, char **argv);
int write_format_manual(void);
int run_completion(int argc, char **argv);
int run_version(int argc, char **argv);

extern const GOptionEntry render_entries[], check_entries[], import_entries[], diff_entries[], apply_entries[], merge_entries[],
    git_entries[], stats_entries[];

/* What every command that reads data is asked for. */
typedef struct {
    bool quiet, strict;
    bool colored;        /* messages */
    bool output_colored; /* standard output */
    GPtrArray *files;    /* of char *, as given */
    int n_before;        /* how many of files stand before `--`; -1: there is none */
    GPtrArray *limits;   /* of char *, "NAME=N" */
    GPtrArray *options;  /* of char *: name, value, name, value … of filters and drawing options */
} Request;

/* Parses argv by the command's row of the table into a request; own options by context. Returns ORGFLOW_OK, or a status after having said what is
 * wrong. */
int request_parse(Request *request, const Command *command, int argc, char **argv);
void request_clear(Request *request);

/* Reads the inputs of a request (standard input where there are none), says what is wrong with them, and gives the story in any case in
 * which one could be read. claims_warn: contradicted claims are shown as warnings and do not count. */
int request_read(const Request *request, bool claims_warn, OrgflowStory **story);

/* The halves of request_read(): sets the limits asked for and shows progress; adds the inputs, prepared so; and says what is wrong with what was read, returning
 * what this means for the exit status. */
int request_add_inputs(const Request *request, OrgflowInputs *inputs);
int request_prepare_inputs(const Request *request, OrgflowInputs *inputs);
int request_show_problems(const Request *request, bool claims_warn, const OrgflowStory *story);

/* Adds what an argument names: a file, a folder, "-", or REV:PATH where no file is called so. A failure is said. */
int add_named_input(OrgflowInputs *inputs, const char *name);

/* Where what stands in a revision's name, but for braces, which hold words of their own (`HEAD^{/fix: this}`); or NULL. */
const char *find_outside_braces(const char *revision, const char *what);

/* Of REV:PATH the colon; NULL where it is no such name, or a file is called so. */
const char *find_revision_colon(const char *name);

/* Says the message of a call that failed, if there is one, frees it and returns the status. The message is taken by its address,
 * so that the call may stand beside it. */
int say_failure(OrgflowStatus status, char **message);

/* Reads one FILE as a story of its own. A warning is for `check` to give, unless warnings are to fail. */
int request_read_side(const Request *request, guint index, OrgflowStory **story);

/* Whether two paths lead to one regular file; whether writing to path would write over one of the inputs, or over file or a file
 * of that folder. */
bool is_same_file(const char *a, const char *b);
bool request_is_input(const Request *request, const char *path);
bool is_input(const char *file, const char *path);

/* What is to be drawn besides the options of a request, and where it goes. */
typedef struct {
    char **views;                /* or NULL */
    const char *format;          /* or NULL: OUT's ending, else SVG */
    const char *output, *report; /* OUT and FILE, or NULL */
    const char *panel, *context; /* of a difference; or NULL */
    const char *template;        /* FILE whose look slides take, or NULL */
    const char *name;            /* files without OUT begin with it */
} Drawing;

/* Draws by a job, which has a story or a difference and nothing else, and writes what comes of it. Returns the exit status. */
int draw_and_write(const Request *request, const Drawing *drawing, OrgflowJob *job);

/* What `diff` is asked for that concerns drawings alone. */
typedef struct {
    char **views;
    char *panel, *context, *report, *template;
} DiffDrawing;
extern DiffDrawing diff_drawing;

/* The format of the drawing that `diff` is to make, format or else OUT's ending; NULL where it is no drawing's. Either may be NULL. */
const char *diff_drawing_format(const char *format, const char *output);

/* Says so, where something was asked for that a difference in words does not have. Returns the exit status. */
int diff_refuse_drawing_options(const Request *request);

/* Draws a difference and writes it; output may be NULL. Returns the exit status. */
int diff_draw(const Request *request, const OrgflowDiff *diff, const char *format, const char *output, const char *name);
void diff_free_drawing(void);

/* One line on standard error that tells how far work has got, where it is a terminal, not -q, and the work takes more than two seconds: handed to the
 * library with the request as its data. hide_progress() takes the line away again; whoever prints calls it before. */
bool show_progress(const char *stage, double share, void *request);
void hide_progress(void);

/* Messages to standard error. */
void say_error(const char *format, ...) G_GNUC_PRINTF(1, 2);
void say_note(const Request *request, const char *format, ...) G_GNUC_PRINTF(2, 3); /* nothing with -q */

/* What was typed, or is the name of a file, can hold anything: control characters and bytes that are no text are shown as \xNN, so
 * that nothing said moves the cursor. Owned by the caller. */
char *escape_controls(const char *text);

/* Returns ORGFLOW_OK where a command has no argument, else a status after having said so. */
int refuse_arguments(int argc, char **argv);

/* Writes all of it to standard output; a failure is said. Returns the exit status. */
int write_stdout(const void *bytes, size_t length);

/* Writes changed files to a file (NULL or "-": standard output), or into a folder where there are several. kept: of const char *, inputs that are not
 * to be written over. Returns the exit status. */
int write_result(const OrgflowResult *result, const char *output, GPtrArray *kept);

/* The whole help of a command as text, or of the program for NULL. Owned by the caller. */
char *help_text(const Command *command);

#endif
