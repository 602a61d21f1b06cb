#!/usr/bin/env python3
"""Completes command lines in real shells, as far as they are installed: check_completions.py ORGFLOW"""
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile
import threading
import time

# What stands before the cursor; some of what has to be offered; what must not be.
LINES = [
    (["orgflow", ""], {"render", "check", "completion"}, {"--view", "story.yaml"}),
    (["orgflow", "ren"], {"render"}, {"check"}),
    (["orgflow", "render", "--the"], {"--theme"}, {"--view"}),
    (["orgflow", "render", "--theme", ""], {"light", "dark", "print"}, {"story.yaml"}),
    (["orgflow", "render", "-v", "st"], {"storyline", "strategy"}, {"moves"}),
    (["orgflow", "render", "-T", "x"], {"xdot"}, {"svg"}),
    (["orgflow", "render", "--color", "al"], {"always"}, {"never"}),
    (["orgflow", "render", "sto"], {"story.yaml"}, {"storyline"}),
    (["orgflow", "check", "--format", ""], {"text", "json", "sarif"}, {"svg"}),
    (["orgflow", "help", "li"], {"limits"}, {"status"}),
    (["orgflow", "completion", ""], {"bash", "zsh", "fish"}, {"render"}),
    (["orgflow", "check", "--limit", "input"], {"input-bytes="}, {"depth="}),
]
# bash breaks words at `=`.
BROKEN_LINES = [(["orgflow", "render", "--theme", "=", "da"], {"dark"}, {"light"}), (["orgflow", "render", "--theme", "="], {"dark"}, {"=dark"})]

BASH = r"""
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_orgflow
printf '%s\n' "${COMPREPLY[@]}"
"""
# zsh completes in an interactive shell alone. Tab writes down there what would be offered, and a line `end`.
ZSH = r"""
PROMPT=
fpath=("$PWD" $fpath)
autoload -Uz compinit
compinit -u -D
compdef _orgflow orgflow
compadd() {
    local -a offered
    if [[ ${@[1,(i)(-|--)]} != *-[OAD]\ * ]]; then
        builtin compadd -O offered "$@"
        print -rl -- $offered >>offered
    fi
    builtin compadd "$@"
}
note() { _main_complete; print end >>offered }
zle -C note list-choices note
bindkey '^I' note
print end >>offered
"""


def bash(script, words):
    return subprocess.run(["bash", "--norc", "-c", BASH, "bash", script, *words], capture_output=True, text=True, check=True).stdout.split("\n")


def fish(script, words):
    line = " ".join(words)
    done = subprocess.run(["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], capture_output=True, text=True, check=True)
    return [row.split("\t")[0] for row in done.stdout.split("\n")]


class Zsh:
    """A shell on a terminal of its own."""

    def __init__(self, script):
        pathlib.Path("_orgflow").write_bytes(script.read_bytes())
        pathlib.Path("start").write_text(ZSH)
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.environ.update(TERM="dumb", ZDOTDIR=os.getcwd())
            os.execvp("zsh", ["zsh", "-f", "-i"])
        threading.Thread(target=self.drain, daemon=True).start()
        os.write(self.terminal, b"source ./start\n")
        self.await_end()

    def drain(self):
        try:
            while os.read(self.terminal, 4096):
                pass
        except OSError:
            pass

    def await_end(self):
        path = pathlib.Path("offered")
        for _ in range(1000):
            rows = path.read_text().split("\n") if path.exists() else []
            if "end" in rows:
                path.unlink()
                return rows
            time.sleep(0.02)
        raise TimeoutError("zsh does not answer")

    def complete(self, words):
        os.write(self.terminal, b"\x15" + " ".join(words).encode() + b"\t")
        return self.await_end()


def check(shell, orgflow):
    if shutil.which(shell) is None:
        print(f"completions: {shell} is not installed, and is left out")
        return
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("story.yaml").touch()
        script = pathlib.Path(folder, ".completion")
        script.write_bytes(subprocess.run([orgflow, "completion", shell], capture_output=True, check=True).stdout)
        subprocess.run([shell, "-n", script], check=True)
        complete = Zsh(script).complete if shell == "zsh" else lambda words: {"bash": bash, "fish": fish}[shell](script, words)
        for words, some, none in LINES + (BROKEN_LINES if shell == "bash" else []):
            found = set(complete(words))
            if not some <= found or none & found:
                yield f"{shell}: {' '.join(words)}| offers {sorted(found)}"
        os.chdir("/")


def main():
    orgflow = os.path.abspath(sys.argv[1])
    found = [problem for shell in ("bash", "zsh", "fish") for problem in check(shell, orgflow)]
    print("\n".join(found) or "completions: all is offered")
    sys.exit(1 if found else 0)


main()
