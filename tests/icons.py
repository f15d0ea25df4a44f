"""Draws the icons of the phone's home screen from app/static/img/favicon.svg: `python -m tests.icons`."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "app" / "static" / "img"
# W3C Web App Manifest, 1.11.2: what matters of a maskable icon lies in a circle of 80 % of its side.
SAFE = 0.72
ICONS = (("icon-192", 192, False), ("icon-512", 512, False), ("icon-maskable", 512, True))


def draw_icon(browser: Browser, side: int, *, is_maskable: bool = False) -> bytes:
    """The drawing as a PNG of so many pixels a side; maskable: to the edge, so that the phone may cut any shape."""
    svg = (IMAGES / "favicon.svg").read_text()
    if is_maskable:
        ground = svg.replace(' rx="6"', "")
        head, body = ground.split("<path", 1)
        inner = "<path" + body.replace("</svg>", "")
        svg = f'{head}<g transform="translate(16 16) scale({SAFE}) translate(-16 -16)">{inner}</g></svg>'
    page = browser.new_page(viewport={"width": side, "height": side})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;inline-size:{side}px}}</style>{svg}")
    drawn = page.screenshot(omit_background=True)
    page.close()
    return drawn


def main() -> None:
    """Write the files that the web manifest names."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, side, is_maskable in ICONS:
            (IMAGES / f"{name}.png").write_bytes(draw_icon(browser, side, is_maskable=is_maskable))
        browser.close()


if __name__ == "__main__":
    main()
