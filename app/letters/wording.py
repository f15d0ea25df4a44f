"""The wording of a letter: what the organiser wrote, else what the event's facts give."""

from dataclasses import dataclass

from app.columns import Bilingual
from app.events.models import Category, Event
from app.letters.models import LetterTemplate
from app.letters.queries import find_template

KINDS = ("invitation", "save_the_date")
DATE_STYLES = ("numeric", "long", "weekday", "none")


@dataclass(frozen=True)
class Signature:
    """Who signs, with qualities in printed order."""

    name: str
    qualities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """The texts of one letter in one language, placeholders still in braces.

    `letterhead` is one text a line, the last one being the signatory's quality; `body` is paragraphs
    separated by a blank line; `date_style` one of DATE_STYLES.
    """

    language: str
    subject: str
    body: str
    closing: str
    letterhead: str = ""
    salutation: str = ""
    place: str = ""
    date_style: str = "long"
    prints_object: bool = False
    signatories: tuple[Signature, ...] = ()


def wording_for(event: Event, category: Category | None, language: str, kind: str = "invitation") -> Wording:
    """The wording for guests of `category` who read `language`.

    The category's own, else the event's, else the default. A wording that exists in one language
    only is used whole: a letter never mixes two.
    """
    template = find_template(event, kind, category)
    if template is None:
        return default_wording(event, language, kind)
    spoken = template.body.language(language)
    return Wording(
        language=spoken,
        subject=template.subject.get(spoken),
        body=template.body.get(spoken),
        closing=template.closing.get(spoken),
        letterhead=template.letterhead.get(spoken),
        salutation=template.salutation.get(spoken),
        place=template.place,
        date_style=template.date_style,
        prints_object=template.prints_object,
        signatories=tuple(Signature(one.name, tuple(one.qualities)) for one in template.signatories),
    )


def default_wording(event: Event, language: str, kind: str = "invitation") -> Wording:
    """A sober letter made of the event's facts, for an event without a wording of its own."""
    text = _DEFAULTS[kind]
    practical = [_SCARCE if event.capacity else _ANSWER] if kind == "invitation" else []
    body = Bilingual(
        "\n\n".join([text["opening"].fr, "{announcement}", *[one.fr for one in practical], text["end"].fr]),
        "\n\n".join([text["opening"].en, "{announcement}", *[one.en for one in practical], text["end"].en]),
    )
    return Wording(
        language=language,
        subject=text["subject"].get(language),
        body=body.get(language),
        closing=_CLOSING.get(language),
        letterhead="\n".join(part for part in (event.organiser_parent, event.organiser) if part),
        place=event.venue.city if event.venue else "",
        signatories=(Signature(event.organiser),) if event.organiser else (),
    )


_SCARCE = Bilingual(
    "Les places étant limitées, je vous remercie de bien vouloir faire connaître votre réponse"
    " {deadline}, par le lien personnel du courriel qui accompagne cette lettre ou en écrivant à"
    " {mailbox}.",
    "As places are limited, would you kindly answer {deadline}, by the personal link of the mail"
    " that comes with this letter, or by writing to {mailbox}.",
)
_ANSWER = Bilingual(
    "Je vous remercie de bien vouloir faire connaître votre réponse {deadline}, par le lien personnel"
    " du courriel qui accompagne cette lettre ou en écrivant à {mailbox}.",
    "Would you kindly answer {deadline}, by the personal link of the mail that comes with this"
    " letter, or by writing to {mailbox}.",
)
_CLOSING = Bilingual("Je vous prie d’agréer, {salutation}, l’expression de ma {consideration}.", "Yours faithfully,")
_DEFAULTS: dict[str, dict[str, Bilingual]] = {
    "invitation": {
        "subject": Bilingual("Invitation : {event}", "Invitation: {event}"),
        "opening": Bilingual(
            "J’ai le plaisir de vous inviter à l’événement suivant, auquel votre présence donnerait tout son sens :",
            "It is my pleasure to invite you to the following event, to which your presence would"
            " lend its full meaning:",
        ),
        "end": Bilingual("{identity}", "{identity}"),
    },
    "save_the_date": {
        "subject": Bilingual("À vos agendas : {event}", "Save the date: {event}"),
        "opening": Bilingual(
            "J’ai le plaisir de vous annoncer dès à présent le rendez-vous suivant :",
            "It is my pleasure to announce the following date, which I ask you to keep free:",
        ),
        "end": Bilingual(
            "Le programme et les modalités d’inscription vous seront adressés ultérieurement.",
            "The programme and how to register will be sent to you in due course.",
        ),
    },
}


def blank_template(event: Event, kind: str = "invitation") -> LetterTemplate:
    """The default wording in both languages, ready to be changed; not yet stored."""
    fr, en = (default_wording(event, code, kind) for code in ("fr", "en"))
    return LetterTemplate(
        event_id=event.id,
        kind=kind,
        letterhead=Bilingual(fr.letterhead, ""),
        place=fr.place,
        date_style=fr.date_style,
        subject=Bilingual(fr.subject, en.subject),
        salutation=Bilingual(),
        body=Bilingual(fr.body, en.body),
        closing=Bilingual(fr.closing, en.closing),
        prints_object=False,
        signatories=[],
    )
