"""The languages a person speaks: kept as codes, shown as badges print them."""

from typing import Any

from app.forms import TextField
from app.guest_list.cells import MOST_SPOKEN, read_spoken
from app.i18n import _

# Letters of a word nobody knows that its sentence repeats.
RECALLED = 40


def shown_spoken(codes: tuple[str, ...] | list[str]) -> str:
    """The languages as a field or a list shows them: "FR, EN"."""
    return ", ".join(code.upper() for code in codes)


class SpokenField(TextField):
    """Languages in one line; `data` is the tuple of their codes."""

    def process_data(self, value: Any) -> None:
        """What is known."""
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed; ValueError says what to change."""
        if not valuelist:
            return
        self.data, unknown = read_spoken(valuelist[0] or "")
        if unknown:
            said = _(
                "“%(word)s” is no language we know. Write its name or its two letters.", word=unknown[0][:RECALLED]
            )
            raise ValueError(said)
        if len(self.data) > MOST_SPOKEN:
            said = _("A badge holds %(most)s languages. Please keep those that matter here.", most=MOST_SPOKEN)
            raise ValueError(said)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else shown_spoken(self.data or ())
