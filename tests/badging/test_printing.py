"""All badges as one file, and the page that makes it."""

import io

import pypdfium2
import pytest
import zxingcpp

from app.audit.service import Actor
from app.badging.layout import Layout
from app.badging.models import Badge, PrintRun
from app.badging.printing import NoBadges, TooMuchText
from app.badging.runs import Order, print_at_once
from app.clock import now
from app.database import db
from app.i18n import in_language


@pytest.fixture
def event(factory):
    event = factory.event(slug="assises", categories=("elus", "presse"))
    factory.registration(event, factory.person("Pia", "Imbs"), category="elus")
    factory.registration(
        event, factory.person("Mohammad", "Abd al-Rahman", native="محمد عبد الرحمن", country="PS"),
        category="presse",
    )  # fmt: skip
    return event


def draw(event, **options):
    order = Order(Layout(language="fr", **options))
    return print_at_once(event, order, actor=Actor("user", name="Claire"), at=now())[1]


def read_codes(pdf):
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    found = []
    for page in pages:
        bitmap = page.render(scale=4, grayscale=True)
        pixels = memoryview(bitmap.buffer).cast("B", (bitmap.height, bitmap.stride))
        found += [code.text for code in zxingcpp.read_barcodes(pixels)]
    return found


def test_one_file_holds_everyone_s_badge_and_its_code_is_the_badge_s(event):
    pdf = draw(event)
    db.session.commit()
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    assert sorted(read_codes(pdf)) == sorted(badge.code for badge in db.session.query(Badge))


def test_the_drawing_is_noted_and_the_codes_are_kept(event):
    draw(event)
    db.session.commit()
    run = db.session.query(PrintRun).one()
    assert (run.badges, run.made_by, run.design) == (2, "Claire", "a6")
    assert all(badge.matrix for badge in db.session.query(Badge))


def test_nobody_confirmed_is_said(factory):
    with pytest.raises(NoBadges):
        draw(factory.event())
    assert db.session.query(PrintRun).count() == 0


def test_a_text_that_cannot_fit_names_the_person(factory):
    event = factory.event()
    long = ("Vice-présidente déléguée à la coopération " * 7).strip()[:300]
    factory.registration(event, factory.person("Pia", "Imbs"), qualities=(long, long, long))
    with pytest.raises(TooMuchText) as refused, in_language("fr"):
        draw(event)
    assert "IMBS" in refused.value.sentence


def test_the_page_counts_and_gives_the_file(organiser_client, event):
    page = organiser_client.get("/organise/assises/badges")
    assert page.status_code == 200
    assert page.text.count('<td class="number">1</td>') == 2
    found = organiser_client.post("/organise/assises/badges/badges.pdf", data={"design": "card"})
    assert (found.status_code, found.mimetype) == (200, "application/pdf")
    assert db.session.query(PrintRun).one().design == "card"
    assert organiser_client.get("/organise/assises/badges").text.count("Organiser") >= 1


def test_the_picture_changes_nothing(organiser_client, event):
    found = organiser_client.get("/organise/assises/badges/preview.png?design=../../etc")
    assert found.data.startswith(b"\x89PNG")
    assert db.session.query(PrintRun).count() == 0


def test_an_event_without_badges_says_what_to_do(organiser_client, factory):
    event = factory.event()
    assert organiser_client.get(f"/organise/{event.slug}/badges").status_code == 200
    assert organiser_client.post(f"/organise/{event.slug}/badges/badges.pdf").status_code == 303
    assert organiser_client.get(f"/organise/{event.slug}/badges/preview.png").status_code == 409
