#!/usr/bin/env python3
"""Lets each call that a run of orgflow makes fail in turn, until a run has none left to fail, and says what is not as it must be:

    faults.py FAULT.SO ORGFLOW SOURCE [GROUP]

Always: an end with a status of its own (no signal), the old output whole or the new one whole, nothing else left in the folder, and where
the status is not 0 a message. What the groups want beyond that stands in their table."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

ENVIRONMENT = 5  # the status
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="orgflow-faults-"))
WRITES = "write,fsync,open-to-write,close,fchmod,unlink,rename,linkat,access,realpath"
READS = "read,open-to-read,opendir,readdir,stat"
TALKS = "send,recv,poll,waitpid,pipe2,socketpair,posix_spawn"


class Scenario:
    """A command, the files it writes into the folder `out`, and whether these stand there before."""

    def __init__(self, name, arguments, files=(), stdout=False, status=0, stdin=None):
        self.name, self.arguments, self.files, self.stdout, self.status, self.stdin = name, arguments, files, stdout, status, stdin


def scenarios(source):
    quick = str(source / "graphs/quickstart.yaml")
    cases = source / "tests/cases"
    old, new = (str(cases / "diff-forms" / name) for name in ("old.yaml", "new.yaml"))
    small = str(cases / "bad-output-full/x.yaml")
    return [
        Scenario("svg", ["render", "-q", small, "-v", "moves", "-o", "out/x.svg"], ["x.svg"]),
        Scenario("png", ["render", "-q", small, "-v", "storyline", "-o", "out/x.png"], ["x.png"]),
        Scenario("pdf", ["render", "-q", small, "-v", "moves", "-v", "snapshot", "-o", "out/x.pdf"], ["x.pdf"]),
        Scenario("dot", ["render", "-q", small, "-v", "moves", "-T", "dot", "-o", "out/x.dot"], ["x.dot"]),
        Scenario("folder", ["render", "-q", quick, "-v", "moves", "-v", "causes", "-o", "out/"],
                 ["quickstart-moves.svg", "quickstart-causes.svg"]),
        Scenario("stdout", ["render", "-q", small, "-v", "moves", "-o", "-"], stdout=True),
        Scenario("stdin", ["render", "-q", "-v", "moves", "-o", "out/x.svg"], ["x.svg"], stdin=small),
        Scenario("split", ["check", "-q", str(cases / "diff-same/split"), "--format", "json"], stdout=True),
        Scenario("diff", ["diff", old, new, "-f", "json", "-o", "out/x.json"], ["x.json"], status=1),
        Scenario("diff-stdout", ["diff", old, new], stdout=True, status=1),
        Scenario("merge", ["merge", old, new, old, "-o", "out/x.yaml"], ["x.yaml"]),
        Scenario("merge-stdout", ["merge", old, old, new], stdout=True),
        Scenario("stats", ["stats", quick, "--format", "csv"], stdout=True),
        Scenario("import", ["import", "-f", "csv", str(cases / "import-csv/careers.csv")], stdout=True),
        Scenario("sarif", ["check", "-q", quick, "--format", "sarif"], stdout=True),
        Scenario("schema", ["schema"], stdout=True),
        Scenario("help", ["help", "render"], stdout=True),
        Scenario("views", ["views"], stdout=True),
        Scenario("version", ["--version"], stdout=True),
    ]


# What fails, how, the statuses allowed beside success, and whether success is the only end that will do.
GROUPS = {
    "write-errors": (WRITES, ["ENOSPC", "EIO"], {ENVIRONMENT}),
    "write-interrupted": ("write,fsync,close", ["EINTR"], set()),
    "write-short": ("write", ["short"], set()),
    "write-killed": (WRITES, ["kill"], None),
    "named-errors": (WRITES, ["ENOSPC", "EIO"], {ENVIRONMENT}),
    "named-killed": (WRITES, ["kill"], None),
    "read-errors": (READS, ["EIO", "EACCES"], {2, 3, ENVIRONMENT}),
    "read-interrupted": ("read,open-to-read", ["EINTR"], set()),
    "read-short": ("read", ["short"], set()),
    "talk-errors": (TALKS, ["EIO", "EMFILE"], {ENVIRONMENT}),
    "talk-interrupted": ("send,recv,poll,waitpid", ["EINTR"], set()),
    "talk-short": ("send,recv", ["short"], set()),
    "talk-killed": (TALKS, ["kill"], None),
    "memory": ("malloc", ["ENOMEM"], {4, ENVIRONMENT}),
}
# Memory is asked for tens of thousands of times: the first ones all, later ones by growing steps.
MEMORY_DENSE, MEMORY_GROWTH = 40, 1.25

faults = []


def run(shim, orgflow, scenario, standing, environment):
    """Runs a scenario; returns status, the outputs ("old", None for absent, else bytes), what else is there, and standard error."""
    out = SCRATCH / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for name in scenario.files:
        if standing:
            (out / name).write_bytes(b"old")
    stdin = open(scenario.stdin, "rb") if scenario.stdin else subprocess.DEVNULL
    with open(SCRATCH / "stdout", "wb") as stdout, open(SCRATCH / "stderr", "wb") as stderr:
        settings = dict(os.environ, LC_ALL="C.UTF-8", **environment)
        if environment:
            settings["LD_PRELOAD"] = shim
        done = subprocess.run([orgflow, *scenario.arguments], cwd=SCRATCH, env=settings, stdin=stdin, stdout=stdout, stderr=stderr,
                              timeout=60)
    made = {path.name: path.read_bytes() for path in out.iterdir()}
    found = {name: made.pop(name, None) for name in scenario.files}
    if scenario.stdout:
        found["stdout"] = (SCRATCH / "stdout").read_bytes()
    return done.returncode, found, sorted(made), (SCRATCH / "stderr").read_text(errors="replace")


def judge(scenario, named, standing, wanted, allowed, status, found, left, words):
    """What is wrong with one run."""
    wrong = []
    before = b"old" if standing else None
    if allowed is None:  # killed: by the fault, nowhere else
        if status != -signal.SIGKILL:
            wrong.append(f"status {status}, expected a kill")
        # In the one moment between naming and renaming a file over an old one it has a name; on some file systems all the time.
        left = [] if (standing or named) and len(left) == 1 and left[0].startswith(".orgflow-") else left
    elif status < 0:
        wrong.append(f"signal {-status}")
    elif status != scenario.status and status not in allowed:
        wrong.append(f"status {status}, expected {scenario.status}{''.join(f' or {s}' for s in sorted(allowed))}")
    elif status != scenario.status and "orgflow: " not in words and ": error: " not in words:
        wrong.append("no message")
    for name, content in found.items():
        whole = content == wanted[name]
        if name == "stdout":
            if status == scenario.status and not whole:
                wrong.append("standard output is not whole")
        elif not whole and content != before:
            wrong.append(f"{name} is neither the old file nor the new one")
        elif status == scenario.status and not whole:
            wrong.append(f"{name} was not written")
    if left:
        wrong.append(f"left behind: {', '.join(left)}")
    return wrong


def positions(group):
    n = 1
    while True:
        yield n
        n = n + 1 if group != "memory" or n < MEMORY_DENSE else int(n * MEMORY_GROWTH)


def inject(shim, orgflow, scenario, group, kind, standing):
    calls, _, allowed = GROUPS[group]
    named = {"FAULT_NAMED": "1"} if group.startswith("named") else {}
    status, wanted, _, words = run(shim, orgflow, scenario, False, named)
    if status != scenario.status:
        sys.exit(f"faults.py: {scenario.name} fails by itself: status {status}: {words}")
    fired = SCRATCH / "fired"
    n_faults = 0
    for n in positions(group):
        fired.unlink(missing_ok=True)
        environment = {"FAULT_CALLS": calls, "FAULT_AT": str(n), "FAULT_KIND": kind, "FAULT_FIRED": str(fired), **named}
        result = run(shim, orgflow, scenario, standing, environment)
        if not fired.exists():
            wrong = judge(scenario, named, standing, wanted, set(), *result)
            faults.extend(f"{scenario.name}, nothing failing: {words}" for words in wrong)
            return n_faults
        n_faults += 1
        for words in judge(scenario, named, standing, wanted, allowed, *result):
            where = f"{kind} at call {n} of {calls}{', file standing' if standing else ''}"
            faults.append(f"{scenario.name}, {where}: {words}: {result[3].strip()[:200]}")
    return n_faults


def main():
    shim, orgflow, source = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    n_faults = 0
    for group in sys.argv[4:] or GROUPS:
        for scenario in scenarios(source):
            if group.startswith("named") and scenario.name not in ("svg", "folder", "diff"):
                continue
            if group == "memory" and scenario.name not in ("svg", "diff", "import", "sarif"):
                continue
            if group.startswith("talk") and scenario.name not in ("svg", "folder"):
                continue
            for kind in GROUPS[group][1]:
                for standing in (False, True) if scenario.files and group.startswith(("write", "named")) else (False,):
                    n_faults += inject(shim, orgflow, scenario, group, kind, standing)
    shutil.rmtree(SCRATCH)
    print("\n".join(faults + [f"{n_faults} faults"]))
    sys.exit(1 if faults or n_faults == 0 else 0)


main()
