#!/usr/bin/env python3
"""Writes what a story could know on a day: cut_story.py STORY.yaml YYYY-MM-DD >OUT.yaml

Left out is what happened or was published later: events, stints, labs, claims and sources; ends of stints that lay ahead; what rests on later
sources alone; who and what is then in no event any more. Notes and saved views are left out too: they were written with hindsight.

llama-2025-05.yaml and llama-2025-12.yaml beside this file are graphs/meta-llama.yaml as of 2025-05-31 and 2025-12-31. Needs PyYAML."""
import calendar
import re
import sys

import yaml

LISTS = ("sources", "people", "labs", "groups", "because", "tags", "was")


def first_day(date):
    """The first day that an EDTF date can mean, as text that sorts."""
    start, _, end = date.partition("/")
    if start == "..":
        start = end
    start = start.rstrip("~?%")
    quarter = re.fullmatch(r"(\d{4})-(?:3(\d)|Q(\d))", start)
    if quarter:
        n = int(quarter[2]) - 2 if quarter[2] else int(quarter[3])
        return f"{quarter[1]}-{3 * n - 2:02}-01"
    parts = start.split("-")
    return "-".join(parts + ["01"] * (3 - len(parts)))


class Cut:
    def __init__(self, story, day):
        self.day = day
        self.story = story

    def known(self, date):
        return date is None or first_day(date) <= self.day

    def cite(self, item):
        """Leaves the sources that were there. False where there were none yet."""
        cited = item.get("sources", [])
        there = [source for source in cited if source in self.story["sources"]]
        if there:
            item["sources"] = there
        else:
            item.pop("sources", None)
        return bool(there) or not cited

    def cut_items(self):
        story = self.story
        for source in story["sources"].values():
            source.pop("note", None)
        story["sources"] = {key: source for key, source in story["sources"].items() if self.known(source.get("date"))}
        story["labs"] = {key: lab for key, lab in story["labs"].items() if self.known(lab.get("founded"))}
        for kind in ("labs", "groups", "strategies"):
            for item in story[kind].values():
                item.pop("note", None)
                self.cite(item)
        events = []
        for event in story["events"]:
            event.pop("note", None)
            if self.known(event["date"]) and self.cite(event):
                event["accounts"] = [rival for rival in event.get("accounts", []) if self.cite(rival)]
                for rival in event["accounts"]:
                    rival.pop("note", None)
                events.append(event)
        ids = {event.get("id") for event in events}
        for event in events:
            event["because"] = [cause for cause in event.get("because", []) if cause in ids]
            for key in ("because", "accounts"):
                if not event[key]:
                    del event[key]
        story["events"] = events
        story["claims"] = [claim for claim in story["claims"] if self.known(claim.get("at")) and self.cite(claim)]
        for claim in story["claims"]:
            claim.pop("note", None)

    def cut_people(self):
        story, moved = self.story, set()
        for event in story["events"]:
            moved.update(event.get("people", []))
        kept = {}
        for key, person in story["people"].items():
            person.pop("note", None)
            cited = self.cite(person)
            stints = []
            for stint in person.get("stints", []):
                stint.pop("note", None)
                if not self.known(stint.get("to")):
                    del stint["to"]
                if self.known(stint.get("from")) and self.cite(stint):
                    stints.append(stint)
            if "stints" in person:
                person["stints"] = stints
            if key in moved or stints or (cited and "stints" not in person and person.get("lab") in story["labs"]):
                kept[key] = person
        story["people"] = kept

    def drop_unused(self):
        story = self.story
        grouped = {group for person in story["people"].values() for group in person.get("groups", [])}
        story["groups"] = {key: group for key, group in story["groups"].items() if key in grouped}
        story["claims"] = [claim for claim in story["claims"]
                           if claim.get("group", next(iter(grouped), None)) in grouped and claim.get("person", "") in {"", *story["people"]}]
        for key in list(story["labs"]):
            text = yaml.dump([story["people"], story["events"], story["claims"], [lab.get("parent") for lab in story["labs"].values()]])
            if not re.search(rf"(?<![\w.-]){re.escape(key)}(?![\w.-])", text):
                del story["labs"][key]
        text = yaml.dump([story[kind] for kind in ("labs", "groups", "people", "events", "claims")])
        for kind in ("sources", "strategies"):
            story[kind] = {key: item for key, item in story[kind].items() if re.search(rf"(?<![\w.-]){re.escape(key)}(?![\w.-])", text)}


def plain(value):
    """Texts that are numbers or truth values where the format wants these."""
    if isinstance(value, dict):
        return {key: plain(int(inner) if key in ("weight", "count") else float(inner) if key == "share" else inner)
                for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def line(value):
    return yaml.dump(plain(value), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9).strip().removesuffix("\n...")


def main():
    path, day = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        story = yaml.load(file, yaml.BaseLoader)
    cut = Cut(story, day)
    cut.cut_items()
    cut.cut_people()
    cut.drop_unused()
    year, month = (int(part) for part in day.split("-")[:2])
    print(f"# {path.rsplit('/', 1)[-1]} as of {day}, written by cut_story.py")
    print("orgflow: 1")
    print(f"title: {line(story['title'])}")
    print(f"subtitle: As of {calendar.month_name[month]} {year}")
    for kind in ("sources", "strategies", "labs", "groups", "people"):
        print(f"\n{kind}:")
        for key, item in story[kind].items():
            print(f"  {key}: {line(item)}")
    for kind in ("events", "claims"):
        print(f"\n{kind}:")
        for item in story[kind]:
            print(f"  - {line(item)}")


main()
