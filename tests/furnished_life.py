"""What the furnished event asks of its guests, what one told, what one asks after the deadline."""

from app.checkin.models import Device
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.asking import set_asked
from app.events.models import Event
from app.registration import consents, given_answers, printing
from app.registration.given_answers import Upload
from app.registration.life import LateRequest
from app.registration.models import Registration
from app.registration.printing import Printed
from app.registration.questions import QuestionFacts, add_question
from tests.factories import INVITEE, ORGANISER
from tests.test_pictures import png

ASKED = ("title", "document_name", "access", "diet", "photo", "sharing")


def furnish_life(event: Event, guest: Registration) -> dict[str, str]:
    """Arguments of the pages of what guests told."""
    at = now()
    set_asked(event, ASKED, actor=ORGANISER, at=at)
    facts = QuestionFacts("file", Bilingual("Autorisation signée", "Signed form"), most_megabytes=2)
    paper = add_question(event, facts, actor=ORGANISER, at=at)
    printing.print_as(guest, Printed(("Maire",), "Ville d’essai", ("Camille Jeanne", "Durand")), actor=INVITEE, at=at)
    consents.say(guest, {"diet": "Végétarien", "photo": ""}, has_agreed=True, actor=INVITEE, at=at)
    given_answers.answer(guest, {paper: Upload("accord.png", png())}, actor=INVITEE, at=at)
    asked = LateRequest(invitation=guest.invitation, kind="decline", message="Empêchement", created_at=at)
    db.session.add(asked)
    at_desk = QuestionFacts("yes_no", Bilingual("Casque remis", "Headset given"), asked_at="desk", is_required=True)
    add_question(event, at_desk, actor=ORGANISER, at=at)
    desk = db.session.query(Device).filter_by(event_id=event.id).first()
    assert desk
    db.session.commit()
    return {
        "asking.public_id": paper.public_id,
        "asking.gesture": "up",
        "told.public_id": guest.public_id,
        "told.late.public_id": asked.public_id,
        "told.decide.public_id": asked.public_id,
        "told.decision": "refuse",
        "told.gesture": "aside",
        "told.question_id": paper.public_id,
        "desk_questions.device": desk.public_id,
        "desk_questions.registration": guest.public_id,
        "details.public_id": guest.invitation.public_id if guest.invitation else "",
    }
