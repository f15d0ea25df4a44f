"""What the first draft takes over from the programme: titles, sections, who sat where."""

from app.columns import LANGUAGES, Bilingual
from app.events.models import Event
from app.i18n import _, in_language
from app.minutes.models import Intervention, Section
from app.programme.models import Session
from app.programme.words import session_label


def title_of(event: Event) -> Bilingual:
    """The title of the minutes of `event`, in both languages."""
    told = []
    for code in LANGUAGES:
        with in_language(code):
            told.append(_("Minutes: %(title)s", title=event.title.get(code)))
    return Bilingual(*told)


def section_of(session: Session, position: int) -> Section:
    """The section of a session, not yet stored: its composition as printed, an empty passage per speaker."""
    names = []
    for code in LANGUAGES:
        with in_language(code):
            names.append(session_label(session))
    is_speech = session.kind == "speech"
    return Section(
        session_id=session.id,
        position=position,
        label=session.title if is_speech else Bilingual(*names),
        title=Bilingual() if is_speech else session.title,
        composition=[
            {"role": r.role, "name": r.person.formal_name, "qualities": list(r.qualities)}
            for r in session.roles if r.role != "room"
        ],
        interventions=[
            Intervention(person_id=r.person_id, name=r.person.full_name, position=n,
                         qualities=tuple(map(_in_sentence, r.qualities)), is_from_room=r.role == "room")
            for n, r in enumerate((r for r in session.roles if r.role != "moderator"), start=1)
        ],
    )  # fmt: skip


def _in_sentence(quality: str) -> str:
    """ "Maire de Sceaux" becomes "maire de Sceaux" after a name; acronyms keep their capitals."""
    return quality if quality[1:2].isupper() else quality[:1].lower() + quality[1:]
