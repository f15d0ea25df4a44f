"""One of everything that is printed, with the longest texts of the seeds in every script."""

import dataclasses
from functools import cache

from app.typeset import compile_pdf
from badges import (
    Appointment,
    AttendanceRow,
    AttendanceSheet,
    BadgeFace,
    Certificate,
    DelegationCover,
    DeskList,
    DeskRow,
    DoorSession,
    DoorSign,
    Drawing,
    EnvelopeLabel,
    EventTexts,
    Listed,
    PackMember,
    Placing,
    ReservedSign,
    TentCard,
    attendance_sheet,
    certificates,
    delegation_covers,
    desk_list,
    door_signs,
    envelope_labels,
    qr_matrix,
    reserved_signs,
    sheet,
    tent_cards,
)
from tests.badges.conftest import BACK, COLOURS, SCRIPTS, SHAPES, make_face

TEXTS = EventTexts(
    title="2ᵉ Assises de la diplomatie parlementaire et de la coopération décentralisée",
    line="Mardi 18 novembre 2025, 17 h 30 · Quai d’Orsay, Paris",
    language="fr",
    back=BACK,
)
PROGRAMME = (
    Appointment("9 h 30", "Ouverture", "Amphithéâtre"),
    Appointment("11 h 00", "Atelier 3 : eau et assainissement, coopérations transfrontalières", "Salle 12"),
    Appointment("14 h 30", "Table ronde : la diplomatie parlementaire au service des territoires", "Amphithéâtre"),
)


def full(face: BadgeFace, number: int) -> BadgeFace:
    """The face with a code as long as those of today, and everything a badge can say."""
    code = f"{number:05d}{'A7K2MQXW' * 16}"[:132]
    return dataclasses.replace(
        face,
        code=code,
        matrix=qr_matrix(code),
        short_code=f"7K2M Q{number:03d}",
        languages=("FR", "EN", "UK"),
        zone="Table 12",
        country=face.country or "République du Congo",
        programme=PROGRAMME,
    )


def all_faces() -> list[BadgeFace]:
    """The twenty faces of every script, in all shapes and in light and dark colours, with everything on them."""
    dressed = [{"colour": COLOURS[n % 6], "shape": SHAPES[n % 6], **face} for n, face in enumerate(SCRIPTS)]
    return [full(make_face(n, **face), n) for n, face in enumerate(dressed)]


def preview_face() -> BadgeFace:
    """The badge in the pictures of the designs: somebody who does not exist."""
    code = ("PARVIS7K2MQXW4TRH8D3FYB" * 6)[:132]
    return make_face(
        name_given="Oleksandra",
        name_family="KOVALENKO-MARTIN",
        native_name="Олександра Коваленко-Мартен",
        qualities=("Maire de Beauval-sur-Loire", "Vice-présidente du conseil départemental"),
        organisation="Communauté de communes des Trois Vallées",
        country="Ukraine",
        category="Élus locaux",
        colour="#1f6b4a",
        shape="square",
        code=code,
        matrix=qr_matrix(code),
        short_code="7K2M QXW4",
        languages=("FR", "EN", "UK"),
        zone="Table 12",
        programme=PROGRAMME,
    )


_QUALITIES = [next(iter(face.get("qualities", ("Maire de Quimperlé",))), "") for face in SCRIPTS]
_SORTED = [f"{face['name_family']} {face['name_given']}".strip() for face in SCRIPTS]


def _listed(title: str) -> Listed:
    facts = ("Mardi 18 novembre 2025", "état du 17 novembre à 18 h 02", "20 personnes")
    return Listed(title, facts, "Page {page} sur {pages}", ("À remettre à l’accueil à la fin de la demi-journée.",))


def all_tents() -> list[TentCard]:
    """A tent card of each script."""
    return [
        TentCard(face["name_given"], face["name_family"], face.get("native_name", ""), quality)
        for face, quality in zip(SCRIPTS, _QUALITIES, strict=True)
    ]


def all_certificates() -> list[Certificate]:
    """A certificate of each script."""
    return [
        Certificate(
            face["name_given"],
            face["name_family"],
            face.get("native_name", ""),
            quality,
            organiser=("Assises de la diplomatie parlementaire", "et de la coopération décentralisée"),
            title="Attestation de présence",
            sentence=f"a participé aux {TEXTS.title}, le mardi 18 novembre 2025, au Quai d’Orsay, à Paris.",
            attended=("Mardi 18 novembre 2025, matin", "Mardi 18 novembre 2025, après-midi"),
            place_and_date="Fait à Paris, le 19 novembre 2025",
            signatory=("Marta de CIDRAC", "Sénatrice des Yvelines"),
            reference="Réf. ABCD EFGH",
            notice="La présente attestation constate une présence relevée à l’accueil.",
        )
        for face, quality in zip(SCRIPTS, _QUALITIES, strict=True)
    ]


def attendance() -> AttendanceSheet:
    """Two groups, three half-days, four empty rows."""
    rows = tuple(
        AttendanceRow(name, quality, face.get("organisation", "Eurométropole de Strasbourg"), "Élus" if n < 12 else "")
        for n, (face, name, quality) in enumerate(zip(SCRIPTS, _SORTED, _QUALITIES, strict=True))
    )
    half_days = ("Mar. 18 matin", "Mar. 18 après-midi", "Mer. 19 matin")
    listed = _listed("Feuille d’émargement")
    return AttendanceSheet(listed, rows, half_days, "Nom et fonction", "Organisme", "Pour l’organisateur", 4)


