#!/usr/bin/env python3
"""Counts the crossings of a storyline anew from the order in a report.

Usage: recount.py REPORT.json

For each view that has an order: every moment lists each person once, a lab's people stand in one entry, people between two
labs stand alone, and where the lanes keep one order (lane_order tells it, and every moment obeys it) that is said. The crossings,
pairs present at two consecutive moments whose order differs, must be those that the report names. Exit status 1: something
does not hold. This program shares nothing with the one that made the report.
"""
import json
import sys


def fail(view, text):
    print(f"{view.get('view')}: {text}", file=sys.stderr)
    return False


def flatten(view, moment):
    """The people of a moment, top to bottom; None if it breaks a rule."""
    people, labs = [], set()
    for entry in moment["lanes"]:
        lab = entry["lab"]
        if lab is None and len(entry["people"]) != 1:
            fail(view, f"{moment['date']}: people between labs share an entry")
            return None
        if lab is not None and lab in labs:
            fail(view, f"{moment['date']}: lab {lab} stands in two places")
            return None
        labs.add(lab)
        people += entry["people"]
    if len(people) != len(set(people)):
        fail(view, f"{moment['date']}: somebody is listed twice")
        return None
    return people


def count(before, after):
    """Pairs in both lists whose order differs, by the plain definition."""
    place = {person: i for i, person in enumerate(after)}
    common = [place[person] for person in before if person in place]
    return sum(1 for i, a in enumerate(common) for b in common[:i] if b > a)


def obeys_lane_order(view):
    place = {lab: i for i, lab in enumerate(view.get("lane_order") or [])}
    for moment in view["order"]:
        places = [place.get(entry["lab"], -1) for entry in moment["lanes"] if entry["lab"] is not None]
        if places != sorted(places) or -1 in places:
            return False
    return True


def check(view):
    orders = [flatten(view, moment) for moment in view["order"]]
    if None in orders:
        return False
    dates = [moment["date"] for moment in view["order"]]
    if dates != sorted(dates):
        return fail(view, "moments are not in order of time")
    counted = sum(count(a, b) for a, b in zip(orders, orders[1:]))
    lanes = "one order of lanes" if obeys_lane_order(view) else "free lanes"
    print(f"{view.get('view')}: {len(orders)} moments, {counted} crossings, {lanes}")
    if counted != view["crossings"]:
        return fail(view, f"the report says {view['crossings']} crossings")
    return True


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip().splitlines()[2], file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    views = [view for view in report["views"] if "order" in view]
    return 0 if all([check(view) for view in views]) else 1


if __name__ == "__main__":
    sys.exit(main())
