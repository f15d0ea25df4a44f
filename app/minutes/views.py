"""The organiser writes the minutes, part by part, and publishes them. Works without JavaScript."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.forms import Form, bilingual
from app.i18n import _, language
from app.minutes import correction, queries, service
from app.minutes.forms import DecisionForm, InterventionForm, decision_form, intervention_form, section_form, text_form
from app.text import file_name
from app.views import done

bp = Blueprint("minutes", __name__, url_prefix="/organise/<slug>/minutes")
Page = str | Response | tuple[str, int]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _by(event: Event) -> dict[str, Any]:
    """Who changes what, and when, as every service asks for it."""
    return {"event": event, "actor": current_actor(), "at": now()}


def _done(event: Event, sentence: str = "", anchor: str | None = None) -> Response:
    db.session.commit()
    if sentence:
        flash(sentence, "good")
    return redirect(url_for("minutes.edit", slug=event.slug, _anchor=anchor), 303)


def _fill(form: Form, title: str, event: Event, save: Callable[[], object]) -> Page:
    """Show a form, or save it; a refusal keeps what was typed."""
    if not form.is_submitted():
        return render_template("minutes/part.html", event=event, form=form, title=title)
    if done(form, save):
        return _done(event, _("Saved."))
    return render_template("minutes/part.html", event=event, form=form, title=title), 422


def _texts(form: Form, *names: str) -> dict[str, Any]:
    return {name: bilingual(form, name) for name in names}


@bp.get("")
@access.staff("organiser")
def edit(slug: str) -> str:
    """The minutes as they stand: a draft to write, a published version, or nothing yet."""
    event = _event(slug)
    return render_template(
        "minutes/edit.html", event=event, minutes=queries.find_latest(event),
        versions=queries.list_published(event),
    )  # fmt: skip


@bp.post("/begin")
@access.staff("organiser")
def begin(slug: str) -> Response:
    """Begin the minutes from the programme."""
    event = _event(slug)
    service.draft_from_programme(event, issued_on=now().date(), actor=current_actor(), at=now())
    return _done(event, _("The sections were made from the programme."))


@bp.post("/correct")
@access.staff("organiser")
def correct(slug: str) -> Response:
    """Begin the next version from the published one."""
    event = _event(slug)
    correction.begin_correction(event, actor=current_actor(), at=now())
    return _done(event, _("A new version can be written. The published one stays as it is."))


@bp.get("/preview")
@access.staff("organiser")
def preview(slug: str) -> str:
    """The draft as its readers will see it."""
    event = _event(slug)
    return render_template("minutes/preview.html", event=event, minutes=queries.get_draft(event))


@bp.get("/word")
@access.staff("organiser")
def word(slug: str) -> Response:
    """The version last begun as a Word document, to be read over by others."""
    from app.minutes.word import minutes_docx  # its library takes long to load and is rarely asked for

    minutes = queries.find_latest(_event(slug))
    if minutes is None:
        raise NotFound
    name = file_name(f"{slug} minutes v{minutes.version}", "docx")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(minutes_docx(minutes, language()), mimetype=WORD, headers=disposition)


@bp.post("/publish")
@access.staff("organiser")
def publish(slug: str) -> Response:
    """Publish the draft; a refusal says what is still to write."""
    event = _event(slug)
    try:
        service.publish(queries.get_draft(event), **_by(event))
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
        return redirect(url_for("minutes.edit", slug=slug), 303)
    return _done(event, _("The minutes are published."))


@bp.route("/text", methods=["GET", "POST"])
@access.staff("organiser")
def edit_text(slug: str) -> Page:
    """Title, date and introduction."""
    event = _event(slug)
    minutes = queries.get_draft(event)
    form = text_form(minutes)
    return _fill(
        form,
        _("Title and introduction"),
        event,
        lambda: service.edit_text(
            minutes, **_texts(form, "title", "introduction"), issued_on=form.issued_on.data, **_by(event)
        ),
    )


@bp.route("/sections/<section>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_section(slug: str, section: str) -> Page:
    """Heading and framing paragraphs of a section."""
    event = _event(slug)
    one = queries.get_section(event, section)
    form = section_form(one)
    return _fill(
        form,
        _("Section"),
        event,
        lambda: service.edit_section(one, **_texts(form, "label", "title", "narrative"), **_by(event)),
    )


@bp.route("/sections/<section>/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_intervention(slug: str, section: str) -> Page:
    """A passage more in a section."""
    event, form = _event(slug), InterventionForm()
    one = queries.get_section(event, section)
    return _fill(form, _("Add a passage"), event, lambda: service.add_intervention(one, **_said(form), **_by(event)))


@bp.route("/interventions/<one>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_intervention(slug: str, one: str) -> Page:
    """What one person said."""
    event = _event(slug)
    passage = queries.get_intervention(event, one)
    form = intervention_form(passage)
    return _fill(form, passage.name, event, lambda: service.edit_intervention(passage, **_said(form), **_by(event)))


def _said(form: InterventionForm) -> dict[str, Any]:
    return {
        "name": form.name.data, "qualities": form.lines(), "text": bilingual(form, "text"),
        "is_from_room": form.is_from_room.data, "is_joint": form.is_joint.data,
    }  # fmt: skip


@bp.route("/decisions/add", methods=["GET", "POST"])
@access.staff("organiser")
def add_decision(slug: str) -> Page:
    """An orientation or a commitment more."""
    event, form = _event(slug), DecisionForm()
    minutes = queries.get_draft(event)
    return _fill(
        form,
        _("Add a decision"),
        event,
        lambda: service.add_decision(minutes, bilingual(form, "text"), is_numbered=form.is_numbered.data, **_by(event)),
    )


@bp.route("/decisions/<int:position>", methods=["GET", "POST"])
@access.staff("organiser")
def edit_decision(slug: str, position: int) -> Page:
    """The words of a decision."""
    event = _event(slug)
    one = queries.get_decision(queries.get_draft(event), position)
    form = decision_form(one)
    return _fill(
        form,
        _("Decision"),
        event,
        lambda: service.edit_decision(one, bilingual(form, "text"), is_numbered=form.is_numbered.data, **_by(event)),
    )


@bp.post("/<kind>/<part>/move")
@access.staff("organiser")
def move(slug: str, kind: str, part: str) -> Response:
    """Move a section, a passage or a decision up or down."""
    event = _event(slug)
    one = queries.get_part(event, kind, part)
    service.move(one, -1 if request.form.get("direction") == "up" else 1, **_by(event))
    return _done(event, anchor=f"{kind}-{part}" if kind != "decisions" else "decisions")


@bp.post("/<kind>/<part>/remove")
@access.staff("organiser")
def remove(slug: str, kind: str, part: str) -> Response:
    """Take a section, a passage or a decision out of the draft."""
    event = _event(slug)
    service.remove(queries.get_part(event, kind, part), **_by(event))
    return _done(event, _("Removed."))
