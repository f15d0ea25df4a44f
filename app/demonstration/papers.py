"""Papers of the demonstration: the open letter of three presidents, and what the library publishes.

Facts and signatories of the public open letter of 3 July 2025; the sentences are our own.
"""

from datetime import UTC, date, datetime

from app.audit.service import Actor
from app.columns import Bilingual
from app.documents.service import add_document, publish
from app.events.models import Event
from app.letters.publishing import draw, put
from app.letters.service import Text, word
from app.letters.wording import Signature

OPEN_LETTER = Text(
    subject=Bilingual(
        "La coopération décentralisée, levier des partenariats internationaux de la France",
        "Decentralised cooperation, a lever of the international partnerships of France",
    ),
    heading=Bilingual(
        "La coopération décentralisée, levier des partenariats internationaux de la France",
        "Decentralised cooperation, a lever of the international partnerships of France",
    ),
    place="",
    date_style="long",
    dated_on=date(2025, 7, 3),
    has_addressee=False,
    salutation=Bilingual("", ""),
    body=Bilingual(
        "Plus de 3 000 collectivités françaises, de métropole et d’outre-mer, travaillent avec leurs homologues de"
        " plus de 120 pays : accès aux services essentiels, politiques publiques locales, jeunesse, autonomie des"
        " femmes, économie, climat, culture, formation. Cette coopération est un **levier essentiel** sur le chemin"
        " de **l’Agenda 2030**.\n\n"
        "Née des jumelages, elle rassemble aujourd’hui associations, hôpitaux, universités, centres culturels,"
        " entreprises, agences de l’eau et diasporas. Leur engagement sert le développement ici et là-bas, et"
        " **l’attractivité comme le rayonnement de nos territoires**.\n\n"
        "Quand le monde se tend, l’action des collectivités et de leurs associations complète celle des États : elle"
        " porte des messages de paix et de dialogue, en particulier dans le voisinage d’une Union européenne qui"
        " s’élargit.\n\n"
        "**Portée par des liens humains et par les valeurs de la République, elle est un atout de notre diplomatie.**"
        " À l’approche d’élections locales, le soutien du Ministère et de ses opérateurs est déterminant.\n\n"
        "Mesdames et Messieurs les Ministres, Mesdames et Messieurs les parlementaires, alors que s’ouvrent les"
        " travaux du budget pour 2026, nous vous demandons de préserver l’audience de la France dans le monde, son"
        " engagement solidaire et celui des acteurs qui le portent à vos côtés.",
        "More than 3,000 French local authorities work with their counterparts in more than 120 countries: essential"
        " services, local public policy, youth, the autonomy of women, the economy, climate, culture, training. This"
        " cooperation is an **essential lever** on the way to **the 2030 Agenda**.\n\n"
        "Born of twinnings, it now brings together associations, hospitals, universities, cultural centres,"
        " companies, water agencies and diasporas, to the benefit of development here and there, and of **the appeal"
        " and standing of our territories**.\n\n"
        "In a tense world the action of local authorities completes that of States: it carries messages of peace and"
        " dialogue, all the more so around a growing European Union.\n\n"
        "**Carried by human ties and by the values of the Republic, it is an asset of our diplomacy.** As local"
        " elections come near, the support of the Ministry and its operators is decisive.\n\n"
        "Ministers, Members of Parliament, as work begins on the budget for 2026, we ask you to preserve the standing"
        " of France in the world, its commitment to solidarity and that of those who uphold it at your side.",
    ),
    signatories=(
        Signature(
            "Philippe Laurent,",
            ("Président de l’Association Française du Conseil des Communes et Régions d’Europe", "Maire de Sceaux"),
        ),
        Signature(
            "Michaël Delafosse,",
            (
                "Président de Cités Unies France",
                "Maire de Montpellier et Président de Montpellier Méditerranée Métropole",
            ),
        ),
        Signature(
            "Anne Hidalgo,", ("Présidente de l’Association Internationale des Maires Francophones", "Maire de Paris")
        ),
    ),
)


def enter_papers(rencontres: Event, *, actor: Actor) -> None:
    """The open letter in the library, the save-the-date as a document of its edition, a brochure to come."""
    at = datetime(2025, 7, 3, 9, tzinfo=UTC)
    word(rencontres, "open_letter", None, OPEN_LETTER, actor=actor, at=at)
    _publish(rencontres, "open_letter", "nothing", actor, at)
    at = datetime(2026, 1, 25, 10, tzinfo=UTC)
    _publish(rencontres, "save_the_date", "event", actor, at)
    title = Bilingual("Plaquette de présentation des Rencontres", "Brochure of the Meetings")
    add_document("brochure", title, event=rencontres, actor=actor, at=at)


def _publish(event: Event, kind: str, place: str, actor: Actor, at: datetime) -> None:
    document = put(event, draw(event, kind, None, at.date()), place=place, actor=actor, at=at)
    for file in document.files:
        publish(file, at, actor=actor, at=at)
