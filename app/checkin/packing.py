"""The list of a device in fewer bytes, for who asks for `form=packed` (docs/door.md): the same rows, told shorter.

What is usual is left out, and what many passages share is told once. `static/js/desk-packing.js` undoes it.
"""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
FORM = "packed"
CODE, SHORT = 7, 9  # where the fingerprints of a badge stand in the row of a guest
PRINT = 8  # characters of a fingerprint
# The row of somebody confirmed, with a badge in force that was never made again; "" where the row itself tells.
USUAL: tuple[Any, ...] = ("", "", "", "", "", 0, "c", "", 1, "", "v")
TOLD = (0, 1, 3, 4, 5)  # identifier, name, function, organisation, category


def pack(manifest: Json) -> Json:
    """A manifest as `manifest_of` gives it, packed: what changed is the same, and so is its version."""
    places: dict[tuple[Any, ...], int] = {}
    passages = [*pack_passages(manifest["passages"], places)]
    buckets = {n: [pack_guest(row) for row in rows] for n, rows in manifest["buckets"].items()}
    told = {"form": FORM, "buckets": buckets, "places": [list(place) for place in places], "passages": passages}
    return {**manifest, **told}


def pack_guest(row: list[Any]) -> list[Any]:
    """Five fields, the fingerprints in one text, and at the end {place in the row: value} of what is not usual."""
    full = [*row, *("",) * (len(USUAL) - len(row))]
    prints = full[CODE] + full[SHORT] if len(full[CODE]) == PRINT else ""
    aside = {*TOLD, *((CODE, SHORT) if prints else ())}
    usual = [*USUAL, *("",) * (len(full) - len(USUAL))]
    more = {str(n): full[n] for n in range(len(full)) if n not in aside and full[n] != usual[n]}
    return [*(full[n] for n in TOLD), prints, *([more] if more else [])]


def pack_passages(passages: Iterable[list[Any]], places: dict[tuple[Any, ...], int]) -> Iterable[list[Any]]:
    """[guest, seconds since the passage before (it may be negative), place]; fills `places` with what they share."""
    before = 0
    for guest, scope, result, day, at, device, gate in passages:
        yield [guest, at - before, places.setdefault((scope, result, day, device, gate), len(places))]
        before = at
