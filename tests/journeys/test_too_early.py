"""A code sent before the script of the desk has run: a page of its own, with a network and without."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Live
from tests.journeys.desks import become_desk, bring_back, cut, prepare_night

# What the browser does itself with the form: no script hears of it.
BY_ITSELF = """(code) => {
  const form = document.getElementById("desk-code");
  form.elements.code.value = code;
  HTMLFormElement.prototype.submit.call(form);
}"""


def test_a_code_sent_too_early_is_answered_all_the_same(live: Live, phone: Page) -> None:
    night = prepare_night(live, 3)
    become_desk(live, phone, night.slug, "Téléphone de Léa")
    phone.reload()
    expect(phone.locator("#desk-state[data-kept]")).to_be_attached()
    desk = phone.url

    cut(phone)
    phone.evaluate(BY_ITSELF, night.guests[0].code)
    expect(phone.locator("#desk-panel")).to_contain_text(night.guests[0].name)
    expect(phone).to_have_url(desk)
    expect(phone.locator("#desk-state[data-offline]")).to_be_attached()

    bring_back(phone)
    phone.evaluate(BY_ITSELF, night.guests[1].code)
    expect(phone.locator("#desk-panel")).to_contain_text(night.guests[1].name)
