"""From a scan to its answer on the screen, as the steward's browser measures it, with a network and without.

Chromium at the width of a phone, enrolled like any phone, server on the same machine. A time begins when the code is
there (Enter of a scanner, the picture with the badge before the lens) and ends when the answer was painted.
"""

import base64
import json
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import pypdfium2
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from app.typeset import compile_pdf
from badges import BadgeFace, EventTexts, qr_matrix, sheet
from tests.load import servers
from tests.load.client import Connection, run
from tests.load.files import surname
from tests.load.report import Figure, table
from tests.load.seed import GIVEN, Door, fill_door
from tests.screens import PHONE, launch

PEOPLE, MANY = 1500, 20_000
DPI = 150
SLOWED = 4  # a phone's processor, as Lighthouse takes it
LOSE_NOTHING = 60_000  # ms that a busy machine may take before the bench gives up
# A camera that sees what `hold` draws, and a stopwatch around what the desk does.
INSTRUMENTS = """() => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1280, height: 720});
  const drawing = canvas.getContext("2d");
  let seen;
  const look = () => {
    drawing.fillStyle = "#808080";
    drawing.fillRect(0, 0, 1280, 720);
    if (seen) drawing.drawImage(seen, (1280 - seen.width) / 2, 700 - seen.height);
  };
  // A camera sends the same picture again and again; a canvas sends one only when it is drawn, and may leave it out.
  setInterval(look, 1000 / 30);
  const stream = () => canvas.captureStream(30);
  Object.defineProperty(navigator.mediaDevices, "getUserMedia", { value: async () => stream() });
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  window.timed = (act) => new Promise((done) => {
    const panel = document.getElementById("desk-panel");
    const watch = new MutationObserver(async () => {
      watch.disconnect();
      done([(await painted()) - begun, panel.firstElementChild.dataset.kind, panel.firstElementChild.dataset.sound]);
    });
    watch.observe(panel, { childList: true });
    const begun = performance.now();
    act();
  });
  const form = (id, field, text) => {
    const one = document.getElementById(id);
    one[field].value = text;
    one.requestSubmit();
  };
  window.scan = (code) => timed(() => form("desk-code", "code", code));
  window.search = (words) => timed(() => form("desk-search", "words", words));
  window.letIn = () => {
    document.querySelector("input[name=document]").checked = true;
    return timed(() => document.querySelector("button[value=admit]").click());
  };
  window.next = () => timed(() => document.querySelector("a[data-local=ready]").click());
  window.hold = async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const badge = await createImageBitmap(new Blob([bytes]));
    const told = await timed(() => { seen = badge; look(); });
    seen = null;
    look();
    return told;
  };
}"""

# The matching alone, in the same browser, over the list as the phone has sealed it: no Enter, no painting.
ALONE = """async (words) => {
  const [{ GuestList }, { Store }] = await Promise.all(
    ["list", "store"].map((name) => import(`/static/js/desk-${name}.js`)));
  const list = new GuestList((await (await Store.open()).readList()).list);
  const times = () => words.map((one) => {
    const begun = performance.now();
    const { total } = list.search(one);
    return [performance.now() - begun, total ? "found" : "ready", ""];
  });
  times(); // warm
  return times();
}"""


def measure_door(app: Flask, instance: Path, url: str, database: str, scale: float) -> list[Figure]:
    """Scan to answer, the press that lets in, a search among 20,000 people, and what the list of 1,500 weighs."""
    door = fill_door(app, PEOPLE, 4)
    with servers.parvis(instance, url) as (port, _pid), sync_playwright() as playwright:
        browser = launch(playwright)
        expect.set_options(timeout=LOSE_NOTHING)
        phone = DoorPhone(browser, port, door, database, scale)
        figures = [_manifest(port, door, database, door.enrolments[2])]
        figures += [*phone.scans(), *_search(browser, port, door, database, scale)]
        figures.append(_manifest(port, door, database, door.enrolments[3]))
        browser.close()
    return figures


