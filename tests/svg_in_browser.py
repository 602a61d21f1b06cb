"""What Chromium makes of an SVG:

    svg_in_browser.py picture FILE.svg OUT.png WIDTH HEIGHT     a picture of it
    svg_in_browser.py dark FILE.svg OUT.png WIDTH HEIGHT        the same in a browser that prefers dark pages
    svg_in_browser.py still FILE.svg OUT.png WIDTH HEIGHT       the same in a browser that is asked for little motion
    svg_in_browser.py moment FILE.svg OUT.png WIDTH HEIGHT SECONDS    a picture of an animation at a moment
    svg_in_browser.py seen FILE.svg [SECONDS]                   the texts that are seen (at a moment), a line each, sorted
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


# Stops all animations at a moment.
STOP = """
document.getAnimations().forEach(animation => { animation.pause(); animation.currentTime = SECONDS * 1000; });
"""
SEEN = """
const seen = [...document.querySelectorAll("svg text")].filter(text => {
    const style = getComputedStyle(text);
    return style.visibility === "visible" && Number(style.opacity) > 0.5;
}).map(text => `${text.getAttribute("x")} ${text.getAttribute("y")} ${text.textContent}`);
document.body.textContent = "RESULT" + JSON.stringify(seen) + "RESULT";
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


def still(file, out, width, height):
    picture(file, out, width, height, "--force-prefers-reduced-motion")


def in_page(file, script, *arguments):
    """Runs a script in a page that holds the drawing."""
    svg = pathlib.Path(file).read_text(encoding="utf-8").split("?>", 1)[1]
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.html")
        page.write_text(f'<!doctype html><meta charset="utf-8"><body style="margin:0">{svg}<script>{script}</script>', encoding="utf-8")
        return chromium(*arguments, page.as_uri()).decode("utf-8")


def moment(file, out, width, height, seconds):
    in_page(file, STOP.replace("SECONDS", seconds), f"--window-size={width},{height}", f"--screenshot={pathlib.Path(out).resolve()}")


def result_of(dom):
    return json.loads(html.unescape(dom.split("RESULT")[1]))


def seen(file, seconds="0"):
    for text in sorted(result_of(in_page(file, STOP.replace("SECONDS", seconds) + SEEN, "--dump-dom"))):
        print(text)


def overlaps(file):
    result = result_of(in_page(file, SCRIPT, "--window-size=1920,1080", "--dump-dom"))
    print(f"{len(result['pairs'])} of {result['texts']} texts stand on another")
    for pair in result["pairs"][:10]:
        print("  ", " / ".join(pair), file=sys.stderr)


{"picture": picture, "dark": dark, "still": still, "moment": moment, "seen": seen, "overlaps": overlaps}[sys.argv[1]](*sys.argv[2:])
