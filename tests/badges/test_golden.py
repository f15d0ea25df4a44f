"""What is printed looks as it was looked at: every design and paper, every script, the longest texts."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from badges import list_designs
from badges.design import DESIGNS as FOLDER
from tests.badges.golden import GOLDEN, golden_badges, golden_paper, keep, preview
from tests.badges.samples import all_papers

SEEN = 80
"""Difference of a pixel, of 255, that counts: less is how a library smooths edges."""
FEW = 0.0005
"""Share of pixels that may differ."""


def differ(one: np.ndarray, other: np.ndarray) -> float:
    """Share of pixels that differ visibly; 1 for pictures of different sizes."""
    if one.shape != other.shape:
        return 1.0
    return float((np.abs(one.astype(int) - other.astype(int)) > SEEN).mean())


def compare(drawn: np.ndarray, kept: Path, folder: Path) -> None:
    """Fail when the picture differs, and leave the new one where it can be looked at."""
    wanted = cv2.imread(str(kept), cv2.IMREAD_UNCHANGED)
    keep(folder / kept.name, drawn)
    assert wanted is not None, f"{kept} is missing: python -m tests.badges.golden"
    assert differ(wanted, drawn) <= FEW, f"{kept.name} looks different, see {folder / kept.name}"


@pytest.mark.parametrize("design", sorted(list_designs()))
def test_a_design_looks_as_it_did_in_every_script(design, tmp_path):
    compare(golden_badges(design), GOLDEN / "badges" / f"{design}.png", tmp_path)


@pytest.mark.parametrize("name", sorted(all_papers()))
def test_a_paper_looks_as_it_did(name, tmp_path):
    compare(golden_paper(name), GOLDEN / "papers" / f"{name}.png", tmp_path)


@pytest.mark.parametrize("design", sorted(list_designs()))
def test_the_picture_of_a_design_is_the_design(design, tmp_path):
    compare(preview(design), FOLDER / design / "preview.png", tmp_path)


def test_one_word_moved_by_a_millimetre_is_seen():
    wanted = golden_badges("card")
    moved = wanted.copy()
    moved[100:116, 20:90] = wanted[97:113, 20:90]
    assert differ(wanted, moved) > FEW
