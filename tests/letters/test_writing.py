"""A letter written out: wording, closing, blocks, date; and drawn (domain 1.1 to 1.4, 2.5)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest

from app.audit.service import COMMAND_LINE
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.letters.drawing import letter_job, place_date, plain, write_letter
from app.letters.placeholders import Recipient, UnknownPlaceholder
from app.letters.service import HalfALetter, NoText, Text, forget_wording, word
from app.letters.wording import Signature, Wording, default_wording, wording_for
from app.typeset import compile_pdf

Make = Callable[..., Any]
PIA = Recipient("Pia Imbs", "Pia IMBS", "Mme", ("Présidente",), "Eurométropole")
DAY = date(2025, 10, 23)
DONE = {"actor": COMMAND_LINE, "at": now()}


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(edition_number=2, id_check=True, deadline=True, capacity=300)


def worded(**values: Any) -> Wording:
    return Wording(**{"language": "fr", "subject": "Objet", "body": "Texte", "closing": "", **values})


@pytest.mark.parametrize(
    ("typed", "opening", "repeated"),
    [
        ("", ("Madame la Présidente,",), "Madame la Présidente"),
        ("Chère {name},", ("Chère Pia Imbs,",), "Chère Pia Imbs"),
        (
            "Madame la Présidente,\nMonsieur le Président,",
            ("Madame la Présidente,", "Monsieur le Président,"),
            "Madame la Présidente, Monsieur le Président",
        ),
    ],
)
def test_the_closing_repeats_the_salutation_word_for_word(
    event: Event, typed: str, opening: tuple[str, ...], repeated: str
) -> None:
    formula = "Je vous prie d’agréer, {salutation}, l’expression de ma {consideration}."
    wording = worded(salutation=typed, closing=formula)

    sheet = write_letter(wording, PIA, event, DAY)

    assert sheet.salutation == opening
    assert plain(sheet.closing) == (f"Je vous prie d’agréer, {repeated}, l’expression de ma haute considération.")


@pytest.mark.parametrize(
    ("style", "place", "language", "words"),
    [
        ("numeric", "Paris", "fr", "Paris, le 23/10/2025"),
        ("long", "Paris", "fr", "Paris, le 23 octobre 2025"),
        ("weekday", "", "fr", "Le jeudi 23 octobre 2025"),
        ("none", "Paris", "fr", "Paris"),
        ("long", "Paris", "en", "Paris, 23 October 2025"),
        ("weekday", "", "en", "Thursday 23 October 2025"),
    ],
)
def test_the_date_line_follows_its_style(style: str, place: str, language: str, words: str) -> None:
    assert place_date(worded(date_style=style, place=place, language=language), DAY) == words


def test_the_announcement_is_set_apart(event: Event) -> None:
    sheet = write_letter(worded(body="Avant\n\n{announcement}\n\nAprès"), PIA, event, DAY)

    assert [part["kind"] for part in sheet.blocks] == ["paragraph", "announcement", "paragraph"]
    lines = [plain(line["runs"]) for line in sheet.blocks[1]["lines"]]
    assert lines[1] == event.title.fr
    assert lines[3] == "Hôtel d’essai, 1 rue de l’Essai, Paris"
    assert [line["large"] for line in sheet.blocks[1]["lines"]] == [False, True, False, False]


def test_a_paragraph_on_a_deadline_nobody_set_is_left_out(make_event: Make) -> None:
    event = make_event(deadline=None)

    sheet = write_letter(worded(body="Un\n\nRépondez {deadline}.\n\nDeux {qualities}"), PIA, event, DAY)

    assert [plain(part["runs"]) for part in sheet.blocks] == ["Un", "Deux Présidente"]


def test_bold_is_the_organisers_and_never_a_guests(event: Event) -> None:
    guest = Recipient("**Pia** {event} \\ *", "", "", ())

    sheet = write_letter(worded(body="**Venez**, {name}"), guest, event, DAY)

    runs = sheet.blocks[0]["runs"]
    assert (runs[0]["t"], runs[0]["b"]) == ("Venez", True)
    assert plain(runs[1:]) == ", **Pia** {event} \\ *"
    assert not any(run["b"] for run in runs[1:])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["invitation", "save_the_date"])
def test_the_default_letter_says_the_facts_and_compiles(event: Event, language: str, kind: str) -> None:
    sheet = write_letter(default_wording(event, language, kind), PIA, event, DAY)
    document = pypdfium2.PdfDocument(compile_pdf(letter_job(sheet, event)))
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()

    assert event.title.get(language) in text
    assert "Pia IMBS" in text
    if kind == "invitation":
        assert event.mailbox.split("@")[0] in text
        assert ("identité" if language == "fr" else "identity") in text


def test_signs_no_face_can_draw_do_not_stop_a_letter(event: Event) -> None:
    guest = Recipient("Ana 🎉 ꙮ", "Ana 🎉 ꙮ", "Mme", ("Maire 🎉",), "Ville")

    sheet = write_letter(default_wording(event, "fr"), guest, event, DAY)

    assert compile_pdf(letter_job(sheet, event)).startswith(b"%PDF")


def test_several_signatories_keep_their_order_and_qualities(event: Event) -> None:
    mayor = Signature("Philippe Laurent", ("Président de l’AFCCRE", "Maire de Sceaux"))
    signing = (mayor, Signature("Anne Hidalgo"))
    text = Text(Bilingual("Lettre ouverte"), Bilingual("Texte"), signatories=signing)
    word(event, "invitation", None, text, **DONE)
    db.session.commit()
    db.session.expire_all()

    wording = wording_for(event, event.categories[0], "fr")

    assert wording.signatories == text.signatories
    assert b"%PDF" in compile_pdf(letter_job(write_letter(wording, PIA, event, DAY), event))[:8]


def test_a_category_may_have_its_own_wording(event: Event) -> None:
    category = event.categories[0]
    word(event, "invitation", None, Text(Bilingual("Pour tous"), Bilingual("Texte")), **DONE)
    word(event, "invitation", category, Text(Bilingual("Pour eux"), Bilingual("Texte")), **DONE)

    assert wording_for(event, category, "fr").subject == "Pour eux"
    assert wording_for(event, None, "fr").subject == "Pour tous"
    assert forget_wording(event, "invitation", category, **DONE)
    db.session.flush()
    assert wording_for(event, category, "fr").subject == "Pour tous"


def test_a_letter_never_mixes_two_languages(event: Event) -> None:
    word(event, "invitation", None, Text(Bilingual("Objet"), Bilingual("Texte")), **DONE)

    wording = wording_for(event, None, "en")

    assert (wording.language, wording.subject, wording.body) == ("fr", "Objet", "Texte")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (Text(Bilingual("Objet"), Bilingual()), NoText),
        (Text(Bilingual("Objet"), Bilingual("Texte", "Text")), HalfALetter),
        (Text(Bilingual("Objet {nom}"), Bilingual("Texte")), UnknownPlaceholder),
        (Text(Bilingual("Objet"), Bilingual("Texte"), closing=Bilingual("{x}")), UnknownPlaceholder),
    ],
)
def test_an_impossible_wording_is_refused(event: Event, text: Text, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        word(event, "invitation", None, text, **DONE)


@pytest.mark.parametrize(
    ("signed", "opening"),
    [
        (("M",), "Mon général,"),
        (("M", "M"), "Mon général,"),
        (("Mme",), "Général,"),
        (("M", "Mme"), "Général,"),
        (("M", ""), "Général,"),
        ((), "Général,"),
    ],
)
def test_an_officer_is_mon_general_from_men_only(event: Event, signed: tuple[str, ...], opening: str) -> None:
    """Domain 2.24."""
    officer = Recipient("Jean Dupuis", "Jean DUPUIS", "M", ("Général de brigade",))
    wording = worded(signatories=tuple(Signature("A", civility=one) for one in signed))

    assert write_letter(wording, officer, event, DAY).salutation == (opening,)
