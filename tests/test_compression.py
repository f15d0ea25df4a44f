"""Style sheets and scripts travel packed; nothing else does."""

import gzip

import pytest

from app.pages import STATIC


@pytest.mark.parametrize("name", ["css/tokens.css", "js/app.js", "img/arch.svg"])
def test_what_is_packed_is_what_it_was(client, name):
    answer = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert gzip.decompress(answer.data) == (STATIC / name).read_bytes()
    again = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_who_does_not_read_it_gets_it_plain(client):
    for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}, {"Range": "bytes=0-9"}):
        answer = client.get("/static/css/tokens.css", headers=headers)
        assert "Content-Encoding" not in answer.headers
        assert (STATIC / "css/tokens.css").read_bytes().startswith(answer.data)


@pytest.mark.parametrize("address", ["/", "/static/fonts/source-sans-3-latin-400-normal.woff2", "/static/nothing.css"])
def test_pages_and_fonts_are_not_packed(client, address):
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip"}).headers
