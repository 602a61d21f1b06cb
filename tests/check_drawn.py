#!/usr/bin/env python3
"""Holds drawings of a difference against its record, on a pair of files and on random ones:

    check_drawn.py [--views VIEWS] OLD NEW [DRAWING OPTIONS…]
    check_drawn.py [--views VIEWS] --random N [SEED]

Laws: every change of the record is marked in the drawing or listed under it, and nothing else is; what is marked has a change behind it; what one panel
shares with another has one place; `before` and `after` say what a drawing of that revision alone says; `neato -n2` redraws what we draw. Prints what
does not hold. `orgflow` is on the PATH."""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter

VIEWS = ["moves", "strategy", "causes", "snapshot"]
LISTING = ["storyline"]  # what has no place in the picture is listed under it, and that hangs on what else is there
PANELS = ["before", "diff", "after"]
FRAME = {"title", "subtitle", "legend", "remark", "source", "empty"}


def run(*command, may_fail=False):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1) and not may_fail:
        raise SystemExit(f"{' '.join(command)}: {done.returncode}: {done.stderr}")
    return done


def groups(tree):
    return [group for group in tree.iter("{http://www.w3.org/2000/svg}g") if group.get("id")]


def body(tree):
    return [group for group in groups(tree) if group.get("data-kind") not in FRAME and not group.get("id").endswith("-graph")]


def words(elements):
    found = Counter()
    for element in elements:
        for text in element.iter("{http://www.w3.org/2000/svg}text"):
            found.update("".join(text.itertext()).replace("\u00a0", " ").split())
    return found


def record_ids(record):
    return {(change["verb"] + ":" + change["id"]).replace(" ", "%20") for change in record["changes"]}


def check_marks(view, tree, record):
    problems, found = [], set()
    for group in groups(tree):
        ids = (group.get("data-change-ids") or "").split()
        found.update(ids)
        change = group.get("data-change")
        if group.get("data-kind") in FRAME:
            continue
        if group.get("id").endswith("-graph"):
            continue
        if change not in ("added", "removed", "changed", "retargeted", "unchanged"):
            problems.append(f"{view}: {group.get('id')} says nothing of its change")
        elif (change == "unchanged") != (not ids):
            problems.append(f"{view}: {group.get('id')} is {change} by {ids}")
    known = record_ids(record)
    problems += [f"{view}: {change} is neither drawn nor listed" for change in sorted(known - found)]
    problems += [f"{view}: {change} is in the drawing and not in the record" for change in sorted(found - known)]
    return problems


def places(path):
    """Where nodes and clusters are in a graph."""
    program = ('N{print("n ", name, "|", pos)} '
               'END_G{graph_t g; for (g = fstsubg($G); g; g = nxtsubg(g)) if (g.bb != "") print("c ", g.name, "|", g.bb)}')
    found = {}
    for line in run("gvpr", program, path).stdout.splitlines():
        name, _, place = line.partition("|")
        if not name.startswith("n frame-"):
            found[name] = place
    return found


def check_panels(view, folder, name):
    problems = []
    at = {panel: places(f"{folder}/{name}-{view}-{panel}.dot") for panel in PANELS}
    for panel in ("before", "after"):
        for node in sorted(set(at[panel]) & set(at["diff"])):
            if at[panel][node] != at["diff"][node]:
                problems.append(f"{view}: {node} stands elsewhere {panel}: {at[panel][node]} not {at['diff'][node]}")
    drawn = {}
    for panel in PANELS:
        tree = ElementTree.parse(f"{folder}/{name}-{view}-{panel}.svg").getroot()
        for group in body(tree):
            shape = next((child for child in group if child.tag.endswith(("polygon", "path"))), None)
            # An outline of rounded corners is a path as lines are; arrowheads grow with what is new.
            outline = (shape.get("points") or shape.get("d")) if shape is not None and group.get("class", "").split()[0] in (
                "lab", "stance", "event") else None
            if outline is not None and drawn.setdefault(group.get("id"), outline) != outline:
                problems.append(f"{view}: {group.get('id')} is drawn elsewhere {panel}")
    return problems


def labels(tree):
    """What is said in the picture, and what is listed under it, without numbers of sources."""
    said, listed = set(), ""
    for group in groups(tree):
        text = " ".join("".join(text.itertext()) for text in group.iter("{http://www.w3.org/2000/svg}text")).replace("\u00a0", " ")
        text = re.sub(r" ?\[[\d ]+\]", "", text)
        if group.get("class") == "remark":
            listed += text + "\n"
        elif group.get("data-kind") not in FRAME and not re.fullmatch(r"\d*", text):
            said.add(text)
    return said, listed


