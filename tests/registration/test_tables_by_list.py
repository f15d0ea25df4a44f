"""Tables and languages that a list gives, moves along and takes back."""

import json

import pytest

from app.clock import now
from app.database import db
from app.directory.models import Person
from app.exports.guest_list import guest_list_file
from app.guest_list import read_guest_list
from app.invitations import importing, planning, undoing
from app.invitations.models import Invitation
from app.registration.models import Companion, Registration
from tests.registration.seated import CLAIRE, KEY, MAILBOXES, freeze, printed, show, take_in


@pytest.fixture
def pia(factory):
    return factory.registration(factory.event(), factory.person("Pia", "Imbs"), email=MAILBOXES["Pia"])


def test_a_list_gives_guests_their_tables_and_languages(pia):
    found = take_in(pia.event, "Prénom;Nom;Langues;N° de table\nPia;Imbs;français, EN;Table 4\nZoé;Martin;DE / FR;\n")
    assert (found["created"], found["updated"]) == (1, 1)
    assert (printed(pia).zone, printed(pia).languages) == ("Table 4", ("FR", "EN"))
    zoe = db.session.query(Person).filter_by(family_name="Martin").one()
    assert zoe.spoken == ("de", "fr")


def test_a_list_with_empty_cells_takes_nothing_away(pia):
    show(pia)
    take_in(pia.event, "Prénom;Nom;Langues;N° de table\nPia;Imbs;;\n")
    assert (printed(pia).zone, printed(pia).languages) == ("Table 12", ("FR", "DE"))


def test_after_the_freeze_a_list_changes_the_invitation_alone(pia):
    freeze(pia)
    take_in(pia.event, "Prénom;Nom;N° de table\nPia;Imbs;Table 4\n")
    assert db.session.query(Invitation).one().zone == "Table 4"
    assert db.session.query(Registration).one().zone == ""


def test_a_list_moves_along_only_who_sat_at_the_former_table(pia):
    show(pia, "Table 1", ())
    pia.zone = "Table 7"
    db.session.commit()
    take_in(pia.event, "Prénom;Nom;N° de table\nPia;Imbs;Table 4\n")
    assert db.session.query(Registration).one().zone == "Table 7"


def test_what_is_no_language_stays_readable(pia):
    take_in(pia.event, "Prénom;Nom;Langues\nPia;Imbs;FR, volapükissime\n")
    invitation = db.session.query(Invitation).one()
    assert invitation.person.spoken == ("fr",)
    assert invitation.extra == {"Langues": "FR, volapükissime"}


def test_the_guest_list_taken_out_and_sent_back_keeps_changes_and_empties_both(pia):
    show(pia)
    data = guest_list_file(pia.event, "csv", "fr", "Claire", now())
    sent = importing.import_file(pia.event, data, "back.csv", secret=KEY, actor=CLAIRE, at=now())
    assert (sent["updated"], sent["created"]) == (0, 0)
    other = data.replace(b"Table 12", b"Table 5").replace(b"FR, DE", b"")
    sent = importing.import_file(pia.event, other, "back.csv", secret=KEY, actor=CLAIRE, at=now())
    db.session.commit()
    assert sent["updated"] == 1
    assert (printed(pia).zone, printed(pia).languages) == ("Table 5", ())


def test_a_list_taken_back_takes_its_tables_and_languages_back(pia):
    show(pia)
    event, text = pia.event, b"Pr\xc3\xa9nom;Nom;Courriel;Langues;Zone\nPia;Imbs;pia@example.org;IT;Presse\n"
    with importing.collector_at_rest():
        planned = planning.plan(event, read_guest_list(text, "list.csv"), event.categories[0], "fr")
        deeds = importing.apply(planned, file_name="list.csv", secret=KEY, actor=CLAIRE, at=now())
    (deed,) = deeds.changed
    db.session.commit()
    assert (printed(pia).zone, printed(pia).languages) == ("Presse", ("IT",))
    undoing._restore(json.loads(json.dumps(deed)), CLAIRE, now())
    db.session.commit()
    assert (printed(pia).zone, printed(pia).languages) == ("Table 12", ("FR", "DE"))


def test_a_companion_sits_with_whom_they_come_with_until_given_another_table(pia, factory):
    show(pia, "Table 1", ())
    other = factory.registration(pia.event, factory.person("Zoé", "Martin"))
    db.session.add(Companion(invitation_id=pia.invitation_id, registration_id=other.id))
    other.zone = "Table 1"
    db.session.commit()
    take_in(pia.event, "Prénom;Nom;N° de table\nPia;Imbs;Table 4\n")
    assert [one.zone for one in db.session.query(Registration).order_by(Registration.id)] == ["Table 4", "Table 4"]
