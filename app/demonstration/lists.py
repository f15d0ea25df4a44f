"""A list that a secretariat sent this morning: it waits for the organiser, who decides who is who."""

from datetime import datetime, timedelta

from app.audit.service import Actor
from app.events.models import Event
from app.invitations.examining import Sent, examine
from app.invitations.lists import keep, settle

SENDER = "Secrétariat de Cités unies de l’Ouest"
# As such lists come: a title above the header, a slip in a known name, a homonym, a row without a name, a note.
LIST = """Délégation de l’Ouest – invitations souhaitées;;;;;;
Civilité;Prénom;NOM;Qualité;Collectivité;Courriel du secrétariat;Placement souhaité
M.;Thibaud;GUIGNARD;Maire de Plœuc-L’Hermitage;Commune de Plœuc-L’Hermitage;mairie.ploeuc@example.org;Rang 1
M.;Philippe;LAURENT;Directeur général des services;Communauté de communes du Val;direction@ccval.example.org;
Mme;Soizic;LE BIHAN;Adjointe chargée des jumelages;Commune de Plœuc-L’Hermitage;mairie.ploeuc@example.org;Rang 4
M.;Yann;KERVELLA;Conseiller délégué;Commune de Plœuc-L’Hermitage;mairie.ploeuc@example.org;Rang 4
;;;Conseillère (nom à préciser);Pays de Redon;;
"""


def send_list(event: Event, *, actor: Actor, at: datetime) -> None:
    """Read the list two hours before `at` and leave it to be decided."""
    sent = Sent(
        event, LIST.encode("cp1252"), "invitations-ouest.csv", event.categories[0], sender=SENDER,
    )  # fmt: skip
    kept = keep(sent, actor=actor, at=at - timedelta(hours=2))
    settle(kept, examine(sent), actor=actor, at=at - timedelta(hours=2))
