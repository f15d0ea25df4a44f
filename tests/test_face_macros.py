"""What the macros promise to the pages: addresses kept, errors linked, widths bounded, state in words."""

from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app import i18n
from tests.test_face import ROOT


class Answer(FlaskForm):
    email = EmailField("E-mail", validators=[InputRequired("Say where to write.")], description="We confirm there.")
    answer = RadioField(
        "Answer", choices=[SelectChoice("yes", "Comes"), SelectChoice("no", "Stays away")], validators=[InputRequired()]
    )


@pytest.fixture
def page() -> Flask:
    app = Flask("face", template_folder=str(ROOT / "templates"))
    app.secret_key = "face"
    app.config["WTF_CSRF_ENABLED"] = False
    i18n.install(app)
    app.jinja_env.globals.update(csrf_token=lambda: "token")
    return app


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with i18n.in_language("en"):
        yield


def _show(page: Flask, macro: str, call: str, address: str = "/list", **values: object) -> str:
    file, name = macro.split(":")
    with page.test_request_context(address):
        return render_template_string(f'{{% from "macros/{file}.html" import {name} %}}{{{{ {call} }}}}', **values)


def test_paging_keeps_the_rest_of_the_address(page: Flask) -> None:
    html = _show(page, "tables:pagination", "pagination(2, 9, 170)", "/list?q=a%26b&state=x&state=y&page=2")
    assert 'href="/list?q=a%26b&amp;state=x&amp;state=y&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1


def test_the_sorted_column_turns_round_and_returns_to_the_first_page(page: Flask) -> None:
    columns = '[{"label": "Name", "sort": "name"}, {"label": "Seats", "number": true}]'
    call = f'table("People", {columns}, sort="name", caller=rows)'
    html = _show(page, "tables:table", call, "/list?page=4", rows=lambda: "")
    assert 'aria-sort="ascending"' in html
    assert 'href="/list?sort=name&amp;direction=desc"' in html


def test_a_query_cannot_lead_the_links_elsewhere(page: Flask) -> None:
    html = _show(page, "tables:here", "here(page=2)", "/list?_scheme=javascript&_external=1")
    assert html == "/list?_scheme=javascript&amp;_external=1&amp;page=2"


@pytest.mark.parametrize(("value", "total", "width"), [(1, 4, "25.0%"), (9, 4, "100%"), (0, 4, None), (3, 0, None)])
def test_a_bar_stays_in_its_frame(page: Flask, value: int, total: int, width: str | None) -> None:
    html = _show(page, "figures:meter_bar", f"meter_bar({value}, {total})")
    assert (f'class="bar-fill" width="{width}"' in html) if width else ("bar-fill" not in html)
    assert ("bar-over" in html) is (total > 0 and value > total)


def test_each_error_leads_to_its_field(page: Flask) -> None:
    with page.test_request_context("/answer", method="POST", data={"email": ""}):
        form = Answer()
        assert not form.validate()
        html = render_template_string(
            '{% from "macros/forms.html" import form_post, field, choice_cards %}'
            "{% call form_post(form) %}{{ field(form.email) }}{{ choice_cards(form.answer) }}{% endcall %}",
            form=form,
        )
    assert 'role="alert"' in html
    assert '<a href="#email">E-mail</a> – Say where to write.' in html
    assert '<a href="#answer-0">Answer</a>' in html
    assert 'aria-describedby="email-hint email-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'name="csrf_token" value="token"' in html


def test_what_is_typed_is_escaped(page: Flask) -> None:
    html = _show(page, "chips:state_chip", "state_chip('good', name)", name="<b>")
    assert "&lt;b&gt;" in html
    html = _show(page, "buttons:button_form", "button_form(name, '/x', fields={'id': name})", name='"><script>')
    assert "<script>" not in html


@pytest.mark.parametrize("state", ["good", "attention", "refused", "waiting", "neutral", "info"])
def test_a_state_has_a_shape_and_a_word(page: Flask, state: str) -> None:
    html = _show(page, "chips:state_chip", f"state_chip('{state}', 'Word')")
    assert "<svg" in html
    assert ">Word<" in html


def test_a_date_that_passed_says_so_to_those_who_listen(page: Flask) -> None:
    points = [{"label": "Letters", "date": "23 Oct", "state": "done"}, {"label": "Today", "state": "today"}]
    html = _show(page, "figures:timeline", "timeline(points, 'Dates')", points=points)
    assert "(done)" in html
    assert 'aria-current="date"' in html
