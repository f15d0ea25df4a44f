"""The whole chain in real browsers, from the list of guests to the published minutes and the files.

Steps are found by what they do (the address a form goes to, the name of a field), not by their
words: words change and are translated, the chain does not.
"""

import csv
import io
import re
import zipfile
from datetime import timedelta

import icalendar
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from app.columns import Bilingual
from app.database import db, set_writing
from app.directory.models import Person
from tests.factories import Factory, evening
from tests.journeys.conftest import Live, link_in, mailed_digits, sign_in, wait_for
from tests.journeys.drawn import printed_badges
from tests.journeys.reading import codes_in_pdf, codes_in_png, text_of

SLUG = "assises-du-voyage"
ORGANISE = f"/organise/{SLUG}"
ZOE, MOHAMMED, WAITING = "zoe.martin@example.org", "m.abdelrahman@example.org", "late@example.org"
LIST = f"""Civilité;Prénom;Nom;Fonction;Organisation;Courriel;Catégorie
Mme;Zoé;MARTIN-LEFÈVRE;Maire de Rivemont;Ville de Rivemont;{ZOE};elus
M.;Mohammed;ABDEL-RAHMAN;Président;Association Partages;{MOHAMMED};associations
Mme;Agnès;TARDIF;Directrice;Réseau d’essai;{WAITING};associations
;;;Sans nom;;personne@example.org;
"""


@pytest.fixture
def event(live: Live) -> None:
    """An open event of two places, identity checked at the door."""
    with live.app.app_context():
        set_writing(True)
        Factory().event(
            slug=SLUG,
            title=Bilingual("Assises du voyage", "Travelling assembly"),
            id_check=True,
            capacity=2,
            starts_at=evening(20),
            ends_at=evening(20) + timedelta(hours=3),
        )
        db.session.remove()
        db.engine.dispose()


def press(page: Page, ending: str) -> None:
    """Send the form of the page whose address ends that way."""
    page.locator(f"main form[action$='{ending}'] button[type=submit]").first.click()


def fetch(page: Page, path: str) -> bytes:
    """A file of the site, with the page's own session."""
    answer = page.request.get(path)
    assert answer.ok, f"{answer.status} {path}"
    return answer.body()


def test_the_chain(live, event, open_page):
    organiser = open_page("desktop")
    sign_in(organiser, "organiser")
    import_the_list(organiser)
    send_the_invitations(organiser)
    invitation = live.letters_to(ZOE)[0]
    check_the_invitation(invitation)

    guest = open_page("phone")
    short_code = answer_on_a_phone(guest, link_in(invitation), live)
    (confirmation,) = [letter for letter in live.letters_to(ZOE, 3) if "entrance-code" in letter.as_string()]
    code = check_the_confirmation(confirmation, short_code)
    somebody_else_comes(open_page("phone"), link_in(live.letters_to(MOHAMMED)[0]))
    the_third_waits(open_page("phone"), link_in(live.letters_to(WAITING)[0]))

    draw_the_badges(organiser, code)
    work_at_the_door(open_page("phone"), short_code)
    write_the_programme(organiser)
    write_the_minutes(organiser, open_page("phone", "en-GB"))
    take_files_away(organiser, code)