def check_labels(view, folder, name, sides, window, options):
    """A panel says, or lists, what a drawing of that revision alone says."""
    problems = []
    for side, panel in zip(sides, ("before", "after")):
        run("orgflow", "render", "-q", side, "-v", view, *window, *options, "-T", "svg", "-o", f"{folder}/alone.svg")
        alone, alone_listed = labels(ElementTree.parse(f"{folder}/alone.svg").getroot())
        panelled, panel_listed = labels(ElementTree.parse(f"{folder}/{name}-{view}-{panel}.svg").getroot())
        problems += [f"{view}: {panel} does not say {text}" for text in sorted(alone - panelled) if text not in panel_listed]
        problems += [f"{view}: {panel} alone says {text}" for text in sorted(panelled - alone) if text not in alone_listed]
    return problems


def check_sides(view, folder, name, sides, window, options):
    """The words of a panel are those of a drawing of that revision alone."""
    problems = []
    if view in LISTING:
        return check_labels(view, folder, name, sides, window, options)
    for side, panel in zip(sides, ("before", "after")):
        run("orgflow", "render", "-q", side, "-v", view, *window, *options, "-T", "svg", "-o", f"{folder}/alone.svg")
        alone = words(body(ElementTree.parse(f"{folder}/alone.svg").getroot()))
        panelled = words(body(ElementTree.parse(f"{folder}/{name}-{view}-{panel}.svg").getroot()))
        # Sources are numbered for both together, and doubt is measured against the new revision.
        for found in (alone, panelled):
            for word in list(found):
                if re.fullmatch(r"\[?\d+\]?|[°?≠]", word):
                    del found[word]
        if alone != panelled:
            problems.append(f"{view}: {panel} is without {dict(alone - panelled)}, has {dict(panelled - alone)}")
    return problems


def check_pair(old, new, views, options, window=()):
    record = json.loads(run("orgflow", "diff", old, new, "-f", "json").stdout)
    name = os.path.basename(new).rsplit(".", 1)[0]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        asked = [word for view in views for word in ("-v", view)]
        for form in ("svg", "dot"):
            run("orgflow", "diff", "-q", old, new, "-f", form, "--panel", "all", *asked, *window, *options, "-o", folder + "/")
        for view in views:
            tree = ElementTree.parse(f"{folder}/{name}-{view}-diff.svg").getroot()
            problems += check_marks(view, tree, record)
            problems += check_panels(view, folder, name)
            if window:
                problems += check_sides(view, folder, name, (old, new), window, options)
            here = os.path.dirname(os.path.abspath(__file__))
            for panel in PANELS:
                stem = f"{folder}/{name}-{view}-{panel}"
                redrawn = run(sys.executable, f"{here}/compare_redrawn.py", stem + ".svg", stem + ".dot", may_fail=True).stdout.strip()
                if redrawn != "as drawn":
                    problems.append(f"{view} {panel}: {redrawn}")
    return problems


# ---- Random pairs ----

