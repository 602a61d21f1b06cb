/* orgflow: who moved where, and how strategy shifted, drawn from YAML.
 *
 * The whole library in one header of plain C types: load a story from files or memory, look at what is wrong with it, compare it
 * with another, draw views of it into memory. Nothing here prints, exits, changes the locale, the environment, the working folder
 * or a signal's disposition, or leaves a process behind.
 *
 * Ownership: an object is freed by the function named for it, which takes NULL. `const char *` returned from an object is borrowed
 * and lives as long as the object, or until the next call that changes it. `char *` through an out parameter is owned by the
 * caller and freed by orgflow_free().
 *
 * Errors: a call that can fail returns an OrgflowStatus. Those that take `char **message` give the reason there, one line for
 * people, without a line end, owned by the caller; it is set on failure alone, so let it point to a NULL pointer, or pass NULL
 * where the reason does not matter. Other parameters are not NULL unless it is said. What is wrong with the data is no failure of
 * a call: it is listed, with places, by orgflow_story_problem().
 *
 * Threads: different objects may be used in different threads at once; one object by one thread at a time. A story that has been
 * read is only read from then on: any number of threads may ask it, compare it and draw it at once. The library locks what
 * Graphviz's graph library shares between graphs; a program that calls libcgraph itself must not do so while a job runs.
 *
 * Processes: a running job starts a program of its own, orgflow-layout, that calls Graphviz under the limits of time and memory of
 * the story, and ends and reaps it before it returns; there is no fork() of the calling program. The program is looked for at
 * $ORGFLOW_LAYOUT_PROGRAM, beside the library as installed together, and where the library was configured to be installed.
 * Somebody else who reaps all children (`waitpid(-1)`, SIGCHLD ignored) does no harm.
 *
 * Memory: where an allocation of the library fails, GLib, which it is built on, ends the program with a message on standard error
 * and SIGTRAP or SIGABRT: no call returns from it. What is large depends on the input, which the limits hold down
 * (orgflow_inputs_set_limit()); layouts and pixels, the largest of all, have limits of their own and fail as ORGFLOW_LIMIT or
 * ORGFLOW_ENVIRONMENT. A program that must outlive the end of memory draws in a process of its own.
 *
 * Units: lengths are points (1/72 inch) unless pixels are said; 2 pixels are 1 point. Texts are UTF-8. */
#ifndef ORGFLOW_ORGFLOW_H
#define ORGFLOW_ORGFLOW_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define ORGFLOW_API __attribute__((visibility("default")))
#else
#define ORGFLOW_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What came of a call: one of the values below, which are the exit statuses of the command. */
typedef int OrgflowStatus;
enum {
    ORGFLOW_OK = 0,
    ORGFLOW_DIFFERENT = 1,   /* a comparison found differences */
    ORGFLOW_USAGE = 2,       /* an option, name or value that cannot be */
    ORGFLOW_INVALID = 3,     /* the data is wrong, or is not there */
    ORGFLOW_LIMIT = 4,       /* a named limit was reached */
    ORGFLOW_ENVIRONMENT = 5, /* memory, disk, fonts, Graphviz or the layout process failed */
    ORGFLOW_STOPPED = 6,     /* the caller's OrgflowProgress asked for it; the command never does */
};

/* Frees what an out parameter gave. Takes NULL. */
ORGFLOW_API void orgflow_free(void *memory);

/* The library's version, "0.1.0". Static. */
ORGFLOW_API const char *orgflow_version(void);

/* --- Reading ------------------------------------------------------------------------------------------------------------------------- */

/* Inputs to read together as one story, with the limits that hold for it. */
typedef struct OrgflowInputs OrgflowInputs;

/* No inputs yet, and the limits at their defaults. Owned by the caller, freed by orgflow_inputs_free(). */
ORGFLOW_API OrgflowInputs *orgflow_inputs_new(void);

/* Frees inputs, which may be NULL. Stories that were read from them stay. */
ORGFLOW_API void orgflow_inputs_free(OrgflowInputs *inputs);

