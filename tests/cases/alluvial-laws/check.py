import collections
import json
import pathlib
import sys

view = json.load(open("report.json"))["views"][0]
slices, flows = view["slices"], view["flows"]
problems = []
for i, slice in enumerate(slices):
    people = {block["lab"]: block["people"] for block in slice["blocks"]}
    for key, neighbour in (("from", i), ("to", i - 1)):
        sums = collections.Counter()
        for flow in flows:
            if flow["slice"] == neighbour and flow[key] is not None:
                sums[flow[key]] += flow["people"]
        if 0 <= neighbour < len(slices) - 1 and sums != people:
            problems.append(f"{key} at {slice['date']}: {dict(sums)}, not {people}")
place = [{block["lab"]: j for j, block in enumerate(slice["blocks"])} for slice in slices]
crossings = 0
inner = [flow for flow in flows if flow["from"] is not None and flow["to"] is not None]
for i, a in enumerate(inner):
    for b in inner[:i]:
        if a["slice"] == b["slice"]:
            before, after = place[a["slice"]], place[a["slice"] + 1]
            crossed = (before[a["from"]] - before[b["from"]]) * (after[a["to"]] - after[b["to"]]) < 0
            crossings += crossed * a["people"] * b["people"]
if crossings != view["crossings"]:
    problems.append(f"{view['crossings']} crossings, recounted {crossings}")
if view["label_overlaps"] or view["label_line_overlaps"]:
    problems.append(f"{view['label_overlaps']} overlaps, {view['label_line_overlaps']} with lines")
# Whatever is folded, as many are there.
totals = [sum(block["people"] for block in slice["blocks"]) for slice in slices]
seen = pathlib.Path("totals-" + sys.argv[1].split(" ")[0] + f"-{len(slices)}")
if seen.exists() and json.loads(seen.read_text()) != totals and "llama" not in sys.argv[1]:
    problems.append(f"totals {totals}, not {seen.read_text()}")
seen.write_text(json.dumps(totals))
folds = any(block["lab"] == "*" for slice in slices for block in slice["blocks"])
if folds != bool(view["folded"]) or len(view["folded"]) == 1:
    problems.append("what is folded is not what is listed")
print(sys.argv[1] + ":", problems or f"{len(slices)} slices, fine")
