"""The wording of a letter: what the organiser wrote, else what the event's facts give."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.columns import Bilingual
from app.events.models import Category, Event
from app.letters.models import LetterTemplate, Signatory
from app.letters.queries import find_template

KINDS = ("invitation", "save_the_date", "open_letter")
DATE_STYLES = ("numeric", "long", "weekday", "none")


@dataclass(frozen=True)
class Scan:
    """A signature scanned: PNG, and what is read in its place by those who do not see it."""

    data: bytes
    alternative: str
    # Public id of the stored picture.
    key: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs, with qualities in printed order, and the signature itself when it was scanned."""

    name: str
    qualities: tuple[str, ...] = ()
    scan: Scan | None = None
    # "", "M" or "Mme".
    civility: str = ""


@dataclass(frozen=True)
class Wording:
    """The texts of one letter in one language, placeholders still in braces.

    `letterhead` is one text a line, the last one being the signatory's quality, `motto` stands above;
    `body` is paragraphs separated by a blank line; `date_style` one of DATE_STYLES; `dated_on` None
    for the day it leaves; `announcement` lines of the block set apart, empty for the event's facts;
    `enclosures` one a line.
    """

    language: str
    subject: str
    body: str
    closing: str
    motto: str = ""
    letterhead: str = ""
    has_addressee: bool = True
    salutation: str = ""
    place: str = ""
    date_style: str = "long"
    dated_on: date | None = None
    reference: str = ""
    prints_object: bool = False
    heading: str = ""
    announcement: str = ""
    enclosures: str = ""
    signatories: tuple[Signature, ...] = ()

    @property
    def sender(self) -> str:
        """Civility of who signs, when all who sign have the same; else empty (domain 2.24: military usage)."""
        civilities = {one.civility for one in self.signatories}
        return civilities.pop() if len(civilities) == 1 else ""


# Texts of a wording, each in both languages; and what is the same in both.
TEXTS = ("motto", "letterhead", "subject", "salutation", "heading", "body", "announcement", "closing", "enclosures")
FACTS = ("place", "date_style", "dated_on", "reference", "prints_object", "has_addressee")


def wording_for(event: Event, category: Category | None, language: str, kind: str = "invitation") -> Wording:
    """The wording for guests of `category` who read `language`.

    The category's own, else the event's, else the default. A wording that exists in one language
    only is used whole: a letter never mixes two.
    """
    template = find_template(event, kind, category)
    return worded(template, language) if template else default_wording(event, language, kind)


def worded(template: LetterTemplate, language: str) -> Wording:
    """What a stored wording says in `language`, or in the one it is written in."""
    spoken = template.body.language(language)
    return wording_of(template, spoken, tuple(_signature(one, spoken) for one in template.signatories))


def wording_of(source: Any, language: str, signatures: tuple[Signature, ...]) -> Wording:
    """The texts of a stored wording or of one being typed (`service.Text`), in exactly this language."""
    texts = {name: getattr(source, name).get(language) for name in TEXTS}
    facts = {name: getattr(source, name) for name in FACTS}
    return Wording(language=language, **texts, **facts, signatories=signatures)


def _signature(one: Signatory, language: str) -> Signature:
    picture = one.picture
    scan = Scan(picture.data, picture.alternative.get(language), picture.public_id) if picture else None
    return Signature(one.name, tuple(one.qualities), scan, one.civility)


def default_wording(event: Event, language: str, kind: str = "invitation") -> Wording:
    """A sober letter made of the event's facts, for an event without a wording of its own."""
    text = _DEFAULTS[kind]
    if kind == "open_letter":
        return _open_letter(event, text, language)
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


def _open_letter(event: Event, text: dict[str, Bilingual], language: str) -> Wording:
    """Speaks to everyone: no addressee, no form of address, no place before the date."""
    return Wording(
        language=language,
        subject=text["subject"].get(language),
        heading=text["heading"].get(language),
        body=text["body"].get(language),
        closing="",
        has_addressee=False,
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
    "open_letter": {
        "subject": Bilingual("Lettre ouverte : {event}", "Open letter: {event}"),
        "heading": Bilingual("{event}", "{event}"),
        "body": Bilingual(
            "Nous, signataires, invitons celles et ceux que ce rendez-vous concerne à y prendre part.",
            "We, the undersigned, invite all whom this event concerns to take part in it.",
        ),
    },
}


def blank_template(event: Event, kind: str = "invitation") -> LetterTemplate:
    """The default wording in both languages, ready to be changed; not yet stored."""
    fr, en = (default_wording(event, code, kind) for code in ("fr", "en"))
    texts = {name: Bilingual(getattr(fr, name), getattr(en, name)) for name in TEXTS if name != "letterhead"}
    facts = {name: getattr(fr, name) for name in FACTS}
    signatories: list[Signatory] = []
    letterhead = Bilingual(fr.letterhead, "")
    return LetterTemplate(
        event_id=event.id, kind=kind, letterhead=letterhead, **texts, **facts, signatories=signatories
    )
