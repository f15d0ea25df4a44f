"""What the door answers: one pure rule, the same on the server and on a device without a network.

app/static/js/door-rules.js says it again, word for word; tests/checkin/vectors.json holds both to it. Plain
values in, plain values out: nothing is read, nothing is written, no clock is asked. Instants are whole seconds
since 1970 (UTC), days are ISO dates of the event's zone: whoever asks has turned one into the other.
"""

from dataclasses import dataclass

# The same badge before the same desk so soon is the same gesture (scenario 5.6).
ECHO_SECONDS = 10
# What a code is worth that belongs to nobody on the list.
_STRANGERS = {
    "unknown": "unknown",
    "forged": "forged",
    "other_event": "other_event",
    "not_listed": "not_on_list",
    "rehearsal": "rehearsal_code",
}


@dataclass(frozen=True)
class Passed:
    """One earlier passage: `result` is admitted, exited or undone; `device` the public id of who kept it."""

    result: str
    at: int
    device: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything the answer depends on.

    `code`: valid, replaced, revoked, none (found by name, no badge), unknown, forged, other_event, not_listed
    (genuine, but not on this device's list), or rehearsal (of a rehearsal that is over). `state`: the registration's,
    "" for nobody. `passages`: those that count for this gate (its scope; of `day`, or of all days where it opens once),
    oldest first.
    """

    at: int
    day: str
    device: str
    code: str = "valid"
    state: str = "confirmed"
    # The event.
    status: str = "open"
    checks_identity: bool = False
    # The guest: whether somebody came instead; the category, and the days it may come (empty: every day).
    is_replaced: bool = False
    category: str = ""
    category_days: tuple[str, ...] = ()
    # The gate: who may pass (empty: every category), whether its own list has the guest, its hours.
    gate_categories: tuple[str, ...] = ()
    is_listed: bool = True
    opens: int | None = None
    closes: int | None = None
    passages: tuple[Passed, ...] = ()
    # The gesture: "in" or "out"; what was said of the identity: "", matches, does_not_match or waived.
    direction: str = "in"
    identity: str = ""


@dataclass(frozen=True)
class Decision:
    """`result`: one of app.checkin.models.RESULTS; "admitted" may still need the identity (`asks_identity`).

    `first`: index of the passage an "already_in" refers to. `is_echo`: the same desk let the guest in a moment ago.
    """

    result: str
    first: int | None = None
    asks_identity: bool = False
    is_echo: bool = False


def decide(facts: Facts) -> Decision:
    """What the door answers. Scenarios 5.4 to 5.6, 5.12, 5.13 of the domain."""
    inside = _inside(facts)
    if refusal := _of_the_code(facts):
        return Decision(refusal)
    if facts.direction == "out":
        return Decision("not_in" if inside is None else "exited", inside)
    if refusal := _of_the_guest(facts) or _of_the_place(facts):
        return Decision(refusal)
    if inside is not None:
        return Decision("already_in", inside, is_echo=_is_echo(facts, facts.passages[inside]))
    if refusal := _of_the_hour(facts) or _of_the_identity(facts):
        return Decision(refusal)
    return Decision("admitted", asks_identity=facts.checks_identity and not facts.identity)


def _of_the_code(facts: Facts) -> str:
    """What stops everyone: the event, or a code that is nobody's."""
    return "event_cancelled" if facts.status == "cancelled" else _STRANGERS.get(facts.code, "")


def _of_the_guest(facts: Facts) -> str:
    """What the registration and the badge say against it."""
    if facts.is_replaced:
        return "replaced"
    if facts.state != "confirmed":
        return facts.state if facts.state in {"waiting", "offered", "cancelled"} else "not_on_list"
    if facts.code == "replaced":
        return "replaced"
    return "" if facts.code == "valid" else "revoked"


def _of_the_place(facts: Facts) -> str:
    """What the day and the gate say against it."""
    if facts.category_days and facts.day not in facts.category_days:
        return "not_this_day"
    if facts.gate_categories and facts.category not in facts.gate_categories:
        return "not_this_zone"
    return "" if facts.is_listed else "not_on_list"


def _of_the_hour(facts: Facts) -> str:
    """Opening counts, closing does not: at closing time it is too late."""
    if facts.opens is not None and facts.at < facts.opens:
        return "too_early"
    return "too_late" if facts.closes is not None and facts.at >= facts.closes else ""


def _of_the_identity(facts: Facts) -> str:
    return "identity_refused" if facts.identity == "does_not_match" else ""


def _inside(facts: Facts) -> int | None:
    """Index of the admission that stands."""
    last = len(facts.passages) - 1
    return last if last >= 0 and facts.passages[last].result == "admitted" else None


def _is_echo(facts: Facts, admission: Passed) -> bool:
    return admission.device == facts.device and 0 <= facts.at - admission.at < ECHO_SECONDS
