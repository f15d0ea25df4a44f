"""What an organiser must see in five seconds: what to decide now, and the line of dates."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app import when
from app.events.models import Event
from app.events.service import closing_instant
from app.i18n import _, language, ngettext
from app.overview.queries import EventState
from app.overview.waiting import Decision, security, to, waiting
from app.prose import ordinals
from app.text import ordinal


@dataclass(frozen=True)
class Point:
    """A point on the line of dates; `state` is done, today or next."""

    label: str
    date: str
    state: str
    url: str = ""


def short_day(at: datetime, zone: ZoneInfo) -> str:
    """ "6 nov." in the event's zone."""
    return format_date(at.astimezone(zone).date(), "d MMM", locale=language())


def days_words(event: Event) -> str:
    """The event's day or days, without hours: those stand on the line of dates."""
    return when.range_words(event.starts_at, event.ends_at, ZoneInfo(event.timezone), language(), "day")


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """ "18 nov. 17 h 30"; an instant at midnight belongs to the evening before."""
    local = at.astimezone(zone)
    if local.hour == local.minute == 0:
        return _("%(day)s midnight", day=short_day(at.replace(second=0) - _A_SECOND, zone))
    return f"{short_day(at, zone)} {when.hour_words(local.time(), language())}"


_A_SECOND = timedelta(seconds=1)


def timeline(event: Event, state: EventState, at: datetime) -> list[Point]:
    """The event's dated rules in their order, with today among them until it is archived."""
    zone = ZoneInfo(event.timezone)
    dated: list[tuple[datetime, Point]] = []

    def add(instant: datetime | None, label: str, words: str) -> None:
        if instant is not None:
            dated.append((instant, Point(label, words, "done" if instant <= at else "next")))

    sent, closing = state.first_sent_at, closing_instant(event)
    add(sent, _("Letters"), short_day(sent, zone) if sent else "")
    for number, days in enumerate(state.reminders if closing else (), start=1):
        due = _reminder(closing, days, zone) if closing else None
        add(
            due,
            ordinals(_("%(number)s reminder", number=ordinal(number, language()))),
            short_day(due, zone) if due else "",
        )
    add(closing, _("Answers close"), _moment(closing, zone) if closing else "")
    begins = event.starts_at
    hours = event.date_precision == "minute"
    if event.doors_open_at and hours:
        add(event.doors_open_at, _("Doors open"), _moment(event.doors_open_at, zone))
    add(begins, _("Event"), _moment(begins, zone) if hours else short_day(begins, zone))
    published = state.minutes_published_at
    add(published, _("Minutes"), short_day(published, zone) if published else "")
    if event.status != "archived":
        dated.append((at, Point(_("today"), short_day(at, zone), "today")))
    points = [point for _instant, point in sorted(dated, key=lambda pair: pair[0])]
    if sent is None and event.status != "archived":
        points.insert(0, Point(_("Letters"), _("to be sent"), "next"))
    if published is None:
        points.append(Point(_("Minutes"), _("to be published"), "next"))
    return points


def _reminder(closing: datetime, days: int, zone: ZoneInfo) -> datetime:
    """When a reminder leaves: at nine, so many days before the last day of answering (app.invitations.reminders)."""
    last_day = (closing.astimezone(zone) - _A_SECOND).date()
    return datetime.combine(last_day - timedelta(days=days), time(9), zone)


def decisions(event: Event, state: EventState, at: datetime) -> list[Decision]:
    """What waits for the organiser, the most pressing first."""
    if event.status in {"archived", "cancelled"}:
        return _after(event, state)
    found = [*waiting(event, state), *security(event, state, at), *_places(event, state), *_letters(event, state)]
    found += [*_qualities(event, state, at), *_answers(event, state, at)]
    if event.starts_at <= at:
        found += _after(event, state)
    return found + _preparation(event, state)


def _qualities(event: Event, state: EventState, at: datetime) -> list[Decision]:
    """Guests who will no longer hold what they are invited as (scenario 5.14)."""
    if not state.ending or event.starts_at <= at:
        return []
    title = ngettext(
        "%(num)s guest is invited in a quality that ends before the event",
        "%(num)s guests are invited in a quality that ends before the event",
        state.ending,
    )
    detail = _("by name: the mandate ends first, and somebody else may hold the office")
    return [Decision(title, detail, _("See who"), to("terms.list_endings", event))]


