"""Who may open a page. Every view says it; a page that does not stays closed to everyone.

Decorate the view function, below the route:

    @bp.get("/organise/")
    @access.staff("organiser")
    def events_page(): ...

The decorator is the outer door; fetching is the inner one: `events.queries.get_event_for` checks
the role on the one event, `invitations.queries` the one invitation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.database import set_writing
from app.errors import NotAllowed, NotFound, NotSignedIn

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# A higher role holds every right of the lower ones.
ROLES = {"reception": 1, "organiser": 2, "admin": 3}
# Asked by programs: they are told, not sent to a page with a form.
FOR_PROGRAMS = frozenset({"checkin_api", "checkin_conflicts", "checkin_list"})
# What the room of the door registers: the role of the device whose token this request bears; None: no token.
DeviceReader = Callable[[], str | None]
_readers: list[DeviceReader] = []


@dataclass(frozen=True)
class Rule:
    """What a page asks of its visitor: `kind` is public, invitee, signed_in or staff."""

    kind: str
    role: str = ""
    reads_first: bool = False
    # Roles of an enrolled device that may open it too, without an account.
    devices: frozenset[str] = frozenset()


def _mark(rule: Rule) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined] # read by `guard` and tests/test_access.py
        return view

    return decorate


def public(*, reads_first: bool = False) -> Callable[[View], View]:
    """Open to everyone. `reads_first`: a POST that works long before it writes (see `begin_writing`)."""
    return _mark(Rule("public", reads_first=reads_first))


def invitee(*, reads_first: bool = False) -> Callable[[View], View]:
    """Open to a browser that opened a personal link; the view fetches through its session."""
    return _mark(Rule("invitee", reads_first=reads_first))


def signed_in() -> Callable[[View], View]:
    """Open to every account."""
    return _mark(Rule("signed_in"))


def staff(role: str, *, reads_first: bool = False) -> Callable[[View], View]:
    """Open to accounts holding `role` (or a higher one) on at least one event."""
    if role not in ROLES:
        raise ValueError(role)
    return _mark(Rule("staff", role, reads_first))


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule a page states, or None when it states none. Static files are public."""
    if endpoint == "static":
        return Rule("public")
    return getattr(app.view_functions[endpoint], "access", None)


def desk(*devices: str, role: str = "reception", reads_first: bool = False) -> Callable[[View], View]:
    """Open to accounts as `staff(role)` says, and to enrolled devices of these roles: their allow-list of pages."""
    if role not in ROLES:
        raise ValueError(role)
    return _mark(Rule("staff", role, reads_first, frozenset(devices)))


def read_devices_with(reader: DeviceReader) -> None:
    """Say who knows the tokens of devices. Harmless when repeated."""
    _readers[:] = [reader]


def install(app: Flask) -> None:
    """Close every page of `app` that does not say who may open it."""
    # Before every other check, that of the CSRF token included: a program without a session gets its 401.
    app.before_request_funcs.setdefault(None, []).insert(0, _guard)


def _guard() -> Response | None:
    from flask import current_app

    if request.endpoint is None:
        set_writing(False)
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise NotFound
    set_writing(request.method not in SAFE_METHODS and not rule.reads_first)
    if rule.kind in {"public", "invitee"}:
        return None
    if _is_device_let_in(rule):
        return None
    if not current_user.is_authenticated:
        if request.blueprint in FOR_PROGRAMS:
            raise NotSignedIn
        back = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
        return redirect(url_for("accounts.sign_in", next=back))
    if rule.kind == "staff" and not current_user.has_role(rule.role):
        raise NotAllowed
    return None


def _is_device_let_in(rule: Rule) -> bool:
    """Whether a device's token opens this page. Raises NotAllowed for a device that is not on its list."""
    role = next((role for reader in _readers if (role := reader())), None)
    if role and role not in rule.devices:
        raise NotAllowed
    return role is not None
