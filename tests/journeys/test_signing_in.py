"""Signing in, in a browser, on a phone and on a computer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import sign_in


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_organiser_signs_in_and_out(open_page, size):
    page = open_page(size)
    page.goto("/organise/")
    expect(page).to_have_url("/sign-in?next=/organise/")
    sign_in(page, "organiser")
    expect(page).to_have_url("/organise/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_is_said_without_losing_the_address(phone):
    phone.goto("/sign-in")
    phone.locator("input[name=email]").fill("organiser@example.org")
    phone.locator("input[name=password]").fill("wrong")
    phone.locator("main form").get_by_role("button").click()
    expect(phone.locator("input[name=email]")).to_have_value("organiser@example.org")
    expect(phone.get_by_role("alert")).to_be_visible()
