"""The organiser's own questions: made, answered, checked by kind, kept out of what did not ask (domain 2.27)."""

import pytest

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.documents.files import NotADocument
from app.i18n import in_language
from app.registration import given_answers, questions
from app.registration.desk_notes import desk_notes, desk_questions, unanswered
from app.registration.given_answers import Upload, answer_words
from app.registration.life_queries import get_file, list_answers_of, list_questions, list_questions_for
from app.registration.questions import QuestionFacts
from tests.factories import INVITEE, ORGANISER
from tests.registration.telling import ask_question, labels
from tests.test_pictures import png


@pytest.fixture
def event(factory):
    return factory.event()


@pytest.fixture
def guest(factory, event):
    return factory.registration(event)


def answer(registration, question, raw):
    given_answers.answer(registration, {question: raw}, actor=INVITEE, at=now())
    db.session.commit()
    held = list_answers_of(registration.id).get(question.id)
    return held.value if held else None


def change(question, **values):
    facts = QuestionFacts(**{**vars(questions.facts_of(question)), **values})
    questions.change_question(question, facts, actor=ORGANISER, at=now())
    db.session.commit()


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "told"),
    [
        ("text", "  Vol AF 1234  ", "Vol AF 1234", "Vol AF 1234"),
        ("choice", "en-train", "en-train", "En train"),
        ("yes_no", "yes", "yes", "Oui"),
        ("date", "2026-11-18", "2026-11-18", "18 novembre 2026"),
        ("country", "UA", "UA", "Ukraine"),
        ("phone", "+33 (0)6 12-34.56 78", "+330612345678", "+330612345678"),
    ],
)
def test_each_kind_is_kept_in_one_form_and_told_in_words(event, guest, kind, typed, kept, told):
    question = ask_question(event, kind)
    assert answer(guest, question, typed) == kept
    with in_language("fr"):
        assert answer_words(question, kept) == told


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        ("text", "x" * 1001, given_answers.AnswerTooLong),
        ("choice", "en-fusee", given_answers.UnreadableAnswer),
        ("yes_no", "maybe", given_answers.UnreadableAnswer),
        ("date", "2026-02-30", given_answers.UnreadableAnswer),
        ("date", "0001-01-01", given_answers.UnreadableAnswer),
        ("country", "Ukraine", given_answers.UnreadableAnswer),
        ("country", "001", given_answers.UnreadableAnswer),
        ("phone", "call me", given_answers.NotAPhone),
        ("file", "no-file", given_answers.UnreadableAnswer),
        ("text", Upload("a.png", b""), given_answers.UnreadableAnswer),
    ],
)
def test_what_is_not_of_the_kind_is_refused(event, guest, kind, typed, refusal):
    question = ask_question(event, kind)
    with pytest.raises(refusal):
        answer(guest, question, typed)


def test_what_must_be_answered_is_and_what_need_not_is_emptied(event, guest):
    free, asked = ask_question(event, "text", "Libre"), ask_question(event, "text", "Requise", is_required=True)
    assert answer(guest, free, "oui") == "oui"
    assert answer(guest, free, " ") is None
    with pytest.raises(given_answers.AnswerNeeded):
        answer(guest, asked, "")


def test_a_file_is_of_a_kind_and_a_size_and_stays_until_another_comes(event, guest):
    question = ask_question(event, "file", is_required=True, most_megabytes=1, endings=("png", "pdf"))
    with pytest.raises(given_answers.FileTooLarge):
        answer(guest, question, Upload("a.png", b"\x89PNG\r\n\x1a\n" + bytes(1024**2)))
    with pytest.raises(given_answers.FileNotWanted):
        answer(guest, question, Upload("a.docx", b"PK\x03\x04"))
    with pytest.raises(NotADocument):
        answer(guest, question, Upload("a.pdf", b"<html>"))
    assert answer(guest, question, Upload("Ma photo é.png", png())) == "ma-photo-e.png"
    assert answer(guest, question, None) == "ma-photo-e.png"
    assert (get_file(guest, question.public_id).mime, get_file(guest, question.public_id).data) == ("image/png", png())


