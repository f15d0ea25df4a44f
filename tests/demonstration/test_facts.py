"""The facts of the documents: who spoke, in which order, under which functions."""

from app.demonstration import assises_2, assises_2_minutes, people, rencontres_17

AT_AFCCRE = "Secrétaire général de l’Association Française du Conseil des Communes et Régions d’Europe (AFCCRE)"


def test_twenty_people_each_at_a_known_body() -> None:
    bodies = {body.key for body in people.ORGANISATIONS}
    assert len(people.PEOPLE) == 20
    assert {person.organisation for person in people.PEOPLE} <= bodies
    assert {body.parent for body in people.ORGANISATIONS} - {""} <= bodies
    categories = {category.key for category in assises_2.CATEGORIES}
    assert {person.category for person in people.PEOPLE} <= categories


def test_compositions_follow_the_printed_order() -> None:
    told = {s.key: [(r.role, r.person) for r in s.roles] for s in assises_2.SESSIONS}
    first = ["haddad", "rapin", "molinoz", "imbs", "quernez", "guignard"]
    second = ["forissier", "fuchs", "pellefigue", "ramond", "delafosse", "veran"]
    assert told["table-1"] == [("moderator", "chole"), *(("speaker", name) for name in first)]
    assert told["table-2"] == [("moderator", "chole"), *(("speaker", name) for name in second)]
    assert told["conclusion"] == [("speaker", "barrot")]


def test_functions_keep_their_printed_order() -> None:
    assert people.QUALITIES["quernez"] == (
        "Maire de Quimperlé",
        "Premier Vice-président de la région Bretagne",
        AT_AFCCRE,
    )
    assert people.QUALITIES["rapin"][0].startswith("Président de la commission")
    assert people.QUALITIES["fuchs"][0] == "Député du Haut-Rhin"


def test_the_record_has_an_order_of_its_own_and_every_speaker() -> None:
    first, second, conclusion = assises_2_minutes.MINUTES.sections
    assert [one.person for one in first.interventions] == [
        "haddad", "rapin", "quernez", "imbs", "molinoz", "guignard", "chaillou", "cidrac",
    ]  # fmt: skip
    from_room = [one.person for s in (first, second) for one in s.interventions if one.is_from_room]
    assert from_room == ["chaillou", "cidrac", "lecoq", "ben-lahoucine"]
    assert [one.person for one in conclusion.interventions] == ["barrot"]


def test_every_passage_is_written_in_both_languages() -> None:
    for section in assises_2_minutes.MINUTES.sections:
        for one in section.interventions:
            assert one.is_joint or (one.text.fr and one.text.en), one.person


def test_seven_orientations_and_one_commitment() -> None:
    numbers = [decision.number for decision in assises_2_minutes.MINUTES.decisions]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, None]


def test_the_rencontres_say_no_more_than_their_letter() -> None:
    event = rencontres_17.EVENT
    assert (event.deadline, event.guest_country, event.has_guest_country) == (None, None, True)
    assert event.date_precision == "day"
    assert event.expected == {"participants": 500, "local_authorities": 150, "delegations": 25}
    assert [s.kind for s in rencontres_17.SESSIONS] == ["plenary", "workshop", "regional", "cafe", "b2b"]
    assert all(session.starts_at is None for session in rencontres_17.SESSIONS)
