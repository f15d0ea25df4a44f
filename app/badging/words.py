"""Runs of printing in words."""

import badges
from app.badging.models import PrintRun
from app.i18n import LazyText, _, language, lazy, ngettext

# What can be printed, in the order of the pages.
PRODUCTS: dict[str, LazyText] = {
    "badges": lazy("Badges"),
    "tents": lazy("Tent cards"),
    "reserved": lazy("Signs for reserved seats"),
    "doors": lazy("Signs on doors"),
    "attendance": lazy("Attendance sheets"),
    "desk": lazy("Desk list on paper"),
    "labels": lazy("Labels for envelopes"),
    "packs": lazy("Packs of delegations"),
    "certificates": lazy("Certificates of attendance"),
}
SCOPES: dict[str, LazyText] = {
    "all": lazy("everyone"),
    "changed": lazy("new and changed"),
    "one": lazy("one person"),
    "delegation": lazy("one delegation"),
}
# State of a run → (state of the chip, word).
STATES: dict[str, tuple[str, LazyText]] = {
    "waiting": ("waiting", lazy("Waiting for the worker")),
    "running": ("waiting", lazy("Being drawn")),
    "ready": ("good", lazy("Ready")),
    "failed": ("refused", lazy("Not made")),
}


def product_words(product: str) -> str:
    """What a run printed."""
    return str(PRODUCTS[product])


def run_words(run: PrintRun) -> str:
    """How far a run is, in one sentence."""
    if run.state == "waiting":
        return _("Waiting for the worker")
    if not run.badges:
        return _("Being read from the guest list")
    if run.done < run.badges:
        return _("%(done)s of %(total)s drawn", done=run.done, total=run.badges)
    return _("All is drawn; it is being bound into one file")


def run_state(run: PrintRun) -> tuple[str, str]:
    """State of the chip, and its word."""
    chip, word = STATES[run.state]
    return chip, str(word)


def scope_words(scope: str) -> str:
    """Whose badges a run printed."""
    return str(SCOPES[scope])


def design_words(key: str) -> str:
    """What people call a design; its key when it exists no more."""
    found = badges.list_designs().get(key)
    return found.name(language()) if found else key


def pieces_words(run: PrintRun) -> str:
    """How many badges or other pieces a run has."""
    if run.product == "badges":
        return ngettext("%(num)s badge", "%(num)s badges", run.badges)
    return ngettext("%(num)s piece", "%(num)s pieces", run.badges)


def pixels(millimetres: float) -> int:
    """The width of an image that shows so many millimetres: CSS counts 96 pixels an inch, whatever the screen."""
    return round(millimetres / 25.4 * 96)


def millimetres(length: float) -> str:
    """A length as it is read: "85,6"."""
    from babel.numbers import format_decimal

    return format_decimal(length, locale=language())
