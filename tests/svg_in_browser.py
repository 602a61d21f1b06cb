"""What Chromium makes of an SVG:

    svg_in_browser.py picture FILE.svg OUT.png WIDTH HEIGHT     a picture of it
    svg_in_browser.py dark FILE.svg OUT.png WIDTH HEIGHT        the same in a browser that prefers dark pages
    svg_in_browser.py overlaps FILE.svg                         how many of its texts stand on one another

Ends with 77 where there is no Chromium."""
import html
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars"]

# Boxes without the room above and below letters; a point of touch is none.
SCRIPT = """
const boxes = [...document.querySelectorAll("svg text")].map(text => {
    const box = text.getBoundingClientRect(), slack = box.height * 0.2;
    return {left: box.left + 1, right: box.right - 1, top: box.top + slack, bottom: box.bottom - slack, words: text.textContent};
});
const pairs = [];
boxes.forEach((a, i) => boxes.slice(0, i).forEach(b => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) pairs.push([b.words, a.words]);
}));
document.title = "done";
document.body.textContent = "RESULT" + JSON.stringify({texts: boxes.length, pairs}) + "RESULT";
"""


def chromium(*arguments):
    program = shutil.which("chromium")
    if program is None:
        print("skipped: there is no Chromium", file=sys.stderr)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run([program, *FLAGS, f"--user-data-dir={profile}", *arguments], capture_output=True, check=True, timeout=120).stdout


def picture(file, out, width, height, *flags):
    chromium(*flags, f"--window-size={width},{height}", f"--screenshot={pathlib.Path(out).resolve()}", pathlib.Path(file).resolve().as_uri())


def dark(file, out, width, height):
    picture(file, out, width, height, "--blink-settings=preferredColorScheme=0")


def overlaps(file):
    svg = pathlib.Path(file).read_text(encoding="utf-8").split("?>", 1)[1]
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.html")
        page.write_text(f'<!doctype html><meta charset="utf-8"><body style="margin:0">{svg}<script>{SCRIPT}</script>', encoding="utf-8")
        dom = chromium("--window-size=1920,1080", "--dump-dom", page.as_uri()).decode("utf-8")
    result = json.loads(html.unescape(dom.split("RESULT")[1]))
    print(f"{len(result['pairs'])} of {result['texts']} texts stand on another")
    for pair in result["pairs"][:10]:
        print("  ", " / ".join(pair), file=sys.stderr)


{"picture": picture, "dark": dark, "overlaps": overlaps}[sys.argv[1]](*sys.argv[2:])
