"""The face keeps its promises: contrasts computed, no inline style, icons that exist, palette told once."""

import re
from pathlib import Path

import pytest

from app.palette import CATEGORY_COLOURS, CATEGORY_SHAPES, accent_css, category_class, contrast, is_readable

ROOT = Path(__file__).resolve().parent.parent
CSS = ROOT / "app/static/css"
# Letters are mail, where nothing but inline style is understood.
TEMPLATES = [path for path in sorted((ROOT / "templates").rglob("*.html")) if "mail" not in path.parts]
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")

TEXT_PAIRS = [
    ("ink", "stone"), ("ink", "paper"), ("ink", "sunken"), ("ink-2", "stone"), ("ink-2", "paper"),
    ("ink-2", "accent-wash"), ("ink", "accent-wash"), ("accent-text", "stone"), ("accent-text", "paper"),
    ("accent-text", "accent-wash"), ("accent-ink", "accent"), ("accent-soft", "accent"),
    ("good", "good-wash"), ("attention", "attention-wash"), ("refused", "refused-wash"),
    ("waiting", "waiting-wash"), ("neutral", "neutral-wash"), ("refused", "paper"),
    ("solid-ink", "good-solid"), ("solid-ink", "refused-solid"), ("solid-ink", "attention-solid"),
    ("ink", "good-wash"), ("ink", "attention-wash"), ("ink", "refused-wash"),
    ("side-ink", "side"), ("side-ink-2", "side"), ("side-ink-3", "side"), ("side-ink", "side-2"),
]  # fmt: skip
SHAPE_PAIRS = [("line-field", "paper"), ("line-field", "stone"), ("accent-text", "sunken"), ("refused", "stone")]


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css))


LIGHT = _colours(TOKENS.split("@media screen")[0])
DARK = LIGHT | _colours(TOKENS.split("@media screen")[1])


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_reads_on_its_ground(tokens: dict[str, str]) -> None:
    measured = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_drawn_stands_out_from_its_ground(tokens: dict[str, str]) -> None:
    measured = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in SHAPE_PAIRS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 3} == {}


def test_the_night_button_reads() -> None:
    ink = re.search(r"--action-ink:\s*(#[0-9a-f]{6})", TOKENS.split("@media screen")[1])
    assert ink
    assert contrast(ink[1], DARK["accent-text"]) >= 4.5


def test_the_palette_is_the_same_in_css_and_python() -> None:
    assert tuple(LIGHT[f"cat-{n}"] for n in range(1, 13)) == CATEGORY_COLOURS


def test_white_reads_on_every_category() -> None:
    assert [c for c in CATEGORY_COLOURS if contrast(c, "#ffffff") < 4.5] == []


def test_a_category_colour_finds_its_class() -> None:
    assert category_class("#1F6B4A") == "cat-2"
    assert category_class("#123456") == "cat-8"


def test_contrast_agrees_with_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    with pytest.raises(ValueError, match="rrggbb"):
        contrast("red", "#ffffff")


@pytest.mark.parametrize(
    ("accent", "readable"),
    [
        ("#24456f", True),
        ("#9C2F22", True),
        ("#f2c200", False),
        ("#777777", False),
        ("blue", False),
        ("#24456f;}", False),
    ],
)
def test_an_accent_that_does_not_read_is_known(accent: str, readable: bool) -> None:
    assert is_readable(accent) is readable


@pytest.mark.parametrize(
    "accent", ["#24456f", "#c2410c", "#0b6472", "#1b2230", "#8c2f63", "#00695c", "#b00020", "#ffe100"]
)
def test_an_events_accent_reads_by_day_and_by_night(accent: str) -> None:
    day, night = accent_css(accent).split("@media screen")
    for css, ground in ((day, LIGHT), (night, DARK)):
        tokens = ground | _colours(css)
        pairs = [("accent-ink", "accent"), ("accent-soft", "accent"), ("accent-text", "accent-wash"),
                 ("accent-text", "paper"), ("accent-text", "stone"), ("ink", "accent-wash"),
                 ("ink-2", "accent-wash")]  # fmt: skip
        assert {pair for pair in pairs if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5} == set()


def test_colours_are_written_in_the_tokens_only() -> None:
    allowed = {"tokens.css", "print.css", "fonts.css"}
    found = {
        sheet.name: re.findall(r"#[0-9a-f]{6}\b", sheet.read_text(encoding="utf-8"))
        for sheet in CSS.glob("*.css")
        if sheet.name not in allowed
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_no_template_carries_style_script_or_data() -> None:
    forbidden = re.compile(r"""<style\b|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+="|["'(]data:|javascript:""")
    assert [t.relative_to(ROOT).as_posix() for t in TEMPLATES if forbidden.search(t.read_text(encoding="utf-8"))] == []


def test_no_sheet_calls_another_host() -> None:
    assert [s.name for s in CSS.glob("*.css") if re.search(r"https?://|data:", s.read_text(encoding="utf-8"))] == []


def test_every_icon_asked_for_is_drawn() -> None:
    drawings = (ROOT / "templates/macros/icons.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r'^  "([\w-]+)": \'<', drawings, re.MULTILINE))
    asked = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""(?<!_)icon\(["']([\w-]+)["']""", template.read_text(encoding="utf-8"))
    }
    assert {"calendar", "pin", "id-card", "qr", "camera", "door", "mic", "wifi-off"} <= drawn
    assert asked - drawn == set()


def test_every_token_used_is_defined() -> None:
    sheets = [s.read_text(encoding="utf-8") for s in CSS.glob("*.css")]
    used = {name for sheet in sheets for name in re.findall(r"var\(--([\w-]+)", sheet)}
    assert used - set(re.findall(r"--([\w-]+):", TOKENS)) == set()


def test_every_shape_is_drawn_and_no_type_is_small() -> None:
    chips = (ROOT / "templates/macros/chips.html").read_text(encoding="utf-8")
    assert all(f'name == "{shape}"' in chips for shape in CATEGORY_SHAPES if shape != "disc")
    sizes = [float(size) for size in re.findall(r"--t-[\w-]+:\s*([\d.]+)rem", TOKENS)]
    assert min(sizes) * 16 >= 14
