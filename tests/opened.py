#!/usr/bin/env python3
"""Watches with strace what runs of orgflow open, start and connect to, with data full of paths: nothing but the inputs and outputs, fonts,
shared libraries and the system's own configuration; no network. Exits with 77 where strace may not watch.

    opened.py ORGFLOW LAYOUT-PROGRAM"""
import csv
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77

# Texts that an overly eager program could take for a file, a link or a font.
BAIT = ["/bait/a", "file:///bait/b", "<img src='/bait/c'>", '<IMG SRC="/bait/d"/>', "url(/bait/e)", "../../../../../bait/f",
        "https://bait.example/", "!/bait/g", "`cat /bait/h`", "$(cat /bait/i)", "|/bait/j", "@/bait/k", "/bait/l.ttf"]
# Keys that make Graphviz read files, which the format refuses.
KEYS = ["image", "shapefile", "fontpath", "imagepath", "stylesheet", "_background", "fontname", "URL", "href", "src", "layout"]

# What the system itself is: the loader, locales, fonts, Graphviz's list of plugins, random numbers, the time zone, and what libselinux
# and ltdl ask for as they are loaded.
SYSTEM = re.compile(
    r"/etc/(ld\.so\.(cache|preload)|localtime|fonts(/.*)?)$|.*/locale(/.*)?$|.*/gconv/.*|.*/fonts(/.*)?$|.*/fontconfig(/.*)?$|.*/\.fontconfig(/.*)?$"
    r"|/usr/share/(zoneinfo|fonts|fontconfig).*|/(lib|lib64|usr/lib|usr/local/lib)/.*|/usr/lib/.*/graphviz/config\d+a?$|/proc/self/maps$|/proc/filesystems$"
    r"|/proc/sys/.*|/sys/.*|/dev/(null|urandom)$|/sys/fs/cgroup/.*|/proc/self/cgroup$")


def story():
    bait = dict(zip("abcdefghijklm", BAIT))
    people = "\n".join(f"  p{i}: {{name: {text}, lab: a, since: 2020, role: {text}, note: {text}}}" for i, text in enumerate(map(quoted, BAIT)))
    return f"""orgflow: 1
title: {quoted(bait['c'])}
subtitle: {quoted(bait['d'])}
sources: {{s: {{title: {quoted(bait['b'])}, publisher: {quoted(bait['a'])}, url: "https://bait.example/s"}}}}
strategies: {{x: {{name: {quoted(bait['e'])}}}, y: {{name: {quoted(bait['f'])}}}}}
labs:
  a: {{name: {quoted(bait['a'])}, strategy: x, kind: {quoted(bait['d'])}, url: "https://bait.example/a"}}
  b: {{name: {quoted(bait['d'])}, long_name: {quoted(bait['c'])}}}
people:
{people}
events:
  - {{id: m, date: 2021, type: move, people: [p0, p1, p2], to: b, title: {quoted(bait['k'])}, sources: [s]}}
  - {{date: 2022, type: shift, lab: a, to: y, because: [m], title: {quoted(bait['j'])}, sources: [s]}}
"""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def calls(orgflow, arguments, folder):
    """The lines of strace of one run."""
    log = folder / "strace"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "LC_ALL": "C.UTF-8", "ORGFLOW_LAYOUT_PROGRAM": sys.argv[2]}
    watched = "trace=open,openat,openat2,creat,execve,execveat,%network"
    done = subprocess.run(["strace", "-f", "-qq", "-s", "4096", "-e", watched, "-e", "signal=none", "-o", log, orgflow, *arguments], cwd=folder,
                          env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done, log.read_text(errors="replace").splitlines() if log.exists() else []


def faults(lines, folder):
    for line in lines:
        line = re.sub(r"^\d+\s+", "", line)
        call = re.match(r"(\w+)\(", line)
        if not call:
            continue  # the rest of a call, or an end
        name = call.group(1)
        if name.startswith("exec"):
            program = re.search(r'"([^"]*)"', line).group(1)
            if program not in (sys.argv[1], sys.argv[2]):
                yield f"starts {program}"
        elif name.startswith(("open", "creat")):
            path = re.search(r'"((?:[^"\\]|\\.)*)"', line).group(1)
            # The loader tries each folder that it knows, which must all be absolute.
            library = path.startswith("/") and re.search(r"\.so(\.\d+)*$", path) is not None
            inside = path.startswith(("out", "x.yaml", "bad.yaml", "y.yaml", "x.csv", str(folder)))
            if not (inside or library or SYSTEM.match(path)):
                yield f"opens {path}"
        elif "AF_UNIX" in line and name == "socketpair":
            continue
        elif name in ("send", "sendto", "sendmsg", "recv", "recvfrom", "recvmsg", "shutdown", "getsockopt", "setsockopt"):
            continue  # on what is there, and that is the pair of sockets
        else:
            yield f"network: {line}"


def main():
    with tempfile.TemporaryDirectory(prefix="orgflow-opened-") as name:
        folder = pathlib.Path(name)
        (folder / "home").mkdir()
        (folder / "x.yaml").write_text(story())
        (folder / "y.yaml").write_text(story().replace("2021", "2021-06"))
        (folder / "bad.yaml").write_text("orgflow: 1\nlabs: {a: {" + ", ".join(f"{key}: /bait/{key}" for key in KEYS) + "}}\n")
        with open(folder / "x.csv", "w", encoding="utf-8") as table:
            csv.writer(table).writerows([("person", "lab", "from", "to")] + [(bait, i, 2020, "") for i, bait in enumerate(BAIT)])
        try:
            done, lines = calls(sys.argv[1], ["version"], folder)
        except FileNotFoundError:
            print("skipped: there is no strace")
            return SKIPPED
        if not lines:
            print(f"skipped: strace may not watch here: {done.stderr.strip()}")
            return SKIPPED
        views = [word for view in ("storyline", "moves", "strategy", "causes", "snapshot") for word in ("-v", view)]
        runs = [(0, ["render", "-q", "x.yaml", *views, "-T", format, "-o", "out/"]) for format in ("svg", "png", "pdf", "dot", "json")]
        runs += [(3, ["check", "bad.yaml"]), (3, ["render", "bad.yaml", "-v", "moves", "-o", "out.svg"]),
                 (0, ["check", "x.yaml", "--format", "sarif"]), (1, ["diff", "x.yaml", "y.yaml", "-f", "markdown"]),
                 (0, ["import", "-f", "csv", "x.csv"]), (2, ["render", "x.yaml", "--theme", "/bait/theme"]), (0, ["schema"]),
                 (0, ["merge", "x.yaml", "y.yaml", "x.yaml"]), (0, ["stats", "x.yaml"])]
        found = set()
        for status, arguments in runs:
            done, lines = calls(sys.argv[1], arguments, folder)
            if done.returncode != status or len(lines) < 5:
                found.add(f"orgflow {' '.join(arguments)}: status {done.returncode}, {len(lines)} calls: {done.stderr}")
            found.update(f"orgflow {' '.join(arguments)}: {fault}" for fault in faults(lines, folder))
    print("\n".join(sorted(found)) or f"{len(runs)} runs opened nothing that they should not")
    return 1 if found else 0


sys.exit(main())
