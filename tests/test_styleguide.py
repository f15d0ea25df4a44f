"""The style page shows every macro, once, alive."""

import re

from jinja2 import Environment, nodes

from tests.test_face import ROOT

_JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def _trees(folder):
    return [_JINJA.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).glob("*.html"))]


def macros() -> set[str]:
    """Names of all macros pages may import."""
    found = {macro.name for tree in _trees("templates/macros") for macro in tree.find_all(nodes.Macro)}
    return {name for name in found if not name.startswith("_")}


def called() -> set[str]:
    """Names of all macros the examples call."""
    calls = [call.node for tree in _trees("templates/styleguide") for call in tree.find_all(nodes.Call)]
    return {node.name for node in calls if isinstance(node, nodes.Name)}


def test_every_macro_has_a_live_example(organiser_client):
    page = organiser_client.get("/styleguide").text
    shown = re.findall(r'id="macro-(\w+)"', page)
    assert macros() - set(shown) == set(), "give it an example in templates/styleguide"
    assert set(shown) - macros() == set(), "no such macro any more"
    assert len(shown) == len(set(shown))
    assert macros() - called() == set()


def test_a_macro_without_an_example_would_be_seen():
    assert {"button", "dialog", "table", "parts_chart"} <= macros()
    assert "_first_id" not in macros()


def test_the_sample_form_comes_back_with_its_errors(organiser_client):
    answer = organiser_client.post("/styleguide", data={})
    assert answer.status_code == 422
    assert 'href="#name"' in answer.text


def test_the_style_page_is_for_organisers(client, reception_client):
    assert client.get("/styleguide").status_code == 302
    assert reception_client.get("/styleguide").status_code == 403
