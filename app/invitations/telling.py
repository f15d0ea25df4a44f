"""What a mailing says it did."""

from app.i18n import _, ngettext


def told(queued: int, missing: int) -> str:
    """How many invitations left, and how many guests could not be written to."""
    said = (
        ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", queued)
        if queued
        else _("No invitation was sent.")
    )
    if not missing:
        return said
    unreached = ngettext(
        "%(num)s guest has no address and was not written to.",
        "%(num)s guests have no address and were not written to.",
        missing,
    )
    return f"{said} {unreached}"
