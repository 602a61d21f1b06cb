"""Writes the story of x.yaml in other orders, files and notations."""
import json
import os
import random
import re

text = open("x.yaml", encoding="utf-8").read()


def section(name):
    """The lines of a section below its key."""
    return re.search(rf"^{name}:\n((?:  .*\n)+)", text, re.M).group(1).splitlines(True)


def write(name, content, mode="w"):
    with open(name, mode, **({} if "b" in mode else {"encoding": "utf-8", "newline": ""})) as file:
        file.write(content)


head = "".join(line for line in text.splitlines(True) if re.match(r"(orgflow|title|subtitle|lang):", line))
names = ["sources", "strategies", "labs", "groups", "people", "events", "claims"]
sections = {name: section(name) for name in names}
for seed, name in ((1, "shuffled.yaml"), (2, "shuffled2.yaml")):
    chance = random.Random(seed)
    order = names[:]
    chance.shuffle(order)
    body = ""
    for key in order:
        lines = sections[key][:]
        chance.shuffle(lines)
        body += key + ":\n" + "".join(lines)
    write(name, head + body)
first, second = head, "orgflow: 1\n"
for key in names:
    half = len(sections[key]) // 2
    for part in (0, 1):
        lines = sections[key][part * half:half if part == 0 else None]
        if lines:
            addition = key + ":\n" + "".join(lines)
            first, second = (first + addition, second) if part == 0 else (first, second + addition)
write("part1.yaml", first)
write("part2.yaml", second)
os.makedirs("parts")
write("parts/b.yaml", first)
write("parts/a.yaml", second)
write("crlf.yaml", text.replace("\n", "\r\n"))
write("mark.yaml", "\ufeff" + text)


def value(source):
    """What the flow style of x.yaml says: a small reader for this file alone, all scalars as strings."""
    at = 0

    def skip():
        nonlocal at
        while at < len(source) and source[at] in " ,":
            at += 1

    def read(stops):
        nonlocal at
        skip()
        if source[at] == "{":
            at += 1
            found = {}
            skip()
            while source[at] != "}":
                key = read(":")
                at += 1
                found[key] = read(",}")
                skip()
            at += 1
            return found
        if source[at] == "[":
            at += 1
            items = []
            skip()
            while source[at] != "]":
                items.append(read(",]"))
                skip()
            at += 1
            return items
        if source[at] == '"':
            end = source.index('"', at + 1)
            word = source[at + 1:end]
            at = end + 1
            return word
        start = at
        while at < len(source) and source[at] not in stops:
            at += 1
        return {"true": True, "false": False}.get(source[start:at].strip(), source[start:at].strip())

    return read("")


story = {}
for line in head.splitlines():
    key, _, word = line.partition(": ")
    story[key] = 1 if key == "orgflow" else word
for key in names:
    if key in ("events", "claims"):
        story[key] = [value(line.strip()[2:]) for line in sections[key]]
        for item in story[key]:
            for number in ("weight", "count"):
                if number in item:
                    item[number] = int(item[number])
            if "share" in item:
                item["share"] = float(item["share"])
    else:
        story[key] = {line.strip().partition(": ")[0]: value(line.strip().partition(": ")[2]) for line in sections[key]}
write("x.json", json.dumps(story, indent=1))
