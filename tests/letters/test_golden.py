"""Three letters of the seeds, in structure and typography: the minister's (S0), the open letter (S2), the date to keep
free (S3). As tagged PDF and as HTML; what is compared is the order of the pieces and how they stand, never bytes.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from flask import render_template

from app.audit.service import COMMAND_LINE
from app.clock import now
from app.columns import Bilingual
from app.demonstration import assises_2, rencontres_17
from app.demonstration.archive import enter_letter
from app.demonstration.papers import OPEN_LETTER
from app.events.models import Event
from app.letters.drawing import Binding, Sheet, letter_job, letters_job, plain, write_letter
from app.letters.placeholders import Recipient
from app.letters.service import word
from app.letters.signing import keep_scan
from app.letters.wording import wording_for
from app.pictures import read_picture
from app.typeset import compile_pdf
from tests.pdf_reading import has_bold, is_accessible, lines_of, tags_of, text_of
from tests.test_pictures import png

Make = Callable[..., Any]
PARIS = ZoneInfo("Europe/Paris")
PIA = Recipient("Pia Imbs", "Pia IMBS", "Mme", ("Présidente de l’Eurométropole de Strasbourg",))


def stands_in_order(words: list[str], text: str) -> None:
    """Each piece of `words` comes after the one before it."""
    at = 0
    for piece in words:
        found = text.find(" ".join(piece.split()), at)
        assert found >= 0, f"{piece!r} is missing or too early in: {text}"
        at = found + len(piece)


@pytest.fixture
def assises(make_event: Make) -> Event:
    """The 2nd Assises as the letter of 23 October 2025 tells them."""
    fact = assises_2.EVENT
    event = make_event(
        slug=fact.slug, title=fact.title, edition_number=2, starts_at=datetime(2025, 11, 18, 17, 30, tzinfo=PARIS),
        mailbox=fact.mailbox, id_check=True, deadline=fact.deadline.day, legal_footer="",
    )  # fmt: skip
    event.venue.name, event.venue.street, event.venue.city = "Quai d’Orsay", "1 rue Esnault Pelterie", ""
    enter_letter(event, assises_2.LETTER, actor=COMMAND_LINE, at=now())
    return event


@pytest.fixture
def rencontres(make_event: Make) -> Event:
    """The 17th Rencontres as the letter of 25 January 2026 tells them."""
    fact = rencontres_17.EVENT
    event = make_event(
        slug=fact.slug, title=fact.title, edition_number=17, starts_at=datetime(2026, 7, 7, 22, tzinfo=UTC),
        ends_at=datetime(2026, 7, 9, 21, tzinfo=UTC), date_precision="day", deadline=None,
        legal_footer=fact.legal_footer, mailbox=fact.mailbox,
    )  # fmt: skip
    enter_letter(event, rencontres_17.LETTER, actor=COMMAND_LINE, at=now())
    word(event, "open_letter", None, OPEN_LETTER, actor=COMMAND_LINE, at=now())
    return event


def sheet_of(event: Event, kind: str, recipient: Recipient = PIA) -> Sheet:
    return write_letter(wording_for(event, None, "fr", kind), recipient, event, now().date())


def html_of(event: Event, sheet: Sheet) -> str:
    return render_template("mail/letter.html", event=event, sheet=sheet)


def words_of(html: str) -> str:
    """What a reader of the HTML reads, in order."""
    told: list[str] = []

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, _attrs: Any) -> None:
            self.inside = self.inside or tag == "main"

        def handle_data(self, data: str) -> None:
            if self.inside:
                told.append(data)

    Reader().feed(html)
    return " ".join(" ".join(told).split())


MINISTER = [
    "Liberté Égalité Fraternité", "Le Ministre", "Paris, le 23/10/2025", "Madame la Présidente, Monsieur le Président,",
    "Madame la Maire, Monsieur le Maire,", "La diplomatie ne se fait pas", "j’ai le plaisir de vous convier à la",
    "2e édition", "Assises de la diplomatie parlementaire et de la coopération décentralisée", "mardi 18 novembre 2025",
    "17 h 30", "Quai d’Orsay, 1 rue Esnault Pelterie", "Votre connaissance du terrain",
    "avant le vendredi 7 novembre 2025", "secretariat.dgm-dctciv@diplomatie.gouv.fr",
    "pièce d’identité", "je vous prie d’agréer, Madame la Présidente,",
    "haute considération", "Jean-Noël BARROT",
]  # fmt: skip
SAVE_THE_DATE = [
    "Le Président", "Paris, le 25 janvier 2026", "Objet : Les 17e Rencontres", "Madame, Monsieur,",
    "Les équilibres du monde", "Mercredi 8 et jeudi 9 juillet 2026,", "aux Salons de l’Hôtel des Arts et Métiers,",
    "9bis avenue d’Iéna – 75116 Paris", "Plus de 500 participants", "« Cafés des Rencontres »",
    "je vous prie de recevoir, Madame, Monsieur,", "salutations les plus respectueuses", "Michaël Delafosse",
    "Maire de Montpellier", "Président de Montpellier Méditerranée Métropole",
]  # fmt: skip
OPEN = [
    "3 juillet 2025", "La coopération décentralisée, levier des partenariats", "Plus de 3 000 collectivités",
    "levier essentiel", "l’Agenda 2030", "Mesdames et Messieurs les Ministres",
]  # fmt: skip


def test_the_ministers_letter(assises: Event, tmp_path: Path) -> None:
    sheet = sheet_of(assises, "invitation")
    pdf = compile_pdf(letter_job(sheet, assises))

    stands_in_order(MINISTER, text_of(pdf))
    stands_in_order(MINISTER, words_of(html_of(assises, sheet)))
    assert is_accessible(pdf, tmp_path)
    assert "Pia IMBS" not in text_of(pdf)
    lines = lines_of(pdf)
    landmarks = ("Fraternité", "Le Ministre", "23/10")
    motto, quality, date = (next(one for one in lines if words in one.text) for words in landmarks)
    title = next(one for one in lines if one.text.startswith("Assises de la"))
    name = next(one for one in lines if "BARROT" in one.text)
    assert "Italic" in motto.font
    assert motto.top < quality.top < date.top
    assert date.right > 510 > quality.right
    assert "Serif" in title.font
    assert title.size > 14
    # Set apart and centred between the margins.
    assert abs((title.left + title.right) / 2 - 595.28 / 2) < 3
    assert name.left > 595.28 / 2
    assert sum("OBJET" in one.text.upper() for one in lines) == 0


def test_the_date_to_keep_free(rencontres: Event, tmp_path: Path) -> None:
    sheet = sheet_of(rencontres, "save_the_date")
    pdf = compile_pdf(letter_job(sheet, rencontres))

    stands_in_order([*SAVE_THE_DATE, "SIRET 309 575 652 000 40"], text_of(pdf))
    stands_in_order(SAVE_THE_DATE, words_of(html_of(rencontres, sheet)))
    assert is_accessible(pdf, tmp_path)
    lines = lines_of(pdf)
    day = next(one for one in lines if one.text.startswith("Mercredi 8"))
    place = next(one for one in lines if one.text.startswith("aux Salons"))
    footer = next(one for one in lines if "rue Christiani" in one.text)
    assert day.size > place.size
    assert abs((day.left + day.right) / 2 - (place.left + place.right) / 2) < 3
    assert has_bold("Les 17", pdf)
    assert footer.top > 750
    assert footer.size < 9


def test_the_open_letter_of_three(rencontres: Event, tmp_path: Path) -> None:
    sheet = sheet_of(rencontres, "open_letter")
    pdf = compile_pdf(letter_job(sheet, rencontres))

    stands_in_order(OPEN, text_of(pdf))
    signed = [part for one in OPEN_LETTER.signatories for part in (one.name, *one.qualities)]
    stands_in_order([*OPEN, *signed], words_of(html_of(rencontres, sheet)))
    assert is_accessible(pdf, tmp_path)
    # Nobody is addressed, so no form of address opens it; its title is a heading.
    assert sheet.salutation == ()
    assert tags_of(pdf).count("H1") == 1
    lines = lines_of(pdf)
    names = [next(one for one in lines if one.text.startswith(who)) for who in ("Philippe", "Michaël", "Anne")]
    assert names[0].left < names[1].left < names[2].left
    assert max(one.top for one in names) - min(one.top for one in names) < 2
    # Each one's functions stand under their own name, the association's before the town's.
    for name in names:
        column = [one for one in lines if abs(one.left - name.left) < 2 and one.top > name.top]
        above, below = (next(one for one in column if one.text.startswith(words)) for words in ("Président", "Maire"))
        assert above.top < below.top
    assert has_bold("levier essentiel", pdf)


def test_a_scanned_signature_stands_above_its_name_with_its_words(rencontres: Event, tmp_path: Path) -> None:
    template = word(rencontres, "open_letter", None, OPEN_LETTER, actor=COMMAND_LINE, at=now())
    scan = read_picture(png(200, 60), within=(1000, 300))
    keep_scan(rencontres, template, 2, scan, Bilingual("Signature de Michaël Delafosse"), actor=COMMAND_LINE, at=now())

    sheet = sheet_of(rencontres, "open_letter")
    pdf = compile_pdf(letter_job(sheet, rencontres))

    assert is_accessible(pdf, tmp_path)
    assert tags_of(pdf).count("Figure") == 1
    assert 'src="cid:signature-2" alt="Signature de Michaël Delafosse"' in html_of(rencontres, sheet)


def test_letters_of_two_languages_make_one_tagged_file(assises: Event, rencontres: Event, tmp_path: Path) -> None:
    english = write_letter(wording_for(assises, None, "en", "invitation"), PIA, assises, now().date())
    sheets = [sheet_of(assises, "invitation"), english, sheet_of(rencontres, "open_letter")]

    pdf = compile_pdf(letters_job(sheets, Binding("Lettres", "fr", "#24456f", is_two_sided=True)))

    assert is_accessible(pdf, tmp_path)
    document = pypdfium2.PdfDocument(pdf)
    starts = [n for n in range(len(document)) if document[n].get_textpage().get_text_bounded().strip()]
    document.close()
    # Each begins on the front of a sheet.
    assert all(number % 2 == 0 for number in starts)
    assert len(starts) == 3
    stands_in_order([MINISTER[-1], "The Minister", "Paris, 23/10/2025", OPEN[0]], text_of(pdf))


def test_plain_words_say_the_same(app: Any, assises: Event) -> None:
    sheet = sheet_of(assises, "invitation")
    values = {"sheet": sheet, "plain": plain}
    template = app.jinja_env.from_string('{% from "mail/_letter.txt" import letter %}{{ letter(sheet, plain) }}')

    stands_in_order(MINISTER, " ".join(template.render(**values).split()))
