"""Which form a step of an answer needs, and whether its second page was seen."""

from datetime import datetime

from flask import request

from app.forms import Form
from app.invitations.models import Invitation
from app.registration import particulars
from app.registration.forms import ChoiceForm, DeclineForm, RepresentativeForm
from app.registration.forms_details import UNKNOWN, DetailsForm, details_form
from app.registration.forms_guest import CompanionsForm, companions_form
from app.registration.holding import is_proven
from app.registration.life_queries import list_questions_for
from app.registration.queries import find_standing, list_companions

# Fields that only the second page of an answer has: any of them shows that it was seen.
SECOND_STEP: dict[type[Form], frozenset[str]] = {
    DeclineForm: frozenset({"reason"}),
    RepresentativeForm: frozenset({"family_name"}),
    CompanionsForm: frozenset({"people-0-family_name", "step"}),
}
_TEMPLATES: dict[type[Form], str] = {
    RepresentativeForm: "represented",
    DeclineForm: "decline",
    DetailsForm: "details",
    CompanionsForm: "companions",
}
_CHOSEN = {"accepted": "attend", "represented": "represented", "declined": "decline"}


def form_for(chosen: str | None, invitation: Invitation, at: datetime) -> Form:
    """The form of the step; a GET shows it as first asked, a POST with what was typed."""
    if chosen == "represented" and invitation.is_transferable:
        return RepresentativeForm(**_named(invitation) if request.method != "POST" else {})
    if chosen == "decline":
        return DeclineForm(reason=invitation.decline_reason)
    if chosen == "attend" and particulars.asks_anything(invitation.event):
        return _details(invitation, at)
    if chosen == "attend" and invitation.companions_allowed:
        return companions_form(invitation, list_companions(invitation.id))
    form = ChoiceForm(answer=_CHOSEN.get(invitation.state))
    if not invitation.is_transferable:
        form.answer.choices = [one for one in form.answer.choices if one.value != "represented"]
    return form


def is_first_step(form: Form) -> bool:
    """Whether a choice was made that needs a second page, not yet seen."""
    return any(isinstance(form, kind) and not fields & set(request.form) for kind, fields in SECOND_STEP.items())


def template_of(form: Form) -> str:
    """The page of a form, without its folder."""
    return next((name for kind, name in _TEMPLATES.items() if isinstance(form, kind)), "answer")


def _details(invitation: Invitation, at: datetime) -> DetailsForm:
    """What this guest tells; what is known already only for whoever reads the mailbox of the invitation."""
    event = invitation.event
    questions = list_questions_for(event, invitation.category.key, "registration")
    registration = find_standing(invitation).registration if is_proven(invitation, at) else None
    known = particulars.known_of(registration) if registration else UNKNOWN
    present = list_companions(invitation.id) if invitation.companions_allowed else None
    return details_form(
        invitation, questions, registration=registration, known=known, present=present,
        shows_names=is_proven(invitation, at),
    )  # fmt: skip


def _named(invitation: Invitation) -> dict[str, str]:
    """The representative named before, to be corrected rather than typed again."""
    registration = find_standing(invitation).registration
    if invitation.state != "represented" or registration is None:
        return {}
    person = registration.person
    return {
        "civility": person.civility,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "quality": ", ".join(registration.qualities),
        "email": registration.email,
    }
