#!/usr/bin/env python3
"""What `orgflow watch` does, seen from outside: check_watch.py ORGFLOW SOURCE_DIR sanitized|plain [CHECK…]

Each function check_… is one check; by default all run. Nothing here is timed but by limits that no healthy run comes near."""
import collections
import contextlib
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 60  # seconds until something is taken for lost

ORGFLOW, SOURCE, SANITIZED = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3] == "sanitized"
GOOD = (SOURCE / "graphs/quickstart.yaml").read_text(encoding="utf-8")
TITLE = "title: "


class Failure(Exception):
    pass


def expect(holds, *what):
    if not holds:
        raise Failure(*what)


def titled(title):
    """The data under another title, which stands in each of its drawings."""
    before, _, after = GOOD.partition("\ntitle: ")
    return f"{before}\ntitle: {title}\n{after.partition(chr(10))[2]}"


def wait_for(what, holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        expect(time.monotonic() < end, f"in vain: {what}")
        time.sleep(0.02)


class Stream:
    """A page's stream of events, read by a thread."""

    def __init__(self, watch, view=None):
        self.connection = watch.connect()
        self.connection.request("GET", "/events" + (f"?view={view}" if view else ""))
        self.response = self.connection.getresponse()
        expect(self.response.status == 200, self.response.status)
        expect(self.response.headers["Content-Type"].startswith("text/event-stream"), self.response.headers)
        self.states, self.ended, self.news = [], False, threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        with contextlib.suppress(OSError, ValueError, AttributeError, http.client.HTTPException):
            for line in self.response:
                if line.startswith(b"data: "):
                    with self.news:
                        self.states.append(json.loads(line[6:]))
                        self.news.notify_all()
        with self.news:
            self.ended = True
            self.news.notify_all()

    def wait(self, what, holds):
        """The newest state, once it is as is asked for."""
        with self.news:
            if not self.news.wait_for(lambda: self.ended or (self.states and holds(self.states[-1])), PATIENCE) or self.ended:
                raise Failure(f"in vain: {what}; last: {self.states[-1:]}, ended: {self.ended}")
            return self.states[-1]

    def wait_phase(self, phase):
        return self.wait(phase, lambda state: state["phase"] == phase)

    def wait_end(self):
        with self.news:
            expect(self.news.wait_for(lambda: self.ended, PATIENCE), "the stream goes on")

    def close(self):
        with contextlib.suppress(OSError):
            self.connection.sock and self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.connection.close()


class Watch:
    """A running `orgflow watch`, which has to end well."""

    def __init__(self, *arguments, stdin=None, env=None):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen([ORGFLOW, "watch", "--port", "0", *map(str, arguments)], stdin=stdin or subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **(env or {})})
        self.address = self.process.stdout.readline().decode().strip()
        expect(self.address.startswith("http://127.0.0.1:"), f"no address: {self.said()}")
        self.port = int(self.address.rstrip("/").rpartition(":")[2])

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.end(signal.SIGTERM)
        else:
            self.process.kill()
            self.process.wait()
            print(self.said(), file=sys.stderr)

    def end(self, number):
        if self.process.poll() is None:
            children = self.children()
            self.process.send_signal(number)
            status = self.process.wait(PATIENCE)
            expect(status == 0, f"signal {number}: status {status}", self.said())
            wait_for("its processes end", lambda: not any(pathlib.Path(f"/proc/{child}").exists() for child in children))
        expect("CRITICAL" not in self.said() and "WARNING" not in self.said(), self.said())

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def ask(self, path, method="GET", headers=None, body=None):
        """Status, headers and body of an answer."""
        connection = self.connect()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def say(self, data):
        """What comes back for these bytes, until the connection is closed or nothing more comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
            answer = b""
            with contextlib.suppress(OSError):
                connection.sendall(data)
            with contextlib.suppress(OSError):
                while part := connection.recv(65536):
                    answer += part
            return answer

    def drawing(self, state):
        status, _, page = self.ask(f"/drawing/{state['view']}")
        expect(status == 200, status, page)
        return page

    def children(self):
        found = []
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(OSError):  # a thread may have ended
                found += [int(pid) for pid in (task / "children").read_text().split()]
        return found

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory(self):
        """Bytes that are its own alone."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Private_Dirty:"):
                return int(line.split()[1]) * 1024
        raise Failure("memory is not told")

    def is_well(self):
        expect(self.process.poll() is None, f"it has died: {self.process.poll()}", self.said())
        expect(self.ask("/")[0] == 200, "the page does not come")


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory() as path:
        yield pathlib.Path(path)


