#!/usr/bin/env python3
"""Reads the #include lines of src/ and fails where a layer reaches where it may not: check_layers.py ROOT"""
import pathlib
import re
import sys

# What each layer may include besides itself and the C library: our own layers, then headers from elsewhere by their beginning.
GLIB = ("glib.h", "glib/", "gio/", "glib-unix.h")
MAY = {
    "base": ((), GLIB + ("json-glib/", "unistd.h", "fcntl.h", "poll.h", "signal.h", "sys/")),
    "text": (("base",), GLIB),
    "model": (("base", "text"), GLIB + ("json-glib/", "nettle/")),
    "exchange": (("base", "text"), GLIB + ("json-glib/",)),
    "revision": (("base",), GLIB + ("dlfcn.h",)),
    "diff": (("base", "model"), GLIB + ("json-glib/",)),
    "edit": (("base", "text", "model", "diff"), GLIB + ("json-glib/",)),
    "layout": (("base",), GLIB),
    "view": (("base", "model", "diff", "layout"), GLIB + ("graphviz/cgraph.h", "pango/")),
    "graphviz": (("base", "program"), GLIB + ("graphviz/cgraph.h", "unistd.h", "fcntl.h", "sys/", "poll.h", "signal.h", "spawn.h", "dlfcn.h")),
    "picture": (("base", "graphviz"), GLIB + ("graphviz/cgraph.h", "graphviz/xdot.h")),
    "paint": (("base", "picture"), GLIB + ("cairo", "pango/", "libxml/", "hb", "zlib.h", "zip.h", "webp/")),
    "api": (("base", "text", "model", "exchange", "revision", "diff", "edit", "layout", "view", "graphviz", "picture", "paint"),
            GLIB + ("json-glib/", "orgflow/", "unistd.h", "fcntl.h", "poll.h", "dirent.h", "sys/")),
    "cli": (("program",), GLIB + ("orgflow/", "unistd.h", "fcntl.h", "poll.h", "signal.h", "sys/")),
    "program": ((), ("malloc.h",)),
    "serve": ((), GLIB + ("orgflow/", "libsoup/")),
}
# The files that make the layout process, and nothing else.
LAYOUT_PROCESS = {"graphviz/orgflow-layout.c", "graphviz/text_sizes.c", "graphviz/text_sizes.h"}
# These files alone may include these.
ONLY = {
    "yaml.h": {"text/node.c", "text/marks.c", "text/reader.h", "text/problem.c", "text/problem.h", "text/tree.c", "text/tag.c", "text/tag.h", "text/scalar.c"},
    "graphviz/gvc.h": LAYOUT_PROCESS,
    "graphviz/gvplugin.h": LAYOUT_PROCESS,
    "graphviz/gvplugin_textlayout.h": LAYOUT_PROCESS,
    "git2.h": {"revision/git.h"},
}
STANDARD = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "locale.h", "math.h", "stdarg.h", "stdbool.h", "stddef.h",
            "stdint.h", "stdio.h", "stdlib.h", "string.h", "time.h"}


def problems(root):
    source = root / "src"
    for path in sorted(source.rglob("*.[ch]")):
        name = path.relative_to(source).as_posix()
        layer = name.split("/")[0]
        if layer not in MAY:
            yield f"src/{name}: the layer {layer} is in no row of the table"
            continue
        ours, others = MAY[layer]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not found:
                continue
            header = found.group(2)
            if header in ONLY:
                allowed = name in ONLY[header]
            elif found.group(1) == '"' and header.split("/")[0] in MAY:
                allowed = header.split("/")[0] in (layer,) + ours
            elif header in STANDARD:
                allowed = True
            elif name == "graphviz/orgflow-layout.c":
                allowed = header.startswith(("graphviz/", "unistd.h", "fcntl.h", "poll.h", "pthread.h", "signal.h", "malloc.h", "sys/", "glib"))
            else:
                allowed = header.startswith(others)
            if not allowed:
                yield f"src/{name}:{number}: the layer {layer} may not include {header}"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "layers: all includes are allowed")
    sys.exit(1 if found else 0)


main()
