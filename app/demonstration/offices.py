"""What the directory of the demonstration knows beyond names: parents, offices, the three orders of one person.

Michaël Delafosse is printed in three orders by the documents (minutes of 25 November 2025, open letter of 3 July 2025,
letter of 25 January 2026); "Tean-Noël" is how a scan read the minister's given name.
"""

from datetime import datetime

from app.audit.service import Actor
from app.demonstration.people import ORGANISATIONS
from app.directory.bodies import Body, add_office, save_organisation
from app.directory.contacts import add_contact_point
from app.directory.mandates import Term, add_mandate, change_mandate, save_presentation
from app.directory.models import Mandate, Person
from app.directory.service import Contact, Names, add_person, get_or_add_organisation

CUF = "Cités Unies France"
METROPOLE = "Montpellier Méditerranée Métropole"


def furnish(people: dict[str, Person], *, actor: Actor, at: datetime) -> None:
    """Organisations with their acronyms and parents, offices and their holders, one misread entry."""
    names = {fact.key: fact.name for fact in ORGANISATIONS}
    for fact in ORGANISATIONS:
        said = Body(fact.name, fact.acronym, fact.kind, names.get(fact.parent, ""), fact.country)
        save_organisation(get_or_add_organisation(fact.name), said, actor=actor, at=at)
    cuf = get_or_add_organisation(CUF)
    for kind, value in (
        ("post", "9, rue Christiani\n75018 Paris"), ("phone", "+33 1 53 41 81 81"),
        ("email", "coop-dec@cites-unies-france.org"),
    ):  # fmt: skip
        add_contact_point(cuf, kind, value, actor=actor, at=at)
    _orders_of(people["delafosse"], actor, at)
    sceaux = get_or_add_organisation("Ville de Sceaux")
    office = add_office(sceaux, "Maire de Sceaux", "", actor=actor, at=at)
    mayor = next(one for one in people["laurent"].mandates if one.title.startswith("Maire"))
    change_mandate(mayor, Term(mayor.title, sceaux.name, office), actor=actor, at=at)
    minister = "Ministre de l’Europe et des Affaires étrangères"
    add_person(Names("Tean-Noël", "Barrot", civility="M"), Contact(), qualities=(minister,), at=at)


def _orders_of(person: Person, actor: Actor, at: datetime) -> None:
    """One person, three mandates, three orders of printing."""
    mayor, cuf = person.mandates
    montpellier = get_or_add_organisation("Ville de Montpellier")
    office = add_office(montpellier, "Maire de Montpellier", "", actor=actor, at=at)
    change_mandate(mayor, Term(mayor.title, montpellier.name, office), actor=actor, at=at)
    change_mandate(cuf, Term(cuf.title, CUF), actor=actor, at=at)
    metropole = add_mandate(person, Term(f"Président de {METROPOLE}", METROPOLE), actor=actor, at=at)
    orders: tuple[tuple[str, list[list[Mandate]]], ...] = (
        ("Assises : compte rendu", [[mayor], [cuf]]),
        ("Tribune des associations d’élus", [[cuf], [mayor, metropole]]),
        ("Rencontres : lettre d’annonce", [[mayor], [metropole]]),
    )
    for name, lines in orders:
        save_presentation(person, None, name, lines, actor=actor, at=at)
