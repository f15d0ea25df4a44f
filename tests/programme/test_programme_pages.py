"""The programme's pages, for the organiser and for everyone, and its PDF."""

from datetime import timedelta

import pypdfium2
import pytest

from app.columns import Bilingual
from app.directory.mandates import Term, change_mandate, save_presentation
from app.programme import queries, service
from app.programme.drawing import programme_pdf
from app.programme.service import Details
from tests.factories import ORGANISER, evening


@pytest.fixture
def event(make_event):
    return make_event(slug="essai")


def _add(event, title="Une table", **values):
    details = Details("round_table", Bilingual(title), **values)
    return service.add_session(event, details, actor=ORGANISER, at=event.created_at)


def _speak(event, session, person):
    service.add_role(session, person, "speaker", event=event, actor=ORGANISER, at=event.created_at)


FORM = {"kind": "round_table", "title_fr": "Table", "title_en": "", "room": "Salon"}


def test_a_session_is_added_in_the_browser(event, organiser_client):
    answer = organiser_client.post("/organise/essai/programme/add", data=FORM)
    assert answer.status_code == 303
    page = organiser_client.get(answer.location).text
    assert "Table" in page
    assert "Salon" in page


def test_what_was_typed_stays_after_a_refusal(event, organiser_client):
    wrong = {**FORM, "day": "2030-01-02", "begins": "18:00", "ends": "17:00"}
    answer = organiser_client.post("/organise/essai/programme/add", data=wrong)
    assert answer.status_code == 422
    assert 'value="Salon"' in answer.text
    assert 'value="18:00"' in answer.text
    assert queries.list_sessions(event) == []


def test_an_hour_needs_its_day(event, organiser_client):
    answer = organiser_client.post("/organise/essai/programme/add", data={**FORM, "begins": "18:00"})
    assert answer.status_code == 422


def test_hours_typed_are_those_of_the_events_zone(event, organiser_client):
    organiser_client.post("/organise/essai/programme/add", data={**FORM, "day": "2030-07-02", "begins": "17:30"})
    (session,) = queries.list_sessions(event)
    assert session.starts_at.isoformat() == "2030-07-02T15:30:00+00:00"


def test_a_session_is_changed_and_removed(event, organiser_client):
    session = _add(event)
    address = f"/organise/essai/programme/{session.public_id}"
    assert "Une table" in organiser_client.get(address).text
    organiser_client.post(address, data={**FORM, "title_fr": "Autre"})
    assert queries.list_sessions(event)[0].title.fr == "Autre"
    organiser_client.post(f"{address}/remove")
    assert queries.list_sessions(event) == []


def test_buttons_move_a_session(event, organiser_client):
    _add(event, "a")
    second = _add(event, "b")
    organiser_client.post(f"/organise/essai/programme/{second.public_id}/move", data={"direction": "up"})
    assert [s.title.fr for s in queries.list_sessions(event)] == ["b", "a"]


def test_someone_of_the_directory_is_found_and_added(event, organiser_client, make_person):
    person, session = make_person("Pia", "Imbs", qualities=("Présidente",)), _add(event)
    address = f"/organise/essai/programme/{session.public_id}/people"
    assert f"{address}/{person.public_id}" in organiser_client.get(f"{address}?q=imbs").text
    assert "Présidente" in organiser_client.get(f"{address}/{person.public_id}").text
    data = {"role": "speaker", "qualities": "Présidente\nMaire"}
    assert organiser_client.post(f"{address}/{person.public_id}", data=data).status_code == 303
    again = organiser_client.post(f"{address}/{person.public_id}", data=data)
    assert again.status_code == 422
    (role,) = queries.get_session(event, session.public_id).roles
    assert role.qualities == ("Présidente", "Maire")


def test_someone_new_is_entered_and_added(event, organiser_client):
    session = _add(event)
    data = {"given": "Tony", "family": "Ben Lahoucine", "role": "speaker", "qualities": "Adjoint"}
    organiser_client.post(f"/organise/essai/programme/{session.public_id}/people", data=data)
    (role,) = queries.get_session(event, session.public_id).roles
    assert role.person.full_name == "Tony Ben Lahoucine"


