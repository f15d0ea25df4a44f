"""Minutes in the browser: written part by part, drafts never public, versions at addresses that stay."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from docx import Document

from app.columns import Bilingual
from app.minutes import correction, queries, service
from app.minutes.drawing import minutes_html, minutes_pdf
from app.minutes.word import minutes_docx
from tests.factories import ORGANISER

BASE = "/organise/essai/minutes"


@pytest.fixture
def event(make_event):
    return make_event(slug="essai", organiser_parent="Direction d’essai")


@pytest.fixture
def by(event):
    return {"event": event, "actor": ORGANISER, "at": event.created_at}


@pytest.fixture
def session(event, by, make_person):
    from app.programme import service as programme
    from app.programme.service import Details

    who = {"actor": ORGANISER, "at": event.created_at}
    table = programme.add_session(event, Details("round_table", Bilingual("Une table", "A table"), number=1), **who)
    programme.add_role(table, make_person("Pia", "Imbs", qualities=("Présidente",)), "speaker", **by)
    return table


@pytest.fixture
def draft(event, session):
    return service.draft_from_programme(event, issued_on=date(2025, 11, 25), actor=ORGANISER, at=event.created_at)


@pytest.fixture
def published(draft, by):
    service.edit_text(
        draft, title=Bilingual("Compte rendu d’essai", "Trial minutes"),
        introduction=Bilingual("Une **soirée** <b>utile</b>.\n\nSuite.", "A **useful** evening."),
        issued_on=draft.issued_on, **by,
    )  # fmt: skip
    (one,) = draft.sections[0].interventions
    service.edit_intervention(
        one, name=one.name, qualities=one.qualities, text=Bilingual("Elle a parlé [fort] #1."), **by
    )
    service.add_intervention(
        draft.sections[0],
        name="Jean-Paul Lecoq",
        qualities=("député",),
        text=Bilingual("De la salle."),
        is_from_room=True,
        **by,
    )
    service.add_decision(draft, Bilingual("Ouvrir la réserve", "Open the reserve"), is_numbered=True, **by)
    service.add_decision(draft, Bilingual("Défendre les crédits"), is_numbered=False, **by)
    service.publish(draft, **by)
    return draft


def test_the_whole_record_is_written_in_the_browser(event, session, organiser_client, client):
    assert organiser_client.get(BASE).status_code == 200
    organiser_client.post(f"{BASE}/begin")
    section = queries.get_draft(event).sections[0]
    organiser_client.post(f"{BASE}/text", data={
        "title_fr": "Compte rendu", "issued_on": "2025-11-25", "introduction_fr": "Introduction écrite.",
    })  # fmt: skip
    organiser_client.post(f"{BASE}/sections/{section.public_id}", data={
        "label_fr": "Table ronde 1", "title_fr": "Titre changé", "narrative_fr": "Cadre.",
    })  # fmt: skip
    one = queries.get_draft(event).sections[0].interventions[0]
    organiser_client.post(f"{BASE}/interventions/{one.public_id}", data={
        "name": "Pia Imbs", "qualities": "présidente\nmaire", "text_fr": "Elle a parlé.",
    })  # fmt: skip
    organiser_client.post(f"{BASE}/sections/{section.public_id}/add", data={
        "name": "Jean-Paul Lecoq", "text_fr": "De la salle.", "is_from_room": "y",
    })  # fmt: skip
    organiser_client.post(f"{BASE}/decisions/add", data={"text_fr": "Première", "is_numbered": "y"})
    organiser_client.post(f"{BASE}/decisions/add", data={"text_fr": "Seconde", "is_numbered": "y"})
    organiser_client.post(f"{BASE}/decisions/2/move", data={"direction": "up"})
    organiser_client.post(f"{BASE}/decisions/2", data={"text_fr": "Hors liste"})
    for page in (BASE, f"{BASE}/preview", f"{BASE}/text", f"{BASE}/decisions/1"):
        assert organiser_client.get(page).status_code == 200
    assert client.get("/e/essai/minutes").status_code == 404
    assert organiser_client.post(f"{BASE}/publish").status_code == 303
    page = client.get("/e/essai/minutes").text
    for text in (
        "Introduction écrite.",
        "Titre changé",
        "Cadre.",
        "Elle a parlé.",
        "De la salle.",
        "Seconde",
        "Hors liste",
        "présidente et maire",
    ):
        assert text in page, text


def test_what_will_be_published_is_read_first(draft, organiser_client):
    assert "/minutes/publish" not in organiser_client.get(BASE).text
    assert "/minutes/publish" in organiser_client.get(f"{BASE}/preview").text


def test_what_is_written_is_not_removed_without_a_question(draft, organiser_client):
    page = organiser_client.get(BASE, headers={"Accept-Language": "en"}).text
    assert page.count("<p>Remove “") == page.count('/remove"') == 2  # the section and its passage


def test_publishing_too_early_says_what_is_missing(draft, event, organiser_client):
    answer = organiser_client.post(f"{BASE}/publish", follow_redirects=True)
    assert "toast-refused" in answer.text
    assert queries.find_published(event) is None


def test_what_was_typed_stays_when_the_version_was_published_meanwhile(published, organiser_client):
    one = published.sections[0].interventions[0]
    answer = organiser_client.post(f"{BASE}/interventions/{one.public_id}", data={
        "name": "Pia Imbs", "text_fr": "Un long texte tapé.",
    })  # fmt: skip
    assert answer.status_code == 422
    assert "Un long texte tapé." in answer.text


def test_what_was_typed_stays_when_a_field_is_missing(draft, organiser_client):
    answer = organiser_client.post(
        f"{BASE}/text", data={"title_fr": "", "issued_on": "2025-11-25", "introduction_fr": "Gardé."}
    )
    assert answer.status_code == 422
    assert "Gardé." in answer.text


def test_parts_are_removed(draft, event, organiser_client):
    section = draft.sections[0]
    one = section.interventions[0]
    organiser_client.post(f"{BASE}/interventions/{one.public_id}/remove")
    assert queries.get_draft(event).sections[0].interventions == []
    organiser_client.post(f"{BASE}/sections/{section.public_id}/remove")
    assert queries.get_draft(event).sections == []
    assert organiser_client.post(f"{BASE}/decisions/9/remove").status_code == 404
    assert organiser_client.post(f"{BASE}/nothing/x/remove").status_code == 404


@pytest.mark.parametrize(
    "address", ["minutes", "minutes/v1", "minutes.pdf", "minutes/v1.pdf", "minutes/v2", "minutes/v0"]
)
def test_drafts_are_never_public(draft, client, address):
    assert client.get(f"/e/essai/{address}").status_code == 404


def test_a_version_keeps_its_address_when_a_correction_is_published(published, by, event, client, db_session):
    second = correction.begin_correction(event, actor=ORGANISER, at=event.created_at)
    service.edit_decision(second.decisions[0], Bilingual("Texte corrigé"), is_numbered=True, **by)
    db_session.commit()
    assert "Texte corrigé" not in client.get("/e/essai/minutes").text
    assert client.get("/e/essai/minutes/v2").status_code == 404
    service.publish(second, **by)
    db_session.commit()
    latest, first = client.get("/e/essai/minutes").text, client.get("/e/essai/minutes/v1").text
    assert "Texte corrigé" in latest
    assert "noindex" not in latest
    assert "Texte corrigé" not in first
    assert "Ouvrir la réserve" in first
    assert "noindex" in first


def test_a_correction_is_begun_in_the_browser(published, event, organiser_client):
    organiser_client.post(f"{BASE}/correct")
    assert queries.get_draft(event).version == 2
    assert organiser_client.post(f"{BASE}/correct").status_code == 409


def test_versions_are_listed_once_there_are_two(published, by, event, client, db_session):
    assert '/minutes/v1"' not in client.get("/e/essai/minutes").text
    service.publish(correction.begin_correction(**by), **by)
    db_session.commit()
    assert '/minutes/v1"' in client.get("/e/essai/minutes").text


def test_texts_are_escaped_and_marked(published, client):
    page = client.get("/e/essai/minutes").text
    assert "<strong>soirée</strong> &lt;b&gt;utile&lt;/b&gt;" in page
    assert "<p>Suite.</p>" in page


def test_reading_costs_the_same_for_any_length(published, client, statement_count):
    client.get("/e/essai/minutes")
    with statement_count() as seen:
        client.get("/e/essai/minutes")
    assert len([one for one in seen if one.startswith("SELECT")]) == 6


def test_the_pdf_holds_names_texts_and_decisions(published, client):
    text = _text(minutes_pdf(published, "fr"))
    for part in (
        "Pia IMBS",
        "Pia Imbs, présidente",
        "[fort] #1",
        "Jean-Paul Lecoq, député",
        "Ouvrir la réserve",
        "Défendre les crédits",
        "mardi 25 novembre 2025",
        "Direction d’essai",
    ):
        assert part in text, part
    assert client.get("/e/essai/minutes.pdf").data.startswith(b"%PDF")


def test_the_pdf_speaks_english(published):
    text = _text(minutes_pdf(published, "en"))
    assert "Trial minutes" in text
    assert "Open the reserve" in text


def test_the_word_document_opens(published):
    paper = Document(BytesIO(minutes_docx(published, "fr")))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for part in ("Compte rendu d’essai", "Pia IMBS", "Ouvrir la réserve", "Elle a parlé [fort] #1."):
        assert part in text, part
    assert any(run.bold and run.text == "soirée" for p in paper.paragraphs for run in p.runs)


def test_a_draft_is_read_over_in_word(draft, organiser_client):
    answer = organiser_client.get(f"{BASE}/word", headers={"Accept-Language": "fr"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="essai-minutes-v1.docx"'
    texts = [paragraph.text for paragraph in Document(BytesIO(answer.data)).paragraphs]
    assert any("Brouillon" in text for text in texts)


def test_without_minutes_there_is_no_word_document(event, organiser_client):
    assert organiser_client.get(f"{BASE}/word").status_code == 404


def test_the_html_file_stands_alone(published):
    page = minutes_html(published, "en").decode()
    assert '<html lang="en">' in page
    assert "Trial minutes" in page
    assert "<style>" in page
    assert "href=" not in page
    assert "src=" not in page


def test_another_events_parts_are_not_found(draft, make_event, organiser_client):
    make_event(slug="autre")
    one = draft.sections[0].interventions[0]
    answer = organiser_client.get(f"/organise/autre/minutes/interventions/{one.public_id}")
    assert answer.status_code == 404


def _text(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())
