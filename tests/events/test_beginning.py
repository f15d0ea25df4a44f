"""A first event, and its categories."""

from sqlalchemy import select

from app.clock import now
from app.database import db
from app.events.categories import Sort, add_category
from app.events.models import Category, Event
from app.events.queries import find_category, get_event
from tests.factories import ORGANISER

FIRST = {"title_fr": "Forum de l’eau", "title_en": "Water forum", "starts_on": "2099-05-15"}


def test_whoever_works_on_every_event_begins_one(organiser_client):
    assert organiser_client.get("/organise/new").status_code == 200
    answer = organiser_client.post("/organise/new", data=FIRST)

    assert answer.headers["Location"].endswith("/organise/forum-de-l-eau-2099/settings")
    event = get_event("forum-de-l-eau-2099")
    assert (event.status, event.date_precision, len(event.categories)) == ("draft", "day", 1)
    assert organiser_client.get("/organise/forum-de-l-eau-2099/").status_code == 200


def test_an_organiser_of_one_event_begins_no_other(client, make_event, make_user):
    client.sign_in(make_user("organiser", event=make_event()))

    assert client.get("/organise/new").status_code == 403
    assert client.post("/organise/new", data=FIRST).status_code == 403
    assert "/organise/new" not in client.get("/organise/").text


def test_a_first_event_refused_keeps_what_was_typed(organiser_client):
    organiser_client.post("/organise/new", data=FIRST)
    for wrong in ({}, {"title_fr": "", "title_en": ""}, {"starts_on": "2001-05-15"}, {"starts_on": "never"}):
        answer = organiser_client.post("/organise/new", data={"slug": "forum-de-l-eau-2099", **FIRST, **wrong})
        assert answer.status_code == 422
        assert "forum-de-l-eau-2099" in answer.text
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_a_category_is_added_renamed_and_removed(organiser_client, make_event):
    address = f"/organise/{make_event(slug='assises').slug}/settings/categories"
    typed = {"name_fr": "Élus locaux", "name_en": "", "quota": "12", "palette": "3", "shape": "star"}

    assert organiser_client.post(address, data=typed).status_code == 303
    added = find_category(get_event("assises"), "elus-locaux")
    assert (added.quota, added.palette, added.shape) == (12, 3, "star")
    assert "Élus locaux" in organiser_client.get(f"{address}/elus-locaux").text
    changed = typed | {"name_fr": "Élus", "quota": ""}
    assert organiser_client.post(f"{address}/elus-locaux", data=changed).status_code == 303
    db.session.expire_all()
    assert (added.key, added.name.fr, added.quota) == ("elus-locaux", "Élus", None)
    assert organiser_client.post(f"{address}/elus-locaux/remove").status_code == 303
    assert find_category(get_event("assises"), "elus-locaux") is None
    journal = organiser_client.get("/organise/assises/journal").text
    assert "category." not in journal
    assert "Élus" in journal


def test_a_category_without_a_name_is_refused(organiser_client, make_event):
    address = f"/organise/{make_event().slug}/settings/categories"
    before = len(db.session.scalars(select(Category)).all())
    for wrong in ({"name_fr": ""}, {"quota": "-1"}, {"palette": "13"}, {"shape": "heart"}):
        typed = {"name_fr": "Élus", "quota": "4321", "palette": "3", "shape": "star"} | wrong
        answer = organiser_client.post(address, data=typed)
        assert answer.status_code == 422
    assert len(db.session.scalars(select(Category)).all()) == before


def test_a_category_with_guests_stays(organiser_client, factory):
    event = factory.event(slug="assises")
    invitation = factory.invitation(event)
    add_category(event, Sort(invitation.category.name), actor=ORGANISER, at=now())
    db.session.commit()
    key = invitation.category.key

    organiser_client.post(f"/organise/assises/settings/categories/{key}/remove")

    assert find_category(get_event("assises"), key) is not None


def test_the_last_category_stays(organiser_client):
    organiser_client.post("/organise/new", data=FIRST)
    address = "/organise/forum-de-l-eau-2099/settings/categories"

    organiser_client.post(f"{address}/guests/remove")

    assert find_category(get_event("forum-de-l-eau-2099"), "guests") is not None


def test_two_categories_of_one_name_have_two_keys(make_event):
    event = make_event()
    keys = [add_category(event, Sort(event.title), actor=ORGANISER, at=now()).key for _ in range(2)]
    assert keys[1] == f"{keys[0]}-2"
