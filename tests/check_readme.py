#!/usr/bin/env python3
"""Holds the README to what is there: check_readme.py ROOT ORGFLOW

The quickstart in it is the file it names, its pictures exist, and the commands of its `sh` blocks that call orgflow end with 0 (run in a scratch
copy of graphs/)."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def problems(root, orgflow):
    text = (root / "README.md").read_text(encoding="utf-8")
    quickstart = (root / "graphs/quickstart.yaml").read_text(encoding="utf-8")
    if quickstart not in text:
        yield "the quickstart in README.md is not graphs/quickstart.yaml"
    schema = subprocess.run([orgflow, "schema"], check=True, capture_output=True, text=True).stdout
    if (root / "graphs/orgflow.schema.json").read_text(encoding="utf-8") != schema:
        yield "graphs/orgflow.schema.json is not what `orgflow schema` writes: run script/demo"
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
        if not (root / picture).exists():
            yield f"README.md shows {picture}, which is not there"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "graphs", pathlib.Path(folder) / "graphs")
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
            for line in block.splitlines():
                command = re.sub(r"^build/release/bin/orgflow\b", orgflow, line)
                if command == line:
                    continue
                done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
                if done.returncode != 0:
                    yield f"README.md: `{line}` ended with {done.returncode}: {done.stderr.strip()}"


def main():
    found = list(problems(pathlib.Path(sys.argv[1]), sys.argv[2]))
    print("\n".join(found) or "readme: all is as it says")
    sys.exit(1 if found else 0)


main()