/* Sets a named limit, "NAME=N" (see orgflow_limit()), N being a whole number that may end in k, M or G. It holds for reading these
 * inputs and for all that is made of the story. ORGFLOW_USAGE for other names and values. */
ORGFLOW_API OrgflowStatus orgflow_inputs_set_limit(OrgflowInputs *inputs, const char *assignment, char **message);

/* Adds a file, or a folder: its *.yaml files in byte order of their names, not recursive; "-" is standard input, read to its end.
 * The bytes are read at once, and no more of them than the limit on input allows. ORGFLOW_INVALID where it is not there, cannot be
 * read or holds no such file; ORGFLOW_LIMIT where it is larger than one input can be (2 GiB). */
ORGFLOW_API OrgflowStatus orgflow_inputs_add_path(OrgflowInputs *inputs, const char *path, char **message);

/* Adds length bytes of YAML or JSON under a name that messages show ("<stdin>"). The bytes are copied; they may be NULL where
 * length is 0. */
ORGFLOW_API void orgflow_inputs_add_memory(OrgflowInputs *inputs, const char *name, const void *bytes, size_t length);

/* Adds a file of a git revision ("HEAD~3", a branch, a tag, an id, "A...B" for where two parted), or a folder: its *.yaml files,
 * as on disk. repository: a folder in it, or NULL: the one of the current folder or of GIT_DIR; a bare one will do. path: from
 * the top of the tree; with "./" or "../" before it from the current folder; absolute: in the work tree. Messages call the input
 * "REVISION:PATH". ORGFLOW_INVALID with a message where repository, revision or path is not there, cannot be read, or is no text;
 * ORGFLOW_LIMIT before more is read than may be. */
ORGFLOW_API OrgflowStatus orgflow_inputs_add_revision(OrgflowInputs *inputs, const char *repository, const char *revision,
                                                      const char *path, char **message);

/* The bytes of an input as they were added, their number in *length; NULL past the end. Borrowed until inputs are read or freed. */
ORGFLOW_API const void *orgflow_inputs_bytes(const OrgflowInputs *inputs, size_t index, size_t *length);

/* Is told how far work has got: the stage ("reading", "sealing", "drawing moves"; valid during the call) and how much of the stage is done, 0 to 1, or a
 * negative number where that is not known. Returns whether to go on: after false the call under way ends soon, with ORGFLOW_STOPPED. Called in
 * the thread of that call, when a stage begins and from then on as work gets on: while reading every few milliseconds, while Graphviz lays out several
 * times a second, not at all within a stage whose work is short as a rule; never once the call has returned. It must not use the object at
 * work. */
typedef bool (*OrgflowProgress)(const char *stage, double share, void *data);

/* Has progress (NULL: nobody, as in the beginning) told about reading these inputs and importing from them. data is handed on. */
ORGFLOW_API void orgflow_inputs_set_progress(OrgflowInputs *inputs, OrgflowProgress progress, void *data);

/* A sealed story and everything that was found wrong with it. */
typedef struct OrgflowStory OrgflowStory;

/* Reads all inputs as one story and uses them up: inputs are empty afterwards. Always gives an object in *story, owned by the
 * caller and freed by orgflow_story_free(); where the data is wrong it can only be asked for its problems. Returns ORGFLOW_OK,
 * ORGFLOW_INVALID, ORGFLOW_LIMIT or ORGFLOW_STOPPED (then the problems are not all there are); a claim that the data contradicts is ORGFLOW_INVALID though the story can be drawn
 * (orgflow_story_is_drawable()). */
ORGFLOW_API OrgflowStatus orgflow_story_read(OrgflowInputs *inputs, OrgflowStory **story);

/* Frees a story, which may be NULL. Jobs and diffs of it are freed before. */
ORGFLOW_API void orgflow_story_free(OrgflowStory *story);

/* Whether the data is sound enough to be drawn and compared. */
ORGFLOW_API bool orgflow_story_is_drawable(const OrgflowStory *story);

