"""Needs and wishes of somebody who comes without an invitation of their own: what was written is never shown again."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms.fields import BooleanField

from app.forms import Form
from app.i18n import lazy
from app.registration import consents
from app.registration.forms_details import wish_fields
from app.registration.life import Consent
from app.registration.models import Registration

_ERASE = {"access": lazy("Erase the access need I wrote"), "diet": lazy("Erase the diet I wrote")}


class NeedsForm(Form):
    """Only what the event asks for is there; an empty need that is known stays, unless it is to be erased."""

    refusals: ClassVar = {"ConsentNeeded": "needs_agreed"}
    known: ClassVar[Mapping[str, Consent]] = {}

    @property
    def has_agreed(self) -> bool:
        """The explicit agreement, given now or, for what stays as it is, before."""
        return "needs_agreed" in self and bool(self.needs_agreed.data)

    def wishes(self) -> dict[str, str | None]:
        """What was told, as `consents.say` takes it; a need left empty is left out."""
        told: dict[str, str | None] = {}
        for kind in consents.NEEDS:
            if kind in self and self[kind].data:
                told[kind] = self[kind].data
            elif f"erase_{kind}" in self and self[f"erase_{kind}"].data:
                told[kind] = None
        return told | {kind: "" if self[kind].data else None for kind in ("photo", "sharing") if kind in self}


def needs_form(registration: Registration, known: Mapping[str, Consent]) -> NeedsForm:
    """The form for one person; wishes ticked before are ticked, needs written before are not shown."""
    fields: dict[str, Any] = wish_fields(registration.event.asks)
    fields |= {f"erase_{kind}": BooleanField(_ERASE[kind]) for kind in consents.NEEDS if kind in known}
    made = type("OwnNeedsForm", (NeedsForm,), {**fields, "known": known})
    form: NeedsForm = made(data={kind: True for kind in ("photo", "sharing") if kind in known})
    return form
