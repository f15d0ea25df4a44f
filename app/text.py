"""Words as people write them: kept as typed, folded to be found, spaced as French asks.

Searching. A person is stored with `search_key(name, native name, organisation, …)`, one column of
plain ASCII; somebody types "sherbak lahousine"; the person is found when EVERY term of
`search_terms(typed)` is a substring of that column (`LIKE '%term%'`, safe: only a-z, 0-9). The key
holds three things, so that all alternatives live in the key and none in the query:

- the folded words (`fold`): "щербак" and "Shcherbak" both give "shcherbak";
- how each word sounds (`_sound`): spellings that transliteration or haste mix up become one.
  The rules change letter by letter from the left, so half a word typed still matches;
- the words of a part joined ("abd al-rahman" -> "abdalrahman"), so that "abdelrahman",
  "decidrac" and "benlahoucine" are found however they are spaced.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from anyascii import anyascii

NNBSP = "\u202f"
NBSP = "\u00a0"

_MARKS = ("Mn", "Mc")  # signs written over letters; they belong to their word


def nfc(text: str) -> str:
    """`text` in Unicode NFC, the form in which every text is stored; otherwise as typed."""
    return unicodedata.normalize("NFC", text)


_PLAIN_WORDS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Plain lower-case ASCII words separated by one space; "" when no letter or digit is left.

    Accents, case, ligatures (œ -> oe), apostrophes, hyphens and scripts are levelled. Doing it
    twice changes nothing.
    """
    if text.isascii():  # most of a long list
        return " ".join(_PLAIN_WORDS.findall(text.lower()))
    levelled = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(c if c.isalnum() or unicodedata.category(c) in _MARKS else " " for c in levelled)
    return " ".join(word for part in letters.split() for word in _latin(part).split())


def _latin(word: str) -> str:
    """One word in ASCII. Soft signs and ayns vanish; a capital starts a new syllable (Wang Xiao)."""
    if word.isascii():
        return word
    spelt = re.sub(r"[^A-Za-z0-9 ]", "", anyascii(word))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spelt).lower()


# Letter by letter: what is left out (h) or shared (c, s, z) needs no look at the next letter.
_SAME_SOUND = str.maketrans({"h": "", "c": "s", "z": "s", "q": "k", "y": "i", "j": "i", "w": "v", "x": "ks", "o": "u"})
_ROUGH = {**_SAME_SOUND, ord("t"): ""}
_ABD = re.compile(r"abd[aeiu]{1,2}l?")  # abdal-, abdel-, abdul-, abder- before the name of God
_DOUBLED = re.compile(r"([a-z])\1+")
_MUHAMMAD = re.compile(r"^((?:mu|ma|me|i)?a)m[ae]d$")  # Mohammad, Mohamed, Muhammad, Ahmed
_ARTICLES = frozenset({"al", "el", "ul", "l", "d"})
_LONGEST_JOINED = 6  # words; a name, not a sentence of functions
_MOST_TERMS = 8


