"""What the desk says in words of its own, and what it never keeps."""

from sqlalchemy import select

from app.badging.codes import read_code
from app.badging.models import Badge
from app.checkin.answers import DOCUMENT_WORDS, WORDS
from app.checkin.models import DOCUMENTS, RESULTS, IdentityCheck
from app.database import db


def test_every_result_has_its_own_words():
    assert set(WORDS) == set(RESULTS)
    assert len({words.headline.message for words in WORDS.values()}) == len(RESULTS)
    assert len({words.icon for words in WORDS.values()}) == len(RESULTS)
    assert set(DOCUMENT_WORDS) == set(DOCUMENTS)


def test_no_number_of_a_document_has_a_place_anywhere():
    """Architecture promise 7: kind, result, who, when."""
    suspicious = ("document_number", "number_of_document", "passport", "identity_number", "id_number",
                  "card_number", "nir", "birth", "scan_image", "photo", "picture", "signature")  # fmt: skip
    # What organisers publish themselves: their logo, and the signature under their letters.
    published = {"event_logo", "signature_picture", "signatory"}
    columns = [f"{t.name}.{c.name}" for t in db.metadata.sorted_tables if t.name not in published for c in t.columns]

    assert [c for c in columns if any(word in c for word in suspicious)] == []
    assert {c.name for c in IdentityCheck.__table__.columns} == {"id", "scan_id", "document", "result"}


def test_a_code_holds_nothing_about_the_person(make_event, make_registration):
    guest = make_registration(make_event())

    badge = db.session.scalars(select(Badge)).one()

    code = read_code(badge.code)  # identity, version, key and signature (issue 6), nothing else
    assert (len(code.identity), code.version, code.key, len(badge.code)) == (26, 1, 1, 132)
    assert guest.person.folded_family not in badge.code.lower()
