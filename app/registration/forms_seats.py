"""Forms of seats: the rules of the event and of a category, places held, what is decided about many."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms.fields import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.events.models import Category, Event
from app.events.queries import find_category
from app.events.seating import CategoryRules, SeatRules, category_rules_of, seat_rules_of
from app.forms import Form, LongTextField, TextField, options
from app.i18n import here, lazy
from app.invitations.delegation import Delegation
from app.registration.held_places import Wish as HeldWish
from app.registration.triage import ACTIONS, Wish

PROMOTIONS = [
    ("automatic", lazy("By themselves, to the next who waits")),
    ("by_hand", lazy("By hand, when the organiser says so")),
]
ACTION_WORDS: dict[str, Any] = {
    "approve": lazy("Give a place, or a rank when none is free"),
    "wait": lazy("Put on the waiting list"),
    "refuse": lazy("Give no place"),
    "move": lazy("Move to another category"),
}
_PER_CENT = [NumberRange(0, 100, lazy("Please give a number from 0 to 100."))]


class _OverForm(Form):
    """Over the capacity or a quota, and why."""

    refusals: ClassVar[Mapping[str, str]] = {"OverNeedsReason": "over_reason"}

    over_percent = IntegerField(
        lazy("Seated beyond the places, per cent"),
        [Optional(), *_PER_CENT],
        description=lazy("For those who do not come. Rounded down; 0: never more than there are places."),
    )
    over_reason = TextField(
        lazy("Why more than there are places"), [Length(max=300)], description=lazy("Stays in the journal.")
    )


class SeatRulesForm(_OverForm):
    """How the places of an event are given."""

    promotion = RadioField(lazy("Places that come free are given"), choices=options(PROMOTIONS), default="automatic")
    offer_hours = IntegerField(
        lazy("Hours for which a place is offered"),
        [InputRequired(lazy("Please give a number of hours.")), NumberRange(0, 336)],
        description=lazy(
            "Whoever waited takes it within these hours, or it passes on. 0: confirmed without asking, as"
            " it is when less than 48 hours remain."
        ),
    )
    has_waiting_list = BooleanField(lazy("Keep a waiting list"))
    shows_remaining = BooleanField(lazy("Show publicly how many places are left"))

    def show(self, event: Event) -> "SeatRulesForm":
        """The same form with what holds now."""
        self.process(obj=seat_rules_of(event))
        return self

    def rules(self) -> SeatRules:
        """What was typed."""
        return SeatRules(
            self.over_percent.data or 0, self.over_reason.data or "", self.promotion.data, self.offer_hours.data,
            self.has_waiting_list.data, self.shows_remaining.data,
        )  # fmt: skip


class CategoryRulesForm(_OverForm):
    """How the places of one category are given."""

    needs_approval = BooleanField(
        lazy("Decide on each acceptance"),
        description=lazy("Nobody of this category has a place before the organiser says so."),
    )

    def show(self, category: Category) -> "CategoryRulesForm":
        """The same form with what holds now."""
        self.process(obj=category_rules_of(category))
        return self

    def rules(self) -> CategoryRules:
        """What was typed."""
        return CategoryRules(self.over_percent.data or 0, self.over_reason.data or "", self.needs_approval.data)


class HoldForm(Form):
    """Places to be kept aside."""

    refusals: ClassVar[Mapping[str, str]] = {"TooManyHeld": "places", "ForWhomMissing": "for_whom"}

    places = IntegerField(
        lazy("How many places"), [InputRequired(lazy("Please say how many places.")), NumberRange(1, 100_000)]
    )
    for_whom = TextField(
        lazy("For whom"),
        [InputRequired(lazy("Please say for whom the places are held.")), Length(max=200)],
        description=lazy("For example: ministers who confirm late."),
    )
    category = SelectField(lazy("In which category"), validate_choice=False)
    delegation = SelectField(
        lazy("For a delegation"),
        validate_choice=False,
        description=lazy("Its members take these places without being asked."),
    )

    def offer(self, event: Event, delegations: Sequence[Delegation]) -> "HoldForm":
        """The same form with the event's choices."""
        whole: list[tuple[str, Any]] = [("", lazy("Any category"))]
        nobody: list[tuple[str, Any]] = [("", lazy("None"))]
        self.category.choices = options([*whole, *((one.key, here(one.name)) for one in event.categories)])
        self.delegation.choices = options([*nobody, *((one.public_id, one.name) for one in delegations)])
        return self

    def wish(self, event: Event, delegations: Sequence[Delegation]) -> HeldWish:
        """What was typed. A delegation's places are held in its category."""
        delegation = next((one for one in delegations if one.public_id == self.delegation.data), None)
        category = delegation.category if delegation else find_category(event, self.category.data or "")
        return HeldWish(self.places.data, self.for_whom.data, category, delegation)


class DecisionForm(Form):
    """What is decided about everyone chosen; whom is a list of boxes on the page."""

    action = RadioField(
        lazy("Decision"),
        [InputRequired(lazy("Please choose what is decided."))],
        choices=options([(one, ACTION_WORDS[one]) for one in ACTIONS]),
    )
    category = SelectField(lazy("Which category"), validate_choice=False)
    words = LongTextField(
        lazy("What the letter adds (optional)"),
        [Optional(), Length(max=500)],
        description=lazy("In the language of its readers. Nothing is added to confirmations with an entrance code."),
    )
    reason = TextField(
        lazy("Reason (optional)"),
        [Optional(), Length(max=300)],
        description=lazy("For the journal; needed when somebody passes others who wait."),
    )

    def offer(self, event: Event) -> "DecisionForm":
        """The same form with the event's categories."""
        self.category.choices = options([("", "–"), *((one.key, here(one.name)) for one in event.categories)])
        return self

    def wish(self, event: Event) -> Wish:
        """What was chosen."""
        category = find_category(event, self.category.data or "")
        return Wish(self.action.data, category, self.words.data or "", self.reason.data or "")
