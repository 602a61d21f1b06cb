"""Puts a text into every place of a story where a text may stand, draws all views in all formats, and says whether each drawing is safe and
shows the text as it is:

    hostile.py FILE [FORMAT...]        FILE holds the text as a JSON string; all formats unless some are named; `steps` only where named

VIEWS in the environment names other views, with blanks between them. Prints a line a format; `as it is` or what is wrong. Made for the cases hostile-*."""
import glob
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
import xml.etree.ElementTree as ElementTree
import zipfile

import check_page
import compare_redrawn

VIEWS = os.environ.get("VIEWS", "storyline moves strategy causes snapshot").split()
SAFE_ELEMENTS = {"svg", "g", "a", "title", "desc", "metadata", "rect", "path", "polygon", "polyline", "ellipse", "circle", "line", "text", "tspan"}
# Of the formats' own namespaces, in the metadata.
METADATA = {"RDF", "Description", "title", "description", "creator", "identifier", "language", "date", "format", "type"}


def story(text):
    return {
        "orgflow": 1,
        "title": text,
        "subtitle": text,
        "sources": {"s": {"title": text, "publisher": text, "author": text, "date": "2020", "url": "https://example.org/"}},
        "strategies": {"s1": {"name": text}, "s2": {"name": text, "note": text}},
        "labs": {
            "parent": {"name": text, "long_name": text, "kind": text, "country": text},
            "a": {"name": text, "parent": "parent", "strategy": "s1"},
            "b": {"name": text},
        },
        "groups": {"g": {"name": text}},
        "people": {"p": {"name": text, "lab": "a", "since": "2019", "role": text, "groups": ["g"], "tags": ["t"], "note": text, "sources": ["s"]}},
        "events": [
            {"id": "e1", "date": "2020", "type": "move", "people": ["p"], "from": "a", "to": "b", "role": text, "title": text, "note": text, "sources": ["s"]},
            {"id": "e2", "date": "2020-06", "type": "shift", "lab": "a", "to": "s2", "because": ["e1"], "title": text, "sources": ["s"]},
            {"id": "e3", "date": "2021", "type": "release", "lab": "b", "title": text, "because": ["e2"], "sources": ["s"]},
            {"id": "e4", "date": "2021-02", "type": "rename", "lab": "a", "name": text + ".", "sources": ["s"]},
            {"id": "e5", "date": "2021-03", "type": "transfer", "what": text, "from": "a", "to": "b", "sources": ["s"], "because": ["e3"]},
        ],
        "claims": [{"text": text, "group": "g", "lab": "b", "at": "2021", "count": 1, "sources": ["s"]}],
        "views": [
            {"id": view, "type": view, "callouts": [{"lab": "b", "text": text}, {"event": "e3", "text": text}, {"person": "p", "text": text}]}
            for view in VIEWS
        ],
    }


def run(*command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, **options)


def packed(text):
    """Without spaces, which wrapping changes, and without what has no ink and only directs writing or breaks."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]", "", text)


def has_glyphs(text):
    """Whether some font here has all letters of a text; without one a drawing shows boxes."""
    letters = {c for c in packed(text) if ord(c) > 0x7F}
    return all(run("fc-list", f":charset={ord(c):x}").stdout for c in letters)


def runs_from_right(text):
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def as_letters(text):
    """Later versions of Inter draw arrows for the signs that they are typed with, and readers find those."""
    letters = unicodedata.normalize("NFKC", text)
    return letters.replace("→", "->").replace("⟶", "-->") if os.environ.get("COMPARE_OPTIONS") else letters


def is_drawn(part, drawn):
    """Whether a text can be read from a document. The order of marks on one letter is a reader's own too."""
    if packed(as_letters(part)) in drawn:
        return True
    letters = unicodedata.normalize("NFKD", packed(part))
    return any(map(unicodedata.combining, letters)) and not Counter(letters) - Counter(unicodedata.normalize("NFKD", drawn))


def local(tag):
    return tag.rsplit("}", 1)[-1]


def svg_faults(content, text, own):
    faults = []
    tree = ElementTree.fromstring(content)
    texts, titles = [], []
    inside_metadata = {id(e) for m in tree.iter() if local(m.tag) == "metadata" for e in m.iter() if e is not m}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = local(element.tag)
        if own and name not in (METADATA if id(element) in inside_metadata else SAFE_ELEMENTS):
            faults.append(f"element {name}")
        for key, value in element.attrib.items():
            if local(key).lower().startswith("on"):
                faults.append(f"attribute {key}")
            if local(key) in ("href", "src") and not re.match(r"(https?://|mailto:)", value):
                faults.append(f"link {value}")
        if name == "text":
            texts.append("".join(element.itertext()))
        elif name == "title":
            titles.append("".join(element.itertext()))
    if packed(text) not in packed("".join(texts)):
        faults.append("the text is not drawn")
    if own and not any(packed(text) in packed(title) for title in titles):
        faults.append("no title holds the text")
    return faults


def report(format, view, faults):
    print(f"{format} {view}: {', '.join(sorted(set(faults))) if faults else 'as it is'}")


def check_svg(text):
    for view in VIEWS:
        name = f"out/x-{view}.svg"
        with open(name, "rb") as file:
            content = file.read()
        faults = svg_faults(content, text, True)
        if run("xmllint", "--noout", name).returncode != 0:
            faults.append("xmllint refuses it")
        report("svg", view, faults)


