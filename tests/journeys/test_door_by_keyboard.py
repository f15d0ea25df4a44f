"""An enrolled desk without a mouse and without a screen: every gesture by the keyboard, every screen by its names."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.checkin.enrolling import Wanted, code_of, invite_device
from app.clock import now
from app.database import db, set_writing
from app.events.queries import get_event
from tests.databases import KEY
from tests.factories import ORGANISER
from tests.journeys.axe import COLOURS, EVERY_RULE
from tests.journeys.conftest import Live
from tests.journeys.desks import Night, answered, become_desk, cut, is_ready_to_leave, prepare_night, scan
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_offline_ends import results

PERSON = """
- paragraph: Elus
- paragraph: Nom sur la pièce d’identité
- heading "Camille INVITÉ-0" [level=2]
- paragraph: Maire
- paragraph: Ville d’essai
- group "Pièce présentée":
  - radio "Carte d’identité"
  - radio "Passeport"
  - radio "Carte d’élu"
  - group: Autre pièce…
- button "Identité vérifiée, faire entrer"
- button "Ne correspond pas"
- link "Annuler, invité suivant"
"""
ADMITTED = """
- status:
  - paragraph: Entrée enregistrée
- paragraph:
  - strong: Camille INVITÉ-0
- paragraph: /Souhaitez la bienvenue/
- button "Annuler l’entrée"
- link "Personnes venues ensemble"
- link "Invité suivant"
"""
ALREADY_IN = """
- alert:
  - paragraph: /Déjà entré Entrée aujourd’hui à .*, Téléphone/
- paragraph:
  - strong: Camille INVITÉ-0
- paragraph: /Appelez le responsable/
- button "Ressorti et revenu"
- button "Copie suspecte"
- link "Personnes venues ensemble"
- link "Invité suivant"
"""
UNKNOWN = """
- alert:
  - paragraph: Code inconnu
- paragraph: /Saisissez les huit caractères/
- link "Invité suivant"
"""
FOUND = """
- heading "1 personne trouvée" [level=2]
- list:
  - listitem:
    - button "Camille INVITÉ-1 Maire, Ville d’essai Elus"
- paragraph:
  - link "Revenir au scan"
"""
TOOLS = """
- banner:
  - paragraph
  - status: /En ligne/
- main:
  - textbox "Code sous le QR"
  - button "Vérifier"
  - search:
    - searchbox "Nom de l’invité"
    - button "Chercher"
  - paragraph:
    - button "Oublier cet appareil"
