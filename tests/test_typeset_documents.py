"""Letters, minutes, programmes and lists come out readable and accessible."""

import re
from pathlib import Path

import page
import pypdfium2
import pytest

from app import typeset
from app.typeset import compile_pdf, compile_pdfs, document, inline_runs, paragraph_runs

APP = Path(typeset.__file__).parent


def text_of(pdf: bytes) -> str:
    """All text on one line, words cut at the end of a line joined."""
    pages = pypdfium2.PdfDocument(pdf)
    told = "\n".join(one.get_textpage().get_text_bounded() for one in pages)
    return " ".join(re.sub("\x02\\s*", "", told).split())


def is_accessible(pdf: bytes, folder: Path) -> bool:
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    return bool(page.validate_pdf(str(path), profile="ua1").is_compliant)


ANNOUNCED = [
    {"runs": inline_runs("2ᵉ édition des")},
    {"runs": inline_runs("Assises de la diplomatie parlementaire\net de la coopération décentralisée"), "large": True},
    {"runs": inline_runs("le **mardi 18 novembre 2025** à **17 h 30**\nau Quai d’Orsay, 1 rue Esnault Pelterie")},
]
MINISTER = {
    "language": "fr",
    "title": "Invitation aux deuxièmes Assises",
    "letterhead": {"motto": "Liberté Égalité Fraternité", "quality": "Le Ministre"},
    "place_date": "Paris, le 23 octobre 2025",
    "salutation": ["Madame la Présidente, Monsieur le Président,", "Madame la Maire, Monsieur le Maire,"],
    "body": [
        {"kind": "paragraph", "runs": inline_runs("J’ai le plaisir de vous inviter à la :")},
        {"kind": "announcement", "lines": ANNOUNCED},
        {"kind": "list", "items": [inline_runs("affirmer les priorités"), inline_runs("porter la voix de la France")]},
        {"kind": "paragraph", "runs": inline_runs("Une **pièce d’identité** vous sera demandée.")},
    ],
    "closing": inline_runs("Je vous prie d’agréer, Madame, Monsieur, l’expression de ma haute considération."),
    "signatories": [{"name": "Jean-Noël BARROT"}],
}
SAVE_THE_DATE = {
    **MINISTER,
    "title": "17es Rencontres",
    "letterhead": {
        "issuer": ["Cités Unies France"],
        "quality": "LE PRÉSIDENT",
        "logo": "logo.svg",
        "logo_alt": "Sceau",
    },
    "addressee": ["Mairie de Sceaux", "122 rue Houdan", "92330 Sceaux"],
    "object": "Les 17ᵉ Rencontres, les 8 et 9 juillet 2026, à Paris",
    "labels": {"object": "Objet :", "enclosures": "Pièces jointes :"},
    "enclosures": ["bulletin-réponse"],
    "footer": ["9, rue Christiani 75018 Paris", "SIRET 309 575 652 000 40 · APE 9499Z"],
}
OPEN_LETTER = {
    "language": "fr",
    "title": "Lettre ouverte",
    "place_date": "3 juillet 2025",
    "heading": "La coopération décentralisée, levier d’amplification",
    "body": [{"kind": "paragraph", "runs": inline_runs("Plus de 3 000 collectivités sont **engagées**.")}],
    "signatories": [
        {"name": "Philippe Laurent", "qualities": ["Président de l’AFCCRE", "Maire de Sceaux"]},
        {"name": "Michaël Delafosse", "qualities": ["Président de Cités Unies France", "Maire de Montpellier"]},
        {"name": "Anne Hidalgo", "qualities": ["Présidente de l’AIMF", "Maire de Paris"]},
    ],
}
ROLES = [
    {
        "label": "Modérateur",
        "people": [{"name": "Frédéric CHOLÉ", "qualities": ["Délégué pour les collectivités territoriales"]}],
    },
    {
        "label": "Intervenants",
        "people": [
            {
                "name": "Michaël QUERNEZ",
                "qualities": ["Maire de Quimperlé", "Premier Vice-président de la région Bretagne"],
            },
            {"name": "Oleksandr SHCHERBAK · Олександр ЩЕРБАК", "qualities": ["Oblast de Kharkiv"]},
        ],
    },
]
PROGRAMME = {
    "language": "fr",
    "title": "Assises de la diplomatie parlementaire et de la coopération décentralisée",
    "edition": "2ᵉ édition",
    "facts": ["Mardi 18 novembre 2025", "Quai d’Orsay"],
    "intro": [inline_runs("Une pièce d’identité sera demandée.")],
    "days": [
        {"label": "Mardi 18 novembre", "sessions": [
            {"time": "16 h 30", "title": "Accueil"},
            {"time": "17 h 30", "kind": "Table ronde 1", "title": "Faciliter l’implication",
             "room": "Salon de l’Horloge",
             "languages": "français, anglais", "summary": [inline_runs("Trois *questions*.")], "roles": ROLES},
        ]},
    ],
    "version": "Version du 14 novembre 2025",
    "footer": ["Programme indicatif"],
}  # fmt: skip
MINUTES = {
    "language": "fr",
    "title": "Compte rendu de la deuxième édition des\nAssises",
    "issuer": ["Direction générale de la mondialisation", "Délégation pour les collectivités territoriales"],
    "date": "Le mardi 25 novembre 2025",
    "version": "Version 1.1, corrigée",
    "intro": [inline_runs("Les **deuxièmes Assises** ont réuni plus de 300 participants.")],
    "orientations": {
        "title": "Orientations",
        "items": [
            {"runs": inline_runs("Mettre en place une plateforme unique."), "note": "DCTCIV · juin 2026"},
            {"runs": inline_runs("Ouvrir la réserve diplomatique citoyenne aux élus.")},
        ],
    },
    "commitments": {"items": [inline_runs("Défendre les crédits pour 2026.")]},
    "sections": [
        {"label": "Table ronde 1", "title": "Faciliter l’implication", "roles": ROLES,
         "paragraphs": paragraph_runs("Premier propos.\n\nSecond propos, « horizontal ».")},
        {"label": "Discours de conclusion", "paragraphs": paragraph_runs("Le ministre a conclu. " * 300)},
    ],
    "footer": ["Compte rendu"],
}  # fmt: skip
DESK_LIST = {
    "language": "en",
    "title": "Reception list",
    "facts": ["2nd Assises", "60 people"],
    "columns": [
        {"label": "Here", "mm": 12, "align": "center"},
        {"label": "Name", "share": 2},
        {"label": "Category"},
        {"label": "Signature", "mm": 40},
    ],
    "rows": [{"group": "D"}, *[[{"box": True}, f"GUEST {n}", "Communes", ""] for n in range(60)]],
    "row_mm": 9,
    "landscape": True,
}
SEAL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


