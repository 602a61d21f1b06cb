"""Puts hostile texts into stories and tables, and says what `check`, `diff`, `import` and the report make of them: JSON stays JSON, YAML
reads back the same, a Markdown or text form shows the text as it is, and no escape reaches a terminal. Made for the case
hostile-commands, which runs it in a scratch folder."""
import csv
import io
import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree

TEXTS = [
    "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "</script><!--", "\\N \\G \\L C:\\new", "{a|b}", "<b>x</b>",
    "&lt; &#60;", "a:b:c", "cluster_x", "%3", "--", "node", "`code` **bold** [a](javascript:x) | cell |", "# heading", "- item",
    "'single' \"double\"", "=SUM(A1)", "@mention", "😀 漢字 العربية Z͑͗", "x" * 900, "null", "~", "1e3", "no", "2023-01-01",
    "*alias", "&anchor", "!tag", "%YAML", "key: value", "trailing: ", "\u202eabc", "\\u0000", "${HOME}", "$(id)", "a\\",
    "<!DOCTYPE x>", "]]>", "{{x}}", "{% x %}",
]


def run(*command, text=None):
    return subprocess.run(["orgflow", *command], input=text, capture_output=True, text=True, encoding="utf-8")


def story(text, day):
    return {
        "orgflow": 1,
        "title": text,
        "labs": {"a": {"name": text, "note": text}, "b": {"name": "B"}},
        "groups": {"g": {"name": text}},
        "people": {"p": {"name": text, "lab": "a", "since": "2019", "role": text, "groups": ["g"]}},
        "events": [{"id": "e", "date": day, "type": "move", "people": ["p"], "from": "a", "to": "b", "title": text, "note": text}],
        # Contradicted, so that messages quote it.
        "claims": [{"text": text, "group": "g", "lab": "b", "at": "2024", "count": 0}],
        "views": [{"id": "v", "type": "moves", "title": text}],
    }


def write(name, value):
    with open(name, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)


def packed(text):
    """Without spaces, and without what only directs writing: drawings isolate it."""
    return re.sub(r"[\s\u202a-\u202e\u2066-\u2069]", "", text)


def controls(text):
    return any((ord(c) < 0x20 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in text)


def holds(text, tree):
    if isinstance(tree, dict):
        return any(holds(text, value) for value in tree.values())
    if isinstance(tree, list):
        return any(holds(text, value) for value in tree)
    return isinstance(tree, str) and text in tree


def check_faults(text):
    write("x.yaml", story(text, "2021"))
    for format in ("text", "json", "sarif"):
        done = run("check", "x.yaml", "--format", format)
        if done.returncode != 3 or controls(done.stdout + done.stderr):
            yield f"check --format {format}: status {done.returncode}"
        if format != "text":
            record = json.loads(done.stdout)
            if format == "json" and not holds(text.strip(), record):
                yield "check --format json does not hold the text"


def diff_faults(text):
    write("x.yaml", story(text, "2021"))
    write("y.yaml", {**story(text + "!", "2022"), "labs": {"a": {"name": "A"}, "b": {"name": text}, "c": {"name": text}}})
    for form in ("text", "json", "markdown", "brief"):
        done = run("diff", "x.yaml", "y.yaml", "-f", form)
        if done.returncode != 1 or controls(done.stdout + done.stderr):
            yield f"diff -f {form}: status {done.returncode}: {done.stderr}"
        if form == "json" and not holds(text, json.loads(done.stdout)):
            yield "diff -f json does not hold the text"
        if form == "markdown":
            # A line of HTML is not read as Markdown.
            lines = [line for line in done.stdout.splitlines() if not line.startswith("<")]
            if any(tag in done.stdout for tag in ("<script", "<svg", "</script", "<b>x")) or any("](javascript" in line for line in lines):
                yield "diff -f markdown holds live markup"


def import_faults(text):
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([["person", "lab", "from", "to", "role"], [text, text, "2019", "", text]])
    imported = run("import", "-f", "csv", text=table.getvalue())
    if imported.returncode != 0 or controls(imported.stdout):
        yield f"import: status {imported.returncode}: {imported.stderr}"
        return
    # The names come through as they are: drawn, and said so.
    drawn = run("render", "-q", "-v", "snapshot", "-o", "-", "--report", "report.json", text=imported.stdout)
    if drawn.returncode != 0:
        yield f"render of what was imported: status {drawn.returncode}: {drawn.stderr}"
        return
    titles = ["".join(e.itertext()) for e in ElementTree.fromstring(drawn.stdout.encode()).iter() if e.tag.endswith("title")]
    if not any(packed(text) in packed(title) for title in titles):
        yield "import changes the text"
    with open("report.json", encoding="utf-8") as file:
        json.load(file)


def main():
    for text in TEXTS:
        for faults in (check_faults, diff_faults, import_faults):
            for fault in faults(text):
                print(f"{text[:40]!r}: {fault}")
    print(f"{len(TEXTS)} texts")


main()