"""
# Draws one answer of the door as the page would, with a guest or without.
DRAW = """async ([result, isOnline, guest]) => {
  const { drawAnswer } = await import("/static/js/desk-panel.js");
  const first = [guest.id, "", "admitted", "2026-07-08", 1783524660, "", "Porte 1"];
  const answer = { result, guest, first, isLocal: !isOnline, is_echo: false };
  document.getElementById("desk-panel").replaceChildren(drawAnswer(answer, { isOnline }));
}"""
GUEST = {
    "id": "abcdefgh12345678", "name": "Oleksandr SHCHERBAK", "native_name": "Олександр ЩЕРБАК", "lines": ["Maire"],
    "organisation": "Oblast de Kharkiv", "category": "Élus", "shape": "disc", "colour": "cat-1", "notes": [],
    "stand_in": "Iryna Koval",
}  # fmt: skip


def code_for(live: Live, night: Night, role: str = "agent") -> str:
    """The eight characters the lead reads out."""
    with live.app.app_context():
        set_writing(True)
        wanted = Wanted("Poste sans souris", role)
        invited = invite_device(get_event(night.slug), wanted, secret=KEY, actor=ORGANISER, at=now())
        db.session.commit()
        code = code_of(invited, KEY)
        db.session.remove()
    return code


def faults(page: Page, rules: dict[str, Any] = EVERY_RULE) -> list[str]:
    """What axe-core finds on the page as it is."""
    page.evaluate(Axe().axe_script)
    answer = page.evaluate("options => axe.run(document, options)", rules)
    return [f"{one['id']}: {node['html'][:160]}" for one in answer["violations"] for node in one["nodes"]]


def is_told(page: Page, names: str) -> None:
    """The panel, a live region, has these names and roles; axe finds nothing."""
    panel = page.locator("#desk-panel")
    expect(panel).to_have_attribute("aria-live", "polite")
    expect(panel).to_match_aria_snapshot(names)
    assert faults(page) == []


def test_from_the_code_to_the_undo(live: Live, desktop: Page) -> None:
    """Enrol, scan, check the identity, let in, take back, search, refuse: by keys alone, told by names."""
    night, keys = prepare_night(live, 2, id_check=True), Keyboard(desktop)
    desktop.goto("/enrol")
    keys.go_to("input[name=code]")
    keys.type(code_for(live, night))
    keys.enter()
    is_ready_to_leave(desktop)
    expect(desktop.locator("body")).to_match_aria_snapshot(TOOLS)
    assert faults(desktop) == []

    expect(desktop.locator("#code")).to_be_focused()
    keys.type("RUBBISH99")
    keys.press("Enter")
    answered(desktop, "refused")
    is_told(desktop, UNKNOWN)
    _let_in(desktop, keys, night.guests[0].code, night.guests[0].name)
    is_told(desktop, ADMITTED)

    keys.go_to(".button-form[data-local=undo] button", key="Shift+Tab")
    keys.press("Enter")
    answered(desktop, "info", "Entrée annulée")
    assert faults(desktop) == []

    keys.go_to("#words")
    keys.type("invite-1")
    keys.press("Enter")
    expect(desktop.locator(".desk-found")).to_be_focused()
    is_told(desktop, FOUND)
    keys.go_to(".desk-list button")
    keys.press("Enter")
    expect(desktop.get_by_role("heading", name=night.guests[1].name)).to_be_focused()
    keys.go_to("button[value=differs]")
    keys.press("Enter")
    answered(desktop, "refused", night.guests[1].name)
    assert faults(desktop) == []
    assert results(live, night.slug) == ["unknown", "admitted", "undone", "identity_refused"]


def _let_in(page: Page, keys: Keyboard, code: str, name: str) -> None:
    """By keys: the code, a press too early, the document, the press."""
    expect(page.locator("#code")).to_be_focused()
    keys.type(code)
    keys.press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_focused()
    is_told(page, PERSON)
    keys.go_to("button[value=admit]")
    keys.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="pièce présentée")).to_be_visible()
    assert faults(page) == []
    keys.choose("document", "passport")
    keys.go_to("button[value=admit]")
    keys.press("Enter")
    answered(page, "good", name)


def test_the_same_guest_at_another_desk_is_told_as_an_alert(live: Live, desktop: Page, phone: Page) -> None:
    night = prepare_night(live, 1)
    become_desk(live, phone, night.slug, "Téléphone")
    become_desk(live, desktop, night.slug, "Poste")
    scan(phone, night.guests[0].code)
    phone.locator("button[value=admit]").click()
    answered(phone, "good", night.guests[0].name)

    scan(desktop, night.guests[0].code)
    admit, verdict = desktop.locator("button[value=admit]"), desktop.locator(".desk-verdict")
    expect(admit.or_(verdict)).to_be_visible()
    if admit.is_visible():  # its own list did not know yet; the server does
        admit.click()

    answered(desktop, "attention", night.guests[0].name)
    is_told(desktop, ALREADY_IN)


@pytest.mark.parametrize("is_online", [True, False], ids=["online", "offline"])
def test_axe_finds_nothing_on_any_answer(live: Live, phone: Page, is_online: bool) -> None:
    """Every answer the door can give, as an enrolled phone of a lead draws it, by day and by night."""
    night = prepare_night(live, 1, id_check=True)
    phone.emulate_media(reduced_motion="reduce")  # colours are read as they end, not on their way
    become_desk(live, phone, night.slug, "Téléphone du responsable", role="lead")
    if not is_online:
        cut(phone)
    words = phone.evaluate("JSON.parse(document.getElementById('desk-kit').dataset.words).answers")
    found = []
    for result, told in words.items():
        phone.evaluate(DRAW, [result, is_online, GUEST])
        verdict = phone.locator(".desk-verdict")
        expect(verdict).to_have_attribute("role", "status" if told["state"] in {"good", "info"} else "alert")
        expect(verdict).to_contain_text(told["headline"])
        found += [f"{result} {fault}" for fault in faults(phone)]
        phone.emulate_media(color_scheme="dark")
        found += [f"{result}, by night, {fault}" for fault in faults(phone, COLOURS)]
        phone.emulate_media(color_scheme="light")
    assert found == []
    assert len(words) >= len({"admitted", "already_in", "replaced", "cancelled", "waiting", "forged"})