@pytest.mark.parametrize(
    ("drawing", "data", "files", "told"),
    [
        (
            "letter.typ",
            MINISTER,
            {},
            ["Le Ministre", "Assises de la diplomatie parlementaire et de", "Jean-Noël BARROT"],
        ),
        ("letter.typ", SAVE_THE_DATE, {"logo.svg": SEAL}, ["Objet : Les 17", "92330 Sceaux", "309 575 652 000 40"]),
        ("letter.typ", OPEN_LETTER, {}, ["levier d’amplification", "Anne Hidalgo", "Maire de Montpellier"]),
        ("programme.typ", PROGRAMME, {}, ["Salon de l’Horloge · français, anglais", "Олександр", "16 h 30"]),
        ("minutes.typ", MINUTES, {}, ["1. Mettre en place", "2. Ouvrir la réserve", "Défendre les crédits", "QUERNEZ"]),
        ("list.typ", DESK_LIST, {}, ["GUEST 0", "GUEST 59", "Signature"]),
    ],
)
def test_every_document_is_readable_and_accessible(drawing, data, files, told, tmp_path):
    pdf = compile_pdf(document(drawing, data, files))
    assert is_accessible(pdf, tmp_path)
    words = text_of(pdf)
    for part in told:
        assert part in words


def test_a_table_repeats_its_header_on_every_page():
    pdf = compile_pdf(document("list.typ", DESK_LIST))
    pages = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(pdf)]
    assert len(pages) > 2
    assert all("Signature" in told for told in pages)


def test_a_long_record_numbers_its_pages():
    words = text_of(compile_pdf(document("minutes.typ", MINUTES)))
    assert "1 / " in words
    assert "2 / " in words


def test_co_signatories_stand_side_by_side():
    text = pypdfium2.PdfDocument(compile_pdf(document("letter.typ", OPEN_LETTER)))[0].get_textpage()
    names = ["Philippe Laurent", "Michaël Delafosse", "Anne Hidalgo"]
    boxes = [text.get_charbox(text.search(name).get_next()[0]) for name in names]
    lefts, tops = [box[0] for box in boxes], {round(box[1]) for box in boxes}
    assert lefts == sorted(lefts)
    assert len(tops) == 1


def test_four_hundred_and_twenty_letters_come_from_one_process(monkeypatch):
    runs = []
    run = typeset._run
    monkeypatch.setattr(typeset, "_run", lambda folder, timeout: runs.append(1) or run(folder, timeout))
    letters = [document("letter.typ", {**OPEN_LETTER, "addressee": [f"Commune {n}"]}) for n in range(420)]
    made = compile_pdfs(letters)
    assert len(runs) == 1
    assert len(made) == 420
    assert "Commune 419" in text_of(made[-1])


def test_no_jobs_make_no_pdf():
    assert compile_pdfs([]) == []
