"""Validates the parts of a presentation against each other, and tells what is on its slides:

    check_pptx.py FILE.pptx

Every part has a content type and is well-formed, every relationship leads to a part, every relationship that is used is there, ids are unique on a slide,
glued connectors end at shapes with such a site, frames are within the numbers that programs read and on the slide, colours of the theme are called by names that there are, the
presentation lists each slide once and nothing but its own, nothing executable is held, and all dates in the package are the same. Prints the slides' titles and the names of their
objects, and of a template's slides (whose theme is not orgflow's) the layout and what is taken of the theme; ends with 1 after telling what is wrong."""
import posixpath
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
PRESET_SITES = {"rect": 4, "ellipse": 8}
SCHEME = {"tx1", "bg1", "tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"}
EXECUTABLE = ("vba", "macro", "activex", "oleobject", "control", "ctrlprop")

faults = []


def fault(text):
    faults.append(text)


def relations_name(part):
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def check_types(package, parts):
    types = parts["[Content_Types].xml"]
    defaults = {e.get("Extension") for e in types.iter(TYPES + "Default")}
    overrides = {e.get("PartName") for e in types.iter(TYPES + "Override")}
    for name in parts:
        if name != "[Content_Types].xml" and "/" + name not in overrides and name.rsplit(".", 1)[-1] not in defaults:
            fault(f"{name} has no content type")
        if name.endswith(".xml") and name != "[Content_Types].xml" and "/" + name not in overrides:
            fault(f"{name} has only a default content type")
    for name in overrides:
        if name[1:] not in parts:
            fault(f"the content type of {name} is of no part")


def check_relations(parts):
    reached = set()
    for name, tree in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [e.get("Id") for e in tree.iter(RELATIONS + "Relationship")]
        if len(ids) != len(set(ids)):
            fault(f"{name}: an id twice")
        for relation in tree.iter(RELATIONS + "Relationship"):
            target = relation.get("Target")
            if relation.get("TargetMode") == "External":
                if not target.startswith(("http://", "https://", "mailto:")):
                    fault(f"{name}: a link to {target}")
                continue
            path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            reached.add(path)
            if path not in parts:
                fault(f"{name}: {target} is no part")
    for name, tree in parts.items():
        if not name.endswith(".rels") and name not in reached and name != "[Content_Types].xml":
            fault(f"no relationship leads to {name}")
        known = set()
        if relations_name(name) in parts:
            known = {e.get("Id") for e in parts[relations_name(name)].iter(RELATIONS + "Relationship")}
        for element in tree.iter():
            for key, value in element.attrib.items():
                if key.startswith(R) and value not in known:
                    fault(f"{name}: there is no relationship {value}")


def objects(tree):
    """All elements but those of a fallback, which stands for another."""
    stack = [tree]
    while stack:
        element = stack.pop()
        if element.tag == MC + "Fallback":
            continue
        yield element
        stack.extend(reversed(element))


def sites_of(shape):
    preset = shape.find(f"{P}spPr/{A}prstGeom")
    if preset is not None:
        return PRESET_SITES[preset.get("prst")]
    return len(shape.findall(f"{P}spPr/{A}custGeom/{A}cxnLst/{A}cxn"))


def check_slide(name, tree):
    shapes, ids = {}, []
    for element in objects(tree):
        if element.tag == P + "cNvPr":
            ids.append(element.get("id"))
        if element.tag == P + "sp":
            shapes[element.find(f"{P}nvSpPr/{P}cNvPr").get("id")] = element
        for key in ("x", "y", "cx", "cy"):
            if element.tag in (A + "off", A + "ext", A + "pt") and key in element.attrib:
                value = int(element.get(key))
                if abs(value) > 2**31 - 1 or (key.startswith("c") and value < 0):
                    fault(f"{name}: {element.tag} {key} is {value}")
    for one in {i for i in ids if ids.count(i) > 1}:
        fault(f"{name}: two objects have the id {one}")
    n_glued = 0
    for element in objects(tree):
        if element.tag in (A + "stCxn", A + "endCxn"):
            n_glued += 1
            shape = shapes.get(element.get("id"))
            if shape is None or int(element.get("idx")) >= sites_of(shape):
                fault(f"{name}: a connector is glued to site {element.get('idx')} of {element.get('id')}, which is not there")
    return n_glued


def parts_of_type(parts, word):
    """The parts whose content type ends in a word: "slide"."""
    types = parts["[Content_Types].xml"]
    ending = f".{word}+xml"
    return [e.get("PartName")[1:] for e in types.iter(TYPES + "Override") if e.get("ContentType").endswith(ending)]


