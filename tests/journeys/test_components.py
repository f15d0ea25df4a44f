"""Components that move: dialogs and messages, with a keyboard, and dialogs without JavaScript."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Live, sign_in


def test_a_dialog_is_opened_and_closed_by_keyboard_and_gives_the_focus_back(desktop: Page) -> None:
    sign_in(desktop, "organiser")
    desktop.goto("/styleguide")
    opener, dialog = desktop.locator("#sample-dialog-opener"), desktop.locator("#sample-dialog")
    for key in ("Enter", "Space"):
        expect(dialog).to_be_hidden()
        opener.focus()
        desktop.keyboard.press(key)
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("button").first).to_be_focused()
        assert dialog.evaluate("dialog => dialog.matches(':modal')")
        desktop.keyboard.press("Escape")
        expect(opener).to_be_focused()
    opener.click()
    dialog.locator("[data-dialog-close]").click()
    expect(dialog).to_be_hidden()


def test_without_javascript_a_dialog_stands_in_the_page(live: Live, chromium: Browser) -> None:
    context = chromium.new_context(base_url=live.address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "organiser")
    page.goto("/styleguide")
    dialog = page.locator("#sample-dialog")
    expect(dialog).to_be_hidden()
    page.locator("#sample-dialog-opener").click()
    expect(dialog).to_be_visible()
    dialog.locator("[data-dialog-close]").click()
    expect(dialog).to_be_hidden()
    context.close()


def test_a_message_that_came_with_the_page_is_said_aloud(desktop: Page) -> None:
    sign_in(desktop, "organiser")
    desktop.goto("/account")
    desktop.get_by_label("English").or_(desktop.get_by_label("Anglais")).check()
    desktop.locator("main form button[type=submit]").first.click()
    expect(desktop.locator(".toast")).to_have_count(1)
    expect(desktop.locator("#voice")).to_have_text("Your choice is kept.")