class Story:
    """A story of stints, shifts and milestones that is valid whatever is in it."""

    def __init__(self, dice):
        self.dice = dice
        self.labs = {f"l{i}": {"name": f"Lab {i}"} for i in range(dice.randint(2, 6))}
        for i, lab in enumerate(list(self.labs.values())[1:], 1):
            if dice.random() < 0.4:
                lab["parent"] = f"l{dice.randrange(i)}"
            if dice.random() < 0.6:
                lab["strategy"] = f"s{dice.randrange(3)}"
        self.sources = {f"q{i}": {"title": f"Source {i}", "date": f"20{10 + i}"} for i in range(3)}
        self.people, self.events, self.claims = {}, [], []
        for i in range(dice.randint(1, 7)):
            self.people[f"p{i}"] = {"name": f"Person {i}", "stints": self.stints()}
        for _ in range(dice.randint(0, 8)):
            self.add_event()

    def stints(self):
        dice, year, stints = self.dice, self.dice.randint(2010, 2014), []
        last = None
        for _ in range(dice.randint(1, 3)):
            lab = dice.choice([key for key in self.labs if key != last])
            end = year + dice.randint(1, 3)
            stints.append({"lab": lab, "from": f"{year}-0{dice.randint(1, 4)}", "to": f"{end}-0{dice.randint(1, 4)}"})
            if stints[:-1] and dice.random() < 0.7:
                stints[-1]["from"] = stints[-2]["to"]
            if dice.random() < 0.3:
                stints[-1]["role"] = dice.choice(["Engineer", "Head of research", "Chief scientist"])
            if dice.random() < 0.4:
                stints[-1].update(sources=[dice.choice(list(self.sources))], confidence=dice.choice(["confirmed", "reported"]))
            year, last = end, lab
        if dice.random() < 0.6:
            del stints[-1]["to"]
        return stints

    def add_event(self):
        dice = self.dice
        number = max([int(event["id"][1:]) for event in self.events], default=0) + 1
        event = {"id": f"e{number}", "date": f"{dice.randint(2010, 2020)}-0{dice.randint(1, 9)}", "lab": dice.choice(list(self.labs))}
        kind = dice.random()
        if kind < 0.5:
            event.update(type="shift", to=f"s{dice.randrange(3)}")
        elif kind < 0.9:
            event.update(type=dice.choice(["release", "announce"]), title=f"Thing {number}")
        else:
            event.update(type="join", weight=dice.randint(2, 9), to=event.pop("lab"))
        earlier = [other["id"] for other in self.events if other["date"] < event["date"]]
        if earlier and dice.random() < 0.7:
            event["because"] = sorted(set(dice.choices(earlier, k=2)))
        self.events.append(event)

    def drop_event(self, event):
        self.events.remove(event)
        for other in self.events:
            if event["id"] in other.get("because", []):
                other["because"].remove(event["id"])

    def edit(self):
        dice = self.dice
        deeds = [self.add_event,
                 lambda: self.people.update({f"n{dice.randrange(9)}": {"name": "New one", "stints": self.stints()}}),
                 lambda: self.people.pop(dice.choice(list(self.people))) if len(self.people) > 1 else None,
                 lambda: dice.choice(list(self.people.values())).update(stints=self.stints()),
                 lambda: dice.choice(list(self.people.values())).update(name=f"Renamed {dice.randrange(9)}"),
                 lambda: dice.choice(list(self.people.values())).update(note=f"A note {dice.randrange(9)}"),
                 lambda: dice.choice(list(self.labs.values())).update(name=f"Other lab {dice.randrange(9)}"),
                 lambda: dice.choice(list(self.labs.values())).update(color="#123456"),
                 lambda: dice.choice(list(self.sources.values())).update(title=f"Other source {dice.randrange(9)}"),
                 lambda: self.labs.update({"extra": {"name": "Extra lab"}}),
                 lambda: self.claims.append({"text": "So it is", "person": dice.choice(list(self.people)), "lab": "l0", "at": "2013", "count": 0}),
                 self.rename]
        if self.events:
            event = dice.choice(self.events)
            deeds += [lambda: self.drop_event(event), lambda: event.update(title=f"Title {dice.randrange(9)}"),
                      lambda: event.update(confidence=dice.choice(["reported", "disputed"])),
                      lambda: event.update({"to": "s1"} if event["type"] == "shift" else {"note": "Noted"})]
        dice.choice(deeds)()

    def rename(self):
        key = self.dice.choice(list(self.people))
        if "was" not in self.people[key] and not self.claims:
            self.people = {("r" + other if other == key else other): ({**person, "was": key} if other == key else person)
                           for other, person in self.people.items()}

    def write(self, path):
        story = {"orgflow": 1, "title": "Random", "sources": self.sources, "strategies": {f"s{i}": {"name": f"Stance {i}"} for i in range(3)},
                 "labs": self.labs, "people": self.people, "events": self.events, "claims": self.claims}
        with open(path, "w", encoding="utf-8") as file:
            json.dump({key: value for key, value in story.items() if value}, file)


def check_random(n, seed, views):
    problems, drawn = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for i in range(n):
            dice = random.Random(seed + i)
            story = Story(dice)
            old, new = f"{folder}/old{seed + i}.json", f"{folder}/new{seed + i}.json"
            story.write(old)
            for _ in range(dice.randint(1, 5)):
                story.edit()
            story.write(new)
            if any(run("orgflow", "diff", "-q", a, b, "-f", "brief", may_fail=True).returncode > 1 for a, b in ((old, new), (new, old))):
                continue  # what the edits have made is no story
            drawn += 1
            found = check_pair(old, new, views, [], ("--from", "2009", "--to", "2021"))
            problems += [f"seed {seed + i}: {problem}" for problem in found]
    if drawn < n * 2 // 3:
        problems.append(f"only {drawn} of {n} pairs were stories")
    return problems


def main():
    arguments = sys.argv[1:]
    views = VIEWS
    if arguments[0] == "--views":
        views = arguments[1].split(",")
        arguments = arguments[2:]
    if arguments[0] == "--random":
        problems = check_random(int(arguments[1]), int(arguments[2]) if len(arguments) > 2 else 1, views)
    else:
        problems = check_pair(arguments[0], arguments[1], views, arguments[2:])
    print("\n".join(problems) if problems else "as recorded")


main()