/* SHA-256 of the data in hex, whatever its formatting, order and splitting into files; NULL where it is not drawable. Borrowed. */
ORGFLOW_API const char *orgflow_story_digest(const OrgflowStory *story);

/* The first input's name without folders and ending: "meta-llama"; "story" for standard input. Borrowed. */
ORGFLOW_API const char *orgflow_story_name(const OrgflowStory *story);

/* What the story says as plain text, a fact a line in one fixed order, whatever its formatting: for tools that compare lines and
 * words. ORGFLOW_INVALID where it is not drawable. *text is owned by the caller. */
ORGFLOW_API OrgflowStatus orgflow_story_write_facts(const OrgflowStory *story, char **text);

/* The id of a saved view, by its index from 0 in the order of the data; NULL past the end. Borrowed. */
ORGFLOW_API const char *orgflow_story_view(const OrgflowStory *story, size_t index);

/* How many there are of "labs", "people", "groups", "events", "strategies", "sources", "claims", "views", "moves"; 0 for other
 * words. */
ORGFLOW_API size_t orgflow_story_count(const OrgflowStory *story, const char *what);

/* A claim of the data and what the data says to it. Texts are borrowed from the story. */
typedef struct {
    const char *text;    /* as the data has it, or NULL */
    const char *key;     /* its id, or what stands for one */
    const char *finding; /* "3 of 14 are at `meta` on 2025-05-26", with names */
    bool holds;
} OrgflowClaim;

/* Gives the claim of an index from 0 in *claim. False past the end, or where the story is not drawable. */
ORGFLOW_API bool orgflow_story_claim(const OrgflowStory *story, size_t index, OrgflowClaim *claim);

/* One problem. Texts are borrowed from the story. */
typedef struct {
    bool is_error;    /* else a warning */
    bool is_limit;    /* a limit was reached */
    bool is_claim;    /* the data contradicts a claim */
    const char *code; /* a stable word: "unknown-key" */
    const char *message;
    const char *hint;              /* or NULL */
    const char *file;              /* or NULL where it has no place */
    unsigned line, column, length; /* from 1, in characters */
} OrgflowProblem;

/* How many errors and warnings there are. */
ORGFLOW_API size_t orgflow_story_n_problems(const OrgflowStory *story);

/* Gives the problem of an index from 0 in *problem, in the order of their places. False past the end. */
ORGFLOW_API bool orgflow_story_problem(const OrgflowStory *story, size_t index, OrgflowProblem *problem);

/* How something is shown; to be joined by |. */
enum {
    ORGFLOW_COLORED = 1,    /* with ANSI colours */
    ORGFLOW_AS_WARNING = 2, /* an error as a warning: a claim that the data contradicts does not keep a drawing from being made */
};

/* The problem of an index below orgflow_story_n_problems() as a terminal shows it: its place, the source line and a caret, in
 * lines that each have an end. flags: ORGFLOW_COLORED, ORGFLOW_AS_WARNING or 0. *text is owned by the caller. */
ORGFLOW_API void orgflow_story_format_problem(const OrgflowStory *story, size_t index, unsigned flags, char **text);

/* All problems and claims as "json" or "sarif" (2.1.0), for tools. ORGFLOW_USAGE for other formats; then *text is NULL, else owned
 * by the caller. */
ORGFLOW_API OrgflowStatus orgflow_story_write_problems(const OrgflowStory *story, const char *format, char **text);

/* --- Counting ------------------------------------------------------------------------------------------------------------------------ */

/* People, joins, leaves, moves and stays by group, lab and year, in a form of orgflow_statistics_format(). groups, labs: ids to keep, ended by NULL; NULL: all;
 * a lab stands for its children too. ORGFLOW_USAGE for an id or form that is not known, ORGFLOW_INVALID for a story that is not drawable, ORGFLOW_LIMIT where the tree
 * of labs is too deep to count; *message (which may be NULL) says so. *text is owned by the caller. */
