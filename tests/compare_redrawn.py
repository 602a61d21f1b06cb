"""Holds what a plain Graphviz makes of our graph against our drawing of it:

    compare_redrawn.py DRAWING.svg GRAPH.dot

DRAWING and GRAPH are the same view in our formats `svg` and `dot`. `neato -n2` redraws GRAPH as SVG and as `plain`; nodes, edges and words must be
the same in all. Prints what differs, or `as drawn`."""
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter


def redraw(format):
    return subprocess.run(["neato", "-n2", "-T" + format, sys.argv[2]], check=True, capture_output=True)


def local(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def words(tree):
    """Every word once a time it is drawn. Graphviz joins words with no-break spaces, and keeps an escape from being one with a word joiner."""
    found = Counter()
    for element in tree.iter():
        if local(element) == "text":
            found.update(re.sub("[\u00a0]", " ", "".join(element.itertext())).replace("\u2060", "").split())
    return found


def plain_counts(text):
    lines = text.splitlines()
    return sum(line.startswith("node ") for line in lines), sum(line.startswith("edge ") for line in lines)


def graph_counts(name):
    """Nodes and edges as Graphviz counts them in the file itself."""
    program = "BEG_G{print($G.name); print(nNodes($G)); print(nEdges($G))}"
    out = subprocess.run(["gvpr", program, name], check=True, capture_output=True, text=True).stdout.split()
    return int(out[-2]), int(out[-1])


def classes(tree):
    """How many groups of each class hold something."""
    return Counter(
        word
        for element in tree.iter()
        if local(element) == "g" and any(local(child) != "title" for child in element)
        for word in (element.get("class") or "").split()
        if word not in ("node", "edge", "cluster", "graph", "lane")
    )


def is_ground(element):
    """The whole drawing, and lanes: Graphviz draws their shapes as the whole drawing's."""
    return local(element) == "g" and ((element.get("class") or "").split()[:1] in (["graph"], ["lane"]) or (element.get("id") or "").endswith("-graph"))


def ground(tree):
    """How many curves and lines the background has; of ours, areas of flows are among them."""
    groups = [element for element in tree.iter() if is_ground(element) or element.get("data-kind") == "flow"]
    return Counter(local(child) for group in groups for child in group if local(child) in ("path", "polyline"))


def messages_of(redrawn):
    """What Graphviz has said, but for widths where it is another one than the reference pictures are of: that measures text in another way."""
    about_widths = "size too small for label" if os.environ.get("COMPARE_OPTIONS") else "\n"
    return "\n".join(line for line in redrawn.stderr.decode("utf-8", "replace").splitlines() if about_widths not in line)


def main():
    ours = ElementTree.parse(sys.argv[1]).getroot()
    redrawn = redraw("svg")
    theirs = ElementTree.fromstring(redrawn.stdout)
    differences = []
    messages = messages_of(redrawn)
    if messages:
        differences.append("messages: " + messages)
    for name, measure in (("words", words), ("classes", classes), ("background", ground)):
        left, right = measure(ours), measure(theirs)
        if left != right:
            differences.append(f"{name}: only ours {dict(left - right)}, only redrawn {dict(right - left)}")
    counts = graph_counts(sys.argv[2])
    if plain_counts(redraw("plain").stdout.decode()) != counts:
        differences.append("nodes and edges of -Tplain")
    ids = {"graph"} | {element.get("id") for element in theirs.iter() if local(element) == "g"}  # the root has an id of its own there
    missing = [
        element.get("id")
        for element in ours.iter()
        if local(element) == "g" and not is_ground(element) and element.get("id") and element.get("id").split("-", 2)[2] not in ids
    ]
    if missing:
        differences.append(f"not redrawn: {missing}")
    print("\n".join(differences) if differences else "as drawn")


if __name__ == "__main__":
    main()
