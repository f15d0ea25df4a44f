"""Delegations: one contact, one page, places together or as many as there are (domain 2.8)."""

import re
from datetime import UTC, date, datetime

import pytest

from app.badging.models import Badge
from app.badging.queries import list_delegation_badges
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.models import Person
from app.directory.service import NameMissing, Names
from app.invitations import delegations
from app.invitations.delegation import Delegation, DelegationMember
from app.invitations.delegations import DelegationFacts, HeadNamed, MemberFacts, NamedTwice, QuotaReached
from app.outbox.composing import compose
from app.registration import delegating
from app.registration.models import Registration
from app.registration.representatives import AlreadyComing
from app.registration.seats import NotTogether
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER

CONTACT = "protocol@kharkiv.example"
SHCHERBAK = {
    "role": "head",
    "civility": "M",
    "given_name": "Oleksandr",
    "family_name": "SHCHERBAK",
    "native_name": "Олександр ЩЕРБАК",
    "quality": "Deputy head of the regional council",
}


def add_delegation(event, **values) -> Delegation:
    facts = DelegationFacts(
        **{"name": "Oblast de Kharkiv", "country": "UA", "quota": 3, "support_quota": 1,
           "contact_name": "Iryna Koval", "contact_email": CONTACT, "language": "en", **values}
    )  # fmt: skip
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    db.session.commit()
    return made


def name(delegation, given, family="Koval", role="member", **values) -> DelegationMember:
    facts = MemberFacts(Names(given, family), role, **values)
    member = delegations.add_member(delegation, facts, actor=INVITEE, at=now())
    db.session.flush()
    return member


def ask(delegation, *, together=False):
    return delegating.ask_for_places(delegation, is_all_or_nothing=together, actor=INVITEE, at=now())


def states(delegation):
    return [one.state for one in delegating.list_standings(delegation)]


@pytest.fixture
def delegation(factory):
    return add_delegation(factory.event(capacity=3))


@pytest.fixture
def contact(client, delegation):
    """A browser that opened the contact's link."""
    client.get(f"/d/{delegations.link_token(delegation, KEY)}")
    return client


def page(delegation, rest=""):
    return f"/delegation/{delegation.public_id}/{rest}"


def test_delegates_and_support_have_each_their_number(delegation):
    for given in ("Ana", "Bohdan", "Clara"):
        name(delegation, given)
    with pytest.raises(QuotaReached):
        name(delegation, "Dmytro")
    name(delegation, "Dmytro", role="interpreter")
    with pytest.raises(QuotaReached):
        name(delegation, "Eva", role="driver")


def test_one_head_nobody_twice_and_a_latin_name(delegation):
    name(delegation, "Ana", role="head")
    with pytest.raises(HeadNamed):
        name(delegation, "Bohdan", role="head")
    with pytest.raises(NamedTwice):
        name(delegation, "ana", "KOVAL")
    with pytest.raises(NameMissing):
        delegations.add_member(
            delegation, MemberFacts(Names(native="Олександр ЩЕРБАК")), actor=INVITEE, at=now()
        )  # fmt: skip


def test_together_or_nobody(factory, letters):
    event = factory.event(capacity=2)
    delegation = add_delegation(event)
    for given in ("Ana", "Bohdan", "Clara"):
        name(delegation, given)
    db.session.commit()
    with pytest.raises(NotTogether) as refused:
        ask(delegation, together=True)
    db.session.rollback()
    assert refused.value.places == {"wanted": 3, "free": 2}
    assert states(delegation) == ["named"] * 3
    assert db.session.query(Registration).count() == db.session.query(Person).count() == 0
    event.capacity = 3
    ask(delegation, together=True)
    assert states(delegation) == ["confirmed"] * 3
    assert [letter.kind for letter in letters()] == ["delegation_places"]  # one letter, to the contact


def test_together_is_held_against_the_category_and_its_queue_too(factory):
    event = factory.event(capacity=100)
    event.categories[0].quota = 1
    delegation = add_delegation(event)
    name(delegation, "Ana")
    name(delegation, "Bohdan")
    with pytest.raises(NotTogether) as refused:
        ask(delegation, together=True)
    assert refused.value.places["free"] == 1
    db.session.rollback()
    factory.registration(event, category=event.categories[0])
    factory.registration(event, category=event.categories[0])
    event.categories[0].quota = 5  # raised without promoting: who waits comes first
    one = add_delegation(event, name="Autre")
    name(one, "Clara")
    with pytest.raises(NotTogether) as refused:
        ask(one, together=True)
    assert refused.value.places["free"] == 0


