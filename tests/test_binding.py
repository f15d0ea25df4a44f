"""Files bound into one: in their order, with their tags as long as there is only one."""

import pypdfium2
import pytest

from app.binding import Binder, join_pdfs
from app.typeset import Job, compile_pdf
from tests.badging.reading import words_in

PAGE = '#set document(title: "T", author: ())\n#set text(lang: "en")\n= #json("/data.json").word\n'


@pytest.fixture
def page(tmp_path):
    """`page(word)`: the file of a page that says a word."""
    (tmp_path / "page.typ").write_text(PAGE, encoding="utf-8")
    return lambda word: compile_pdf(Job("page.typ", tmp_path, {"word": word}))


def is_tagged(pdf):
    return pypdfium2.PdfDocument(pdf).is_tagged()


def test_one_file_is_handed_back_as_it_came(page):
    alone = page("alone")
    assert join_pdfs([alone]) == alone
    assert is_tagged(alone)


def test_files_are_bound_in_the_order_in_which_they_come(page):
    binder = Binder()
    for word in ("one", "two", "three"):
        binder.add(page(word))
    assert binder.pages == 3
    bound = binder.finish()
    assert words_in(bound) == "one two three"
    assert not is_tagged(bound)  # why badges of more than one file are for the printer only


def test_nothing_cannot_be_bound():
    with pytest.raises(ValueError, match="nothing"):
        join_pdfs([])
