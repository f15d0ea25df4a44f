"""The line that names the columns, and what each column holds, in French and in English."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.guest_list.names import FAMILY_FIRST, GIVEN_FIRST, find_civility
from app.guest_list.reading import Row, cell_text
from app.text import fold

_LAST_HEADER_ROW = 40
_SYNONYMS = {
    "civility": "civilite|civ|appel|politesse|formule d appel|m mme|mme m|salutation|civility|prefix",
    "title": "titre|title",
    "given_name": (
        "prenom|prenoms|given name|given names|first name|firstname|forename|christian name|"
        "prenom usuel|prenom de l invite|prenom usage|prenom latin|given name latin"
    ),
    "family_name": (
        "nom|nom de famille|nom d usage|nom usuel|nom patronymique|patronyme|last name|"
        "lastname|surname|family name|nom de l invite|nom marital|nom latin|family name latin"
    ),
    "family_first": (
        "nom prenom|nom et prenom|noms et prenoms|noms prenoms|nom prenoms|nom et prenoms|"
        "last first|last name first name|surname first name|surname given name|"
        "last name and first name"
    ),
    "given_first": ("prenom nom|prenom et nom|prenoms et noms|first last|first name last name|given name surname"),
    "full_name": (
        "nom complet|name|full name|names|invite|invites|invitee|guest|guest name|"
        "participant|participants|participant e|personne|attendee|identite|elu|elue|"
        "latin name|nom en caracteres latins|name latin"
    ),
    "native_name": (
        "nom ecriture d origine|nom en ecriture d origine|ecriture d origine|nom d origine|"
        "nom original|nom dans l alphabet d origine|nom en langue d origine|nom natif|"
        "native name|native script name|name native script|name in native script|native script|"
        "original name|original script|name in original script"
    ),
    "qualities": (
        "fonction|fonctions|qualite|qualites|mandat|mandats|poste|function|functions|"
        "job title|job|position|role|quality|qualities|office|mandate|mandates|fonction s|"
        "fonction principale|qualite fonction|profession|intitule de fonction|libelle fonction"
    ),
    "organisation": (
        "organisation|organisme|collectivite|structure|institution|etablissement|entite|"
        "employeur|societe|entreprise|association|organization|company|affiliation|employer|"
        "institution name|entity|service|collectivite territoriale|nom de la structure|"
        "nom de l organisme|nom de la collectivite|organisation d appartenance|rattachement|"
        "authority|local authority"
    ),
    "email": (
        "courriel|mel|mail|e mail|email|adresse electronique|adresse mail|adresse e mail|"
        "adresse email|adresse courriel|adresse mel|mail address|e mail address|email address|"
        "electronic mail|messagerie|courriel du secretariat|courriel secretariat|"
        "mail secretariat|email contact|courriel de contact|courriels"
    ),
    "phone": (
        "telephone|tel|telephone portable|portable|mobile|tel portable|numero de telephone|"
        "n de telephone|tel fixe|telephone fixe|phone|phone number|telephone number|"
        "mobile phone|cell|cell phone|gsm|ligne directe|telephone mobile|tel mobile|"
        "no de telephone"
    ),
    "category": (
        "categorie|college|groupe|type|type d invite|category|group|guest type|"
        "categorie d invite|college d invite|categories"
    ),
    "language": (
        "langue|langue de correspondance|language|lang|langue d echange|correspondence language|langue parlee"
    ),
    "spoken": ("langues|langues parlees|langues du badge|languages|languages spoken|spoken languages|badge languages"),
    "zone": (
        "zone|table ou zone|table or zone|n de table|no de table|numero de table|table number|table no|"
        "table du diner|nom de la table|table name"
    ),
    "reference": "reference parvis|parvis reference",
    "country": "pays|country|pays de residence|pays d origine|country of residence|etat pays",
}
FIELDS = (
    "civility", "given_name", "family_name", FAMILY_FIRST, GIVEN_FIRST, "native_name", "qualities", "organisation",
    "email", "phone", "category", "language", "country", "spoken", "zone",
)  # fmt: skip
"""What a person may say a column holds; besides "" (kept with each guest) and SKIP."""
SKIP = "skip"
# Columns of our own lists that say what became of a guest: nothing to take in from a list that comes back.
_OURS = "etat|state|rang dans la file|rank in the queue|represente|represents|badge|code du badge"
_TOLD_BY_US = frozenset(fold(word) for word in _OURS.split("|"))
_FIELD = {fold(word): field for field, words in _SYNONYMS.items() for word in words.split("|")}
_REMARK = re.compile(r"[(\[][^)\]]*(oblig|requis|facult|option|required|max|format)[^)\]]*[)\]]")
_NAMES = frozenset({"family_name", "full_name", "family_first", "given_first", "native_name"})


@dataclass(frozen=True)
class Layout:
    """Where the header line is (index in the rows) and what its columns hold.

    `fields[i]` is the field of column `i`, "" for a column kept under its own title in `extra`.
    """

    header: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]
    order: str | None

    def columns_of(self, field: str) -> list[int]:
        """Columns that hold `field`, left to right."""
        return [number for number, held in enumerate(self.fields) if held == field]


def find_field(title: str) -> str:
    """What a column with this title holds; "" when the title is not known."""
    bare = _REMARK.sub(" ", title.lower())
    words = re.sub(r" ?\d{1,2}$", "", fold(bare))
    if words in _FIELD:
        return _FIELD[words]
    halves = [_FIELD.get(fold(half), "") for half in re.split(r"[/\n(]| ou | or ", bare) if fold(half)]
    known = [half for half in halves if half]
    if set(known) == {"family_name", "given_name"}:
        return "family_first" if known[0] == "family_name" else "given_first"
    return known[0] if known and len(set(known)) == 1 else ""


def header_score(rows: Sequence[Row]) -> int:
    """How many different fields the best header line among `rows` names; 0 without a name column."""
    return max((_score(row) for row in rows[:_LAST_HEADER_ROW]), default=0)


def _score(row: Row) -> int:
    cells = [cell_text(cell) for cell in row]
    fields = {find_field(cell) for cell in cells if 0 < len(cell) <= 80} - {""}
    return len(fields) if fields & _NAMES else 0


def find_layout(
    rows: Sequence[Row],
    chosen: Mapping[str, str] | None = None,
    *,
    header: int | None = None,
    fields: Sequence[str] | None = None,
) -> Layout | None:
    """The header line with most known columns among the first forty rows, None when there is none.

    What a person decided wins: `header` is that line's index (-1: there is none, columns are A, B, C),
    `fields` what each column holds, `chosen` the same by title ("" keeps a column as extra).
    """
    if header is None:
        scores = [_score(row) for row in rows[:_LAST_HEADER_ROW]]
        if not any(scores):
            return None
        header = scores.index(max(scores))
    titles = _titles(rows, header)
    if fields is not None:
        told = [*fields, *[""] * len(titles)][: len(titles)]
        return _ordered(Layout(header, titles, tuple(told), None))
    by_title = chosen or {}
    found = [by_title.get(title, find_field(title)) for title in titles]
    if "reference" in found:
        return _written_by_us(header, rows[header], titles, found)
    return _settled(rows, header, titles, found)


def _written_by_us(header: int, named: Row, titles: tuple[str, ...], fields: list[str]) -> Layout:
    """The layout of our own guest list coming back: its first column of a field is the field, the others were extra.

    What we told of each guest (the state, the badge) is nothing to take in.
    """
    own = [SKIP if fold(title) in _TOLD_BY_US else held for title, held in zip(titles, fields, strict=True)]
    settled = [held if held in ("", SKIP) or held not in own[:number] else "" for number, held in enumerate(own)]
    written = [" ".join(cell_text(cell).split()) for cell in named] + [""] * len(titles)
    kept = [text if held == "" and text else title for title, text, held in zip(titles, written, settled, strict=False)]
    return _ordered(Layout(header, tuple(kept), tuple(settled), None))


def _titles(rows: Sequence[Row], header: int) -> tuple[str, ...]:
    """One title per column, each different; a nameless column gets its letters."""
    width = max((len(row) for row in rows[max(header, 0) :]), default=0)
    named = rows[header] if 0 <= header < len(rows) else []
    seen: dict[str, int] = {}
    titles = []
    for number in range(width):
        text = cell_text(named[number]) if number < len(named) else ""
        text = " ".join(text.split()) or _letters(number)
        seen[text] = seen.get(text, 0) + 1
        titles.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return tuple(titles)


def _letters(number: int) -> str:
    text, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _settled(rows: Sequence[Row], header: int, titles: tuple[str, ...], fields: list[str]) -> Layout:
    """Settle what titles alone cannot: Title, Titre, a lone "Nom", the order of a whole name."""
    fields = [_meaning_of_title(rows, header, i) if held == "title" else held for i, held in enumerate(fields)]
    layout = _ordered(Layout(header, titles, tuple(fields), None))
    settled = list(layout.fields)
    if "given_name" not in settled:
        settled = ["full_name" if held == "family_name" else held for held in settled]
    elif "family_name" not in settled:  # "Name" beside "First name"
        settled = ["family_name" if held == "full_name" else held for held in settled]
    return Layout(header, titles, tuple(settled), layout.order)


def _ordered(layout: Layout) -> Layout:
    """The same with whole names as one field, and the order they say."""
    orders = [held for held in layout.fields if held in (FAMILY_FIRST, GIVEN_FIRST)]
    fields = tuple("full_name" if held in (FAMILY_FIRST, GIVEN_FIRST) else held for held in layout.fields)
    return Layout(layout.header, layout.titles, fields, orders[0] if orders else None)


def _meaning_of_title(rows: Sequence[Row], header: int, column: int) -> str:
    """ "Titre" and "Title" hold a civility in one list and a function in the next: look."""
    cells = [cell_text(row[column]) for row in rows[header + 1 : header + 200] if column < len(row)]
    written = [cell for cell in cells if cell]
    civil = sum(1 for cell in written if find_civility(cell))
    return "civility" if civil * 2 > len(written) else "qualities"
