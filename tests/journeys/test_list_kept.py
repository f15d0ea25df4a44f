"""What a phone keeps of the list: packed, unpacked to what the plain form says, sealed only when it changed."""

from playwright.sync_api import Page, Response

from tests.journeys.conftest import Live
from tests.journeys.desks import become_desk, let_in, prepare_night

# Both forms as this device gets them, and what its scripts make of the packed one.
BOTH = """async (slug) => {
  const { unpackGuest, unpackPassages, packPassages } = await import("/static/js/desk-packing.js");
  const { GuestList } = await import("/static/js/desk-list.js");
  const ask = async (form) => {
    const answer = await fetch(`/api/v1/events/${slug}/manifest?form=${form}`, { headers: { "X-Parvis-Desk": "1" } });
    return answer.json();
  };
  const [plain, packed] = [await ask("plain"), await ask("packed")];
  const kept = new GuestList(packed).plain();
  const empty = ["", [], {}];
  const rows = (buckets) => Object.values(buckets).flat();
  const trimmed = (row) => { while (empty.includes(row.at(-1)) || row.at(-1)?.length === 0) row.pop(); return row; };
  return {
    plain: [rows(plain.buckets), plain.passages],
    packed: [rows(packed.buckets).map(unpackGuest).map(trimmed), unpackPassages(packed)],
    again: unpackPassages(packPassages(plain.passages)), kept: unpackPassages(kept),
    lengths: [packed, kept].map((list) => JSON.stringify(list).length),
    old: new GuestList(plain).search("invité-1").found, young: new GuestList(packed).search("invité-1").found,
  };
}"""
# The lengths of what is sealed, from now on.
WATCH = """() => {
  window.sealed = [];
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = (how, key, text) => { window.sealed.push(text.byteLength); return encrypt(how, key, text); };
}"""
BEATS = "() => { setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 50); }"
IS_YOUNGER = """async (before) => {
  const { Store } = await import("/static/js/desk-store.js");
  const kept = await (await Store.open()).readList();
  return kept.syncedAt > before && kept.list.count;
}"""
AGE_ALONE = 100  # bytes: more than two numbers, less than any list


def test_the_packed_list_is_unpacked_to_the_plain_one(live: Live, phone: Page) -> None:
    night = prepare_night(live, 4)
    become_desk(live, phone, night.slug, "Guichet 1")
    for guest in night.guests[:2]:
        let_in(phone, guest)
    told = phone.evaluate(BOTH, night.slug)

    assert len(told["plain"][0]) == 4
    assert len(told["plain"][1]) == 2
    assert told["packed"] == told["plain"]
    assert told["again"] == told["kept"] == told["plain"][1]
    assert told["lengths"][1] <= told["lengths"][0]  # what is kept is no longer than what came
    assert told["old"] == told["young"] != []  # a list kept before the packed form is still read


def test_a_list_that_did_not_change_is_not_sealed_again(live: Live, phone: Page) -> None:
    """Only its age is: twelve hours count from when it was asked for last."""
    night = prepare_night(live, 3)
    become_desk(live, phone, night.slug, "Guichet 1")
    with phone.expect_response(is_unchanged):
        phone.evaluate(BEATS)
    phone.evaluate(WATCH)
    before = phone.evaluate("Date.now()")
    with phone.expect_response(is_unchanged):
        pass

    assert phone.wait_for_function(IS_YOUNGER, arg=before).json_value() == 3
    assert max(phone.evaluate("window.sealed")) < AGE_ALONE


def is_unchanged(answer: Response) -> bool:
    return "/manifest" in answer.url and answer.status == 304
