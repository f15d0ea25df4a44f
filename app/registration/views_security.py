"""The list for the security of the venue: versions, what changed since, the next one."""

import logging
from datetime import timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import IntegerField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.events.models import Event
from app.events.queries import get_event_for
from app.forms import Form, TextField
from app.i18n import _, language, lazy
from app.registration import security_list
from app.registration.security_files import CHANGE_WORDS, FORMATS, changes_file, version_file
from app.registration.security_queries import get_version, list_versions
from app.text import file_name
from app.views import done

bp = Blueprint("security", __name__, url_prefix="/organise/<slug>/security-list")
log = logging.getLogger("parvis.security")
KEPT = timedelta(days=30)
"""How long after the event versions are kept (domain 3.4)."""


class LockForm(Form):
    """To whom the next version goes; which version was on the screen."""

    refusals: ClassVar = {"RecipientMissing": "recipient"}
    recipient = TextField(
        lazy("Goes to"), [InputRequired(), Length(max=300)],
        description=lazy("The security of the venue, the prefecture, the police station: a service, not a person."),
    )  # fmt: skip
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


@bp.get("")
@access.staff("organiser")
def versions(slug: str) -> str:
    """Every version with its digest, and what changed since the last one."""
    event = get_event_for(current_user, slug, "organiser")
    last = next(iter(list_versions(event)), None)
    said = {"recipient": last.recipient, "seen": last.version} if last else {"recipient": "", "seen": 0}
    return _page(event, LockForm(formdata=None, data=said))


@bp.post("/lock")
@access.staff("organiser")
def lock(slug: str) -> str | BaseResponse | tuple[str, int]:
    """Freeze who comes as the next version."""
    event, form = get_event_for(current_user, slug, "organiser"), LockForm()
    made = done(
        form,
        lambda: security_list.lock(
            event, recipient=form.recipient.data or "", seen=form.seen.data or 0, language=language(),
            actor=current_actor(), at=now(),
        ),
    )  # fmt: skip
    if made is None:
        return _page(event, form), 422
    flash(_("Version %(version)s is locked.", version=made.value.version), "good")
    return redirect(url_for(".versions", slug=slug), 303)


@bp.get("/<int:version>")
@access.staff("organiser")
def version(slug: str, version: int) -> Response:
    """A version as `?format=csv|xlsx`, whole or, with `&what=changes`, what it changed."""
    event = get_event_for(current_user, slug, "organiser")
    one, kind = get_version(event, version), request.args.get("format", "xlsx")
    what = "changes" if request.args.get("what") == "changes" else "list"
    content = (changes_file if what == "changes" else version_file)(event, one, kind)
    # A log line, not the journal: reading a page must write nothing to the database.
    log.info("security list of %s, version %s (%s, %s) taken by %s", slug, version, what, kind, current_user.public_id)
    name = file_name(f"{slug}-security-{what}-v{version}", kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=FORMATS[kind], headers=headers)


def _page(event: Event, form: LockForm) -> str:
    found = list_versions(event)
    over = (event.ends_at or event.starts_at).astimezone(ZoneInfo(event.timezone)).date()
    return render_template(
        "registration/security.html", event=event, versions=found, form=form, words=CHANGE_WORDS,
        intact={one.version: security_list.is_intact(one) for one in found},
        changes=security_list.changes_since_last(event), people=len(security_list.people_of(event, language())),
        kept_until=over + KEPT,
    )  # fmt: skip
