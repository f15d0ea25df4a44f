"""Files to take away: the attendee list for organisers, the event's calendar for everyone."""

import logging

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from app import access
from app.clock import now
from app.events.queries import get_event_for, get_public_event
from app.exports.calendars import event_feed
from app.exports.call_list import call_list_file
from app.exports.guest_list import guest_list_file
from app.exports.lists import FORMATS, SELECTIONS, attendees_file
from app.exports.views_calendars import answer
from app.exports.wishes import count_wishes, wishes_file
from app.extensions import settings
from app.i18n import language
from app.overview.queries import event_counts
from app.text import file_name

bp = Blueprint("exports", __name__)
log = logging.getLogger("parvis.exports")


def _download(content: bytes, name: str, mime: str) -> Response:
    response = Response(content, mimetype=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/organise/<slug>/exports")
@access.staff("organiser")
def exports(slug: str) -> str:
    """What can be taken away, and what each file is for."""
    event = get_event_for(current_user, slug, "organiser")
    counts, wishes_told = event_counts(event), count_wishes(event)
    return render_template("exports/exports.html", event=event, counts=counts, wishes=wishes_told)


@bp.get("/organise/<slug>/exports/attendees")
@access.staff("organiser")
def attendees(slug: str) -> Response:
    """The attendee list as `?format=csv|xlsx|json`, of `?who=all|confirmed|waiting`."""
    event = get_event_for(current_user, slug, "organiser")
    wanted = request.args.get("format", "xlsx")
    who = request.args.get("who", "all")
    who = who if who in SELECTIONS else "all"
    content = attendees_file(event, wanted, language(), current_user.name, now(), selection=who)
    # A log line, not the journal: reading a page must write nothing to the database.
    log.info("attendees of %s (%s, %s) taken by %s", slug, who, wanted, current_user.public_id)
    return _download(content, file_name(f"{slug}-{who}", wanted), FORMATS[wanted])


@bp.get("/organise/<slug>/exports/guest-list")
@access.staff("organiser")
def guest_list(slug: str) -> Response:
    """The guest list as `?format=csv|xlsx`, to correct in a spreadsheet and to send back."""
    event = get_event_for(current_user, slug, "organiser")
    wanted = request.args.get("format", "xlsx")
    content = guest_list_file(event, wanted, language(), current_user.name, now())
    log.info("guest list of %s (%s) taken by %s", slug, wanted, current_user.public_id)
    return _download(content, file_name(f"{slug}-guests", wanted), FORMATS[wanted])


@bp.get("/organise/<slug>/exports/wishes")
@access.staff("organiser")
def wishes(slug: str) -> Response:
    """Those who told a need or a wish, as `?what=needs|photo|sharing&format=csv|xlsx`."""
    event = get_event_for(current_user, slug, "organiser")
    what, wanted = request.args.get("what", "needs"), "csv" if request.args.get("format") == "csv" else "xlsx"
    content = wishes_file(event, what, wanted, language(), made_by=current_user.name, at=now())
    log.info("%s of %s (%s) taken by %s", what, slug, wanted, current_user.public_id)
    return _download(content, file_name(f"{slug}-{what}", wanted), FORMATS[wanted])


@bp.get("/e/<slug>/calendar.ics")
@access.public()
def calendar(slug: str) -> Response:
    """The event and its sessions, for any calendar; asked again, 304 when nothing has changed."""
    event = get_public_event(slug)
    base_url = settings().base_url
    source = f"{base_url}{url_for('.calendar', slug=slug)}"
    return answer(event_feed(event, base_url), file_name(slug, "ics"), source=source, is_download=True)


@bp.get("/organise/<slug>/exports/calls")
@access.staff("organiser")
def calls(slug: str) -> Response:
    """Whom to telephone, as `?format=csv|xlsx`."""
    event = get_event_for(current_user, slug, "organiser")
    wanted = request.args.get("format", "xlsx")
    content = call_list_file(event, wanted, language(), current_user.name, now())
    log.info("list to call of %s (%s) taken by %s", slug, wanted, current_user.public_id)
    return _download(content, file_name(f"{slug}-calls", wanted), FORMATS[wanted])
