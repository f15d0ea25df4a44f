"""A form sent twice is answered once, whatever it asks: the key of the form is noted with what it changes."""

from app.database import lock_row
from app.invitations import delegations
from app.invitations.delegation import Delegation
from app.invitations.models import Invitation
from app.invitations.service import note_form
from app.registration import seats

Holder = Invitation | Delegation
"""Whose personal page the form stands on."""


def is_first(holder: Holder, form_key: str, *, is_scarce: bool = True) -> bool:
    """Hold `holder` until the commit and note that the form of that key is being answered; false for a replay.

    A form without a key is always the first. `is_scarce`: seats may change, so the event and the category are held
    before, in the order of every answer. A refusal rolls the note back: the same form may be sent again.
    """
    if not form_key:
        return True
    if is_scarce:
        seats.lock_scarce(holder.event, holder.category)
    lock_row(holder)
    if isinstance(holder, Delegation):
        return delegations.note_form(holder, form_key)
    return note_form(holder, form_key)
