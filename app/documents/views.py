"""The documents of an event, for its organisers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.queries import find_organisation
from app.documents import queries, service
from app.documents.files import ACCEPTED
from app.documents.forms import DocumentForm, PublishFileForm, VersionForm
from app.documents.models import Document
from app.documents.serving import served
from app.documents.words import KIND_WORDS, place_words, size_words
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _, lazy
from app.views import done

bp = Blueprint("documents", __name__, url_prefix="/organise/<slug>/documents")
bp.add_app_template_global(place_words, "place_words")
bp.add_app_template_global(size_words, "size_words")
bp.record_once(lambda state: state.app.jinja_env.globals.update(DOCUMENT_KINDS=KIND_WORDS))
Page = str | Response | tuple[str, int]


class UnknownOrganisation(Refusal):
    """An organisation is of the directory before something is attached to it."""

    message = lazy("The directory knows no organisation of that name.")
    status = 422


@bp.get("")
@access.staff("organiser")
def documents(slug: str) -> str:
    """The documents of the event, of its series, and those of the library."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template(
        "documents/documents.html", event=event, documents=queries.list_documents(event), at=now()
    )  # fmt: skip


@bp.get("/add")
@access.staff("organiser")
def add_document(slug: str) -> str:
    """Ask what the document is."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("documents/add.html", event=event, form=DocumentForm().offer(event))


@bp.post("/add")
@access.staff("organiser")
def add_document_post(slug: str) -> Page:
    """Make a document; its file comes next."""
    event = get_event_for(current_user, slug, "organiser")
    form = DocumentForm().offer(event)
    made = done(form, lambda: _add(event, form))
    if not made:
        return render_template("documents/add.html", event=event, form=form), 422
    flash(_("The document is made. Now add its file."), "good")
    return redirect(url_for(".document", slug=slug, public_id=made.value.public_id), 303)


@bp.get("/<public_id>")
@access.staff("organiser")
def document(slug: str, public_id: str) -> str:
    """One document: what it is called, its files, from when they are public."""
    event = get_event_for(current_user, slug, "organiser")
    return _page(event, queries.get_document(event, public_id))


@bp.post("/<public_id>")
@access.staff("organiser")
def document_post(slug: str, public_id: str) -> Page:
    """Call a document otherwise, or attach it elsewhere."""
    event = get_event_for(current_user, slug, "organiser")
    form = DocumentForm().offer(event)
    if not done(form, lambda: _edit(event, queries.get_document(event, public_id), form)):
        return _page(event, queries.get_document(event, public_id), form=form), 422
    flash(_("The document is kept."), "good")
    return redirect(url_for(".document", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/version")
@access.staff("organiser")
def version_post(slug: str, public_id: str) -> Page:
    """Add a file: another version in its language."""
    event = get_event_for(current_user, slug, "organiser")
    form, found = VersionForm(prefix="version"), queries.get_document(event, public_id)
    if not done(form, lambda: _add_version(found, form)):
        return _page(event, queries.get_document(event, public_id), version_form=form), 422
    flash(_("The file is kept; publish it when it is to be read."), "good")
    return redirect(url_for(".document", slug=slug, public_id=public_id), 303)


@bp.get("/<public_id>/file/<file>")
@access.staff("organiser")
def file(slug: str, public_id: str, file: str) -> Response:
    """One version, published or not."""
    event = get_event_for(current_user, slug, "organiser")
    return served(queries.get_file(queries.get_document(event, public_id), file))


@bp.post("/<public_id>/file/<file>/publish")
@access.staff("organiser")
def publish(slug: str, public_id: str, file: str) -> Response:
    """Let anyone download a version, now or from a day on."""
    event = get_event_for(current_user, slug, "organiser")
    found = queries.get_file(queries.get_document(event, public_id), file)
    form = PublishFileForm(prefix=f"publish{file}")
    if form.validate():
        service.publish(found, form.instant(event, now()), actor=current_actor(), at=now())
        db.session.commit()
        flash(_("Version %(version)s is published.", version=found.version), "good")
    else:
        flash(_("This is not a day: please write it as the field asks."), "refused")
    return redirect(url_for(".document", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/file/<file>/withdraw")
@access.staff("organiser")
def withdraw(slug: str, public_id: str, file: str) -> Response:
    """Take a version from the public again."""
    event = get_event_for(current_user, slug, "organiser")
    found = queries.get_file(queries.get_document(event, public_id), file)
    service.withdraw(found, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("Version %(version)s is no longer public.", version=found.version), "info")
    return redirect(url_for(".document", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/remove")
@access.staff("organiser")
def remove(slug: str, public_id: str) -> Response:
    """Erase a document nobody may read."""
    event = get_event_for(current_user, slug, "organiser")
    service.remove(queries.get_document(event, public_id), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The document is erased."), "info")
    return redirect(url_for(".documents", slug=slug), 303)


def _places(event: Event, form: DocumentForm) -> dict[str, object]:
    """What the document is to be attached to. Raises UnknownOrganisation."""
    chosen = form.place.data
    organisation = find_organisation(form.organisation.data or "") if chosen == "organisation" else None
    if chosen == "organisation" and organisation is None:
        raise UnknownOrganisation
    return {
        "event": event if chosen == "event" else None,
        "series": event.series if chosen == "series" else None,
        "organisation": organisation,
    }


def _add(event: Event, form: DocumentForm) -> Document:
    kind, title, summary = form.text()
    return service.add_document(
        kind, title, summary=summary, **_places(event, form), actor=current_actor(), at=now()  # type: ignore[arg-type] # one of three rows or None each
    )  # fmt: skip


def _add_version(document: Document, form: VersionForm) -> None:
    service.add_version(document, form.upload(), remark=form.remark.data or "", actor=current_actor(), at=now())


def _edit(event: Event, document: Document, form: DocumentForm) -> None:
    service.edit_document(document, *form.text(), actor=current_actor(), at=now())
    places = _places(event, form)
    if places != {"event": document.event, "series": document.series, "organisation": document.organisation}:
        service.attach(document, **places, actor=current_actor(), at=now())  # type: ignore[arg-type] # as above


def _page(
    event: Event, document: Document, *, form: DocumentForm | None = None, version_form: VersionForm | None = None
) -> str:
    publish_forms = {
        one.public_id: PublishFileForm(formdata=None, prefix=f"publish{one.public_id}") for one in document.files
    }
    return render_template(
        "documents/document.html", event=event, document=document, accepted=ACCEPTED, at=now(),
        form=form or DocumentForm(formdata=None).offer(event).show(document), publish_forms=publish_forms,
        version_form=version_form or VersionForm(formdata=None, prefix="version"),
    )  # fmt: skip