def test_only_the_categories_named_are_asked(event, factory):
    ask_question(event, "text", "Toutes")
    ask_question(event, "text", "Élus", categories=("elus", "unknown"))
    assert labels(list_questions_for(event, "elus", "registration")) == ["Toutes", "Élus"]
    assert labels(list_questions_for(event, "associations", "registration")) == ["Toutes"]


def test_an_event_without_questions_asks_the_database_nothing(event, statement_count):
    assert event.asks == ()
    with statement_count() as seen:
        assert list_questions_for(event, "elus", "registration") == []
        assert list_questions_for(event, "elus", "desk") == []
    assert seen.count == 0


def test_what_is_taken_away_is_no_longer_asked_and_comes_back_with_its_answers(event, guest):
    question = ask_question(event, "text")
    answer(guest, question, "kept")
    questions.remove_question(question, actor=ORGANISER, at=now())
    assert (event.asks, list_questions(event)) == ((), [])
    questions.put_back(question, actor=ORGANISER, at=now())
    assert event.asks == ("questions",)
    assert list_answers_of(guest.id)[question.id].value == "kept"


def test_the_kind_stands_once_somebody_answered(event, guest):
    question = ask_question(event, "text")
    change(question, kind="phone")
    answer(guest, question, "0612345678")
    with pytest.raises(questions.KindStands):
        change(question, kind="text")
    db.session.rollback()
    change(question, label=Bilingual("Votre mobile"))
    assert question.label.fr == "Votre mobile"


def test_a_choice_keeps_its_meaning_when_it_is_corrected_moved_or_taken_away(event, guest):
    question = ask_question(event, "choice", choices=(("En trian", ""), ("En autocar", ""), ("À pied", "")))
    answer(guest, question, "en-trian")
    change(question, choices=(("En train", ""), ("En autocar", ""), ("À pied", "")))
    assert answer_words(question, "en-trian") == "En train"
    change(question, choices=(("À pied", ""), ("En train", ""), ("En autocar", "")))
    assert answer_words(question, "en-trian") == "En train"
    change(question, choices=(("À pied", ""), ("En autocar", "")))
    assert answer_words(question, "en-trian") == "En train"
    with pytest.raises(given_answers.UnreadableAnswer):
        given_answers.check(question, "en-trian")


def test_a_question_needs_words_and_a_choice_two_answers(event):
    with pytest.raises(questions.QuestionEmpty):
        questions.add_question(event, QuestionFacts("text", Bilingual()), actor=ORGANISER, at=now())
    with pytest.raises(questions.TooFewChoices):
        ask_question(event, "choice", choices=(("Une", ""), ("", "")))


def test_questions_are_put_in_order(event):
    first, second, third = (ask_question(event, "text", name) for name in ("A", "B", "C"))
    questions.move_question(third, -1, actor=ORGANISER, at=now())
    questions.move_question(first, -1, actor=ORGANISER, at=now())
    assert labels(list_questions(event)) == ["A", "C", "B"]
    assert second.position == 3


def test_there_are_not_too_many(event):
    for number in range(questions.MOST_QUESTIONS):
        ask_question(event, "text", str(number))
    with pytest.raises(questions.TooManyQuestions):
        ask_question(event, "text", "one more")


def test_the_desk_asks_its_own_until_they_are_answered(event, guest):
    ask_question(event, "text", "À l’inscription")
    question = ask_question(event, "yes_no", "Casque remis", asked_at="desk")
    assert labels(desk_questions(guest)) == ["Casque remis"]
    assert [one.kind for one in desk_notes(guest)] == ["question"]
    answer(guest, question, "yes")
    assert unanswered(guest) == []
    assert desk_notes(guest) == ()
