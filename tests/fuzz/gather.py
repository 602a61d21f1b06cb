#!/usr/bin/env python3
"""Writes what a fuzz target starts from into a folder: the inputs of the tests in the target's form, a file each, named by content.

    gather.py TARGET FOLDER [DICTIONARY]

ORGFLOW names the command, which writes what `apply` starts from. DICTIONARY: a file to write the words of the format to, as libFuzzer reads them."""
import hashlib
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CASES = ROOT / "tests/cases"
MOST_BYTES = 20000  # larger ones are slow to mutate, and say nothing that small ones do not

RECORDED = 7  # of so many pairs of stories one becomes a record: each takes a run of the command

# A line of drawing options for some of the seeds of `render`.
OPTIONS = [
    "size=1920x1080", "size=16:9 lanes=free", "size=300x200", "from=2022 to=2023-06", "at=2021", "theme=dark background=none", "accounts=true",
    "lanes=free", "min-confidence=reported", "highlight=a person=p", "lab=meta", "order=b order=a scale=2", "title=T subtitle=S",
]


def texts(*patterns):
    for pattern in patterns:
        for path in sorted(CASES.glob(pattern)):
            if path.is_file() and path.stat().st_size <= MOST_BYTES:
                yield path.read_bytes()


def stories():
    yield from texts("*/*.yaml", "*/*/*.yaml")
    for path in sorted((ROOT / "graphs").glob("*.yaml")):
        if path.stat().st_size <= MOST_BYTES:
            yield path.read_bytes()


def drawings():
    options = itertools.cycle(OPTIONS)
    for story in stories():
        yield story
        yield f"#options {next(options)}\n".encode() + story


def differences():
    for folder in sorted(CASES.glob("diff-*")):
        sides = [path.read_bytes() for path in (folder / "old.yaml", folder / "new.yaml") if path.is_file()]
        if len(sides) == 2:
            yield b"\n%%%%\n".join(sides)
    for story in stories():
        # Against itself with its last line gone, and with its years moved.
        yield story + b"\n%%%%\n" + story.rstrip(b"\n").rpartition(b"\n")[0] + b"\n"
        yield story + b"\n%%%%\n" + re.sub(rb"\b20(\d)(\d)-", lambda m: b"20%s%d-" % (m[1], (int(m[2]) + 1) % 10), story)


def records():
    """Stories with the record of what changes them to another, which the command writes."""
    for pair in itertools.islice(differences(), 0, None, RECORDED):
        old, new = pair.split(b"\n%%%%\n")
        with tempfile.TemporaryDirectory() as name:
            paths = [pathlib.Path(name) / "old.yaml", pathlib.Path(name) / "new.yaml"]
            for path, content in zip(paths, (old, new)):
                path.write_bytes(content)
            record = subprocess.run([os.environ["ORGFLOW"], "diff", *paths, "-f", "json"], capture_output=True).stdout
        if record:
            yield old + b"\n%%%%\n" + record


def dates():
    source = (ROOT / "tests/unit/test_date.c").read_text()
    found = sorted(set(re.findall(r'"([0-9.][0-9Q?~%/.-]*)"', source)))
    yield from (date.encode() for date in found)
    yield from (f"{a}\n{b}".encode() for a, b in zip(found, found[1:]))


def tables():
    yield from texts("import-*/*.csv")
    yield b"#columns person=Name,lab=Team,from=Start,to=End\nName;Team;Start;End\nAnn;FAIR;2019;\n"


def scenes():
    yield from texts("import-*/*.txt", "import-*/*.json")
    yield b"LEIA,LUKE\tHAN\nLEIA\tLUKE,HAN\n"


SEEDS = {"story": stories, "render": drawings, "diff": differences, "date": dates, "csv": tables, "scenes": scenes, "apply": records}

YAML_WORDS = ["---\n", "...\n", "%YAML 1.2\n", "&x ", "*x", "<<: ", "!!str ", "|\n", ">-\n", "\n  ", "\n- ", ": ", "? ", "{", "}", "[", "]", ", ", '"', "'", "\\u263a",
              "\\n", "# ", "\ufeff", "\u202e", "\u0301", "null", "~", "true", ".inf", "%%%%\n", "2023-04~", "2023-02/2023-04", "../2023", "2023-Q2", "2023-33", "2023?"]


def words():
    def walk(node):
        if isinstance(node, dict):
            yield from (key for key in node.get("properties", {}))
            yield from (value for value in node.get("enum", []) if isinstance(value, str))
            if isinstance(node.get("const"), str):
                yield node["const"]
            for value in node.values():
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    with open(ROOT / "graphs/orgflow.schema.json", encoding="utf-8") as file:
        return sorted(set(walk(json.load(file)))) + YAML_WORDS


def quoted(word):
    return '"' + "".join(chr(b) if 0x20 <= b < 0x7F and chr(b) not in '"\\' else f"\\x{b:02x}" for b in word.encode()) + '"'


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    n = 0
    for seed in SEEDS[target]():
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
        n += 1
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text("".join(quoted(word) + "\n" for word in words()), encoding="utf-8")
    if n == 0:
        sys.exit(f"gather.py: no seeds for {target}")


main()