ORGFLOW_API OrgflowStatus orgflow_story_write_statistics(const OrgflowStory *story, const char *const *groups,
                                                         const char *const *labs, const char *format, char **text, char **message);

/* --- Importing ----------------------------------------------------------------------------------------------------------------------- */

/* Reads the one input in another format (see orgflow_import_format()), uses it up, and writes what it tells as a file of format 1,
 * which orgflow_story_read() takes without an error under the same limits. The title is the input's name without folders and
 * ending. columns: names of a CSV table's columns other than the usual ones, "person=Name,lab=Team" (any of person, lab, from, to,
 * role), or NULL. *text: NULL where there is an error, else owned by the caller. *problems: what was found wrong with the input,
 * freed by orgflow_story_free(); it can only be asked for its problems, and is NULL where ORGFLOW_USAGE is returned. */
ORGFLOW_API OrgflowStatus orgflow_import(OrgflowInputs *inputs, const char *format, const char *columns, char **text,
                                         OrgflowStory **problems, char **message);

/* --- Comparing ----------------------------------------------------------------------------------------------------------------------- */

/* What changed from one story to another. Both stories must outlive it. */
typedef struct OrgflowDiff OrgflowDiff;

/* Compares what the data says, not how it is written. *diff is owned by the caller and freed by orgflow_diff_free().
 * ORGFLOW_INVALID where a side is not drawable; then *diff is NULL. */
ORGFLOW_API OrgflowStatus orgflow_diff_new(const OrgflowStory *from, const OrgflowStory *to, OrgflowDiff **diff);

/* Frees a diff, which may be NULL. */
ORGFLOW_API void orgflow_diff_free(OrgflowDiff *diff);

/* Compares again, taking sources, strategies, labs, groups, people and events with different ids for one that was renamed where no `was` says
 * so but they are alike: likeness is from how many percent on (60 is a good start), 1 to 100, or 0: not at all, as in the beginning. Each such
 * match is marked "likely" with its reason. To be called before what reverses or filters. */
ORGFLOW_API void orgflow_diff_find_renames(OrgflowDiff *diff, unsigned likeness);

/* What the sides are called in a record: files, folders or revisions; NULL: nothing. The names are copied. */
ORGFLOW_API void orgflow_diff_set_names(OrgflowDiff *diff, const char *from, const char *to);

/* Swaps the sides: the changes that undo these. */
ORGFLOW_API void orgflow_diff_reverse(OrgflowDiff *diff);

/* Says what to keep: "only" or "ignore" with kinds of items ("event,person"), "person" or "lab" with an id that either side knows;
 * filters add up. ORGFLOW_USAGE for other names, kinds and ids. */
ORGFLOW_API OrgflowStatus orgflow_diff_add_filter(OrgflowDiff *diff, const char *name, const char *value, char **message);

/* Drops all changes but those that the filters added so far keep. */
ORGFLOW_API void orgflow_diff_filter(OrgflowDiff *diff);

/* How many changes there are, or are left. */
ORGFLOW_API size_t orgflow_diff_n_changes(const OrgflowDiff *diff);

/* Writes it in a form of orgflow_diff_format(). flags: 0 or ORGFLOW_COLORED. *text is owned by the caller. ORGFLOW_USAGE for other
 * forms; then *text is NULL. */
ORGFLOW_API OrgflowStatus orgflow_diff_write(const OrgflowDiff *diff, const char *format, unsigned flags, char **text,
                                             char **message);

/* --- Changing -------------------------------------------------------------------------------------------------------------------------- */

/* The files of a story, changed: comments, order and layout stay wherever a line is not touched, so do the ends of lines and byte order
 * marks; what was JSON is JSON. The story must outlive it. */
typedef struct OrgflowResult OrgflowResult;

/* Frees a result, which may be NULL, with its files. */
ORGFLOW_API void orgflow_result_free(OrgflowResult *result);