def test_a_role_is_changed_moved_and_removed(event, organiser_client, make_person):
    session = _add(event)
    _speak(event, session, make_person("A", "Un"))
    _speak(event, session, make_person("B", "Deux"))
    one = queries.get_session(event, session.public_id).roles[1]
    address = f"/organise/essai/programme/roles/{one.public_id}"
    organiser_client.post(address, data={"role": "moderator", "qualities": "Préfète"})
    organiser_client.post(f"{address}/move", data={"direction": "up"})
    roles = queries.get_session(event, session.public_id).roles
    assert [(r.person.family_name, r.role) for r in roles] == [("Deux", "moderator"), ("Un", "speaker")]
    organiser_client.post(f"{address}/remove")
    assert len(queries.get_session(event, session.public_id).roles) == 1


def test_a_session_of_another_event_is_not_found(event, organiser_client, make_event):
    session = _add(make_event())
    answer = organiser_client.get(f"/organise/essai/programme/{session.public_id}")
    assert answer.status_code == 404


def test_everyone_reads_the_programme_by_day(event, client, make_person):
    one = _add(event, "Première", starts_at=event.starts_at)
    _add(event, "Seconde", starts_at=event.starts_at + timedelta(days=1))
    _speak(event, one, make_person("Zoé", "Martin", qualities=("Maire <de> Brest",)))
    page = client.get("/e/essai/programme").text
    assert page.index("Première") < page.index("Seconde")
    assert page.count('class="programme-date"') == 2
    assert "Zoé MARTIN" in page
    assert "Maire &lt;de&gt; Brest" in page


def test_an_empty_programme_says_so(event, client):
    assert client.get("/e/essai/programme").status_code == 200


def test_the_programme_of_a_draft_is_not_public(make_event, client):
    make_event(slug="draft", status="draft")
    assert client.get("/e/draft/programme").status_code == 404
    assert client.get("/e/draft/programme.pdf").status_code == 404


@pytest.mark.parametrize(
    ("days", "status", "is_offered"), [(20, "open", True), (20, "archived", False), (-3, "open", False)]
)
def test_an_event_behind_us_is_not_offered_for_the_calendar(make_event, client, days, status, is_offered):
    event = make_event(slug="agenda", starts_at=evening(days), deadline=None, status=status)
    _add(event)
    assert ("/e/agenda/calendar.ics" in client.get("/e/agenda/programme").text) == is_offered


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_pdf_names_everyone_in_order(event, client, make_person, code):
    session = _add(event, "Une [table] #1 ?")
    for family in ("Cholé", "Щербак", "Imbs"):
        _speak(event, session, make_person("Pia", family, qualities=("Maire", "Députée")))
    text = _text(programme_pdf(event, code))
    assert text.index("CHOLÉ") < text.index("ЩЕРБАК") < text.index("IMBS")
    assert "[table] #1" in text
    answer = client.get("/e/essai/programme.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def _text(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_functions_are_proposed_as_held_on_the_day_and_in_an_order_of_ones_own(event, make_person, organiser_client):
    """Delafosse's orders (domain 1.8 P13); a mandate that ended is not proposed (scenario 5.14)."""
    session = _add(event)
    person = make_person(qualities=("Maire de M", "Président de CUF", "Ancien mandat"), organisation="")
    mayor, cuf, ended = person.mandates
    over = Term("Ancien mandat", valid_to=event.starts_at.date() - timedelta(days=1))
    change_mandate(ended, over, actor=ORGANISER, at=event.created_at)
    order = save_presentation(person, None, "Tribune", [[cuf], [mayor]], actor=ORGANISER, at=event.created_at)
    address = f"/organise/essai/programme/{session.public_id}/people/{person.public_id}"

    assert "Maire de M\nPrésident de CUF</textarea>" in organiser_client.get(address).text.replace("\r", "")
    page = organiser_client.get(f"{address}?order={order.public_id}").text.replace("\r", "")
    assert "Président de CUF\nMaire de M</textarea>" in page
    assert organiser_client.get(f"{address}?order=nothing").status_code == 404
