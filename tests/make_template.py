"""Writes small presentations to be used as templates, good ones and bad ones:

    make_template.py KIND FILE

wide: 16:9 with slides of its own, their notes, comments and sections, five layouts. old: 4:3, names of parts that no program has, a dark master that swaps its
colours, no notes' master. plain: wide without slides. The others are each wrong in one way, named by KIND (see `bad`)."""

import struct
import sys
import warnings
import zipfile

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = f'xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"'
TYPE = "application/vnd.openxmlformats-officedocument."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'


def theme(name, colors, font):
    roles = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
    scheme = "".join(
        f'<a:{role}><a:sysClr val="windowText" lastClr="{color}"/></a:{role}>'
        if role == "dk1"
        else f'<a:{role}><a:srgbClr val="{color}"/></a:{role}>'
        for role, color in zip(roles, colors)
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>' for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f"<a:ln>{fill}</a:ln>"
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="{name}"><a:themeElements><a:clrScheme name="{name}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{name}">{fonts}</a:fontScheme><a:fmtScheme name="{name}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def placeholder(number, kind, frame=None):
    x, y, cx, cy = frame or (0, 0, 0, 0)
    index = "" if kind == "title" else f' idx="{number}"'
    place = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>' if frame else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{index}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>{kind}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def bar(color, frame):
    x, y, cx, cy = frame
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="90" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill></p:spPr></p:sp>'
    )


def master(shapes, layouts, swapped, title_size=3200):
    light, dark = ("dk1", "lt1") if swapped else ("lt1", "dk1")
    accents = "".join(f' accent{i}="accent{i}"' for i in range(1, 7))
    ids = "".join(f'<p:sldLayoutId id="{2147483650 + i}" r:id="layout{i}"/>' for i in range(layouts))
    return (
        f'{HEAD}<p:sldMaster {NAMES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>{TREE}{shapes}'
        f'</p:spTree></p:cSld><p:clrMap bg1="{light}" tx1="{dark}" bg2="lt2" tx2="dk2"{accents} hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr><a:defRPr sz=\"{title_size}\"><a:solidFill>"
        '<a:schemeClr val="accent2"/></a:solidFill><a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle/>'
        "<p:otherStyle/></p:txStyles></p:sldMaster>"
    )


