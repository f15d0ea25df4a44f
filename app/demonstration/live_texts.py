"""What the live edition says of itself: invented, and it says so."""

from app.columns import Bilingual
from app.letters.service import Text
from app.letters.wording import Signature

ORGANISER = "Comité d’organisation des Assises"
MAILBOX = "assises@organisation.example"
SUBTITLE = Bilingual(
    "Édition de démonstration : les invités et leurs réponses sont inventés",
    "Demonstration edition: the guests and their answers are invented",
)
DESCRIPTION = Bilingual(
    "Les Assises réunissent chaque année élus locaux, parlementaires et services de l’État autour"
    " de l’action extérieure de la France.\n\n"
    "Cette édition reprend le cadre de la précédente : deux tables rondes, puis un discours de"
    " conclusion. **Programme prévisionnel** : les intervenants seront annoncés ici.",
    "Every year the Assises bring together local elected members, parliamentarians and State"
    " services around the external action of France.\n\n"
    "This edition keeps the frame of the previous one: two round tables, then a concluding speech."
    " **Provisional programme**: speakers will be announced here.",
)
ABSTRACT = Bilingual(
    "Programme prévisionnel : intervenants à confirmer.", "Provisional programme: speakers to be confirmed."
)
# First and last hour of each session, in Paris.
HOURS = (((17, 30), (18, 30)), ((18, 30), (19, 30)), ((19, 30), (20, 0)))

LETTER = Text(
    letterhead=Bilingual("Le comité d’organisation", "The organising committee"),
    place="Paris",
    date_style="long",
    subject=Bilingual(
        "Invitation aux Assises de la diplomatie parlementaire et de la coopération décentralisée",
        "Invitation to the Assises of parliamentary diplomacy and decentralised cooperation",
    ),
    body=Bilingual(
        "Les collectivités territoriales prennent une part croissante à l’action extérieure de la"
        " France. Pour poursuivre le dialogue engagé lors des éditions précédentes, nous avons le"
        " plaisir de vous convier à la :\n\n"
        "{announcement}\n\n"
        "Deux tables rondes et un temps d’échange avec la salle permettront à chacun de partager"
        " son expérience et de dire ce qu’il attend de l’État.\n\n"
        "Le nombre de places étant limité, nous vous saurions gré de répondre {deadline}, par le"
        " lien personnel joint à cet envoi ou en écrivant à {mailbox}. Une pièce d’identité vous"
        " sera demandée à votre arrivée.",
        "Local authorities take a growing part in the external action of France. To go on with the"
        " dialogue of the previous editions, we have the pleasure of inviting you to the:\n\n"
        "{announcement}\n\n"
        "Two round tables and a time for exchange with the room will let everyone share their"
        " experience and say what they expect of the State.\n\n"
        "As seats are limited, we should be grateful for your answer {deadline}, through the"
        " personal link sent with this letter or by writing to {mailbox}. You will be asked for an"
        " identity document on arrival.",
    ),
    closing=Bilingual(
        "Nous vous prions d’agréer, {salutation}, l’expression de notre considération distinguée.", "Yours sincerely,"
    ),
    signatories=(Signature("Le comité d’organisation"),),
)
