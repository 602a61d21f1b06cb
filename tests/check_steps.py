"""The steps of a drawing against the drawing itself:

    check_steps.py WHOLE.svg STEP.svg...      the steps in their order; the last is to show all there is

All have one page. What stands at one place in the whole drawing stands there in every step; what a step shows stays; what is no longer shown is
only what marks the step itself. Lines grow: each begins where it ever does. Prints how many steps there are, and what is wrong."""
import re
import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
# What marks one step: the ends of lines and the names there.
PASSING = re.compile(r"now-")


def read(name):
    """(page, {id: (texts, where its line begins, polygons, is new)})"""
    root = ElementTree.parse(name).getroot()
    prefix = root.get("id") + "-"
    elements = {}
    for group in root.iter(SVG + "g"):
        if group.get("id") is None:
            continue
        texts = {(float(t.get("x")), float(t.get("y"))): "".join(t.itertext()) for t in group.iter(SVG + "text")}
        starts = [tuple(map(float, p.get("d").split("C")[0][1:].split(","))) for p in group.iter(SVG + "path") if p.get("fill") == "none"]
        start = min(starts, default=None)
        shapes = {p.get("points") for p in group.iter(SVG + "polygon")}
        elements[group.get("id")[len(prefix):]] = (texts, start, shapes, group.get("data-new") == "true")
    return (root.get("width"), root.get("height"), root.get("viewBox")), elements


def main():
    faults = []
    whole_page, whole = read(sys.argv[1])
    steps = [read(name) for name in sys.argv[2:]]
    before = {}
    for number, (page, elements) in enumerate(steps, 1):
        if page != whole_page:
            faults.append(f"step {number}: another page")
        for key, (texts, start, shapes, _) in elements.items():
            if PASSING.match(key):
                continue
            if key not in whole:
                faults.append(f"step {number}: {key} is not in the whole drawing")
                continue
            # Words that change keep their line; those in the middle of a box keep its axis, which is what x says.
            for place in texts:
                if place not in whole[key][0]:
                    faults.append(f"step {number}: {key}: words at {place}")
            if not shapes <= whole[key][2]:
                faults.append(f"step {number}: {key}: another shape")
            if start != whole[key][1]:
                faults.append(f"step {number}: {key}: its line begins elsewhere")
        for key in before:
            if key not in elements and not PASSING.match(key):
                faults.append(f"step {number}: {key} is gone")
        if number > 1 and number < len(steps) and not any(new for *_, new in elements.values()):
            print(f"step {number}: nothing is new")
        if number == 1 and any(new for *_, new in elements.values()):
            faults.append("step 1: what is new of it?")
        before = elements
    for key in whole:
        if key not in before:
            faults.append(f"the last step lacks {key}")
        elif key != "frame-subtitle" and whole[key][0] != before[key][0]:
            faults.append(f"the last step says other words in {key}")
    print(f"{len(steps)} steps" + "".join("\n" + fault for fault in faults[:20]))
    return 1 if faults else 0


sys.exit(main())
