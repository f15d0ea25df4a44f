"""The forms of a page, and what is typed into them to have them refused."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.states_kinds import Body

# Typed into every field, three times over: nothing, nonsense, far too much; as far as a browser lets one.
TRIES = ("", "?", "9" * 6000)
TYPED = {"text", "email", "tel", "url", "search", "password"}
PICKED = {
    "date": "0001-01-01",
    "time": "",
    "datetime-local": "0001-01-01T00:00",
    "number": "-1",
    "file": "",
    "color": "#ffff00",
}


@dataclass
class Form:
    """A form of a page, as a browser would send it."""

    action: str
    # Fixed values by name: hidden fields, first choices.
    given: Body = field(default_factory=dict)
    # Names of what a person types, and of what a browser lets them choose only.
    typed: list[str] = field(default_factory=list)
    picked: Body = field(default_factory=dict)

    def filled(self, words: str) -> Body:
        """What is sent when `words` is typed everywhere."""
        picked = self.picked if words else dict.fromkeys(self.picked, "")
        return {**self.given, **picked, **dict.fromkeys(self.typed, words)}


class Forms(HTMLParser):
    """The forms of a page that change something and ask for something.

    What a <template> holds is no form of the page: a script draws it and answers it itself.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect fields by what a browser would send."""
        values = {name: value or "" for name, value in attrs}
        name = values.get("name", "")
        if tag == "template" or self._templates:
            self._templates += tag == "template"
        elif tag == "form" and values.get("method", "").lower() == "post":
            self._form = Form(values.get("action") or self.path)
        elif self._form is None or (not name and tag != "option"):
            return
        elif tag == "textarea" or (tag == "input" and values.get("type", "text") in TYPED):
            self._form.typed.append(name)
        elif tag == "input" and values.get("type") in PICKED:
            self._form.picked[name] = PICKED[values["type"]]
        elif tag == "input" and values.get("type") == "hidden" and name != "csrf_token":
            self._form.given[name] = values.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (self._select not in self._form.given or "selected" in values):
            self._form.given[self._select] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Keep a form in which something can be typed."""
        if tag == "template":
            self._templates -= 1
        elif tag == "form" and self._form:
            if self._form.typed or self._form.picked:
                self.found.append(self._form)
            self._form = None
        elif tag == "select":
            self._select = ""
