"""Typesetting: values are never markup, and trouble stays outside the server."""

import ast
import re
import sys
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from app import typeset
from app.typeset import Job, TypesettingFailed, compile_pdf, compile_pdfs, unprintable

SEAL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
APP = Path(typeset.__file__).parent


def text_of(pdf: bytes) -> str:
    """All text on one line, words cut at the end of a line joined."""
    pages = pypdfium2.PdfDocument(pdf)
    told = "\n".join(one.get_textpage().get_text_bounded() for one in pages)
    return " ".join(re.sub("\x02\\s*", "", told).split())


@pytest.fixture
def source(tmp_path):
    """`source(text)`: a job that compiles this Typst text, with the values given."""
    root = tmp_path / "drawing"
    root.mkdir()

    def made(text: str, **values: object) -> Job:
        (root / "page.typ").write_text('#set document(title: "t")\n' + text, encoding="utf-8")
        return Job("page.typ", root, values)

    return made


SHOWN = '#set text(font: "Source Sans 3")\n#json("/data.json").told'


# --- values are never markup, invisible characters never stop a letter


def test_text_typed_by_anyone_is_never_markup(source):
    nasty = '#panic("no") *x* $y$ @z <b> \\ "quote"'
    assert nasty in text_of(compile_pdf(source(SHOWN, told=nasty)))


def test_characters_that_the_standard_forbids_are_left_out(source):
    assert text_of(compile_pdf(source(SHOWN, told="Ma\ufeffrie\x07 \ud800Curie"))) == "Marie Curie"


def test_a_letter_no_face_can_draw_is_an_error_known_beforehand(source):
    assert unprintable("Pia Щ محمد 阳 ნ Ƙ 😀 ก ก") == "😀ก"
    with pytest.raises(TypesettingFailed, match="could not be displayed"):
        compile_pdf(source(SHOWN, told="สมชาย"))


def test_the_table_of_drawable_characters_is_that_of_the_faces():
    wanted = bytearray(8192)
    for regular in typeset.FONTS.glob("*-Regular.ttf"):
        bold = regular.with_name(regular.name.replace("Regular", "Bold"))
        for code in set(TTFont(regular).getBestCmap()) & set(TTFont(bold).getBestCmap()):
            if code < 0x10000:
                wanted[code >> 3] |= 1 << (code & 7)
    assert (typeset.FONTS / "coverage.bin").read_bytes() == bytes(wanted)


# --- trouble


def test_a_faulty_drawing_says_which_document_of_the_batch_failed(source):
    good = source("fine")
    bad = Job("bad.typ", good.root, {})
    (good.root / "bad.typ").write_text("#nothing", encoding="utf-8")
    with pytest.raises(TypesettingFailed, match=r"bad\.typ: unknown variable: nothing") as caught:
        compile_pdfs([good, good, bad, good])
    assert caught.value.position == 2


def test_an_inaccessible_drawing_is_refused(source):
    job = source('#image("/seal.svg")')
    with pytest.raises(TypesettingFailed, match="alt"):
        compile_pdf(Job(job.source, job.root, {}, {"seal.svg": SEAL}))


def test_a_slow_typesetter_is_stopped(source):
    with pytest.raises(TypesettingFailed, match=r"stopped after 0\.001 s"):
        compile_pdf(source("fine"), timeout=0.001)


def test_a_crash_never_reaches_the_server(source, tmp_path, monkeypatch):
    worker = tmp_path / "worker.py"
    worker.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", encoding="utf-8")
    monkeypatch.setattr(typeset, "_WORKER", worker)
    with pytest.raises(TypesettingFailed, match=r"crashed \(signal 11\)"):
        compile_pdf(source("fine"))


def test_hunger_for_memory_ends_the_process_only(source):
    with pytest.raises(TypesettingFailed, match="typesetter"):
        compile_pdfs([source("fine")], memory=120 * 1024**2)


def test_a_worker_that_cannot_start_says_why(source, tmp_path, monkeypatch):
    worker = tmp_path / "worker.py"
    worker.write_text("raise SystemExit('no typst here')\n", encoding="utf-8")
    monkeypatch.setattr(typeset, "_WORKER", worker)
    with pytest.raises(TypesettingFailed, match="no typst here"):
        compile_pdf(source("fine"))


def test_a_drawing_reads_nothing_outside_its_folder(source, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(TypesettingFailed):
        compile_pdf(source('#read("../secret.txt")'))
    with pytest.raises(TypesettingFailed):
        compile_pdf(source('#read("/etc/hostname")'))


@pytest.mark.parametrize("name", ["../a", "a/b", "data.json", "page.typ", ""])
def test_files_have_bare_names(source, name):
    job = source("fine")
    with pytest.raises(ValueError, match="free bare file name"):
        compile_pdf(Job(job.source, job.root, {}, {name: b""}))


def test_a_source_outside_its_root_is_refused(source):
    with pytest.raises(ValueError, match="outside"):
        compile_pdf(Job("../page.typ", source("fine").root, {}))


def test_the_worker_imports_nothing_of_parvis():
    tree = ast.parse((APP / "typeset_worker.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names - set(sys.stdlib_module_names) == {"typst"}
