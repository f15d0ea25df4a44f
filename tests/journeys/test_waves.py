"""Approval by a second person, shared mailboxes, offices: scenarios 5.1 (1-3), 5.7 and 5.14, in browsers."""

import io
from datetime import timedelta

import icalendar
import openpyxl
import pytest
from playwright.sync_api import expect

from app.clock import now
from app.columns import Bilingual
from app.database import db, set_writing
from app.demonstration.people import PEOPLE
from app.directory.mandates import Term, add_mandate, hand_over
from app.directory.models import Office, Person
from app.directory.service import get_or_add_organisation
from app.invitations.models import Invitation
from app.outbox.models import Message
from app.registration.models import Registration
from tests.factories import ORGANISER, Factory, evening
from tests.journeys.conftest import link_in, sign_in, wait_for
from tests.journeys.drawn import printed_badges
from tests.journeys.reading import codes_in_png, text_of

ASSISES, SHARED, RENCONTRES = "assises-nominales", "assises-partagees", "rencontres-fonction"
PIA, CABINET = "pia.imbs@example.org", "cabinet@ville.example"
HEADER = ["Civilité", "Prénom", "Nom", "Fonction", "Organisation", "Courriel", "Catégorie"]
FORMULA = {"Pia IMBS": "Madame la Présidente", "Emma VERAN": "Madame"}
ENDING, LEAVING = "rencontres-nominales", "M;Luc;PARTANT;Maire de Bort;Ville de Bort;luc.partant@example.org;elus"
NEW_MAYOR, OLD_MAYOR = "noe.nouveau@example.org", "anne.ancienne@example.org"


@pytest.fixture(scope="module")
def prepared(live):
    """Three open events, a second organiser, somebody known already, and an office with its holder."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        factory.user("organiser", email="cabinet@example.org", name="Cabinet")
        for slug in (ASSISES, SHARED, RENCONTRES, ENDING):
            factory.event(
                slug=slug, title=Bilingual("Assises nominales"), categories=("elus", "associations"), id_check=True,
                edition_number=2, starts_at=evening(20), ends_at=evening(20) + timedelta(hours=3),
            )  # fmt: skip
        factory.person("Emma", "Véran", email="", qualities=("Députée",), organisation="Assemblée d’essai")
        old = factory.person("Anne", "Ancienne", email=OLD_MAYOR, civility="Mme", qualities=())
        factory.person("Noé", "Nouveau", email=NEW_MAYOR, civility="M", qualities=())
        office = Office(
            organisation=get_or_add_organisation("Ville de Xaintrie"), title_masculine="Maire de Xaintrie",
            title_feminine="Maire de Xaintrie", key="maire de xaintrie",
        )  # fmt: skip
        db.session.add(office)
        began = now().date() - timedelta(days=900)
        add_mandate(old, Term("", office=office, valid_from=began), actor=ORGANISER, at=now())
        leaving = factory.person("Luc", "Partant", email="luc.partant@example.org", qualities=())
        until = now().date() + timedelta(days=2)
        add_mandate(leaving, Term("Maire de Bort", "Ville de Bort", valid_to=until), actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return live


def press(page, ending):
    page.locator(f"main form[action$='{ending}'] button[type=submit]").first.click()


def take_in(page, slug, name, data):
    """Send a list and take it in."""
    page.goto(f"/organise/{slug}/guests/import")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main form[action$='/apply'] button")).to_be_visible(timeout=60_000)


def seeds_and_others():
    """The 20 people of the seed documents, as elected people, and 280 more."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for fact in PEOPLE:
        email = PIA if fact.family.upper() == "IMBS" else f"{fact.key}@example.org"
        sheet.append([fact.civility, fact.given, fact.family.upper(), fact.qualities[0], "", email, "elus"])
    for number in range(280):
        sheet.append(
            [
                "M",
                f"Prénom{number}",
                f"Élu-Œuvre {number}",
                "Conseiller",
                "Réseau",
                f"g{number}@example.org",
                "associations",
            ]
        )
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_wave_is_approved_by_a_second_person_then_answered(prepared, open_page):
    organiser, cabinet = open_page("desktop"), open_page("desktop")
    sign_in(organiser, "organiser")
    sign_in(cabinet, "cabinet")
    take_in(organiser, ASSISES, "invités.xlsx", seeds_and_others())
    organiser.locator("main a[href*='show=possible_duplicates']").first.click()
    expect(organiser.locator("main")).to_contain_text("VERAN")
    press(organiser, "/apply")
    wait_for(lambda: prepared.read(lambda: db.session.query(Invitation).count()) == 300, "the list taken in")
    assert prepared.read(lambda: db.session.query(Person).filter_by(family_name="Élu-Œuvre 7").count()) == 1
    named_veran = Person.folded_family == "veran"
    assert prepared.read(lambda: db.session.query(Person).filter(named_veran).count()) == 2, "nobody was merged"

    wave = put_together(organiser)
    expect(organiser.locator("form[action$='/approve']")).to_have_count(0)
    cabinet.goto(wave)
    press(cabinet, "/approve")
    organiser.goto(wave)
    press(organiser, "/send")
    organiser.reload()
    expect(organiser.locator("form[action$='/send']")).to_have_count(0)
    check_the_letters(prepared)
    answer_as_pia(prepared, open_page("phone"))


