#!/usr/bin/env python3
"""Holds the libraries to the public header: check_symbols.py ROOT SHARED STATIC

The shared library exports what the header declares, under the version of its soname, and nothing else; the static library has all of it and
takes no name outside of orgflow_ and of_. The header is documented throughout and compiles alone as C11 and C++17."""
import pathlib
import re
import subprocess
import sys


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def problems(root, shared, static):
    header = root / "include/orgflow/orgflow.h"
    declared = set(run(root / "script/reference", "--symbols", header).split())
    if len(declared) != len(re.findall(r"^ORGFLOW_API ", header.read_text(encoding="utf-8"), re.M)):
        yield "script/reference does not see every function of the header"
    rows = [line.split() for line in run("nm", "--dynamic", "--defined-only", shared).splitlines()]
    major = re.search(r"SONAME.*\[liborgflow\.so\.(\d+)\]", run("readelf", "--dynamic", shared)).group(1)
    exported = {row[2] for row in rows if row[1] != "A"}
    for name in sorted(exported ^ {f"{name}@@ORGFLOW_{major}" for name in declared}):
        yield f"{name} is {'exported and not declared' if name in exported else 'declared and not exported'}"
    archived = {row[2] for row in map(str.split, run("nm", "--defined-only", "--extern-only", static).splitlines()) if len(row) == 3}
    yield from (f"{name} is not in the static library" for name in sorted(declared - archived))
    yield from (f"the static library takes the name {name}" for name in sorted(archived) if not re.match("orgflow_|of_|__odr_asan", name))
    flags = ("-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror")
    for command in (("cc", "-std=c11", "-xc"), ("c++", "-std=c++17", "-xc++")):
        done = subprocess.run((*command, *flags, header), capture_output=True, text=True)
        if done.returncode != 0:
            yield f"the header does not compile alone as {command[1][5:]}: {done.stderr}"


def main():
    found = list(problems(pathlib.Path(sys.argv[1]), *sys.argv[2:]))
    print("\n".join(found) or "symbols: all are declared, documented and exported")
    sys.exit(1 if found else 0)


main()
