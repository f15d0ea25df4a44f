"""The page that shows a design as large as on paper."""


def test_a_page_without_a_badge_to_show_asks_for_no_picture(organiser_client, make_event, make_registration):
    event = make_event()
    address = f"/organise/{event.slug}/badges/true-size"
    assert "preview.png" not in organiser_client.get(address).text
    make_registration(event)
    assert "preview.png" in organiser_client.get(address).text
