"""Who signs a letter, in which order, and the scanned signatures that go with the names."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import inspect

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.letters.models import LetterTemplate, Signatory, SignaturePicture
from app.letters.wording import Signature
from app.pictures import Picture

# Pixels: a signature printed 18 mm high at 300 dots an inch, and as long as a column.
SCAN_WITHIN = (1000, 300)


class NoAlternative(Refusal):
    """A picture says in words what it shows (WCAG 1.1.1)."""

    message = lazy("Say in words what the picture shows, such as “Signature of Anne Petit”.")
    status = 422


def sign(template: LetterTemplate, signatures: Sequence[Signature]) -> None:
    """Have these people sign, in this order. A scanned signature stays with its name; the others are erased."""
    scanned = {one.name: one.picture for one in template.signatories if one.picture}
    template.signatories = [
        Signatory(
            position=position,
            name=one.name,
            qualities=one.qualities,
            civility=one.civility,
            picture=scanned.pop(one.name, None),
        )
        for position, one in enumerate(signatures, start=1)
    ]
    for picture in scanned.values():
        _erase(picture)


def keep_scan(
    event: Event, template: LetterTemplate, position: int, scan: Picture, alternative: Bilingual, *,
    actor: Actor, at: datetime,
) -> SignaturePicture:  # fmt: skip
    """Print `scan` above the name of the signatory at `position` (from 1). Raises NotFound, NoAlternative."""
    if not alternative:
        raise NoAlternative
    signatory = get_signatory(template, position)
    before = signatory.picture
    signatory.picture = SignaturePicture(
        event_id=event.id, data=scan.data, width=scan.width, height=scan.height, alternative=alternative, created_at=at
    )
    if before:
        _erase(before)
    db.session.flush()
    _record(event, template, signatory, "signature.scanned", actor, at)
    return signatory.picture


def drop_scan(event: Event, template: LetterTemplate, position: int, *, actor: Actor, at: datetime) -> bool:
    """Leave the place for a signature by hand again; whether there was a picture. Raises NotFound."""
    signatory = get_signatory(template, position)
    picture, signatory.picture = signatory.picture, None
    if picture is None:
        return False
    _erase(picture)
    _record(event, template, signatory, "signature.dropped", actor, at)
    return True


def get_signatory(template: LetterTemplate, position: int) -> Signatory:
    """Who signs at this place, from 1. Raises NotFound."""
    found = next((one for one in template.signatories if one.position == position), None)
    if found is None:
        raise NotFound
    return found


def _erase(picture: SignaturePicture) -> None:
    if inspect(picture).persistent:
        db.session.delete(picture)


def _record(
    event: Event, template: LetterTemplate, signatory: Signatory, action: str, actor: Actor, at: datetime
) -> None:
    record(
        actor, action, kind="letter", id=template.public_id, name=signatory.name, topic=event.public_id, at=at
    )  # fmt: skip
