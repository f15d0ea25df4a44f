"""What is vendored is what was copied, and stays small."""

import hashlib
import re
from pathlib import Path

import pytest

from app import typeset

APP = Path(typeset.__file__).parent


@pytest.mark.parametrize(
    ("listing", "line"),
    [
        ("fonts/README.md", r"\| (\S+\.ttf) \|.* ([0-9a-f]{64}) \|"),
        ("static/fonts/README.md", r"\| (\S+\.woff2) \|.* ([0-9a-f]{64}) \|"),
        ("static/vendor/zxing/VERSION", r"([0-9a-f]{64})  (\S+)"),
    ],
)
def test_vendored_files_have_their_listed_checksums(listing, line):
    path = APP / listing
    found = [tuple(sorted(pair, key=len)) for pair in re.findall(line, path.read_text("utf-8"))]
    assert len(found) >= 3
    for name, checksum in found:
        assert hashlib.sha256((path.parent / name).read_bytes()).hexdigest() == checksum


def test_web_fonts_are_small_and_all_listed():
    css = (APP / "static/css/fonts.css").read_text("utf-8")
    named = set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', css))
    files = {path.name: path.stat().st_size for path in (APP / "static/fonts").glob("*.woff2")}
    assert named == set(files)
    assert max(files.values()) <= 60_000
    assert css.count("font-display: swap") == css.count("unicode-range") == len(named)


def test_print_fonts_stay_small():
    assert sum(path.stat().st_size for path in typeset.FONTS.glob("*.ttf")) <= 14_000_000