/* Does the changes of a record, as the form "json" of orgflow_diff_write() gives it: all or nothing. name: what messages call it. Items stay in the file
 * they stand in; new ones go behind their kind's last in the file that holds most of them. ORGFLOW_INVALID with *message (which may be NULL)
 * where the record is none of a version known here, is filtered, or says of the data what is not so; where the data would not make sense then, *result is
 * given all the same, without files, and its story can be asked for its problems. Else *result is NULL after a failure. */
ORGFLOW_API OrgflowStatus orgflow_apply(const OrgflowStory *story, const char *name, const void *record, size_t length,
                                        OrgflowResult **result, char **message);

/* Merges two revisions of one that both come from, by id and field, and gives the files of ours with theirs merged into them. base: NULL where
 * there was nothing. labels: three names for the markers of conflicts: ours, base, theirs; NULL, or any of them NULL: those words.
 * ORGFLOW_OK: it is clean. ORGFLOW_DIFFERENT: there are conflicts, which stand in the files between `<<<<<<<` and `>>>>>>>`; or there is none, but the
 * merged data does not make sense, and orgflow_result_story() says why. Both give *result. Otherwise it is NULL, with *message (which may be
 * NULL): ORGFLOW_INVALID where a side is not drawable, or a file is in a form that cannot be edited. */
ORGFLOW_API OrgflowStatus orgflow_merge(const OrgflowStory *base, const OrgflowStory *ours, const OrgflowStory *theirs,
                                        const char *const *labels, OrgflowResult **result, char **message);

/* One changed file; borrowed. In the order in which the story's files were read: by name. */
typedef struct {
    const char *name; /* as the input was named */
    const void *bytes;
    size_t length;
    bool changed; /* not what was read */
} OrgflowFile;

/* How many files there are. */
ORGFLOW_API size_t orgflow_result_n_files(const OrgflowResult *result);

/* Gives the file of an index from 0 in *file. False past the end. */
ORGFLOW_API bool orgflow_result_file(const OrgflowResult *result, size_t index, OrgflowFile *file);

/* How many conflicts a merge has left. */
ORGFLOW_API size_t orgflow_result_n_conflicts(const OrgflowResult *result);

/* A conflict in words, without line breaks of its own; input in it is not escaped. NULL past the end. Borrowed. */
ORGFLOW_API const char *orgflow_result_conflict(const OrgflowResult *result, size_t index);

/* The changed data as it reads, with its problems; NULL where there are conflicts. Borrowed. */
ORGFLOW_API const OrgflowStory *orgflow_result_story(const OrgflowResult *result);

/* --- Inside git ----------------------------------------------------------------------------------------------------------------------- */

/* repository as in orgflow_inputs_add_revision(); texts through out parameters are owned by the caller; message may be NULL. */

/* The id of a revision, "A...B" included, as short as can be told from others. */
ORGFLOW_API OrgflowStatus orgflow_revision_find(const char *repository, const char *revision, char **id, char **message);

/* A path as the tree has it, from its top: of "./a.yaml" in the folder `graphs`, "graphs/a.yaml". It need not be there. */
ORGFLOW_API OrgflowStatus orgflow_revision_path(const char *repository, const char *path, char **tree_path, char **message);

/* The one file *.yaml of a revision that is a story, seen from the current folder. ORGFLOW_INVALID where there is none,
 * ORGFLOW_USAGE with a message that names some where there are several. */
ORGFLOW_API OrgflowStatus orgflow_revision_story(const char *repository, const char *revision, char **path, char **message);

/* Whether bytes say that they are of orgflow's format, by a line that begins with the key `orgflow`; they may be wrong still. */
ORGFLOW_API bool orgflow_is_story(const void *bytes, size_t length);

/* A text to compare or merge line by line. */
typedef struct {
    const char *name; /* its path, or NULL where it is not there */
    const void *bytes;
    size_t length;
} OrgflowLines;

/* The unified difference with its header, as git writes it without orgflow; "" where both are the same. *text is owned by the caller. */
ORGFLOW_API OrgflowStatus orgflow_lines_diff(const OrgflowLines *from, const OrgflowLines *to, char **text, char **message);