def layout(name, shapes):
    return (
        f'{HEAD}<p:sldLayout {NAMES}><p:cSld name="{name}"><p:spTree>{TREE}{shapes}</p:spTree></p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def slide(element, text, extra=""):
    return (
        f"{HEAD}<p:{element} {NAMES}><p:cSld><p:spTree>{TREE}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\">{extra}</p:cNvPr><p:cNvSpPr/><p:nvPr>"
        f'<p:ph type="{"title" if element == "sld" else "body"}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r>'
        f"<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:{element}>"
    )


class Package:
    def __init__(self):
        self.parts, self.types, self.ways = {}, {}, {}

    def add(self, name, text, kind=None):
        self.parts[name] = text
        if kind:
            self.types[name] = kind if "/" in kind else TYPE + kind + "+xml"

    def lead(self, source, number, kind, target, base=R):
        self.ways.setdefault(source, []).append(f'<Relationship Id="{number}" Type="{base}/{kind}" Target="{target}"/>')

    def items(self):
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items())
        yield "[Content_Types].xml", (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        )
        for source, ways in self.ways.items():
            folder, _, name = source.rpartition("/")
            yield (folder + "/" if folder else "") + f"_rels/{name}.rels", (
                f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(ways)}</Relationships>'
            )
        yield from self.parts.items()

    def write(self, path, method=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, text in self.items():
                archive.writestr(name, text)


def add_look(package, folder, size, name, colors, font, layouts, swapped=False, bars="", title_size=3200):
    """The master, its layouts and its theme; the presentation itself is added by the caller."""
    master_part, theme_part = f"{folder}/looks/look.xml", f"{folder}/colours/c.xml"
    cx, cy = size
    title = (cx // 20, cy // 20, cx * 9 // 10, cy // 8)
    body = (cx // 20, cy // 4, cx * 9 // 10, cy * 13 // 20)
    shapes = bars + placeholder(2, "title", title) + placeholder(3, "body", body)
    package.add(master_part, master(shapes, len(layouts), swapped, title_size), "presentationml.slideMaster")
    package.add(theme_part, theme(name, colors, font), "theme")
    package.lead(master_part, "theme", "theme", "../colours/c.xml")
    for i, (label, shapes) in enumerate(layouts):
        part = f"{folder}/layouts/{label}.xml"
        package.add(part, layout(label, shapes), "presentationml.slideLayout")
        package.lead(master_part, f"layout{i}", "slideLayout", f"../layouts/{label}.xml")
        package.lead(part, "master", "slideMaster", f"/{master_part}")


LAYOUTS = [
    ("Cover", placeholder(2, "ctrTitle", (900000, 2000000, 9000000, 1500000)) + placeholder(3, "subTitle")),
    ("Text", placeholder(2, "title") + placeholder(3, "body")),
    ("Headline", placeholder(2, "title") + placeholder(10, "dt") + placeholder(11, "ftr") + placeholder(12, "sldNum")),
    ("Low", placeholder(2, "title", (600000, 6000000, 9000000, 800000))),
    ("Empty", ""),
]
WIDE = (12192000, 6858000)
BLUE = ("1B1B1B", "FFFFFF", "1F3864", "EAEFF7", "C00000", "1F3864", "7F6000", "375623", "7030A0", "F4B183", "0563C1", "954F72")
NIGHT = ("101820", "F7F7F2", "223344", "CCD6DD", "FEE715", "2EC4B6", "FF9F1C", "E71D36", "9D4EDD", "4CC9F0", "4CC9F0", "9D4EDD")


def presentation(size, entries, after=""):
    cx, cy = size
    return (
        f'{HEAD}<p:presentation {NAMES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="m"/></p:sldMasterIdLst>'
        f'{entries}<p:sldSz cx="{cx}" cy="{cy}"/><p:notesSz cx="6858000" cy="9144000"/>{after}</p:presentation>'
    )


def wide(slides=True, layouts=None, size=WIDE, kind="presentationml.presentation.main", font="DejaVu Sans"):
    package = Package()
    bars = bar("accent2", (0, 6658000, 12192000, 200000))
    add_look(package, "ppt", size, "Blue", BLUE, font, layouts if layouts is not None else LAYOUTS, bars=bars)
    package.lead("", "p", "officeDocument", "ppt/presentation.xml")
    package.lead("ppt/presentation.xml", "m", "slideMaster", "looks/look.xml")
    if not slides:
        package.add("ppt/presentation.xml", presentation(size, ""), kind)
        return package
    sections = (
        '<p:modifyVerifier cryptProviderType="rsaAES"/><p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Secret section" '
        'id="{6C1C36A5-0F6E-4D0B-9F5B-000000000001}"><p14:sldIdLst><p14:sldId id="300"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
    )
    entries = '<p:notesMasterIdLst><p:notesMasterId r:id="n"/></p:notesMasterIdLst><p:sldIdLst><p:sldId id="300" r:id="s"/></p:sldIdLst>'
    package.add("ppt/presentation.xml", presentation(size, entries, sections), kind)
    package.add("ppt/notesMasters/own.xml", slide("notesMaster", "Notes").replace(
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>",
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" '
        'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'), "presentationml.notesMaster")
    package.add("ppt/colours/n.xml", theme("Notes", BLUE, font), "theme")
    package.add("ppt/slides/slide1.xml", slide("sld", "Secret slide"), "presentationml.slide")
    package.add("ppt/notesSlides/notesSlide1.xml", slide("notes", "Secret notes"), "presentationml.notesSlide")
    package.add("ppt/comments/comment1.xml", f'<p:cmLst {NAMES}><p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>Secret comment</p:text>'
                "</p:cm></p:cmLst>", "presentationml.comments")
    package.add("ppt/viewProps.xml", f"<p:viewPr {NAMES}/>", "presentationml.viewProps")
    package.add("docProps/core.xml", f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
                "application/vnd.openxmlformats-package.core-properties+xml")
    package.add("docProps/thumbnail.xml", "<secret/>")
    package.lead("", "c", "metadata/core-properties", "docProps/core.xml", PACKAGE + "/relationships")
    package.lead("", "t", "metadata/thumbnail", "docProps/thumbnail.xml", PACKAGE + "/relationships")
    package.lead("ppt/presentation.xml", "n", "notesMaster", "notesMasters/own.xml")
    package.lead("ppt/presentation.xml", "s", "slide", "slides/slide1.xml")
    package.lead("ppt/presentation.xml", "v", "viewProps", "viewProps.xml")
    package.lead("ppt/notesMasters/own.xml", "t", "theme", "../colours/n.xml")
    package.lead("ppt/slides/slide1.xml", "l", "slideLayout", "../layouts/Text.xml")
    package.lead("ppt/slides/slide1.xml", "n", "notesSlide", "../notesSlides/notesSlide1.xml")
    package.lead("ppt/slides/slide1.xml", "c", "comments", "../comments/comment1.xml")
    package.lead("ppt/notesSlides/notesSlide1.xml", "s", "slide", "../slides/slide1.xml")
    package.lead("ppt/notesSlides/notesSlide1.xml", "m", "notesMaster", "../notesMasters/own.xml")
    # A button on a layout that leads to a slide.
    headline = package.parts["ppt/layouts/Headline.xml"]
    button = bar("accent1", (11000000, 100000, 300000, 300000)).replace(
        'name="Bar"/>', 'name="Button"><a:hlinkClick r:id="jump" action="ppaction://hlinksldjump"/></p:cNvPr>')
    package.parts["ppt/layouts/Headline.xml"] = headline.replace("</p:spTree>", button + "</p:spTree>")
    package.lead("ppt/layouts/Headline.xml", "jump", "slide", "../slides/slide1.xml")
    return package


def old():
    package = Package()
    size = (9144000, 6858000)
    add_look(package, "x/y", size, "Night", NIGHT, "No Such Family", [("Only", placeholder(2, "title"))], swapped=True, title_size=2400)
    package.lead("", "q", "officeDocument", "/x/main.xml")
    package.add("x/main.xml", presentation(size, ""), "presentationml.template.main")
    package.lead("x/main.xml", "m", "slideMaster", "y/looks/look.xml")
    return package


def raw(path, content):
    with open(path, "wb") as file:
        file.write(content)


def with_part(package, name, text):
    package.parts[name] = text
    return package


def bad(kind, path):
    if kind == "text":
        raw(path, b"This is no zip.\n")
    elif kind == "encrypted-office":
        raw(path, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    elif kind == "docx":
        package = Package()
        package.lead("", "p", "officeDocument", "word/document.xml")
        package.add("word/document.xml", "<document/>", "wordprocessingml.document.main")
        package.write(path)
    elif kind == "zip":
        with_part(Package(), "readme.txt", "a zip of something").write(path)
    elif kind == "macros":
        wide(False, kind="application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml").write(path)
    elif kind == "no-layout":
        wide(False, [LAYOUTS[0], LAYOUTS[4]]).write(path)
    elif kind == "no-room":
        wide(False, [LAYOUTS[3]]).write(path)
    elif kind == "no-size":
        package = wide(False)
        package.parts["ppt/presentation.xml"] = package.parts["ppt/presentation.xml"].replace('cx="12192000"', 'cx="many"')
        package.write(path)
    elif kind == "no-colour":
        package = wide(False)
        package.parts["ppt/colours/c.xml"] = package.parts["ppt/colours/c.xml"].replace('srgbClr val="7F6000"', 'srgbClr val="red"')
        package.write(path)
    elif kind == "strict":
        package = wide(False)
        package.parts["ppt/presentation.xml"] = package.parts["ppt/presentation.xml"].replace(P, "http://purl.oclc.org/ooxml/presentationml/main")
        package.write(path)
    elif kind in ("entities", "outside"):
        entity = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">' if kind == "entities" else '<!ENTITY b SYSTEM "file:///etc/passwd">'
        package = wide(False)
        package.parts["ppt/presentation.xml"] = package.parts["ppt/presentation.xml"].replace(
            HEAD, f"{HEAD}<!DOCTYPE p [{entity}]>").replace("<p:sldSz", "<p:x>&b;</p:x><p:sldSz")
        package.write(path)
    elif kind == "not-well-formed":
        package = wide(False)
        package.parts["ppt/presentation.xml"] = package.parts["ppt/presentation.xml"].replace("</p:sldMasterIdLst>", "")
        package.write(path)
    elif kind == "deep":
        package = wide(False)
        package.parts["ppt/presentation.xml"] = package.parts["ppt/presentation.xml"].replace("<p:sldSz", "<a>" * 100000 + "<p:sldSz")
        package.write(path)
    elif kind in ("names", "absolute", "backslash", "twice"):
        name = {"names": "../../outside.xml", "absolute": "/etc/outside.xml", "backslash": "ppt\\..\\x.xml", "twice": "ppt/presentation.xml"}[kind]
        package = wide(False)
        warnings.simplefilter("ignore")  # of the name that is there twice
        with zipfile.ZipFile(path, "w") as archive:
            for part, text in package.items():
                archive.writestr(part, text)
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    elif kind == "bomb":
        package = wide(False)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in package.items():
                archive.writestr(part, text)
            for i in range(5):
                archive.writestr(f"ppt/media/{i}.bin", bytes(30 * 1024 * 1024))
    elif kind == "many":
        with zipfile.ZipFile(path, "w") as archive:
            for i in range(6000):
                archive.writestr(f"{i}", "")
    else:
        wide(False).write(path, zipfile.ZIP_STORED if kind == "liar" else zipfile.ZIP_DEFLATED)
        with open(path, "rb") as file:
            content = bytearray(file.read())
        if kind == "truncated":
            del content[len(content) // 2 :]
        elif kind == "damaged":
            content[300] ^= 0xFF
        elif kind == "encrypted":
            at = 0
            while (at := content.find(b"PK\3\4", at)) >= 0:
                content[at + 6] |= 1
                at += 4
            at = 0
            while (at := content.find(b"PK\1\2", at)) >= 0:
                content[at + 8] |= 1
                at += 4
        elif kind == "liar":
            # The last part is said to be a few bytes long in both of its headers.
            at = content.rfind(b"PK\1\2")
            local = struct.unpack_from("<I", content, at + 42)[0]
            struct.pack_into("<I", content, at + 24, 10)
            struct.pack_into("<I", content, local + 22, 10)
        else:
            sys.exit(f"no kind `{kind}`")
        raw(path, content)


def main():
    kind, path = sys.argv[1:]
    good = {"wide": wide, "old": old, "plain": lambda: wide(False), "crowded": lambda: wide(False, [("Small", placeholder(2, "title", (600000, 300000, 9000000, 3600000)))])}
    if kind in good:
        good[kind]().write(path)
    else:
        bad(kind, path)


main()
