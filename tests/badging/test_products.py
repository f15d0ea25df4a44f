"""Everything printed that is not a badge: for whom, what it says, who may ask for it."""

import pytest

from app.audit.models import AuditEntry
from app.audit.service import Actor
from app.badging import paper_lists, products
from app.badging.asked import Asked
from app.badging.half_days import half_days
from app.badging.models import PrintRun
from app.checkin.service import Passage, admit, undo
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.service import Names
from app.i18n import in_language
from app.jobs import run_work
from app.programme.models import Session, SessionRole
from app.registration.representatives import Representative
from app.registration.service import be_represented_by
from tests.badging.reading import words_in
from tests.factories import INVITEE, evening

CLAIRE = Actor("user", "claire", "Claire")


@pytest.fixture
def event(factory):
    event = factory.event(
        slug="assises", categories=("elus", "presse"), ends_at=evening().replace(hour=21), organiser="Délégation"
    )
    factory.registration(event, factory.person("Pia", "Imbs", civility="Mme"), category="elus")
    factory.registration(event, factory.person("Michaël", "Quernez", civility="M"), category="presse")
    return event


@pytest.fixture
def drawn(app, event):
    """`drawn(product, **asked)`: the run of a product in French, finished."""

    def draw(product, **asked):
        run = products.ask(event, product, Asked(language="fr", **asked), actor=CLAIRE, at=now())
        db.session.commit()
        run_work(app, products.WORK, run.public_id)
        db.session.expire_all()
        return db.session.query(PrintRun).filter_by(public_id=run.public_id).one()

    return draw


@pytest.fixture
def speaker(event, factory):
    person = factory.person("Christophe", "Ramond")
    session = Session(
        event_id=event.id, kind="round_table", title=Bilingual("Agir ensemble", "Acting together"), room="Salle 2",
        starts_at=event.starts_at, roles=[SessionRole(person=person, role="speaker", qualities=("Président du Tarn",))],
    )  # fmt: skip
    db.session.add(session)
    db.session.commit()
    return session


@pytest.mark.usefixtures("speaker")
def test_tent_cards_stand_for_the_speakers_twice_on_each(drawn):
    run = drawn("tents", who="speakers")
    assert (run.state, run.pages, run.badges) == ("ready", 1, 1)
    assert words_in(run.pdf).count("RAMOND") == 2
    assert words_in(run.pdf).count("Président du Tarn") == 2


def test_the_card_of_a_representative_says_whom_they_represent(drawn, event, factory):
    invitation = factory.invitation(event, factory.person("Philippe", "Laurent"), category="presse")
    who = Representative(Names("Amine", "Benali", "", "M"), "Trésorier", "amine@example.org")
    be_represented_by(invitation, who, by="link", actor=INVITEE, at=now())
    db.session.commit()
    told = words_in(drawn("tents", who="presse", height=60).pdf)
    assert "BENALI" in told
    assert "représentant Philippe Laurent" in told
    assert "IMBS" not in told


def test_reserved_signs_say_the_category_in_words_as_often_as_asked(drawn):
    run = drawn("reserved", copies=2, size="a5")
    told = words_in(run.pdf)
    assert (run.badges, told.count("RÉSERVÉ"), told.count("Elus")) == (4, 4, 4)  # large, and on the band


@pytest.mark.usefixtures("speaker")
def test_a_door_shows_what_happens_behind_it(drawn):
    told = words_in(drawn("doors").pdf)
    assert "Salle 2" in told
    assert "Agir ensemble" in told
    assert "après-midi" in told


def test_everyone_signs_once_for_each_half_day(drawn, event):
    with in_language("fr"):
        assert len(half_days(event)) == 1
    told = words_in(drawn("attendance", blank_rows=2).pdf)
    assert "Feuille d’émargement" in told
    assert told.index("IMBS Pia") < told.index("QUERNEZ Michaël")


def test_two_days_have_four_half_days(factory):
    starts = evening().replace(hour=8)
    event = factory.event(starts_at=starts, ends_at=starts.replace(hour=16) + (evening(31) - evening(30)))
    with in_language("en"):
        words = [one.words for one in half_days(event)]
    assert [one.rpartition(", ")[2] for one in words] == ["morning", "afternoon"] * 2


def test_the_desk_on_paper_has_everyone_and_their_short_codes(drawn, event):
    from app.badging.queries import list_active_badges

    told = words_in(drawn("desk").pdf)
    for badge in list_active_badges(event):
        assert f"{badge.short_code[:4]} {badge.short_code[4:]}" in told


@pytest.mark.parametrize("product", ["desk", "attendance"])
def test_a_long_list_is_drawn_in_parts_that_say_between_which_names(drawn, event, monkeypatch, product):
    assert "Partie" not in words_in(drawn(product).pdf)
    monkeypatch.setattr(paper_lists, "PART", 1)

    run = drawn(product)

    told = words_in(run.pdf)
    assert (run.pages, run.done) == (2, 2)
    for number, name in enumerate(("IMBS Pia", "QUERNEZ Michaël"), start=1):
        assert f"Partie {number} sur 2" in told
        assert name in told


def test_labels_are_addressed_to_people(drawn):
    told = words_in(drawn("labels", who="elus").pdf)
    assert "Madame Pia IMBS" in told
    assert "QUERNEZ" not in told


def test_certificates_are_only_for_those_the_door_let_in(drawn, event, factory):
    assert drawn("certificates").state == "failed"
    from app.registration.queries import list_registrations

    imbs, quernez = list_registrations(event)
    device = factory.device(event)
    for number, one in enumerate((imbs, quernez)):
        admit(event, one, Passage(device, f"in-{number}", "typed", "Reception", now()))
    undo(event, quernez, Passage(device, "out", "typed", "Reception", now()))
    db.session.commit()
    run = drawn("certificates", signatory="Frédéric CHOLÉ", place="Paris")
    told = words_in(run.pdf)
    assert (run.state, run.pages) == ("ready", 1)
    assert "Attestation de présence" in told
    assert "IMBS" in told
    assert "QUERNEZ" not in told
    assert "formation" not in told.lower()


def test_the_word_formation_needs_an_approval(drawn, event, factory):
    from app.registration.queries import list_registrations

    admit(event, list_registrations(event)[0], Passage(factory.device(event), "in", "typed", "Reception", now()))
    db.session.commit()
    refused = drawn("certificates", notice="Vaut formation des élus.")
    assert refused.state == "failed"
    assert "CGCT" in refused.trouble
    assert drawn("certificates", notice="Vaut formation des élus.", is_approved=True).state == "ready"


def test_nothing_to_print_is_said_on_the_run(drawn):
    run = drawn("packs")
    assert (run.state, run.pdf) == ("failed", None)
    assert run.trouble.startswith("Il n’y a rien à imprimer")


def test_the_page_has_a_form_for_each_and_starts_the_work(organiser_client, event):
    page = organiser_client.get("/organise/assises/printed")
    assert page.status_code == 200
    sent = organiser_client.post("/organise/assises/printed/desk")
    run = db.session.query(PrintRun).one()
    assert sent.status_code == 303
    assert sent.location.endswith(f"/badges/runs/{run.public_id}")
    assert (run.product, run.state) == ("desk", "waiting")
    assert organiser_client.get(sent.location).status_code == 200
    assert db.session.query(AuditEntry).filter_by(action="paper.printed").one().after == {"product": "desk"}
    assert organiser_client.post("/organise/assises/printed/anything").status_code == 404
    refused = organiser_client.post("/organise/assises/printed/reserved", data={"reserved-copies": "9999"})
    assert refused.status_code == 422
    assert 'value="9999"' in refused.text
