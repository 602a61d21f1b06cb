#!/usr/bin/env python3
"""Tells when a drawing under output/ is stale: check_drawings.py ROOT ORGFLOW

Every view of every file under graphs/ and every difference that script/demo draws must be there as SVG, PNG and PDF, nothing else may be, and each must carry the digest of its data and the
program's version. `script/demo` draws them anew."""
import json
import pathlib
import re
import subprocess
import sys
import zlib

FORMATS = ("svg", "png", "pdf")
# What script/demo draws besides the views of graphs/: the new side of a difference.
DIFFERENCES = {"llama-2025-what-changed": "tests/data/llama-2025-12.yaml"}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def png_texts(data):
    texts, at = {}, 8
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        body = data[at + 8:at + 8 + length]
        if kind == b"tEXt":
            key, _, value = body.partition(b"\0")
            texts[key.decode("latin-1")] = value.decode("latin-1")
        elif kind == b"iTXt":
            key, _, rest = body.partition(b"\0")
            texts[key.decode("latin-1")] = rest[2:].split(b"\0", 2)[2].decode("utf-8")
        at += 12 + length
    return " ".join(texts.values())


def pdf_texts(data):
    """What the document says of itself stands in strings of its objects, as text or as UTF-16 in hex."""
    streams = [data]
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            streams.append(zlib.decompressobj().decompress(data[found.end():]))
        except zlib.error:
            pass
    text = b" ".join(streams)
    hexes = b" ".join(bytes.fromhex(found.group(1).decode()) for found in re.finditer(rb"<((?:[0-9A-Fa-f]{2})+)>", text))
    return (text + hexes).replace(b"\0", b"").decode("latin-1")


def marks(path):
    data = path.read_bytes()
    return {"svg": lambda d: d.decode("utf-8"), "png": png_texts, "pdf": pdf_texts}[path.suffix[1:]](data)


def views_of(graph, orgflow):
    saved = re.search(r"^views:$(.*)", graph.read_text(encoding="utf-8"), re.M | re.S)
    if saved:
        return re.findall(r"^  - (?:\{)?id: ([a-z0-9._-]+)", saved.group(1), re.M)
    return [line.split()[0] for line in run(orgflow, "views").splitlines()]


def drawings(root, orgflow):
    """Names of drawings, with the data that each is of."""
    for graph in sorted((root / "graphs").glob("*.yaml")):
        for view in views_of(graph, orgflow):
            yield f"{graph.stem}-{view}", graph
    for name, graph in DIFFERENCES.items():
        yield name, root / graph


def problems(root, orgflow):
    version = run(orgflow, "version").split()[1]
    expected, digests = set(), {}
    for name, graph in drawings(root, orgflow):
        if graph not in digests:
            digests[graph] = json.loads(run(orgflow, "check", graph, "--format", "json"))["digest"]
        for ending in FORMATS:
            path = root / "output" / f"{name}.{ending}"
            expected.add(path)
            if not path.exists():
                yield f"{path.name} is missing"
                continue
            text = marks(path)
            if digests[graph] not in text:
                yield f"{path.name} was drawn from other data"
            if version not in text:
                yield f"{path.name} was drawn by another version"
    for path in sorted((root / "output").iterdir()):
        if path not in expected:
            yield f"{path.name} belongs to no view"


def main():
    found = list(problems(pathlib.Path(sys.argv[1]), sys.argv[2]))
    print("\n".join(found) or "drawings: all are up to date")
    if found:
        print("run script/demo and commit what it writes")
    sys.exit(1 if found else 0)


main()
