"""The list of an enrolled phone, searched: who is called so comes first, whatever organisations are called."""

from typing import Any

from playwright.sync_api import Page

SEARCH = """async ([guests, words]) => {
  const { GuestList } = await import("/static/js/desk-list.js");
  const categories = [{ key: "elus", name: "Élus", shape: "disc", colour: "cat-1", days: [] }];
  const rows = guests.map(([name, organisation], n) => [String(n), name, "", "", organisation, 0, "c"]);
  const list = new GuestList({ buckets: { 0: rows }, categories, event: {} });
  const { found, total } = list.search(words);
  return [found.map((one) => one.name), total, found.map((one) => one.has_namesake)];
}"""
GUESTS = (
    ("Zoé BERNARD", "Région Marches-de-l’Est"), ("Louise BONNAFOUS", "Région Marches-de-l’Est"),
    ("Élodie MARCHAND", "Sénat"), ("Marc CASTAING", "Ville de Fontvannes"), ("Marc CASTAING", "Ville de Lissac"),
)  # fmt: skip


def search(page: Page, guests: Any, words: str) -> list[Any]:
    page.goto("/sign-in")
    return page.evaluate(SEARCH, [[list(one) for one in guests], words])  # type: ignore[no-any-return] # as SEARCH gives


def test_names_come_before_organisations_and_in_order(phone: Page) -> None:
    names, total, are_namesakes = search(phone, GUESTS, "mar")

    assert names == ["Élodie MARCHAND", "Marc CASTAING", "Marc CASTAING", "Louise BONNAFOUS", "Zoé BERNARD"]
    assert total == len(GUESTS)
    assert are_namesakes == [False, True, True, False, False]


def test_words_in_any_order_and_without_accents(phone: Page) -> None:
    assert search(phone, GUESTS, "marchand elo")[0] == ["Élodie MARCHAND"]
    assert search(phone, GUESTS, "lissac marc")[0] == ["Marc CASTAING"]
    assert search(phone, GUESTS, "archand")[0] == []  # only beginnings of words


def test_no_more_than_twenty_and_how_many_there_are(phone: Page) -> None:
    many = [(f"Camille INVITÉ-{n:02}", "Ville") for n in range(60)]
    names, total, _are_namesakes = search(phone, reversed(many), "invite")

    assert (names, total) == ([name for name, _city in many[:20]], 60)
