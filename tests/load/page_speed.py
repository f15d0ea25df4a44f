"""`make speed`: what a first visit to a page weighs and how fast it is seen, written to docs/page-speed.md.

Measured in Chromium with an empty cache, a phone's width and a processor slowed four times, as
Lighthouse does, from a server on loopback: the time is that of the browser, not of a network.
"""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from config import ROOT
from tests.load import servers
from tests.screens import PHONE, Studio, launch, live_slug

OUTPUT = ROOT / "docs" / "page-speed.md"
PAGES = (
    ("front page", "/"),
    ("event", "/e/{slug}/"),
    ("programme", "/e/{slug}/programme"),
    ("minutes", "/e/assises-2025/minutes"),
    ("answer to an invitation", "{link}"),
    ("accessibility statement", "/accessibilite"),
    ("sign-in", "/sign-in"),
)
HEAD = """# What a first visit costs

Written by `make speed` on {day}, by Chromium with an empty cache, 390 pixels wide, its processor slowed {slowed} times
(as Lighthouse does), from a server on the same machine: the times are the browser's, no network is in them. The median
of {visits} visits. Targets: at most 100 kB beside the fonts, each font at most 60 kB (both kept by
`tests/journeys/test_weight.py`); LCP under 2.5 s, CLS under 0.1, blocking under 200 ms.

| page | kB | requests | fonts, kB | largest font, kB | LCP, ms | CLS | blocking, ms |
|---|---|---|---|---|---|---|---|
"""
SLOWED = 4
VISITS = 3
# Kept by the page itself, as Lighthouse counts: a task blocks by what it takes above 50 ms.
OBSERVE = """() => {
  window.seen = {lcp: 0, cls: 0, blocking: 0};
  const watch = (type, take) => {
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({type, buffered: true});
  };
  watch("largest-contentful-paint", (entry) => { window.seen.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) window.seen.cls += entry.value; });
  watch("longtask", (entry) => { window.seen.blocking += Math.max(entry.duration - 50, 0); });
}"""


@dataclass(frozen=True)
class Visit:
    """A first visit: bytes of the page with all it names, fonts apart, and what the eye waits for, in ms."""

    kilobytes: float
    requests: int
    font_kilobytes: float
    largest_font: float
    lcp: float
    cls: float
    blocking: float


class Meter:
    """Counts what the answers to one page weigh, headers included."""

    def __init__(self, page: Page) -> None:
        self._responses: list[Response] = []
        page.on("response", lambda response: self._responses.append(response))  # noqa: PLW0108 - Playwright marks handlers

    def weigh(self) -> tuple[float, list[float], int]:
        """Kilobytes without fonts, kilobytes of each font, requests."""
        plain, fonts = 0.0, []
        for response in self._responses:
            sizes = response.request.sizes()
            weight = (sizes["responseBodySize"] + sizes["responseHeadersSize"]) / 1000
            if response.request.resource_type == "font":
                fonts.append(weight)
            else:
                plain += weight
        return plain, fonts, len(self._responses)


def visit(browser: Browser, base: str, path: str) -> Visit:
    """The median of VISITS by time, each with an empty cache."""
    visits = sorted((_visit(browser, base, path) for _ in range(VISITS)), key=lambda one: one.lcp)
    return visits[VISITS // 2]


def _visit(browser: Browser, base: str, path: str) -> Visit:
    width, height = PHONE
    context = browser.new_context(base_url=base, viewport={"width": width, "height": height}, locale="fr-FR")
    try:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.add_init_script(f"({OBSERVE})()")
        meter = Meter(page)
        page.goto(path, wait_until="networkidle")
        seen = page.evaluate("window.seen")
        plain, fonts, requests = meter.weigh()
    finally:
        context.close()
    return Visit(plain, requests, sum(fonts), max(fonts, default=0), seen["lcp"], seen["cls"], seen["blocking"])


def row(name: str, seen: Visit) -> str:
    """One line of the table."""
    weights = f"{seen.kilobytes:.0f} | {seen.requests} | {seen.font_kilobytes:.0f} | {seen.largest_font:.0f}"
    return f"| {name} | {weights} | {seen.lcp:.0f} | {seen.cls:.3f} | {seen.blocking:.0f} |"


def personal_link(browser: Browser, base: str, slug: str) -> str:
    """The address in the newest invitation."""
    organiser = Studio(browser, base, PHONE, ROOT, "fr")
    organiser.sign_in("organiser")
    return organiser.personal_link(slug)


def main() -> None:
    """Measure the pages of the demonstration and write the table."""
    instance = Path(tempfile.mkdtemp(prefix="parvis-speed-"))
    try:
        with servers.parvis(instance, "", demonstration=True) as (port, _pid), sync_playwright() as playwright:
            base, slug, browser = f"http://127.0.0.1:{port}", live_slug(instance), launch(playwright)
            link = personal_link(browser, base, slug)
            rows = [row(name, visit(browser, base, path.format(slug=slug, link=link))) for name, path in PAGES]
            browser.close()
    finally:
        shutil.rmtree(instance, ignore_errors=True)
    head = HEAD.format(day=f"{datetime.now(UTC):%Y-%m-%d}", slowed=SLOWED, visits=VISITS)
    OUTPUT.write_text(head + "\n".join(rows) + "\n", "utf-8")
    print(OUTPUT.read_text("utf-8"))


if __name__ == "__main__":
    main()
