"""What if this badge came to that gate at that hour?"""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask_login import current_user
from wtforms.fields import DateTimeLocalField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app import access
from app.checkin.answers import Answer, answer_of
from app.checkin.door_queries import list_gate_rows
from app.checkin.models import Gate
from app.checkin.simulating import Question, simulate
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.extensions import settings
from app.forms import Form, TextField, real_day
from app.i18n import lazy

bp = Blueprint("simulator", __name__)


class SimulatorForm(Form):
    """Who, where, when, which way."""

    class Meta(Form.Meta):
        """A question changes nothing and carries no token."""

        csrf = False

    badge = TextField(
        lazy("Badge or guest"),
        [InputRequired(), Length(max=200)],
        description=lazy("The code under the QR, or the whole name."),
    )
    gate = SelectField(lazy("Gate"))
    at = DateTimeLocalField(lazy("When, in the event’s time"), [InputRequired(), real_day])
    way = SelectField(
        lazy("Way"), choices=[SelectChoice("in", lazy("Coming in")), SelectChoice("out", lazy("Going out"))]
    )


@bp.get("/organise/<slug>/door/simulator")
@access.staff("organiser")
def simulator(slug: str) -> Any:
    """The question, and the answer once it is asked; nothing is written."""
    event = get_event_for(current_user, slug, "organiser")
    gates = list_gate_rows(event)
    form, answer = _form(event, gates), None
    if "badge" in request.args:
        answer = _answer(event, form, gates)
    page = render_template("checkin/simulator.html", event=event, form=form, answer=answer)
    return page, 422 if form.errors else 200


def _form(event: Event, gates: list[Gate]) -> SimulatorForm:
    local = (event.doors_open_at or event.starts_at).astimezone(ZoneInfo(event.timezone))
    form = SimulatorForm(request.args, at=local.replace(tzinfo=None))
    main = [SelectChoice("", lazy("Main entrance, once a day"))]
    form.gate.choices = main + [SelectChoice(gate.public_id, gate.name) for gate in gates]
    return form


def _answer(event: Event, form: SimulatorForm, gates: list[Gate]) -> Answer | None:
    """None when the question is not understood; the form says why."""
    if not form.validate():
        return None
    chosen = next((gate for gate in gates if gate.public_id == form.gate.data), None)
    question = Question(form.badge.data or "", form.at.data, chosen, form.way.data)
    try:
        verdict = simulate(event, question, secret=settings().secret_key)
    except Refusal as refusal:
        form.tell(refusal)
        return None
    return answer_of(verdict, event, question.at(event))