class DoorPhone:
    """One phone at the door, and the badges it has not seen yet."""

    def __init__(self, browser: Browser, port: int, door: Door, database: str, scale: float) -> None:
        self.browser, self.port, self.door, self.database = browser, port, door, database
        self.codes: Iterator[str] = iter(door.codes)
        self.number = max(20, int(200 * scale))

    def scans(self) -> list[Figure]:
        """With a network, then without: by scanner, by camera, and once more with a slower processor."""
        figures = []
        with _phone(self.browser, self.port) as page:
            _enrol(page, self.door.enrolments[0])
            expect(page.locator("#desk-state[data-kept]")).to_be_attached()
            figures += self._round(page, "online")
            page.context.set_offline(True)
            expect(page.locator("#desk-state[data-offline]")).to_be_visible()
            figures += self._round(page, "offline")
        return figures

    def _round(self, page: Page, mode: str) -> list[Figure]:
        figures = [*self._scanner(page, f"{mode}, scanner"), self._camera(page, f"{mode}, camera and its decoding")]
        processor = page.context.new_cdp_session(page)
        processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        slowed = f", processor slowed {SLOWED} times"
        figures += self._scanner(page, f"{mode}, scanner{slowed}")
        figures.append(self._camera(page, f"{mode}, camera and its decoding{slowed}"))
        processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        return figures

    def _scanner(self, page: Page, about: str) -> list[Figure]:
        """A code and Enter, the person; then the document and the press, the person is in."""
        scans, presses = [], []
        for code in islice(self.codes, self.number):
            scans.append(page.evaluate("code => scan(code)", code))
            presses.append(page.evaluate("letIn()"))
            page.evaluate("next()")
        return [
            _figure("scan_to_answer", self.database, scans, "person", about),
            _figure(
                "press_to_admitted", self.database, presses, "answer", about.replace("scanner", "identity checked")
            ),
        ]

    def _camera(self, page: Page, about: str) -> Figure:
        """A badge of the printer's file before the lens, until the person is on the screen."""
        if page.locator("#desk-start").is_visible():
            page.locator("#desk-start").click()
        expect(page.locator("#desk-video")).to_have_js_property("paused", False)
        told = []
        for picture in _pictures(list(islice(self.codes, self.number // 2))):
            told.append(page.evaluate("picture => hold(picture)", picture))
            page.evaluate("next()")
        return _figure("scan_to_answer", self.database, told, "person", about)


@contextmanager
def _phone(browser: Browser, port: int, **more: Any) -> Iterator[Page]:
    width, height = PHONE
    context: BrowserContext = browser.new_context(
        base_url=f"http://127.0.0.1:{port}", viewport={"width": width, "height": height}, locale="fr-FR",
        has_touch=True, permissions=["camera"], **more,
    )  # fmt: skip
    page = context.new_page()
    page.add_init_script(f"({INSTRUMENTS})()")
    yield page
    context.close()


def _enrol(page: Page, code: str) -> None:
    page.goto(f"/enrol/{code}")
    page.locator(".sheet button[type=submit]").click()
    expect(page.locator("#desk-state [data-list]")).to_contain_text("liste de")


def _pictures(codes: Sequence[str]) -> Iterator[str]:
    """The lower half of each badge, as JPEG in base64: where its code is."""
    faces = [
        BadgeFace(
            name_given="Michaël", name_family="QUERNEZ", native_name="", qualities=("Maire de Quimperlé",),
            organisation="Région Bretagne", category="Élus", colour="#24456f", shape="disc", country="", code=code,
            short_code="7K2M QXW4", matrix=qr_matrix(code),
        )
        for code in codes
    ]  # fmt: skip
    (job,) = sheet(faces, EventTexts("Assises de mesure", "18 novembre 2025", "fr"))
    for page in pypdfium2.PdfDocument(compile_pdf(job)):
        picture = page.render(scale=DPI / 72).to_numpy()
        _done, file = cv2.imencode(".jpg", picture[len(picture) // 3 :])
        yield base64.b64encode(file.tobytes()).decode()


def _search(browser: Browser, port: int, door: Door, database: str, scale: float) -> list[Figure]:
    """A name among 20,000 people on the device: from Enter to the list on the screen, and the search alone."""

    def lengthen(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["buckets"], told["count"] = _many(), MANY
        route.fulfill(response=answer, json=told)

    words = [surname(n * 97)[:4] for n in range(max(20, int(200 * scale)))]
    with _phone(browser, port, service_workers="block") as page:
        page.route("**/manifest*", lengthen)
        _enrol(page, door.enrolments[1])
        told = [page.evaluate("words => search(words)", one) for one in [*words, "nobody of this name"]]
        alone = page.evaluate(ALONE, _sought())
    name = f"device_search_{MANY}"
    return [
        _figure(name, database, told, "found", "Enter to the list on the screen", most_ready=1),
        _figure(name, database, alone, "found", f"the search alone, {len(alone)} words"),
    ]


def _sought() -> list[str]:
    """Different words: beginnings of names, whole ones, two words, given names of a thousand, one of everybody."""
    names = [surname(n * 197).lower() for n in range(100)]
    some = [name[: 3 + n % 4] for n, name in enumerate(names)]
    return list(dict.fromkeys([*some, *names, *(f"{GIVEN[n]} {surname(n)[:3]}" for n in range(16)), *GIVEN, "ville"]))


def _many() -> dict[str, list[list[Any]]]:
    """Guests of a manifest, as long as real ones."""
    buckets: dict[str, list[list[Any]]] = {str(n): [] for n in range(64)}
    for n in range(MANY):
        name, city = f"{GIVEN[n % len(GIVEN)]} {surname(n)}", f"Ville de {surname(n % 5000).title()}"
        print_of = f"{n:08d}"
        row = [f"{n:016d}", name, "Maire", city, n % 4, f"{print_of}s{n:07d}"]
        buckets[str(n % 64)].append(row)
    return buckets


def _manifest(port: int, door: Door, database: str, code: str) -> Figure:
    """The whole list of 1,500 people and the passages so far, as a new phone asks for it and keeps it."""
    line = Connection(port)
    told = json.loads(line.json("/api/v1/enrol", {"code": code}, {}).body)
    headers = {"Authorization": f"Bearer {told['token']}"}
    path = f"/api/v1/events/{door.slug}/manifest?form=packed"
    body = line.request("GET", path, headers=headers).body
    about = f"whole list, {len(json.loads(body)['passages'])} passages, {len(body)} bytes"
    rate = run([lambda: line.request("GET", path, headers=headers).status == 200] * 20, 1)
    return Figure(
        f"manifest_{PEOPLE}", database, 1, 1, rate.n, rate.per_s, rate.p50_ms, rate.p95_ms, rate.p99_ms, rate.seconds,
        errors=rate.errors, about=about,
    )  # fmt: skip


def _figure(
    name: str, database: str, told: Sequence[tuple[float, str, str]], kind: str, about: str, *, most_ready: int = 0
) -> Figure:
    """A row; an answer of another kind than expected is an error, and so is an alarm on letting in."""
    times = [time for time, _kind, _sound in told]
    wrong = sum(shown != kind or sound in {"refused", "attention"} for _time, shown, sound in told)
    cuts = statistics.quantiles(times, n=100)
    figure = Figure(
        name, database, 1, 1, len(times), None, cuts[49], cuts[94], cuts[98], sum(times) / 1000,
        errors=max(0, wrong - most_ready), about=about,
    )  # fmt: skip
    print(table([figure]).splitlines()[-1], flush=True)
    return figure
