"""How letters are worded, who signs them, and what they say to a real guest before they leave."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import begin_writing, db
from app.errors import NotFound
from app.events.models import Category, Event
from app.events.queries import get_category, get_event_for
from app.i18n import _, in_language, language
from app.letters import preview, publishing, service, showing, signing
from app.letters.addressees import list_columns
from app.letters.drawing import Sheet, letter_job
from app.letters.forms import PreviewForm, PublishForm, ScanForm, WordingForm
from app.letters.models import LetterTemplate
from app.letters.placeholders import PLACEHOLDERS, values_for
from app.letters.queries import find_own_template, find_template, get_scan, list_templates
from app.letters.wording import KINDS, blank_template, worded
from app.outbox.composing import Attachment, Letter
from app.pictures import read_picture
from app.typeset import compile_pdf
from app.views import done

bp = Blueprint("wording", __name__, url_prefix="/organise/<slug>/wording")
Page = str | Response | tuple[str, int]
OFFERED = 60


@bp.get("")
@access.staff("organiser")
def wording(slug: str) -> str:
    """The wording of one kind of letter, for all guests or for one category."""
    event = get_event_for(current_user, slug, "organiser")
    return _wording_page(event, WordingForm().show(_template(event)))


@bp.post("")
@access.staff("organiser")
def wording_post(slug: str) -> Page:
    """Keep a wording."""
    event = get_event_for(current_user, slug, "organiser")
    kind, category = _which(event)
    form = WordingForm()
    if not done(form, lambda: service.word(event, kind, category, form.text(), actor=current_actor(), at=now())):
        return _wording_page(get_event_for(current_user, slug, "organiser"), form), 422
    flash(_("The wording is kept; letters not yet posted use it too."), "good")
    return redirect(request.full_path, 303)


@bp.post("/forget")
@access.staff("organiser")
def forget_wording(slug: str) -> Response:
    """Return to the wording above."""
    event = get_event_for(current_user, slug, "organiser")
    kind, category = _which(event)
    is_gone = service.forget_wording(event, kind, category, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("This wording is dropped.") if is_gone else _("There was no wording to drop."), "info")
    return redirect(_address(slug), 303)


@bp.post("/preview")
@access.staff("organiser", reads_first=True)
def preview_typed(slug: str) -> Response:
    """The letter as typed, kept or not, to one guest; changes nothing."""
    event = get_event_for(current_user, slug, "organiser")
    sheet = _shown(event, WordingForm().text())
    return _pdf(event, sheet) if request.form.get("as") == "pdf" else _html(event, sheet)


@bp.get("/preview")
@access.staff("organiser")
def preview_kept(slug: str) -> Response:
    """The letter as kept, to one guest."""
    event = get_event_for(current_user, slug, "organiser")
    return _html(event, _shown(event, None))


@bp.get("/letter-<code>.pdf")
@access.staff("organiser")
def letter_pdf(slug: str, code: str) -> Response:
    """The letter as kept, in French or in English, to the guest `who` or to an invented one."""
    event = get_event_for(current_user, slug, "organiser")
    return _pdf(event, _shown(event, None, code))


@bp.get("/signature/<public_id>.png")
@access.staff("organiser")
def scan(slug: str, public_id: str) -> Response:
    """A scanned signature."""
    event = get_event_for(current_user, slug, "organiser")
    return preview.download(Attachment("signature.png", "image/png", get_scan(event, public_id).data))


@bp.post("/signature/<int:position>")
@access.staff("organiser", reads_first=True)
def scan_post(slug: str, position: int) -> Page:
    """Print a scanned signature above a name."""
    form = ScanForm(prefix=f"scan{position}")
    if not done(form, lambda: _keep_scan(slug, position, form)):
        event = get_event_for(current_user, slug, "organiser")
        return _wording_page(event, WordingForm(formdata=None).show(_template(event)), {position: form}), 422
    flash(_("The signature is printed on the letters from now on."), "good")
    return redirect(_address(slug), 303)


@bp.post("/signature/<int:position>/drop")
@access.staff("organiser")
def drop_scan(slug: str, position: int) -> Response:
    """Leave the place for a signature by hand again."""
    event = get_event_for(current_user, slug, "organiser")
    signing.drop_scan(event, _own(event), position, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The scanned signature is erased."), "info")
    return redirect(_address(slug), 303)


@bp.post("/publish")
@access.staff("organiser", reads_first=True)
def publish(slug: str) -> Response:
    """Put the letter, as everyone may read it, into the documents of the event or of nobody."""
    event = get_event_for(current_user, slug, "organiser")
    kind, category = _which(event)
    form = PublishForm()
    place = form.attached.data if form.validate() else "event"
    drawn = publishing.draw(event, kind, category, _today(event))
    begin_writing()
    event = get_event_for(current_user, slug, "organiser")
    document = publishing.put(event, drawn, place=place, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("“%(title)s” is in the documents; publish it there.", title=document.title.get(language())), "good")
    return redirect(url_for("documents.document", slug=slug, public_id=document.public_id), 303)


def _keep_scan(slug: str, position: int, form: ScanForm) -> None:
    """The picture is drawn again before anything is written."""
    picture = read_picture(form.picture.data.read(), within=signing.SCAN_WITHIN)
    begin_writing()
    event = get_event_for(current_user, slug, "organiser")
    signing.keep_scan(
        event, _own(event), position, picture, form.alternative(), actor=current_actor(), at=now()
    )  # fmt: skip


def _address(slug: str) -> str:
    kind, category = request.args.get("kind"), request.args.get("category")
    return url_for(".wording", slug=slug, kind=kind, category=category)


def _which(event: Event) -> tuple[str, Category | None]:
    kind, key = request.args.get("kind") or KINDS[0], request.args.get("category", "")
    if kind not in KINDS:
        raise NotFound
    return kind, get_category(event, key) if key else None


def _template(event: Event) -> LetterTemplate:
    kind, category = _which(event)
    return find_template(event, kind, category) or blank_template(event, kind)


def _own(event: Event) -> LetterTemplate:
    """The wording kept for exactly this kind and category. Raises NotFound."""
    template = find_own_template(event, *_which(event))
    if template is None:
        raise NotFound
    return template


def _today(event: Event) -> date:
    return now().astimezone(ZoneInfo(event.timezone)).date()


def _shown(event: Event, typed: service.Text | None, code: str = "") -> Sheet:
    """The sheet that was asked for: `typed` or what is kept, to the guest the page names."""
    kind, category = _which(event)
    asked = PreviewForm(request.values)
    code = code or (asked.in_language.data if asked.in_language.data in ("fr", "en") else language())
    template = _template(event)
    words = showing.typed_wording(typed, template, code) if typed else worded(template, code)
    audience = showing.list_audience(event, kind, category)
    reader = showing.find_reader(audience, event, key=asked.who.data or "", words=asked.find.data or "")
    return showing.shown_sheet(event, words, reader, _today(event))


def _html(event: Event, sheet: Sheet) -> Response:
    with in_language(sheet.language):
        letter = Letter(sheet.subject, "", render_template("mail/letter.html", event=event, sheet=sheet))
    keys = {f"signature-{n}": one.scan.key for n, one in enumerate(sheet.signatories, start=1) if one.scan}
    return preview.html_page(letter, lambda name: url_for(".scan", slug=event.slug, public_id=keys[name]))


def _pdf(event: Event, sheet: Sheet) -> Response:
    name = _("letter") + f"-{sheet.language}.pdf"
    return preview.download(Attachment(name, "application/pdf", compile_pdf(letter_job(sheet, event))))


def _wording_page(event: Event, form: WordingForm, scan_forms: dict[int, ScanForm] | None = None) -> str:
    kind, category = _which(event)
    audience = showing.list_audience(event, kind, category)
    own = find_own_template(event, kind, category)
    signed = [one.position for one in own.signatories] if own else []
    scans = {at: ScanForm(formdata=None, prefix=f"scan{at}") for at in signed}
    example = audience[0].recipient if audience else showing.sample(language())
    return render_template(
        "letters/wording.html", event=event, form=form, kind=kind, category=category, kinds=KINDS,
        placeholders=PLACEHOLDERS, own=own, scan_forms={**scans, **(scan_forms or {})}, publish_form=PublishForm(),
        worded={one.category_id for one in list_templates(event) if one.kind == kind},
        example=values_for(event, example, language()), columns=list_columns(audience), audience=audience,
        gaps=showing.list_holes(event, kind, category, audience),
        preview_form=PreviewForm(request.args).offer(audience[:OFFERED]),
    )  # fmt: skip
