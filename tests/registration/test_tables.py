"""The table or zone of a guest and the languages they speak: recorded, printed, moved along, frozen."""

import hashlib
import json
from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.audit.service import Actor
from app.badging import faces
from app.badging.content import content_of, list_contents
from app.badging.layout import Layout
from app.badging.models import Badge
from app.badging.queries import list_badges
from app.clock import now
from app.database import db
from app.directory.merging import merge_people, undo_merge
from app.directory.models import Person
from app.events.asking import set_freezes
from app.events.models import Event
from app.exports.guest_list import guest_list_file
from app.exports.lists import attendees
from app.guest_list import read_guest_list
from app.invitations import importing, planning, undoing
from app.invitations.models import Invitation
from app.registration.models import Companion, Registration
from app.registration.service import accept
from app.registration.tables import PrintsFrozen, show_on_badge

CLAIRE = Actor("user", "claire", "Claire")
MAILBOXES = {"Pia": "pia@example.org", "Zoé": "zoe@example.org"}
KEY = "a key of thirty-two characters or more"


@pytest.fixture
def pia(factory):
    return factory.registration(factory.event(), factory.person("Pia", "Imbs"), email=MAILBOXES["Pia"])


def show(registration, zone="Table 12", spoken=("fr", "de"), **more):
    is_news = show_on_badge(registration, zone, spoken, actor=CLAIRE, at=now(), **more)
    db.session.commit()
    return is_news


def freeze(registration):
    yesterday = (now() - timedelta(days=1)).date()
    set_freezes(registration.event, {registration.category.key: yesterday}, actor=CLAIRE, at=now())
    db.session.commit()


def printed(registration):
    number = db.session.query(Badge.id).filter_by(registration_id=registration.id, state="active").scalar()
    event_id = registration.event_id
    db.session.expunge_all()
    event = db.session.get(Event, event_id)
    return faces.list_faces(event, list_badges(event, [number]), Layout(language="fr"))[0]


def take_in(event, text):
    """`text` names nobody's mailbox: each row gets the one that tests give."""
    head, *rows = text.splitlines()
    text = "\n".join([f"{head};Courriel", *(f"{row};{MAILBOXES[row.split(';')[0]]}" for row in rows)])
    found = importing.import_file(
        event, text.encode(), "tables.csv", event.categories[0].key, secret=KEY, actor=CLAIRE, at=now()
    )
    db.session.commit()
    return found


def test_a_badge_prints_the_languages_and_the_table(pia):
    assert show(pia)
    face = printed(pia)
    assert (face.languages, face.zone) == (("FR", "DE"), "Table 12")


def test_both_are_in_the_journal_once(pia):
    show(pia)
    assert not show(pia)
    noted = [
        one for one in db.session.query(AuditEntry) if one.action in {"registration.table_given", "person.changed"}
    ]
    assert sorted(one.action for one in noted) == ["person.changed", "registration.table_given"]
    assert {one.actor_name for one in noted} == {"Claire"}


@pytest.mark.parametrize(("zone", "spoken"), [("Table 12", ()), ("", ("fr",))])
def test_either_makes_a_printed_badge_out_of_date_and_both_ways_of_reading_agree(pia, zone, spoken):
    before = [one.mark for one in list_contents(pia.event)]
    show(pia, zone, spoken)
    after = [one.mark for one in list_contents(pia.event)]
    badge = db.session.query(Badge).one()
    assert after != before
    assert after == [content_of(badge, no_photo=False).mark]


def test_a_badge_without_either_says_what_earlier_releases_printed(pia):
    """The mark of a release that knew neither: nobody's badge is printed anew because the program learnt of them."""
    pia.person.country, pia.category.palette, pia.category.shape = "FR", 1, "disc"
    show(pia, "Table 12", ("fr",))
    show(pia, "", ())
    category = pia.category
    told = ["Pia", "Imbs", "", "FR", [q for q in pia.qualities if q][:3], pia.organisation, category.key]
    told += [category.name.fr, category.name.en, 1, "disc", False]
    mark = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]
    assert [one.mark for one in list_contents(pia.event)] == [mark]


def test_after_the_freeze_a_badge_changes_only_when_said_so(pia):
    freeze(pia)
    with pytest.raises(PrintsFrozen):
        show(pia)
    db.session.rollback()
    assert (pia.zone, pia.person.spoken) == ("", ())
    assert show(pia, may_thaw=True)
    assert printed(pia).zone == "Table 12"


def test_after_the_freeze_what_stays_the_same_is_no_obstacle(pia):
    show(pia)
    freeze(pia)
    assert not show(pia)


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


def test_a_guest_who_answers_gets_the_table_meant_for_them(factory):
    event = factory.event()
    invitation = factory.invitation(event, factory.person("Pia", "Imbs"))
    invitation.zone = "Table 3"
    db.session.commit()
    accept(invitation, by="link", actor=CLAIRE, at=now())
    db.session.commit()
    assert db.session.query(Registration).one().zone == "Table 3"


def test_the_table_given_by_hand_is_the_one_the_guest_list_exports(pia):
    show(pia)
    assert pia.invitation.zone == "Table 12"
    titles, rows = attendees(pia.event, "en")
    said = dict(zip(titles, rows[0], strict=True))
    assert (said["Languages spoken"], said["Table or zone"]) == ("FR, DE", "Table 12")


def test_an_entry_merged_brings_its_languages_and_takes_them_back(factory):
    kept, absorbed = factory.person("Pia", "Imbs"), factory.person("P.", "Imbs")
    absorbed.spoken = ("fr", "de")
    db.session.commit()
    merge = merge_people(kept, absorbed, actor=CLAIRE, at=now())
    assert kept.spoken == ("fr", "de")
    undo_merge(merge, actor=CLAIRE, at=now())
    assert kept.spoken == ()


def test_the_page_of_the_print_keeps_and_shows_both(organiser_client, pia):
    page = f"/organise/{pia.event.slug}/told/{pia.public_id}/printed"
    sent = {"qualities": "", "organisation": "", "document_given_name": "Pia", "document_family_name": "Imbs"}
    done = organiser_client.post(page, data={**sent, "zone": "Table 12", "spoken": "français, en"})
    assert done.status_code == 303
    shown = organiser_client.get(f"/organise/{pia.event.slug}/registrations/{pia.public_id}").get_data(as_text=True)
    assert "Table 12" in shown
    assert "FR, EN" in shown
    refused = organiser_client.post(page, data={**sent, "zone": "Table 9", "spoken": "volapükissime"})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'value="volapükissime"' in text
    assert 'value="Table 9"' in text
    db.session.expire_all()
    assert (db.session.get(Registration, pia.id).zone, pia.person.spoken) == ("Table 12", ("fr", "en"))


def test_more_languages_than_a_badge_holds_are_refused_with_a_sentence(organiser_client, pia):
    page = f"/directory/people/{pia.person.public_id}/edit"
    sent = {"given_name": "Pia", "family_name": "Imbs", "language": "fr", "country": "FR"}
    refused = organiser_client.post(page, data={**sent, "spoken": "fr, en, de, es, it"})
    assert refused.status_code == 422
    assert organiser_client.post(page, data={**sent, "spoken": "fr, en, de, es"}).status_code == 303
    db.session.expire_all()
    assert pia.person.spoken == ("fr", "en", "de", "es")


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
