import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
root = ElementTree.parse(sys.argv[1]).getroot()
for group in root.iter(SVG + "g"):
    data = [f"{key[5:]}={value}" for key, value in sorted(group.attrib.items()) if key.startswith("data-")]
    title = group.find(SVG + "title")
    shapes = [element for element in group if element.tag in (SVG + "path", SVG + "polygon", SVG + "rect")]
    words = "".join(text for element in group.iter(SVG + "text") for text in element.itertext())
    fill = shapes[0].get("fill") if shapes else "-"
    if data:
        print(group.get("class"), *data, fill, "|", title.text if title is not None else "", "|", words)
print(root.find(SVG + "desc").text)
