"""Words in braces: a fixed list, put in once, nothing evaluated."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letters.placeholders import (
    PLACEHOLDERS,
    Recipient,
    UnknownPlaceholder,
    check_placeholders,
    fill,
    personal_values,
    values_for,
)

PIA = Recipient("Pia Imbs", "Pia IMBS", "Mme", ("Présidente de l’Eurométropole",), "Eurométropole")


@pytest.mark.parametrize("text", ["{nom}", "{ name }", "{name.__class__}", "{}", "a {0} b", "{name!r}"])
def test_an_unknown_word_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnknownPlaceholder):
        check_placeholders(text)


def test_known_words_and_lone_braces_pass() -> None:
    check_placeholders(" ".join(f"{{{name}}}" for name in PLACEHOLDERS) + " } {")


def test_what_is_put_in_is_not_read_again() -> None:
    values = {"name": "{event} {mailbox}", "event": "Assises"}

    assert fill("{name}, {event}", values) == "{event} {mailbox}, Assises"


@given(st.text())
def test_any_name_comes_out_as_typed(name: str) -> None:
    assert fill("{name}", {"name": name}) == name


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_has_a_value(make_event: Callable[..., Any], language: str) -> None:
    values = values_for(make_event(edition_number=3, id_check=True, deadline=True), PIA, language)

    assert set(values) == set(PLACEHOLDERS)
    empty = {name for name, value in values.items() if not value}
    # A mail carries its link itself; only a letter on paper prints it.
    assert empty == ({"link"} if language == "fr" else {"consideration", "link"})


@pytest.mark.parametrize("word", ["{list: Table}", "{liste:TABLE}", "{list:  table }"])
def test_a_column_of_the_list_is_put_in_however_it_is_written(word: str) -> None:
    values = personal_values(Recipient("Pia Imbs", extra={"Table": "12 "}), "fr")

    check_placeholders(word)
    assert fill(f"Table {word}.", values) == "Table 12."


def test_a_column_is_looked_up_and_never_evaluated() -> None:
    values = personal_values(Recipient("Pia Imbs", extra={"a": "{name}", "__class__": "x"}), "fr")

    assert fill("{list: a}", values) == "{name}"
    assert fill("{list: nobody has it}", values) == ""
    for text in ("{list}", "{list:}", "{list: !}", "{name.list: a}"):
        with pytest.raises(UnknownPlaceholder):
            check_placeholders(text)


def test_rules_of_protocol_give_way_to_what_somebody_decided() -> None:
    values = personal_values(Recipient("Pia Imbs", appel="Chère Pia", consideration="amitié", deadline="demain"), "fr")

    assert (values["salutation"], values["consideration"], values["deadline"]) == ("Chère Pia", "amitié", "demain")
