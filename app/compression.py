"""Style sheets and scripts sent packed: a first visit to a public page weighs at most 100 kB.

Pages themselves are not: what they hold in secret beside what a visitor typed must not be guessed
from their length.
"""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

STATIC = Path(__file__).parent / "static"
PACKED = frozenset({".css", ".js", ".svg"})


def install(app: Flask) -> None:
    """Pack what `app` sends of these kinds to whoever reads gzip."""
    app.after_request(_pack)


@lru_cache(maxsize=256)
def _packed(path: Path, _changed: int) -> bytes:
    """Packed once for each state of a file, and the same bytes each time."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def _pack(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code != 200:
        return response
    path = STATIC / (request.view_args or {}).get("filename", "")
    if path.suffix not in PACKED:
        return response
    response.vary.add("Accept-Encoding")
    if request.method != "GET" or not request.accept_encodings["gzip"] or "Range" in request.headers:
        return response
    plain = response.response
    response.direct_passthrough = False
    response.set_data(_packed(path, path.stat().st_mtime_ns))
    if hasattr(plain, "close"):
        plain.close()
    response.content_encoding = "gzip"
    etag, _is_weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same file in another dress
    return response