def put_together(organiser):
    """Wave A with the elected people, submitted; its address."""
    organiser.goto(f"/organise/{ASSISES}/waves")
    organiser.locator("input[name=name]").fill("A")
    organiser.locator("main form[action$='/waves'] button[type=submit]").click()
    wave = organiser.url
    organiser.locator("select[name=category]").select_option("elus")
    press(organiser, "/fill")
    press(organiser, "/submit")
    return wave


def check_the_letters(live):
    """Everyone once, with all the letter owes: ordinal, hour, address, deadline, mailbox, document, formula."""
    letters = {fact.key: live.letters_to(f"{fact.key}@example.org") for fact in PEOPLE if fact.family.upper() != "IMBS"}
    assert {len(found) for found in letters.values()} == {1}
    assert live.read(lambda: db.session.query(Message).filter_by(kind="invitation").count()) == 20
    (pia,) = live.letters_to(PIA)
    sheet = next(part for part in pia.iter_attachments() if part.get_content_type() == "application/pdf")
    told = " ".join(text_of(sheet.get_content()).replace("\u202f", " ").replace("\xa0", " ").split())
    for words in ("2e édition", "17 h 30", "1 rue de l’Essai", "avant le", "organisation@example.org", "identité"):
        assert words in told, words
    greeting = next(line for line in pia.get_body(("plain",)).get_content().splitlines() if line.startswith("Madame"))
    assert told.count(greeting.rstrip(", ").replace("\u202f", " ")) >= 2, "the formula repeats the form of address"


def answer_as_pia(live, phone):
    """A GET changes nothing, a movement tells that she looks, a POST gives the place and its letter."""
    link = link_in(live.letters_to(PIA)[0])

    def state():
        return live.read(lambda: db.session.query(Invitation).filter_by(email=PIA).one().state)

    for _ in range(3):
        phone.request.get(link)
    phone.goto(link)
    assert state() == "sent"
    phone.mouse.move(100, 100)
    wait_for(lambda: state() == "opened", "the look told")
    phone.locator("label:has(input[name=answer][value=attend])").click()
    phone.locator("main form[action*='/invitation/'] button[type=submit]").click()
    letter = next(one for one in live.letters_to(PIA, 2) if "text/calendar; method" in one.as_string().lower())
    calendars = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    entry = icalendar.Calendar.from_ical(calendars[0].get_payload(decode=True)).walk("VEVENT")[0]
    assert (entry["DTSTART"].dt, entry["SEQUENCE"]) == (evening(20), 0)
    assert not isinstance(entry["ATTENDEE"], list)
    pictures = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "image"]
    assert [code for picture in pictures for code in codes_in_png(picture)]
    assert state() == "accepted"


