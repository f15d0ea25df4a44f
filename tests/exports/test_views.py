"""The page of exports and its files."""

import json


def test_organisers_download_the_list(organiser_client, make_event, make_registration):
    event = make_event()
    make_registration(event)

    answer = organiser_client.get(f"/organise/{event.slug}/exports/attendees?format=json")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{event.slug}-all.json"'
    assert len(json.loads(answer.data)) == 1


def test_only_those_with_a_place_when_asked(organiser_client, make_event, make_invitation):
    event = make_event()
    make_invitation(event)

    answer = organiser_client.get(f"/organise/{event.slug}/exports/attendees?format=json&who=confirmed")

    assert json.loads(answer.data) == []


def test_another_format_is_not_found(organiser_client, make_event):
    event = make_event()

    answer = organiser_client.get(f"/organise/{event.slug}/exports/attendees?format=pdf")

    assert answer.status_code == 404


def test_reception_takes_no_list_away(reception_client, make_event):
    event = make_event()

    assert reception_client.get(f"/organise/{event.slug}/exports").status_code == 403
    answer = reception_client.get(f"/organise/{event.slug}/exports/attendees?format=csv")
    assert answer.status_code == 403


def test_an_organiser_of_another_event_sees_nothing(client, make_event, make_user):
    mine, other = make_event(), make_event()
    client.sign_in(make_user("organiser", event=mine))

    assert client.get(f"/organise/{other.slug}/exports/attendees?format=csv").status_code == 404
