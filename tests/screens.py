"""`make screenshots`: pictures of the main pages, made from the demonstration, so that they never age.

    python -m tests.screens [FOLDER] [--language fr|en] [--all]

Starts a Parvis of its own in a temporary folder, on loopback, and ends it.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from app.demonstration.signins import SIGNINS
from config import ROOT
from tests.load import servers

WIDE, PHONE = (1280, 900), (390, 844)
TALLEST = 1400


class Studio:
    """A signed-in browser of one size."""

    def __init__(self, browser: Browser, base: str, size: tuple[int, int], folder: Path, language: str) -> None:
        self.base, self.folder = base, folder
        width, height = size
        self.suffix = "" if width > 600 else "-phone"
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            base_url=base,
            device_scale_factor=1 if width > 600 else 2,
        )
        self.page: Page = context.new_page()

    def sign_in(self, role: str) -> None:
        """Sign in as one of the demonstration's accounts."""
        _role, email, password = next(s for s in SIGNINS if s[0] == role)
        self.page.goto("/sign-in")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("main button[type=submit]")

    def personal_link(self, slug: str) -> str:
        """Open the newest invitation, as an organiser, and read the link in it."""
        self.page.goto(f"/organise/{slug}/letters?kind=invitation")
        self.page.click("main tbody th a")
        link = self.page.frame_locator("iframe").locator("a[href*='/i/']").first
        return link.get_attribute("href") or "/"

    def shoot(self, path: str, name: str) -> None:
        """Open a page and take it."""
        self.page.goto(path)
        self.take(name)

    def take(self, name: str) -> None:
        """Take the page that is open: its top, TALLEST pixels at most."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else WIDE[0]
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.screenshot(
            path=str(self.folder / f"{name}{self.suffix}.png"),
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)},
        )


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium when it is there, else Playwright's."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])


def live_slug(instance: Path) -> str:
    """The edition that is under way: open, with guests confirmed."""
    env = servers.environment(instance, "")
    done = subprocess.run(servers.command_line("events", "--json"), env=env, cwd=ROOT, capture_output=True, check=True)
    events = json.loads(done.stdout)
    return max(events, key=lambda e: e["counts"]["confirmed"] * (e["counts"]["invited"] > 0))["slug"]


ORGANISER = (
    ("home", "/organise/{slug}/"),
    ("guests", "/organise/{slug}/guests"),
    ("invitations", "/organise/{slug}/invitations"),
    ("registrations", "/organise/{slug}/registrations"),
    ("letters", "/organise/{slug}/letters"),
    ("programme-edit", "/organise/{slug}/programme"),
    ("badges", "/organise/{slug}/badges"),
    ("figures", "/organise/{slug}/door"),
    ("minutes-edit", "/organise/{slug}/minutes"),
    ("exports", "/organise/{slug}/exports"),
    ("journal", "/organise/{slug}/journal"),
    ("settings", "/organise/{slug}/settings"),
    ("import", "/organise/{slug}/guests/import"),
    ("add-guest", "/organise/{slug}/guests/add"),
    ("wording", "/organise/{slug}/wording"),
    ("new-edition", "/organise/{slug}/new-edition"),
    ("events", "/organise/"),
)
# With the answer, a letter, the desk and a person at it: the ten main pages of docs/.
IN_DOCS = ("home", "guests", "invitations", "registrations", "badges", "event", "programme", "minutes")
PUBLIC = (
    ("front", "/"),
    ("sign-in", "/sign-in"),
    ("event", "/e/{slug}/"),
    ("programme", "/e/{slug}/programme"),
    ("minutes", "/e/{past}/minutes"),
    ("event-past", "/e/{past}/"),
    ("unknown", "/nowhere"),
)


def shoot_answer(organiser: Studio, guest: Studio, slug: str) -> None:
    """Follow the personal link of the newest invitation, as its addressee."""
    link = organiser.personal_link(slug)
    organiser.take("letter")
    guest.shoot(link, "answer")


def shoot_desk(desk: Studio, slug: str) -> None:
    """Open a desk and find someone by name."""
    desk.page.goto(f"/desk/{slug}/")
    desk.page.fill("input[name=gate]", "Porte 1 · Guichet 3")
    desk.page.click("main button[type=submit]")
    desk.page.wait_for_url("**/at/**")
    desk.take("desk")
    desk.page.goto(desk.page.url.split("?")[0] + "?words=abel")
    desk.page.click("#desk-panel button[type=submit]")
    desk.page.wait_for_load_state("networkidle")
    desk.take("desk-person")


def shoot_all(base: str, slug: str, past: str, folder: Path, language: str, *, is_whole: bool) -> None:
    """The pages of the documentation, or every main page at both widths."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for size in (WIDE, PHONE):
            public, organiser, desk = (Studio(browser, base, size, folder, language) for _ in range(3))
            organiser.sign_in("organiser")
            desk.sign_in("reception")
            for name, path in PUBLIC:
                if is_whole or name in IN_DOCS:
                    public.shoot(path.format(slug=slug, past=past), name)
            for name, path in ORGANISER:
                if is_whole or name in IN_DOCS:
                    organiser.shoot(path.format(slug=slug), name)
            shoot_answer(organiser, public, slug)
            shoot_desk(desk, slug)
        browser.close()


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description="Pictures of the main pages.")
    parser.add_argument("folder", nargs="?", default=str(ROOT / "docs" / "screenshots"))
    parser.add_argument("--language", default="fr", choices=["fr", "en"])
    parser.add_argument("--all", action="store_true", help="every main page, not only those of docs/")
    parser.add_argument("--past", default="assises-2025", help="slug of an archived event")
    options = parser.parse_args()
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    instance = Path(tempfile.mkdtemp(prefix="parvis-screens-"))
    try:
        with servers.parvis(instance, "", demonstration=True) as (port, _pid):
            base, slug = f"http://127.0.0.1:{port}", live_slug(instance)
            shoot_all(base, slug, options.past, folder, options.language, is_whole=options.all)
    finally:
        shutil.rmtree(instance, ignore_errors=True)


if __name__ == "__main__":
    main()
