"""The table or zone of a guest and the languages they speak: recorded, printed, frozen, merged."""

import hashlib
import json

import pytest

from app.audit.models import AuditEntry
from app.badging.content import content_of, list_contents
from app.badging.models import Badge
from app.clock import now
from app.database import db
from app.directory.merging import merge_people, undo_merge
from app.exports.lists import attendees
from app.registration.models import Registration
from app.registration.service import accept
from app.registration.tables import PrintsFrozen
from tests.registration.seated import CLAIRE, MAILBOXES, freeze, printed, show


@pytest.fixture
def pia(factory):
    return factory.registration(factory.event(), factory.person("Pia", "Imbs"), email=MAILBOXES["Pia"])


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
