"""What a guest tells beside the answer, as one form: companions, print, needs and wishes, questions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms.fields import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import Length, Optional

from app.errors import Refusal
from app.forms import LongTextField, TextField
from app.i18n import lazy
from app.invitations.models import MOST_COMPANIONS, Invitation
from app.registration import consents
from app.registration.forms_guest import CompanionRow, CompanionsForm
from app.registration.life import Question
from app.registration.models import Companion, Registration
from app.registration.particulars import Known, Told
from app.registration.printing import Printed, wished
from app.registration.question_fields import answers_are_right, answers_shown, question_fields, raw_of

UNKNOWN = Known()
_LABELS = {
    "photo": lazy("No photograph of me"),
    "sharing": lazy("My name on the list given to participants and partners"),
}


class DetailsForm(CompanionsForm):
    """The second step of an acceptance, and its change: only the fields that the event asks for are there."""

    refusals: ClassVar = {
        "TooManyLines": "qualities",
        "DocumentNameMissing": "document_family_name",
        "ConsentNeeded": "needs_agreed",
    }
    people = None
    # Told apart from the first step, which has no such field.
    step = HiddenField(default="details")
    questions: ClassVar[Sequence[Question]] = ()
    known: ClassVar[Known] = UNKNOWN
    # How the guest is printed as far as the form does not ask.
    held: ClassVar[Printed] = Printed()

    def validate(self, extra_validators: Any = None) -> bool:
        """Each question says itself what it takes; a need is kept only when agreed."""
        is_valid = bool(super().validate(extra_validators))
        has_answers = answers_are_right(self, self.questions, self.known.answers)
        told = self.told()
        try:
            if told.printed:
                told.printed.cleaned()
            if not told.has_agreed and any(told.wishes.get(kind) for kind in consents.NEEDS):
                raise consents.ConsentNeeded
        except Refusal as refusal:
            self.tell(refusal)
            is_valid = False
        return is_valid and has_answers

    def names(self) -> list[Any]:
        """Who comes along; nobody where the invitation is for one."""
        return super().names() if self.people else []

    def told(self) -> Told:
        """Everything told, as the rules take it."""
        wishes: dict[str, str | None] = {kind: self[kind].data for kind in consents.NEEDS if kind in self}
        wishes |= {kind: "" if self[kind].data else None for kind in ("photo", "sharing") if kind in self}
        agreed = bool(self.needs_agreed.data) if "needs_agreed" in self else False
        return Told(self._printed(), wishes, agreed, {one: raw_of(self, one) for one in self.questions})

    def _printed(self) -> Printed | None:
        names = None
        if "document_family_name" in self:
            names = (self.document_given_name.data or "", self.document_family_name.data or "")
        if "qualities" in self:
            return Printed(tuple((self.qualities.data or "").splitlines()), self.organisation.data or "", names)
        if names is None:
            return None
        held = type(self).held
        return Printed(held.qualities, held.organisation, names)


def details_form(
    invitation: Invitation,
    questions: Sequence[Question],
    *,
    registration: Registration | None = None,
    known: Known = UNKNOWN,
    present: Sequence[Companion] | None = None,
    asks: Sequence[str] | None = None,
    shows_names: bool = True,
) -> DetailsForm:
    """The form for one guest, filled with what is known.

    `present`: the companions named so far; None leaves them out. `asks`: of what the event asks, only this.
    `shows_names` false: whoever holds the link has not shown to read the mailbox, and types the names.
    """
    event = invitation.event
    wanted = event.asks if asks is None else tuple(name for name in event.asks if name in asks)
    held = _held(invitation, registration, known, shows_names=shows_names)
    fields: dict[str, Any] = {**_printed_fields(wanted), **wish_fields(wanted)}
    fields |= question_fields(questions)
    if present is not None and invitation.companions_allowed:
        fields["people"] = FieldList(FormField(CompanionRow), max_entries=MOST_COMPANIONS)
    bound = {"questions": tuple(questions), "known": known, "held": held}
    made = type("GuestDetailsForm", (DetailsForm,), {**fields, **bound})
    form: DetailsForm = made(data=_filled(held, known, questions, invitation, present))
    return form


def _held(invitation: Invitation, registration: Registration | None, known: Known, *, shows_names: bool) -> Printed:
    if registration is not None:
        return wished(registration, known.detail)
    person = invitation.person
    names = (person.given_name, person.family_name) if shows_names else None
    return Printed(invitation.qualities, invitation.organisation, names)


def _filled(
    held: Printed,
    known: Known,
    questions: Sequence[Question],
    invitation: Invitation,
    present: Sequence[Companion] | None,
) -> dict[str, Any]:
    given, family = held.document_names or ("", "")
    filled: dict[str, Any] = {
        "qualities": "\n".join(held.qualities),
        "organisation": held.organisation,
        "document_given_name": given,
        "document_family_name": family,
        "needs_agreed": any(kind in known.wishes for kind in consents.NEEDS),
        **{kind: known.wishes[kind].text for kind in consents.NEEDS if kind in known.wishes},
        **{kind: True for kind in ("photo", "sharing") if kind in known.wishes},
        **answers_shown(questions, known.answers),
    }
    if present is not None:
        people = [one.registration.person for one in present]
        rows = [{name: getattr(p, name) for name in ("civility", "given_name", "family_name")} for p in people]
        empty: list[dict[str, str]] = [{}] * max(0, invitation.companions_allowed - len(rows))
        filled["people"] = [*rows, *empty]
    return filled


def _printed_fields(asks: Sequence[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "title" in asks:
        fields["qualities"] = LongTextField(
            lazy("Function"),
            [Optional(), Length(max=900)],
            description=lazy("As it should read on the badge, one function a line."),
        )
        fields["organisation"] = TextField(lazy("Organisation"), [Optional(), Length(max=300)])
    if "document_name" in asks:
        fields["document_given_name"] = TextField(
            lazy("First names on the identity document"),
            [Optional(), Length(max=120)],
            description=lazy("In Latin letters, exactly as written there. No number, no copy is asked for."),
        )
        fields["document_family_name"] = TextField(
            lazy("Surname on the identity document"), [Optional(), Length(max=120)]
        )
    return fields


def wish_fields(asks: Sequence[str]) -> dict[str, Any]:
    """The fields of needs and wishes that an event asks for, by name, each with the words agreed to."""
    fields: dict[str, Any] = {}
    if "access" in asks:
        fields["access"] = TextField(
            lazy("Access need"),
            [Optional(), Length(max=consents.LONGEST)],
            description=lazy("Wheelchair, sign language, a seat near the exit… Optional."),
        )
    if "diet" in asks:
        fields["diet"] = TextField(
            lazy("Diet"), [Optional(), Length(max=consents.LONGEST)], description=lazy("Optional.")
        )
    if "access" in asks or "diet" in asks:
        label = lazy("I agree that what I write here is kept")
        fields["needs_agreed"] = BooleanField(label, description=str(consents.WORDS["access"]))
    for kind in ("photo", "sharing"):
        if kind in asks:
            fields[kind] = BooleanField(_LABELS[kind], description=str(consents.WORDS[kind]))
    return fields
