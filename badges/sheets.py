"""Badges on sheets: which faces go to which file, page and place; the sheet that shows what the printer does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from badges.design import Design, Grid, get_design
from badges.drawing import ROOT, Drawing, soften
from badges.face import Back, BadgeFace, EventTexts, ink_on
from badges.placing import Page, Placing, pages, trim_lines
from badges.qr import luma, matrix_size
from badges.sorting import Separator

CHUNK = 1000
"""Badges in a file, half as many with backs: 1.5 s and 350 MB; 5,000 in one file would take 1.3 GB (docs/decisions)."""
CROSS, CROSS_ARM = 8, 4
"""Millimetres from the edges of the paper to the test cross, and the length of its arms."""


class CodeTooFine(ValueError):
    """A QR with more modules than the design prints at 0.5 mm each: phones would not read it."""


def sheet(
    faces: Sequence[BadgeFace | Separator],
    texts: EventTexts,
    *,
    design: str = "a6",
    placing: Placing | None = None,
    chunk: int = CHUNK,
) -> list[Drawing]:
    """Jobs that print `faces` in their order, about `chunk` badges to a file: one file up to 1,000 people.

    All that `sheet_by_sheet` gives, at once.
    """
    return list(sheet_by_sheet(faces, texts, design=design, placing=placing, chunk=chunk))


def sheet_by_sheet(
    faces: Sequence[BadgeFace | Separator],
    texts: EventTexts,
    *,
    design: str = "a6",
    placing: Placing | None = None,
    chunk: int = CHUNK,
) -> Iterator[Drawing]:
    """Jobs that print `faces` in their order, each made when it is asked for, about `chunk` badges to a file.

    Badges with backs come in files of half as many. Names are headings when there is one file: several are to be
    bound, and lose their tags then.
    texts: printed above each name; its `back` is needed by a folded design and by `placing.duplex`
    placing: how they are laid on sheets; the design's usual paper, one side, when None
    Compiling a job raises `Overflow` with the names of all people of the file whose texts do not fit, or
    `Unprintable`. Raises ValueError when there is nothing to print, no such design, or the design cannot be laid as
    asked; `CodeTooFine`.
    """
    look = get_design(design)
    laid = placing or Placing()
    _check(look, laid, faces, texts.back)
    grid = _grid(look, laid)
    common = _common(look, grid, texts)
    common |= {"duplex": bool(laid.duplex), "cross": CROSS if laid.test_cross and _has_margin(grid) else None}
    common["marks"] = trim_lines(grid, look.size, laid.shift) if laid.trim_marks and not look.die_cut else []
    sides = list(pages(len(faces), grid, laid))
    if look.folded or laid.duplex:
        chunk = -(-chunk // 2)
    step = max(1, chunk // grid.places) * (2 if laid.duplex else 1)
    common["bound"] = len(sides) > step
    return (_drawing(faces, sides[start : start + step], look, common) for start in range(0, len(sides), step))


def trial_sheet(
    face: BadgeFace,
    texts: EventTexts,
    *,
    instructions: Sequence[str],
    design: str = "a6",
    placing: Placing | None = None,
) -> Drawing:
    """A sheet to try the printer with: the outline and number of each place, `face` on one, a cross with rulers.

    The cross stands `CROSS` mm from the left and top edges of the paper: what is measured otherwise is the shift.
    instructions: sentences on how to measure, in the language. A paper of one place shows them instead of the face;
    where the badges fill the sheet, the first place is left to the cross. Raises as `sheet`.
    """
    look = get_design(design)
    laid = replace(placing or Placing(), trim_marks=False, order="rows", duplex="")
    grid = _grid(look, laid)
    if laid.start == 1 and grid.places > 1 and not _has_margin(grid):
        laid = replace(laid, start=2)
    (job,) = sheet([face], texts, design=design, placing=laid)
    places = next(pages(grid.places, grid, replace(laid, start=1))).cells
    alone = grid.places == 1
    trial = {
        "places": [[left, top] for _, left, top in places],
        "instructions": [soften(sentence) for sentence in instructions],
        "used": -1 if alone else laid.start - 1,
        "told": 0 if alone else laid.start % grid.places,
    }
    shown = [{"back": False, "cells": []}] if alone else job.data["pages"]
    return replace(job, data={**job.data, "cross": CROSS, "trial": trial, "pages": shown})


def _grid(look: Design, laid: Placing) -> Grid:
    """Where the badges stand. Raises ValueError for a paper the design is not printed on."""
    if laid.paper and laid.paper not in look.grids:
        raise ValueError(f"{look.key} is printed on {', '.join(look.papers)}, not on {laid.paper}")
    return look.grids[laid.paper or look.papers[0]]


def _has_margin(grid: Grid) -> bool:
    """Whether the test cross finds room beside the badges."""
    return min(grid.origin) >= CROSS + CROSS_ARM


def _check(look: Design, laid: Placing, faces: Sequence[BadgeFace | Separator], back: Back | None) -> None:
    """Raises ValueError for what the design cannot do."""
    if not faces:
        raise ValueError("no badge to print")
    if laid.duplex and look.sides != 2:
        raise ValueError(f"{look.key} has no other side")
    if back is None and (look.folded or laid.duplex):
        raise ValueError("what stands on the back must be said")
    most = look.most_modules()
    for one in faces:
        if isinstance(one, BadgeFace) and matrix_size(one.matrix) > most:
            raise CodeTooFine(f"the code of {one.name} has more than {most} modules a side, too fine for {look.key}")


def _common(look: Design, grid: Grid, texts: EventTexts) -> dict[str, Any]:
    """What every file of a run says."""
    design = {
        "key": look.key,
        "badge_mm": look.size,
        "paper_mm": grid.paper,
        "qr_mm": look.code_side,
        "layout": look.layout,
        "levels": look.levels,
        "folded": look.folded,
        "thermal": look.thermal,
    }
    back = back_texts(texts.back)
    return {"title": texts.title, "line": texts.line, "language": texts.language, "back": back, "design": design}


def _drawing(
    faces: Sequence[BadgeFace | Separator], sides: Sequence[Page], look: Design, common: Mapping[str, Any]
) -> Drawing:
    """One job for one file: the faces on its pages, numbered anew."""
    used = sorted({item for side in sides for item, _, _ in side.cells})
    numbers = {item: number for number, item in enumerate(used)}
    drawn: list[dict[str, Any]] = []
    modules, offset = [], 0
    for item in used:
        face = faces[item]
        if isinstance(face, Separator):
            drawn.append({"separator": soften(face.text), "count": face.count})
            continue
        size = matrix_size(face.matrix)
        drawn.append({**_texts(face, thermal=look.thermal), "qr": {"offset": offset, "size": size}})
        modules.append(luma(face.matrix))
        offset += size * size
    laid = [
        {"back": side.back, "cells": [[numbers[item], left, top] for item, left, top in side.cells]} for side in sides
    ]
    names = tuple(faces[item].name for item in used)
    files = {"qr.bin": b"".join(modules)}
    return Drawing(f"{look.key}/badge.typ", ROOT, {**common, "faces": drawn, "pages": laid}, files, names=names)


def _texts(face: BadgeFace, *, thermal: bool) -> dict[str, Any]:
    """The face as the Typst drawings read it; black only for a thermal printer."""
    colour = "#000000" if thermal else face.colour
    return {
        "given": face.name_given,
        "family": face.name_family,
        "native": soften(face.native_name),
        "qualities": [soften(quality) for quality in face.qualities if quality],
        "organisation": soften(face.organisation),
        "category": soften(face.category),
        "colour": colour,
        "ink": ink_on(colour),
        "shape": face.shape,
        "country": soften(face.country),
        "short_code": face.short_code,
        "no_photo": soften(face.no_photo),
        "marks": [soften(mark) for mark in face.marks if mark],
        "languages": [soften(language) for language in face.languages if language],
        "zone": soften(face.zone),
        "programme": [
            {"hours": item.hours, "title": soften(item.title), "place": soften(item.place)} for item in face.programme
        ],
    }


def back_texts(back: Back | None) -> dict[str, Any] | None:
    """The common part of the back as the drawings read it."""
    if back is None:
        return None
    return {
        "programme_title": back.programme_title,
        "practical_title": back.practical_title,
        "practical": [[soften(label), soften(text)] for label, text in back.practical],
        "emergency_title": back.emergency_title,
        "emergency": [[soften(label), soften(text)] for label, text in back.emergency],
    }