def check_pdf(text):
    for view in VIEWS:
        name = f"out/x-{view}.pdf"
        faults = [] if run("qpdf", "--check", name).returncode == 0 else ["qpdf refuses it"]
        # Letters may come as the forms they are drawn in.
        words = run("pdftotext", "-raw", name, "-", text=True, encoding="utf-8").stdout
        drawn = packed(as_letters(words))
        # The order of words that run in both directions is a reader's own.
        wanted = text.split() if runs_from_right(text) else [text]
        if has_glyphs(text) and not all(is_drawn(part, drawn) for part in wanted):
            faults.append("pdftotext does not find the text")
        report("pdf", view, faults)


def check_png(_text):
    for view in VIEWS:
        with open(f"out/x-{view}.png", "rb") as file:
            content = file.read()
        whole = content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82") and len(content) > 2000
        report("png", view, [] if whole else ["no whole picture"])


def check_pptx(text):
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
    for view in VIEWS:
        name = f"out/x-{view}.pptx"
        checked = run(sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_pptx.py"), name)
        faults = [] if checked.returncode == 0 else ["check_pptx.py: " + (checked.stdout + checked.stderr).decode("utf-8", "replace").strip()]
        with zipfile.ZipFile(name) as package:
            slide = ElementTree.fromstring(package.read("ppt/slides/slide1.xml"))
        if packed(text) not in packed("".join(e.text or "" for e in slide.iter(drawing))):
            faults.append("the text is not drawn")
        if not any(packed(text) in packed(e.get("name")) for e in slide.iter() if local(str(e.tag)) == "cNvPr"):
            faults.append("no object is named by the text")
        # Nothing is run, and a click leads to the web alone: check_pptx.py looks at where links lead.
        faults += [f"an action {e.get('action')}" for e in slide.iter() if e.get("action") is not None]
        report("pptx", view, faults)


def check_html(text):
    for view in VIEWS:
        with open(f"out/x-{view}.html", encoding="utf-8") as file:
            content = file.read()
        page = check_page.check(content)
        if packed(text) not in packed("".join(page.headings)):
            page.faults.append("the text is not the heading")
        data = json.loads(page.data)
        told = [entry.get(key, "") for entry in [*data["items"].values(), *data["facts"]] for key in ("name", "text", "note", "about")]
        if not any(packed(text) in packed(words) for words in told):
            page.faults.append("the text is not in the data")
        report("html", view, page.faults)


def check_txt(text):
    for view in VIEWS:
        with open(f"out/x-{view}.txt", "rb") as file:
            content = file.read().decode("utf-8")
        controls = {f"{ord(c):x}" for c in content if unicodedata.category(c) == "Cc" and c != "\n"}
        faults = [f"control characters {' '.join(sorted(controls))}"] if controls else []
        if packed(text) not in packed(content):
            faults.append("the text is not told")
        report("txt", view, faults)


def check_dot(text):
    for view in VIEWS:
        redrawn = run("neato", "-n2", "-Tsvg", f"out/x-{view}.dot")
        said = compare_redrawn.messages_of(redrawn)
        quiet = not said or not has_glyphs(text)  # boxes are measured in other ways
        faults = [] if redrawn.returncode == 0 and quiet else ["neato: " + said]
        report("dot", view, faults + svg_faults(redrawn.stdout, text, False))


def check_steps(text):
    """An SVG that plays the steps, the last of the numbered ones, and slides."""
    os.makedirs("out")
    for view in VIEWS:
        if view == "snapshot":
            continue
        faults = []
        for arguments in (["--animate", "-o", f"out/x-{view}.svg"], ["-o", "out/"], ["-o", f"out/x-{view}.pptx"]):
            done = run("orgflow", "render", "-q", "x.yaml", "-v", view, "--steps", "events", *arguments)
            too_large = done.returncode == 4 and arguments[-1].endswith(".pptx")  # for a slide
            if done.returncode != 0 and not too_large:
                faults.append(f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace').rstrip()}")
        steps = sorted(glob.glob(f"out/x-{view}-[0-9]*.svg"))
        for name in [] if faults else [f"out/x-{view}.svg", steps[-1]]:
            with open(name, "rb") as file:
                faults += [fault for fault in svg_faults(file.read(), text, True) if fault != "element style"]
            if run("xmllint", "--noout", name).returncode != 0:
                faults.append("xmllint refuses it")
        with open(f"out/x-{view}.svg", encoding="utf-8") as file:
            style = file.read().split("<style>")[1].split("</style>")[0]
        if not re.fullmatch(r"[-a-z0-9@#.:;,%{}() *]*", style):
            faults.append("the style holds more than rules of its own")
        report("steps", view, faults)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = json.load(file)
    with open("x.yaml", "w", encoding="utf-8") as file:
        json.dump(story(text), file, ensure_ascii=False, indent=1)
    if sys.argv[2:] == ["steps"]:
        check_steps(text)
        return
    for format, check in (("svg", check_svg), ("html", check_html), ("pdf", check_pdf), ("png", check_png), ("pptx", check_pptx), ("txt", check_txt), ("dot", check_dot)):
        if sys.argv[2:] and format not in sys.argv[2:]:
            continue
        done = run("orgflow", "render", "x.yaml", "-T", format, "-o", "out/")
        if b"\x1b" in done.stderr:
            print("a raw escape in the messages")
        if done.returncode != 0:
            print(f"{format}: status {done.returncode}: {done.stderr.decode('utf-8', 'replace').rstrip()}")
        else:
            check(text)


main()
