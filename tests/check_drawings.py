#!/usr/bin/env python3
"""Tells when a drawing under output/ is stale: check_drawings.py ROOT ORGFLOW

Every view of every file under graphs/ must be there as SVG, PNG and PDF, nothing else may be, and each must carry the digest of its data and the
program's version. `script/demo` draws them anew."""
import json
import pathlib
import re
import subprocess
import sys
import zlib

FORMATS = ("svg", "png", "pdf")


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


def problems(root, orgflow):
    version = run(orgflow, "version").split()[1]
    expected = set()
    for graph in sorted((root / "graphs").glob("*.yaml")):
        digest = json.loads(run(orgflow, "check", graph, "--format", "json"))["digest"]
        for view in views_of(graph, orgflow):
            for ending in FORMATS:
                path = root / "output" / f"{graph.stem}-{view}.{ending}"
                expected.add(path)
                if not path.exists():
                    yield f"{path.name} is missing"
                    continue
                text = marks(path)
                if digest not in text:
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
