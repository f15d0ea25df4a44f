"""Who comes to a rehearsal: one invented guest for each answer of the door. Their names are those of nobody."""

from dataclasses import dataclass, field

from app.i18n import LazyText, lazy

Facts = dict[str, list[str] | int | bool | str]
# Days and hours that are never those of the event.
_ANOTHER_DAY, _FAR_OFF, _LONG_AGO = "2000-01-01", 4_102_444_800, 946_684_800


@dataclass(frozen=True)
class Part:
    """One invented guest; `facts` are told to the rule instead of those of the gate, the category and the code."""

    shows: str
    given: str
    family: str
    state: str = "confirmed"
    badge_state: str = "active"
    version: int = 1
    is_in: bool = False
    stand_in: str = ""
    native: str = ""
    note: LazyText | None = None
    facts: Facts = field(default_factory=dict)


CAST = (
    Part("admitted", "Camille", "Exemple"),
    Part("escort", "Dominique", "Modèle", note=lazy("Escort to row A")),
    Part("already_in", "Claude", "Réplique", is_in=True),
    Part("waiting", "Maxime", "Peut-Être", state="waiting"),
    Part("offered", "Alix", "Bientôt", state="offered"),
    Part("cancelled", "Sacha", "Fantôme", state="cancelled"),
    Part("replaced", "Andrea", "Doublure", state="cancelled", stand_in="Lou SPÉCIMEN"),
    Part("old_badge", "Lou", "Spécimen", version=2),
    Part("revoked", "Morgan", "Brouillon", badge_state="revoked"),
    Part("forged", "Charlie", "Factice", facts={"code": "forged"}),
    Part("not_on_list", "Eden", "Imaginaire", facts={"is_listed": False}),
    Part("not_this_day", "Noa", "Calendrier", facts={"category_days": [_ANOTHER_DAY]}),
    Part("not_this_zone", "Yaël", "Boussole", facts={"gate_categories": ["-"]}),
    Part("too_early", "Jo", "Patience", facts={"opens": _FAR_OFF}),
    Part("too_late", "Gaby", "Tantôt", facts={"closes": _LONG_AGO}),
    Part("native", "Oleksa", "Pryklad", native="Олекса Приклад"),
    Part("companion", "Ange", "Exemple", note=lazy("Comes with Camille EXEMPLE")),
    Part("delegation", "Célestine", "Fictif", note=lazy("Delegation of Nulle-Part, head")),
    Part("delegation", "Honoré", "Inventé", note=lazy("Delegation of Nulle-Part, member")),
)
# What each badge is for, as the organiser reads it.
SHOWN: dict[str, LazyText] = {
    "admitted": lazy("Is let in, and is in already the second time"),
    "escort": lazy("Is let in, and has a note for the desk"),
    "already_in": lazy("Is in already"),
    "waiting": lazy("Is on the waiting list"),
    "offered": lazy("Has been offered a place"),
    "cancelled": lazy("Gave up the place"),
    "replaced": lazy("Was replaced by somebody else"),
    "old_badge": lazy("Shows a badge that was printed again since"),
    "revoked": lazy("Shows a badge that was withdrawn"),
    "forged": lazy("Shows a badge that is not genuine"),
    "not_on_list": lazy("Is not on the list of this door"),
    "not_this_day": lazy("Is expected on another day"),
    "not_this_zone": lazy("Comes to the wrong entrance"),
    "too_early": lazy("Comes too early"),
    "too_late": lazy("Comes too late"),
    "native": lazy("Is let in, with a name in its own script"),
    "companion": lazy("Is let in, as a companion"),
    "delegation": lazy("Is let in, with a delegation"),
}
