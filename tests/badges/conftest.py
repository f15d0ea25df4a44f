"""Twenty badges of every script Parvis prints, with the longest real texts of the trade."""

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from badges import Back, BadgeFace, Drawing, EventTexts, qr_matrix, sheet

NOT_A_PHOTO = "Pas de photographie"

BACK = Back(
    programme_title="Mon programme",
    practical_title="Informations pratiques",
    practical=(("Wi-Fi", "ASSISES-2025, mot de passe : quai-d-orsay"), ("Vestiaire", "rez-de-chaussée, jusqu’à 20 h")),
    emergency_title="En cas d’urgence",
    emergency=(("Poste de secours", "01 43 17 53 53"), ("Urgences", "112")),
)


def make_face(number: int = 0, **changed: Any) -> BadgeFace:
    """A plain badge; its code is the one of its number."""
    code = f"PARVIS7K2MQXW4TRH8D3FYB{number:03d}"
    plain: dict[str, Any] = {
        "name_given": "Pia",
        "name_family": "IMBS",
        "native_name": "",
        "qualities": ("Présidente de l’Eurométropole de Strasbourg",),
        "organisation": "Eurométropole de Strasbourg",
        "category": "EPCI, métropoles",
        "colour": "#24456f",
        "shape": "disc",
        "country": "",
        "code": code,
        "short_code": f"7K2M-Q{number:03d}",
        "matrix": qr_matrix(code),
    }
    return BadgeFace(**{**plain, **changed})


_RAMOND = (
    "Président du département du Tarn",
    (
        "Président de la commission Relations internationales, Europe et coopération décentralisée"
        " de Départements de France"
    ),
)
_QUERNEZ = (
    "Maire de Quimperlé",
    "Premier Vice-président de la région Bretagne",
    "Secrétaire général de l’Association Française du Conseil des Communes et Régions d’Europe (AFCCRE)",
)
_EPCI = (
    "Établissement public de coopération intercommunale Montagnes, Vallées et Confluences du Haut-Pays Méridional "
    "et de ses Territoires associés"
)
LONG_SURNAME = "DE LA ROCHEFOUCAULD-MONTBÉLIARD VON SACHSEN-COBURG-SAALFELDEN"

SCRIPTS: list[dict[str, Any]] = [
    {
        "name_given": "Christophe",
        "name_family": "RAMOND",
        "qualities": _RAMOND,
        "organisation": "Départements de France",
    },
    {"name_given": "Michaël", "name_family": "QUERNEZ", "qualities": _QUERNEZ, "organisation": "Région Bretagne"},
    {"name_given": "Oleksandr", "name_family": "SHCHERBAK", "native_name": "Олександр ЩЕРБАК", "country": "Ukraine"},
    {
        "name_given": "Mohammad",
        "name_family": "ABD AL-RAHMAN",
        "native_name": "محمد عبد الرحمن",
        "country": "Palestine",
    },
    {"name_given": "Nino", "name_family": "KHARATISHVILI", "native_name": "ნინო ხარატიშვილი", "country": "Géorgie"},
    {"name_given": "Hovhannes", "name_family": "TOUMANIAN", "native_name": "Հովհաննես Թումանյան", "country": "Arménie"},
    {"name_given": "Xiaoming", "name_family": "OUYANG", "native_name": "欧阳晓明 · 歐陽曉明", "country": "Chine"},
    {"name_given": "Thị Hồng Nhung", "name_family": "NGUYỄN ĐẶNG", "country": "Viêt Nam"},
    {"name_given": "Yitzhak", "name_family": "BEN-ZVI", "native_name": "יצחק בן־צבי", "country": "Israël"},
    {
        "name_given": "Krishnamurthy",
        "name_family": "SHREEVASTAVA",
        "native_name": "कृष्णमूर्ति श्रीवास्तव",
        "country": "Inde",
    },
    {"name_given": "Eléni", "name_family": "PAPADOPOÚLOU", "native_name": "Ελένη Παπαδοπούλου", "country": "Grèce"},
    {"name_given": "Shahrbanou", "name_family": "SADAT", "native_name": "شهربانو سادات", "country": "Afghanistan"},
    {"name_given": "Jean-Baptiste Emmanuel", "name_family": LONG_SURNAME, "country": "Luxembourg"},
    {"name_given": "Ana", "name_family": "X" * 60},
    {"name_given": "Aliko", "name_family": "ƊANGOTE-ƘWARA ŞÜKRÜ", "country": "Nigeria"},
    {"name_given": "Tony", "name_family": "BEN LAHOUCINE", "organisation": _EPCI},
    {"name_given": "Marta", "name_family": "de CIDRAC", "no_photo": NOT_A_PHOTO, "marks": ("Interprète FR ↔ UK",)},
    {"name_given": "Bo", "name_family": "", "qualities": (), "organisation": "", "category": "Presse"},
    {"name_given": "Luís", "name_family": "d’ALMEIDA", "category": "Corps diplomatique et délégations étrangères"},
    {"name_given": "Wang", "name_family": "LI", "native_name": "李旺", "country": "Chine", "no_photo": NOT_A_PHOTO},
]
COLOURS = ["#24456f", "#9c2f22", "#f0c23c", "#1f6b4a", "#5b4a86", "#e7e2d8"]
SHAPES = ["disc", "square", "triangle", "diamond", "star", "bar"]


@pytest.fixture
def a_face() -> Callable[..., BadgeFace]:
    """`a_face(number, **changed)`: a plain badge with some values changed."""
    return make_face


@pytest.fixture
def faces_of_all_scripts() -> list[BadgeFace]:
    """The twenty faces, in all shapes and in light and dark colours."""
    return [
        make_face(n, **{"colour": COLOURS[n % 6], "shape": SHAPES[n % 6], **face}) for n, face in enumerate(SCRIPTS)
    ]


@pytest.fixture
def draw() -> Callable[..., list[Drawing]]:
    """`draw(faces, **changed)`: the jobs of a sheet for the second Assises."""

    def drawn(faces: list[BadgeFace], **changed: Any) -> list[Drawing]:
        plain: dict[str, Any] = {
            "title": "2ᵉ Assises de la diplomatie parlementaire et de la coopération décentralisée",
            "line": "Mardi 18 novembre 2025, 17 h 30 · Quai d’Orsay, Paris",
            "language": "fr",
            "back": BACK,
        }
        said = {name: changed.pop(name, value) for name, value in plain.items()}
        return sheet(faces, EventTexts(**said), **changed)

    return drawn


def codes_on(pdf: bytes, dpi: int = 150) -> Iterator[list[str]]:
    """What a camera would read on each page."""
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dpi / 72, grayscale=True)
        pixels = memoryview(bytes(picture.buffer)).cast("B", (picture.height, picture.stride))
        yield [found.text for found in zxingcpp.read_barcodes(pixels)]


@pytest.fixture
def read_codes() -> Callable[[bytes], list[list[str]]]:
    """`read_codes(pdf)`: the texts of the QR codes on each page, decoded from its picture."""
    return lambda pdf: [sorted(texts) for texts in codes_on(pdf)]
