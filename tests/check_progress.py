#!/usr/bin/env python3
"""What is told of long work on a terminal, and what Ctrl-C leaves: check_progress.py ORGFLOW

A layout process that never answers stands in for work that takes long."""
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import time

ORGFLOW = sys.argv[1]
STORY = "orgflow: 1\nlabs: {a: {}, b: {}}\npeople: {p: {stints: [{lab: a, from: 2020, to: 2021}, {lab: b, from: 2021}]}}\n"
ERASE = b"\r\x1b[K"
failed = False


def expect(holds, what, seen):
    global failed
    if not holds:
        failed = True
        print(f"{what}: {seen!r}")


class Run:
    """orgflow with standard error on a terminal of its own (or on a pipe)."""

    def __init__(self, folder, options, seconds, terminal=True, kill=None, term="xterm"):
        self.folder = folder
        (folder / "pid").unlink(missing_ok=True)
        ours, theirs = pty.openpty() if terminal else os.pipe()
        environment = dict(os.environ, ORGFLOW_LAYOUT_PROGRAM=str(folder / "sleeper"), TERM=term)
        command = [ORGFLOW, "render", "x.yaml", "-v", "moves", "-o", "x.svg", "--limit", f"layout-seconds={seconds}"] + options
        child = subprocess.Popen(command, cwd=folder, env=environment, stderr=theirs, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(theirs)
        self.said = b""
        while True:
            try:
                some = os.read(ours, 65536)
            except OSError:  # the terminal's other side is closed
                break
            if not some:
                break
            self.said += some
            if kill and b"laying out" in self.said and child.poll() is None:
                child.send_signal(kill)
                kill = None
        os.close(ours)
        self.status = child.wait()

    def left(self):
        """Files that were not there before, and whether the layout process lives."""
        files = sorted(set(os.listdir(self.folder)) - {"x.yaml", "sleeper", "pid"})
        pid = int((self.folder / "pid").read_text())
        for _ in range(50):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return files
            time.sleep(0.1)
        return files + ["the layout process"]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "x.yaml").write_text(STORY)
        # As the layout process does: it ends when its channel is closed from the other side.
        (folder / "sleeper").write_text("#!/bin/sh\necho $$ >pid\ncat >/dev/null\n")
        (folder / "sleeper").chmod(0o755)
        late = b"orgflow: layout took longer than 4 s (limit layout-seconds)"
        run = Run(folder, [], 4)
        expect(ERASE + "laying out …".encode() in run.said, "told", run.said)
        expect(run.said.split(ERASE)[-1].strip() == late and run.status == 4, "erased, and the message on a line of its own", run.said)
        expect(run.said.count(b"laying out") <= 30, "now and then", run.said)
        for what, options, terminal, term in (("-q", ["-q"], True, "xterm"), ("no terminal", [], False, "xterm"), ("a dumb one", [], True, "dumb")):
            run = Run(folder, options, 4, terminal, term=term)
            expect(run.said.strip() == late and run.status == 4, what, run.said)
        run = Run(folder, [], 1)
        expect(ERASE not in run.said, "under two seconds", run.said)
        for kill in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            run = Run(folder, [], 30, kill=kill)
            expect(run.status == -kill, f"{kill.name}: ends by it", run.status)
            expect(run.said.endswith(ERASE), f"{kill.name}: erased", run.said)
            expect(run.left() == [], f"{kill.name}: left", run.left())


main()
sys.exit(failed)