def desk() -> DeskList:
    """Everybody, by name."""
    rows = [
        DeskRow(
            name,
            face.get("organisation", "Eurométropole de Strasbourg"),
            face.get("category", "EPCI, métropoles"),
            COLOURS[n % 6],
            SHAPES[n % 6],
            f"7K2M Q{n:03d}",
            face.get("native_name", ""),
            quality,
            tuple(mark for mark in (face.get("no_photo", ""), *face.get("marks", ())) if mark),
        )
        for n, (face, name, quality) in enumerate(zip(SCRIPTS, _SORTED, _QUALITIES, strict=True))
    ]
    heads = ("Venu", "Nom", "Organisme", "Collège", "Code")
    return DeskList(
        _listed("Liste de l’accueil"), tuple(sorted(rows, key=lambda row: row.name.casefold())), heads, "Heure"
    )


def covers() -> list[DelegationCover]:
    """The pack of one delegation."""
    members = tuple(
        PackMember(name, quality, "Chef de délégation" if n == 0 else "", f"7K2M Q{n:03d}")
        for n, (name, quality) in enumerate(zip(_SORTED[:8], _QUALITIES[:8], strict=True))
    )
    facts = (("Contact", "Oleksandr SHCHERBAK"), ("Point de retrait", "Accueil, guichet 2"), ("Badges", "8"))
    heads = ("Remis", "Nom", "Fonction", "Code")
    received = "Reçu par (nom, date, signature)"
    return [DelegationCover(_listed("Pochette"), "Ville de Kharkiv", "Ukraine", facts, members, heads, received)]


def doors() -> list[DoorSign]:
    """A full half-day and an empty one."""
    sessions = (
        DoorSession("14 h – 15 h 30", f"Ouverture : {TEXTS.title}", ("Christophe RAMOND", "Michaël QUERNEZ")),
        DoorSession(
            "16 h – 17 h 30", "Atelier 3 : eau et assainissement", ("Nino KHARATISHVILI",), "Complet · FR EN UK"
        ),
    )
    full_day = DoorSign("Amphithéâtre Étienne-Hirsch", "Mardi 18 novembre, après-midi", sessions, "2ᵉ étage, à droite")
    return [full_day, DoorSign("Salle 12", "Mercredi 19 novembre, matin", (), nothing="Aucune séance ce matin.")]


def reserved() -> list[ReservedSign]:
    """Three seats, in a dark, a bright and a pale colour."""
    return [
        ReservedSign("Réservé", "Corps diplomatique", "Corps diplomatique", "#24456f", "disc", "Rangs 1 à 3"),
        ReservedSign("Réservé", "Délégation de l’Union nationale des collectivités et pouvoirs locaux d’outre-mer",
                     "Délégations étrangères", "#f0c23c", "star"),
        ReservedSign("Réservé", "Presse", "Presse", "#e7e2d8", "bar", "Accès par la porte B"),
    ]  # fmt: skip


def labels() -> list[EnvelopeLabel]:
    """A short address and the longest."""
    short = ("Madame la Présidente", "Eurométropole de Strasbourg", "1 parc de l’Étoile", "67076 STRASBOURG CEDEX")
    longest = (
        "S.E. Monsieur l’Ambassadeur d’Ukraine en France",
        "Ambassade d’Ukraine",
        "Service de la coopération décentralisée et des relations interparlementaires",
        "21 avenue de Saxe",
        "75007 PARIS",
        "FRANCE",
    )
    return [EnvelopeLabel(short), EnvelopeLabel(longest)] * 3


def all_papers() -> dict[str, Drawing]:
    """The first job of everything that is no badge, by name."""
    return {
        "tent-99": tent_cards(all_tents(), TEXTS)[0],
        "tent-60": tent_cards(all_tents(), TEXTS, height=60)[0],
        "reserved-a4": reserved_signs(reserved(), TEXTS)[0],
        "reserved-a5": reserved_signs(reserved(), TEXTS, size="a5")[0],
        "door": door_signs(doors(), TEXTS)[0],
        "attendance": attendance_sheet(attendance(), TEXTS),
        "desk": desk_list(desk(), TEXTS),
        "delegation": delegation_covers(covers(), TEXTS)[0],
        "labels-l7163": envelope_labels(labels(), TEXTS, placing=Placing(start=3))[0],
        "labels-l7160": envelope_labels(labels(), TEXTS, sheet="l7160")[0],
        "certificate": certificates(all_certificates(), TEXTS)[0],
    }


@cache
def paper_pdf(name: str) -> bytes:
    """One of `all_papers`, compiled once."""
    return compile_pdf(all_papers()[name])


@cache
def badges_job(design: str) -> Drawing:
    """All faces on the design's usual paper."""
    (job,) = sheet(all_faces(), TEXTS, design=design)
    return job


@cache
def badges_pdf(design: str) -> bytes:
    """All faces on the design's usual paper, compiled once."""
    return compile_pdf(badges_job(design))
