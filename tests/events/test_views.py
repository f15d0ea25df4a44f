"""The settings page and the next edition, as an organiser uses them."""

import html
import re

from app.database import db
from app.events.models import Event
from app.events.queries import get_event


def _typed(client, address):
    """What a browser would send back: every field of the page's main form, as shown."""
    page = client.get(address).get_data(as_text=True)
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    values = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = _of(tag, "name"), _of(tag, "type")
        if kind in {"radio", "checkbox"} and " checked" not in tag:
            continue
        if name and name != "csrf_token":
            values[name] = _of(tag, "value")
    written = r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>'
    for name, text in re.findall(written, form, re.DOTALL):
        values[name] = html.unescape(text)
    return values


def _of(tag, attribute):
    found = re.search(rf'{attribute}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def test_the_page_saved_as_it_is_changes_nothing(organiser_client, make_event, statement_count):
    event = make_event()
    address = f"/organise/{event.slug}/settings"
    before = {c.name: getattr(event, c.name) for c in Event.__table__.columns}

    answer = organiser_client.post(address, data=_typed(organiser_client, address))

    assert answer.status_code == 303
    assert {name: getattr(event, name) for name in before} == before
    assert organiser_client.get(f"/organise/{event.slug}/journal").status_code == 200


def test_numbers_texts_and_deadline_are_changed(organiser_client, make_event):
    event = make_event()
    address = f"/organise/{event.slug}/settings"
    typed = _typed(organiser_client, address)
    typed |= {
        "capacity": "280",
        "quota_elus": "40",
        "title_fr": "Assises d’hiver",
        "deadline": "hour",
        "deadline_day": event.deadline.day.isoformat(),
        "deadline_hour": "12:00",
    }

    assert organiser_client.post(address, data=typed).status_code == 303

    db.session.expire_all()
    assert (event.capacity, event.categories[0].quota) == (280, 40)
    assert (event.title.fr, event.deadline.at.hour) == ("Assises d’hiver", 12)


def test_an_unreadable_colour_is_refused_and_nothing_typed_is_lost(organiser_client, make_event):
    event = make_event()
    address = f"/organise/{event.slug}/settings"
    typed = _typed(organiser_client, address) | {"accent": "#ffe100", "capacity": "77"}

    answer = organiser_client.post(address, data=typed)
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "#ffe100" in page
    assert 'value="77"' in page
    db.session.expire_all()
    assert event.capacity == 100


def test_a_deadline_without_a_day_is_asked_for(organiser_client, make_event):
    event = make_event()
    address = f"/organise/{event.slug}/settings"
    typed = _typed(organiser_client, address) | {"deadline": "until", "deadline_day": ""}

    assert organiser_client.post(address, data=typed).status_code == 422


def test_an_event_whose_hours_are_unknown_keeps_its_days(organiser_client, make_event):
    event = make_event()
    address = f"/organise/{event.slug}/settings"
    typed = _typed(organiser_client, address)
    typed |= {"first_day": "2099-07-08", "last_day": "2099-07-09", "starts": "", "ends": ""}
    typed["deadline"] = "none"

    assert organiser_client.post(address, data=typed).status_code == 303
    again = _typed(organiser_client, address)

    db.session.expire_all()
    assert event.date_precision == "day"
    assert (again["first_day"], again["last_day"], again["starts"]) == ("2099-07-08", "2099-07-09", "")


def test_buttons_change_the_status(organiser_client, make_event):
    event = make_event(status="draft")

    answer = organiser_client.post(f"/organise/{event.slug}/status", data={"status": "open"})

    assert answer.status_code == 303
    db.session.expire_all()
    assert event.status == "open"
    refused = organiser_client.post(f"/organise/{event.slug}/status", data={"status": "archived"})
    assert refused.status_code == 409


def test_a_next_edition_in_the_past_keeps_what_was_typed(organiser_client, make_event):
    event = make_event()

    answer = organiser_client.post(
        f"/organise/{event.slug}/new-edition", data={"starts_on": "2001-05-15", "slug": "mine"}
    )
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "2001-05-15" in page
    assert 'value="mine"' in page


def test_who_makes_an_edition_may_work_on_it(client, make_event, make_user):
    event = make_event()
    client.sign_in(make_user("organiser", event=event))

    answer = client.post(f"/organise/{event.slug}/new-edition", data={"starts_on": "2099-05-15", "slug": "Ma suite"})

    assert answer.headers["Location"].endswith("/organise/ma-suite/")
    assert get_event("ma-suite").status == "draft"
    assert client.get("/organise/ma-suite/settings").status_code == 200


def test_reception_changes_nothing(reception_client, make_event):
    event = make_event()

    assert reception_client.get(f"/organise/{event.slug}/settings").status_code == 403
    assert reception_client.post(f"/organise/{event.slug}/settings", data={}).status_code == 403
