"""Every visible sentence is in the catalogue, and the catalogue speaks the French of the house."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app import i18n
from tests.french_reading import PLACE, faults
from tests.visible_words import (
    ROOT,
    Sentence,
    python_files,
    python_sentences,
    python_words,
    script_words,
    template_files,
    template_sentences,
    template_words,
    typst_words,
)

FRENCH = ROOT / "app/translations/fr/LC_MESSAGES/messages.po"
PYBABEL = [sys.executable, "-m", "babel.messages.frontend"]

# --- every sentence is there ----------------------------------------------------------------------


def _key(sentence: Sentence) -> str:
    """A catalogue knows a sentence by its singular, with or without a plural."""
    return sentence if isinstance(sentence, str) else sentence[0]


@cache
def _written() -> dict[str, str]:
    """The sentences of the code, with where each stands."""
    found: dict[str, str] = {}
    for files, reader in ((python_files(), python_sentences), (template_files(), template_sentences)):
        for path in files:
            for line, sentence in reader(path.read_text(encoding="utf-8")):
                if sentence is not None:
                    found.setdefault(_key(sentence), f"{path.relative_to(ROOT)}:{line}")
    return found


@cache
def _catalogue() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def _entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _french(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _gaps(written: dict[str, str], catalogue: Catalog) -> list[str]:
    """Sentences without French, fuzzy ones, and French that nobody asks for."""
    told = {_key(message.id): message for message in _entries(catalogue)}
    gaps = [f"missing: {text} ({where})" for text, where in written.items() if text not in told]
    gaps += [f"empty: {key}" for key, one in told.items() if not all(_french(one))]
    gaps += [f"fuzzy: {key}" for key, one in told.items() if one.fuzzy]
    gaps += [f"nobody says: {key}" for key in told if key not in written]
    return gaps + [f"obsolete: {key}" for key in catalogue.obsolete]


def test_every_sentence_is_in_french() -> None:
    assert _gaps(_written(), _catalogue()) == []


def test_a_gap_is_found() -> None:
    catalogue = Catalog(locale="fr")
    catalogue.add("Guests", "Invités", flags=["fuzzy"])
    catalogue.add("Seats", "")
    catalogue.add(("%(num)s seat", "%(num)s seats"), ("%(num)s place", ""))
    catalogue.obsolete["Old"] = Message("Old", "Vieux")
    gaps = _gaps(dict.fromkeys(["Guests", "Seats", "Letters", "%(num)s seat"], ""), catalogue)
    assert [gap.split(":")[0] for gap in gaps] == ["missing", "empty", "empty", "fuzzy", "obsolete"]
    assert "nobody says: Seats" in _gaps({}, catalogue)


def test_the_collecting_tool_finds_what_reading_the_code_finds(tmp_path: Path) -> None:
    keywords = ["-k", "_", "-k", "lazy", "-k", "ngettext:1,2"]
    target = tmp_path / "found.pot"
    command = [*PYBABEL, "-q", "extract", "-F", "babel.cfg", *keywords, "-o", str(target), "."]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    with target.open("rb") as file:
        assert {_key(message.id) for message in _entries(read_po(file))} == set(_written())


def test_every_sentence_is_written_out_where_it_is_translated() -> None:
    files = [(python_files(), python_sentences), (template_files(), template_sentences)]
    hidden = [
        f"{path.relative_to(ROOT)}:{line}"
        for paths, reader in files
        for path in paths
        for line, sentence in reader(path.read_text(encoding="utf-8"))
        if sentence is None
    ]
    assert hidden == []


def test_a_sentence_that_is_not_written_out_is_found() -> None:
    assert list(python_sentences("_(word)\nlazy(f'{a} b')\n_('a' 'b')\nngettext('x', y, 2)")) == [
        (1, None), (2, None), (3, "ab"), (4, None),
    ]  # fmt: skip
    template = "{{ _(word) }}\n{{ _('A ' ~ b) }}\n{{ _('C') }}\n{{ ngettext('d', 'e', 2) }}"
    assert list(template_sentences(template)) == [(1, None), (2, None), (3, "C"), (4, ("d", "e"))]


# --- no word is hard-coded ------------------------------------------------------------------------

FINDERS = [
    (template_files(), template_words),
    (python_files(), python_words),
    (sorted(ROOT.glob("templates/typst/*.typ")) + sorted(ROOT.glob("badges/**/*.typ")), typst_words),
    (sorted((ROOT / "app/static/js").glob("*.js")), script_words),
]


@pytest.mark.parametrize(("files", "finder"), FINDERS, ids=["templates", "python", "typst", "scripts"])
def test_no_visible_word_is_hard_coded(files, finder) -> None:
    assert files
    found = {str(path.relative_to(ROOT)): finder(path.read_text(encoding="utf-8")) for path in files}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(("source", "words"), [
    ("<p>Welcome {{ name }}</p>", ["Welcome …"]),
    ("<p>{{ _('When') }}: {{ when }}</p>", ["…: …"]),
    ("{% if a %}<b{% if b %} class='x'{% endif %}>oui</b>{% endif %}", ["oui"]),
    ('<img alt="A face" src="{{ url }}">', ["A face"]),
    ('{{ button("Save", "quiet") }}', ["Save"]),
    ('{{ facts([("Where", place)]) }}', ["Where"]),
    ("{% macro tile() %}<i>{{ 'Yes' if x else '–' }}</i>{% endmacro %}", ["Yes"]),
    ("<p>Parvis · {{ _('Guests') }} – 3 / 4, “x{{ y }}”</p>".replace("x", ""), []),
    ("{% block body_class %}page{% endblock %}<style>p { color: red }</style>", []),
    ("{% block title %}Guests{% endblock %}", ["Guests"]),
])  # fmt: skip
def test_words_of_a_template_are_found(source: str, words: list[str]) -> None:
    assert template_words(source) == words


@pytest.mark.parametrize(("source", "words"), [
    ("a = TextField('First name', description=lazy('x'))", ["First name"]),
    ("a = TextField(lazy('x'), [Length(max=3, message='Too long')], description='Hint')",
     ["Hint", "Too long"]),
    ("a = RadioField(lazy('x'), choices=[('yes', 'Oui'), ('no', lazy('No'))])", ["Oui"]),
    ("a = TextField(lazy('x'), [InputRequired('Please.')], name='q', default='fr')", ["Please."]),
    ("flash('Kept.', 'good')", ["Kept."]),
    ("flash(f'{n} kept', 'good')", [" kept"]),
    ("flash(_('Kept.') if n else sentence, 'good')", []),
    ("class Full(Refusal):\n    message = 'No place.'", ["No place."]),
    ("class Full(Refusal):\n    message = lazy('No place.')", []),
])  # fmt: skip
def test_words_of_python_are_found(source: str, words: list[str]) -> None:
    assert python_words(source) == words


def test_words_of_drawings_and_scripts_are_found() -> None:
    assert typst_words("#block[Seen by #name] // not [this]") == ["[Seen by #name]"]
    assert typst_words('#text("Noto Sans")[#one.name] [ ]') == []
    assert len(script_words("box.textContent = 'No network'; if (confirm(words)) box.title = '';")) == 2
    assert script_words("box.textContent = box.dataset.denied;") == []


# --- the French is well written -------------------------------------------------------------------


def test_the_french_is_well_written() -> None:
    found = {
        (english, french): strikes
        for message in _entries(_catalogue())
        for english, french in zip(_english(message), _french(message), strict=True)
        if french and (strikes := list(faults(english, french)))
    }
    assert found == {}


@pytest.mark.parametrize(("english", "french", "fault"), [
    ("%(num)s seats for %(name)s", "%(num)s places", "places differ"),
    ("With {salutation}", "Avec {formule}", "braces differ"),
    ("50 % of %(total)s", "50 % de %(total)s", "a percent sign alone breaks the places"),
    ("Answer this invitation", "Answer this invitation", "still English"),
    ("The guest", "L'invité", "straight apostrophe or quotation mark"),
    ("The guest's list", "La liste de l’invité", "straight apostrophe or quotation mark"),
    ("Is this not you?", "Ce n’est pas vous?", "spacing: close"),
    ("Object: %(title)s", "Objet: %(title)s", "spacing: close"),
    ("“%(name)s”", "«%(name)s »", "spacing: open"),
    ("“%(name)s”", "« %(name)s»", "spacing: close"),
    ("Is this not you?", "Ce n’est pas vous\u202f?", "spacing: typed"),
    ("Saved.", "Modifications enregistrées", "ends otherwise"),
    ("Please write", "Merci de bien vouloir écrire", "manners"),
    ("Seats by category", "Places par catégorie", "glossary: collège"),
])  # fmt: skip
def test_a_fault_is_found(english: str, french: str, fault: str) -> None:
    assert fault in list(faults(english, french))


@pytest.mark.parametrize(("english", "french"), [
    ("Example: %(url)s, 17:30", "Exemple : %(url)s, 17:30"),
    ("Taken from https://example.org?", "Tiré de https://example.org ?"),
    ("“%(name)s”: who?", "« %(name)s » : qui ?"),
    ("Programme", "Programme"),
])  # fmt: skip
def test_good_french_has_no_fault(english: str, french: str) -> None:
    assert list(faults(english, french)) == []


def test_places_are_the_same_in_both_numbers() -> None:
    plural = [message for message in _entries(_catalogue()) if message.pluralizable]
    assert plural
    wrong = [message.id for message in plural if len({frozenset(PLACE.findall(one)) for one in _french(message)}) > 1]
    assert wrong == []


def test_the_compiled_catalogue_speaks_with_narrow_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "fr/LC_MESSAGES/messages.mo"
    target.parent.mkdir(parents=True)
    command = [*PYBABEL, "-q", "compile", "-i", str(FRENCH), "-o", str(target)]
    subprocess.run(command, check=True, timeout=60)
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n._catalogue.cache_clear()
    try:
        with i18n.in_language("fr"):
            assert i18n._("Is this not you?") == "Ce n’est pas vous\u202f?"
            assert i18n.ngettext("%(num)s row", "%(num)s rows", 0) == "0 ligne"
            assert i18n.ngettext("%(num)s row", "%(num)s rows", 2) == "2 lignes"
        with i18n.in_language("en"):
            assert i18n._("Is this not you?") == "Is this not you?"
    finally:
        i18n._catalogue.cache_clear()
