"""Words of the directory."""

from datetime import date

from babel import Locale
from flask import Flask

from app.audit.models import AuditEntry
from app.directory.mandates import snapshot_qualities
from app.directory.protocol import SOURCES
from app.i18n import LazyText, language, lazy
from app.spoken import shown_spoken
from app.when import date_words

KINDS: dict[str, LazyText] = {
    "ministry": lazy("Ministry"), "assembly": lazy("Assembly"), "region": lazy("Region"),
    "department": lazy("Department"), "intercommunality": lazy("Intercommunal body"), "commune": lazy("Municipality"),
    "association": lazy("Association"), "operator": lazy("Public operator"), "network": lazy("Network"),
    "embassy": lazy("Embassy"), "foreign_authority": lazy("Foreign authority"), "company": lazy("Company"),
    "press": lazy("Press"), "other": lazy("Other"),
}  # fmt: skip
CONTACT_WORDS: dict[str, LazyText] = {
    "email": lazy("E-mail address"), "phone": lazy("Telephone"), "post": lazy("Postal address"),
    "web": lazy("Web page"),
}  # fmt: skip
CIVILITIES: dict[str, LazyText] = {"": lazy("Not said"), "Mme": lazy("Ms"), "M": lazy("Mr")}
DECISION_WORDS: dict[str, LazyText] = {
    "form_of_address": lazy("Opening of letters"), "consideration": lazy("Degree of courtesy"),
    "rank": lazy("Position in the order"),
}  # fmt: skip
_ACTIONS: dict[str, LazyText] = {
    "person.added": lazy("entered in the directory"),
    "person.changed": lazy("corrected names or address"),
    "person.merged": lazy("said to be the same person as %(other)s"),
    "person.merge_undone": lazy("separated again from %(other)s"),
    "person.told_apart": lazy("said to be another person than %(other)s"),
    "mandate.added": lazy("added the mandate “%(title)s”"),
    "mandate.changed": lazy("corrected the mandate “%(title)s”"),
    "mandate.moved": lazy("changed the order of the mandates"),
    "mandate.removed": lazy("removed the mandate “%(title)s”"),
    "presentation.saved": lazy("kept the order of printing “%(name)s”"),
    "presentation.removed": lazy("dropped the order of printing “%(name)s”"),
    "contact.added": lazy("added a way to be reached"),
    "contact.removed": lazy("removed a way to be reached"),
    "contact.made_main": lazy("changed where letters go"),
    "protocol.decided": lazy("decided “%(value)s” against the rule"),
    "protocol.rule_again": lazy("followed the rule again"),
    "organisation.added": lazy("entered in the directory"),
    "organisation.changed": lazy("corrected the organisation"),
    "office.added": lazy("added the office “%(title)s”"),
}


def entry_words(entry: AuditEntry) -> str:
    """What an entry of the journal says on the page of a person or an organisation."""
    known = _ACTIONS.get(entry.action)
    if known is None:
        return entry.action
    said = dict.fromkeys(("other", "title", "name", "value"), "") | entry.before | entry.after
    return known.with_places(**{name: str(said[name]) for name in ("other", "title", "name", "value")})


def entry_actor(entry: AuditEntry) -> str:
    """Who did it, as the history of an entry begins."""
    return entry.actor_name or "Parvis"


def country_choices() -> list[tuple[str, str]]:
    """(ISO 3166-1 alpha-2 code, name) in the reader's language, by name."""
    names = Locale(language()).territories
    return sorted(
        ((code, str(name)) for code, name in names.items() if len(code) == 2 and code.isalpha() and code != "ZZ"),
        key=lambda pair: pair[1],
    )


def country_name(code: str) -> str:
    """The country in the reader's language; the code itself when nobody knows it."""
    return str(Locale(language()).territories.get(code, code))


def plain_day(day: date) -> str:
    """A day without its weekday: "1er mars 2026"."""
    return date_words(day, language())


def install(app: Flask) -> None:
    """Give templates the words of the directory."""
    app.jinja_env.globals.update(
        organisation_kinds=KINDS, contact_words=CONTACT_WORDS, civility_words=CIVILITIES, entry_actor=entry_actor,
        decision_words=DECISION_WORDS, entry_words=entry_words, country_name=country_name, address_sources=SOURCES,
        snapshot_qualities=snapshot_qualities, shown_spoken=shown_spoken,
    )  # fmt: skip
    app.jinja_env.filters["plain_day"] = plain_day
