"""The invented guests: always the same, with what real lists hold."""

from collections import Counter

from app.demonstration.guests import LONG_SURNAME, SHARED_MAILBOX, list_guests, list_latecomers, list_stand_ins
from app.demonstration.words import NUMBERS, QUOTAS
from app.text import nfc


def test_the_list_is_the_same_each_time():
    assert list_guests() == list_guests()
    assert list_latecomers() == list_latecomers()


def test_it_holds_what_makes_lists_hard():
    guests = list_guests()
    names = Counter((guest.given, guest.family) for guest in guests)

    assert 400 <= len(guests) <= 440
    assert [name for name, n in names.items() if n > 1] == [("Philippe", "LAURENT")]
    assert len({g.organisation for g in guests if g.family == "LAURENT"}) == 2
    assert sum(guest.email == SHARED_MAILBOX for guest in guests) == 3
    assert len(LONG_SURNAME) == 60
    assert {"accepts", "silent", "declines", "represented", "cancels", "withdrawn", "bounces"} == {
        guest.fate for guest in guests
    }


def test_names_come_in_many_scripts_with_a_latin_spelling():
    natives = "".join(guest.native for guest in list_guests())

    for letter in "Щحნ王ՀΠנễ":
        assert letter in natives
    assert all(nfc(guest.native) == guest.native for guest in list_guests())
    assert all(guest.given and guest.family for guest in list_guests())


def test_every_address_is_of_nobody():
    people = [*list_guests(), *list_latecomers()]

    assert all(guest.email.endswith(".example") for guest in people if guest.email)
    assert sum(not guest.email for guest in people) == 3
    assert all(who.email.endswith(".example") for who in list_stand_ins())


def test_quotas_add_up_to_the_places():
    assert sum(QUOTAS.values()) == 300
    assert set(NUMBERS) | {"delegations"} == set(QUOTAS)
