"""Who stands at a desk in this request: an enrolled device by its token, or an account."""

from flask import Response, g, request
from flask_login import current_user

from app.audit.service import Actor
from app.checkin import enrolling, queries
from app.checkin.models import Device
from app.checkin.standing import Standing
from app.clock import now
from app.errors import NotFound, NotSignedIn
from app.events.models import Event
from app.events.queries import get_event_for
from app.extensions import settings

PAGE_HEADER = "X-Parvis-Desk"
# Pages of a desk: their forms carry the CSRF token like any other.
PAGES = frozenset(
    {"desk", "desk_lead", "desk_conflicts", "desk_questions", "desk_party", "desk_app", "desk_badge", "wall"}
)


def cookie_name() -> str:
    """Name of the cookie with the token of a device."""
    return "__Host-parvis_desk" if settings().is_https else "parvis_desk"


def keep_token(response: Response, token: str) -> None:
    """Give a browser the token of its device; scripts never see it."""
    response.set_cookie(
        cookie_name(), token, max_age=60 * 86400, secure=settings().is_https, httponly=True, samesite="Strict"
    )


def drop_token(response: Response) -> None:
    """Take it back."""
    response.delete_cookie(cookie_name(), secure=settings().is_https, httponly=True, samesite="Strict")


def read_device() -> str | None:
    """The role of the device whose token this request bears; None when it bears none that counts here.

    A program sends it as a bearer token; the page's cookie counts for the interface only with a header
    that no form of another site can send. Raises NotSignedIn, NotFound, DeviceRevoked, DeviceExpired,
    DeviceNotToday.
    """
    bearer = request.headers.get("Authorization", "").partition("Bearer ")[2]
    token = bearer or _token_of_the_page()
    if not token:
        return None
    found = queries.find_desk_by_token(token)
    if found is None and bearer:
        raise NotSignedIn
    if found is None or not _is_its_page(*found, request.view_args or {}):
        if bearer:
            raise NotFound
        return None  # the page of another event or desk: an account may open it
    event, device = found
    enrolling.check_works(event, device, now())
    g.desk, g.bears_token = found, request.blueprint not in PAGES
    return device.role


def _token_of_the_page() -> str:
    is_asked = request.blueprint in PAGES or request.headers.get(PAGE_HEADER) == "1"
    return request.cookies.get(cookie_name(), "") if is_asked else ""


def _is_its_page(event: Event, device: Device, arguments: dict[str, str]) -> bool:
    return event.slug == arguments.get("slug", event.slug) and device.public_id == arguments.get(
        "device", device.public_id
    )


def is_enrolled() -> bool:
    """Whether this request bears the token of a device."""
    return "desk" in g


def standing_at(slug: str, device_id: str) -> Standing:
    """The desk of a page: the device's own, or one an account may work at. Raises NotFound."""
    if "desk" in g:
        return _enrolled(*g.desk)
    event, device = queries.get_desk_for(current_user, slug, device_id)
    actor = Actor("user", current_user.public_id, current_user.name)
    is_lead = current_user.has_role("organiser", event.id)
    return Standing(event, device, current_user.name, is_lead, is_enrolled=False, actor=actor)


def _enrolled(event: Event, device: Device) -> Standing:
    actor = Actor("device", device.public_id, device.name)
    return Standing(event, device, device.name, device.role == "lead", is_enrolled=True, actor=actor)


def event_here(slug: str) -> Event:
    """The event of this request, for a device of it or an account of its reception. Raises NotFound."""
    return g.desk[0] if "desk" in g else get_event_for(current_user, slug, "reception")
