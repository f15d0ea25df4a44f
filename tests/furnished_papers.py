"""Letters and documents of the furnished event, and the values their pages need."""

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.documents.service import Upload, add_document, add_version, publish
from app.events.models import Event
from app.letters.addressees import Narrowing
from app.letters.drawing import Binding
from app.letters.merging import ask
from app.letters.service import Text, word
from app.letters.signing import keep_scan
from app.letters.wording import Signature
from app.pictures import Picture
from tests.factories import ORGANISER


def furnish_papers(event: Event) -> dict[str, str]:
    """A wording signed by a scanned hand, a file for the printer, a published document."""
    text = Text(Bilingual("Lettre"), Bilingual("Bonjour {name}"), signatories=(Signature("Anne Petit"),))
    template = word(event, "save_the_date", None, text, actor=ORGANISER, at=now())
    scan = keep_scan(event, template, 1, Picture(b"\x89PNG", 1, 1), Bilingual("Signature"), actor=ORGANISER, at=now())
    binding = Binding("", "fr", event.accent)
    run = ask(event, "invitation", Narrowing(), binding=binding, actor=ORGANISER, at=now())
    run.pdf = b"%PDF-1.7"
    document = add_document("brochure", Bilingual("Plaquette"), event=event, actor=ORGANISER, at=now())
    file = add_version(document, Upload("fr", "plaquette.pdf", b"%PDF-1.7"), actor=ORGANISER, at=now())
    publish(file, now(), actor=ORGANISER, at=now())
    db.session.commit()
    return {
        "wording.public_id": scan.public_id,
        "wording.position": "1",
        "merging.public_id": run.public_id,
        "documents.public_id": document.public_id,
        "documents.file": file.public_id,
        "library.document": document.public_id,
        "library.code": "fr",
        "library.version": "1",
    }
