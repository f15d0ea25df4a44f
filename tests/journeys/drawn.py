"""Badges as an organiser has them printed: asked for, drawn by the worker, fetched."""

from pathlib import Path

from playwright.sync_api import Page, expect


def printed_badges(page: Page, slug: str) -> bytes:
    """The file of a run asked for as the form of the badges page proposes it."""
    page.goto(f"/organise/{slug}/badges")
    page.locator("main form[action$='/badges/runs'] button[type=submit]").first.click()
    file = page.locator("#file a[href$='.pdf']")
    expect(file).to_be_visible(timeout=60_000)
    with page.expect_download() as coming:
        file.click()
    return Path(coming.value.path()).read_bytes()
