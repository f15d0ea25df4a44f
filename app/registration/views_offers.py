"""The place offered, on the personal page: taken by one click, whatever the deadline of answers was."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.clock import now
from app.codes import new_public_id
from app.database import db
from app.errors import Refusal
from app.i18n import _, in_language
from app.invitations.models import Invitation
from app.letters.words import kind_words
from app.registration import offers
from app.registration.form_keys import sent_fields, sent_key, tell_sent_before
from app.registration.holding import get_held, spoken
from app.registration.queries import find_standing
from app.registration.reasons import public_seats, seats_told
from app.registration.seat_queries import find_last_offer
from app.registration.sending_once import is_first

bp = Blueprint("offers", __name__)
bp.add_app_template_global(find_last_offer)
for _word in (kind_words, seats_told, public_seats, sent_fields):
    bp.add_app_template_global(_word)
bp.add_app_template_global(new_public_id, "form_key")


@bp.post("/invitation/<public_id>/offer")
@access.invitee()
def take(public_id: str) -> Response:
    """Take the place that is held; a refusal says to whom it went."""
    invitation = get_held(public_id)
    with in_language(spoken(invitation)):
        try:
            _take(invitation)
            db.session.commit()
        except Refusal as refusal:
            db.session.rollback()
            flash(refusal.sentence, "refused")
    return redirect(url_for("answers.answered", public_id=public_id), 303)


def _take(invitation: Invitation) -> None:
    if not is_first(invitation, sent_key()):
        tell_sent_before()
        return
    registration = find_standing(invitation).registration
    if registration is None:
        raise offers.OfferOver
    actor = Actor("invitee", invitation.public_id, invitation.person.full_name)
    offers.take(registration, actor=actor, at=now())
    flash(_("The place is yours. A letter brings the entrance code."), "good")
