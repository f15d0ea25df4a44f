"""A person of the directory with something of everything, and an address for each page about them."""

from app.clock import now
from app.database import db
from app.directory.bodies import add_office
from app.directory.contacts import add_contact_point
from app.directory.mandates import Term, add_mandate, save_presentation
from app.directory.merging import merge_people
from app.directory.overrides import decide
from app.directory.service import Contact, Names, add_person, get_or_add_organisation
from app.registration.models import Registration
from tests.factories import ORGANISER


def furnish_directory(registration: Registration) -> dict[str, str]:
    """Values of the arguments of the addresses of the directory, and of the order of precedence."""
    person = registration.person
    by = {"actor": ORGANISER, "at": now()}
    body = get_or_add_organisation("Cités Unies France")
    office = add_office(body, "Président de CUF", "Présidente de CUF", **by)
    mandate = add_mandate(person, Term("", office=office), **by)
    order = save_presentation(person, None, "Letters of CUF", [[mandate]], **by)
    point = add_contact_point(person, "post", "1 rue de l’Essai\n75007 Paris", "Office", **by)
    theirs = add_contact_point(body, "email", "cuf@example.org", **by)
    decision = decide(person, "form_of_address", "Madame le Maire", reason="asked for", language="fr", **by)
    alike, double = (add_person(Names(person.given_name, person.family_name), Contact(), at=now()) for _ in range(2))
    db.session.flush()
    merge = merge_people(person, double, **by)
    db.session.commit()
    return {
        "precedence.public_id": registration.public_id,
        "directory.public_id": person.public_id,
        "mandates.public_id": person.public_id,
        "mandates.position": "1",
        "mandates.order": order.public_id,
        "mandates.point": point.public_id,
        "mandates.decision": decision.public_id,
        "doubles.public_id": person.public_id,
        "doubles.other": alike.public_id,
        "doubles.merge": merge.public_id,
        "organisations.public_id": body.public_id,
        "organisations.point": theirs.public_id,
        "organisations.office.public_id": office.public_id,
        "organisations.pass_on.public_id": office.public_id,
        "organisations.person": alike.public_id,
    }