def _single(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _sound(word: str) -> str:
    return _single(word.translate(_SAME_SOUND))


def sound(text: str) -> str:
    """How `text` sounds, roughly: spellings that transliteration or haste mix up give the same words."""
    return " ".join(_without_ts(_sound(word)) for word in fold(text).split())


def rough_sound(folded: str) -> str:
    """How a folded text sounds but for its t: what sounds alike has the same, at a fraction of the cost of `sound`."""
    return _single(folded.translate(_ROUGH))


def _without_ts(sound: str) -> str:
    """Щ and Ч spelt the French way: Chtcherbak, Tchernivtsi."""
    return _single(sound.replace("ts", "s")) if "ts" in sound else sound


@lru_cache(maxsize=8192)
def _variants(word: str) -> tuple[str, ...]:
    """Every way `word` may be looked for."""
    sound = _sound(word)
    found = _MUHAMMAD.match(sound)
    named = (found.group(1) + "mad", found.group(1) + "med") if found else ()
    return (word, sound, _without_ts(sound), _ABD.sub("abd", sound), *named)


def search_key(*parts: str | None) -> str:
    """What a record is found by: give it each name, native name, organisation and mailbox.

    Returns ASCII words separated by a space, each once; "" when nothing can be searched.
    """
    found: dict[str, None] = {}
    for part in parts:
        words = fold(part or "").split()
        joined = ["".join(words)] if 1 < len(words) <= _LONGEST_JOINED else []
        for word in words + joined:
            found.update(dict.fromkeys(variant for variant in _variants(word) if variant))
    return " ".join(found)


def search_terms(query: str) -> list[str]:
    """The terms that must ALL be substrings of a record's `search_key`; [] when nothing was typed.

    Words of one or two letters are looked for as typed; articles (al-, el-, l', d') are passed over
    unless they are all there is. At most eight terms are kept.
    """
    words = fold(query[:200]).split()
    telling = [word for word in words if word not in _ARTICLES] or words
    terms = (_term(word) for word in telling)
    return list(dict.fromkeys(terms))[:_MOST_TERMS]


def _term(word: str) -> str:
    if len(word) <= 2:
        return word
    sound = _ABD.sub("abd", _without_ts(_sound(word)))
    # One letter is in nearly every name: such a word ("zzz", "Hoo") is looked for as typed.
    return sound if len(sound) > 1 else word


def slug(text: str, longest: int = 60) -> str:
    """`text` for an address: lower-case ASCII words joined by hyphens, cut between words.

    Returns "" when `text` has no letter or digit.
    """
    kept = ""
    for word in fold(text).split():
        longer = f"{kept}-{word}" if kept else word[:longest]
        if len(longer) > longest:
            break
        kept = longer
    return kept


_TOUCHES_NOT = r"""
    (?:https?|ftp|mailto|tel|sip)://?[^\s<>"«»]+ | (?:mailto|tel):[^\s<>"«»]+ | www\.[^\s<>"«»]+
  | [^\s<>"«»@:;]+@[^\s<>"«»@:;,!?]+                 # mail addresses
  | </?[A-Za-z!][^<>]*>                              # HTML tags
  | &(?:[A-Za-z]{2,10}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});
  | %\([A-Za-z_]\w*\)[-+ 0-9.]*[a-z] | \{\{.*?\}\} | \{%.*?%\} | \{[A-Za-z_][\w.]*\}
  | \d[\d.]*(?::\d+)+                                # times and ratios
"""
_SPACES = f"[ {NBSP}{NNBSP}]"
_FRENCH = re.compile(
    rf"""(?P<kept>{_TOUCHES_NOT})
  | (?P<thousands>(?<![\d.,+])\d{{1,3}}(?:{_SPACES}\d{{3}})+(?!\d))
  | (?P<open>«{_SPACES}*(?=\S))
  | (?P<close>{_SPACES}*»)
  | (?P<high>{_SPACES}*[;:!?]+)(?=[\s<»)\]”’"']|$)
  | (?P<unit>(?<=\d){_SPACES}(?=(?:h|€|%|k€|M€|km|m²|kg|min|Mo|Go)(?![\w(])))
  | (?P<minutes>(?<=\d{_SPACES}h){_SPACES}(?=\d\d(?!\d)))
  | (?P<apostrophe>(?<=[^\W\d_])'(?=[^\W\d_]))
""",
    re.VERBOSE,
)


def typo_fr(text: str) -> str:
    """`text` with French spacing: narrow no-break space before ; : ! ? » and after «.

    No-break space between a number and its unit ("17 h 30", "500 M€"), narrow one inside "4 000"; a typewriter's
    apostrophe between two letters becomes a printer's.
    Addresses, times like 17:30, HTML tags and entities, %(places)s and {{ places }} stay as they
    are. Doing it twice changes nothing.
    """
    return _FRENCH.sub(_spaced, text)


def _spaced(found: re.Match[str]) -> str:
    kind, piece = found.lastgroup, found.group()
    if kind == "thousands":
        return re.sub(_SPACES, NNBSP, piece)
    if kind == "open":
        return "«" + NNBSP
    if kind == "apostrophe":
        return "’"
    if kind in ("close", "high"):
        return _raised(found, piece)
    return piece if kind == "kept" else NBSP


def _raised(found: re.Match[str], piece: str) -> str:
    sign = piece.strip(f" {NBSP}{NNBSP}")
    before = found.string[found.start() - 1 : found.start()]
    alone = before.isspace() or (sign == piece and (not before or before in "([{«;:!?"))
    return piece if alone else NNBSP + sign


_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def typo_en(text: str) -> str:
    """`text` with a printer's apostrophe between two letters; English asks for no further space."""
    return _APOSTROPHE.sub("’", text)


def ordinal(number: int, language: str, feminine: bool = True) -> str:
    """ "1re", "1er", "2e" in French ("2ème" is not a standard form); "1st", "2nd", "11th" in English.

    `number` counts from 1. Raises ValueError below.
    """
    if number < 1:
        raise ValueError("an ordinal counts from 1")
    if language == "fr":
        return f"{number}e" if number > 1 else ("1re" if feminine else "1er")
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_PHONE = re.compile(r"\+\(?\d[\d .()\u00a0\u202f-]{4,24}")
_SHORTEST_PHONE = 8  # digits with the country code
_ONE_DIGIT_CODES = "17"
_TWO_DIGIT_CODES = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58"
    " 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)


def csv_cell(value: Any) -> str:
    """`value` as the text of a CSV cell that no spreadsheet takes for a formula.

    A text that begins with = + - @ or a control character gets an apostrophe in front (OWASP, CSV
    injection). An international phone number is data, not a formula: it keeps its plus sign, and
    its digits are grouped in twos, which Excel leaves alone. None gives "".
    """
    if value is None:
        return ""
    text = str(value)
    if _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= _SHORTEST_PHONE:
        return _phone_in_groups(text)
    first = text.lstrip(f" {NBSP}{NNBSP}")[:1]
    risky = bool(first) and (first in "=+-@\t\r\n" or unicodedata.normalize("NFKC", first) in "=+-@")
    return f"'{text}" if risky and not isinstance(value, int | float) else text


def _phone_in_groups(text: str) -> str:
    """E.123 grouping. "(0)" is not dialled after a country code."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    size = 1 if digits[0] in _ONE_DIGIT_CODES else 2 if digits[:2] in _TWO_DIGIT_CODES else 3
    code, rest = digits[:size], digits[size:]
    start = len(rest) % 2
    groups = [rest[:start]] if start else []
    groups += [rest[i : i + 2] for i in range(start, len(rest), 2)]
    return " ".join([f"+{code}", *groups])


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # names Windows refuses


def file_name(text: str, extension: str = "") -> str:
    """A download's name that every system and every HTTP header takes: ASCII, hyphens, one dot.

    `extension` without its dot; when it is left out, a short one at the end of `text` is kept.
    """
    stem = text
    if not extension and (found := re.fullmatch(r"(.+)\.([A-Za-z0-9]{1,5})", text.strip())):
        stem, extension = found.groups()
    name = slug(stem.replace("/", " ").replace("\\", " "), longest=80) or "file"
    name = f"{name}-file" if _RESERVED.fullmatch(name) else name
    return f"{name}.{extension.lower()}" if extension else name