/* The merge of lines as git does it without orgflow, with conflicts between markers of marker_size characters: then ORGFLOW_DIFFERENT
 * is returned. *text is owned by the caller. */
ORGFLOW_API OrgflowStatus orgflow_lines_merge(const OrgflowLines *base, const OrgflowLines *ours, const OrgflowLines *theirs,
                                              unsigned marker_size, char **text, size_t *length, char **message);

/* How orgflow is set up in git. */
typedef struct {
    const char *repository;      /* which repository's settings */
    bool global;                 /* the user's settings instead: the repository is not looked at */
    bool shared;                 /* attributes go to the work tree's `.gitattributes`, else to a file that is not committed */
    const char *program;         /* the command as a shell would call it: "orgflow", "'/opt/my tools/orgflow'" */
    const char *const *patterns; /* of the files that are stories, as .gitattributes has them; NULL-terminated */
} OrgflowGitSetup;

/* Writes the settings of the drivers `orgflow` for diff, textconv, difftool and merge and the attributes that choose them. Doing it
 * again changes nothing; what is not orgflow's stays. *report: what was done, in lines; owned by the caller. */
ORGFLOW_API OrgflowStatus orgflow_git_install(const OrgflowGitSetup *setup, char **report, char **message);

/* Takes away what orgflow_git_install() has written, and nothing else. *report as there. */
ORGFLOW_API OrgflowStatus orgflow_git_uninstall(const OrgflowGitSetup *setup, char **report, char **message);

/* --- Drawing ------------------------------------------------------------------------------------------------------------------------- */

/* A job draws views of one story in one format. The story must outlive it. */
typedef struct OrgflowJob OrgflowJob;

/* A job that draws SVG. Owned by the caller, freed by orgflow_job_free(). */
ORGFLOW_API OrgflowJob *orgflow_job_new(const OrgflowStory *story);

/* Frees a job, which may be NULL, with its artefacts. */
ORGFLOW_API void orgflow_job_free(OrgflowJob *job);

/* A job that draws what a difference holds: both stories are laid out together, once, and what is new, gone or changed is marked. Saved views and
 * limits are the new story's; filters hold on both sides. The diff is not to be changed any more, and must outlive the job. */
ORGFLOW_API OrgflowJob *orgflow_job_new_diff(const OrgflowDiff *diff);

/* What is painted from that one layout: "diff" (the default), "before", "after", or "all" three of each view, before, diff and after. A web page
 * ("html") has all three in any case, to be seen one at a time, with the list of changes: orgflow_job_run() refuses one of the others for it.
 * ORGFLOW_USAGE for other words, and where the job draws one story. */
ORGFLOW_API OrgflowStatus orgflow_job_set_panel(OrgflowJob *job, const char *panel, char **message);

/* Leaves out what is more than that many steps away from what changed, "1". All is drawn by default. ORGFLOW_USAGE as above. */
ORGFLOW_API OrgflowStatus orgflow_job_set_context(OrgflowJob *job, const char *steps, char **message);

/* Sets a filter or drawing option by its long name ("from", "2023-01"); a flag takes "true" or "false"; lists add up. It goes
 * before what a saved view says. ORGFLOW_USAGE for what orgflow_option() does not list, and for values that cannot be. */
ORGFLOW_API OrgflowStatus orgflow_job_set_option(OrgflowJob *job, const char *name, const char *value, char **message);

/* Reads a theme of the caller's own from the one input (YAML, see the manual), uses it up, and draws in it, whatever the option `theme` says. *problems: what was found wrong
 * with it, and as warnings which colours have too little contrast; it can only be asked for its problems, is freed by orgflow_story_free(), and is NULL where ORGFLOW_USAGE is
 * returned, with *message (which may be NULL) saying why. */
ORGFLOW_API OrgflowStatus orgflow_job_read_theme(OrgflowJob *job, OrgflowInputs *inputs, OrgflowStory **problems, char **message);