def follow(parts, name, kind):
    """The parts that the relationships of a kind lead to."""
    found = []
    for relation in parts[relations_name(name)].iter(RELATIONS + "Relationship"):
        if relation.get("Type").endswith("/" + kind):
            found.append(posixpath.normpath(posixpath.join("/" + posixpath.dirname(name), relation.get("Target"))).lstrip("/"))
    return found


def check_presentation(parts):
    """The slides in their order."""
    (name,) = parts_of_type(parts, "presentation.main")
    tree = parts[name]
    ids = [e.get("id") for e in tree.iter(P + "sldId")]
    if len(set(ids)) != len(ids) or any(int(i) < 256 for i in ids):
        fault("ids of slides")
    order = [child.tag for child in tree]
    wanted = [P + tag for tag in ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz")]
    if [tag for tag in order if tag in wanted] != [tag for tag in wanted if tag in order] or len(set(order)) != len(order):
        fault("the order of the presentation's lists")
    if "sectionLst" in ElementTree.tostring(tree, encoding="unicode"):
        fault("a section is left")
    slides = follow(parts, name, "slide")
    if sorted(slides) != sorted(parts_of_type(parts, "slide")) or len(slides) != len(ids):
        fault("the presentation lists other slides than there are")
    for part in parts:
        if any(word in part.lower() for word in EXECUTABLE) or "comment" in part.lower():
            fault(f"the part {part}")
    size = tree.find(P + "sldSz")
    return slides, int(size.get("cx")), int(size.get("cy"))


def check_place(name, tree, width, height):
    """The drawing stands on the slide, but for lines' widths and the heights of letters."""
    frame = tree.find(f"{P}cSld/{P}spTree/{P}grpSp/{P}grpSpPr/{A}xfrm")
    if frame is None:
        return
    x, y = (int(frame.find(A + "off").get(key)) for key in ("x", "y"))
    cx, cy = (int(frame.find(A + "ext").get(key)) for key in ("cx", "cy"))
    room = 6 * 12700
    if x < -room or y < -room or x + cx > width + room or y + cy > height + room:
        fault(f"{name}: the drawing leaves the slide")


def tell_look(parts, name, tree):
    """Of a template's slide: its layout, whether the drawing stands below the title's place, what it takes of the theme."""
    (layout,) = follow(parts, name, "slideLayout")
    if any(e.get("name") == "orgflow" for e in parts[follow(parts, follow(parts, layout, "slideMaster")[0], "theme")[0]].iter(A + "clrScheme")):
        return
    scheme = {e.get("val") for e in tree.iter(A + "schemeClr")}
    if not scheme <= SCHEME:
        fault(f"{name}: colours {scheme - SCHEME}")
    fonts = {e.get("typeface") for e in tree.iter(A + "latin")}
    own = {e.tag for e in tree.iter() if e.tag == P + "bg"}
    print("layout:", parts[layout].find(P + "cSld").get("name"), "| colours:", " ".join(sorted(scheme)), "| fonts:", " ".join(sorted(fonts)),
          "| background of its own" if own else "| background of the template")


def tell_slide(tree, n_glued):
    titles = [e for e in tree.iter(P + "sp") if e.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None]
    print("slide:", " ".join("".join(t.text or "" for t in e.iter(A + "t")) for e in titles))
    drawing = tree.find(f"{P}cSld/{P}spTree/{P}grpSp")
    if drawing is None:
        return
    print("alt text:", drawing.find(f"{P}nvGrpSpPr/{P}cNvPr").get("descr"))
    groups = [e.find(f"{P}nvGrpSpPr/{P}cNvPr").get("name") for e in drawing.findall(P + "grpSp")]
    print("objects:", "; ".join(groups))
    print("glued ends:", n_glued)


def main(path):
    package = zipfile.ZipFile(path)
    if package.testzip() is not None or len({i.date_time for i in package.infolist()}) != 1:
        fault("the package is damaged, or its dates differ")
    if package.namelist()[0] != "[Content_Types].xml" or len(set(package.namelist())) != len(package.namelist()):
        fault("the content types do not come first, or a part is there twice")
    parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    check_types(package, parts)
    check_relations(parts)
    slides, width, height = check_presentation(parts)
    for name in slides:
        tell_slide(parts[name], check_slide(name, parts[name]))
        check_place(name, parts[name], width, height)
        tell_look(parts, name, parts[name])
        (notes,) = (parts[n] for n in follow(parts, name, "notesSlide"))
        print("notes:", len(list(notes.iter(A + "p"))) - 2, "after the description,", len(list(notes.iter(A + "hlinkClick"))), "of them linked")
    print("\n".join(faults) if faults else "all parts fit")
    return 1 if faults else 0


sys.exit(main(sys.argv[1]))
