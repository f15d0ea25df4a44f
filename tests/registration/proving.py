"""A guest who reads the mailbox of the invitation, as the pages ask for it."""

from app.clock import now
from app.database import db
from app.invitations.models import Invitation
from app.registration import mailbox_proof
from tests.browsing import Browser
from tests.databases import KEY


def latest_digits(invitation: Invitation) -> str:
    """The digits of the code mailed last."""
    last = mailbox_proof.find_last(invitation.id)
    assert last
    return mailbox_proof.digits(invitation.public_id, last.number, secret=KEY)


def prove(browser: Browser, invitation: Invitation) -> None:
    """Ask for a code and type it."""
    at = f"/invitation/{invitation.public_id}/code"
    assert browser.post(at).status_code == 303
    answer = browser.post(f"{at}/check", data={"digits": latest_digits(invitation)})
    assert answer.status_code == 303
    db.session.expire_all()
    assert not mailbox_proof.is_live(mailbox_proof.find_last(invitation.id), now())