def test_as_many_as_there_are_and_the_others_wait(factory, letters):
    event = factory.event(capacity=1)
    delegation = add_delegation(event)
    head, *_others = [name(delegation, given) for given in ("Ana", "Bohdan", "Clara")]
    ask(delegation)
    assert states(delegation) == ["confirmed", "waiting", "waiting"]
    assert [one.rank for one in delegating.list_standings(delegation)] == [None, 1, 2]
    delegating.remove_member(head, actor=INVITEE, at=now())
    db.session.commit()
    assert states(delegation) == ["confirmed", "waiting"]
    assert len(letters(kind="delegation_places")) == 2  # the contact hears of the place found
    text = compose(letters(kind="delegation_places")[-1]).text
    assert "Bohdan Koval: Place confirmed" in text
    assert "Clara Koval: Waiting, rank 1" in text


def test_a_replacement_takes_the_place_one_for_one(factory, letters):
    event = factory.event(capacity=1)
    delegation = add_delegation(event)
    member = name(delegation, "Ana", email="ana@kharkiv.example")
    ask(delegation)
    factory.registration(event)  # waits
    code = db.session.query(Badge).filter_by(state="active").one().code
    facts = MemberFacts(Names("Bohdan", "Savchuk"), "head", "Councillor", "bohdan@kharkiv.example")
    delegating.replace_member(member, facts, actor=INVITEE, at=now())
    db.session.commit()
    assert states(delegation) == ["confirmed"]
    assert db.session.query(Registration).filter_by(state="waiting").count() == 1
    assert db.session.query(Badge).filter_by(code=code).one().state == "revoked"
    assert [letter.recipient for letter in letters(kind="confirmation")] == [
        "ana@kharkiv.example", "bohdan@kharkiv.example",
    ]  # fmt: skip


def test_somebody_expected_already_is_refused(factory):
    event = factory.event()
    factory.registration(event, factory.person("Ana", "Koval"))
    delegation = add_delegation(event)
    name(delegation, "Ana")
    with pytest.raises(AlreadyComing):
        ask(delegation)


def test_declining_gives_every_place_back(factory):
    event = factory.event(capacity=2)
    delegation = add_delegation(event)
    name(delegation, "Ana")
    name(delegation, "Bohdan")
    ask(delegation)
    waiting = factory.registration(event)
    delegating.end(delegation, "declined", actor=INVITEE, at=now())
    assert waiting.state == "confirmed"
    assert delegation.state == "declined"


def test_the_link_opens_one_delegation_and_a_new_one_ends_it(contact, delegation):
    assert contact.get(page(delegation)).status_code == 200
    delegations.send_new_link(delegation, secret=KEY, actor=ORGANISER, at=now())
    assert contact.get(page(delegation)).status_code == 404
    assert contact.get("/d/" + "a" * 26).status_code == 404


def test_the_contact_names_asks_and_replaces_on_one_page(contact, delegation):
    assert contact.post(page(delegation, "members"), data={**SHCHERBAK, "email": "no"}).status_code == 422
    found = contact.post(page(delegation, "members"), data={**SHCHERBAK, "family_name": "", "given_name": ""})
    assert found.status_code == 422
    assert "Олександр ЩЕРБАК" in found.text  # nothing typed is lost
    assert contact.post(page(delegation, "members"), data=SHCHERBAK).status_code == 303
    text = contact.get(page(delegation)).text
    assert "Oleksandr SHCHERBAK" in text
    assert contact.post(page(delegation, "places"), data={"together": "all"}).status_code == 303
    member = db.session.query(DelegationMember).one()
    assert member.person.native_name == "Олександр ЩЕРБАК"
    assert (member.person.country, states(delegation)) == ("UA", ["confirmed"])
    swap = page(delegation, f"members/{member.public_id}/replace")
    assert 'name="native_name"' in contact.get(swap).text
    assert contact.post(swap, data={"role": "head", "given_name": "Iryna", "family_name": "Bondar"}).status_code == 303
    assert "Iryna Bondar" in contact.get(page(delegation)).text
    assert contact.post(page(delegation, f"members/{member.public_id}/remove")).status_code == 303
    assert contact.post(page(delegation, "decline")).status_code == 303
    db.session.refresh(delegation)
    assert (delegation.state, delegation.members) == ("declined", [])