@contextlib.contextmanager
def watched_story():
    """A folder, a good story in it, and the command that watches it."""
    with folder() as place:
        file = place / "story.yaml"
        file.write_text(GOOD)
        with Watch(file) as watch:
            yield place, file, watch


def is_drawn(watch, stream, title):
    """Waits until the stream tells of the drawing with this title, and nothing is wrong."""
    stream.wait(title, lambda state: state["phase"] == "current" and state["errors"] == 0 and f">{title}<" in watch.drawing(state))


# ---- What is saved ----

def check_saves():
    """200 quick saves, half of them broken: the last state is told to all, whatever it is, and nothing grows."""
    with watched_story() as (_, file, watch):
        first, second = Stream(watch), Stream(watch)
        first.wait_phase("current")
        descriptors, memory = None, None
        for n in range(1, 201):
            file.write_text(titled(f"Save {n}") if n % 2 == 0 else [GOOD + "oops: 1\n", "orgflow: [", "", "\0\xff"][n // 2 % 4])
            time.sleep(random.Random(n).choice([0, 0.002, 0.03, 0.08]))
            if n in (60, 200):
                for stream in (first, second):
                    is_drawn(watch, stream, f"Save {n}")
                if descriptors is None:
                    descriptors, memory = watch.descriptors(), watch.memory()
        grown = watch.memory() - memory
        expect(watch.descriptors() <= descriptors + 2, f"descriptors: {descriptors}, then {watch.descriptors()}")
        expect(SANITIZED or grown < 6 << 20, f"memory grew by {grown >> 10} KiB")
        expect(watch.children() == [], watch.children())
        kept = first.states[-1]["drawing"]
        file.write_text(GOOD + "oops: 1\n")
        for stream in (first, second):
            state = stream.wait_phase("broken")
            expect(state["drawing"] == kept and state["errors"] == 1, state)
            expect("oops" in state["problems"][0]["message"] and state["problems"][0]["place"].startswith(str(file)), state)
        expect(">Save 200<" in watch.drawing(state), "the last good drawing is gone")
        expect("unknown key `oops`" in watch.said(), watch.said())
        watch.is_well()
        first.close()
        second.close()


def check_removed():
    """A file that is removed, and comes back."""
    with watched_story() as (place, file, watch):
        stream = Stream(watch)
        kept = stream.wait_phase("current")["drawing"]
        file.unlink()
        state = stream.wait_phase("broken")
        expect("No such file" in state["failure"] and state["drawing"] == kept, state)
        file.write_text(titled("Back"))
        is_drawn(watch, stream, "Back")
        shutil.rmtree(place)  # its folder too
        stream.wait_phase("broken")
        place.mkdir()
        file.write_text(titled("Back with its folder"))
        is_drawn(watch, stream, "Back with its folder")
        stream.close()


def check_renamed():
    """Editors that save by renaming: the new file into place, or the old one out of the way first."""
    with watched_story() as (place, file, watch):
        stream = Stream(watch)
        stream.wait_phase("current")
        for n in range(5):
            (place / ".story.swp").write_text(titled(f"Over {n}"))
            os.replace(place / ".story.swp", file)
            is_drawn(watch, stream, f"Over {n}")
            os.replace(file, place / "story.yaml~")
            file.write_text(titled(f"Beside {n}"))
            is_drawn(watch, stream, f"Beside {n}")
        stream.close()


def check_links():
    """A file behind symbolic links: what they lead to is saved, or they lead elsewhere."""
    with folder() as place:
        for name in ("one", "two"):
            (place / name).mkdir()
            (place / name / "story.yaml").write_text(titled(f"In {name}"))
        (place / "now").symlink_to("one")
        link = place / "link.yaml"
        link.symlink_to("now/story.yaml")
        with Watch(link) as watch:
            stream = Stream(watch)
            is_drawn(watch, stream, "In one")
            (place / "one/story.yaml").write_text(titled("Still in one"))
            is_drawn(watch, stream, "Still in one")
            (place / "new").symlink_to("two")
            os.replace(place / "new", place / "now")
            is_drawn(watch, stream, "In two")
            (place / "two/story.yaml").write_text(titled("Still in two"))
            is_drawn(watch, stream, "Still in two")
            stream.close()


def check_folder():
    """A folder: files in it are saved, come and go; what is no data there does not matter."""
    with folder() as place:
        (place / "a.yaml").write_text(GOOD)
        with Watch(place) as watch:
            stream = Stream(watch)
            n_states = len(stream.states) if stream.wait_phase("current") else 0
            (place / "notes.txt").write_text("nothing")
            (place / "b.yaml").write_text("orgflow: 1\nviews:\n  - id: who\n    type: moves\n    title: From the second file\n")
            state = stream.wait("its view", lambda state: state["views"] == ["who"] and state["phase"] == "current")
            expect(state["view"] == "who" and "From the second file" in watch.drawing(state), state)
            expect(len(stream.states) > n_states, "nothing was told")
            (place / "b.yaml").write_text("orgflow: 1\nwho: me\n")
            expect(stream.wait_phase("broken")["view"] == "who", "the last good drawing is another one")
            (place / "b.yaml").unlink()
            state = stream.wait("the first file alone", lambda state: state["phase"] == "current")
            expect(state["views"] == ["storyline"], state)
            (place / "a.yaml").unlink()
            expect("holds no" in stream.wait_phase("broken")["failure"], stream.states[-1])
            (place / "a.yaml").write_text(titled("Again"))
            is_drawn(watch, stream, "Again")
            stream.close()


def check_same():
    """A file that is saved as it was is no news; one that says the same otherwise is no new drawing."""
    with watched_story() as (_, file, watch):
        stream = Stream(watch)
        first = stream.wait_phase("current")
        for text in (GOOD, GOOD + "# a comment\n"):
            file.write_text(text)
        file.write_text(titled("Other"))
        is_drawn(watch, stream, "Other")
        file.write_text(GOOD + "\n# a comment\n")
        state = stream.wait("the drawing before", lambda state: state["drawing"] == first["drawing"])
        expect(state == first, state)
        expect(len({state["drawing"] for state in stream.states} - {None}) == 2, stream.states)
        stream.close()


def check_inputs():
    """Standard input, several files, a theme's file, views by their names, --strict."""
    with folder() as place:
        file, theme = place / "story.yaml", place / "theme.yaml"
        (place / "stdin.yaml").write_text(titled("From standard input"))
        file.write_text("orgflow: 1\nviews: []\n")
        theme.write_text("orgflow-theme: 1\ncolors:\n  background: '#fefefe'\n")
        with open(place / "stdin.yaml", "rb") as given, \
                Watch("-", file, "-v", "moves", "-v", "storyline", "--theme", theme, stdin=given) as watch:
            stream, other = Stream(watch), Stream(watch, "storyline")
            is_drawn(watch, stream, "From standard input")
            expect(stream.states[-1]["views"] == ["moves", "storyline"] and stream.states[-1]["view"] == "moves", stream.states[-1])
            expect(other.wait_phase("current")["view"] == "storyline", other.states[-1])
            expect("#fefefe" in watch.drawing(stream.states[-1]), "the theme is not used")
            theme.write_text("orgflow-theme: 1\ncolors:\n  background: '#fdfdfd'\n")
            stream.wait("the new theme", lambda state: state["phase"] == "current" and "#fdfdfd" in watch.drawing(state))
            theme.write_text("orgflow-theme: 1\ncolors:\n  background: mauve-ish\n")
            state = stream.wait_phase("broken")
            expect(state["errors"] >= 1 and "theme.yaml" in state["problems"][0]["place"], state)
            theme.unlink()
            stream.wait("no theme", lambda state: state["failure"] is not None and "theme.yaml" in state["failure"])
            stream.close()
            other.close()


# ---- Who asks ----

def check_refused():
    """Foreign hosts and origins, other methods, other paths."""
    with watched_story() as (_, file, watch):
        stream = Stream(watch)
        stream.wait_phase("current")
        own = f"127.0.0.1:{watch.port}"
        for host in (own, f"localhost:{watch.port}", f"LOCALHOST:{watch.port}"):
            expect(watch.ask("/", headers={"Host": host})[0] == 200, host)
            expect(watch.ask("/", headers={"Host": host, "Origin": f"http://{host}"})[0] == 200, host)
        for host in ("example.org", f"example.org:{watch.port}", "127.0.0.1", f"127.0.0.1:{watch.port + 1}", f"127.0.0.1:{watch.port}.org",
                     f"[::1]:{watch.port}", f"user@{own}", f"{own}, {own}", ""):
            for path in ("/", "/events", "/drawing/storyline", "/shell.js", "/nothing"):
                expect(watch.ask(path, headers={"Host": host})[0] in (400, 403), host, path)
        for origin in ("http://example.org", f"https://{own}", f"http://{own}.example.org", "null", "file://", f"http://{own} http://{own}"):
            for path in ("/", "/events", "/drawing/storyline"):
                expect(watch.ask(path, headers={"Origin": origin})[0] == 403, origin, path)
        for site in ("cross-site", "same-site"):
            expect(watch.ask("/", headers={"Sec-Fetch-Site": site})[0] == 200, "a link leads to the page")
            expect(watch.ask("/drawing/storyline", headers={"Sec-Fetch-Site": site})[0] == 403, site)
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "NONSENSE"):
            for path in ("/", "/events", "/etc/passwd"):
                status, headers, _ = watch.ask(path if method != "CONNECT" else own, method, body="x" * 1000 if method == "PUT" else None)
                expect(status in (400, 405), method, path, status)
                expect(status == 400 or headers["Allow"] == "GET, HEAD", method, headers)
        for path in ("/../etc/passwd", "/%2e%2e/etc/passwd", "/..%2fetc/passwd", "//etc/passwd", "/etc/passwd", "/drawing/../../etc/passwd",
                     "/drawing/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/drawing/", "/drawing/nothing", "/drawing/%00", "/story.yaml",
                     f"/{file}", "/shell.html", "/events/", "/index.html", "/favicon.ico", "/%", "/" + "a" * 5000):
            status, _, text = watch.ask(path)
            expect(status in (400, 404), path, status)
            expect("root:" not in text and "orgflow: 1" not in text, path, text)
        for line in ("GET http://example.org/ HTTP/1.1", "GET /etc/passwd HTTP/1.0", "GET ../etc/passwd HTTP/1.1", "GET * HTTP/1.1"):
            answer = watch.say(f"{line}\r\nHost: {own}\r\nConnection: close\r\n\r\n".encode())
            expect(b"root:" not in answer and b"200 OK" not in answer.partition(b"\r\n")[0], line, answer)
        expect(b" 200 " not in watch.say(b"GET / HTTP/1.0\r\n\r\n").partition(b"\r\n")[0], "a request without a host")
        expect(b" 200 " not in watch.say(f"GET / HTTP/1.1\r\nHost: evil\r\nHost: {own}\r\n\r\n".encode()).partition(b"\r\n")[0], "two hosts")
        expect(b"root:" not in watch.say(f"GET /../etc/passwd HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n".encode()), "passwd")
        for path in ("/", "/shell.js", "/shell.css", "/drawing/storyline", "/nothing"):
            _, headers, text = watch.ask(path)
            expect("default-src 'none'" in headers["Content-Security-Policy"], path, headers)
            expect(headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store", path, headers)
            expect("Access-Control-Allow-Origin" not in headers, path)
            status, same, nothing = watch.ask(path, "HEAD")
            expect(nothing == "" and same["Content-Length"] == headers["Content-Length"], path, same)
        expect(watch.ask("/events", "HEAD")[0] == 200, "HEAD of a stream")
        other = socket.socket()
        other.settimeout(1)
        outside = [address for address in {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
                   if not address.startswith("127.")] if can_name_itself() else []
        for address in outside:
            expect(other.connect_ex((address, watch.port)) != 0, f"it listens on {address}")
        other.close()
        stream.wait_phase("current")
        stream.close()


def can_name_itself():
    try:
        socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        return True
    except OSError:
        return False


def check_idle():
    """10,000 connections that say nothing, one after another, and more streams than are served."""
    with watched_story() as (_, file, watch):
        stream = Stream(watch)
        stream.wait_phase("current")
        memory, idle = watch.memory(), collections.deque()
        for n in range(10000):
            idle.append(socket.create_connection(("127.0.0.1", watch.port), timeout=PATIENCE))
            if len(idle) > 200:
                idle.popleft().close()
            if n % 100 == 0:  # a flood would wait for the kernel to try again, a second each
                watch.is_well()
                expect(watch.descriptors() < 350, f"{watch.descriptors()} descriptors")
        file.write_text(titled("Through it all"))
        is_drawn(watch, stream, "Through it all")
        for connection in idle:
            connection.close()
        wait_for("descriptors are given back", lambda: watch.descriptors() < 40)
        expect(SANITIZED or watch.memory() - memory < 6 << 20, f"memory grew by {watch.memory() - memory >> 10} KiB")
        streams = []
        with contextlib.suppress(Failure):
            while len(streams) < 100:
                streams.append(Stream(watch))
        expect(10 < len(streams) < 100, f"{len(streams)} streams")
        watch.is_well()
        for other in streams:
            other.close()
        wait_for("streams are given back", lambda: watch.descriptors() < 40)
        Stream(watch).wait_phase("current")
        stream.close()


def check_garbage():
    """Bytes that are no request, requests that never end, bodies that nobody asked for."""
    with watched_story() as (_, file, watch):
        stream = Stream(watch)
        stream.wait_phase("current")
        watch.ask("/")
        chance, memory = random.Random(8), watch.memory()
        own = f"Host: 127.0.0.1:{watch.port}\r\n"
        garbage = [chance.randbytes(chance.choice([1, 10, 1000, 100000])) + b"\r\n\r\n" for _ in range(60)]
        garbage += [b"\r\n" * 1000, b"\0" * 1000 + b"\n\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                    b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n", b"A" * 3000000, b"GET /" + b"a" * 3000000,
                    f"GET / HTTP/1.1\r\n{own}Content-Length: -1\r\n\r\n".encode(),
                    f"GET / HTTP/1.1\r\n{own}Content-Length: 99999999999999999999\r\n\r\nx".encode(),
                    f"GET / HTTP/1.1\r\n{own}Transfer-Encoding: chunked\r\n\r\nzzz\r\n".encode(),
                    f"GET / HTTP/1.1\r\n{own}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n".encode(),
                    f"POST / HTTP/1.1\r\n{own}Content-Length: 30000000\r\n\r\n".encode() + b"x" * 30000000,
                    f"GET /events HTTP/1.1\r\n{own}\r\nGET / HTTP/1.1\r\n{own}\r\n".encode(),
                    f"GET / HTTP/1.1\r\n{own}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n".encode()]
        for data in garbage:
            answer = watch.say(data)
            expect(b"root:" not in answer, data[:100])
        watch.is_well()
        expect(SANITIZED or watch.memory() - memory < 16 << 20, f"memory grew by {watch.memory() - memory >> 10} KiB")
        file.write_text(titled("Through it all"))
        is_drawn(watch, stream, "Through it all")
        stream.close()


# ---- Beginning and end ----

def check_begin():
    """What cannot begin says why, with the exit status for it."""
    with folder() as place:
        file = place / "story.yaml"
        file.write_text(GOOD)

        def fails(status, words, *arguments, stdin=b""):
            run = subprocess.run([ORGFLOW, "watch", *map(str, arguments)], input=stdin, capture_output=True, timeout=PATIENCE, check=False)
            expect(run.returncode == status and words in run.stderr.decode() and run.stdout == b"", arguments, run)

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            fails(5, "is taken", file, "--port", taken.getsockname()[1])
        with Watch(file) as watch:
            fails(5, f"port {watch.port} is taken", file, "--port", watch.port)
            watch.is_well()
        fails(3, "No such file", place / "nothing.yaml")
        (place / "empty").mkdir()
        fails(3, "holds no", place / "empty")
        fails(2, "no FILE")
        fails(2, "--port", file, "--port", "70000")
        fails(2, "there is no view", file, "-v", "nothing")
        fails(2, "theme", file, "--theme", "nothing")
        broken = place / "broken.yaml"
        broken.write_text("orgflow: 1\npeople: 7\n")
        with Watch(broken) as watch:  # it may be mended
            stream = Stream(watch)
            state = stream.wait_phase("broken")
            expect(state["drawing"] is None and state["errors"] > 0, state)
            broken.write_text(titled("Mended"))
            is_drawn(watch, stream, "Mended")
            stream.close()


def check_end():
    """A signal ends it at once, with all that it has started, whatever it is at."""
    with folder() as place:
        file = place / "story.yaml"
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for pause in (0, 0.01, 0.05, 0.5):
                file.write_text((SOURCE / "graphs/meta-llama.yaml").read_text(encoding="utf-8"))
                with Watch(file) as watch:
                    streams = [Stream(watch), Stream(watch, "who-moved")]
                    time.sleep(pause)
                    watch.end(number)
                    for stream in streams:
                        stream.wait_end()
                    with socket.socket() as again:
                        expect(again.connect_ex(("127.0.0.1", watch.port)) != 0, "it still listens")
                    expect(os.listdir(place) == ["story.yaml"], os.listdir(place))


def main():
    checks = {name.removeprefix("check_"): check for name, check in globals().items() if name.startswith("check_")}
    failed = False
    for name in sys.argv[4:] or checks:
        begin = time.monotonic()
        try:
            checks[name]()
            print(f"watch: {name}: well, {time.monotonic() - begin:.1f} s", flush=True)
        except Failure as failure:
            failed = True
            print(f"watch: {name}:", *failure.args, flush=True)
    sys.exit(1 if failed else 0)


main()