/* Reads a presentation of the caller's own (.pptx, .potx) from the one input, uses it up, and draws slides in its look: its slides' size, a
 * layout with a title, which the headline goes into, its colours and font; its own slides are left out. For the format "pptx" alone, and not
 * together with a theme, a size or dark colours. *problems and *message as above; among the problems is a warning where the font of its body
 * text is not installed, so that words are measured in another one. */
ORGFLOW_API OrgflowStatus orgflow_job_read_template(OrgflowJob *job, OrgflowInputs *inputs, OrgflowStory **problems,
                                                    char **message);

/* Sets the format, one of orgflow_format(): "svg" (the default), "html", "png", "pdf" or one of Graphviz's text formats. ORGFLOW_USAGE for
 * others. */
ORGFLOW_API OrgflowStatus orgflow_job_set_format(OrgflowJob *job, const char *format, char **message);

/* Sets the date, in seconds since 1970, for formats that want one: what the command takes from SOURCE_DATE_EPOCH. 0 by default. */
ORGFLOW_API void orgflow_job_set_epoch(OrgflowJob *job, long long seconds);

/* Joins all views into one file, a page each. false by default. ORGFLOW_USAGE where the format set cannot (see OrgflowEntry). */
ORGFLOW_API OrgflowStatus orgflow_job_set_joined(OrgflowJob *job, bool joined, char **message);

/* Adds a saved view by its id, else a view by its type (see orgflow_view()). Without any, the saved views are drawn, else the
 * storyline. ORGFLOW_USAGE for other names. */
ORGFLOW_API OrgflowStatus orgflow_job_add_view(OrgflowJob *job, const char *name, char **message);

/* Has storylines stay near those that a run of another job has drawn of the same views, as of the same data before an edit: lanes and lines keep their
 * order where that crosses no more, and less is searched, so that it is drawn sooner. What is drawn then hangs on what was drawn before. The other
 * job may have another story; it is asked during this call alone. NULL, or a job that has not run: nothing is kept, as in the beginning. */
ORGFLOW_API void orgflow_job_start_from(OrgflowJob *job, const OrgflowJob *earlier);

/* Draws all views, into memory. On failure there are no artefacts. ORGFLOW_INVALID where the story is not drawable, ORGFLOW_LIMIT
 * where a limit of the story or the room of the size asked for is not enough, ORGFLOW_USAGE for options that do not go together or
 * name nobody in the data, ORGFLOW_ENVIRONMENT where fonts, memory, Graphviz or the layout process failed. May be called again,
 * after more settings too. */
ORGFLOW_API OrgflowStatus orgflow_job_run(OrgflowJob *job, char **message);

/* Has progress (NULL: nobody, as in the beginning) told about runs of the job. data is handed on. */
ORGFLOW_API void orgflow_job_set_progress(OrgflowJob *job, OrgflowProgress progress, void *data);

/* One finished file, in memory; borrowed until the job is run again or freed. */
typedef struct {
    const char *view;   /* id of the saved view or name of the type; for a file of several views the first one's */
    const char *panel;  /* of a difference "diff", "before" or "after"; "all" for a file of all of them; else NULL */
    const char *ending; /* "svg" */
    const void *bytes;
    size_t length;
    unsigned step, steps; /* of a drawing in steps, a file each: from 1, and how many there are; else 0 */
} OrgflowArtefact;

/* How many files the last run has made; 0 before the first. */
ORGFLOW_API size_t orgflow_job_n_artefacts(const OrgflowJob *job);

/* Gives the file of an index from 0 in *artefact. False past the end. */
ORGFLOW_API bool orgflow_job_artefact(const OrgflowJob *job, size_t index, OrgflowArtefact *artefact);

/* How many files a run will make, as views, options and joining are set now; 0 where the story is not drawable. Steps are counted when they are
 * drawn: before that it only says that they are several. */
ORGFLOW_API size_t orgflow_job_n_expected(OrgflowJob *job);