def test_more_people_than_places_keeps_the_page(contact, delegation):
    delegation.event.capacity = 0
    contact.post(page(delegation, "members"), data=SHCHERBAK)
    found = contact.post(page(delegation, "places"), data={"together": "all"})
    assert found.status_code == 422
    assert "SHCHERBAK" in found.text
    assert contact.post(page(delegation, "places"), data={"together": "some"}).status_code == 303
    assert states(delegation) == ["waiting"]


def test_an_extension_holds_for_one_delegation_alone(client, factory, frozen):
    frozen(datetime(2025, 11, 13, 12, tzinfo=UTC))
    event = factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    extended = add_delegation(event, answer_until=datetime(2025, 11, 14, 11, tzinfo=UTC))
    other = add_delegation(event, name="Loja")
    for one in (extended, other):
        client.get(f"/d/{delegations.link_token(one, KEY)}")
    assert client.post(page(extended, "members"), data=SHCHERBAK).status_code == 303
    assert client.post(page(other, "members"), data=SHCHERBAK).status_code == 422
    assert 'name="family_name"' not in client.get(page(other)).text
    frozen(datetime(2025, 11, 14, 11, tzinfo=UTC))
    client.get(f"/d/{delegations.link_token(extended, KEY)}")
    assert client.post(page(extended, "places"), data={"together": "some"}).status_code == 422


def test_opening_and_looking_write_nothing(contact, delegation, statement_count):
    there, link = page(delegation), f"/d/{delegations.link_token(delegation, KEY)}"
    with statement_count() as seen:
        for _ in range(30):
            contact.get(there)
            contact.head(link)
    assert [s for s in seen if not s.startswith(("SELECT", "PRAGMA")) and s != "BEGIN"] == []


def test_the_organiser_adds_sends_and_draws_one_pack(organiser_client, factory, letters):
    event = factory.event(title=Bilingual("Assises", "Assembly"))
    there = f"/organise/{event.slug}/delegations"
    typed = {"name": "Marj Ibn Amer", "country": "PS", "category": "elus", "quota": "2", "support_quota": "1",
             "contact_name": "Nour", "contact_email": "nour@marj.example", "language": "fr"}  # fmt: skip
    assert organiser_client.post(f"{there}/add", data={**typed, "quota": "-1"}).status_code == 422
    at = organiser_client.post(f"{there}/add", data=typed).location
    organiser_client.post(f"{at}/send")
    (letter,) = letters(kind="delegation")
    assert re.search(r"/d/[a-z2-7]{26}", compose(letter).text)
    for given, native in (("Mohammad", "محمد عبد الرحمن"), ("Layla", "")):
        member = {"role": "member", "given_name": given, "family_name": "ABD AL-RAHMAN", "native_name": native}
        assert organiser_client.post(f"{at}/members", data=member).status_code == 303
    organiser_client.post(f"{at}/places", data={"together": "all"})
    assert "محمد عبد الرحمن" in organiser_client.get(at).text
    seated = db.session.query(Registration).first()
    assert at in organiser_client.get(f"/organise/{event.slug}/registrations/{seated.public_id}").text
    pack = organiser_client.post(f"{at}/badges.pdf")
    assert pack.mimetype == "application/pdf"
    delegation = db.session.query(Delegation).one()
    names = [badge.registration.person.given_name for badge in list_delegation_badges(delegation)]
    assert names == ["Mohammad", "Layla"]
    lowered = organiser_client.post(f"{at}/edit", data={**typed, "quota": "1"})
    assert lowered.status_code == 422
    assert organiser_client.post(f"{at}/edit", data={**typed, "quota": "3"}).status_code == 303
    assert "3" in organiser_client.get(there).text
    organiser_client.post(f"{at}/withdraw")
    db.session.refresh(delegation)
    assert (delegation.state, db.session.query(Registration).filter_by(state="confirmed").count()) == ("withdrawn", 0)


def test_the_list_of_delegations_costs_the_same_for_many(organiser_client, factory, statement_count):
    event = factory.event()
    counts = []
    for number in (1, 6):
        for n in range(number):
            one = add_delegation(event, name=f"Délégation {number}-{n}")
            name(one, f"Ana{number}{n}")
            ask(one)
        with statement_count() as seen:
            organiser_client.get(f"/organise/{event.slug}/delegations")
        counts.append(seen.count)
    assert counts[0] == counts[1]
