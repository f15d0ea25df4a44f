"""The shape every page with a form shares: what is typed is done, or told beside its field with nothing lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.database import db
from app.errors import Refusal
from app.forms import Form

Result = TypeVar("Result")


@dataclass(frozen=True)
class Done(Generic[Result]):
    """What was asked went through and is committed; `value` is what it gave."""

    value: Result


def done(form: Form, act: Callable[[], Result]) -> Done[Result] | None:
    """Do `act` when `form` is valid, and commit; then the page redirects (303).

    None when anything was refused: nothing is kept, the form holds each error and each refusal at its place, and the
    page shows it again with what was typed (422). Rows read before are read anew after a refusal.
    """
    if not form.validate():
        return None
    try:
        value = act()
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.tell(refusal)
        return None
    return Done(value)
