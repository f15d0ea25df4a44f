"""Devices of the reception: the lead makes codes, sees each device, ends it; a phone becomes a desk by a code."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

import badges
from app import access
from app.accounts.actor import current_actor
from app.checkin import door_queries, enrolling, queries
from app.checkin.board import FAR_OFF_MS, SILENT
from app.checkin.forms_devices import EnrolForm, device_form
from app.checkin.manifest import list_event_days
from app.checkin.views_credentials import keep_token
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import get_event_for
from app.extensions import settings
from app.i18n import _
from app.views import done

bp = Blueprint("devices", __name__)
Page = str | AnyResponse | tuple[str, int]


@bp.get("/organise/<slug>/door/devices")
@access.staff("organiser")
def devices(slug: str) -> str:
    """Each device with what it last said, and a form for one more."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("checkin/devices.html", form=_form(event), **_shown(event))


@bp.get("/organise/<slug>/door/devices/live")
@access.staff("organiser")
def live(slug: str) -> Response:
    """The same list as a fragment that js/poll.js fetches."""
    event = get_event_for(current_user, slug, "organiser")
    return make_response(render_template("checkin/_devices.html", **_shown(event)))


@bp.post("/organise/<slug>/door/devices")
@access.staff("organiser")
def invite(slug: str) -> Page:
    """Make a code, and show it."""
    event = get_event_for(current_user, slug, "organiser")
    form, secret = _form(event), settings().secret_key
    if made := done(
        form, lambda: enrolling.invite_device(event, form.wanted(), secret=secret, actor=current_actor(), at=now())
    ):
        return redirect(url_for(".code", slug=slug, enrolment=made.value.public_id), 303)
    return render_template("checkin/devices.html", form=form, **_shown(event)), 422


@bp.get("/organise/<slug>/door/devices/code/<enrolment>")
@access.staff("organiser")
def code(slug: str, enrolment: str) -> str:
    """The code as a QR to hold before the phone, and as eight characters."""
    event = get_event_for(current_user, slug, "organiser")
    found = door_queries.get_enrolment(event, enrolment)
    text = enrolling.code_of(found, settings().secret_key)
    address = url_for(".enrol_with", code=text, _external=True)
    qr = badges.qr_svg(badges.qr_matrix(address), _("Code of this device")) if found.used_at is None else ""
    return render_template("checkin/code.html", event=event, enrolment=found, code=text, qr=qr, is_over=_over(found))


@bp.get("/organise/<slug>/door/devices/code/<enrolment>/live")
@access.staff("organiser")
def code_live(slug: str, enrolment: str) -> Response:
    """Whether the phone is there; the page is read again once it is."""
    event = get_event_for(current_user, slug, "organiser")
    found = door_queries.get_enrolment(event, enrolment)
    response = make_response(
        render_template("checkin/_code_waits.html", event=event, enrolment=found, is_over=_over(found))
    )
    if found.used_at is not None:
        response.headers["X-Poll-Reload"] = "1"
    return response


@bp.post("/organise/<slug>/door/devices/<device>/revoke")
@access.staff("organiser")
def revoke(slug: str, device: str) -> AnyResponse:
    """End a device at once."""
    event = get_event_for(current_user, slug, "organiser")
    found = queries.get_device(event, device)
    enrolling.revoke(found, event, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("This device is no longer a desk. It erases its list as soon as it has a network."), "good")
    return redirect(url_for(".devices", slug=slug), 303)


@bp.get("/enrol")
@access.public()
def enrol() -> str:
    """A phone asks to become a desk: type the code."""
    return render_template("desk/enrol.html", form=EnrolForm(), shown=None)


@bp.get("/enrol/<code>")
@access.public()
def enrol_with(code: str) -> str:
    """The same, from the QR: one press is enough. Opening it changes nothing."""
    shown = enrolling.find_enrolment(code, settings().secret_key, now())
    form = EnrolForm(formdata=None, code=code)
    if shown is None:
        form.tell(enrolling.EnrolmentOver())
    return render_template("desk/enrol.html", form=form, shown=shown)


@bp.post("/enrol")
@access.public()
def enrol_post() -> Page:
    """Make this browser a desk: its token is a cookie that no script reads."""
    form, secret = EnrolForm(), settings().secret_key
    made = done(form, lambda: _enrolled(form.code.data or "", secret))
    if made is None:
        return render_template("desk/enrol.html", form=form, shown=None), 422
    address, token = made.value
    response = make_response(redirect(address, 303))
    keep_token(response, token)
    return response


def _enrolled(code: str, secret: str) -> tuple[str, str]:
    """Where the device begins, and its token: an observer has no desk, only the figures."""
    device, token = enrolling.enrol(code, secret=secret, at=now())
    slug = door_queries.get_event_of(device).slug
    if device.role == "observer":
        return url_for("wall.wall", slug=slug), token
    return url_for("desk.desk", slug=slug, device=device.public_id), token


def _form(event: Event) -> Any:
    return device_form(door_queries.list_gate_rows(event), list_event_days(event, now()))


def _over(enrolment: Any) -> bool:
    return enrolment.used_at is None and now() >= enrolment.expires_at


def _shown(event: Event) -> dict[str, Any]:
    at = now()
    listed = door_queries.list_devices(event)
    silent = {d.public_id for d in listed if d.last_seen_at is None or at - d.last_seen_at > SILENT}
    return {"event": event, "devices": listed, "silent": silent, "far_off": FAR_OFF_MS, "at": at}