/* Whether a drawing comes in steps that are a file or a page each: the option `steps`, of the job or of a saved view, without `animate`. */
ORGFLOW_API bool orgflow_job_has_steps(OrgflowJob *job);

/* Sizes (points), counts and times (milliseconds) of the last run, as JSON; without views before the first. Borrowed until the job
 * is run again or freed. */
ORGFLOW_API const char *orgflow_job_report(OrgflowJob *job);

/* --- Writing ------------------------------------------------------------------------------------------------------------------------- */

/* Writes length bytes to path whole or not at all: through a temporary file in the same folder, synced and renamed; what is no
 * regular file in place. ORGFLOW_ENVIRONMENT where it cannot; then a file that was there is left as it was. */
ORGFLOW_API OrgflowStatus orgflow_write_file(const char *path, const void *bytes, size_t length, char **message);

/* --- What there is: tables for help and completion ----------------------------------------------------------------------------------- */

/* A row of a table: what can be named, and what it is in a few words. Texts are static. */
typedef struct {
    const char *name, *summary;
    const char *media_type; /* of formats that orgflow paints itself, else NULL */
    bool many_pages;        /* of formats: one file can hold several views */
} OrgflowEntry;

/* The types of views: gives the row of an index from 0 in *entry. False past the end. */
ORGFLOW_API bool orgflow_view(size_t index, OrgflowEntry *entry);

/* The formats of drawings. False past the end. */
ORGFLOW_API bool orgflow_format(size_t index, OrgflowEntry *entry);

/* The themes. False past the end. */
ORGFLOW_API bool orgflow_theme(size_t index, OrgflowEntry *entry);

/* The types of events in the data. False past the end. */
ORGFLOW_API bool orgflow_event_type(size_t index, OrgflowEntry *entry);

/* A key of the data format, as it stands in one kind of mapping. Texts are static. A key that means something else in some types of
 * events has several rows. */
typedef struct {
    const char *kind, *kind_summary;    /* of the mapping: "event", and what such a one is in a line */
    const char *name, *value, *summary; /* "from", "an id", and what it says in a line */
    const char *refers;                 /* the kind of item that ids name or the kind of mapping held, or NULL */
    const char *const *choices;         /* the words that can be given, NULL-terminated, or NULL */
    unsigned long events,
        required;   /* bit i: taken, required by orgflow_event_type(i); outside of events all bits or, required, none */
    bool any_event; /* all types take it, or the mapping is no event */
} OrgflowKey;

/* The keys of the data format, one kind of mapping after the other. False past the end. */
ORGFLOW_API bool orgflow_key(size_t index, OrgflowKey *key);

/* The formats that orgflow_import() reads. False past the end. */
ORGFLOW_API bool orgflow_import_format(size_t index, OrgflowEntry *entry);

/* The forms in which orgflow_diff_write() writes. False past the end. */
ORGFLOW_API bool orgflow_diff_format(size_t index, OrgflowEntry *entry);

/* The forms in which orgflow_story_write_statistics() writes. False past the end. */
ORGFLOW_API bool orgflow_statistics_format(size_t index, OrgflowEntry *entry);

/* A filter or drawing option: its long name, and what it does. Texts are static. */
typedef struct {
    const char *name, *summary;
    const char *argument;       /* "DATE", or NULL for a flag */
    const char *const *choices; /* NULL-terminated, or NULL */
} OrgflowOption;

/* The filters and drawing options that orgflow_job_set_option() takes. False past the end. */
ORGFLOW_API bool orgflow_option(size_t index, OrgflowOption *option);

/* A named limit. Texts are static. */
typedef struct {
    const char *name, *summary;
    long long value; /* the default */
} OrgflowLimit;

/* The limits that orgflow_inputs_set_limit() takes. False past the end. */
ORGFLOW_API bool orgflow_limit(size_t index, OrgflowLimit *limit);

/* The JSON Schema of the data format, version 1. *text is owned by the caller. */
ORGFLOW_API void orgflow_schema(char **text);

#ifdef __cplusplus
}
#endif
#endif
