#!/usr/bin/env python3
"""Holds the README to what is there: check_readme.py ROOT ORGFLOW

The quickstart in it is the file it names, its pictures exist, and the commands of its `sh` blocks that call orgflow end with 0 (run in a scratch
copy of graphs/ under git); so do those that call git."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def commit_twice(folder):
    """Makes the scratch copy a git repository with the quickstart in two revisions, whoever runs the test; returns the environment for it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"HOME": folder, "XDG_CONFIG_HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": f"{folder}/.gitconfig",
                    "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org", "GIT_COMMITTER_NAME": "Ann",
                    "GIT_COMMITTER_EMAIL": "ann@example.org", "GIT_PAGER": "cat"}
    story = pathlib.Path(folder) / "graphs/quickstart.yaml"
    later = story.read_text(encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, env=environment, check=True)
    for text in (later.replace("2023-12-11, type", "2023-12-12, type"), later):
        story.write_text(text, encoding="utf-8")
        subprocess.run(["git", "add", "graphs"], cwd=folder, env=environment, check=True)
        subprocess.run(["git", "commit", "-q", "-m", "story"], cwd=folder, env=environment, check=True)
    return environment


def run_watch(command, folder, environment):
    """The status of what goes on until it is ended: once it has told its address."""
    watch = subprocess.Popen(command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = watch.stdout.readline()
    watch.terminate()
    return watch.wait() if address.startswith("http") else "no address"


def problems(root, orgflow):
    text = (root / "README.md").read_text(encoding="utf-8")
    quickstart = (root / "graphs/quickstart.yaml").read_text(encoding="utf-8")
    if quickstart not in text:
        yield "the quickstart in README.md is not graphs/quickstart.yaml"
    schema = subprocess.run([orgflow, "schema"], check=True, capture_output=True, text=True).stdout
    if (root / "graphs/orgflow.schema.json").read_text(encoding="utf-8") != schema:
        yield "graphs/orgflow.schema.json is not what `orgflow schema` writes: run script/demo"
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", re.sub(r"`[^`\n]*`", "", text)):
        if not (root / picture).exists():
            yield f"README.md shows {picture}, which is not there"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "graphs", pathlib.Path(folder) / "graphs")
        shutil.copytree(root / "tests/data", pathlib.Path(folder) / "tests/data")
        environment = commit_twice(folder)
        blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
        blocks.append("\n".join(re.findall(r"^\|.*?\| `(orgflow [^`]*)` \|", text, re.M)))  # commands in tables
        for block in blocks:
            for line in block.splitlines():
                command = re.sub(r"^(build/release/bin/)?orgflow\b", orgflow, line)
                if command == line and not line.startswith("git "):
                    continue
                if " watch " in command:
                    status = run_watch(f"exec {command} --port 0", folder, environment)
                    if status != 0:
                        yield f"README.md: `{line}` ended with {status}"
                    continue
                done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
                # `diff` says with 1 that there are differences.
                if done.returncode != 0 and not (done.returncode == 1 and " diff " in command):
                    yield f"README.md: `{line}` ended with {done.returncode}: {done.stderr.strip()}"


def main():
    found = list(problems(pathlib.Path(sys.argv[1]), sys.argv[2]))
    print("\n".join(found) or "readme: all is as it says")
    sys.exit(1 if found else 0)


main()
