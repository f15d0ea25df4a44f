"""People who came together, ticked off one list at the desk."""

from typing import Any

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app import access
from app.checkin import service
from app.checkin.answers import DOCUMENT_WORDS, answer_of, guest_of
from app.checkin.forms import PartyForm
from app.checkin.ledger import Passage
from app.checkin.parties import Party, admit_party, party_of
from app.checkin.places import place_of
from app.checkin.standing import Standing
from app.checkin.views_credentials import standing_at
from app.clock import now
from app.codes import new_public_id
from app.registration.queries import get_registration
from app.views import done

bp = Blueprint("desk_party", __name__, url_prefix="/desk/<slug>/at/<device>/party")
Page = str | Response | tuple[str, int]


@bp.get("/<registration>")
@access.desk("agent", "lead")
def party(slug: str, device: str, registration: str) -> str:
    """Everyone who came with this guest, and what the door would answer to each."""
    here = standing_at(slug, device)
    found = party_of(get_registration(here.event, registration))
    return _page(here, found, _form(here))


@bp.post("/<registration>")
@access.desk("agent", "lead")
def admit(slug: str, device: str, registration: str) -> Page:
    """Let in those ticked, and tell each answer."""
    here = standing_at(slug, device)
    found, form = party_of(get_registration(here.event, registration)), _form(here)
    made = done(form, lambda: _admit(here, found, form))
    return _page(here, found, form, told=made.value) if made else (_page(here, found, form), 422)


def _form(here: Standing) -> PartyForm:
    form = PartyForm()
    form.offer([(kind, DOCUMENT_WORDS[kind]) for kind in service.documents_of(here.device)], here.event)
    return form


def _admit(here: Standing, found: Party, form: PartyForm) -> dict[str, Any]:
    passage = Passage(here.device, form.nonce.data or "", "search", here.agent, now())
    verdicts = admit_party(here.event, found, form.people.data or (), passage, document=form.document.data or "")
    answers = [answer_of(verdict, here.event, now()) for verdict in verdicts]
    return {answer.guest.public_id: answer for answer in answers if answer.guest}


def _page(here: Standing, found: Party, form: PartyForm, told: dict[str, Any] | None = None) -> str:
    place, at = place_of(here), now()
    known = told or {}
    people = [
        (guest_of(one), known.get(one.public_id), _state(here, one) if one.public_id not in known else None)
        for one in found.people
    ]
    head = {"gate": place.gate, "back_url": place.url("desk")}
    return render_template(
        "desk/party.html", place=place, desk=head, party=found, people=people, form=form, at=at, new_nonce=new_public_id
    )


def _state(here: Standing, one: Any) -> Any:
    return answer_of(service.examine(here.event, one, now(), device=here.device), here.event, now())
