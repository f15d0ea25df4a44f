"""Where this service stands with the accessibility law, as the organisation that runs it has measured it."""

from datetime import date

from app.i18n import _

# The day the whole program was last read by tools; the page says which.
TESTED_ON = date(2026, 11, 21)
REFERENCE = "RGAA 4.1.2"
# As the post reads it, in French whatever the page's language.
DEFENDER_BY_POST = "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07"


def conformity(rate: int) -> str:
    """ "full", "partial" or "none", from the share of criteria an audit found respected (0: no audit).

    Décret 2019-768, article 5, and RGAA: without a valid audit, or under half of the criteria, a
    service is not conformant, whatever its tools say.
    """
    if rate >= 100:
        return "full"
    return "partial" if rate >= 50 else "none"


def mention(rate: int) -> str:
    """The mention that stands on every page (décret 2019-768, article 6)."""
    return {
        "full": _("Accessibility: fully conformant"),
        "partial": _("Accessibility: partially conformant"),
        "none": _("Accessibility: not conformant"),
    }[conformity(rate)]