def _places(event: Event, state: EventState) -> list[Decision]:
    found = []
    queue = to("registrations.registrations", event, state="waiting")
    if state.free is not None and state.free < 0:
        title = ngettext("%(num)s person too many", "%(num)s people too many", -state.free)
        detail = _(
            "%(n)s places, %(confirmed)s people confirmed: nobody is sent away by itself",
            n=event.capacity,
            confirmed=state.confirmed,
        )
        url = to("registrations.registrations", event, state="confirmed")
        found.append(Decision(title, detail, _("Review"), url))
    if state.promotable:
        title = ngettext("%(num)s person waits for a place", "%(num)s people wait for a place", state.waiting)
        detail = ngettext(
            "%(num)s of them would find a place now", "%(num)s of them would find a place now", state.promotable
        )
        found.append(Decision(title, detail, _("Promote"), queue))
    elif state.waiting:
        title = ngettext("%(num)s person waits for a place", "%(num)s people wait for a place", state.waiting)
        found.append(Decision(title, _crowded(state), _("See the queue"), queue))
    return found


def _crowded(state: EventState) -> str:
    names = [s.category.name.get(language()) for s in state.seats if s.waiting]
    if state.free is not None and state.free <= 0:
        return _("every place is taken")
    return _("no place left for %(names)s", names=", ".join(names))


def _letters(event: Event, state: EventState) -> list[Decision]:
    found = []
    failed, bounced = state.letters.get("failed", 0), state.invitations.get("bounced", 0)
    if failed:
        title = ngettext("%(num)s letter was not delivered", "%(num)s letters were not delivered", failed)
        detail = _("the address was refused, or nobody answered there")
        found.append(Decision(title, detail, _("Mend"), to("letters.messages", event, state="failed")))
    if bounced:
        title = ngettext("%(num)s invitation came back", "%(num)s invitations came back", bounced)
        detail = _("the mailbox does not exist, or refuses: another address is needed")
        found.append(Decision(title, detail, _("Mend"), to("invitations.guests", event, state="bounced")))
    came_back = state.letters.get("to mend", 0)
    if came_back:
        title = ngettext("%(num)s letter came back", "%(num)s letters came back", came_back)
        detail = _("the mailbox does not exist, or refuses: another address is needed")
        found.append(Decision(title, detail, _("Mend"), to("letters.messages", event, state="bounced")))
    ready = state.drafts - state.without_address
    if ready:
        title = ngettext("%(num)s invitation has not left", "%(num)s invitations have not left", ready)
        detail = (
            _("on the list, with an address")
            if event.status == "open"
            else _("letters can leave once the event is open")
        )
        found.append(Decision(title, detail, _("Send"), to("invitations.mailing", event)))
    if state.without_address:
        title = ngettext(
            "%(num)s guest without an e-mail address", "%(num)s guests without an e-mail address", state.without_address
        )
        found.append(
            Decision(
                title,
                _("to be found, or written to on paper"),
                _("Complete"),
                to("invitations.guests", event, state="draft"),
            )
        )
    return found


def _answers(event: Event, state: EventState, at: datetime) -> list[Decision]:
    found = []
    silent, represented = state.silent, state.invitations.get("represented", 0)
    closing = closing_instant(event)
    if silent and event.starts_at > at:
        title = ngettext("%(num)s guest has not answered", "%(num)s guests have not answered", silent)
        detail = ""
        if closing:
            moment = _moment(closing, ZoneInfo(event.timezone))
            detail = (
                _("answers close on %(moment)s", moment=moment)
                if closing > at
                else _("answers closed on %(moment)s", moment=moment)
            )
        url = to("invitations.guests", event, state="awaited")
        found.append(Decision(title, detail, _("See the list"), url))
    if represented and event.starts_at > at:
        title = ngettext("%(num)s guest is represented", "%(num)s guests are represented", represented)
        detail = _("someone comes in their name, with a place of their own")
        found.append(Decision(title, detail, _("See who"), to("invitations.guests", event, state="represented")))
    return found


def _preparation(event: Event, state: EventState) -> list[Decision]:
    found = []
    settings = to("events.settings", event)
    if event.status == "draft":
        detail = _("nobody outside can see it yet")
        found.append(Decision(_("The event is a draft"), detail, _("Open it"), settings))
    if event.deadline is None:
        found.append(
            Decision(_("No deadline yet"), _("guests may answer until the event is closed"), _("Set one"), settings)
        )
    if not state.invitations:
        found.append(
            Decision(
                _("Nobody is on the list yet"),
                _("from a spreadsheet, or one by one"),
                _("Import a list"),
                to("guest_lists.upload", event),
            )
        )
    if not state.sessions:
        found.append(Decision(_("The programme is empty"), "", _("Write it"), to("programme.edit", event)))
    return found


def _after(event: Event, state: EventState) -> list[Decision]:
    if state.minutes_published_at or event.status == "cancelled":
        return []
    title = _("Minutes not published") if state.has_minutes else _("Minutes not written")
    detail = _("a draft is waiting") if state.has_minutes else _("its sections come from the programme")
    return [Decision(title, detail, _("Write"), to("minutes.edit", event))]