def import_the_list(page):
    page.goto(f"{ORGANISE}/guests/import")
    guests = {"name": "invités.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    page.locator("input[type=file]").set_input_files(guests)
    page.locator("main form button[type=submit]").click()
    page.locator("main a[href*='show=created']").click()
    expect(page.locator("main")).to_contain_text("MARTIN-LEFÈVRE")
    page.goto(f"{ORGANISE}/guests")
    expect(page.locator("main")).not_to_contain_text("MARTIN-LEFÈVRE")  # nothing is written yet
    page.go_back()
    press(page, "/apply")
    page.goto(f"{ORGANISE}/guests")
    for name in ("MARTIN-LEFÈVRE", "ABDEL-RAHMAN", "TARDIF"):
        expect(page.locator("main")).to_contain_text(name)


def send_the_invitations(page):
    page.goto(f"{ORGANISE}/invitations")
    press(page, "/invitations/send")
    page.goto(f"{ORGANISE}/letters")
    expect(page.locator("main")).to_contain_text(WAITING)


def check_the_invitation(letter):
    assert letter["Reply-To"] == "organisation@example.org"
    assert "Martin-Lefèvre".casefold() in str(letter["To"]).casefold()
    (sheet,) = [part for part in letter.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert "martin-lefèvre" in text_of(sheet.get_content()).lower()


def choose(page, answer):
    page.locator(f"label:has(input[name=answer][value={answer}])").click()
    page.locator("main form[action*='/invitation/'] button[type=submit]").click()


def type_the_mailed_code(page, live, address):
    """Show that one reads the mailbox: six digits come by mail."""
    page.locator("main form[action$='/code'] button").first.click()
    digits = wait_for(lambda: mailed_digits(live, address), "the code by mail")
    page.locator("input[name=digits]").fill(digits)
    page.locator("main form[action$='/code/check'] button").click()


def answer_on_a_phone(page, link, live):
    page.goto(link)
    assert link not in page.url  # the address lost its secret
    page.reload()
    page.goto(link)  # opened again: nothing was answered by opening
    choose(page, "attend")
    expect(page.locator(".ticket")).to_have_count(0)  # a forwarded link shows no code
    type_the_mailed_code(page, live, ZOE)
    expect(page.locator(".ticket svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    return page.locator(".ticket-short code").inner_text()


def check_the_confirmation(letter, short_code):
    """The mail carries the code as a picture and in words, and an entry for calendars."""
    pictures = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "image"]
    (code,) = [code for picture in pictures for code in codes_in_png(picture)]
    body = letter.get_body(("plain",)).get_content()
    assert short_code.replace(" ", "") in body.replace(" ", "").replace("\u202f", "")
    calendars = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    entry = icalendar.Calendar.from_ical(calendars[0].get_payload(decode=True)).walk("VEVENT")[0]
    assert "Assises du voyage" in entry["SUMMARY"]
    assert entry["DTSTART"].dt == evening(20)
    return code


def somebody_else_comes(page, link):
    page.goto(link)
    choose(page, "represented")
    page.locator("input[name=given_name]").fill("Amine")
    page.locator("input[name=family_name]").fill("Benali")
    page.locator("input[name=email]").fill("amine@example.org")
    send = page.locator("main form[action*='/invitation/'] button[type=submit]")
    send.click()
    expect(page.locator("input[name=family_name]")).to_have_value("Benali")  # nothing typed is lost
    page.locator("input[name=quality]").fill("Trésorier")
    send.click()
    expect(page).to_have_url(re.compile(r"/answered$"))
    expect(page.locator("main")).to_contain_text("Amine B…")


def the_third_waits(page, link):
    page.goto(link)
    choose(page, "attend")
    expect(page.locator(".ticket")).to_have_count(0)
    expect(page.locator("main .note").first).to_contain_text("1")


def draw_the_badges(page, code):
    drawn = codes_in_pdf(printed_badges(page, SLUG))
    assert [len(codes) for codes in drawn] == [1, 1]
    assert [code] in drawn


def type_code(page, code):
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def work_at_the_door(page, short_code):
    sign_in(page, "reception")
    expect(page).to_have_url("/desk/")
    page.goto(f"/desk/{SLUG}/")
    page.locator("input[name=gate]").fill("Porte 1 · Guichet 3")
    press(page, f"/desk/{SLUG}/")
    type_code(page, short_code)
    panel = page.locator("#desk-panel")
    expect(panel).to_contain_text("MARTIN-LEFÈVRE", ignore_case=True)
    panel.locator("label.choice").first.click()
    panel.locator("button[value=admit]").click()
    expect(panel.locator(".desk-verdict-good")).to_be_visible()
    type_code(page, short_code.lower())
    second = panel.locator(".desk-verdict:not(.desk-verdict-good)")
    expect(second).to_contain_text("Porte 1 · Guichet 3")
    type_code(page, "NOSUCHCODE")
    expect(second).not_to_contain_text("Porte 1")
    page.reload()
    expect(page.locator("#desk-live")).to_contain_text("1")


def write_the_programme(page):
    page.goto(f"{ORGANISE}/programme/add")
    page.locator("select[name=kind]").select_option("round_table")
    page.locator("input[name=number]").fill("1")
    page.locator("input[name=title_fr]").fill("Accueillir ceux qui arrivent")
    page.locator("input[name=title_en]").fill("Welcoming those who arrive")
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Accueillir ceux qui arrivent")
    page.locator("main a[href$='/people']").click()
    page.locator("input[name=q]").fill("martin lefevre")
    page.locator("main form[method=get] button").click()
    page.locator("main a[href*='/people/']").first.click()
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.goto(f"/e/{SLUG}/programme")
    expect(page.locator("main")).to_contain_text("Maire de Rivemont")
    assert "Accueillir ceux qui arrivent" in text_of(fetch(page, f"/e/{SLUG}/programme.pdf"))


def write_the_minutes(page, reader):
    page.goto(f"{ORGANISE}/minutes")
    press(page, "/minutes/begin")
    page.locator("main a[href$='/minutes/text']").click()
    page.locator("textarea[name=introduction_fr]").fill("La soirée réunit **trois** invités.")
    page.locator("textarea[name=introduction_en]").fill("The evening gathers **three** guests.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.locator("main a[href*='/minutes/interventions/']").first.click()
    page.locator("textarea[name=text_fr]").fill("La maire dit comment la ville accueille.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.locator("main a[href$='/decisions/add']").click()
    page.locator("textarea[name=text_fr]").fill("Tenir la porte ouverte.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    assert reader.request.get(f"/e/{SLUG}/minutes").status == 404  # a draft is nobody's reading
    page.locator("main a[href$='/minutes/preview']").click()
    press(page, "/minutes/publish")
    reader.goto(f"/e/{SLUG}/minutes")
    expect(reader.locator("main strong", has_text="three")).to_be_visible()
    expect(reader.locator("main")).to_contain_text("Tenir la porte ouverte.")
    assert "comment la ville accueille" in text_of(fetch(reader, f"/e/{SLUG}/minutes.pdf"))


def take_files_away(page, code):
    table = fetch(page, f"{ORGANISE}/exports/attendees?format=csv&who=all")
    assert table.startswith(b"\xef\xbb\xbf")  # Excel then reads accents
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert any("MARTIN-LEFÈVRE" in cell.upper() for row in rows for cell in row)
    workbook = fetch(page, f"{ORGANISE}/exports/attendees?format=xlsx&who=confirmed")
    assert zipfile.is_zipfile(io.BytesIO(workbook))
    cells = [c for s in openpyxl.load_workbook(io.BytesIO(workbook)) for row in s.values for c in row]
    assert any(str(cell).upper().find("MARTIN-LEFÈVRE") >= 0 for cell in cells)
    listed = page.request.get(f"{ORGANISE}/exports/attendees?format=json&who=all").json()
    assert code in [one["badge_code"] for one in listed]
    calendar = icalendar.Calendar.from_ical(fetch(page, f"/e/{SLUG}/calendar.ics"))
    assert "Assises du voyage" in {str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")}


def test_the_directory_holds_each_person_once(live):
    with live.app.app_context():
        names = [person.full_name for person in db.session.query(Person)]
        db.session.remove()
        db.engine.dispose()
    assert len(names) == len(set(names)) == 4
