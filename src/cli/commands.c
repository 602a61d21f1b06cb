/* The table of commands. */
#include "cli/command.h"

const Command commands[] = {
    {
        .name = "render",
        .summary = "draw views of the data",
        .usage = "render [FILE…] [-v VIEW]… [-T FORMAT] [-o OUT] [OPTIONS]",
        .details = "Reads the files or folders as one story (standard input without FILE) and draws the views named\n"
                   "with -v: saved views of the data by their id, else views by their type. Without -v the saved\n"
                   "views are drawn, else the storyline. Without -o each drawing goes to NAME-VIEW.FORMAT in the\n"
                   "current folder; with -o FOLDER/ into that folder; a PDF file takes several views, a page each.\n"
                   "Claims that the data contradicts are shown as warnings; with --strict they and all warnings fail.\n",
        .examples = "orgflow render graphs/quickstart.yaml -v moves -o moves.svg\n"
                    "orgflow render graphs/meta-llama.yaml -T png --size 1920x1080 -o slides/\n"
                    "orgflow render graphs/meta-llama.yaml -v moves --group llama-authors --from 2023 -o authors.pdf\n"
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
        .usage = "diff OLD NEW [-f FORMAT] [-v VIEW]… [-o OUT] [OPTIONS]",
        .details =
            "OLD and NEW are files or folders; - is standard input. What the data says is compared: formatting, order,\n"
            "splitting into files and defaults written out are no change. Items are matched by their ids, by `was`,\n"
            "and without an id by what they say. Exits with 0 where both are the same, with 1 where they differ.\n"
            "\n"
            "text: grouped by lab and person, a line a change. json: every change with its fields before and after, or the\n"
            "whole item. markdown: for a comment on a pull request, 60,000 bytes at most. brief: the counts.\n"
            "Kinds are story, source, strategy, lab, group, person, event, claim, view.\n"
            "\n"
            "A drawing (-f svg, png, pdf, dot …, or OUT's ending) lays both revisions out together, once. What is new stands\n"
            "solid and thick with a +, what is gone dashed and struck through with a −, what changed as Δ old → new, and\n"
            "the rest is quiet. What a view does not show is listed below it. --panel before and after show one revision\n"
            "from the same positions; --panel all makes all three, as files or as pages of a PDF. Without -o each drawing\n"
            "goes to NAME-VIEW-PANEL.FORMAT. --person and --lab limit the changes; other filters limit drawings alone.\n",
        .examples = "sed 's/2023-12-11, type/2023-12-12, type/' graphs/quickstart.yaml >new.yaml\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -f json --only event\n"
                    "sed 's/Lample/L./' new.yaml | orgflow diff new.yaml - --person lample -f markdown\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -v moves --size 1920x1080 -o changed.svg\n"
                    "orgflow diff graphs/quickstart.yaml new.yaml -v moves -v snapshot --panel all --context 1 -o changed.pdf\n",
        .takes_inputs = true,
        .takes_drawing = true,
        .entries = diff_entries,
        .run = run_diff,
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
                   "scenes: who is together at each step, a day from 2000-01-01. A text: a line is a step, groups are\n"
                   "separated by tabs, members by commas. JSON: Story.Characters holds for each name a list of Start,\n"
                   "End (excluded) and Session. Each scene becomes a lab; who is in none is at no lab.\n"
                   "\n"
                   "Ids are made from names. `orgflow check` takes the result without an error.\n",
        .examples = "printf 'person,lab,from,to\\nAnn,FAIR,2019,2021-06\\nAnn,DeepMind,2021-06,\\n' >careers.csv\n"
                    "orgflow import -f csv careers.csv >careers.yaml\n"
                    "printf 'Name;Team;Start;End\\nAnn;FAIR;2019;\\n' >staff.csv\n"
                    "orgflow import -f csv --columns person=Name,lab=Team,from=Start,to=End staff.csv | orgflow check\n"
                    "printf 'LEIA,LUKE\\tHAN\\nLEIA\\tLUKE,HAN\\n' >film.txt\n"
                    "orgflow import -f scenes film.txt | orgflow render -v storyline -o film.svg\n",
        .takes_inputs = true,
        .entries = import_entries,
        .run = run_import,
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
        .summary = "explain a command, or one of: limits, events, status",
        .usage = "help [COMMAND|TOPIC]",
        .examples = "orgflow help render\norgflow help limits\n",
        .run = run_help,
    },
    {.name = "version", .summary = "print the version", .usage = "version", .examples = "orgflow version\n", .run = run_version},
    {.name = NULL},
};
