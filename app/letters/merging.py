"""Mail merge: the letters to many guests as one file for the printer, made while the page waits.

Every letter is tagged (PDF/UA-1) and so is the file. Typst keeps a page's layout in memory until the end, twice where
pages are numbered: so letters of one page have no number, and beyond COST megabytes the file is bound from several,
which loses the tags (a file of 1,500 letters of one page stays whole).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from app.audit.service import Actor, record
from app.binding import count_pages, join_pdfs
from app.clock import now
from app.database import begin_writing, db, reading
from app.errors import Refusal
from app.events.models import Event
from app.events.words import short_instant
from app.i18n import _, here, in_language, lazy
from app.jobqueue import start_work
from app.letters.addressees import Addressee, Narrowing, list_addressees
from app.letters.drawing import Binding, Sheet, letters_job, write_letter
from app.letters.models import MergeRun
from app.letters.placeholders import event_values
from app.letters.queries import find_run
from app.letters.wording import Wording, wording_for
from app.letters.words import kind_words
from app.typeset import TypesettingFailed, compile_pdf, compile_pdfs

WORK = "merge_letters"
MOST = 5000
KEPT = timedelta(days=7)
# Letters typeset at once to learn how many pages each has.
PIECE = 100
# Megabytes a letter takes while it is set, and more where its pages are numbered.
PLAIN, NUMBERED, COST = 0.6, 1.3, 1400.0
PATIENCE = 300.0


class NobodyToWriteTo(Refusal):
    """There is no letter to print."""

    message = lazy("No guest fits this choice: there is no letter to print.")


class TooManyLetters(Refusal):
    """More than a printer takes in one file."""

    message = lazy("%(number)s letters are too many for one file: at most %(most)s. Print category by category.")


def ask(event: Event, kind: str, narrowing: Narrowing, *, binding: Binding, actor: Actor, at: datetime) -> MergeRun:
    """Have the letters of `kind` written into one file in the background; files older than a week go.

    `binding` gives the language of the file and whether both sides are printed. Raises NobodyToWriteTo,
    TooManyLetters.
    """
    number = len(list_addressees(event, narrowing, limit=MOST + 1))
    if not number:
        raise NobodyToWriteTo
    if number > MOST:
        raise TooManyLetters(number=f"> {MOST}", most=MOST)
    forget_old(at)
    asked = {"category": narrowing.category, "channel": narrowing.channel, "language": binding.language}
    asked["unsent"] = "yes" if narrowing.is_unsent else ""
    run = MergeRun(
        event_id=event.id, kind=kind, narrowing=asked, total=number, is_two_sided=binding.is_two_sided,
        made_by=actor.name, created_at=at,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    start_work(db.session(), WORK, run.public_id)
    record(
        actor, "letters.merged", kind="letter", id=run.public_id, name=kind, topic=event.public_id, at=at,
        after={"letters": number, **asked},
    )  # fmt: skip
    return run


def forget_old(at: datetime) -> None:
    """Erase files for the printer older than a week: they name everyone written to."""
    db.session.execute(delete(MergeRun).where(MergeRun.created_at < at - KEPT))


def remove(event: Event, run: MergeRun, *, actor: Actor, at: datetime) -> None:
    """Erase a file for the printer; work under way on it ends by itself."""
    record(actor, "letters.merge_removed", kind="letter", id=run.public_id, name=run.kind, topic=event.public_id, at=at)
    db.session.delete(run)


def merge(public_id: str) -> Iterator[None]:
    """The background work of a run; see `app.jobqueue.Work`. Holds no lock while it writes and draws."""
    run = find_run(public_id)
    if run is None or run.state == "ready":
        return
    run.state, run.done = "running", 0
    yield
    with reading():
        sheets, binding = _sheets(public_id)
    begin_writing()
    numbered: list[int] = []
    try:
        for start in range(0, len(sheets), PIECE):
            numbered += [start + at for at in _long_ones(sheets[start : start + PIECE], binding)]
            _tell(public_id, min(start + PIECE, len(sheets)), len(sheets))
            yield
        pdf = _bind(sheets, binding, numbered)
    except TypesettingFailed as error:
        _fail(public_id, str(error))
        return
    run = find_run(public_id)
    if run is not None:
        run.pdf, run.pages = pdf, count_pages(pdf)
        run.state, run.finished_at = "ready", now()


def give_up(public_id: str) -> None:
    """Say on the run that its file will not come."""
    _fail(public_id, "")


def _sheets(public_id: str) -> tuple[list[Sheet], Binding]:
    """Every letter in plain values, dated today."""
    run = find_run(public_id)
    if run is None:
        return [], Binding("", "fr", "#000000")
    event, asked = run.event, run.narrowing
    narrowing = Narrowing(
        category=asked.get("category", ""), channel=asked.get("channel", ""), is_unsent=bool(asked.get("unsent"))
    )
    today = now().astimezone(ZoneInfo(event.timezone)).date()
    wordings: dict[tuple[int, str], Wording] = {}
    facts = {code: event_values(event, code) for code in ("fr", "en")}
    sheets = []
    for one in list_addressees(event, narrowing, with_links=True):
        wording = _wording(event, run.kind, one, wordings)
        sheets.append(write_letter(wording, one.recipient, event, today, facts=facts[wording.language]))
    return sheets, _binding(run, event)


def _wording(event: Event, kind: str, one: Addressee, wordings: dict[tuple[int, str], Wording]) -> Wording:
    """The wording of an addressee, read once for each category and language."""
    key = (one.category_id, one.language)
    if key not in wordings:
        category = next((c for c in event.categories if c.id == one.category_id), None)
        wordings[key] = wording_for(event, category, one.language, kind)
    return wordings[key]


def _binding(run: MergeRun, event: Event) -> Binding:
    language = run.narrowing.get("language", "fr")
    with in_language(language):
        title = f"{kind_words(run.kind)} – {here(event.title)}, {short_instant(run.created_at, event)}"
    return Binding(title, language, event.accent, run.is_two_sided)


def _long_ones(sheets: Sequence[Sheet], binding: Binding) -> list[int]:
    """Positions of the letters that have more than one page: together first, one by one when some have."""
    single = replace(binding, is_two_sided=False)
    if count_pages(compile_pdf(letters_job(sheets, single), timeout=PATIENCE)) == len(sheets):
        return []
    alone = compile_pdfs([letters_job([sheet], single) for sheet in sheets], timeout=PATIENCE)
    return [at for at, pdf in enumerate(alone) if count_pages(pdf) > 1]


def _bind(sheets: Sequence[Sheet], binding: Binding, numbered: Sequence[int]) -> bytes:
    """The file: one run of the typesetter when memory allows, else several bound together."""
    several = set(numbered)
    parts: list[list[int]] = [[]]
    cost = 0.0
    for at in range(len(sheets)):
        price = PLAIN + (NUMBERED if at in several else 0.0)
        if cost + price > COST and parts[-1]:
            parts.append([])
            cost = 0.0
        parts[-1].append(at)
        cost += price
    binding = replace(binding, is_followed=len(parts) > 1)
    jobs = [
        letters_job([sheets[at] for at in part], binding, {n for n, at in enumerate(part) if at in several})
        for part in parts
    ]
    return join_pdfs([compile_pdf(job, timeout=PATIENCE) for job in jobs])


def _tell(public_id: str, done: int, total: int) -> None:
    run = find_run(public_id)
    if run is not None:
        run.done, run.total = done, total


def _fail(public_id: str, trouble: str) -> None:
    run = find_run(public_id)
    if run is not None:
        with in_language(run.narrowing.get("language", "fr")):
            told = trouble or _("Something went wrong; the log of the program says what.")
        run.state, run.trouble, run.finished_at = "failed", told[:500], now()
