"""The 2nd Assises, Quai d'Orsay, 18 November 2025.

Facts of the letter of 23 October 2025 and of the minutes of 25 November 2025; the sentences are our
own (see `facts` for the shape). The record itself stands in `assises_2_minutes`.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.columns import Bilingual
from app.demonstration.facts import (
    CategoryFact,
    DeadlineFact,
    EventFact,
    LetterFact,
    RoleFact,
    SessionFact,
    SignatoryFact,
    VenueFact,
)
from app.demonstration.people import QUALITIES

PARIS = ZoneInfo("Europe/Paris")
VENUE = VenueFact(
    name="Quai d’Orsay",
    street="1 rue Esnault Pelterie",
    postcode="",
    city="Paris",
    directions=Bilingual(
        "Métro et RER : station Invalides (lignes 8 et 13, RER C).",
        "Metro and RER: Invalides station (lines 8 and 13, RER C).",
    ),
    accessibility=Bilingual(
        "Dites-nous à l’avance ce qui peut faciliter votre venue : accès, placement, écoute.",
        "Tell us beforehand what would make your visit easier: access, seating, hearing.",
    ),
)

CATEGORIES = (
    CategoryFact("parlementaires", Bilingual("Parlementaires", "Members of Parliament"), 60, 1, "disc"),
    CategoryFact(
        "regions-departements", Bilingual("Régions et départements", "Regions and departments"), 80, 2, "square"
    ),
    CategoryFact(
        "communes", Bilingual("Communes et intercommunalités", "Municipalities and their groupings"), 90, 5, "triangle"
    ),
    CategoryFact("services-etat", Bilingual("Services de l’État", "State services"), 50, 8, "diamond"),
    CategoryFact("intervenants", Bilingual("Intervenants", "Speakers"), 20, 4, "star"),
)

EVENT = EventFact(
    slug="assises-2025",
    series_slug="assises",
    series_title=Bilingual(
        "Assises de la diplomatie parlementaire et de la coopération décentralisée",
        "Assises of parliamentary diplomacy and decentralised cooperation",
    ),
    edition_number=2,
    title=Bilingual(
        "Assises de la diplomatie parlementaire et de la coopération décentralisée",
        "Assises of parliamentary diplomacy and decentralised cooperation",
    ),
    subtitle=Bilingual(
        "Élus locaux, parlementaires et services de l’État autour d’une même action extérieure",
        "Local elected members, parliamentarians and State services around one external action",
    ),
    description=Bilingual(
        "Lancées en 2024, les Assises réunissent celles et ceux qui portent la voix de la France"
        " hors de ses frontières : élus locaux, parlementaires, services de l’État.\n\n"
        "Cette deuxième édition s’organise autour de **trois priorités** : faciliter l’action"
        " extérieure des collectivités, renforcer la voix de la France dans les instances"
        " internationales, mieux accorder les initiatives locales et les priorités du ministère.",
        "Launched in 2024, the Assises bring together those who carry the voice of France beyond"
        " its borders: local elected members, parliamentarians and State services.\n\n"
        "This second edition has **three priorities**: making the external action of local"
        " authorities easier, strengthening the voice of France in international bodies, and"
        " bringing local initiatives and the ministry's priorities closer together.",
    ),
    practical=Bilingual(
        "Le nombre de places est limité : une réponse est demandée à chaque invité, même pour"
        " décliner.\n\n"
        "Une **pièce d’identité** est demandée à l’entrée du Quai d’Orsay.",
        "The number of seats is limited: every guest is asked for an answer, even to decline.\n\n"
        "An **identity document** must be shown at the entrance of the Quai d’Orsay.",
    ),
    starts_at=datetime(2025, 11, 18, 17, 30, tzinfo=PARIS),
    ends_at=None,
    date_precision="minute",
    timezone="Europe/Paris",
    venue=VENUE,
    status="archived",
    organiser="Délégation pour les collectivités territoriales et la société civile",
    organiser_parent="Direction générale de la mondialisation",
    mailbox="secretariat.dgm-dctciv@diplomatie.gouv.fr",
    accent="#24456f",
    capacity=300,
    id_check=True,
    priorities=(
        "Faciliter l’action extérieure des collectivités",
        "Renforcer la voix de la France dans les instances internationales",
        "Mieux articuler les initiatives territoriales avec les priorités ministérielles",
    ),
    deadline=DeadlineFact(date(2025, 11, 7)),
    categories=CATEGORIES,
)

LETTER = LetterFact(
    kind="invitation",
    issued_on=date(2025, 10, 23),
    motto=Bilingual("Liberté Égalité Fraternité", "Liberté Égalité Fraternité"),
    letterhead=Bilingual("Le Ministre", "The Minister"),
    has_addressee=False,
    dates_itself=True,
    salutation=Bilingual(
        "Madame la Présidente, Monsieur le Président,\nMadame la Maire, Monsieur le Maire,", "Dear Madam, Dear Sir,"
    ),
    place="Paris",
    date_style="numeric",
    subject=Bilingual(
        "Invitation aux Assises de la diplomatie parlementaire et de la coopération décentralisée",
        "Invitation to the Assises of parliamentary diplomacy and decentralised cooperation",
    ),
    body=Bilingual(
        "La diplomatie ne se fait pas sans les collectivités territoriales. Jumelages, pactes"
        " d’amitié, promotion de vos territoires, projets menés avec des collectivités"
        " étrangères : autant de liens par lesquels vous prenez part à l’action extérieure de la"
        " France.\n\n"
        "Je vous remercie de cet engagement, qui dit l’ouverture et la solidarité de nos"
        " territoires.\n\n"
        "J’ai voulu, depuis mon arrivée au Gouvernement, que la diplomatie des territoires soit"
        " une part reconnue de notre diplomatie. En 2024, les premières Assises ont ouvert ce"
        " dialogue ; il se poursuit, et j’ai le plaisir de vous convier à la :\n\n"
        "{announcement}\n\n"
        "Votre connaissance du terrain, votre pratique des politiques publiques locales et les"
        " coopérations que vous faites vivre dans la durée complètent l’action de l’État et"
        " servent le rayonnement de notre pays.\n\n"
        "Nous pourrons ensemble préciser les priorités de notre action extérieure, faire mieux"
        " entendre la voix de la France dans les organisations internationales de pouvoirs locaux"
        " et resserrer les liens entre élus locaux, parlementaires et services de l’État.\n\n"
        "Le nombre de places étant limité, je vous saurais gré de répondre {deadline}, par le lien"
        " personnel joint à cet envoi ou en écrivant à {mailbox}. Une pièce d’identité vous sera"
        " demandée à votre arrivée au Quai d’Orsay.",
        "There is no diplomacy without local authorities. Twinnings, pacts of friendship, the"
        " promotion of your territories, projects with authorities abroad: through all these ties"
        " you take part in the external action of France.\n\n"
        "I thank you for this commitment, which speaks of the openness and the solidarity of our"
        " territories.\n\n"
        "Since I joined the Government I have wished the diplomacy of territories to be a"
        " recognised part of our diplomacy. In 2024 the first Assises opened this dialogue; it"
        " goes on, and I have the pleasure of inviting you to the:\n\n"
        "{announcement}\n\n"
        "Your knowledge of the field, your experience of local public policy and the partnerships"
        " you keep alive over the years complete the action of the State and serve the standing of"
        " our country.\n\n"
        "Together we shall be able to define the priorities of our external action, to make the"
        " voice of France better heard in the international organisations of local government, and"
        " to draw local elected members, parliamentarians and State services closer together.\n\n"
        "As seats are limited, I should be grateful for your answer {deadline}, through the"
        " personal link sent with this letter or by writing to {mailbox}. You will be asked for an"
        " identity document when you arrive at the Quai d’Orsay.",
    ),
    closing=Bilingual(
        "Avec mes remerciements renouvelés, je vous prie d’agréer, {salutation}, l’expression de"
        " ma haute considération.",
        "With renewed thanks, I remain yours sincerely.",
    ),
    signatories=(SignatoryFact("Jean-Noël BARROT"),),
)


def _role(person: str, role: str) -> RoleFact:
    return RoleFact(person, role, QUALITIES[person])


def _table(*speakers: str) -> tuple[RoleFact, ...]:
    """One moderator for both tables, then the speakers in the printed order."""
    return (_role("chole", "moderator"), *(_role(speaker, "speaker") for speaker in speakers))


SESSIONS = (
    SessionFact(
        key="table-1",
        kind="round_table",
        number=1,
        title=Bilingual(
            "Faciliter l’implication des collectivités territoriales dans l’action extérieure",
            "Making it easier for local authorities to take part in external action",
        ),
        roles=_table("haddad", "rapin", "molinoz", "imbs", "quernez", "guignard"),
    ),
    SessionFact(
        key="table-2",
        kind="round_table",
        number=2,
        title=Bilingual(
            "Mieux articuler l’action extérieure des collectivités et la diplomatie parlementaire"
            " avec les priorités diplomatiques du ministère",
            "Bringing the external action of local authorities and parliamentary diplomacy closer"
            " to the ministry's diplomatic priorities",
        ),
        roles=_table("forissier", "fuchs", "pellefigue", "ramond", "delafosse", "veran"),
    ),
    SessionFact(
        key="conclusion",
        kind="speech",
        title=Bilingual("Discours de conclusion", "Concluding speech"),
        roles=(_role("barrot", "speaker"),),
    ),
)