def test_five_people_two_namesakes_one_mailbox(prepared, open_page):
    organiser = open_page("desktop")
    sign_in(organiser, "organiser")
    rows = [
        f"M;Philippe;LAURENT;Maire de Sceaux;Ville de Sceaux;{SHARED}1@example.org;elus",
        f"M;Philippe;LAURENT;Directeur;CC du Val;{SHARED}2@example.org;elus",
        *(f"Mme;Élue;{name};Adjointe;Ville;{CABINET};elus" for name in ("PREMIÈRE", "DEUXIÈME", "TROISIÈME")),
    ]
    take_in(organiser, SHARED, "élus.csv", "\n".join([";".join(HEADER), *rows]).encode())
    press(organiser, "/apply")
    organiser.goto(f"/organise/{SHARED}/guests?q=laurent")
    expect(organiser.locator("main")).to_contain_text("Ville de Sceaux")
    expect(organiser.locator("main")).to_contain_text("CC du Val")

    organiser.goto(f"/organise/{SHARED}/waves")
    organiser.locator("label[for^=shared_mailbox]", has_text="Un seul").click()
    organiser.locator("main form[action$='/rules'] button[type=submit]").click()
    organiser.goto(f"/organise/{SHARED}/invitations")
    press(organiser, "/invitations/send")
    (digest,) = prepared.letters_to(CABINET)
    body = digest.get_body(("plain",)).get_content()
    links = [line.strip() for line in body.splitlines() if "/i/" in line]
    assert len(set(links)) == 3
    for link, name in zip(links, ("DEUXIÈME", "PREMIÈRE", "TROISIÈME"), strict=True):
        guest = open_page("phone")
        guest.goto(link)
        expect(guest.locator("main")).to_contain_text(f"Élue {name[0]}")  # masked: links are forwarded
    assert len(prepared.letters_to(f"{SHARED}1@example.org")) == len(prepared.letters_to(f"{SHARED}2@example.org")) == 1


def test_an_office_is_invited_whoever_holds_it(prepared, open_page):
    organiser, cabinet = open_page("desktop"), open_page("desktop")
    sign_in(organiser, "organiser")
    sign_in(cabinet, "cabinet")
    organiser.goto(f"/organise/{RENCONTRES}/guests/add-office?q=xaintrie")
    press(organiser, "/add-office?q=xaintrie")
    expect(organiser.locator("main")).to_contain_text("Maire de Xaintrie")
    organiser.goto(f"/organise/{RENCONTRES}/waves")
    organiser.locator("input[name=name]").fill("Mai")
    organiser.locator("main form[action$='/waves'] button[type=submit]").click()
    press(organiser, "/fill")
    press(organiser, "/submit")
    cabinet.goto(organiser.url)
    press(cabinet, "/approve")
    organiser.reload()
    press(organiser, "/announce")
    (announced,) = prepared.letters_to(OLD_MAYOR)
    assert "/i/" not in announced.get_body(("plain",)).get_content(), "no answer is asked yet"

    pass_the_office_on(prepared)
    organiser.reload()
    press(organiser, "/send")
    (letter,) = prepared.letters_to(NEW_MAYOR)
    assert len(prepared.letters_to(OLD_MAYOR)) == 1, "the archived letter is unchanged and alone"
    check_the_badge_s_quality(prepared, open_page("phone"), link_in(letter), organiser)
    organiser.goto(f"/organise/{RENCONTRES}/guests?q=nouveau")
    organiser.locator("main table th a").first.click()
    expect(organiser.locator("#terms")).to_contain_text("Anne Ancienne")


def pass_the_office_on(live):
    """The elections were on the way: another mayor."""
    with live.app.app_context():
        set_writing(True)
        office = db.session.query(Office).filter_by(key="maire de xaintrie").one()
        new = db.session.query(Person).filter_by(family_name="Nouveau").one()
        hand_over(office, new, now().date(), actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def test_who_is_invited_in_a_quality_that_ends_first_is_pointed_out(prepared, desktop):
    sign_in(desktop, "organiser")
    take_in(desktop, ENDING, "élus.csv", "\n".join([";".join(HEADER), LEAVING]).encode())
    press(desktop, "/apply")
    desktop.goto(f"/organise/{ENDING}/")
    desktop.locator("main a[href$='/guests/endings']").click()
    expect(desktop.locator("main tbody")).to_contain_text("Maire de Bort")
    desktop.locator("main tbody th a").click()
    expect(desktop.locator("#invitation")).to_contain_text("prend fin avant")


def check_the_badge_s_quality(live, phone, link, organiser):
    phone.goto(link)
    phone.locator("label:has(input[name=answer][value=attend])").click()
    phone.locator("main form[action*='/invitation/'] button[type=submit]").click()

    def printed():
        wanted = db.session.query(Registration).join(Registration.person).filter(Person.family_name == "Nouveau")
        return [tuple(one.qualities) for one in wanted]

    assert wait_for(lambda: live.read(printed), "the place") == [("Maire de Xaintrie",)]
    badges = text_of(printed_badges(organiser, RENCONTRES))
    assert "NOUVEAU" in badges
    assert "Maire de Xaintrie" in badges
    assert "ANCIENNE" not in badges
