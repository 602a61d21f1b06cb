/* The table of commands. */
#include "cli/command.h"

const Command commands[] = {
    {
        .name = "render",
        .summary = "draw views of the data",
        .usage = "render [FILE…] [-v VIEW]… [-T FORMAT] [-o OUT] [OPTIONS]",
        .details = "Reads the files, folders or paths in a revision of git (REV:PATH) as one story (standard input without\n"
                   "FILE) and draws the views named with -v: saved views of the data by their id, else views by their\n"
                   "type. Without -v the saved views are drawn, else the storyline. Without -o each drawing goes to\n"
                   "NAME-VIEW.FORMAT in the current folder; with -o FOLDER/ into that folder; a PDF, PPTX or HTML file\n"
                   "takes several views, a page, slide or tab each. --template gives slides the size, title, colours\n"
                   "and font of a presentation. HTML is one file in which readers follow people and labs, see sources,\n"
                   "play the story, search and zoom; what they see is in its address: x.html#person=ID, #lab=ID,\n"
                   "#event=ID, #claim=ID, #view=ID, #day=YYYY-MM-DD, #q=WORDS.\n"
                   "--steps draws the same layout up to each day on which something begins (events), each month in\n"
                   "which something happens (months), or each of a list of dates: files NAME-VIEW-01.FORMAT, pages or\n"
                   "slides, what is new emphasised. --animate makes one SVG that plays them; WebP always does.\n"
                   "Claims that the data contradicts are shown as warnings; with --strict they and all warnings fail.\n",
        .examples = "orgflow render graphs/quickstart.yaml -v moves -o moves.svg\n"
                    "orgflow render graphs/meta-llama.yaml -T png --size 1920x1080 -o slides/\n"
                    "orgflow render graphs/meta-llama.yaml -v moves --group llama-authors --from 2023 -o authors.pdf\n"
                    "orgflow render graphs/quickstart.yaml -v moves --size 16:9 -o look.pptx\n"
                    "orgflow render graphs/quickstart.yaml -v strategy --template look.pptx -o slides.pptx\n"
                    "orgflow render graphs/quickstart.yaml -v moves --steps events -o steps.pdf\n"
                    "orgflow render graphs/quickstart.yaml --steps months --animate -o plays.svg\n"
                    "orgflow render graphs/quickstart.yaml -o story.html\n"
                    "orgflow render graphs/quickstart.yaml -v strategy -T dot -o - | neato -n2 -Tsvg -o strategy.svg\n",
        .takes_inputs = true,
        .takes_drawing = true,
        .entries = render_entries,
        .run = run_render,
    },
    {
        .name = "check",
        .summary = "say what is wrong with the data, and whether its claims hold",
        .usage = "check [FILE…] [--strict] [--format text|json|sarif]",
        .details = "Reports every problem at once, each with its place. Exits with 3 where there is an error, or with\n"
                   "--strict a warning. Claims are counted against the data.\n",
        .examples = "orgflow check graphs/meta-llama.yaml\n"
                    "orgflow check graphs/quickstart.yaml --format json\n",
        .takes_inputs = true,
        .entries = check_entries,
        .run = run_check,
    },
    {
        .name = "diff",
        .summary = "say what changed between two revisions of the data",
        .usage = "diff OLD NEW [-f FORMAT] [-v VIEW]… [-o OUT] [OPTIONS]\n"
                 "       orgflow diff REV [REV] [OPTIONS] [--] [PATH…]\n"
                 "       orgflow diff A..B|A...B [OPTIONS] [--] [PATH…]",
        .details =
            "OLD and NEW are files, folders or REV:PATH, a path in a revision of git; - is standard input. What\n"
            "the data says is compared: formatting, order, splitting into files and defaults written out are no\n"
            "change. Items are matched by their ids, by `was`, and without an id by what they say; with\n"
            "--find-renames also by likeness, each with its reason. Exits with 0 where both are the same, with 1\n"
            "where they differ.\n"
            "\n"
            "Revisions are named as in git: HEAD~3, a branch, a tag, an id. With one revision the work tree is NEW;\n"
            "A...B compares B with the commit where both parted. Paths behind them are seen from the current folder,\n"
            "several are read as one story; without a path the one story among the revision's files is compared, and\n"
            "where there are several they are named. In REV:PATH the path begins at the top, or with ./ where you are.\n"
            "\n"
            "text: grouped by lab and person, a line a change. json: every change with its fields before and after, or the\n"
            "whole item. markdown: for a comment on a pull request, 60,000 bytes at most. brief: the counts.\n"
            "Kinds are story, source, strategy, lab, group, person, event, claim, view.\n"
            "\n"
            "A drawing (-f svg, png, pdf, dot …, or OUT's ending) lays both revisions out together, once. What is new stands\n"
            "solid and thick with a +, what is gone dashed and struck through with a −, what changed as Δ old → new, and\n"
            "the rest is quiet. What a view does not show is listed below it. --panel before and after show one revision\n"
            "from the same positions; --panel all makes all three, as files or as pages of a PDF. Without -o each drawing\n"
            "goes to NAME-VIEW-PANEL.FORMAT. --person and --lab limit the changes; other filters limit drawings alone.\n"
            "\n"
            "A web page (-f html) has before, difference and after on one slider, of every view asked for, and beside it the list\n"
            "of changes in the words of the text: each leads to its place in the drawing, and the place back to it.\n",
        .examples = "sed 's/2023-12-11, type/2023-12-12, type/' graphs/quickstart.yaml >new.yaml\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -f json --only event\n"
                    "sed 's/lample/guillaume/' new.yaml | orgflow diff new.yaml - --find-renames\n"
                    "sed 's/Lample/L./' new.yaml | orgflow diff new.yaml - --person lample -f markdown\n"
                    "orgflow diff HEAD~1 HEAD -- graphs/quickstart.yaml\n"
                    "orgflow diff HEAD graphs/quickstart.yaml -f brief\n"
                    "orgflow diff HEAD~1...HEAD -f json -- graphs/meta-llama.yaml\n"
                    "orgflow diff HEAD~1:graphs/quickstart.yaml new.yaml\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -v moves --size 1920x1080 -o changed.svg\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -v moves -v snapshot --panel all --context 1 -o changed.pdf\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -v storyline -v moves -o changed.html\n",
        .takes_inputs = true,
        .takes_drawing = true,
        .entries = diff_entries,
        .run = run_diff,
    },
    {
        .name = "apply",
        .summary = "do the changes of a record to the data",
        .usage = "apply CHANGES FILE… [-o OUT]",
        .details = "CHANGES is what `orgflow diff -f json` writes, FILE the data they are done to; - is standard input. All or\n"
                   "nothing: each value is compared with what the record says it was before; where one is not, or the\n"
                   "data would not make sense, nothing is written and the exit status is 3. So it is for a filtered record.\n"
                   "`orgflow diff -R -f json` writes what undoes the changes.\n"
                   "\n"
                   "Comments, order and layout stay wherever a line is not touched. Items stay in the file they stand in; new\n"
                   "ones go behind the last of their kind. Of several files OUT is a folder, which gets files of the same\n"
                   "names. OUT may be FILE itself.\n",
        .examples = "sed 's/2023-12-11, type/2023-12-12, type/' graphs/quickstart.yaml >new.yaml\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -f json >changes.json\n"
                    "orgflow apply changes.json graphs/quickstart.yaml\n"
                    "orgflow diff -R graphs/quickstart.yaml new.yaml -f json | orgflow apply - new.yaml -o new.yaml\n",
        .takes_inputs = true,
        .entries = apply_entries,
        .run = run_apply,
    },
    {
        .name = "merge",
        .summary = "merge two revisions of the data that come from one",
        .usage = "merge BASE OURS THEIRS [-o OUT] [-L OURS,BASE,THEIRS]",
        .details =
            "BASE, OURS and THEIRS are files or folders; - is standard input. What is written is OURS with THEIRS merged into\n"
            "it, by id and field: what one side alone changed is taken, lists whose order means nothing are merged as\n"
            "sets, references follow what was renamed. Comments, order and layout of OURS stay wherever a line is not\n"
            "touched.\n"
            "\n"
            "There is a conflict where both sides changed one field differently, one removed what the other changed, or both\n"
            "added one id differently. It stands in what is written between `<<<<<<<` and `>>>>>>>`, as `git merge`\n"
            "writes it, and `orgflow check` points at it. Where the sides can be merged but what comes of it makes no\n"
            "sense (two moves that contradict each other), messages say why; it is written all the same.\n"
            "Exits with 0 where it is clean, with 1 where there are conflicts.\n",
        .examples = "sed 's/2023-12-11, type/2023-12-12, type/' graphs/quickstart.yaml >ours.yaml\n"
                    "sed 's/Guillaume Lample/G. Lample/' graphs/quickstart.yaml >theirs.yaml\n"
                    "orgflow merge graphs/quickstart.yaml ours.yaml theirs.yaml -o merged.yaml\n"
                    "orgflow merge graphs/quickstart.yaml ours.yaml theirs.yaml -L mine,before,hers\n",
        .takes_inputs = true,
        .entries = merge_entries,
        .run = run_merge,
    },
    {
        .name = "stats",
        .summary = "count people, joins, leaves, moves and stays",
        .usage = "stats [FILE…] [--group ID]… [--lab ID]… [--format text|json|csv]",
        .details =
            "For everyone and each group, by lab: people at the end of the story, who were ever there, joins, leaves, the median\n"
            "stay and the share that left; by year: people at its end, joins and leaves; moves by pair of labs and year; for\n"
            "each claim the sources that the counted facts cite most. A lab counts with its children: who moves among them\n"
            "neither joins nor leaves. Years in which nobody came or left are passed over. The median stay is Kaplan and\n"
            "Meier's, with people still there as censored; who was there already when the story opens did not join, and their\n"
            "stay is not known.\n"
            "\n"
            "csv: one number a line, with the columns measure, group, lab, to, year, claim, source, value.\n",
        .examples = "orgflow stats graphs/meta-llama.yaml --group llama-authors --lab meta\n"
                    "orgflow stats graphs/quickstart.yaml --format csv\n",
        .takes_inputs = true,
        .entries = stats_entries,
        .run = run_stats,
    },
    {
        .name = "import",
        .summary = "write data of another format as format 1 on standard output",
        .usage = "import -f csv|scenes [--columns NAMES] [FILE]",
        .details = "csv: a table with a header and the columns person, lab, from, to (empty: not known, still there)\n"
                   "and, if there is one, role; others are named with --columns person=Name,lab=Team. Dates are EDTF.\n"
                   "Columns character, group, timestep_start and timestep_stop count steps, both included, in days\n"
                   "from 2000-01-01; who is there at the last step of all has not left. Of stints that overlap, the one\n"
                   "that begins later is concurrent.\n"
                   "\n"
                   "A table with the columns from, to, date and weight is one of flows: so many people went from one lab to\n"
                   "another (from empty: they joined; to empty: they left). Rows from a lab to itself are left out.\n"
                   "\n"
                   "scenes: who is together at each step, a day from 2000-01-01. A text: a line is a step, groups are\n"
                   "separated by tabs, members by commas. JSON: Story.Characters holds for each name a list of Start,\n"
                   "End (excluded) and Session. Each scene becomes a lab; who is in none is at no lab.\n"
                   "\n"
                   "Ids are made from names. `orgflow check` takes the result without an error.\n",
        .examples = "printf 'person,lab,from,to\\nAnn,FAIR,2019,2021-06\\nAnn,DeepMind,2021-06,\\n' >careers.csv\n"
                    "orgflow import -f csv careers.csv >careers.yaml\n"
                    "printf 'Name;Team;Start;End\\nAnn;FAIR;2019;\\n' >staff.csv\n"
                    "orgflow import -f csv --columns person=Name,lab=Team,from=Start,to=End staff.csv | orgflow check\n"
                    "printf 'from,to,date,weight\\n,FAIR,2019,40\\nFAIR,DeepMind,2021-06,12\\n' >flows.csv\n"
                    "orgflow import -f csv flows.csv | orgflow render -v alluvial -o flows.svg\n"
                    "printf 'LEIA,LUKE\\tHAN\\nLEIA\\tLUKE,HAN\\n' >film.txt\n"
                    "orgflow import -f scenes film.txt | orgflow render -v storyline -o film.svg\n",
        .takes_inputs = true,
        .entries = import_entries,
        .run = run_import,
    },
    {
        .name = "watch",
        .summary = "show drawings in the browser that follow the data as it is saved",
        .usage = "watch FILE… [-v VIEW]… [--port N] [OPTIONS]",
        .details = "Serves a web page with the drawing, its address on standard output, until Ctrl-C: on 127.0.0.1, to this\n"
                   "computer's own browsers alone. FILE is a file, a folder or - (standard input, which is read once). Each\n"
                   "time that one is saved, or a theme's file, the page shows the new drawing; what is followed, searched and\n"
                   "zoomed stays. Where the data is wrong, the last good drawing stays, with the problems over it. The\n"
                   "storyline keeps the order that it had where that crosses no more. Views are those of the data, or those\n"
                   "named with -v.\n",
        .examples = "orgflow watch graphs/meta-llama.yaml\n"
                    "orgflow watch graphs/meta-llama.yaml -v story -v stances --theme dark --port 8000\n",
        .takes_inputs = true,
        .takes_drawing = true,
        .entries = watch_entries,
        .run = run_watch,
    },
    {
        .name = "git",
        .summary = "set up git to compare and merge stories by what they say",
        .usage = "git install [--global|--shared] [PATTERN…]\n"
                 "       orgflow git uninstall [--global|--shared]",
        .details = "Writes drivers called `orgflow` into git's settings, the repository's or with --global the user's, and\n"
                   "chooses them for the files that match PATTERN (as in .gitattributes; graphs/*.yaml without one): in\n"
                   ".git/info/attributes, with --shared in .gitattributes, with --global in the user's attributes. Says what\n"
                   "it did; doing it again changes nothing, and what others have written there stays. From then on:\n"
                   "\n"
                   "git diff, git log -p --ext-diff: what changed in the story. git diff --no-ext-diff, git log -p, git show,\n"
                   "git diff --no-ext-diff --word-diff: the story's facts, a line each (textconv).\n"
                   "git difftool -t orgflow: as git diff, a file at a time.\n"
                   "git merge, rebase, cherry-pick: merged as by `orgflow merge`, by item and field.\n"
                   "\n"
                   "What is no story, or cannot be read in one revision, is compared and merged by lines; the latter is said.\n"
                   "So are files that are a story only together.\n",
        .examples = "orgflow git install\n"
                    "git diff HEAD~1 HEAD\n"
                    "git log -p --ext-diff\n"
                    "git diff --no-ext-diff --word-diff HEAD~1 HEAD\n"
                    "git difftool -y -t orgflow HEAD~1 HEAD\n"
                    "orgflow git uninstall\n",
        .entries = git_entries,
        .run = run_git,
    },
    {
        .name = "schema",
        .summary = "print the JSON Schema of the data format",
        .usage = "schema",
        .details = "Editors with a YAML language server complete and check data files by it.\n",
        .examples = "orgflow schema\n",
        .run = run_schema,
    },
    {.name = "formats", .summary = "list the formats", .usage = "formats", .examples = "orgflow formats\n", .run = run_formats},
    {.name = "views", .summary = "list the views", .usage = "views", .examples = "orgflow views\n", .run = run_views},
    {.name = "themes", .summary = "list the themes", .usage = "themes", .examples = "orgflow themes\n", .run = run_themes},
    {
        .name = "help",
        .summary = "explain a command, or one of: limits, events, status, environment",
        .usage = "help [COMMAND|TOPIC]",
        .examples = "orgflow help render\norgflow help limits\n",
        .run = run_help,
    },
    {
        .name = "manual",
        .summary = "print the manual pages",
        .usage = "manual [format]",
        .details = "For `man`: all that help tells, on one page, or the page of the data format with all its keys.\n",
        .examples = "orgflow manual >orgflow.1\norgflow manual format >orgflow-format.5\n",
        .run = run_manual,
    },
    {
        .name = "completion",
        .summary = "print the completion of commands and options for a shell",
        .usage = "completion bash|zsh|fish",
        .details =
            "Packages install it. Without one: for bash `eval \"$(orgflow completion bash)\"` in ~/.bashrc; for zsh save it as\n"
            "_orgflow in a folder of $fpath; for fish save it as ~/.config/fish/completions/orgflow.fish.\n",
        .examples = "orgflow completion bash >orgflow.bash\n",
        .run = run_completion,
    },
    {.name = "version", .summary = "print the version", .usage = "version", .examples = "orgflow version\n", .run = run_version},
    {.name = NULL},
};
