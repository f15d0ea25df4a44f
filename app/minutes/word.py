"""The minutes as a Word document, for those who must quote or comment."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from app.i18n import _, here, in_language
from app.minutes import telling
from app.minutes.drawing import event_of
from app.minutes.models import Decision, Minutes, Section
from app.typeset import inline_runs, paragraph_runs


def minutes_docx(minutes: Minutes, language: str) -> bytes:
    """The minutes in `language` as DOCX, headings and lists in Word's own styles."""
    with in_language(language):
        paper = _blank(here(minutes.title), language)
        _head(paper, minutes)
        for runs in paragraph_runs(here(minutes.introduction)):
            _write(paper.add_paragraph(), runs)
        _decide(paper, _("Orientations"), telling.orientations(minutes), "List Number")
        _decide(paper, _("Further commitments"), telling.commitments(minutes), "List Bullet")
        for section in minutes.sections:
            _section(paper, section)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _blank(title: str, language: str) -> WordDocument:
    paper = Document()
    paper.core_properties.title = title[:255]
    paper.core_properties.author = ""
    paper.core_properties.language = language
    normal = paper.styles["Normal"]
    normal.font.size = Pt(11)
    properties = normal.element.get_or_add_rPr()
    tongue = properties.makeelement(qn("w:lang"), {qn("w:val"): "en-GB" if language == "en" else "fr-FR"})
    properties.append(tongue)
    return paper


def _head(paper: WordDocument, minutes: Minutes) -> None:
    for body in telling.issuers(event_of(minutes)):
        paper.add_paragraph(body)
    paper.add_paragraph(telling.issue_date(minutes.issued_on))
    paper.add_heading(here(minutes.title), 0)
    if words := telling.version_words(minutes):
        paper.add_paragraph(words)


def _write(paragraph: Paragraph, runs: list[dict[str, object]]) -> None:
    for run in runs:
        written = paragraph.add_run(str(run["t"]))
        written.bold, written.italic = bool(run["b"]), bool(run["i"])


def _decide(paper: WordDocument, title: str, decisions: list[Decision], style: str) -> None:
    if decisions:
        paper.add_heading(title, 1)
    for one in decisions:
        _write(paper.add_paragraph(style=style), inline_runs(here(one.text)))


def _section(paper: WordDocument, section: Section) -> None:
    heading = " – ".join(part for part in (here(section.label), here(section.title)) if part)
    paper.add_heading(heading, 1)
    for label, people in telling.composition(section):
        paper.add_heading(label, 2)
        for one in people:
            line = paper.add_paragraph()
            line.add_run(one["name"]).bold = True
            for quality in one["qualities"]:
                line.add_run().add_break()
                line.add_run(quality)
    for runs in paragraph_runs(here(section.narrative)):
        _write(paper.add_paragraph(), runs)
    for passage in telling.passages(section):
        if passage.opens_room:
            paper.add_heading(telling.room_words(), 2)
        _speak(paper, passage)


def _speak(paper: WordDocument, passage: telling.Passage) -> None:
    first, *others = paragraph_runs(passage.text) or [[]]
    paragraph = paper.add_paragraph()
    paragraph.add_run(f"{passage.speakers}. ").bold = True
    _write(paragraph, first)
    for runs in others:
        _write(paper.add_paragraph(), runs)
