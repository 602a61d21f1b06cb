#!/usr/bin/env python3
"""Holds pages of a difference against its record and its drawings: check_diff_page.py OLD NEW [DIFF OPTIONS…]

Laws, of the page of each view: its list has the changes of the record, in the words of the text, and nothing else; what is marked in its drawing is in
the list; what it shows of a panel is what the drawing of that panel shows; ids are given once; its policy names the scripts and styles that it has, and
it refers to nothing but links. Prints what does not hold. `orgflow` is on the PATH."""
import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

VIEWS = {"storyline": 3, "moves": 3, "strategy": 3, "causes": 3, "snapshot": 3, "retention": 2, "alluvial": 2}
AROUND = {"title", "subtitle", "remark", "source"}  # what the page says in its own words
PANELS = ["before", "diff", "after"]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: {done.returncode}: {done.stderr}")
    return done.stdout


class Page(html.parser.HTMLParser):
    """Its list of changes, the elements of its drawing with their words, and all that refers to something."""

    def __init__(self, text):
        super().__init__()
        self.changes, self.elements, self.ids, self.scripts, self.styles, self.refers = {}, [], [], [], [], []
        self.policy = self.data = ""
        self.change = self.sink = None
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.refers += [f"{tag} {name}" for name in attrs if name in ("src", "href", "srcset", "data", "action", "xlink:href") and tag != "a"]
        self.refers += [f"{name}={attrs[name]}" for name in attrs if name.startswith("on") or (name == "href" and not re.match("(https?|mailto):", attrs[name]))]
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if tag == "li" and "data-change" in attrs:
            self.change = attrs["data-change"]
        if tag == "span" and attrs.get("class") == "words":
            self.changes[self.change], self.sink = "", "words"
        if tag in ("script", "style"):
            self.sink = tag
            if attrs.get("type") == "application/json":
                self.sink = "data"
            else:
                {"script": self.scripts, "style": self.styles}[tag].append("")
        if tag == "g":
            self.depth += 1
            if self.depth == 1:
                self.elements.append([attrs, []])
        if tag == "text" and self.depth:
            self.elements[-1][1].append("")
            self.sink = "text"

    def handle_endtag(self, tag):
        self.depth -= tag == "g"
        if tag in ("span", "script", "style", "text"):
            self.sink = None

    def handle_data(self, data):
        if self.sink == "words":
            self.changes[self.change] += data
        elif self.sink == "text":
            self.elements[-1][1][-1] += data
        elif self.sink == "data":
            self.data += data
        elif self.sink == "script":
            self.scripts[-1] += data
        elif self.sink == "style":
            self.styles[-1] += data


def drawn(path):
    """The words of the body of a drawing, sorted."""
    tree, found = ElementTree.parse(path).getroot(), []
    for group in tree:
        if group.tag.endswith("}g") and group.get("data-kind") not in AROUND:
            found += ["".join(text.itertext()) for text in group.iter("{http://www.w3.org/2000/svg}text")]
    return sorted(found)


def named(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def check_view(view, n_panels, folder, arguments):
    problems = []
    record = json.loads(run("orgflow", "diff", "-q", *arguments, "-f", "json"))
    known = {(change["verb"] + ":" + change["id"]).replace(" ", "%20") for change in record["changes"]}
    lines = run("orgflow", "diff", "-q", *arguments).splitlines()
    words = sorted(re.sub(r"  \([^()]*:\d+\)$", "", line[4:]) for line in lines if re.match(r"  [-+~] ", line))
    run("orgflow", "diff", "-q", *arguments, "-v", view, "-f", "html", "-o", f"{folder}/page.html")
    with open(f"{folder}/page.html", encoding="utf-8") as file:
        page = Page(file.read())
    marked = {change for attrs, _ in page.elements for change in (attrs.get("data-change-ids") or "").split()}
    if set(page.changes) != known:
        problems.append(f"the list has {sorted(set(page.changes) - known)}, is without {sorted(known - set(page.changes))}")
    if sorted(page.changes.values()) != words:
        problems.append(f"the list says {sorted(set(page.changes.values()) ^ set(words))[:4]}")
    if not marked <= known:
        problems.append(f"marked, but not listed: {sorted(marked - known)}")
    if len(page.ids) != len(set(page.ids)):
        problems.append(f"ids given twice: {sorted({one for one in page.ids if page.ids.count(one) > 1})[:4]}")
    for text in page.scripts + page.styles:
        if named(text) not in page.policy:
            problems.append(f"the policy does not name what begins with {text[:60]!r}")
    if page.refers:
        problems.append(f"refers to {sorted(set(page.refers))}")
    panels = [panel["name"] for panel in json.loads(page.data)["views"][0].get("panels", [])]
    if panels != (PANELS if n_panels == 3 else ["before", "after"]) and known or panels and not known:
        problems.append(f"has the panels {panels}")
    run("orgflow", "diff", "-q", *arguments, "-v", view, "-f", "svg", "--panel", "all", "-o", folder + "/")
    name = os.path.basename(arguments[1]).rsplit(".", 1)[0]
    for panel in panels:
        shown = sorted(text for attrs, texts in page.elements if panel in attrs.get("data-panels", "").split() for text in texts)
        alone = drawn(f"{folder}/{name}-{view}-{panel}.svg")
        if shown != alone:
            problems.append(f"{panel} shows {[text for text in shown if text not in alone][:4]}, not {[text for text in alone if text not in shown][:4]}")
    return [f"{view}: {problem}" for problem in problems]


def main():
    problems = []
    for view, n_panels in VIEWS.items():
        with tempfile.TemporaryDirectory() as folder:
            problems += check_view(view, n_panels, folder, sys.argv[1:])
    print("\n".join(problems) if problems else "as recorded")


main()
