#!/usr/bin/env python3
"""Holds web pages (-T html) against what they promise, without a browser: check_page.py FILE.html…

Laws: the policy names the hashes of the scripts and styles that are there, and allows nothing else; nothing refers to anything but links to the web,
and anchors; nothing but HTML's own words and the drawing's shapes; each id once, and what is named by an id is there; the data can be read, and every
place in it is one. Prints what does not hold, a line each, and ends with 1 where there is something."""
import base64
import hashlib
import html.parser
import json
import re
import sys

ELEMENTS = {"html", "head", "meta", "title", "style", "body", "main", "section", "h1", "p", "div", "ul", "li", "a", "script",
            "svg", "g", "desc", "rect", "path", "polygon", "polyline", "ellipse", "circle", "line", "text", "tspan"}
REFERRING = {"src", "href", "xlink:href", "srcset", "data", "action", "poster", "background", "cite", "ping"}


class Page(html.parser.HTMLParser):
    """Of a page: its policy, scripts, styles, data, headings, ids and faults."""

    def __init__(self, text):
        super().__init__()
        self.policy, self.blocks, self.data, self.headings, self.ids, self.named, self.faults = "", {"script": [], "style": []}, "", [], [], [], []
        self.inside, self.is_data = None, False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in ELEMENTS:
            self.faults.append(f"element {tag}")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"attribute {name}")
            if name in REFERRING and not (tag == "a" and re.match(r"(https?://|mailto:)", value)):
                self.faults.append(f"{tag} refers to {value}")
        if len(values) != len(attrs):
            self.faults.append("an attribute twice")
        self.ids += [values["id"]] if "id" in values else []
        self.named += (values.get("aria-labelledby", "") + " " + values.get("aria-describedby", "")).split()
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        elif "http-equiv" in values:
            self.faults.append(f"http-equiv {values['http-equiv']}")
        self.inside, self.is_data = tag, values.get("type") == "application/json"
        if tag in self.blocks and not self.is_data:
            self.blocks[tag].append("")
        if tag == "h1":
            self.headings.append("")

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        if self.is_data and self.inside == "script":
            self.data += data
        elif self.inside in self.blocks:
            self.blocks[self.inside][-1] += data
        elif self.inside == "h1":
            self.headings[-1] += data


def hashes(texts):
    return " ".join("'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" for text in texts)


def check_data(data):
    n = len(data["items"])
    entries = [*data["items"].values(), *data["facts"]]
    faults = [f"place {place}" for entry in entries for key in ("items", "sources") for place in entry.get(key, []) if not 0 <= place < n]
    events = {fact["event"] for fact in data["facts"] if "event" in fact}
    faults += ["a fact that is two things" for fact in data["facts"] if "event" in fact and "claim" in fact]
    faults += ["an event twice"] if len(events) != sum("event" in fact for fact in data["facts"]) else []
    return faults + [f"link {entry['url']}" for entry in entries if "url" in entry and not re.match(r"(https?://|mailto:)", entry["url"])]


def check(text):
    """The page, with its faults."""
    page = Page(text)
    fonts = " font-src data:;" if "@font-face" in text else ""
    wanted = (f"default-src 'none'; script-src {hashes(page.blocks['script'])}; style-src {hashes(page.blocks['style'])};{fonts} base-uri 'none';"
              " form-action 'none'")
    if page.policy != wanted:
        page.faults.append(f"the policy is {page.policy}, not {wanted}")
    if not text.find("Content-Security-Policy") < min(text.find("<style"), text.find("<script"), text.find("<body")):
        page.faults.append("the policy comes too late")
    if any(re.search(r"url\((?!\"?data:font/)|@import", style) for style in page.blocks["style"]):
        page.faults.append("a style refers to something")
    page.faults += [f"id {name} twice" for name in set(page.ids) if page.ids.count(name) > 1]
    page.faults += [f"no id {name}" for name in page.named if name not in page.ids]
    page.faults += check_data(json.loads(page.data))
    return page


def main():
    faults = [f"{name}: {fault}" for name in sys.argv[1:] for fault in check(open(name, encoding="utf-8").read()).faults]
    print("\n".join(faults) or f"{len(sys.argv) - 1} pages are as they promise")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
