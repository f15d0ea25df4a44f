"""What axe-core, the console and the width of the screen say of each page of the walk."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from tests.journeys.conftest import SIZES, Watch
from tests.journeys.walking import Page, Walk
from tests.states_kinds import State

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Letters lie in frames where no script runs; they are read by themselves.
READING = {"resultTypes": ["violations"], "iframes": False, "preload": False}
EVERY_RULE = {"runOnly": LEVELS, **READING}
# The subject of a letter is its heading: good practice for pages is not asked of it.
LETTER = {"runOnly": LEVELS[:-1], **READING}
# What a change of colours can change; everything else was read by day.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **READING}
# A form of the walk, sent by the browser as a page would send it.
SEND = """([action, body]) => {
  const form = document.createElement("form");
  const token = document.querySelector("input[name=csrf_token]").value;
  form.method = "post"; form.action = action;
  for (const [name, value] of Object.entries({csrf_token: token, ...body})) {
    const field = document.createElement("textarea");
    field.name = name; field.value = value; form.append(field);
  }
  document.body.append(form); form.submit();
}"""


class Reader:
    """A browser signed in as one role."""

    def __init__(self, walk: Walk, browser: Browser, role: str) -> None:
        self.walk, self.role = walk, role
        self.context = self._open(browser)
        self.tab: Tab = self.context.new_page()
        self.watch = Watch(walk.address)
        self.watch.follow(self.tab)

    def _open(self, browser: Browser) -> BrowserContext:
        context = browser.new_context(
            base_url=self.walk.address, locale=f"{self.walk.language}-FR", reduced_motion="reduce"
        )
        kept = self.walk.cookies(self.role)
        context.add_cookies([{"name": n, "value": value, "url": self.walk.address} for n, value in kept.items()])
        return context

    def findings(self) -> list[str]:
        """What is wrong with the pages of the role."""
        try:
            return [found for page in self.walk.of(self.role) for found in self._of(page)]
        finally:
            self.context.close()

    def findings_in_letters(self) -> list[str]:
        """What is wrong with letters, each read by itself at the width of a phone."""
        found = []
        try:
            self.tab.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
            for address, html in self.walk.letters.items():
                self.tab.set_content(html)
                self.tab.evaluate(Axe().axe_script)
                found += [f"{address} {fault}" for fault in self._violations("light", LETTER)]
        finally:
            self.context.close()
        return found

    def _of(self, page: Page) -> list[str]:
        state, tab = page.state, self.tab
        self._reach(state)
        tab.evaluate(Axe().axe_script)
        found = []
        language = tab.evaluate("document.documentElement.lang")
        if language != self.walk.language:
            found.append(f"{state}: speaks {language}")
        for size, (width, height) in SIZES.items():
            tab.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of two words
                found += [f"{state} {size} {scheme} {fault}" for fault in self._violations(scheme)]
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{state} {size}: wider than the screen")
        found += [f"{state}: {fault}" for fault in self.watch.faults if not fault.startswith(f"{state.status}: ")]
        self.watch.faults.clear()
        return found

    def _reach(self, state: State) -> None:
        self.tab.emulate_media(color_scheme="light")
        if state.body is None:
            self.tab.goto(state.path)
            return
        self.tab.goto("/")
        with self.tab.expect_navigation():
            self.tab.evaluate(SEND, [state.path, state.body])

    def _violations(self, scheme: str, rules: dict[str, Any] = EVERY_RULE) -> list[str]:
        options = rules if scheme == "light" else COLOURS
        answer = self.tab.evaluate("options => axe.run(document, options)", options)
        return [f"{one['id']}: {node['html'][:200]}" for one in answer["violations"] for node in one["nodes"]]
