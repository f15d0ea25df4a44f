"""The organiser's menu: it follows the life of an event, before, on the day, after."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user

from app.events.models import Event
from app.i18n import _


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Lines of the menu under a title; the first group has none."""

    title: str
    items: tuple[Item, ...]


# Pages that stand under the line of another blueprint.
_UNDER = {
    "gates": "devices", "conflicts": "checkin", "simulator": "checkin", "queue": "checkin", "rehearsal": "checkin",
    "announcements": "letters", "subscriptions": "exports", "endings": "events",
    "categories": "events", "logos": "events", "sessions": "programme", "precedence": "registrations",
    "asking": "registrations", "security": "registrations", "told": "registrations",
    "mandates": "directory", "doubles": "directory", "organisations": "directory",
}  # fmt: skip


def event_menu(event: Event) -> tuple[Group, ...]:
    """The menu of an event's pages, with the current page marked."""
    here = (request.endpoint or "").split(".")
    room = _UNDER.get(here[0], here[0])

    def item(label: str, endpoint: str) -> Item:
        is_here = request.endpoint == endpoint or (
            room == endpoint.split(".", maxsplit=1)[0] and room not in {"overview", "invitations"}
        )
        return Item(label, url_for(endpoint, slug=event.slug), is_here)

    return (
        Group("", (item(_("Today"), "overview.home"),)),
        Group(
            _("Before"),
            (
                item(_("Guests"), "invitations.guests"),
                item(_("Invitations"), "invitations.mailing"),
                item(_("Delegations"), "delegations.delegations"),
                item(_("Registrations"), "registrations.registrations"),
                item(_("Letters"), "letters.messages"),
                item(_("Documents"), "documents.documents"),
                item(_("Programme"), "programme.edit"),
                item(_("Timeline"), "timeline.timeline"),
                item(_("Badges"), "badging.badges"),
            ),
        ),
        Group(_("On the day"), tuple(item(label, endpoint) for label, endpoint in _on_the_day())),
        Group(
            _("After"),
            (
                item(_("Minutes"), "minutes.edit"),
                item(_("Exports"), "exports.exports"),
                item(_("Journal"), "overview.journal"),
                item(_("Settings"), "events.settings"),
            ),
        ),
        *house_menu()[1:],
    )


def _on_the_day() -> tuple[tuple[str, str], ...]:
    return ((_("Reception"), "desk.open_desk"), (_("Devices"), "devices.devices"), (_("Figures"), "checkin.figures"))


def house_menu() -> tuple[Group, ...]:
    """The menu of pages that belong to no event: the events, and the directory for organisers of all of them."""
    if not current_user.is_authenticated or not current_user.has_role("organiser"):
        return ()
    room = (request.endpoint or "").split(".", maxsplit=1)[0]
    events = Item(_("Events"), url_for("overview.events"), request.endpoint == "overview.events")
    if not current_user.has_role_everywhere("organiser"):
        return (Group("", (events,)),)
    directory = Item(_("Directory"), url_for("directory.people"), _UNDER.get(room, room) == "directory")
    return (Group("", (events,)), Group("", (directory,)))


def account_frame() -> dict[str, str] | None:
    """Who is signed in and where to sign out, for the foot of the menu."""
    if not current_user.is_authenticated:
        return None
    return {
        "name": current_user.name,
        "url": url_for("own_account.account"),
        "sign_out_url": url_for("accounts.sign_out"),
    }


def install(app: Flask) -> None:
    """Give templates the menu."""
    app.jinja_env.globals.update(event_menu=event_menu, house_menu=house_menu, account_frame=account_frame)
